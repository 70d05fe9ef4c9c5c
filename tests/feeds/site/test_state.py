"""Where an announcement stands on a day, in the words people use."""

from __future__ import annotations

from datetime import date, datetime
from typing import Any

import pytest

from feeds.channel import KST
from feeds.site.card import Card, card, kept, plain_title
from feeds.site.card_view import facts, label
from feeds.site.glossary import found
from feeds.site.places import where
from feeds.site.state import fresh, state
from feeds.site.timeline import stamp, steps
from tests.feeds.made import announcement, corrected, fact
from tests.feeds.site import town

DAY = date(2026, 11, 22)


def made(opens: str = "", closes: str = "", **given: Any) -> Card:
    dates = {name: fact(name, value) for name, value in (("opens", opens), ("closes", closes)) if value}
    return card(announcement(facts=dates, **({"posted": date(2026, 11, 1), "status": None} | given)), ())


@pytest.mark.parametrize(
    ("opens", "closes", "kind", "korean", "english"),
    [
        ("", "2026-11-22T17:00", "today", "오늘 17시 마감", "Closes today 17:00"),
        ("", "2026-11-22T17:30", "today", "오늘 17시 30분 마감", "Closes today 17:30"),
        ("", "2026-11-22T24:00", "today", "오늘 24시 마감", "Closes today 23:59"),
        ("", "2026-11-22", "today", "오늘 마감", "Closes today"),
        ("", "2026-11-23", "soon", "내일 마감 (11월 23일 월)", "Closes tomorrow (Mon 23 Nov)"),
        ("", "2026-11-25", "soon", "3일 남음 (11월 25일 수)", "3 days left (Wed 25 Nov)"),
        ("", "2026-11-30", "open", "8일 남음 (11월 30일 월)", "8 days left (Mon 30 Nov)"),
        ("2026-11-22", "2027-01-04", "open", "43일 남음 (2027년 1월 4일 월)", "43 days left (Mon 4 Jan 2027)"),
        ("2026-12-01", "2026-12-04", "before", "접수 전 (12월 1일부터)", "Opens Tue 1 Dec"),
        ("2026-11-01", "2029-10-01", "always", "상시 모집", "Always open"),
        ("2026-11-01", "2026-11-21T17:00", "closed", "마감 (11.21)", "Closed (Sat 21 Nov)"),
        ("", "", "unknown", "마감일 원문 확인", "Closing date: see original"),
        ("", "말일까지", "unknown", "마감일 원문 확인", "Closing date: see original"),
    ],
)
def test_the_words_of_a_day(opens: str, closes: str, kind: str, korean: str, english: str) -> None:
    found = state(made(opens, closes), DAY)
    assert (found.kind, found.ko, found.en) == (kind, korean, english)


def test_what_no_date_says() -> None:
    assert state(made(cancelled=True, closes="2026-12-01"), DAY).ko == "취소"
    assert state(made(status="접수마감"), DAY).kind == "closed"
    assert state(made(kind="교육행사"), DAY).ko == "교육행사"


def test_new_is_two_days_and_never_an_old_post() -> None:
    at = datetime(2026, 11, 21, 7, tzinfo=KST)
    assert fresh(made(first_seen=at, posted=date(2026, 11, 20)), DAY)
    assert not fresh(made(first_seen=at, posted=date(2026, 10, 1)), DAY)
    assert not fresh(made(first_seen=datetime(2026, 11, 19, 7, tzinfo=KST), posted=date(2026, 11, 19)), DAY)


def test_a_card_survives_being_kept() -> None:
    for told in town.announcements():
        one = card(told, town.events(town.announcements()) if told.corrected else ())
        assert kept(one.row()) == one and kept(one.row()).digest == one.digest


def test_a_card_says_place_homes_and_cost() -> None:
    one = card(announcement(), ())
    assert facts(one, "ko") == "경기 파주시 · 84호 · 보증금 1,080만 원부터 · 월 5만 4천 원부터"
    assert facts(one, "en") == "Gyeonggi 파주시 · 84 homes · deposit from ₩10,800,000 · ₩54,000 a month"
    assert label(one, "ko") == "국민임대 · 청년·고령자"
    assert label(one, "en") == "national rental · young people·older people"


def test_places_are_few_words() -> None:
    many = (("41480", "경기도 파주시"), ("11500", "서울특별시 강서구"), ("26440", "부산광역시 강서구"))
    assert where(many) == "경기 파주시 · 서울 강서구 외 1곳"
    assert where(()) == "전국" and where((("36110", "세종특별자치시"),)) == "세종"


def test_titles_lose_the_mark_that_stands_beside_them() -> None:
    assert plain_title("[정정공고] 햇살마을 모집") == "햇살마을 모집"
    assert plain_title("변경된 햇살마을 모집") == "변경된 햇살마을 모집"
    assert plain_title("[정정]") == "[정정]"


def test_the_steps_stand_in_order_and_only_where_known() -> None:
    told = town.announcements()[1]
    one = card(told, ())
    named = [(step.name, step.mark) for step in steps(told, one, town.DAY, "ko")]
    assert named == [
        ("공고", "past"),
        ("접수", "here"),
        ("서류제출", ""),
        ("당첨자 발표", ""),
        ("계약", ""),
        ("입주", ""),
    ]
    assert [step.words for step in steps(told, one, None, "ko")][-1] == "2027-01"
    assert steps(announcement(facts={}), one, town.DAY, "ko") == []


def test_only_what_the_day_changes_is_in_the_stamp() -> None:
    closed = made("2026-11-01", "2026-11-10")
    assert stamp(closed, date(2026, 11, 20)) == stamp(closed, date(2026, 11, 21))
    counted = made("2026-11-01", "2026-11-30")
    assert stamp(counted, date(2026, 11, 20)) != stamp(counted, date(2026, 11, 21))


def test_easy_words_stand_beside_official_ones() -> None:
    assert [word for word, _ in found("햇살마을 국민임대 예비입주자 모집")] == ["예비입주자", "국민임대"]
    assert [word for word, _ in found("통합공공임대")] == ["통합공공임대"]


def test_a_correction_is_dated_as_its_source_dates_it() -> None:
    third, second, first = corrected()
    one = card(first.announcement, [first, second, third])
    assert (one.corrected, one.changes) == ("2026-09-01", "접수마감 9.12 → 9.19")
