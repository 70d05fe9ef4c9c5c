"""The KakaoTalk skill: right answers within Kakao's limits, and a polite one to anything."""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import replace
from datetime import date
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from starlette.testclient import TestClient

from jiballim import compose
from jiballim.demo import play, world
from jiballim.web import skill
from jiballim.web.app import LARGE, build
from notices.store import Store

pytestmark = pytest.mark.xdist_group("demo")
DAY = world.DAYS[-1].date()


@pytest.fixture(scope="module")
def store(played: play.Played) -> Iterator[Store]:
    """A store that heard the sample mornings."""
    with compose.store(played.settings, readonly=True) as opened:
        yield opened


LONG = "전세임대는 대상자가 고른 집을 기관이 빌려 다시 싸게 빌려 드리는 것입니다. " * 12
CHANNEL = skill.Channel(
    "https://jip.example.kr/",
    "집알림",
    ("11545",),
    (
        skill.Question("전세임대가 무엇인가요?", "기관이 빌려 다시 빌려 드리는 집입니다.", "https://a.example/1"),
        skill.Question("행복주택은 누가 신청할 수 있나요?", LONG, "https://a.example/2"),
        skill.Question("상담은 어디서 받나요?", "센터에서 받습니다."),
    ),
    "https://a.example/manual.pdf",
)


def ask(store: Store, said: str, day: date = DAY, channel: skill.Channel = CHANNEL) -> dict[str, Any]:
    """Ask as Kakao does; every answer is held against the limits."""
    payload = json.dumps({"userRequest": {"utterance": said, "user": {"id": "secret-user-key"}}}).encode()
    found = skill.answer(store, channel, payload, day)
    held(found)
    assert "secret-user-key" not in json.dumps(found)
    return found


def held(found: dict[str, Any]) -> None:
    """Hold an answer against Kakao's limits and the form of JSON 2.0."""
    assert set(found) == {"version", "template"} and found["version"] == "2.0"
    template = found["template"]
    assert set(template) <= {"outputs", "quickReplies"}
    assert 1 <= len(template["outputs"]) <= 3
    assert len(json.dumps(found).encode()) <= 30_000
    replies = template.get("quickReplies", [])
    assert len(replies) <= 10
    for reply in replies:
        assert set(reply) == {"label", "action", "messageText"} and reply["action"] == "message"
        assert 0 < len(reply["label"]) <= 14 and 0 < len(reply["messageText"]) <= 200
    for output in template["outputs"]:
        ((kind, content),) = output.items()
        if kind == "simpleText":
            assert set(content) == {"text"} and 0 < len(content["text"]) <= 1000
        elif kind == "listCard":
            assert set(content) <= {"header", "items", "buttons"} and 0 < len(content["header"]["title"]) <= 15
            assert 1 <= len(content["items"]) <= 5
            assert all(0 < len(i["title"]) <= 36 and 0 < len(i["description"]) <= 40 for i in content["items"])
            assert all(i["link"]["web"].startswith("https://") for i in content["items"] if "link" in i)
            linked(content, 2)
        else:
            assert kind == "textCard" and set(content) <= {"title", "description", "buttons"}
            assert 0 < len(content["title"]) <= 36 and 0 < len(content["description"]) <= 230
            linked(content, 3)


def linked(card: dict[str, Any], most: int) -> None:
    """Hold a card's buttons against the limits."""
    buttons = card.get("buttons", [])
    assert len(buttons) <= most and ("buttons" not in card or buttons)
    for button in buttons:
        assert set(button) == {"label", "action", "webLinkUrl"} and button["action"] == "webLink"
        assert 0 < len(button["label"]) <= 14 and button["webLinkUrl"].startswith("https://")


def titles(found: dict[str, Any]) -> list[str]:
    """The titles of a list card."""
    return [item["title"] for one in found["template"]["outputs"] for item in one.get("listCard", {}).get("items", ())]


def first(found: dict[str, Any]) -> str:
    """The text that an answer begins with, "" where it begins with a card."""
    text: str = found["template"]["outputs"][0].get("simpleText", {}).get("text", "")
    return text


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


