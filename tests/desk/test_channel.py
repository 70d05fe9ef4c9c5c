"""The post for the KakaoTalk channel: within its limits whatever is said, facts that were read, corrections marked."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from desk import channel
from notices.model import Fact
from notices.store import Store
from notices.store.views import Announcement, Pick
from tests.desk.made import HOSTILE, NOW, TITLE, correction, notice, store, take

GOLDEN = Path(__file__).parents[1] / "golden" / "desk"
PICK = Pick(
    1, "picked", "파주에서 모집하는 행복주택", "우리 시에서 9월에 접수합니다. 궁금하면 센터로 전화 주십시오.", NOW
)


@pytest.fixture
def held(tmp_path: Path) -> Iterator[Store]:
    with store(tmp_path) as opened:
        take(opened, notice())
        yield opened


def told(held: Store) -> Announcement:
    found = held.announcements.get(1)
    assert found is not None
    return found


def within(post: channel.ChannelPost) -> None:
    """Hold a post against the channel's limits."""
    assert 0 < channel.letters(post.text) <= channel.TEXT and post.text.count("\n") <= channel.BREAKS
    assert len(post.label) <= channel.LABEL and bool(post.label) == bool(post.link)
    assert not re.search(r"https?:|www\.|\n{3}|\n\Z| \n|  ", post.text), post.text


@pytest.mark.parametrize("name", ["new", "worded", "corrected", "cancelled"])
def test_a_post_reads_as_expected(held: Store, name: str, accept: bool) -> None:
    if name == "corrected":
        take(held, correction(), at=NOW)
    found = replace(told(held), cancelled=name == "cancelled")
    post = channel.compose(found, held.events.of(1), PICK if name == "worded" else None)
    within(post)
    said = f"{post.text}\n---\n{post.label}\n{post.link}\n"
    path = GOLDEN / f"channel-{name}.txt"
    if accept:
        path.write_text(said, "utf-8")
    assert path.read_text("utf-8") == said


def test_only_what_was_read_is_said(held: Store) -> None:
    bare = replace(
        told(held), facts={}, audience=(), supply=(), regions=(), kind="", posted=None, url="javascript:alert(1)"
    )
    post = channel.compose(bare, ())
    assert "언제: 원문 확인" in post.text and "누가" not in post.text and "어디서" not in post.text
    assert "게시" not in post.text
    assert (post.label, post.link) == ("", None)


def test_a_correction_is_marked_once(held: Store) -> None:
    take(held, correction(), at=NOW)
    post = channel.compose(told(held), held.events.of(1))
    assert post.text.startswith(f"[정정] {TITLE}") and "9.12 17시 → 9.19 17시" in post.text
    again = channel.compose(replace(told(held), title=f"[정정공고] {TITLE}"), held.events.of(1))
    assert again.text == post.text


def test_the_words_of_a_centre_are_its_own(held: Store) -> None:
    held.curation.decide("paju", 1, "picked", NOW, PICK.title, PICK.summary)
    assert str(PICK.title) in channel.draft(held, "paju", told(held)).text
    assert TITLE in channel.draft(held, "jeonju", told(held)).text


def test_what_is_too_long_loses_the_least_first(held: Store) -> None:
    take(held, correction(), at=NOW)
    long = Pick(1, "picked", "긴제목 " * 60, "긴요약 " * 200, NOW)
    facts = {**told(held).facts, "contact": Fact("contact", "031-123-4567", "031-123-4567", "body")}
    post = channel.compose(replace(told(held), publisher="긴기관 " * 50, facts=facts), held.events.of(1), long)
    within(post)
    for said in ("긴제목", "9.19 17시", "언제: ", "무엇을: ", "기관: ", "공고문이 기준"):
        assert said in post.text, post.text


@given(st.text(max_size=400), st.text(max_size=1200), st.text(max_size=300))
@settings(max_examples=80, deadline=None, derandomize=True)
def test_anything_fits(title: str, summary: str, publisher: str) -> None:
    within(
        channel.compose(replace(SAMPLE, title=title, publisher=publisher), (), Pick(1, "picked", None, summary, NOW))
    )


@pytest.mark.parametrize("text", [HOSTILE, "가" * 5_000, "🏠" * 500, "a.kr " * 300, "http://" * 90, "\u202e\x00\n\n\n"])
def test_hostile_words_fit_too(text: str) -> None:
    post = channel.compose(replace(SAMPLE, title=text, publisher=text), (), Pick(1, "picked", text, text, NOW))
    within(post)
    assert "evil.example" not in post.text or "www" not in post.text


SAMPLE = Announcement(
    id=1, uid="haetsal:101", title=TITLE, url="https://haetsal.example.kr/1", publisher="햇살시", kind="모집",
    section="임대주택공고", status=None, posted=None, supply=("행복주택",), audience=("청년",), regions=(),
    facts={}, attachments=(), seen=(), corrected=False, cancelled=False, first_seen=NOW, updated=NOW, body="",
)  # fmt: skip
