"""The chart: how many announcements came each week of the last year, as SVG and as a table."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, timedelta

from feeds.channel import Site
from feeds.site.frame import frame, page
from feeds.site.lists import HOUSING

WEEKS = 52
_WIDTH, _HEIGHT, _FOOT = 728, 260, 34


def since(on: date) -> date:
    """Return the Monday the chart begins with."""
    return on - timedelta(days=on.weekday(), weeks=WEEKS - 1)


def chart_page(by: Site, posted: Sequence[tuple[str, str, int]], on: date, date_words: str) -> tuple[str, bytes]:
    """Return the page of the chart."""
    weeks = _weeks(posted, on)
    most = max([4, *(homes + other for _, homes, other in weeks)])
    bars, step = [], _WIDTH / WEEKS
    for n, (monday, homes, other) in enumerate(weeks):
        high, more = (round((_HEIGHT - _FOOT - 24) * value / most, 1) for value in (homes, other))
        base = _HEIGHT - _FOOT
        bars.append({
            "x": round(n * step + 2, 1), "w": round(step - 4, 1), "y1": round(base - high, 1), "h1": high,
            "y2": round(base - high - more, 1), "h2": more,
            "label": f"{monday.month}월" if monday.day <= 7 else "", "words": f"{monday.month}월 {monday.day}일",
            "year": monday.year, "homes": homes, "other": other,
        })  # fmt: skip
    around = frame(by, "chart.html", "공고 흐름: 한 해 동안 주마다 나온 공고", day=date_words)
    content = {"bars": bars, "width": _WIDTH, "height": _HEIGHT, "base": _HEIGHT - _FOOT, "most": most}
    return "chart.html", page("chart.html", around, c=content, total=sum(h + o for _, h, o in weeks))


def _weeks(posted: Sequence[tuple[str, str, int]], on: date) -> list[tuple[date, int, int]]:
    start = since(on)
    counts = [[0, 0] for _ in range(WEEKS)]
    for iso, section, number in posted:
        week = (date.fromisoformat(iso) - start).days // 7
        if 0 <= week < WEEKS:
            counts[week][section != HOUSING] += number
    return [(start + timedelta(weeks=n), homes, other) for n, (homes, other) in enumerate(counts)]
