"""Tell from the posting days of a list when it has been still for longer than its own rhythm allows.

A list that reads well and says nothing new is an old copy, or a board left behind. How likely a day is to bring a post
is learnt from the list's own days: by weekday, with Korea's holidays as a day of their own, and less is expected where
offices are half empty. What a pause weighs is the sum of what its days were expected to bring.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable
from dataclasses import dataclass
from datetime import date, timedelta
from functools import lru_cache
from itertools import pairwise
from math import log

from notices.korean import one_line
from notices.workdays import business_days, is_business_day
from spiders.reasons import Reason

MEMORY, TAIL = 210, 12
"""Days (thirty weeks) that a rhythm is learnt from, so that it may change; and posting days that count however old."""

ENOUGH, FEW = 8, 3
"""Posting days from which a rhythm can be told, and from which a quarter without a post is odd."""

LEAST = 3
"""Days of stillness that are never odd."""

LIKELY = 0.95
"""No day is expected with more certainty."""

PRIOR = 2.0
"""Days by which each weekday is first taken for like the others."""

ODD = 7.0
"""The weight of a pause that a steady list of one post a week does not reach in years (chance below e^-7)."""

STEADY, UNSTEADY, WILD = 1.4, 2.2, 5.5
"""How many times its heaviest pause a list must be still; the second for one whose heaviest weighs more than WILD."""

LONGEST, MEAN, QUARTER = 3.0, 5.0, 65
"""In business days: times the longest pause, times the mean one; and what is odd for any list of shorter pauses."""

QUIET = "quiet"
"""The code of the reason."""

_DAY = timedelta(days=1)
_HOLIDAY = 7  # the eighth day of the week


@dataclass(frozen=True, slots=True)
class Stillness:
    """Business days without a post, and the longest pause known."""

    days: int
    longest: int


def stillness(posted: Iterable[date], today: date) -> Stillness | None:
    """Return how long nothing was posted where that is longer than the list's rhythm allows, else None.

    Today does not count, since something may still be posted.
    """
    days = sorted({day for day in posted if day <= today})
    days = [day for day in days[:-TAIL] if (days[-1] - day).days <= MEMORY] + days[-TAIL:]
    if len(days) < FEW or (today - days[-1]).days <= LEAST:
        return None
    gaps = [business_days(a, b) + 1 for a, b in pairwise(days)]
    still = business_days(days[-1], today)
    odd = _is_out_of_rhythm(days, today) or still > _most(gaps) if len(days) >= ENOUGH else _is_left(gaps, still)
    return Stillness(still, max(gaps) - 1) if odd else None


def _is_out_of_rhythm(days: list[date], today: date) -> bool:
    """Whether the days since the last post were expected to bring more than any pause before, by far."""
    chances = _chances(days)
    pauses = [_weight(chances, a, b) for a, b in pairwise(days)]
    often = max(1.0, len(pauses) * 7 / (days[-1] - days[0]).days)  # pauses a week: so many chances of a false alarm
    most = max(ODD + log(often), (STEADY if max(pauses) < WILD else UNSTEADY) * max(pauses))
    return _weight(chances, days[-1], today) > most * (1 + 12 / len(days))


def _chances(days: list[date]) -> list[float]:
    """The chance of a post by weekday, holidays last; working days and days off each lean on their own mean."""
    had: Collection[date] = set(days)
    seen, posted = [0.0] * 8, [0] * 8
    for n in range(1, (days[-1] - days[0]).days + 1):
        kind, expected = _kind(days[0] + n * _DAY)
        hit = days[0] + n * _DAY in had
        posted[kind] += hit
        seen[kind] += 1.0 if hit else expected
    at_work, off = (sum(posted[part]) / max(sum(seen[part]), 1.0) for part in (slice(0, 5), slice(5, 8)))
    return [
        min(LIKELY, (posted[kind] + PRIOR * (at_work if kind < 5 else off)) / (seen[kind] + PRIOR)) for kind in range(8)
    ]


def _weight(chances: list[float], after: date, before: date) -> float:
    """What the days between two days, neither included, weigh when they bring nothing."""
    kinds = (_kind(after + n * _DAY) for n in range(1, (before - after).days))
    return sum(-log(1 - chances[kind]) * expected for kind, expected in kinds)


@lru_cache(maxsize=2000)
def _kind(day: date) -> tuple[int, float]:
    """The kind of a day (its weekday, or a holiday's) and the part of its usual posts that is to be expected of it."""
    if not is_business_day(day):
        return (_HOLIDAY if day.weekday() < 5 else day.weekday()), 1.0
    return day.weekday(), _expected(day)


def _expected(day: date) -> float:
    if (day.month, day.day) >= (12, 24) or (day.month, day.day) <= (1, 3):
        return 0.3  # the year's end
    before, after = (_off(day, step) for step in (-1, 1))
    if before and after:
        return 0.3  # a bridge between two days off
    if max(before, after) >= 3:
        return 0.5  # beside a long holiday
    return 0.5 if (7, 25) <= (day.month, day.day) <= (8, 15) else 1.0


def _off(day: date, step: int) -> int:
    """How many days off follow a day, or come before it."""
    return next(n for n in range(15) if is_business_day(day + (n + 1) * step * _DAY))


def _most(gaps: list[int]) -> float:
    """The business days that a list of any rhythm may be still."""
    most = max(LEAST, LONGEST * max(gaps), MEAN * sum(gaps) / len(gaps))
    return min(most, QUARTER) if max(gaps) < QUARTER / 3 else most


def _is_left(gaps: list[int], still: int) -> bool:
    """Whether a list of which little is known posted often and then, for a quarter, not at all."""
    return max(gaps) <= 10 and still > QUARTER


def quiet(posted: Iterable[date], today: date) -> Reason | None:
    """The reason for a list that reads well and has nothing new for too long."""
    posted = list(posted)
    if (found := stillness(posted, today)) is None:
        return None
    newest = max(day for day in posted if day <= today)
    before = f"길어야 {found.longest}일 쉬었습니다" if found.longest else "쉰 적이 없습니다"
    return Reason(
        QUIET,
        one_line(
            f"목록은 읽히지만 {newest.month}월 {newest.day}일 뒤로 새 글이 없습니다(근무일 {found.days}일째, 그전에는 {before})."
            " 게시판이 옮겨졌는지 보십시오."
        ),
    )
