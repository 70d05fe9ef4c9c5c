"""Structured answers read strictly: what is not where its documentation puts it is named, never guessed."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Mapping, Sequence
from datetime import date
from functools import wraps
from typing import Any

from lxml import etree

from notices.dates import find_dates, real_day
from notices.korean import one_line
from spiders.pages.document import Document
from spiders.pages.hints import Hints
from spiders.pages.records import Detail, Listing, State

Item = Mapping[str, Any]
_COMPACT = re.compile(r"(\d{4})(\d{2})(\d{2})(?:(\d{2})(\d{2})(?:\d{2})?)?")
_REGION = re.compile(r"(?:\S+(?:특별시|광역시|특별자치시|특별자치도|통합특별시|도)\s+)(?:\S+[시군구](?:\s+|$)){0,2}")


class UnfitError(Exception):
    """An answer is not what it should be; the words name the part."""


def strict_listing(read: Callable[[Document, date | None, Hints], Listing]) -> Callable[..., Listing]:
    """Make a list reader of a function that raises UnfitError."""

    @wraps(read)
    def reader(document: Document, *, today: date | None = None, hints: Hints | None = None) -> Listing:
        try:
            return read(document, today, hints or Hints())
        except UnfitError as wrong:
            return Listing(State.UNREADABLE, why=str(wrong))

    return reader


def strict_detail(read: Callable[[Document, date | None, Hints], Detail]) -> Callable[..., Detail]:
    """Make a reader of single posts of a function that raises UnfitError."""

    @wraps(read)
    def reader(document: Document, *, today: date | None = None, hints: Hints | None = None) -> Detail:
        try:
            return read(document, today, hints or Hints())
        except UnfitError as wrong:
            return Detail(State.UNREADABLE, why=str(wrong))

    return reader


def json_of(document: Document) -> Any:
    """The value of a JSON answer."""
    if document.kind == "json":
        return document.json
    if document.text.lstrip("\ufeff \r\n\t")[:1] in ("{", "["):
        raise UnfitError("JSON이 중간에 끊겼거나 깨져 있음")
    raise UnfitError(f"JSON 대신 {'XML' if document.kind == 'xml' else 'HTML이나 글'}이 옴")


def xml_of(document: Document, root: str) -> etree._Element:
    """The root of an XML answer, which must bear a name and be whole."""
    found = document.xml
    if found is None or not isinstance(found.tag, str):
        raise UnfitError("XML로 읽을 수 없음")
    name = etree.QName(found).localname
    if name != root:
        raise UnfitError(f"<{root}> 대신 <{name}>이 옴")
    if f"</{root}>" not in document.text.rstrip()[-len(root) - 40 :]:
        raise UnfitError(f"XML이 </{root}> 앞에서 끊김")
    return found


def inside(value: Any, *names: str) -> Any:
    """The value at a path of names; a part that is missing or no object is named."""
    for name in names:
        if not isinstance(value, Mapping) or name not in value:
            raise UnfitError(f"'{name}' 항목이 없음")
        value = value[name]
    return value


def items(value: Any, name: str, total: int | None = None) -> list[Item]:
    """The objects under a name: a list, or one alone. Missing or null means none, where the total agrees."""
    found = value.get(name) if isinstance(value, Mapping) else None
    if found is None or found == "":
        if total == 0:
            return []
        raise UnfitError(f"'{name}' 항목이 {'없음' if isinstance(value, Mapping) and name not in value else 'null임'}")
    found = [found] if isinstance(found, Mapping) else found
    if not isinstance(found, list):
        raise UnfitError(f"'{name}' 항목이 목록이 아님")
    if not all(isinstance(each, Mapping) for each in found):
        raise UnfitError(f"'{name}' 목록에 항목이 아닌 것이 있음")
    return found


def require(found: Sequence[Item], *names: str) -> None:
    """Refuse rows of which none has a name that all should have, or none a value under it: it was renamed."""
    for name in names:
        if found and not any(name in each for each in found):
            raise UnfitError(f"'{name}' 항목이 어느 줄에도 없음")
        if found and all(each.get(name) in (None, "") for each in found):
            raise UnfitError(f"'{name}' 항목이 모든 줄에서 비어 있음")


def text(each: Item, name: str) -> str:
    """A plain value as one line of text; "" where it is missing or null."""
    value = each.get(name)
    if value is None:
        return ""
    if isinstance(value, bool | list | Mapping):
        raise UnfitError(f"'{name}' 항목이 글자나 숫자가 아님")
    return one_line(str(value))


def count(each: Item, name: str) -> int | None:
    """A whole number, whether it came as a number or as text with commas; None for anything else."""
    said = text(each, name).replace(",", "")
    return int(said) if re.fullmatch(r"\d{1,12}", said) else None


def said(fields: Mapping[str, str]) -> dict[str, str]:
    """The fields that hold something."""
    return {name: value for name, value in fields.items() if value.strip(" -~")}


def moment(words: str) -> str:
    """A day or moment in ISO form: from 20260713, 20260724100000, 203003; other words as they are."""
    if match := _COMPACT.fullmatch(words):
        day = real_day(int(match[1]), int(match[2]), int(match[3]))
        if day is None:
            return ""
        return day.isoformat() + (f" {match[4]}:{match[5]}" if match[4] else "")
    return f"{words[:4]}-{words[4:]}" if re.fullmatch(r"20\d\d(?:0[1-9]|1[0-2])", words) else words


def day(words: str, today: date | None = None) -> date | None:
    """The day that words name, None without one."""
    found = find_dates(moment(words), today)
    return found[0].day if found else None


def least(values: Iterable[int | None]) -> str:
    """The lowest of several sums as text; "" where none is known."""
    known = [value for value in values if value]
    return str(min(known)) if known else ""


def only(values: Iterable[str]) -> str:
    """The value on which all agree; "" where they differ."""
    known = list(dict.fromkeys(value for value in values if value))
    return known[0] if len(known) == 1 else ""


def region_of(address: str) -> str:
    """시·도 and 시·군·구 at the head of an address."""
    match = _REGION.match(one_line(address))
    return match[0].strip() if match else ""
