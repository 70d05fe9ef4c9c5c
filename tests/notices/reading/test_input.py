"""Titles as they come: decomposed, with hidden marks, glued to their row, far too long; and the source's own fields."""

import time
import unicodedata
from collections.abc import Mapping
from datetime import date

import pytest

from notices import regions
from notices.model import NOTHING, Notice, Reading
from notices.reading import read

_TITLE = "[정정공고]양주회천 A9블록 청년 행복주택 예비입주자 모집"


def _read(title: str, org: str = "LH", body: str = "", fields: Mapping[str, str] = NOTHING) -> Reading:
    return read(Notice("lh", "1", title, posted=date(2026, 9, 1), body=body, fields=fields), org)


@pytest.mark.parametrize(
    "title",
    [
        unicodedata.normalize("NFD", _TITLE),
        _TITLE.replace("행복", "행\u200b복").replace("청년", "\u202e청년\u200f"),
        "NEW " + _TITLE + "1일전",
        f"[{_TITLE}](https://example.or.kr/view.do?id=1)",
        _TITLE + " 모집마감 맞춤주택공급부 바로가기",
        _TITLE.replace(" ", "\u3000"),
    ],
)
def test_same_title_in_other_clothes(title: str) -> None:
    got, plain = _read(title), _read(_TITLE)
    assert (got.kind, got.correction, got.supply, got.audience, got.regions, got.section) == (
        plain.kind,
        plain.correction,
        plain.supply,
        plain.audience,
        plain.regions,
        plain.section,
    )


@pytest.mark.parametrize(
    "unit", ["모집 ", "광주·", "((((", "동호", "신혼·신생아", "\u200b", "　", "1일전 ", "&amp;", "정정"]
)
def test_huge_title_is_bounded(unit: str) -> None:
    start = time.process_time()
    _read(unit * (1_000_000 // len(unit)))
    assert time.process_time() - start < 0.2


def test_reading_twice_is_the_same() -> None:
    assert _read(_TITLE) == _read(_TITLE)


def test_fields_come_before_words() -> None:
    fields = {
        "supply": "통합공공임대",
        "region": "전라남도 목포시",
        "status": "정정공고",
        "closes": "2026.09.09",
        "homes": "1,204호",
    }
    reading = _read("하늘마을 행복주택 예비입주자 모집(수원)", fields=fields)
    assert reading.supply == ("통합공공임대",) and reading.correction
    assert [region.name for region in reading.regions] == ["전남광주통합특별시 목포시"]
    assert (reading.first("closes"), reading.first("homes")) == ("2026-09-09", 1204)


@pytest.mark.parametrize(
    ("words", "supply"),
    [
        ("분양주택", "공공분양"),
        ("50년임대", "공공임대"),
        ("10년임대", "공공임대"),
        ("영구임대", "영구임대"),
        ("매입임대주택", "매입임대"),
    ],
)
def test_names_of_types_in_fields(words: str, supply: str) -> None:
    assert _read("하늘마을 입주자 모집", fields={"supply": words}).supply == (supply,)


@pytest.mark.parametrize("words", ["토지", "상가"])
def test_land_in_the_field_is_for_nobody(words: str) -> None:
    assert not _read("하늘마을 A1 입주자 모집공고", fields={"supply": words}).relevant


def test_status_of_a_corrected_original_is_no_correction() -> None:
    assert not _read("하늘마을 행복주택 입주자 모집", fields={"status": "정정공고중"}).correction


@pytest.mark.parametrize("words", ["-", "상시", "추후 공고"])
def test_no_date_is_no_fact(words: str) -> None:
    assert _read("하늘마을 행복주택 입주자 모집", fields={"closes": words}).first("closes") is None


def test_body_labels_are_read_last() -> None:
    body = "주택유형\t국민임대\n공급대상\t고령자\n소재지\t충청남도 예산군 햇살리 1\n"
    reading = _read("하늘마을 입주자 모집공고", body=body)
    assert (reading.supply, reading.audience) == (("국민임대",), ("고령자",))
    assert [region.code for region in reading.regions] == ["44810"]
    assert {f.document for f in reading.facts if f.field in ("supply", "audience", "region")} == {"body"}


def test_home_answers_for_a_title_that_names_no_region() -> None:
    home = regions.by_code("41480")
    reading = read(Notice("paju", "1", "2026년 청년 월세 지원 신청 안내", posted=date(2026, 9, 1)), "파주시", home)
    assert reading.regions == (home,)


def test_shared_names_follow_home() -> None:
    home = regions.by_code("26440")
    reading = read(Notice("bs", "1", "강서구 매입임대 입주자 모집"), "부산 강서구", home)
    assert reading.regions == (home,)
    assert read(Notice("x", "1", "강서구 매입임대 입주자 모집"), "").regions == ()
