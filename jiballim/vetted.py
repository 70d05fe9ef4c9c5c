"""Which sources may be read on this machine without being asked for by name: those that were seen to work here; pure."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from datetime import datetime, timedelta

from notices.store import Check
from spiders.budget import SPENT
from spiders.registry import Source

PASSING = frozenset({"timeout", "network", "dns", "refused", "http_error", "silent", "quota", "key", SPENT})
"""Reasons that may be gone tomorrow."""

FIRST, SOON, LATER = timedelta(minutes=10), timedelta(hours=6), timedelta(days=7)
"""When a source that could not be read is looked at again: for a passing reason, and for any other.

Where no source at all can be read, the fault is on this side, and passing reasons are tried again soon.
"""


def fit(source: Source, checks: Mapping[str, Check], believed: Collection[str]) -> bool:
    """Tell whether a source was read here, asked as it is asked now."""
    check = checks.get(source.name)
    if check is None or check.asked != source.asked:
        return check is None and source.name in believed
    return check.works or source.name in believed


def due(
    sources: Iterable[Source], checks: Mapping[str, Check], believed: Collection[str], now: datetime
) -> list[Source]:
    """Return the sources to look at now: never seen, asked otherwise since, or to be tried again."""
    unfit = [s for s in sources if not s.closed and not fit(s, checks, believed)]
    soon = SOON if believed or any(check.works for check in checks.values()) else FIRST
    return [s for s in unfit if _waited(s, checks.get(s.name), now, soon)]


def _waited(source: Source, check: Check | None, now: datetime, soon: timedelta) -> bool:
    if check is None or check.asked != source.asked:
        return True
    return now - check.at >= (soon if check.reason in PASSING else LATER)
