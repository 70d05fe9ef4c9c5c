"""A post that was ever listed is no stranger, however many newer ones are stored."""

from __future__ import annotations

from datetime import date

from spiders.drift import Seen, drifted
from spiders.pages.records import Row
from spiders.registry import Source

SOURCE = Source("a", "t", "p", "https://a.example/", "https://a.example/")
OLD = [Row(f"햇살마을 {n}단지 모집 공고", str(n), posted=date(2026, 1, n)) for n in range(1, 6)]
NEWEST = {str(n): Seen(f"달빛마을 {n}단지 모집 공고", date(2026, 9, 1)) for n in range(500, 510)}


def test_a_page_of_old_known_posts_is_believed() -> None:
    assert drifted(SOURCE, OLD, NEWEST, {"3"}) is None


def test_a_page_of_old_unknown_posts_is_not() -> None:
    reason = drifted(SOURCE, OLD, NEWEST, {"77"})
    assert reason is not None
    assert reason.code == "shape"
