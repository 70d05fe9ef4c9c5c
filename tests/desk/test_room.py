"""The room: the network is asked in one place, with the login that goes nowhere else."""

from __future__ import annotations

import ast
from pathlib import Path

ROOM = Path(__file__).parents[2] / "desk"
NETWORK = {"urllib.request", "urllib.error", "http.client", "socket", "requests", "httpx", "smtplib", "ssl"}


def imported(path: Path) -> set[str]:
    """The modules that a file imports."""
    tree = ast.parse(path.read_text("utf-8"))
    plain = {name.name for node in ast.walk(tree) if isinstance(node, ast.Import) for name in node.names}
    return plain | {node.module or "" for node in ast.walk(tree) if isinstance(node, ast.ImportFrom)}


def test_only_the_rest_client_knows_the_network() -> None:
    asking = {str(p.relative_to(ROOM)) for p in ROOM.rglob("*.py") if imported(p) & NETWORK}
    assert asking == {"blog/rest.py"}


def test_nothing_in_the_room_reads_the_clock_of_the_wall_or_the_environment() -> None:
    for path in ROOM.rglob("*.py"):
        text = path.read_text("utf-8")
        for reading in ("datetime.now(", "date.today(", "time.time(", "os.environ"):
            assert reading not in text, f"{path}: {reading}"
