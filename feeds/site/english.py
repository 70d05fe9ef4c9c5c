"""Say dates, sums and numbers of homes in English."""

from __future__ import annotations

from datetime import date, time

from notices import wording
from notices.model import Value

DAYS = ("Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun")
MONTHS = ("Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec")
ASK = "see the original"


def day(on: date, year: bool = False) -> str:
    """Return "Tue 25 Nov", with the year where asked."""
    return f"{DAYS[on.weekday()]} {on.day} {MONTHS[on.month - 1]}" + (f" {on.year}" if year else "")


def clock(at: time | None) -> str:
    """Return " 17:00", or nothing."""
    return "" if at is None else f" {at.hour:02}:{at.minute:02}"


def say(field: str, value: Value | None) -> str:
    """Return a fact's value in English words; texts stay Korean."""
    if value is None or value == "":
        return ASK
    if field in wording.DATES:
        at = wording.moment(value)
        return day(at[0], year=True) + clock(at[1]) if at else str(value)
    if field in ("deposit", "rent") and isinstance(value, int):
        return f"₩{value:,}" if value > 0 else "none"
    if field == "homes" and isinstance(value, int):
        return f"{value:,} homes"
    return str(value)
