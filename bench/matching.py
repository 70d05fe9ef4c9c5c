"""Matching without the store: taking titles apart, judging pairs, placing one notice among its candidates."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator
from datetime import date, timedelta

from bench.report import Line
from notices.matching import Side, judge, place
from notices.matching.title import take_apart

PLACES = ["햇살마을", "달빛2", "새싹시", "나무군", "구름동"]
SUPPLY = ["국민임대", "행복주택", "10년 공공임대", "신혼·신생아 매입임대Ⅱ"]
TAILS = ["예비입주자 모집공고", "입주자격완화 추가 모집('26.07.06.)", "접수결과 게시(26.07.06.공고)"]
DAY = date(2026, 7, 6)


def sides() -> list[Side]:
    """Return 480 made-up notices."""
    found = []
    for n in range(480):
        mark = "[정정공고]" if n % 7 == 0 else ""
        words = (PLACES[n % 5], f"A-{n % 8 + 1}BL", SUPPLY[n % 4], TAILS[n % 3])
        found.append(Side(mark + " ".join(words), "lh", "LH", str(n), posted=DAY + timedelta(days=n % 30)))
    return found


def per_call(work: Callable[[], int]) -> float:
    """Return microseconds of CPU a call, the best of three runs; `work` returns how many calls it made."""
    best = float("inf")
    for _ in range(3):
        start = time.process_time()
        calls = work()
        best = min(best, (time.process_time() - start) / calls)
    return best * 1e6


def lines() -> Iterator[Line]:
    """Yield the figures."""
    all_sides = sides()
    few = list(enumerate(all_sides[:24]))

    def read() -> int:
        for side in all_sides:
            take_apart(side.title)
        return len(all_sides)

    def pairs() -> int:
        for a in all_sides[:100]:
            for b in all_sides[:100]:
                judge(a, b)
        return 10_000

    def placing() -> int:
        for side in all_sides[:200]:
            place(side, few)
        return 200

    yield Line("matching: take a title apart, the first time", per_call(read), "us", 300)
    yield Line("matching: judge a pair, titles known", per_call(pairs), "us", 60)
    yield Line("matching: place one among 24 candidates", per_call(placing) / 1000, "ms", 2)
