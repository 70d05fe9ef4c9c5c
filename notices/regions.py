"""Regions of Korea: by code, by name, and as they are named in the words of a notice."""

from __future__ import annotations

from datetime import date
from functools import cache

from notices import region_table as table
from notices.model import Region
from notices.region_search import find

__all__ = ["by_code", "by_name", "children", "find", "names", "prefix"]


@cache
def by_code(code: str, on: date | None = None) -> Region | None:
    """Return the region of a 법정동 code (2, 5 or 10 digits, ended ones too) with its code of today; None if unknown.

    A code that was split answers with its first successor.
    """
    code = code.ljust(5, "0")[:5]
    row = table.rows().get("36110" if code == "36000" else code)
    if row is None:
        return None
    return table.named(row.successors[0] if row.successors else row.code, on)


@cache
def by_name(name: str) -> Region | None:
    """Return the region of an official name of today ("경기도 파주시") or of before ("전라남도 목포시")."""
    return next((region for region in (by_code(code) for code in _codes(name)) if region), None)


def _codes(name: str) -> list[str]:
    return [code for code, row in table.rows().items() if table.full_name(code, table.province(code)) == name]


@cache
def children(code: str) -> tuple[Region, ...]:
    """Return the 시·군·구 of a 시·도, or the 구 of a city, in the order of codes."""
    row = table.rows()[code]
    below = [r.code for r in table.rows().values() if not r.until and r.code != code and _above(r.code) == row.code]
    return tuple(table.named(c, None) for c in below)


def prefix(code: str) -> str:
    """Return how the codes of a region and of all below it begin: "41" for 41000, "4111" for the city 41110."""
    if code.endswith("000"):
        return code[:2]
    return code[:4] if len(code) == 5 and code.endswith("0") else code


def _above(code: str) -> str:
    city = table.city(code)
    return city if city != code else table.province(code).code


@cache
def names() -> tuple[str, ...]:
    """Return the official names of all regions of today, 시·도 before their 시·군·구."""
    return tuple(table.named(row.code, None).name for row in table.rows().values() if not row.until)
