"""Homes, money, ways to apply and contact: read with their words, or left unknown."""

from __future__ import annotations

import pytest

from notices.reading.money import money, won
from notices.reading.terms import contact, homes, ways


@pytest.mark.parametrize(
    ("text", "number"),
    [
        ("모집호수: 84호", 84),
        ("공급호수 1,204호", 1204),
        ("총 27호", 27),
        ("햇살마을 행복주택 잔여물량(37호) 선착순", 37),
        ("모집세대 36세대", 36),
        ("공급호수: 26형 10호, 36형 20호, 총 30호", 30),
        ("제2026-1234호 공고", None),
        ("101동 1203호", None),
        ("지하철 1호선", None),
        ("세대당 1대 주차", None),
        ("청년 공급 10%", None),
    ],
)
def test_homes(text: str, number: int | None) -> None:
    facts = homes(text, "body")
    assert [f.value for f in facts] == ([] if number is None else [number])
    assert all(f.words in text for f in facts)


@pytest.mark.parametrize(
    ("text", "deposit", "rent"),
    [
        ("임대보증금 10,800,000원, 월임대료 154,500원", 10_800_000, 154_500),
        ("보증금: 1,080만원 / 월 임대료: 15만원", 10_800_000, 150_000),
        ("보증금 1억 2,000만원", 120_000_000, None),
        ("보증금 1억원", 100_000_000, None),
        ("임대보증금 2,450천원 임대료 48.7천원", 2_450_000, 48_700),
        ("유형\t임대보증금(원)\t월임대료(원)\n26\t10,800,000\t154,500\n36\t9,800,000\t164,500", 9_800_000, 154_500),
        ("유형\t임대보증금(천원)\t월임대료(천원)\n26\t10,800\t154", 10_800_000, 154_000),
        ("전세보증금 반환보증 보증료 30만원 지원", None, None),
        ("월세 지원 20만원", None, None),
        ("보증금의 80%까지", None, None),
        ("보증금 지원 한도 5,000만원", None, None),
        ("금액은 공고문 참조", None, None),
    ],
)
def test_money(text: str, deposit: int | None, rent: int | None) -> None:
    facts = {f.field: f for f in money(text)}
    assert (facts["deposit"].value if "deposit" in facts else None) == deposit
    assert (facts["rent"].value if "rent" in facts else None) == rent
    assert all(won(f.words) == f.value for f in facts.values())


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("신청방법: 인터넷(LH청약플러스) 신청", ["온라인"]),
        ("주소지 행정복지센터 방문 신청 (온라인 접수 불가)", ["행정복지센터"]),
        ("[온라인 접수 불가, 행정복지센터 접수] 물레방아 영구임대", ["행정복지센터"]),
        ("한빛 영구임대(지자체접수)", ["행정복지센터"]),
        ("지자체의 추천을 받은 사람", ["기관추천"]),
        ("우편접수 또는 현장접수", ["우편·방문"]),
        ("인터넷 접수 원칙_현장접수 불가", ["온라인"]),
        ("행정복지센터 옆 공원", []),
        ("온라인 강의 안내", []),
    ],
)
def test_ways(text: str, expected: list[str]) -> None:
    assert [f.value for f in ways(text, "body")] == expected


@pytest.mark.parametrize(
    ("text", "number"),
    [
        ("문의: 1600-1004", "1600-1004"),
        ("문의처 파주시 주택과 ☎ 031-940-1234", "031-940-1234"),
        ("연락처 02)2627-0000", "02-2627-0000"),
        ("담당자 010-****-****", None),
        ("공고번호 1600-100499", None),
    ],
)
def test_contact(text: str, number: str | None) -> None:
    assert [f.value for f in contact(text, "body")] == ([number] if number else [])
