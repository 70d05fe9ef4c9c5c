"""The house keeps its shape: small rooms, short functions, plain names, papers that agree with the code."""

from __future__ import annotations

import ast
import re
import statistics
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[1]
ROOMS = ("notices", "spiders", "feeds", "notify", "desk", "jiballim")
CODE = sorted(path for room in ROOMS for path in (ROOT / room).rglob("*.py") if path.read_text("utf-8").strip())
REFUSED = {"utils", "util", "helpers", "helper", "common", "manager", "base", "misc"}


def lines(path: Path) -> int:
    """The lines of a file."""
    return path.read_text("utf-8").count("\n")


def functions(path: Path) -> list[int]:
    """The lengths of a file's functions, in lines."""
    tree = ast.parse(path.read_text("utf-8"))
    found = [n for n in ast.walk(tree) if isinstance(n, ast.FunctionDef | ast.AsyncFunctionDef)]
    return [(n.end_lineno or n.lineno) - n.lineno + 1 for n in found]


def test_files_are_small() -> None:
    assert {str(p): n for p in CODE if (n := lines(p)) > 500} == {}
    assert statistics.median(map(lines, CODE)) <= 120


def test_functions_are_short() -> None:
    assert statistics.median(n for path in CODE for n in functions(path)) <= 10


def test_no_room_is_a_drawer() -> None:
    assert [str(p) for p in CODE if p.stem in REFUSED or p.parent.name in REFUSED] == []


def test_every_public_name_is_explained() -> None:
    """Modules, classes and functions without an underscore carry a docstring."""
    silent = []
    for path in CODE:
        tree = ast.parse(path.read_text("utf-8"))
        named = [n for n in tree.body if isinstance(n, ast.ClassDef | ast.FunctionDef | ast.AsyncFunctionDef)]
        silent += [f"{path.relative_to(ROOT)}:{n.name}" for n in named if n.name[0] != "_" and not ast.get_docstring(n)]
        silent += [] if ast.get_docstring(tree) else [str(path.relative_to(ROOT))]
    assert silent == []


def test_source_files_are_short() -> None:
    assert {str(p): n for p in (ROOT / "spiders/sources").rglob("*.toml") if (n := lines(p)) > 40} == {}


@pytest.mark.parametrize("path", sorted((ROOT / "docs/decisions").glob("*.md")), ids=lambda p: p.stem)
def test_decisions_are_brief(path: Path) -> None:
    assert lines(path) <= 40


def test_both_readmes_say_the_same() -> None:
    """Same sections and the same commands, in the same order."""
    english, korean = ((ROOT / name).read_text("utf-8") for name in ("README.md", "README.ko.md"))
    headings = [len(re.findall(r"^#+ ", text, re.M)) for text in (english, korean)]
    assert headings[0] == headings[1]
    blocks = ["\n".join(re.findall(r"```sh\n(.*?)```", text, re.S)) for text in (english, korean)]
    commands = [[line.split("#")[0] for line in block.splitlines()] for block in blocks]
    assert [c.strip() for c in commands[0]] == [c.strip() for c in commands[1]]
    assert any(c.startswith("make demo") for c in commands[0])


def test_the_readmes_count_the_sources_right() -> None:
    known = len(list((ROOT / "spiders/sources").rglob("*.toml")))
    said = [
        re.search(r"(\d+)\s?(?:sources are|곳, 센터)", (ROOT / name).read_text("utf-8"))
        for name in ("README.md", "README.ko.md")
    ]
    assert [int(found[1]) for found in said if found] == [known, known]


def test_links_in_documents_lead_somewhere() -> None:
    papers = [*ROOT.glob("*.md"), *(ROOT / "docs").rglob("*.md")]
    broken = [
        f"{paper.relative_to(ROOT)} -> {link}"
        for paper in papers
        for link in re.findall(r"\]\((?!https?:|#|mailto:)([^)#]+)", paper.read_text("utf-8"))
        if not (paper.parent / link).exists()
    ]
    assert broken == []
