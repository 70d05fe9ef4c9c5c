"""A failing source is named once, then after 3, 7, 14 and 28 days, and once more when it reads again."""

from __future__ import annotations

from datetime import datetime, timedelta

import pytest

from notices.model import RunState
from notices.store.views import RunView
from notify.lines import troubles
from notify.workdays import SEOUL

MONDAY = datetime(2026, 11, 2, 8, 30, tzinfo=SEOUL)


def runs(states: str, reason: str, first: datetime = MONDAY - timedelta(hours=2)) -> list[RunView]:
    """A run a day: D for done, F for failed, P for a part."""
    letters = {"D": RunState.DONE, "F": RunState.FAILED, "P": RunState.PARTIAL}
    return [
        RunView(n, "haessal", "햇살시", letters[letter], at, at, None if letter == "D" else reason, None, 0, 0, 0, 0, 0)
        for n, letter in enumerate(states)
        for at in [first + timedelta(days=n)]
    ]


def said(states: str, reason: str = "shape") -> str:
    """What each morning's digest says: n named, h healed, - nothing."""
    told = ""
    for day in range(len(states)):
        now = MONDAY + timedelta(days=day)
        found = troubles(runs(states, reason)[: day + 1], now, since=now - timedelta(days=1))
        told += "-" if not found else "h" if "다시 읽힙니다" in found[0].sentence else "n"
    return told


@pytest.mark.parametrize(
    ("states", "reason", "expected"),
    [
        ("DDDD", "shape", "----"),
        ("DFFFFFFFFF", "shape", "-n--n---n-"),
        ("DFFDD", "shape", "-n-h-"),
        ("DPPPPPPPPD", "quiet", "-n--n---nh"),
        ("DFDDD", "timeout", "-----"),
        ("DFFFD", "timeout", "--n-h"),
        ("DFDFDFDDDDD", "shape", "-nh------h-"),  # comes and goes: one trouble, over when it lasts
        ("DFDDDDFD", "shape", "-nh---nh"),  # another one
        ("DFFFFFFFFFFFFFFFFFFD", "shape", "-n--n---n------n---h"),  # twenty days
    ],
)
def test_a_trouble_is_named_once_then_ever_more_rarely_then_healed(states: str, reason: str, expected: str) -> None:
    assert said(states, reason) == expected


def test_a_first_digest_names_all_and_a_long_trouble_is_named_every_four_weeks() -> None:
    states = "F" * 200
    assert len(troubles(runs(states, "shape"), MONDAY + timedelta(days=199))) == 1
    told = said(states)
    assert [day for day in range(60) if told[day] == "n"][:5] == [0, 3, 7, 14, 28]
    assert 4 <= told[60:].count("n") <= 6  # of twenty weeks
