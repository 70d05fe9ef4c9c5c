"""Sources are read in their rhythm: by kind, in waking hours, later after failures, once after a long sleep."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime, timedelta

import pytest

from jiballim.compose import SEOUL
from jiballim.rhythm import AGAIN, EVERY, next_reading, plan
from notices.model import RunState
from notices.store.views import RunView
from spiders.registry import Source

NOON = datetime(2026, 11, 24, 12, 0, tzinfo=SEOUL)


def source(name: str = "a", kind: str = "rental") -> Source:
    """A source of a kind."""
    return Source(name, "t", "p", "https://a.example/", "https://a.example/", kind=kind)


def run(at: datetime, state: RunState = RunState.DONE) -> RunView:
    """A run that took no time."""
    return RunView(1, "a", "t", state, at, at, None, None, 0, 0, 0, 0, 0)


def test_a_new_source_is_due_at_once_by_day_and_waits_by_night() -> None:
    assert plan([source()], {}, NOON).due == ("a",)
    night = NOON.replace(hour=2)
    assert plan([source()], {}, night).due == ()
    assert next_reading(source(), (), night) == NOON.replace(hour=7)


@pytest.mark.parametrize("kind", EVERY)
def test_each_kind_has_its_rhythm(kind: str) -> None:
    last = NOON - EVERY[kind]
    if last.hour >= 7:
        assert plan([source(kind=kind)], {"a": [run(last)]}, NOON).due == ("a",)
    assert plan([source(kind=kind)], {"a": [run(last + timedelta(minutes=1))]}, NOON).due == ()


def test_after_failures_it_waits_longer_each_time() -> None:
    waits = [next_reading(source(), [run(NOON, RunState.FAILED)] * n + [run(NOON)], NOON) - NOON for n in range(1, 4)]
    assert waits == list(AGAIN[:3])
    assert next_reading(source(), [run(NOON, RunState.FAILED)] * 50, NOON) > NOON


def test_a_source_whose_budget_is_spent_is_read_the_next_morning() -> None:
    cut = replace(run(NOON, RunState.ABORTED), reason="budget")
    assert next_reading(source(), [cut], NOON) == (NOON + timedelta(days=1)).replace(hour=7)


def test_after_a_week_of_sleep_it_is_due_once() -> None:
    found = plan([source()], {"a": [run(NOON - timedelta(days=7))]}, NOON)
    assert found.due == ("a",)
    assert plan([source()], {"a": [run(NOON)]}, NOON).due == ()


def test_a_clock_set_back_does_not_stop_it() -> None:
    ahead = run(NOON + timedelta(days=30))
    assert next_reading(source(), [ahead], NOON) <= NOON + max(EVERY.values())


def test_it_looks_again_in_time() -> None:
    found = plan([source()], {"a": [run(NOON)]}, NOON)
    assert NOON < found.wake <= NOON + timedelta(minutes=10)
