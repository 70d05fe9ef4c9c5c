"""What is read from a title: names, discriminators, days, stages."""

from __future__ import annotations

import unicodedata

import pytest

from notices.matching import core, stem
from notices.matching.title import anatomy


@pytest.mark.parametrize(
    ("title", "blocks"),
    [
        ("햇살(A-1, A-3BL), 달빛A-2 행복주택", {"A1", "A3", "A2"}),
        ("햇살 H-1,2BL 행복주택", {"H1", "H2"}),
        ("햇살2 1BL 공공분양", {"1"}),
        ("햇살 RH10-1블록 국민임대", {"RH10-1"}),
        ("햇살 A37, A60블록", {"A37", "A60"}),
        ("햇살LH1단지 국민임대", set()),
        ("햇살 39A형 국민임대", set()),
    ],
)
def test_blocks(title: str, blocks: set[str]) -> None:
    assert anatomy(title).blocks == blocks


@pytest.mark.parametrize(
    ("title", "stage"),
    [
        ("햇살마을 국민임대 예비입주자 모집공고", ""),
        ("햇살마을 공공분양 잔여세대 추가 모집공고(선착순 동호지정)", ""),
        ("[접수마감게시]햇살마을 국민임대 모집", "접수현황"),
        ("햇살마을 최종 청약경쟁률 게시", "접수현황"),
        ("[서류제출대상자 발표]햇살마을 모집", "서류"),
        ("햇살마을 당첨자 및 예비자 발표", "발표"),
        ("[당첨자발표 연기]햇살마을 모집", "연기변경"),
        ("햇살마을 잔여세대 동호 안내", "계약입주"),
        ("햇살마을 근린생활시설용지 개찰결과", "입찰결과"),
        ("[취소공고]햇살마을 모집공고", "취소"),
        ("장기전세주택 햇살 장기전세주택 모집공고 모집마감 햇살공급부 바로가기", ""),
    ],
)
def test_stages(title: str, stage: str) -> None:
    assert anatomy(title).stage == stage


@pytest.mark.parametrize(
    ("title", "announced", "events", "loose"),
    [
        ("햇살 모집(2026.07.06.공고)", ["2026-07-06"], [], []),
        ("햇살 모집공고('26.7.6)", ["2026-07-06"], [], []),
        ("햇살 모집(20260706)", ["2026-07-06"], [], []),
        ("햇살 모집('26.07.06접수)", [], ["2026-07-06"], []),
        ("햇살 입주자모집(26.07.06.) 당첨자 발표", ["2026-07-06"], [], []),
        ("(26.07.06)햇살 접수결과", [], [], ["2026-07-06"]),
        ("햇살 2026년7월6일공고 청약률(7.20)", ["2026-07-06"], ["7.20"], []),
        ("햇살 신청현황(접수일:26.07.20)", [], ["2026-07-20"], []),
        ("햇살 동호표('26.07.20. 기준)", [], ["2026-07-20"], []),
        ("햇살 모집(26.02.30)", [], [], []),
    ],
)
def test_days(title: str, announced: list[str], events: list[str], loose: list[str]) -> None:
    found = anatomy(title).dates
    assert [day.isoformat() for day in found.announced] == announced
    assert list(found.events) == events
    assert [day.isoformat() for day in found.loose] == loose


def test_a_stem_keeps_what_tells_apart_and_drops_the_rest() -> None:
    assert stem("[정정공고]햇살 3블록 '국민임대' 모집 (26.7.6.) 1일전") == stem("햇살 3블록 국민임대 모집")
    assert stem("햇살 3블록 국민임대 모집") != stem("햇살 5블록 국민임대 모집")


def test_a_long_title_in_single_letters_is_the_same_title() -> None:
    long = "햇살마을 3블록 국민임대 예비입주자 모집공고 " * 12
    assert stem(unicodedata.normalize("NFD", long)) == stem(long)


def test_a_core_is_common_to_a_call_and_its_follow_ups() -> None:
    call = core("햇살마을 3블록 국민임대주택 예비자 모집공고(26.07.06)")
    for title in (
        "[서류제출대상자 발표] 햇살마을 3블록 국민임대 예비자 모집('26.07.06.공고)",
        "햇살마을 3BL 국민임대주택 접수결과 게시",
        "[당첨자발표 연기]햇살마을 3블록 국민임대 모집",
    ):
        assert core(title) == call
