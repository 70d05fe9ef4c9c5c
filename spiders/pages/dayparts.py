"""The posting date of a card that shows it in parts: a time element, day and month apart, a date inside a line of names."""

from __future__ import annotations

import re
from datetime import date

from lxml.html import HtmlElement

from notices.dates import find_dates, real_day
from spiders.pages.cells import spoken
from spiders.pages.days import is_ahead, is_dated, read_day
from spiders.pages.paths import elements

_TIMES = elements(
    "descendant-or-self::*[(self::time and @datetime) or (starts-with(@title, '20') and string-length(@title) < 26)]"
)
_MONTHS = elements(
    "descendant-or-self::*[not(self::script or self::style)]"
    "[starts-with(normalize-space(text()), '20')][string-length(normalize-space(text())) < 12]"
)
_LEAVES = elements("descendant-or-self::*[not(*)][string-length(normalize-space(text())) < 4]")
_HOLDERS = elements("descendant-or-self::*[not(self::script or self::style)][contains(text(), '20')]")
_MONTH = re.compile(r"(20\d\d)\s?[./년-]\s?(\d{1,2})\s?[월.]?")
_DAY = re.compile(r"(\d{1,2})\s?일?")
_OTHER = re.compile(r"updat|modif|edit|end|clos", re.I)
_NAMED = re.compile(r"마감|접수|신청|기간|까지|부터|발표|행사|교육|모집|수정|변경|~|∼|～")


def time_tag(record: HtmlElement, today: date | None) -> date | None:
    """Return the day of a card's time element, its own words before its attribute."""
    for node in _TIMES(record)[:4]:
        if _OTHER.search(node.get("class", "")):
            continue
        shown = read_day(spoken(node, badges=True), None)[0]
        found = find_dates((node.get("datetime") or node.get("title") or "")[:40], today)
        day = shown or (found[0].day if found else None)
        if day and not is_ahead(day, today):
            return day
    return None


def lone_day(record: HtmlElement, anchor: HtmlElement | None, today: date | None) -> date | None:
    """Return the day that stands apart from its month ("24" over "2026.11"), or that an element of a line holds alone."""
    inside = set(anchor.iter()) if anchor is not None and anchor is not record else set()
    for node in _HOLDERS(record)[:30]:
        text = spoken(node)
        if len(text) < 40 and _is_day(text) and node not in inside and not _NAMED.search(_line(node)):
            day = read_day(text, today)[0]
            if day and not is_ahead(day, today):
                return day
    for node in _MONTHS(record)[:4]:
        month, home = _MONTH.fullmatch((node.text or "").strip()), node.getparent()
        if month is None or home is None:
            continue
        days = [m for leaf in _LEAVES(home)[:8] if (m := _DAY.fullmatch((leaf.text or "").strip()))]
        day = real_day(int(month[1]), int(month[2]), int(days[0][1])) if len(days) == 1 else None
        if day and not is_ahead(day, today):
            return day
    return None


def _is_day(text: str) -> bool:
    """Tell whether a text is a date, counts beside it allowed ("2026.11.24 (화) 530")."""
    if is_dated(text):
        return True
    found = find_dates(text)
    if len(found) != 1:
        return False
    rest = text[: found[0].start] + text[found[0].end :]
    return bool(_COUNTS.fullmatch(rest)) or (found[0].start == 0 and len(rest) <= 16 and not _NAMED.search(rest))


def labelled_day(record: HtmlElement, today: date | None) -> date | None:
    """Return the day that stands behind its label within a line ("작성자 : 홍길동 / 등록일 : 2026.11.24")."""
    match = _LABELLED.search(spoken(record, badges=True)[:600])
    day = read_day(match[1], today)[0] if match else None
    return None if is_ahead(day, today) else day


_COUNTS = re.compile(r"(?:[\s,:()|/·.\d-]|[월화수목금토일]|조회|hits?|views?|수)*", re.I)
_LABELLED = re.compile(
    r"(?:등록|작성|게시|게재|공고|배포)일(?:자|시)?\s{0,3}[:：]?\s{0,3}"
    r"(\d{2,4}\s?[./년-]\s?\d{1,2}\s?[./월-]\s?\d{1,2})"
)


def _line(node: HtmlElement) -> str:
    """Return what stands right before an element in its line: the name of a date."""
    before = node.getprevious()
    if before is not None:
        return (spoken(before)[-14:] if before.tag in _NAMES else "") + (before.tail or "")[-14:]
    home = node.getparent()
    return (home.text or "")[-14:] if home is not None else ""


_NAMES = frozenset(("span", "b", "strong", "em", "dt", "th", "label", "i"))
