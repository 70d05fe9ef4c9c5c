"""A source that labels the 시·도 only is made exact by the title, within that 시·도."""

from __future__ import annotations

from datetime import date

import pytest

from notices.model import Notice
from notices.reading import read


@pytest.mark.parametrize(
    ("title", "field", "names"),
    [
        ("파주햇살마을3단지 국민임대주택 예비입주자 모집", "경기도", ["경기도 파주시"]),
        ("전주물레방아2단지 영구임대주택 모집", "전북특별자치도", ["전북특별자치도 전주시"]),
        ("햇살마을3단지 국민임대주택 예비입주자 모집", "경기도", ["경기도"]),
        ("광주태전 햇살마을 행복주택", "경기도", ["경기도 광주시"]),
        ("파주햇살마을 국민임대", "충청남도", ["충청남도"]),
        ("인천검단 햇살마을, 파주햇살마을 국민임대", "인천광역시 외", ["인천광역시 검단구", "경기도 파주시"]),
        ("수원햇살마을 매입임대", "경기도 파주시", ["경기도 파주시"]),
    ],
)
def test_the_title_makes_a_province_exact(title: str, field: str, names: list[str]) -> None:
    notice = Notice("lh-rental", "1", title, posted=date(2026, 10, 30), fields={"region": field})
    assert sorted(region.name for region in read(notice, "LH").regions) == sorted(names)


def test_where_homes_stand_beats_a_quarter_in_the_title() -> None:
    text = "■단지명 : 새솔타워\n■주택위치 : 서울특별시 성북구 월계로 1"
    found = read(Notice("s", "1", "미아사거리역 새솔타워 추가모집공고", body=text), "서울특별시").regions
    assert [place.name for place in found] == ["서울특별시 성북구"]


def test_an_office_elsewhere_does_not() -> None:
    text = "접수 장소 위치 : 서울특별시 중구 솔빛로 1"
    found = read(Notice("s", "1", "응암 행복주택 입주자 모집", body=text), "SH").regions
    assert [place.name for place in found] == ["서울특별시 은평구"]
