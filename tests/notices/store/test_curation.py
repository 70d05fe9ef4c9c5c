"""Curation: what a centre decided outlives merges, splits and corrections, and goes with what is withdrawn."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import pytest

from notices.intake import Intake
from notices.model import Notice, PageRead
from notices.store import Store, StoreError
from notices.store.views import Selection
from tests.notices.test_intake import AT, CITY, LH, SOURCES, TITLE, call, correction

ME = "paju"


@pytest.fixture
def store(tmp_path: Path) -> Iterator[Store]:
    with Store.open(tmp_path / "jiballim.db") as store:
        store.sources.sync(SOURCES.values())
        yield store


def take(store: Store, *notices: Notice, days: int = 0) -> None:
    Intake(store, SOURCES).take(None, PageRead(notices[0].source, "list", AT + timedelta(days=days), notices, {}))


def posted(store: Store, announcement_id: int, state: str = "posted") -> None:
    post = store.curation.begin(ME, announcement_id, "wordpress", "notice-1", AT)
    store.curation.settle(post, state, AT, remote="7", url=None, digest="d", event_id=store.events.last_id())


def test_a_decision_is_kept_and_words_stay_until_others_come(store: Store) -> None:
    take(store, call())
    store.curation.decide(ME, 1, "picked", AT, "우리 제목", "우리 요약")
    store.curation.decide(ME, 1, "later", AT + timedelta(hours=1), None, "")
    pick = store.curation.picks(ME)[1]
    assert (pick.state, pick.title, pick.summary) == ("later", "우리 제목", None)
    assert store.curation.picks("other") == {}
    with pytest.raises(StoreError, match="99"):
        store.curation.decide(ME, 99, "picked", AT, None, None)


def test_a_correction_outdates_what_was_posted_until_it_is_posted_anew(store: Store) -> None:
    take(store, call())
    posted(store, 1)
    assert [post.outdated for post in store.curation.posts(ME)] == [False]
    take(store, correction(fields={"closes": "2026-09-19"}), days=3)
    assert [(post.announcement_id, post.outdated) for post in store.curation.posts(ME)] == [(1, True)]
    posted(store, 1)
    assert [post.outdated for post in store.curation.posts(ME)] == [False]
    assert store.curation.posted(ME) == {1}


def test_only_what_is_picked_or_posted_is_curated(store: Store) -> None:
    take(
        store,
        call(),
        call("2", "달빛마을 7단지 국민임대 예비입주자 모집"),
        call("3", "별빛마을 영구임대 예비입주자 모집"),
    )
    store.curation.decide(ME, 2, "picked", AT, None, None)
    store.curation.decide(ME, 3, "hidden", AT, None, None)
    assert [a.id for a in store.announcements.select(Selection(curated=ME))] == [2]
    assert len(store.newest.ids(Selection(curated=ME), 9)) == 1
    posted(store, 1, "written")
    assert [a.id for a in store.announcements.select(Selection(curated=ME))] == [2]
    posted(store, 1)
    assert {a.id for a in store.announcements.select(Selection(curated=ME))} == {1, 2}
    assert store.newest.dated(Selection(curated=ME, closes_from=AT.date()), 9) == [1, 2]


def test_a_decision_moves_the_mark_of_the_feeds(store: Store) -> None:
    take(store, call())
    before = store.changes.mark()
    store.curation.decide(ME, 1, "picked", AT, None, None)
    assert list(store.changes.since(before) or ()) == [1]


def test_sources_beside_a_selection_widen_it(store: Store) -> None:
    take(store, call())
    take(store, call("5", "햇살시 이사비 지원", source=CITY.name))
    elsewhere = Selection(regions=("11",), beside=(CITY.name,), relevant=None)
    assert [a.id for a in store.announcements.select(elsewhere)] == [
        a.id for a in store.announcements.select(Selection(sources=(CITY.name,), relevant=None))
    ] + [a.id for a in store.announcements.select(Selection(regions=("11",), relevant=None))]
    assert set(store.newest.ids(elsewhere, 9)) == set(store.newest.ids(replace(elsewhere, beside=()), 9)) | set(
        store.newest.ids(Selection(sources=(CITY.name,), relevant=None), 9)
    )


def test_withdrawing_the_only_notice_leaves_a_post_to_take_down_and_no_words(store: Store, tmp_path: Path) -> None:
    take(store, call())
    store.curation.decide(ME, 1, "picked", AT, "비밀스러운 제목", "비밀스러운 요약")
    posted(store, 1)
    store.outbox.intend("b", "t", "r", f"새 모집: {TITLE}", f"· {TITLE} — 마감", f"<b>{TITLE}</b>", AT)
    notice = store.notices.find(LH.name, "1001")
    assert notice and store.withdraw(notice, AT)
    assert store.curation.picks(ME) == {}
    (post,) = store.curation.posts(ME)
    assert (post.state, post.announcement_id) == ("gone", None)
    store.curation.forget(post)
    assert store.curation.posts(ME) == []
    said = (tmp_path / "jiballim.db").read_bytes()
    assert "비밀스러운".encode() not in said and "3단지".encode() not in said


def test_withdrawing_one_of_several_keeps_the_decision_and_marks_the_post(store: Store) -> None:
    take(store, call())
    take(store, correction(), days=3)
    store.curation.decide(ME, 1, "picked", AT, "말", None)
    posted(store, 1)
    notice = store.notices.find(LH.name, "1001")
    assert notice and store.withdraw(notice, AT)
    (pick,) = store.curation.picks(ME).values()
    (post,) = store.curation.posts(ME)
    assert (pick.state, pick.title, post.state, post.outdated) == ("picked", None, "posted", True)


def test_one_source_is_written_beside_those_of_the_files(store: Store) -> None:
    mine = replace(CITY, name="centre-paju", kind="centre", licence="own")
    store.sources.put(mine)
    store.sources.put(mine)
    assert {s.name: s.enabled for s in store.sources.all()} == {
        "centre-paju": True, "haetsal": True, "lh-rental": True,
    }  # fmt: skip
