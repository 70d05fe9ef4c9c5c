"""Read one moment of a Korean schedule: a day with or without year, month, weekday and clock."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date, timedelta

_WEEKDAY = r"(?:\s{0,2}[(\[]\s?(?P<w{n}>[월화수목금토일])(?:요일)?\s?[)\]])?"
_CLOCK = (
    r"(?:\s{0,2}(?:당일\s?|T)?(?:(?P<half{n}>오전|오후|낮)\s?)?"
    r"(?:(?P<h{n}>\d{1,2})\s?(?::\s?(?P<min{n}>\d\d)(?::\d\d)?|시(?!\s?장|\s?청|간)(?:\s?(?P<kmin{n}>\d{1,2})\s?분)?)"
    r"|(?P<night{n}>자정)|(?P<noon{n}>정오)))?"
)
_DAY = (
    r"(?<![\d.,/-])(?:"
    r"(?P<y{n}>(?:19|20)\d\d|['’‘`´]?\s?\d\d)\s{0,2}(?:년|[.\-/])\s{0,2}(?P<m{n}>\d{1,2})\s{0,2}(?:월|[.\-/])\s{0,2}(?P<d{n}>\d{1,2})"
    r"|(?P<y8{n}>20\d\d)(?P<m8{n}>0[1-9]|1[0-2])(?P<d8{n}>0[1-9]|[12]\d|3[01])"
    r"|(?P<mm{n}>\d{1,2})\s{0,2}(?:월|[./])\s{0,2}(?P<md{n}>\d{1,2})"
    r")(?![\d:%㎡]|,\d)\s{0,2}[.일]?(?!\d)"
)
_REST = (
    r"(?P<only{n}>\d{1,2})(?![\d:%㎡]|,\d)\s{0,2}(?:일|\.(?!\d))?(?!\s?(?:시|년|월|호|세|순위|명|동|층|회|차|인|개))"
)


def moment(n: str, *, bare_day: bool = False) -> str:
    """Return the pattern of a moment, its groups ending in `n`; `bare_day` also takes "10일" or a clock alone."""
    day = _DAY.replace("{n}", n)
    if bare_day:
        clock_only = _CLOCK.replace("{n}", n + "t")
        clock_only = clock_only.removeprefix(r"(?:\s{0,2}").removesuffix(")?").replace(r"(?:당일\s?|T)?", "", 1)
        day = rf"(?:{clock_only}|(?:{day}|{_REST.replace('{n}', n)}))"
    return day + _WEEKDAY.replace("{n}", n) + _CLOCK.replace("{n}", n)


@dataclass(frozen=True, slots=True)
class Moment:
    """A day and, where one is said, the minute of the day; 24:00 and 자정 are the last minute of the day."""

    day: date
    minute: int | None = None

    def __str__(self) -> str:
        clock = "" if self.minute is None else f"T{self.minute // 60:02}:{self.minute % 60:02}"
        return f"{self.day}{clock}"


def first(match: re.Match[str], n: str, on: date | None) -> Moment | None:
    """Return the moment of a match whose year, if unsaid, is the one nearest to the posting day `on`."""
    group = match.groupdict()
    year, month, day = (group.get(k + n) or group.get(k + "8" + n) for k in "ymd")
    if not year:
        month, day = group.get("mm" + n), group.get("md" + n)
    if not (month and day):
        return None
    found = _whole(year, int(month), int(day)) if year else _nearest(int(month), int(day), group.get("w" + n), on)
    return Moment(found, _minute(group, n)) if found else None


def second(match: re.Match[str], n: str, start: Moment, on: date | None) -> Moment | None:
    """Return the end of a range: whatever it leaves unsaid is taken from its start; None where it ends before."""
    group = match.groupdict()
    if (clock := _minute(group, n + "t")) is not None:
        return Moment(start.day, clock)
    if only := group.get("only" + n):
        found = _real(start.day.year, start.day.month, int(only))
    elif group.get("mm" + n):
        month, day = int(group["mm" + n] or 0), int(group["md" + n] or 0)
        next_year = month < start.day.month and start.day.month - month >= 6
        found = _real(start.day.year + next_year, month, day)
    else:
        whole = first(match, n, on)
        found = whole.day if whole else None
    if found is None or found < start.day or found - start.day > timedelta(days=1100):
        return None
    return Moment(found, _minute(group, n))


def _minute(group: dict[str, str | None], n: str) -> int | None:
    """Return the minute of the day."""
    if group.get("night" + n):
        return 24 * 60 - 1
    if group.get("noon" + n):
        return 12 * 60
    if not (hour := group.get("h" + n)):
        return None
    half, minute = group.get("half" + n), group.get("min" + n) or group.get("kmin" + n) or "0"
    hours = int(hour) % 12 + 12 if half in ("오후", "낮") and int(hour) < 13 and hour != "11" else int(hour)
    if half == "오후" and hour == "11":
        hours = 23
    total = hours * 60 + int(minute)
    return min(total, 24 * 60 - 1) if total <= 24 * 60 and int(minute) < 60 else None


def _whole(year: str, month: int, day: int) -> date | None:
    number = int(re.sub(r"\D", "", year))
    return _real(number if number > 99 else 2000 + number, month, day)


def _nearest(month: int, day: int, weekday: str | None, on: date | None) -> date | None:
    """Return the day of the year that lies from 60 days before to 300 days after `on`, by the weekday in doubt."""
    if on is None:
        return None
    days = [d for year in (on.year - 1, on.year, on.year + 1) if (d := _real(year, month, day))]
    near = [d for d in days if -60 <= (d - on).days <= 300]
    for those in (near, days) if weekday else ():
        if same := [d for d in those if "월화수목금토일"[d.weekday()] == weekday]:
            near = same
            break
    return min(near, key=lambda d: abs((d - on).days), default=None)


def _real(year: int, month: int, day: int) -> date | None:
    if not 2000 <= year <= 2069:
        return None
    try:
        return date(year, month, day)
    except ValueError:
        return None
