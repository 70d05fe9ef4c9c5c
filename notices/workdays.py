"""Know when public offices of Korea are open."""

from __future__ import annotations

from datetime import date, timedelta
from functools import cache
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from holidays import HolidayBase


@cache
def _korea() -> HolidayBase:
    import holidays  # half a second that only those pay who ask

    return holidays.country_holidays("KR")


def is_business_day(day: date) -> bool:
    """Whether offices are open: Monday to Friday, no public, substitute or election holiday of Korea."""
    return day.weekday() < 5 and day not in _korea()


def business_days(after: date, before: date) -> int:
    """Count the business days between two days, neither of them included."""
    days = (after + timedelta(days=n) for n in range(1, (before - after).days))
    return sum(is_business_day(day) for day in days)
