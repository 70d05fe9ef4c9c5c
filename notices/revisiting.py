"""When a notice's own page is looked at again: each day while it is open, ever less often afterwards; pure."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, datetime, time, timedelta

DAILY = timedelta(hours=20)
"""The pause while a notice is open: with one run a day, whatever minute it starts at, each run looks."""

NEAR, NEARLY = timedelta(days=2), timedelta(hours=8)
"""How long before its end a notice counts as near it, and the pause then."""

UNKNOWN = timedelta(days=30)
"""How long after it was posted a notice without an end counts as open."""

FURTHEST = timedelta(days=400)
"""An end further off than this after the posting is not believed."""

AFTER = (3, 7, 14, 30)
"""On which days after the end a page is looked at once more: for extensions, winners and corrections."""

FAILED = (1, 1, 1, 2, 4, 8, 16)
"""Days to wait after the first, second, … failure in a row; then the page is given up."""

OVER = frozenset({"접수현황", "발표", "계약입주", "취소", "정책소식"})
"""Kinds that nobody applies to: without an end of their own they count as over from their posting on."""


def ends(closes: Iterable[date | None], posted: date, *, over: bool) -> date:
    """Return the last day on which a notice counts as open.

    `closes` are the ends that it and its announcement name; `over` tells that without one it is over from the start.
    """
    if named := max((day for day in closes if day is not None), default=None):
        return min(named, posted + FURTHEST)
    return posted if over else posted + UNKNOWN


def due(at: datetime, last: date, failures: int = 0) -> datetime | None:
    """Return when a page is to be looked at next, after a look `at`; None if never again.

    `last` is the last day on which the notice is open, in the zone of `at`; `failures` counts those in a row.
    """
    end = datetime.combine(last + timedelta(days=1), time(), at.tzinfo)
    if at < end:
        found: datetime | None = at + (NEARLY if end - at <= NEAR else DAILY)
    else:
        later = (end + timedelta(days=days) for days in AFTER)
        found = next((day for day in later if day > at), None)
    if not failures or found is None:
        return found
    return max(found, at + _waiting(failures)) if failures <= len(FAILED) else None


def _waiting(failures: int) -> timedelta:
    """Twenty hours for a day, so that a daily run does not skip one."""
    return timedelta(days=FAILED[failures - 1] - 1) + DAILY


def rank(now: datetime, due: datetime, last: date) -> tuple[float, date]:
    """Return where a page stands among those that are due: the smaller, the sooner.

    Each day of waiting counts one; being open counts three, being near the end one more. So the open and urgent come
    first, what waited comes before what did not, and nothing waits for ever.
    """
    left = last - now.date()
    return -((now - due) // timedelta(days=1) + 3 * (left.days >= 0) + (0 <= left.days <= NEAR.days)), last
