"""How commands speak: a table or plain lines for a person, JSON for a program."""

from __future__ import annotations

import json
import unicodedata
from collections.abc import Callable, Iterable, Sequence
from datetime import date, datetime
from typing import TYPE_CHECKING, Any

import click

if TYPE_CHECKING:
    from jiballim.config import Config

json_option: Callable[[Any], Any] = click.option("--json", "as_json", is_flag=True, help="JSON으로 내보냅니다")

centre_option: Callable[[Any], Any] = click.option(
    "--centre", metavar="NAME", default=None, help="어느 센터인지 (하나뿐이면 적지 않아도 됩니다)"
)


def emit_json(value: object) -> None:
    """Print a value as one JSON document."""
    click.echo(json.dumps(value, ensure_ascii=False, indent=2, default=_plain))


def say_faults(settings: Config) -> None:
    """Tell which source files are wrong, beside what a command does with the others."""
    from jiballim import compose

    for fault in compose.faults(settings).values():
        click.echo(f"출처 파일 이상: {fault}", err=True)


def _plain(value: object) -> object:
    if isinstance(value, datetime | date):
        return value.isoformat()
    raise TypeError(f"{type(value).__name__} has no JSON form")


def width(text: str) -> int:
    """The columns that a text takes in a terminal: two for a Korean letter."""
    return sum(2 if unicodedata.east_asian_width(letter) in "WF" else 1 for letter in text)


def cut(text: str, columns: int) -> str:
    """Return text that fits the columns."""
    head = text[: columns + 1]  # no letter is narrower than a column
    if len(head) == len(text) and width(text) <= columns:
        return text
    while head and width(head) > columns - 1:
        head = head[:-1]
    return head + "…"


def table(head: Sequence[str], rows: Iterable[Sequence[str]], widest: int = 46) -> str:
    """Return an aligned table; a cell is cut at `widest` columns."""
    lines = [[cut(cell, widest) for cell in row] for row in (head, *rows)]
    widths = [max(width(row[column]) for row in lines) for column in range(len(head))]
    return "\n".join(
        "  ".join(cell + " " * (w - width(cell)) for cell, w in zip(row, widths, strict=True)).rstrip() for row in lines
    )