def test_what_is_not_here_is_looked_for_elsewhere_and_said(store: Store) -> None:
    found = ask(store, "국민임대")
    assert first(found) == skill.WIDER and titles(found)
    assert first(ask(store, "내 지역 공고")) == ""
    late = ask(store, "금천별빛", date(2027, 12, 1))
    assert first(late) == skill.LATE and titles(late)
    assert "에 끝남" in json.dumps(late, ensure_ascii=False)
    near = ask(store, "파주 가나다라마바사")
    assert first(near) == skill.LOOSER and titles(near)
    assert titles(ask(store, "파주 장기전세")), "of the place, where nothing of the type is"
    assert titles(ask(store, "별빛 가나다라마바사")), "one word of two"
    assert titles(ask(store, "공고", channel=replace(CHANNEL, regions=())))


def test_where_nothing_closes_in_time_what_closes_next_is_shown(store: Store) -> None:
    found = ask(store, "오늘까지", date(2026, 10, 1))
    assert first(found) == skill.LATER and titles(found)


def test_a_place_whose_name_several_have_is_asked_for(store: Store) -> None:
    channel = replace(CHANNEL, regions=("41480",))
    found = ask(store, "강서구 매입임대", channel=channel)
    replies = {reply["label"]: reply["messageText"] for reply in found["template"]["quickReplies"]}
    assert "이름이 같은 곳" in first(found) and replies["서울 강서구"] == "서울특별시 강서구 매입임대"
    assert not first(ask(store, "강서구 매입임대")).startswith("이름이 같은 곳"), "a centre of Seoul means its own"


def test_a_question_of_the_centre_is_answered_with_its_source_and_manual(store: Store) -> None:
    for said in (
        "전세임대가 무엇인가요",
        "전세임대가 뭔가요?",
        "전세임대는 무엇인가요",
        "전세임대가 뭐예요?",
        "전세임대 뭐",
    ):
        card = ask(store, said)["template"]["outputs"][0]["textCard"]
        assert [button["webLinkUrl"] for button in card["buttons"]] == ["https://a.example/1", CHANNEL.manual]
    assert titles(ask(store, "전세임대")) or "textCard" not in ask(store, "전세임대")["template"]["outputs"][0]
    assert "textCard" not in ask(store, "행복주택")["template"]["outputs"][0], "a word of a question alone is a search"


def test_a_long_answer_is_given_whole(store: Store) -> None:
    found = ask(store, "행복주택은 누가 신청하나요")["template"]["outputs"]
    assert found[0]["simpleText"]["text"] == LONG[:899] + "…" or found[0]["simpleText"]["text"] == LONG
    assert found[1]["textCard"]["buttons"][0]["webLinkUrl"] == "https://a.example/2"


def test_the_questions_and_the_manual_are_offered(store: Store) -> None:
    found = ask(store, "자주 묻는 질문")
    assert "1. 전세임대가 무엇인가요?" in first(found)
    said = [reply["messageText"] for reply in found["template"]["quickReplies"]]
    assert said[:3] == [question.asked for question in CHANNEL.questions]
    manual = ask(store, "매뉴얼 받을 수 있나요")["template"]["outputs"][0]["textCard"]
    assert manual["buttons"][0]["webLinkUrl"] == CHANNEL.manual
    bare = replace(CHANNEL, questions=(), manual=None)
    assert first(ask(store, "매뉴얼", channel=bare)) == first(ask(store, "FAQ", channel=bare)) == skill.HELP
    assert first(ask(store, "상담원 연결")) == skill.PERSON


@pytest.mark.parametrize("said", ["안녕하세요", "메뉴", "?", "🏠", "1", "ㅋ", "처음으로", "고마워요", "   ", "도움말"])
def test_small_talk_is_answered_with_how_to_ask(store: Store, said: str) -> None:
    assert first(ask(store, said)) == skill.HELP


def test_a_country_without_centres_asks_where(store: Store) -> None:
    everywhere = replace(CHANNEL, regions=())
    assert first(ask(store, "내 지역 공고", channel=everywhere)) == skill.HELP
    assert titles(ask(store, "곧 마감", channel=everywhere)) and titles(ask(store, "국민임대", channel=everywhere))


def test_many_and_long_questions_stay_within_the_limits(store: Store) -> None:
    many = tuple(skill.Question(f"{n}번 " + "물음 " * 150, "답 " * 3_000, "https://a.example/") for n in range(40))
    crowded = replace(
        CHANNEL, questions=many, manual="javascript:alert(1)", base_url="https://jip.example.kr/" + "가" * 900
    )
    for said in ("자주 묻는 질문", many[3].asked, "국민임대", "매뉴얼"):
        ask(store, said, channel=crowded)


ECHOED = '<b>zzq</b> https://evil.example/zzq "zzq" \\zzq'


