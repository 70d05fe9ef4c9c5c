"""The months: what opens, closes and is announced on which day; words on a screen, a list on a phone."""

from __future__ import annotations

import calendar
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from feeds.channel import Site
from feeds.site.card import Card, day
from feeds.site.frame import frame, page
from feeds.site.lists import Day, is_home, is_welfare
from feeds.site.places import where
from feeds.site.state import WEEKDAYS
from notices import wording

AHEAD = 12
"""Months that are shown after this one, as far as there are dates."""

_WORDS = {"closes": "접수 마감", "opens": "접수 시작", "announces": "발표"}
_LISTED = 40


@dataclass(frozen=True, slots=True)
class Date:
    """One thing that falls on a day."""

    name: str
    words: str
    slug: str
    title: str
    where: str
    clock: str


def month_pages(by: Site, today: Day, date_words: str) -> Iterator[tuple[str, bytes]]:
    """Yield the pages of last month, this one and those to come that have dates; the present one as index, too."""
    dates = _dates(today)
    first = today.on.replace(day=1)
    ahead = sorted({(d.year, d.month) for d in dates if d >= first})
    months = [_before(first), first, *(date(y, m, 1) for y, m in ahead if (y, m) > (first.year, first.month))]
    months = months[: AHEAD + 2]
    for n, month in enumerate(months):
        content = _content(month, dates, today.on)
        content["previous"] = _link(months[n - 1]) if n else None
        content["next"] = _link(months[n + 1]) if n + 1 < len(months) else None
        for path in [f"month/{month:%Y-%m}.html", *(["month/index.html"] if month == first else [])]:
            around = frame(by, path, str(content["title"]), active="month", day=date_words)
            yield path, page("month.html", around, m=content)


def _before(first: date) -> date:
    return (first - timedelta(days=1)).replace(day=1)


def _link(month: date) -> tuple[str, str]:
    return f"{month.month}월", f"{month:%Y-%m}.html"


def _dates(today: Day) -> dict[date, list[Date]]:
    found: dict[date, list[Date]] = {}
    for card in today.cards:
        if not card.cancelled and (is_home(card) or is_welfare(card)):
            for on, what in _of(card):
                found.setdefault(on, []).append(what)
    for dates in found.values():
        dates.sort(key=lambda d: (list(_WORDS).index(d.name), d.clock, d.title, d.slug))
    return found


def _of(card: Card) -> Iterator[tuple[date, Date]]:
    always = wording.always_open(card.opens or None, card.closes or None, day(card.posted))
    for name, iso in (("opens", card.opens), ("closes", "" if always else card.closes), ("announces", card.announces)):
        at = wording.moment(iso)
        if at:
            clock = f"{at[1].hour}시" + (f" {at[1].minute}분" if at[1].minute else "") if at[1] else ""
            yield at[0], Date(name, _WORDS[name], card.slug, card.title, where(card.places), clock)


def _content(month: date, dates: dict[date, list[Date]], on: date) -> dict[str, object]:
    weeks = calendar.Calendar(firstweekday=6).monthdatescalendar(month.year, month.month)
    inside = [d for week in weeks for d in week if d.month == month.month and d in dates]
    return {
        "title": f"{month.year}년 {month.month}월 달력",
        "days": [_day(d, dates[d], on) for d in inside],
        "weeks": [[_cell(d, month, dates, on) for d in week] for week in weeks],
        "today": f"d{on.day}" if on in inside else None,
        "names": [WEEKDAYS[n] for n in (6, 0, 1, 2, 3, 4, 5)],
    }


def _day(d: date, found: Sequence[Date], on: date) -> dict[str, object]:
    return {
        "id": f"d{d.day}", "words": f"{d.month}월 {d.day}일", "weekday": WEEKDAYS[d.weekday()], "sunday": d.weekday() == 6,
        "today": d == on, "dates": found[:_LISTED], "rest": max(0, len(found) - _LISTED),
    }  # fmt: skip


def _cell(d: date, month: date, dates: dict[date, list[Date]], on: date) -> dict[str, object] | None:
    if d.month != month.month:
        return None
    found = dates.get(d, [])
    counts = [(words, sum(f.name == name for f in found)) for name, words in _WORDS.items()]
    return {
        "n": d.day, "href": f"#d{d.day}" if found else None, "sunday": d.weekday() == 6, "today": d == on,
        "counts": [(words, n) for words, n in counts if n],
    }  # fmt: skip
