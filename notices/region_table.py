"""The table of regions: official names and codes of today, what they were called, and what came of those that ended."""

from __future__ import annotations

import csv
from dataclasses import dataclass
from datetime import date
from functools import cache
from importlib import resources

from notices.model import Region


@dataclass(frozen=True, slots=True)
class Row:
    """One line of regions.csv; `until` is None while the region exists, `successors` are codes of today."""

    code: str
    name: str
    since: date | None
    until: date | None
    successors: tuple[str, ...]
    aliases: tuple[str, ...]
    districts: tuple[str, ...]
    dongs: tuple[str, ...]
    inside: tuple[str, ...]

    @property
    def is_province(self) -> bool:
        """Whether this is a 시·도."""
        return self.code.endswith("000") or self.code == "36110"


def _day(text: str) -> date | None:
    return date.fromisoformat(text) if text else None


def _row(cells: list[str]) -> Row:
    code, name, since, until, *words = [*cells, *[""] * (9 - len(cells))]
    successors, aliases, districts, dongs, inside = (tuple(cell.split()) for cell in words)
    return Row(code, name, _day(since), _day(until), successors, aliases, districts, dongs, inside)


@cache
def rows() -> dict[str, Row]:
    """Return all rows by code, those that ended included."""
    text = resources.files("notices").joinpath("regions.csv").read_text("utf-8")
    lines = (line for line in text.splitlines() if line and not line.startswith("#"))
    return {row.code: row for row in map(_row, csv.reader(lines))}


def province(code: str) -> Row:
    """Return the 시·도 that a code lies in."""
    return rows()["36110" if code.startswith("36") else code[:2] + "000"]


def city(code: str) -> str:
    """Return the code of the 시·군·구 a notice is filed under: the city for a 구 of a 일반시, else the code itself."""
    above = rows().get(code[:4] + "0")
    return above.code if above and above.name.endswith("시") and not above.is_province else code


@cache
def _merged() -> frozenset[str]:
    ended = [row for row in rows().values() if row.is_province and row.until]
    heirs = [heir for row in ended for heir in row.successors]
    return frozenset(row.code for row in ended if any(heirs.count(heir) > 1 for heir in row.successors))


@cache
def predecessors(code: str) -> tuple[str, ...]:
    """Return the codes of the regions that became this one."""
    return tuple(row.code for row in rows().values() if code in row.successors)


def named(code: str, on: date | None) -> Region:
    """Return the region of a code of today by the name it bore on a day (None: today).

    A 시·도 that was only renamed keeps today's name for earlier days too, as people search it; one that was merged
    (광주광역시 and 전라남도, until 2026-06-30) is called what it was.
    """
    above = province(code)
    if on and not rows()[code].is_province:
        for old in predecessors(code):
            before = rows()[old]
            if before.until and on <= before.until and province(old).code in _merged():
                above = province(old)
    return Region(full_name(code, above), code)


def full_name(code: str, above: Row) -> str:
    """Return "시도 시군구 구" of a code under the 시·도 given."""
    row = rows()[code]
    if row.is_province:
        return above.name
    between = rows()[city(code)]
    return " ".join(dict.fromkeys([above.name, between.name, row.name]))