@pytest.mark.parametrize("before", ["", "파주시 ", "곧 마감 ", "전세임대가 무엇인가요 ", "강서구 ", "안녕 "])
def test_nothing_that_was_said_stands_in_an_answer(store: Store, before: str) -> None:
    said = json.dumps(ask(store, before + ECHOED), ensure_ascii=False)
    assert "zzq" not in said and "evil" not in said


def test_the_served_skill_knows_the_questions_of_the_centre(played: play.Played) -> None:
    path = played.settings.home / "faq.toml"
    day = compose.now().date().isoformat()
    path.write_text(
        'manual = "https://a.example/m.pdf"\n[[faq]]\nquestion = "전세임대가 무엇인가요?"\nanswer = "…"\n'
        f'source = "안내서"\nurl = "https://a.example/2"\nchecked = {day}\n',
        "utf-8",
    )
    payload = {"userRequest": {"utterance": "전세임대가 무엇인가요"}}
    try:
        with TestClient(build(played.settings)) as client:
            said = client.post("/kakao/skill", json=payload).json()
            path.write_text(path.read_text("utf-8").replace(day, "2020-01-01"), "utf-8")
            stale = client.post("/kakao/skill", json=payload).json()
            wrong = client.post("/kakao/skill", content=b"x" * 70_000)
            assert wrong.status_code == 200 and wrong.json()["template"]["outputs"][0]["simpleText"]["text"] == LARGE
    finally:
        path.unlink()
    buttons = said["template"]["outputs"][0]["textCard"]["buttons"]
    assert [button["webLinkUrl"] for button in buttons] == ["https://a.example/2", "https://a.example/m.pdf"]
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
        b'{"userRequest": {"utterance": null}}',
        b'{"userRequest": {"utterance": ["a"]}}',
        b'{"userRequest": []}',
        b'{"userRequest": {"utterance": ""}}',
        b'{"userRequest": {"utterance": "\\u0000 \\ud800 "}}',
        b'{"a": NaN}',
        b'{"userRequest": {"utterance": 1e999}}',
        b"1" * 5_000,
        b'{"userRequest": {"utterance": {"$gt": ""}}}',
        b"\xff\xfe",
        b"[" * 100_000,
        b'{"a":' * 20_000,
    ],
)
def test_a_wrong_payload_is_answered_politely(store: Store, payload: bytes) -> None:
    found = skill.answer(store, CHANNEL, payload, DAY)
    held(found)
    assert found["template"]["outputs"][0]["simpleText"]["text"] == skill.HELP


def test_neither_user_nor_words_are_kept_or_logged(
    played: play.Played, capfd: pytest.CaptureFixture[str], caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level("DEBUG")
    user, words = "qzuserkeyqz9071", "qzwordsqz9071"
    payload = {
        "userRequest": {"utterance": f"파주시 {words}", "user": {"id": user, "properties": {"plusfriendUserKey": user}}},
        "action": {"params": {"x": words}}, "bot": {"id": user},
    }  # fmt: skip
    with TestClient(build(played.settings)) as client:
        assert client.post(f"/kakao/skill?user={user}", json=payload).status_code == 200
        client.get("/feeds", params={"q": words})
        client.get("/api/announcements", params={"q": words})
    out, err = capfd.readouterr()
    logged = "".join(
        record.getMessage() for record in caplog.records if not record.name.startswith(("httpx", "httpcore"))
    )
    assert not {user, words} & {word for word in (user, words) if word in out + err + logged}
    for path in played.settings.home.rglob("*"):
        if path.is_file():
            said = path.read_bytes()
            assert user.encode() not in said and words.encode() not in said, path.name


PIECES = (
    "파주시",
    "강서구",
    "경기도",
    "곧 마감",
    "오늘까지",
    "행복주택",
    "청년",
    "내 지역",
    "알려줘",
    "매뉴얼",
    "자주 묻는 질문",
    "🏠",
    "ㅋㅋ",
    "중구",
)


@given(st.lists(st.sampled_from(PIECES) | st.text(max_size=40), max_size=6))
@settings(max_examples=60, deadline=None, derandomize=True)
def test_any_mixture_is_answered_within_the_limits(store: Store, pieces: list[str]) -> None:
    ask(store, " ".join(pieces))


@given(st.text(max_size=300))
@settings(max_examples=60, deadline=None, derandomize=True)
def test_anything_said_is_answered_within_the_limits(store: Store, said: str) -> None:
    ask(store, said)
