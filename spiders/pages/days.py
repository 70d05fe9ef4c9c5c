"""The posting date in a cell: full dates, today's times, days without a year, "3일 전"; never a deadline."""

from __future__ import annotations

import re
from datetime import date, timedelta

from notices.dates import find_dates, real_day

_CLOCK = re.compile(r"\s*(?:오늘|today)?\s*(?:오전|오후)?\s*\d{1,2}:\d{2}(?::\d{2})?\s*(?:am|pm)?\s*", re.I)
_SHORT = re.compile(r"\s*(\d{1,2})\s?[./-]\s?(\d{1,2})\.?(?:\s*\d{1,2}:\d{2})?\s*|\s*(\d{1,2})월\s?(\d{1,2})일\s*")
_AGO = re.compile(r"\s*(?:(\d{1,3})\s?(분|시간|일|주)\s?전|(방금|오늘|어제|그저께)(?:\s?전)?)\s*")
_PACKED = re.compile(r"(?<!\d)((?:19|20)\d\d)(\d\d)(\d\d)\d{4}(?:\d{2})?(?!\d)")
_WEEKDAY = re.compile(r"[월화수목금토일]요일|\([월화수목금토일]\)|Mon|Tue|Wed|Thu|Fri|Sat|Sun")
_COUNT = re.compile(r"\(\s?[\d,]{1,9}\s?\)|(?:조회\s?수?|hits?)\s?:?\s?[\d,]{1,9}", re.I)
_LETTERS = re.compile(r"[가-힣A-Za-z0-9]")
NO_YEAR = "날짜에 해가 없음"
_NAMED = {"방금": 0, "오늘": 0, "어제": 1, "그저께": 2}


def read_day(text: str, today: date | None) -> tuple[date | None, str | None]:
    """Return the first date that a cell shows, and a doubt where it needs `today` and there is none."""
    found = find_dates(text, today)
    if found:
        return found[0].day, None
    if len(text) > 40:
        return None, None
    if packed := _PACKED.search(text):
        return real_day(int(packed[1]), int(packed[2]), int(packed[3])), None
    if _CLOCK.fullmatch(text):
        return (today, None) if today else (None, NO_YEAR)
    if ago := _AGO.fullmatch(text):
        return _ago(ago, today)
    if short := _SHORT.fullmatch(text):
        month, day = int(short[1] or short[3]), int(short[2] or short[4])
        return _this_year(month, day, today)
    return None, None


def is_ahead(day: date | None, today: date | None) -> bool:
    """Tell whether a day lies too far ahead to be the day of posting."""
    return day is not None and today is not None and day > today + timedelta(days=1)


def is_dated(text: str) -> bool:
    """Tell whether a cell holds little else than a date, a time of today or a range."""
    if len(text) > 60:
        return False
    found = find_dates(text)
    if found:
        rest = text
        for part in reversed(found):
            rest = rest[: part.start] + rest[part.end :]
        return len(_LETTERS.findall(_COUNT.sub("", _WEEKDAY.sub("", rest)))) < 4
    return bool(_CLOCK.fullmatch(text) or _SHORT.fullmatch(text) or _AGO.fullmatch(text) or _PACKED.fullmatch(text))


def _ago(match: re.Match[str], today: date | None) -> tuple[date | None, str | None]:
    if today is None:
        return None, NO_YEAR
    if match[3]:
        return today - timedelta(days=_NAMED[match[3]]), None
    days = {"분": 0, "시간": 0, "일": 1, "주": 7}[match[2]]
    return today - timedelta(days=days * int(match[1])), None


def _this_year(month: int, day: int, today: date | None) -> tuple[date | None, str | None]:
    """Return the last such day that is not after tomorrow."""
    if today is None:
        return None, NO_YEAR
    for year in (today.year, today.year - 1):
        found = real_day(year, month, day)
        if found and found <= today + timedelta(days=1):
            return found, None
    return None, None
