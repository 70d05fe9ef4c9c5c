"""Every name a region goes by, found by its first two letters: official and short names, old names, known districts."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from enum import IntEnum
from functools import cache

from notices import region_table as table


class Form(IntEnum):
    """How much a name says by itself."""

    FULL = 0
    SHORT = 1
    DISTRICT = 2
    DONG = 3
    INSIDE = 4


@dataclass(frozen=True, slots=True)
class Name:
    """A name and the codes it stands for (ended 시·도 as such, else codes of today); `splits` if only one of several."""

    text: str
    codes: tuple[str, ...]
    form: Form
    splits: tuple[str, ...] = ()

    @property
    def is_province(self) -> bool:
        """Whether the name is one of 시·도."""
        return table.rows()[self.codes[0]].is_province


_SEVERAL = {
    "전남광주": ("46000", "29000"),
    "광주전남": ("29000", "46000"),
    "수도권": ("11000", "28000", "41000"),
}
_VAGUE = """
단원 장안 수정 중원 동안 상록 상당 서원 흥덕 청원 성산 동남 서북 만세 효행 팔달 완산 덕진 오정 소사
"""
_VAGUE_STEMS = frozenset(_VAGUE.split())


def lies_in(code: str, scope: str) -> bool:
    """Return whether a code of today lies in a 시·도 (or city) by its code, an ended 시·도 included."""
    if not table.rows()[scope].is_province:
        return table.city(code) == scope
    return code[:2] == scope[:2] or any(old[:2] == scope[:2] for old in table.predecessors(code))


@cache
def heads() -> dict[str, tuple[tuple[str, tuple[Name, ...]], ...]]:
    """Return, by the first two letters, the names that begin so, longest first, each with what it may stand for."""
    found: dict[str, list[Name]] = defaultdict(list)
    for row in table.rows().values():
        for name in _province_names(row) if row.is_province else _names(row):
            if name not in found[name.text]:
                found[name.text].append(name)
    for text, codes in _SEVERAL.items():
        found[text] = [Name(text, codes, Form.FULL)]
    found["전남광주통합특별시"] = [Name("전남광주통합특별시", ("12000",), Form.FULL)]
    by_head: dict[str, list[str]] = defaultdict(list)
    for text in found:
        by_head[text[:2]].append(text)
    return {
        head: tuple(
            (t, tuple(sorted(found[t], key=lambda n: (n.form, not n.is_province))))
            for t in sorted(texts, key=len, reverse=True)
        )
        for head, texts in by_head.items()
    }


def _province_names(row: table.Row) -> list[Name]:
    code = (row.successors[0],) if row.successors and row.code not in ("29000", "46000") else (row.code,)
    full = [Name(t, code, Form.FULL if len(t) > 2 else Form.SHORT) for t in (row.name, *row.aliases)]
    if row.code == "29000":
        full.append(Name("광주", code, Form.SHORT))
    return full + [Name(t, code, Form.DISTRICT) for t in row.districts]


def _names(row: table.Row) -> list[Name]:
    if row.successors:
        same = any(table.rows()[s].name == row.name for s in row.successors)
        splits = row.successors if len(row.successors) > 1 else ()
        return [] if same else [Name(row.name, (row.successors[0],), Form.FULL, splits)]
    code = (table.city(row.code),)
    found = [Name(t, code, Form.FULL) for t in (row.name, *row.aliases)]
    stem = row.name[:-1]
    if len(stem) > 1 and stem not in _VAGUE_STEMS:
        found.append(Name(stem, code, Form.SHORT))
    found += [Name(t, code, Form.DISTRICT) for t in row.districts]
    found += [Name(t, code, Form.DONG) for t in row.dongs]
    return found + [Name(t, code, Form.INSIDE) for t in row.inside]
