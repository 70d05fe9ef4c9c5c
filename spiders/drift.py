"""Hold a list against what was read from it before: rows that no longer say what they said are not believed."""

from __future__ import annotations

import re
from collections.abc import Container, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from notices.vocabulary import FIELDS
from spiders.pages.records import Row
from spiders.reasons import Reason
from spiders.registry import Source

ENOUGH = 3
"""Rows or posts from which a comparison means something."""

_HANGUL = re.compile("[가-힣]")
_CUT = re.compile(r"(?:\.{2,}|…|⋯)\s*$")
_NOISE = re.compile(r"[\W_]+|^\[[^\]]{1,12}\]")
_FIX = (
    "읽은 것을 믿지 않았습니다. 목록을 보고 출처 파일을 고치거나(jiballim sources repair), 새 모양이 맞으면 [expect]에"
    " known = false를 적으십시오."
)
_RENAMED = "사이트가 그 이름을 바꿨는지 보십시오. 전에 읽은 값은 그대로 둡니다."


@dataclass(frozen=True, slots=True)
class Seen:
    """A stored post of a list."""

    title: str
    posted: date | None = None
    fields: Container[str] = frozenset()  # the names of what it says in labelled fields


def drifted(
    source: Source, rows: Sequence[Row], known: Mapping[str, Seen], listed: Container[str] = frozenset()
) -> Reason | None:
    """Why the rows of a first page cannot be those of the list as it was known; None where they may be.

    `known` are the newest stored posts, `listed` the keys of all rows that were ever seen in the list.
    """
    if broken := _garbled(rows):
        return Reason("unreadable", f"{broken} {_FIX}")
    if source.expect.known and len(known) >= ENOUGH and (changed := _changed(source, rows, known, listed)):
        return Reason("shape", f"{changed} {_FIX}")
    return None


def faded(rows: Sequence[Row], known: Mapping[str, Seen], names: Iterable[str]) -> Reason | None:
    """Why something is missing that known posts of a list had: a field by one of these names, which none has any more.

    What is stored stays; a column or an item that was renamed would otherwise be missed without a word.
    """
    pairs = [(row, known[row.key]) for row in rows if row.key and row.key in known]
    gone = []
    for name in names:
        had = [row for row, seen in pairs if name in seen.fields]
        if len(had) >= ENOUGH and not any(name in row.fields for row in had):
            gone.append(FIELDS[name])
    if not gone:
        return None
    said = ", ".join(f"'{label}'" for label in gone)
    return Reason("fields", f"아는 글에 있던 {said} 항목을 이제 어느 글에서도 읽지 못합니다. {_RENAMED}")


def _garbled(rows: Sequence[Row]) -> str:
    if len(rows) < ENOUGH:
        return ""
    if sum("\ufffd" in row.title for row in rows) * 3 > len(rows):
        return "제목의 글자가 깨져 있습니다."
    if sum(bool(_HANGUL.search(row.title)) for row in rows) * 4 < len(rows):
        return "제목에 한글이 없습니다. 글자가 깨졌거나 다른 화면입니다."
    if len(rows) >= 6 and len({row.title for row in rows}) * 4 <= len(rows):
        return "제목이 모두 같습니다. 다른 칸을 읽은 듯합니다."
    return ""


def _changed(source: Source, rows: Sequence[Row], known: Mapping[str, Seen], listed: Container[str]) -> str:
    same = [(row, known[row.key]) for row in rows if row.key and row.key in known]
    if len(same) >= ENOUGH:
        if sum(not alike(row.title, seen.title) for row, seen in same) * 2 > len(same):
            return "아는 글 번호에 다른 제목이 붙어 있습니다."
        dated = [(row, seen) for row, seen in same if row.posted and seen.posted]
        if len(dated) >= ENOUGH and sum(row.posted != seen.posted for row, seen in dated) * 2 > len(dated):
            return "아는 글의 등록일이 모두 바뀌었습니다. 다른 날짜 칸을 읽은 듯합니다."
        if len(same) >= ENOUGH and not dated and sum(seen.posted is not None for _, seen in same) == len(same):
            return "아는 글의 등록일을 더는 읽지 못합니다."
    elif not same and not any(row.key in listed for row in rows):
        return _strangers(source, rows, known)
    return ""


def _strangers(source: Source, rows: Sequence[Row], known: Mapping[str, Seen]) -> str:
    """Why a page without any known number is odd; a page of new posts alone is not."""
    wanted = [row for row in rows if row.key and source.wants(row.title)]
    names = {(plain(seen.title), seen.posted) for seen in known.values()}  # titles come back every year, days do not
    again = sum((plain(row.title), row.posted) in names for row in wanted)
    if again >= ENOUGH or (again >= 2 and again * 2 >= len(wanted)):
        return "아는 글이 모두 다른 번호로 나옵니다."
    newest = max((seen.posted for seen in known.values() if seen.posted), default=None)
    older = [row for row in wanted if row.posted and newest and row.posted < newest and not row.pinned]
    if len(older) >= ENOUGH:
        return "이미 읽었어야 할 날짜의 글이 모두 모르는 글입니다. 다른 목록인 듯합니다."
    return ""


def alike(listed: str, stored: str) -> bool:
    """Whether two titles are of one post: equal but for spaces and marks, or one cut short."""
    a, b = plain(_CUT.sub("", listed)), plain(_CUT.sub("", stored))
    short, long = sorted((a, b), key=len)
    return short == long or (len(short) >= 6 and short in long) or _shared(short, long)


def plain(title: str) -> str:
    """A title without spaces, marks and its heading."""
    return _NOISE.sub("", title).lower()


def _shared(short: str, long: str) -> bool:
    """Whether most pairs of letters of the shorter title are in the longer: a correction changes a word, not all."""
    pairs = {short[i : i + 2] for i in range(len(short) - 1)}
    return bool(pairs) and sum(pair in long for pair in pairs) * 5 >= len(pairs) * 3
