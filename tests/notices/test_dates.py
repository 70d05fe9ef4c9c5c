from __future__ import annotations

import time as clock
from datetime import date, time

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from notices.dates import find_dates

TODAY = date(2026, 11, 24)


@pytest.mark.parametrize(
    ("text", "day", "at"),
    [
        ("2026.09.02", date(2026, 9, 2), None),
        ("2026-9-2", date(2026, 9, 2), None),
        ("2026/06/10", date(2026, 6, 10), None),
        ("20260902", date(2026, 9, 2), None),
        ("26.07.21", date(2026, 7, 21), None),
        ("'26.7.21.", date(2026, 7, 21), None),
        ("2026. 9. 14.(월) 10:00", date(2026, 9, 14), time(10)),
        ("2026년 9월 2일", date(2026, 9, 2), None),
        ("26년 9월 2일", date(2026, 9, 2), None),
        ("2026.07.21 화요일 오후 2시 30분", date(2026, 7, 21), time(14, 30)),
        ("2026-05-22 16:38:15", date(2026, 5, 22), time(16, 38)),
        ("2026-05-22T16:38:15", date(2026, 5, 22), time(16, 38)),
    ],
)
def test_every_form(text: str, day: date, at: time | None) -> None:
    (found,) = find_dates(f"등록일 {text} 끝", TODAY)
    assert (found.day, found.time) == (day, at)
    assert f"등록일 {text} 끝"[found.start : found.end] == found.words


@pytest.mark.parametrize(
    "text", ["2026.13.01", "2026-02-30", "제2026-123호", "02-2026-1234", "1.2.3.4", "99.12.12", "1234567890123"]
)
def test_no_date(text: str) -> None:
    assert find_dates(text, TODAY) == []


def test_a_range_is_two_dates() -> None:
    assert [f.day for f in find_dates("2026.09.02.~2026.09.05.")] == [date(2026, 9, 2), date(2026, 9, 5)]


@settings(max_examples=60, derandomize=True, deadline=None)
@given(
    st.dates(date(2003, 1, 1), date(2031, 12, 31)),
    st.sampled_from(["%Y.%m.%d", "%Y-%m-%d", "%Y/%m/%d", "%Y%m%d", "%y.%m.%d", "%Y. %m. %d.", "%Y년 %m월 %d일"]),
)
def test_reading_undoes_writing(day: date, form: str) -> None:
    assert [f.day for f in find_dates(day.strftime(form), TODAY)] == [day]


@pytest.mark.parametrize("bait", ["1.2026.", "2026.", "1", ".", "26.1.", "2026년 ", "2026-01-01 오전 "])
def test_bait_takes_one_pass(bait: str) -> None:
    text = bait * (1_000_000 // len(bait))
    before = clock.process_time()
    find_dates(text)
    assert clock.process_time() - before < 3
