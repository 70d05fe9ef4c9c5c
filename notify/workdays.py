"""Know when a centre is at work: business days in Korea, and the hours in which nobody's phone may ring."""

from __future__ import annotations

from datetime import date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from notices.workdays import is_business_day

__all__ = ["after_quiet", "is_business_day", "is_quiet", "next_business_day", "seoul"]

SEOUL = ZoneInfo("Asia/Seoul")
QUIET_FROM = time(21)
QUIET_TO = time(8)
"""From nine in the evening to eight in the morning no text message is sent (정보통신망법 제50조); mail does not ring."""


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
