"""When a page is looked at again: daily while open, ever less often afterwards, and never too often in vain."""

from __future__ import annotations

from datetime import date, datetime, timedelta
from itertools import pairwise
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from notices.revisiting import AFTER, FAILED, due, ends, rank

SEOUL = ZoneInfo("Asia/Seoul")
POSTED = date(2026, 11, 2)
DAY = timedelta(days=1)


def looks(posted: date, last: date, every: timedelta) -> list[datetime]:
    """The times at which a page is looked at, read first in the morning of its posting, by runs so far apart."""
    at = datetime(posted.year, posted.month, posted.day, 9, tzinfo=SEOUL)
    found, soon = [at], due(at, last)
    while soon is not None and (at - found[0]).days < 500:
        at += every
        if at >= soon:
            found.append(at)
            soon = due(at, last)
    return found


@given(st.integers(0, 90), st.integers(2, 24))
@settings(max_examples=40, deadline=None, derandomize=True)
def test_a_page_is_looked_at_every_day_until_the_end_and_ever_less_afterwards(open_for: int, hours: int) -> None:
    last = POSTED + timedelta(days=open_for)
    found = looks(POSTED, last, timedelta(hours=hours))
    end = datetime(last.year, last.month, last.day, tzinfo=SEOUL) + DAY
    pauses = [(later - at, at) for at, later in pairwise(found)]
    assert all(pause <= max(DAY, timedelta(hours=20 + hours)) for pause, at in pauses if at < end)
    after = [at for at in found if at >= end]
    assert len(after) <= len(AFTER) + 1
    assert found[-1] <= end + timedelta(days=AFTER[-1], hours=hours)


def test_one_run_a_day_looks_at_an_open_page_each_time_though_its_minute_wavers() -> None:
    last = POSTED + timedelta(days=20)
    at = datetime(2026, 11, 2, 8, 10, tzinfo=SEOUL)
    for minutes in (35, -50, 90, -90, 0, 179):
        run = at + DAY + timedelta(minutes=minutes)
        soon = due(at, last)
        assert soon is not None and soon <= run
        at = run


@pytest.mark.parametrize(
    ("closes", "over", "expected"),
    [
        ((), False, date(2026, 12, 2)),
        ((), True, POSTED),
        ((date(2026, 11, 20), None), False, date(2026, 11, 20)),
        ((date(2026, 11, 20), date(2026, 11, 27)), False, date(2026, 11, 27)),
        ((date(2026, 11, 20),), True, date(2026, 11, 20)),
        ((date(2206, 11, 20),), False, date(2027, 12, 7)),
    ],
)
def test_a_notice_is_open_until_the_latest_end_that_is_named(
    closes: tuple[date | None, ...], over: bool, expected: date
) -> None:
    assert ends(closes, POSTED, over=over) == expected


def test_near_the_end_a_page_is_looked_at_more_than_once_a_day() -> None:
    at = datetime(2026, 11, 19, 9, tzinfo=SEOUL)
    assert due(at, date(2026, 11, 20)) == at + timedelta(hours=8)
    assert due(at, date(2026, 11, 21)) == at + timedelta(hours=20)


def test_a_page_that_cannot_be_had_is_tried_ever_less_often_and_given_up() -> None:
    at, last = datetime(2026, 11, 2, 9, tzinfo=SEOUL), date(2027, 6, 1)
    tried = [due(at, last, failures) for failures in range(1, len(FAILED) + 2)]
    assert [round((soon - at) / DAY) for soon in tried if soon] == list(FAILED)
    assert tried[-1] is None
    closed = due(datetime(2026, 11, 25, 9, tzinfo=SEOUL), date(2026, 11, 2), 1)
    assert closed == datetime(2026, 12, 3, tzinfo=SEOUL)


def test_open_and_near_the_end_comes_first_and_whatever_waits_comes_in_the_end() -> None:
    now, today = datetime(2026, 11, 20, 9, tzinfo=SEOUL), date(2026, 11, 20)
    near, later, over = today + DAY, today + 20 * DAY, today - 9 * DAY
    order = [(now, near), (now - DAY, later), (now, later), (now, over)]
    assert sorted(order, key=lambda one: rank(now, *one)) == order
    assert rank(now, now - DAY, near) < rank(now, now, near)
    assert rank(now, now - 5 * DAY, over) < rank(now, now, near)
