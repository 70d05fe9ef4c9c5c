"""Regions by code and by the words that name them."""

import re
import time
from datetime import date
from importlib import resources

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from notices import regions
from notices.region_table import city, rows

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


def test_every_region_of_today_is_found_by_its_full_name() -> None:
    for code, row in rows().items():
        if row.until is None:
            region = regions.by_code(code)
            assert region is not None
            found = [r for r, _, _ in regions.find(region.name)]
            filed = regions.by_code(city(code))
            assert filed in found, region.name


def test_every_ended_region_answers_with_one_of_today() -> None:
    for code, row in rows().items():
        for successor in row.successors:
            assert rows()[successor].until is None
        if row.until:
            assert row.successors and regions.by_code(code) == regions.by_code(row.successors[0])


def test_counts_of_the_country() -> None:
    provinces = [row for row in rows().values() if row.is_province and row.until is None]
    assert len(provinces) == 16
    cities = {city(code) for code, row in rows().items() if not row.until and not row.is_province}
    assert len(cities) == 229  # 227 that govern themselves since 2026-07, and the two cities of 제주
    assert len(regions.children("12000")) == 27
    assert [r.name.split()[-1] for r in regions.children("41590")] == ["만세구", "효행구", "병점구", "동탄구"]


@pytest.mark.parametrize(
    ("code", "now"),
    [
        ("42110", "강원특별자치도 춘천시"),
        ("4511000000", "전북특별자치도"),
        ("29", "전남광주통합특별시"),
        ("46110", "전남광주통합특별시 목포시"),
        ("29110", "전남광주통합특별시 동구"),
        ("28260", "인천광역시 서해구"),
        ("47720", "대구광역시 군위군"),
        ("36", "세종특별자치시"),
    ],
)
def test_old_codes_answer_with_the_region_of_today(code: str, now: str) -> None:
    region = regions.by_code(code)
    assert region is not None and region.name.startswith(now.split()[0]) and now.split()[-1] in region.name


def test_unknown_code_is_none() -> None:
    assert regions.by_code("99999") is None


@pytest.mark.parametrize(
    "name", ["경기도 파주시", "전라남도 목포시", "강원도 춘천시", "전북특별자치도", "경기도 화성시 동탄구"]
)
def test_by_name(name: str) -> None:
    region = regions.by_name(name)
    assert region is not None and region.name.split()[-1] == name.split()[-1]


@pytest.mark.parametrize("text", ["중구", "동구 소식", "남구", "강서구", "고성군", "광주시", "북구 주민"])
def test_shared_names_stay_open(text: str) -> None:
    assert regions.find(text) == []


@pytest.mark.parametrize(
    ("text", "within", "code"),
    [
        ("중구", "26000", "26110"),
        ("강서구", "11000", "11500"),
        ("고성군", "48000", "48820"),
        ("광주시", "41000", "41610"),
        ("북구", "12000", "12300"),
    ],
)
def test_shared_names_follow_where_they_are_said(text: str, within: str, code: str) -> None:
    assert [region.code for region, _, _ in regions.find(text, None, within)] == [code]


_NO_PLACES = """
무주택세대구성원 / 고령자 우대 / 예산 편성 / 안전망 강화 / 음성 안내 / 참가자격 부여
목표 달성 / 영양 교육 / AI 대전환 / 경기 침체 / 전주기 관리 / 여수신 금리
원주민 재정착 / 부산물 처리 / 구미호 / 다문화 가정 / 장수 사진 / 공주님
양산 체제 / 진도율 / 서해안 개발 / 미사일 발사 / 하계 계절학기 / 옥수수 축제
마포로3구역 / 부안2리 주민 / 금성면 소식 / 고성능 장비 / 제2의 남양주
전세계 청년
"""


@pytest.mark.parametrize("text", re.split(r"\s*[/\n]\s*", _NO_PLACES.strip()))
def test_words_that_hold_a_name_are_no_places(text: str) -> None:
    assert regions.find(text) == []


@given(st.text(alphabet="광주시중구동서남북강원경기도인천 ,·(1)전", max_size=30))
@settings(derandomize=True, max_examples=300, deadline=None)
def test_found_words_lie_in_the_text(text: str) -> None:
    for region, start, end in regions.find(text, BEFORE):
        assert 0 <= start < end <= len(text) and region.code in rows()


def test_many_names_take_linear_time() -> None:
    def seconds(text: str) -> float:
        times = []
        for _ in range(3):  # the collector may run in one of them
            start = time.process_time()
            regions.find(text)
            times.append(time.process_time() - start)
        return min(times)

    for unit in ("광주·", "수원·용인·", "중구 ", "서울", "부산강서"):
        seconds(unit * 500)
        assert seconds(unit * 8_000) < 40 * max(seconds(unit * 1_000), 0.001), unit


def test_table_is_small() -> None:
    assert len(resources.files("notices").joinpath("regions.csv").read_bytes()) < 30_000
