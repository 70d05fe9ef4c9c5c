"""Know when a centre is at work: business days in Korea, and the hours in which nobody's phone may ring."""

from __future__ import annotations

from datetime import date, datetime, time, timedelta
from functools import cache
from typing import TYPE_CHECKING
from zoneinfo import ZoneInfo

if TYPE_CHECKING:
    from holidays import HolidayBase

SEOUL = ZoneInfo("Asia/Seoul")
QUIET_FROM = time(21)
QUIET_TO = time(8)
"""From nine in the evening to eight in the morning no text message is sent (정보통신망법 제50조); mail does not ring."""


@cache
def _korea() -> HolidayBase:
    import holidays  # half a second that only senders pay

    return holidays.country_holidays("KR")


def is_business_day(day: date) -> bool:
    """Whether offices are open: Monday to Friday, no public, substitute or election holiday of Korea."""
    return day.weekday() < 5 and day not in _korea()


def next_business_day(day: date) -> date:
    """Return the first business day after a day."""
    day += timedelta(days=1)
    while not is_business_day(day):
        day += timedelta(days=1)
    return day


def seoul(moment: datetime) -> datetime:
    """Return an aware moment in the time of Seoul."""
    return moment.astimezone(SEOUL)


def is_quiet(now: datetime) -> bool:
    """Whether a moment lies in the quiet hours of Seoul."""
    clock = seoul(now).time()
    return clock >= QUIET_FROM or clock < QUIET_TO


def after_quiet(now: datetime) -> datetime:
    """Return the moment itself, or the end of the quiet hours it lies in."""
    if not is_quiet(now):
        return now
    here = seoul(now)
    day = here.date() + timedelta(days=1) if here.time() >= QUIET_FROM else here.date()
    return datetime.combine(day, QUIET_TO, SEOUL)
