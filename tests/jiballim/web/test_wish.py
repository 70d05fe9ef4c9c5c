"""What people say to the channel, and what is understood of it."""

from __future__ import annotations

from datetime import date, timedelta

import pytest

from jiballim.web.wish import Wish, understand

DAY = date(2026, 9, 3)


def read(said: str, within: str | None = None) -> Wish:
    return understand(said, DAY, within)


@pytest.mark.parametrize(
    ("said", "places", "supply", "audience", "words"),
    [
        ("파주시 공고", "경기도 파주시", "", "", ""),
        ("금천구", "서울특별시 금천구", "", "", ""),
        ("경기도 파주시 행복주택 신혼부부", "경기도 파주시", "행복주택", "신혼부부", ""),
        ("파주에서 나온 청년주택 알려줘", "경기도 파주시", "", "청년", ""),
        ("부산 강서구", "부산광역시 강서구", "", "", ""),
        ("운정3지구", "경기도 파주시", "", "", "운정3지구"),
        ("고양시 덕양구", "경기도 고양시", "", "", "덕양구"),
        ("제주도 집", "제주특별자치도", "", "", ""),
        ("행복주택 찾아줘", "", "행복주택", "", ""),
        ("한부모가족 매입임대 부산", "부산광역시", "매입임대", "한부모", ""),
        ("어르신 살 집 없나요", "", "", "고령자", ""),
        ("장애인 주택 있나요", "", "", "장애인", ""),
        ("전세사기 피해 상담 받고 싶어요", "", "", "전세사기피해자", "상담"),
        ("이사비 지원", "", "", "", "이사비 지원"),
        ("주거급여 신청", "", "", "", "주거급여"),
        ("LH 국민임대", "", "국민임대", "", "LH"),
        ("파주 이사비는요?", "경기도 파주시", "", "", "이사비"),
    ],
)
def test_what_is_wanted(said: str, places: str, supply: str, audience: str, words: str) -> None:
    wish = read(said)
    found = (
        ", ".join(place.name for place in wish.places),
        ", ".join(wish.supply),
        ", ".join(wish.audience),
        wish.words,
    )
    assert found == (places, supply, audience, words)
    assert not wish.shared and not wish.topic


@pytest.mark.parametrize("said", ["내 지역 공고", "우리 동네 집 있어요?", "근처에 뭐 있어", "관내 공고 보여줘"])
def test_ones_own_region_is_meant(said: str) -> None:
    assert read(said).only_here


@pytest.mark.parametrize("said", ["공고", "임대", "집 구해요", "최근 공고 보여줘", "입주자 모집 공고"])
def test_any_home_is_meant(said: str) -> None:
    assert read(said).homes and not read(said).here


@pytest.mark.parametrize(
    ("said", "first", "last"),
    [("곧 마감", 0, 7), ("서울 곧 마감", 0, 7), ("마감 임박한 거", 0, 7), ("이번 주 마감", 0, 7), ("오늘까지 신청할 수 있는 거", 0, 0),
     ("내일 마감 공고", 1, 1), ("오늘 마감이나 내일 마감", 0, 0)],
)  # fmt: skip
def test_how_soon(said: str, first: int, last: int) -> None:
    wish = read(said)
    assert (wish.closes_from, wish.closes_to, wish.words) == (DAY + timedelta(first), DAY + timedelta(last), "")


@pytest.mark.parametrize(
    ("said", "topic"),
    [("자주 묻는 질문", "questions"), ("FAQ", "questions"), ("매뉴얼 주세요", "manual"), ("안내서 있나요", "manual"),
     ("상담원 연결", "person"), ("전화번호 알려줘", "person"), ("안녕하세요", "greeting"), ("메뉴", "greeting")],
)  # fmt: skip
def test_what_is_no_search(said: str, topic: str) -> None:
    assert read(said).topic == topic


def test_a_name_that_several_places_have() -> None:
    assert read("강서구 매입임대").shared == ("서울특별시 강서구", "부산광역시 강서구")
    assert len(read("중구").shared) > 3
    assert [place.name for place in read("강서구", "11000").places] == ["서울특별시 강서구"]
    assert [place.name for place in read("강서구", "26000").places] == ["부산광역시 강서구"]


@pytest.mark.parametrize("said", ["?", "🏠", "1", "ㅋ", "()", "' OR 1=1 --", '"', "NEAR(", "*", "\u202e"])
def test_what_means_nothing(said: str) -> None:
    assert read(said).empty or len(read(said).words) <= 50


def test_bait_is_read_in_time() -> None:
    for said in ("파주시" * 66, "알려" * 100, "강서구 " * 50, "가 " * 100, "공고" * 100, " " * 200, "오늘까지" * 50):
        assert len(read(said[:200]).words) <= 50
