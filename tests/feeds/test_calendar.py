"""Dates in a calendar: stable, raised by corrections, cancelled with the notice, no thousand-day event."""

from __future__ import annotations

from datetime import date
from typing import Any

import icalendar

from feeds.calendar import calendar
from notices.model import Change, EventKind
from notices.store.views import Announcement, Event
from tests.feeds.made import announcement, corrected, event, fact


def read(told: Announcement, events: list[Event] | None = None) -> dict[str, Any]:
    parsed: Any = icalendar.Calendar.from_ical(calendar("집알림", "", [(told, events or [event(announcement=told)])]))
    return {str(e["UID"]).partition("/")[2].partition("@")[0]: e for e in parsed.walk("VEVENT")}


def dated(**values: str) -> Announcement:
    return announcement(facts={name: fact(name, value) for name, value in values.items()})


def test_four_kinds_of_dates() -> None:
    told = dated(
        opens="2026-09-09",
        closes="2026-09-12T17:00",
        announces="2026-11-20",
        contract_from="2026-12-01",
        contract_to="2026-12-03",
    )
    found = read(told)
    assert {name: (e["DTSTART"].dt, e["DTEND"].dt) for name, e in found.items()} == {
        "opens": (date(2026, 9, 9), date(2026, 9, 10)), "closes": (date(2026, 9, 12), date(2026, 9, 13)),
        "announces": (date(2026, 11, 20), date(2026, 11, 21)), "contract": (date(2026, 12, 1), date(2026, 12, 4)),
    }  # fmt: skip
    assert str(found["closes"]["SUMMARY"]) == f"접수 마감 17시까지: {told.title}"
    assert "공고문이 기준입니다." in str(found["closes"]["DESCRIPTION"])
    assert str(found["closes"]["URL"]) == told.url


def test_a_correction_keeps_the_uid_and_raises_the_sequence() -> None:
    first = dated(closes="2026-09-12")
    before = read(first)["closes"]
    moved = dated(closes="2026-09-19")
    back = {"original_guid": "x"}
    events = [
        event(1),
        event(2, EventKind.REVISION, changes=(Change("closes", "2026-09-12", "2026-09-19"),), **back),
        event(3, EventKind.FOLLOW_UP),
    ]
    after = read(moved, events)["closes"]
    assert (before["UID"], before["SEQUENCE"], after["SEQUENCE"]) == (after["UID"], 0, 1)
    assert after["DTSTART"].dt == date(2026, 9, 19)
    assert after["DTSTAMP"].dt == events[1].at, "of the event, never now, and no follow-up touches it"


def test_cancelled_is_said_and_kept() -> None:
    found = read(announcement(cancelled=True))["closes"]
    assert str(found["STATUS"]) == "CANCELLED" and str(found["SUMMARY"]).startswith("[취소] ")
    assert str(read(announcement())["closes"]["STATUS"]) == "CONFIRMED"


def test_always_open_is_no_thousand_day_event() -> None:
    for told in (dated(opens="2026-09-09"), dated(opens="2026-09-09", closes="2029-10-01"), dated(closes="2029-10-01")):
        assert all(e["DTEND"].dt.toordinal() - e["DTSTART"].dt.toordinal() == 1 for e in read(told).values())
        assert "closes" not in read(told)
    assert str(read(dated(opens="2026-09-09", closes="2029-10-01"))["opens"]["SUMMARY"]).startswith(
        "접수 시작 (상시모집)"
    )
    assert read(dated(contract_from="2026-12-01", contract_to="2029-12-01"))["contract"]["DTEND"].dt == date(
        2026, 12, 2
    )


def test_words_and_impossible_dates_are_no_events() -> None:
    assert read(dated(opens="2026-02-30", closes="상시", announces="11월 중")) == {}


def test_the_same_bytes_again() -> None:
    told = corrected()[0].announcement
    assert calendar("가", "나", [(told, corrected())]) == calendar("가", "나", [(told, corrected())])
