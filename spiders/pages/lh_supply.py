"""Read the homes of a notice from LH's API: a table a kind of supply, each with names of its own for the same things."""

from __future__ import annotations

import re
from collections.abc import Sequence

from spiders.pages.answers import Item, UnfitError, count, items, least, said, text
from spiders.pages.document import Document
from spiders.pages.lh_parts import parts_of
from spiders.pages.records import Detail, State

OPERATION = "lhLeaseNoticeSplInfo1/getLeaseNoticeSplInfo1"
FACTS = {
    "homes": "NOW_HSH_CNT, SIL_HSH_CNT, LTR_SPL_RMNO, GNR_SPL_RMNO (주택형의 합)",
    "deposit": "LS_GMY (가장 낮은 것)",
    "rent": "RFE, MM_RFE (가장 낮은 것)",
}
NAMES = {
    "complex": ("SBD_LGO_NM", "BZDT_NM", "LTR_UNT_NM", "DNG_HS_ADR"),
    "type": ("HTY_NNA", "HTY_NM", "HTY_DS_NM", "SX_PP_DS_NM"),
    "area": ("DDO_AR", "RSDN_DDO_AR"),
    "supplied_area": ("SPL_AR",),
    "homes": ("HSH_CNT", "TOT_HSH_CNT"),
    "offered": ("NOW_HSH_CNT", "SIL_HSH_CNT", "LTR_SPL_RMNO", "GNR_SPL_RMNO"),
    "deposit": ("LS_GMY",),
    "rent": ("RFE", "MM_RFE"),
}
"""What a row may say, and the names under which the kinds of supply say it."""

_TABLE = re.compile(r"dsList\d\d")
_KNOWN = re.compile(r"resHeader|ds(?!List)\w+|dsList\d\d(?:Nm)?")


def supply(document: Document) -> list[dict[str, str]]:
    """Return the types of homes: complex, type, areas in m2, how many there are and how many are offered now.

    Sums that are words ("공고문 참조") stay out.
    """
    return [_home(row) for table in _tables(document) for row in table]


def detail(document: Document) -> Detail:
    """Return what the table adds to a notice. Only a table that is whole in a thing gives its sum or its least."""
    tables = _tables(document)
    homes = [_home(row) for row in tables[0]] if len(tables) == 1 else []
    offered = [home.get("offered", "") for home in homes]
    fields = {"homes": str(sum(map(int, offered))) if all(offered) and any(map(int, offered)) else ""}
    for name in ("deposit", "rent"):
        sums = [home.get(name) for home in homes]
        fields[name] = least(int(each) for each in sums if each) if all(sums) else ""
    return Detail(State.OK, fields=said(fields))


def _tables(document: Document) -> list[Sequence[Item]]:
    """The tables that hold anything; of none a notice may have, but not one of another name."""
    parts = parts_of(document)
    if strange := [name for name in parts if not _KNOWN.fullmatch(name)]:
        raise UnfitError(f"'dsList01' 대신 '{strange[0]}' 항목이 있음")
    tables = [items(parts, name) for name in parts if _TABLE.fullmatch(name)]
    for table in tables:
        if table and not any(name in row for row in table for name in (*NAMES["type"], *NAMES["complex"])):
            raise UnfitError("'HTY_NNA' 항목이 어느 줄에도 없음")
    return [table for table in tables if table]


def _home(row: Item) -> dict[str, str]:
    found = {name: next(filter(None, (text(row, key) for key in keys)), "") for name, keys in NAMES.items()}
    numbers = {name: count({name: found[name]}, name) for name in ("homes", "offered", "deposit", "rent")}
    return said({**found, **{name: "" if number is None else str(number) for name, number in numbers.items()}})
