"""Facts in the words people use."""

from __future__ import annotations

import pytest

from notices import wording
from notices.model import Change, Value


@pytest.mark.parametrize(
    ("amount", "words"),
    [(10_800_000, "1,080만 원"), (54_000, "5만 4천 원"), (123_456, "12만 3,456 원"), (500_000_000, "5억 원"),
     (120_500_000, "1억 2,050만 원"), (900, "900 원"), (0, "없음")],
)  # fmt: skip
def test_money(amount: int, words: str) -> None:
    assert wording.won(amount) == words


@pytest.mark.parametrize(
    ("field", "value", "words"),
    [("closes", "2026-09-09", "2026년 9월 9일(수)"), ("closes", "2026-09-09T17:00", "2026년 9월 9일(수) 17시"),
     ("closes", "2026-09-09T09:30", "2026년 9월 9일(수) 9시 30분"), ("closes", "2026-09-09T24:00", "2026년 9월 9일(수) 24시"),
     ("closes", "2026-02-30", "2026-02-30"), ("move_in", "2027년 상반기", "2027년 상반기"), ("closes", None, "원문 확인"),
     ("homes", 1234, "1,234호"), ("apply", "온라인", "온라인"), ("rent", "", "원문 확인")],
)  # fmt: skip
def test_values(field: str, value: Value | None, words: str) -> None:
    assert wording.say(field, value) == words


@pytest.mark.parametrize(
    ("change", "words"),
    [(Change("closes", "2026-09-12", "2026-09-19"), "접수마감 9.12 → 9.19"),
     (Change("closes", "2026-12-30", "2027-01-04T17:00"), "접수마감 2026.12.30 → 2027.1.4 17시"),
     (Change("closes", None, "2026-09-19"), "접수마감 9.19 (새로 적힘)"), (Change("closes", "2026-09-12", None), "접수마감 9.12 (지워짐)"),
     (Change("homes", 84, 90), "모집호수 84호 → 90호"), (Change("deposit", 10_000_000, 12_000_000), "보증금 1,000만 원 → 1,200만 원"),
     (Change("title", "가", "나"), "제목 가 → 나"), (Change("body", "가", "나"), "본문이 바뀜")],
)  # fmt: skip
def test_changes(change: Change, words: str) -> None:
    assert wording.change(change) == words
    assert wording.changes(()) == "바뀐 내용은 원문 확인"
