"""Routes and centres: faults are named with key and remedy; a digest is due on business days at its time, once."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, datetime, timedelta

import pytest

from notices.model import Region
from notify.routes import Centre, Route, check, is_due, wants
from notify.workdays import SEOUL, after_quiet, is_business_day, is_quiet, next_business_day
from tests.notify.made import CENTRE, NOW, ROUTE, announcement


def at(text: str) -> datetime:
    """Return a moment in Seoul."""
    return datetime.fromisoformat(text).replace(tzinfo=SEOUL)


def test_a_right_configuration_has_no_faults() -> None:
    assert check([CENTRE]) == ()


@pytest.mark.parametrize(
    ("route", "key", "remedy"),
    [
        (replace(ROUTE, name="파주 담당"), "name", "paju-staff처럼"),
        (replace(ROUTE, regions=("파주",)), "regions", "41480"),
        (replace(ROUTE, supply=("행복 주택",)), "supply", "행복주택"),
        (replace(ROUTE, sections=("공고",)), "sections", "임대주택공고"),
        (replace(ROUTE, audience=("청년층",)), "audience", "청년"),
        (replace(ROUTE, days="weekly"), "days", "business, daily"),
        (replace(ROUTE, empty="quiet"), "empty", "skip, say"),
        (replace(ROUTE, urgent=("all",)), "urgent", "new, correction, deadline"),
        (replace(ROUTE, time="8:30"), "time", "08:30"),
        (replace(ROUTE, urls_env=()), "urls_env", "JIBALLIM_URLS_PAJU"),
        (replace(ROUTE, urls_env=("mailto://u:secret@x.org",)), "urls_env", "환경변수 이름"),
    ],
)
def test_faults_name_the_key_and_the_remedy(route: Route, key: str, remedy: str) -> None:
    (sentence,) = check([replace(CENTRE, routes=(route,))])
    assert f"{key}:" in sentence and remedy in sentence and "secret" not in sentence


def test_names_stand_once() -> None:
    sentences = check([CENTRE, CENTRE, Centre("two", routes=(ROUTE, ROUTE), page="www.x.kr")])
    assert any("'paju'이(가) 2번" in s for s in sentences)
    assert any("'staff'이(가) 2번" in s for s in sentences)
    assert any("page:" in s for s in sentences)


def test_holidays_of_korea_are_respected() -> None:
    assert not is_business_day(date(2026, 3, 2))  # substitute for 3·1
    assert not is_business_day(date(2026, 9, 25))  # 추석
    assert not is_business_day(date(2026, 6, 3))  # an election
    assert is_business_day(date(2026, 11, 24))
    assert next_business_day(date(2026, 9, 23)) == date(2026, 9, 28)


def test_a_digest_is_due_once_on_each_business_day() -> None:
    assert is_due(ROUTE, NOW, None) and is_due(ROUTE, NOW, date(2026, 11, 20))
    assert not is_due(ROUTE, NOW, NOW.date())
    assert not is_due(ROUTE, NOW - timedelta(minutes=1), None)
    assert not is_due(ROUTE, at("2026-11-22T09:00"), None)
    assert is_due(replace(ROUTE, days="daily"), at("2026-11-22T09:00"), None)


def test_a_clock_that_jumped_does_not_silence_a_route() -> None:
    assert is_due(ROUTE, NOW, date(2030, 1, 1))


def test_quiet_hours_end_at_eight() -> None:
    assert (
        is_quiet(at("2026-11-24T21:00")) and is_quiet(at("2026-11-24T07:59")) and not is_quiet(at("2026-11-24T08:00"))
    )
    assert after_quiet(at("2026-11-24T22:10")) == at("2026-11-25T08:00")
    assert after_quiet(at("2026-11-25T00:10")) == at("2026-11-25T08:00")
    assert after_quiet(NOW) == NOW


def test_words_of_a_title_narrow() -> None:
    only = replace(ROUTE, words=("청년", "신혼"))
    assert wants(CENTRE, only, announcement(1, "청년 매입임대")) and not wants(CENTRE, only, announcement(1, "고령자"))


@pytest.mark.parametrize(
    ("asked", "said", "heard"),
    [
        ("41000", "41480", True), ("41", "41480", True), ("41480", "41000", True), ("41110", "41113", True),
        ("41480", "41500", False), ("26000", "41480", False), ("41480", "00000", True), ("36110", "36110", True),
    ],
)  # fmt: skip
def test_a_province_and_a_city_hear_of_all_in_them(asked: str, said: str, heard: bool) -> None:
    about = announcement(1, regions=(Region("어디", said),))
    assert wants(replace(CENTRE, regions=(asked,)), ROUTE, about) is heard
