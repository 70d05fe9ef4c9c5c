"""Invented lists of many rhythms: on which days they have posts, holidays and slack weeks as real offices have them."""

from __future__ import annotations

import math
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, timedelta
from random import Random

from notices.workdays import is_business_day

START = date(2024, 9, 2)  # two autumns, two year's ends, two 설날 with substitute days


@dataclass(frozen=True, slots=True)
class Day:
    """A day as a rhythm sees it."""

    at: date
    number: int
    work: bool
    slack: float  # the part of the usual posts that an office manages on it
    chance: Random


Rhythm = Callable[[Day], int]


def slack(day: date) -> float:
    """The part of its usual work that an office does on a day: less at the year's end and in the summer holidays."""
    if (day.month, day.day) >= (12, 24) or (day.month, day.day) <= (1, 3):
        return 0.3
    return 0.4 if (day.month, day.day // 15) in ((7, 2), (8, 0)) else 1.0


def poisson(rate: float, chance: Random) -> int:
    """A number of posts."""
    limit, count, product = math.exp(-rate), 0, chance.random()
    while product > limit:
        count, product = count + 1, product * chance.random()
    return count


def moody(rate: float, weekend: float = 0.0) -> Rhythm:
    """So many posts a working day, more on some days than on others; hardly any on days off."""

    def posts(day: Day) -> int:
        if not day.work:
            return int(day.chance.random() < weekend)
        return poisson(rate * day.slack * day.chance.choice((0.4, 1, 1, 1.6)), day.chance)

    return posts


def steady(day: Day) -> int:
    """Every working day, hardly ever none."""
    return int(day.work and day.chance.random() < 0.97 * max(day.slack, 0.6)) * day.chance.randint(1, 4)


def sixday(day: Day) -> int:
    """Saturdays too."""
    return (
        poisson((3 if day.at.weekday() < 5 else 1.5) * day.slack, day.chance)
        if day.work or day.at.weekday() == 5
        else 0
    )


def news(day: Day) -> int:
    """Every day of the week, fewer on days off."""
    return poisson((9 if day.work else 2.5) * day.slack, day.chance)


def twice_a_week(day: Day) -> int:
    """Tuesdays and Fridays."""
    if not day.work or day.at.weekday() not in (1, 4) or day.chance.random() > 0.93 * max(day.slack, 0.5):
        return 0
    return poisson(2, day.chance)


def rare(day: Day) -> int:
    """Two posts in three months."""
    return int(day.work and day.chance.random() < 0.04 * day.slack)


def season(day: Day) -> int:
    """Six times as much in spring and autumn."""
    return poisson(1.2 * day.slack * (2.0 if day.at.month in (2, 3, 8, 9) else 0.3), day.chance) if day.work else 0


def weekly() -> Rhythm:
    """Tuesday's list: a day late now and then, behind a holiday, left out once in six months."""
    due = 0

    def posts(day: Day) -> int:
        nonlocal due
        if day.number < due or not day.work or day.at.weekday() < 1:
            return 0
        due = day.number - day.at.weekday() + 8 + day.chance.choice((0, 0, 0, 0, 0, 1, 2))
        left_out = day.chance.random() < 0.04 or (day.slack < 1 and day.chance.random() < 0.3)
        return 0 if left_out else day.chance.randint(1, 3)

    return posts


def monthly() -> Rhythm:
    """The first days of a month; one month in twenty is left out."""
    due = 0

    def posts(day: Day) -> int:
        nonlocal due
        if day.number < due or not day.work:
            return 0
        following = (day.at.replace(day=1) + timedelta(days=32)).replace(day=1)
        due = (following - START).days + day.chance.choice((0, 0, 1, 2, 3, 5, 9)) + 30 * (day.chance.random() < 0.05)
        return day.chance.randint(1, 3)

    return posts


def bursty() -> Rhythm:
    """A week of many posts, then nothing for a while, sometimes for months."""
    on, left = False, 0

    def posts(day: Day) -> int:
        nonlocal on, left
        if left <= 0:
            on = not on
            left = day.chance.randint(2, 8) if on else int(day.chance.expovariate(1 / 12)) + 1
        left -= day.work
        return poisson(2.5 * day.slack, day.chance) if day.work and on else 0

    return posts


RHYTHMS: dict[str, Callable[[], Rhythm]] = {
    "eight a day": lambda: moody(8, 0.02),
    "every day": lambda: steady,
    "most days": lambda: moody(1.6, 0.01),
    "every other day": lambda: moody(0.7),
    "every third day": lambda: moody(0.35),
    "twice a week": lambda: twice_a_week,
    "weekly": weekly,
    "monthly": monthly,
    "rare": lambda: rare,
    "six days": lambda: sixday,
    "seven days": lambda: news,
    "bursts": bursty,
    "seasons": lambda: season,
}


def traffic(rhythm: str, weeks: int, seed: int) -> list[date]:
    """The days of a list's posts in order, each as often as it has posts."""
    posts, chance, shown = RHYTHMS[rhythm](), Random(f"{rhythm} {seed}"), []
    for number in range(weeks * 7):
        at = START + timedelta(days=number)
        shown += [at] * posts(Day(at, number, is_business_day(at), slack(at), chance))
    return shown
