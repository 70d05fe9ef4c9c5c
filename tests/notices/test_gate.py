"""The one gate for texts: what may be carried, under which words, and what never."""

from __future__ import annotations

from typing import Any

import pytest

from notices import gate
from tests.feeds.made import announcement, seen

LIST = "\n".join(f"{n}\t김*{c}\t90010{n}" for n, c in enumerate("가나다라마바", 1))


@pytest.mark.parametrize("licence", ["0", "1", "2"])
def test_open_types_carry_the_text_with_its_sentence(licence: str) -> None:
    said = gate.carried(announcement(), licence)
    assert said.body == "햇살마을 1단지에서 입주자를 모십니다.\n주택형\t호수\n26A\t84"
    assert (
        said.attribution
        and "https://example.org/notice/101" in said.attribution
        and f"제{licence}유형" in said.attribution
    )


def test_the_sentence_is_the_one_that_the_licence_asks_for() -> None:
    assert gate.carried(announcement(), "1").attribution == (
        "본 저작물은 '햇살도시공사'에서 2026년 작성하여 공공누리 제1유형으로 개방한 "
        "'햇살마을 1단지 국민임대 예비입주자 모집(작성자: 햇살도시공사)'을 이용하였으며, 해당 저작물은 "
        "'햇살도시공사, https://example.org/notice/101'에서 무료로 내려받으실 수 있습니다."
    )
    assert "상업적으로는" in (gate.carried(announcement(), "2").attribution or "")


@pytest.mark.parametrize("licence", ["3", "4", "unknown", "", "5", "제1유형"])
def test_closed_and_unknown_types_carry_nothing(licence: str) -> None:
    assert gate.carried(announcement(), licence) == gate.NOTHING


@pytest.mark.parametrize(
    "given", [{"kind": "발표"}, {"body": LIST}, {"body": ""}, {"url": None}, {"url": "javascript:alert(1)"}]
)
def test_winners_lists_of_people_and_texts_without_a_link_are_never_carried(given: dict[str, Any]) -> None:
    assert gate.carried(announcement(**given), "0") == gate.NOTHING


def test_a_private_number_is_masked_and_an_office_s_stays() -> None:
    body = gate.carried(announcement(body="문의 010-1234-5678, 1600-1004, 02-123-4567"), "1").body or ""
    assert "1234-5678" not in body and "1600-1004" in body and "02-123-4567" in body


def test_the_licence_is_that_of_the_place_where_the_text_was_read() -> None:
    here, there = seen(licence="1"), seen(source="gureum", url="https://other.example.org/9", licence="4")
    assert gate.licence(announcement(seen=(here, there))) == "1"
    assert gate.licence(announcement(seen=(there, here), url="https://other.example.org/9")) == "4"
    assert gate.licence(announcement(seen=(here, there), url=None)) == "4", "in doubt the strictest"
    assert gate.licence(announcement(seen=(here, seen(licence="unknown")))) == "unknown"
    assert gate.licence(announcement(seen=())) == "unknown"
