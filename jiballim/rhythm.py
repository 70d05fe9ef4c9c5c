"""When each source is read again: by its kind, slower at night, later after each failure; pure."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, time, timedelta

from jiballim.compose import SEOUL
from notices.model import RunState
from notices.store.views import RunView
from spiders.budget import SPENT
from spiders.registry import Source

EVERY = {
    "rental": timedelta(hours=2),
    "gosi": timedelta(hours=4),
    "notice": timedelta(hours=4),
    "press": timedelta(hours=6),
}
"""How long after one reading of a kind the next is due."""

WAKING = (time(7, 0), time(20, 0))
"""The hours (KST) in which boards are read; whoever wakes up later reads what is due once."""

AGAIN = (timedelta(minutes=15), timedelta(hours=1), timedelta(hours=3), timedelta(hours=12))
"""How long after the first, second, … failure in a row a source is tried again."""


@dataclass(frozen=True, slots=True)
class Plan:
    """Which sources are due now, and when to look again."""

    due: tuple[str, ...]
    wake: datetime


def plan(sources: Iterable[Source], runs: Mapping[str, Sequence[RunView]], now: datetime) -> Plan:
    """Plan from the recent runs of each source, newest first.

    A clock that was set back makes nothing wait for the past to come again: a run of the future counts as one of now.
    """
    times = {source.name: next_reading(source, runs.get(source.name, ()), now) for source in sources}
    due = tuple(name for name, at in times.items() if at <= now)
    later = [at for at in times.values() if at > now]
    return Plan(due, min([*later, now + timedelta(minutes=10)]))


def next_reading(source: Source, runs: Sequence[RunView], now: datetime) -> datetime:
    """Return when a source is to be read next, within the waking hours."""
    if not runs:
        return awake(now)
    last = min(runs[0].finished or runs[0].started, now)
    if runs[0].state is RunState.ABORTED and runs[0].reason == SPENT:
        return awake(datetime.combine(last.astimezone(SEOUL).date() + timedelta(days=1), time(), SEOUL))
    failures = next((n for n, run in enumerate(runs) if run.state in (RunState.DONE, RunState.PARTIAL)), len(runs))
    return awake(last + (AGAIN[min(failures, len(AGAIN)) - 1] if failures else EVERY[source.kind]))


def awake(at: datetime) -> datetime:
    """Return the first time from then on within the hours in which boards are read."""
    here = at.astimezone(SEOUL)
    opens, ends = (datetime.combine(here.date(), hour, SEOUL) for hour in WAKING)
    if here < opens:
        return opens
    return here if here <= ends else opens + timedelta(days=1)
