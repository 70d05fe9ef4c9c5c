"""The KakaoTalk skill: right answers within Kakao's limits, and a polite one to anything."""

from __future__ import annotations

import json
from collections.abc import Iterator
from datetime import date
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from starlette.testclient import TestClient

from jiballim import compose
from jiballim.demo import play, sites
from jiballim.web import skill
from jiballim.web.app import build
from notices.store import Store

pytestmark = pytest.mark.xdist_group("demo")
DAY = sites.DAYS[-1].date()


@pytest.fixture(scope="module")
def store(played: play.Played) -> Iterator[Store]:
    """A store that heard the sample mornings."""
    with compose.store(played.settings, readonly=True) as opened:
        yield opened


CHANNEL = skill.Channel(
    "https://jip.example.kr/",
    "집알림",
    ("11545",),
    (skill.Question("전세임대가 무엇인가요?", "…", "https://a.example/1"),),
)


def ask(store: Store, said: str, day: date = DAY) -> dict[str, Any]:
    """Ask as Kakao does; every answer is held against the limits."""
    payload = json.dumps({"userRequest": {"utterance": said, "user": {"id": "secret-user-key"}}}).encode()
    found = skill.answer(store, CHANNEL, payload, day)
    held(found)
    assert "secret-user-key" not in json.dumps(found)
    return found


def held(found: dict[str, Any]) -> None:
    """Hold an answer against Kakao's limits."""
    assert found["version"] == "2.0"
    template = found["template"]
    assert 1 <= len(template["outputs"]) <= 3
    assert len(template.get("quickReplies", [])) <= 10
    assert len(json.dumps(found).encode()) <= 30_000
    for output in template["outputs"]:
        ((kind, content),) = output.items()
        if kind == "simpleText":
            assert 0 < len(content["text"]) <= 1000
        elif kind == "listCard":
            assert 1 <= len(content["items"]) <= 5
            assert len(content.get("buttons", [])) <= 2
            assert all(len(i["title"]) <= 36 and len(i["description"]) <= 40 for i in content["items"])
        else:
            assert kind == "textCard"


def titles(found: dict[str, Any]) -> list[str]:
    """The titles of a list card."""
    output = found["template"]["outputs"][0]
    return [item["title"] for item in output["listCard"]["items"]] if "listCard" in output else []


def test_a_place_is_answered_with_what_is_open_there(store: Store) -> None:
    assert any("파주햇살" in title for title in titles(ask(store, "파주시 공고 알려줘")))
    assert all("파주햇살" not in title for title in titles(ask(store, "천안 공고")))


def test_my_region_is_the_centres(store: Store) -> None:
    assert any("금천별빛" in title for title in titles(ask(store, "내 지역 공고")))


def test_what_closes_soon(store: Store) -> None:
    found = titles(ask(store, "서울 곧 마감"))
    assert any("금천별빛" in title for title in found)


def test_words_are_searched(store: Store) -> None:
    assert titles(ask(store, "국민임대 찾아줘"))
    assert not titles(ask(store, "우주정거장"))


def test_a_question_of_the_centre_is_answered_with_its_source(store: Store) -> None:
    card = ask(store, "전세임대가 무엇인가요")["template"]["outputs"][0]["textCard"]
    assert card["buttons"][0]["webLinkUrl"] == "https://a.example/1"


def test_the_served_skill_knows_the_questions_of_the_centre(played: play.Played) -> None:
    path = played.settings.home / "faq.toml"
    day = compose.now().date().isoformat()
    path.write_text(
        f'[[faq]]\nquestion = "전세임대가 무엇인가요?"\nanswer = "…"\nsource = "안내서"\nurl = "https://a.example/2"\nchecked = {day}\n',
        "utf-8",
    )
    payload = {"userRequest": {"utterance": "전세임대가 무엇인가요"}}
    try:
        with TestClient(build(played.settings)) as client:
            said = client.post("/kakao/skill", json=payload).json()
            path.write_text(path.read_text("utf-8").replace(day, "2020-01-01"), "utf-8")
            stale = client.post("/kakao/skill", json=payload).json()
            assert client.post("/kakao/skill", content=b"x" * 70_000).status_code == 413
    finally:
        path.unlink()
    assert said["template"]["outputs"][0]["textCard"]["buttons"][0]["webLinkUrl"] == "https://a.example/2"
    held(stale)
    assert "textCard" not in stale["template"]["outputs"][0]


@pytest.mark.parametrize(
    "payload",
    [
        b"",
        b"null",
        b"[]",
        b"{",
        b'{"userRequest": 1}',
        b'{"userRequest": {"utterance": 5}}',
        b"\xff\xfe",
        b"[" * 100_000,
    ],
)
def test_a_wrong_payload_is_answered_politely(store: Store, payload: bytes) -> None:
    found = skill.answer(store, CHANNEL, payload, DAY)
    held(found)
    assert found["template"]["outputs"][0]["simpleText"]["text"] == skill.HELP


@given(st.text(max_size=300))
@settings(max_examples=60, deadline=None, derandomize=True)
def test_anything_said_is_answered_within_the_limits(store: Store, said: str) -> None:
    ask(store, said)
