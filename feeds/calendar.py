"""Write iCalendar (RFC 5545): when applications open and close, when winners are announced, when contracts are made."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from urllib.parse import quote

from icalendar import Calendar
from icalendar import Event as Component

from feeds.entry import RULE, facts, line
from notices import wording
from notices.links import web_link
from notices.model import EventKind, Value
from notices.store.views import Announcement, Event

TYPE = "text/calendar"
_LONGEST_CONTRACT = timedelta(days=60)
_PRODUCT = "-//jiballim//jiballim//KO"


@dataclass(frozen=True, slots=True)
class Day:
    """One date of a notice: the name that keeps its UID stable, its words, first and last day."""

    name: str
    words: str
    first: date
    last: date


def calendar(title: str, about: str, told: Iterable[tuple[Announcement, Sequence[Event]]]) -> bytes:
    """Return a calendar of announcements, each with the events that were told of it, in the order given."""
    return assemble(title, about, (components(announcement, events) for announcement, events in told))


def assemble(title: str, about: str, parts: Iterable[bytes]) -> bytes:
    """Return a calendar of components that are already written."""
    head = Calendar()
    for name, value in (
        ("prodid", _PRODUCT),
        ("version", "2.0"),
        ("calscale", "GREGORIAN"),
        ("x-wr-calname", line(title)),
        ("x-wr-caldesc", line(about)),
        ("x-wr-timezone", "Asia/Seoul"),
    ):
        head.add(name, value)
    frame, end = bytes(head.to_ical()), b"END:VCALENDAR\r\n"
    return frame.removesuffix(end) + b"".join(parts) + end


def components(told: Announcement, events: Sequence[Event]) -> bytes:
    """Return the VEVENTs of one announcement; a correction raises SEQUENCE and keeps each UID."""
    corrections = sum(event.kind is EventKind.REVISION for event in events)
    stamp = max((e.at for e in events if e.kind is not EventKind.FOLLOW_UP), default=told.first_seen)
    return b"".join(_component(told, day, corrections, stamp) for day in days(told))


def days(told: Announcement) -> Iterator[Day]:
    """Yield the dates of an announcement that a calendar shows, as single days; contracts alone may span days."""
    opens, closes = _fact(told, "opens"), _fact(told, "closes")
    always = wording.always_open(_value(told, "opens"), _value(told, "closes"), told.posted)
    if opens:
        words = "접수 시작 (상시모집)" if always else f"접수 시작{_clock(opens[1])}"
        yield Day("opens", words, opens[0], opens[0])
    if closes and not always:
        clock = f"{_clock(closes[1])}까지" if closes[1] else ""
        yield Day("closes", f"접수 마감{clock}", closes[0], closes[0])
    if announces := _fact(told, "announces"):
        yield Day("announces", f"당첨자 발표{_clock(announces[1])}", announces[0], announces[0])
    if contract := _fact(told, "contract_from") or _fact(told, "contract_to"):
        until = _fact(told, "contract_to") or contract
        last = until[0] if timedelta() <= until[0] - contract[0] <= _LONGEST_CONTRACT else contract[0]
        yield Day("contract", "계약", contract[0], last)


def _value(told: Announcement, name: str) -> Value | None:
    fact = told.facts.get(name)
    return None if fact is None else fact.value


def _fact(told: Announcement, name: str) -> tuple[date, time | None] | None:
    return wording.moment(_value(told, name))


def _clock(clock: time | None) -> str:
    if clock is None:
        return ""
    return f" {clock.hour}시 {clock.minute}분" if clock.minute else f" {clock.hour}시"


def _component(told: Announcement, day: Day, corrections: int, stamp: datetime) -> bytes:
    component = Component()
    component.add("uid", f"{quote(told.uid, safe=':.-_', errors='replace')}/{day.name}@jiballim")
    component.add("dtstamp", stamp.astimezone(UTC))
    component.add("dtstart", day.first)
    component.add("dtend", day.last + timedelta(days=1))
    component.add("summary", ("[취소] " if told.cancelled else "") + f"{day.words}: {line(told.title)}")
    component.add("description", _description(told))
    if url := web_link(told.url):
        component.add("url", url)
    component.add("categories", [line(term) for term in (*told.supply, *(r.name for r in told.regions))])
    component.add("sequence", corrections)
    component.add("status", "CANCELLED" if told.cancelled else "CONFIRMED")
    component.add("transp", "TRANSPARENT")
    return bytes(component.to_ical())


def _description(told: Announcement) -> str:
    lines = [f"{name}: {words}" for name, words in facts(told)]
    link = web_link(told.url)
    return "\n".join([*lines, *([f"원문: {link}"] if link else []), RULE])
