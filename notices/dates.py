"""Find single dates in Korean text: every numeric form that boards and their authors use, checked against the calendar."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date, time

_FIRST, _LAST = 1990, 2069  # what a notice may speak of: rent of 30 years ahead, a law of the nineties
_SHORT_FIRST, _SHORT_LAST = 2, 45  # two-digit years; the web of public offices begins in 2002

# Every quantifier is bounded: a megabyte of digits and dots costs one pass.
_DATE = re.compile(
    r"""(?<![\d])(?:
      (?P<y4>(?:19|20)\d\d)\s{0,2}(?P<sep>[.\-/‐‑–·])\s{0,2}(?P<m4>\d{1,2})\s{0,2}(?P=sep)\s{0,2}(?P<d4>\d{1,2})(?!\d)(?![\-/]\d)
    | (?P<yk>(?:19|20)?\d\d)\s{0,2}년\s{0,3}(?P<mk>\d{1,2})\s{0,2}월\s{0,3}(?P<dk>\d{1,2})\s{0,2}일
    | (?P<y8>(?:19|20)\d\d)(?P<m8>0[1-9]|1[0-2])(?P<d8>0[1-9]|[12]\d|3[01])(?!\d)
    | (?<![\d][.\-/])(?P<y2>\d\d)(?P<sep2>[.\-/])\ ?(?P<m2>\d{1,2})(?P=sep2)\ ?(?P<d2>\d{1,2})(?![\d:])(?![.\-/]\d)
    )""",
    re.VERBOSE,
)
_END = re.compile(r"[ .]{0,2}(?:[(\[][월화수목금토일](?:요일)?[)\]]|[월화수목금토일]요일)?[ .]{0,2}")
_CLOCK = re.compile(
    r"[,T\s]{0,3}(?:(?P<half>오전|오후|AM|PM|am|pm)\s{0,2})?(?P<h>\d{1,2})"
    r"(?:\s?:\s?(?P<m>\d\d)(?::\d\d(?:\.\d{1,6})?)?(?!\d)|\s?시(?!\s?장|\s?청)(?:\s?(?P<mk>\d{1,2})\s?분)?)"
)


@dataclass(frozen=True, slots=True)
class Found:
    """A date in a text, its time of day where one follows, and where its words stand: text[start:end] == words."""

    day: date
    time: time | None
    start: int
    end: int
    words: str


def find_dates(text: str, today: date | None = None) -> list[Found]:
    """Return the dates of a text in order; impossible days and years outside the sanity window are none.

    `today` (KST) ends the window of two-digit years six years after it.
    """
    found = []
    end = 0
    for match in _DATE.finditer(text):
        day = _day(match, today)
        if day is None or match.start() < end:
            continue
        clock, end = _time(text, match.end())
        found.append(Found(day, clock, match.start(), end, text[match.start() : end]))
    return found


def real_day(year: int, month: int, day: int) -> date | None:
    """Return the date, or None where the calendar has none or the year lies outside the sanity window."""
    if not (_FIRST <= year <= _LAST):
        return None
    try:
        return date(year, month, day)
    except ValueError:
        return None


def _day(match: re.Match[str], today: date | None) -> date | None:
    year, month, day = next(
        (match[f"y{form}"], match[f"m{form}"], match[f"d{form}"]) for form in "4k82" if match[f"y{form}"]
    )
    if len(year) == 4:
        return real_day(int(year), int(month), int(day))
    short = int(year)
    first, last = _SHORT_FIRST, _SHORT_LAST
    if today is not None:
        last = today.year - 1994
    return real_day(2000 + short, int(month), int(day)) if first <= short <= last else None


def _time(text: str, at: int) -> tuple[time | None, int]:
    """Return the time of day that follows a date and where the date's words end."""
    tail = _END.match(text, at)
    after = tail.end() if tail else at
    match = _CLOCK.match(text, after)
    if not match:
        words = text[at:after].rstrip()
        return None, at + len(words)
    hour, minute = int(match["h"]), int(match["m"] or match["mk"] or 0)
    half = (match["half"] or "").lower()
    if half in ("오후", "pm") and hour < 12:
        hour += 12
    elif half in ("오전", "am") and hour == 12:
        hour = 0
    if hour > 23 or minute > 59:
        return None, at + len(text[at:after].rstrip())
    return time(hour, minute), match.end()
