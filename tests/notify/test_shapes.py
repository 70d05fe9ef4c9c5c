"""Shapes: KakaoTalk's 200 characters, a text message's 90 and 2,000 bytes, a cut that keeps whole lines."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from notify import shapes
from notify.digest import build
from tests.notify.made import CENTRE, NOW, ROUTE, announcement, event


def test_bytes_are_counted_in_cp949() -> None:
    assert shapes.kind("가" * 45) == "SMS" and shapes.kind("가" * 46) == "LMS"
    assert shapes.kind("a" * 90) == "SMS" and shapes.kind("가" * 1001) == "too long"
    assert shapes.size("똠방각하 펲시콜라") == 17


@pytest.mark.parametrize(
    ("said", "carried"),
    [
        ("‘행복’ “주택”", "'행복' \"주택\""),
        ("청년・신혼ㆍ고령․대학", "청년·신혼·고령·대학"),
        ("1–2월 — 접수…", "1-2월 - 접수..."),
        ("😀 家", "? 家"),
    ],
)
def test_signs_that_phones_do_not_have_are_replaced(said: str, carried: str) -> None:
    assert shapes.cp949(said) == carried


def test_a_busy_morning_fits_a_text_message_and_kakaotalk() -> None:
    events = [event(n, title=f"햇살마을 {n}단지 국민임대주택 예비입주자 모집공고") for n in range(1, 3000)]
    made = build(CENTRE, ROUTE, NOW, events, [announcement(1, closes="2026-11-24")])
    text, kakao = shapes.sms(made), shapes.kakao(made)
    assert shapes.size(text) <= 90 and "오늘마감1" in text and text.endswith(CENTRE.page or "?")
    assert len(kakao) <= 200 and kakao.endswith(CENTRE.page or "?") and kakao.startswith(made.subject)


def test_a_long_text_is_cut_between_lines() -> None:
    text = "\n".join(f"{n}번째 줄" for n in range(500))
    cut = shapes.fit(text, 300, "https://jip.example.kr/")
    assert len(cut) <= 300 and cut.endswith("이하 줄임 → https://jip.example.kr/")
    assert all(line in text for line in cut.split("\n")[:-1])
    assert shapes.fit(text, 0) == text


@settings(derandomize=True, max_examples=80, deadline=None)
@given(title=st.text(max_size=300), number=st.integers(0, 40), most=st.integers(60, 4000))
def test_nothing_is_ever_too_long(title: str, number: int, most: int) -> None:
    made = build(CENTRE, ROUTE, NOW, [event(n, title=title) for n in range(number)], ())
    assert shapes.size(shapes.sms(made)) <= 90
    assert len(shapes.kakao(made)) <= 200
    assert len(shapes.fit(title * 30, most)) <= most
