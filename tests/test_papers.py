"""What the papers tell people to type is there to be typed: every command, every option."""

from __future__ import annotations

import re
import shlex
from pathlib import Path

import click
import pytest

from jiballim.cli import group

ROOT = Path(__file__).resolve().parents[1]
PAPERS = sorted([*ROOT.glob("README*.md"), *(ROOT / "docs").rglob("*.md")])
TYPED = re.compile(r"^(?:\S+/)?jiballim( .*)?$")


def typed(paper: Path) -> list[list[str]]:
    """The words behind `jiballim` of every command in a paper: code blocks line by line, and code inside sentences."""
    text = paper.read_text("utf-8")
    blocks = [said for kind, said in re.findall(r"```(\w*)\n(.*?)```", text, re.S) if kind in ("", "sh")]
    lines = [line.split(" # ")[0].strip() for block in blocks for line in block.splitlines()]
    lines += [
        " ".join(said.split())
        for said in re.findall(r"(?<!`)`([^`]+)`(?!`)", re.sub(r"```.*?```", "", text, flags=re.S))
    ]
    return [shlex.split(found[1] or "") for line in lines if (found := TYPED.match(line))]


def wrong(words: list[str]) -> str:
    """What of a command line the program does not know, else ""."""
    command: click.Command = group
    context = click.Context(group)
    rest = list(words)
    while rest and isinstance(command, click.Group):
        if rest[0] == "--home":
            del rest[:2]
            continue
        if rest[0].startswith("-"):
            break
        found = command.get_command(context, rest[0])
        if found is None:
            return rest[0]
        command = found
        rest.pop(0)
    known = {name for parameter in command.params for name in parameter.opts} | {"--help", "-h"}
    return next((word for word in rest if word.startswith("-") and word.split("=")[0] not in known), "")


@pytest.mark.parametrize("paper", PAPERS, ids=lambda p: str(p.relative_to(ROOT)))
def test_every_command_of_a_paper_is_known(paper: Path) -> None:
    assert [(words, unknown) for words in typed(paper) if (unknown := wrong(words))] == []


def test_the_papers_tell_what_to_type() -> None:
    assert sum(len(typed(paper)) for paper in PAPERS) > 80
