"""When a list is called silent: by its own rhythm, with Korea's days off; hardly ever where all is well."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterator
from datetime import date, timedelta
from pathlib import Path
from statistics import median

import pytest

from notices.store import Store
from notices.workdays import is_business_day
from spiders.silence import quiet, stillness
from tests.spiders.traffic import RHYTHMS, START, traffic

DAY = timedelta(days=1)
WEEKS, WINDOW = 104, 20


def days(first: date, last: date) -> Iterator[date]:
    """The days from one to another."""
    return (first + n * DAY for n in range((last - first).days + 1))


def work(first: date, last: date) -> list[date]:
    """The business days from one to another."""
    return [day for day in days(first, last) if is_business_day(day)]


def alarms(posts: list[date]) -> int:
    """How often a list is called silent by somebody who reads its newest posts every day from its second week on."""
    known: set[date] = set()
    count, silent = 0, False
    for day in days(START + 7 * DAY, START + (7 * WEEKS - 1) * DAY):
        end = bisect_right(posts, day)
        known |= set(posts[max(0, end - WINDOW) : end])
        before, silent = silent, stillness(known, day) is not None
        count += silent and not before
    return count


@pytest.mark.parametrize("rhythm", RHYTHMS)
def test_normal_traffic_is_hardly_ever_called_silent(rhythm: str) -> None:
    """At most one false alarm in a hundred source-weeks, whatever the rhythm, from the first weeks on."""
    assert sum(alarms(traffic(rhythm, WEEKS, seed)) for seed in range(2)) * 100 <= 2 * (WEEKS - 1)


def missed(rhythm: str, seed: int, weeks: int) -> int:
    """How many posting days went by before a list that stopped after so many weeks was called silent."""
    posts, stop = traffic(rhythm, WEEKS, seed), START + 7 * weeks * DAY
    known = {day for day in posts if day <= stop}
    named = next((day for day in days(stop, stop + 300 * DAY) if stillness(known, day)), None)
    return len({day for day in posts if stop < day < named}) if named else 999


@pytest.mark.parametrize(
    ("rhythm", "usual", "most"),
    [("eight a day", 4, 5), ("every day", 4, 5), ("six days", 4, 9), ("seven days", 4, 6), ("most days", 6, 9),
     ("every other day", 8, 13), ("twice a week", 6, 12), ("weekly", 7, 10), ("monthly", 6, 8)],
)  # fmt: skip
def test_a_list_that_stops_is_named_in_good_time(rhythm: str, usual: int, most: int) -> None:
    """In posting days that go by; a list that stops just before long holidays takes longest."""
    took = [missed(rhythm, seed, weeks) for seed in range(3) for weeks in (40, 50, 60, 75)]
    assert median(took) <= usual and max(took) <= most, sorted(took)


def test_holidays_bridges_and_the_years_end_are_no_silence() -> None:
    """설날 2027 lasts from Saturday to Tuesday with its substitute day; 추석 2025 took a week and a half."""
    new_year = work(date(2026, 11, 2), date(2027, 2, 5))
    assert stillness(new_year, date(2027, 2, 10)) is None
    assert stillness(new_year, date(2027, 2, 18)) is not None
    assert stillness(work(date(2025, 6, 2), date(2025, 10, 2)), date(2025, 10, 13)) is None
    autumn = work(date(2026, 9, 1), date(2026, 12, 23))
    assert stillness(autumn, date(2027, 1, 4)) is None
    assert stillness(autumn, date(2027, 1, 13)) is not None
    assert stillness(work(date(2026, 1, 5), date(2026, 4, 30)), date(2026, 5, 6)) is None  # 5월 1일과 5일이 휴일


def test_a_weekly_list_is_judged_by_its_weekday() -> None:
    tuesdays = [day for day in days(date(2026, 3, 1), date(2026, 8, 25)) if day.weekday() == 1]
    assert stillness(tuesdays, date(2026, 9, 7)) is None
    assert stillness(tuesdays, date(2026, 10, 20)) is not None


def test_little_is_concluded_from_little() -> None:
    burst = [date(2026, 11, 2), date(2026, 11, 3), date(2026, 11, 4)]
    assert stillness(burst, date(2026, 12, 10)) is None
    assert stillness(burst, date(2027, 4, 1)) is not None  # an old copy: many posts, then a quarter of nothing
    assert stillness(burst[:2], date(2027, 12, 1)) is None and stillness([], date(2027, 1, 1)) is None
    yearly = [date(2022, 3, 2), date(2023, 3, 2), date(2024, 3, 4), date(2025, 3, 4)]
    assert stillness(yearly, date(2026, 2, 20)) is None


def test_today_and_a_day_of_the_future_count_for_nothing() -> None:
    posts = work(date(2026, 8, 3), date(2026, 11, 6))
    assert stillness([*posts, date(2062, 1, 1)], date(2026, 11, 20)) == stillness(posts, date(2026, 11, 20)) is not None


def test_the_sentence_names_the_day_and_the_pauses_before() -> None:
    reason = quiet(work(date(2026, 8, 3), date(2026, 11, 6)), date(2026, 11, 20))
    assert reason and reason.code == "quiet"
    assert "11월 6일 뒤로" in reason.sentence and "근무일 9일째, 그전에는 쉰 적이 없습니다" in reason.sentence


def test_a_rhythm_is_kept_as_long_as_the_list_is_asked_the_same_way(tmp_path: Path) -> None:
    with Store.open(tmp_path / "jiballim.db") as store:
        store.rhythms.put("haessal", "a", [date(2026, 11, 2), date(2026, 11, 3)])
        assert store.rhythms.days("haessal", "a") == {date(2026, 11, 2), date(2026, 11, 3)}
        assert store.rhythms.days("haessal", "b") == store.rhythms.days("byeolbit", "a") == frozenset()
        store.rhythms.put("haessal", "b", days(date(2025, 1, 1), date(2026, 11, 24)))
        assert len(kept := store.rhythms.days("haessal", "b")) == 300 and max(kept) == date(2026, 11, 24)
