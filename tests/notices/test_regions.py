"""Regions by code and by the words that name them."""

from datetime import date

import pytest

from notices import regions

BEFORE, AFTER = date(2026, 5, 1), date(2026, 8, 1)


@pytest.mark.parametrize(
    ("text", "named"),
    [
        ("공공분양주택 공급", []),
        ("남양주왕숙 A1", ["경기도 남양주시"]),
        ("울산광역시 행복주택(남구)", ["울산광역시", "울산광역시 남구"]),
        ("강서구 소식", []),
        ("부산강서 A2", ["부산광역시", "부산광역시 강서구"]),
        ("인천 서구 가정", ["인천광역시", "인천광역시 서해구"]),
        ("광주시 대출", []),
        ("광주역세권", ["경기도 광주시"]),
        ("강릉시, 동해시, 고성군", ["강원특별자치도 강릉시", "강원특별자치도 동해시", "강원특별자치도 고성군"]),
        ("경남 고성서외", ["경상남도", "경상남도 고성군"]),
        ("천안아산시 지역", ["충청남도 천안시", "충청남도 아산시"]),
        ("산청신안 A1", ["경상남도 산청군"]),
    ],
)
def test_words_name_regions(text: str, named: list[str]) -> None:
    assert list(dict.fromkeys(region.name for region, _, _ in regions.find(text, BEFORE))) == named


def test_merged_provinces_are_called_by_the_day() -> None:
    assert [r.name for r, _, _ in regions.find("광주전남", BEFORE)] == ["광주광역시", "전라남도"]
    assert {r.name for r, _, _ in regions.find("광주전남", AFTER)} == {"전남광주통합특별시"}
    assert {r.code for r, _, _ in regions.find("광주전남", BEFORE)} == {"12000"}
