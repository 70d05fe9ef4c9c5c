"""Intake: what is stored, what is news, and what bad input becomes."""

from __future__ import annotations

import itertools
from collections.abc import Callable, Iterator
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from notices.intake import Intake, Taken
from notices.model import Attachment, Change, EventKind, Notice, PageRead, Reading, Region
from notices.reading import read
from notices.store import SourceInfo, Store, explain
from notices.store.views import Event, Selection

AT = datetime(2026, 9, 1, 9, tzinfo=UTC)
LH = SourceInfo("lh-rental", "LH 청약플러스 임대", "LH")
CITY = SourceInfo("haetsal", "햇살시 공고", "햇살시", region_code="41480")
SOURCES = {source.name: source for source in (LH, CITY)}
ALL = Selection(relevant=None)
TITLE = "햇살마을 3단지 행복주택 예비입주자 모집공고(2026.09.01)"


def call(key: str = "1001", title: str = TITLE, posted: date | None = date(2026, 9, 1), **said: Any) -> Notice:
    """A call for tenants at LH."""
    fields = {"status": "공고중", "closes": "2026-09-12"} | said.pop("fields", {})
    return Notice(said.pop("source", LH.name), key, title, posted=posted, fields=fields, **said)


def correction(key: str = "1002", day: int = 3, **said: Any) -> Notice:
    """A correction of the call: a new post with a mark in its title."""
    return call(key, f"[정정공고]{TITLE}", date(2026, 9, day), **said)


@pytest.fixture
def store(tmp_path: Path) -> Iterator[Store]:
    with Store.open(tmp_path / "jiballim.db") as store:
        store.sources.sync(SOURCES.values())
        yield store


Take = Callable[..., Taken]


@pytest.fixture
def take(store: Store) -> Take:
    intake, times = Intake(store, SOURCES), itertools.count()

    def take(*notices: Notice, **page: Any) -> Taken:
        source = notices[0].source if notices else LH.name
        at = AT + timedelta(days=next(times))
        return intake.take(None, PageRead(source, page.pop("url", "list"), at, notices, {}, **page))

    return take


def told(store: Store) -> list[Event]:
    """All events, oldest first."""
    return store.events.select(ALL, 1000)[::-1]


def kinds(store: Store) -> list[tuple[str, str]]:
    return [(event.guid, event.kind.value) for event in told(store)]


def test_a_new_notice_is_told_once(store: Store, take: Take) -> None:
    assert take(call()).new == ("1001",)
    assert take(call()).unchanged == ("1001",)
    assert kinds(store) == [("lh-rental:1001", "new")]


def test_validators_are_committed_with_the_notices(store: Store, take: Take) -> None:
    take(call(), etag='"1"', last_modified="Tue, 01 Sep 2026 00:00:00 GMT")
    page = store.sources.page(LH.name, "list")
    assert page is not None
    assert (page.etag, page.last_modified, page.at) == ('"1"', "Tue, 01 Sep 2026 00:00:00 GMT", AT)


def test_a_page_that_fails_half_way_leaves_nothing(store: Store) -> None:
    def stumble(notice: Notice) -> Notice:
        if notice.key == "2":
            raise RuntimeError
        return notice

    page = PageRead(LH.name, "list", AT, (call("1"), call("2", "달빛마을 1단지 국민임대 모집")), {})
    with pytest.raises(RuntimeError):
        Intake(store, SOURCES, clean=stumble).take(None, page)
    assert store.notices.count() == 0
    assert store.sources.page(LH.name, "list") is None


def test_a_list_read_again_never_erases_the_detail(store: Store, take: Take) -> None:
    files = (Attachment("공고문.hwp"),)
    take(call(body="신청은 온라인으로 합니다.", attachments=files, department="주거복지처", detail=True))
    assert take(call()).changed == ()
    stored = store.notices.get(1)
    assert stored is not None
    assert (stored.body, stored.attachments, stored.department) == ("신청은 온라인으로 합니다.", files, "주거복지처")
    assert stored.detail
    assert len(store.notices.editions(1)) == 1
    assert take(call()).unchanged == ("1001",)


def test_what_the_detail_adds_is_no_edition_and_no_news(store: Store, take: Take) -> None:
    take(call())
    assert take(call(body="본문", fields={"closes": "2026-09-12T17:00"}, detail=True)).changed == ("1001",)
    assert kinds(store) == [("lh-rental:1001", "new")]


def test_a_title_cut_in_the_list_stays_whole(store: Store, take: Take) -> None:
    take(call(detail=True))
    take(call(title=TITLE[:20] + "…"))
    stored = store.notices.get(1)
    assert stored is not None
    assert stored.title == TITLE


def test_a_changed_status_is_an_edition_and_no_news(store: Store, take: Take) -> None:
    take(call())
    assert take(call(fields={"status": "접수중"})).changed == ("1001",)
    assert [e.notice.fields["status"] for e in store.notices.editions(1)] == ["공고중", "접수중"]
    assert kinds(store) == [("lh-rental:1001", "new")]
    announcement = store.announcements.get(1)
    assert announcement is not None
    assert announcement.status == "접수중"


def test_a_silent_correction_is_told_with_what_changed(store: Store, take: Take) -> None:
    take(call())
    take(call(fields={"closes": "2026-09-19"}))
    event = told(store)[-1]
    assert (event.guid, event.kind) == ("lh-rental:1001#2", EventKind.REVISION)
    assert event.changes == (Change("closes", "2026-09-12", "2026-09-19"),)
    assert event.original_guid == "lh-rental:1001"
    assert event.announcement.corrected
    assert len(store.announcements.select(Selection(closes_from=date(2026, 9, 19), relevant=None))) == 1


def test_a_mark_of_correction_put_on_the_same_post_is_told(store: Store, take: Take) -> None:
    take(call())
    take(call(title=f"[정정공고]{TITLE}"))
    assert kinds(store)[1:] == [("lh-rental:1001#2", "revision")]
    assert told(store)[-1].changes == (Change("title", TITLE, f"[정정공고]{TITLE}"),)


def test_a_silent_edit_that_a_correction_told_before_is_no_news(store: Store, take: Take) -> None:
    take(call())
    take(correction(fields={"closes": "2026-09-19"}))
    assert take(call(fields={"closes": "2026-09-19"})).changed == ("1001",)
    assert len(told(store)) == 2
    take(call(fields={"closes": "2026-09-26"}))
    assert kinds(store)[2:] == [("lh-rental:1001#3", "revision")]


def test_a_correction_joins_its_announcement_with_what_changed(store: Store, take: Take) -> None:
    take(call())
    take(correction(fields={"closes": "2026-09-19"}))
    original, event = told(store)
    assert (event.kind, event.original_guid, event.original_title) == (EventKind.REVISION, original.guid, TITLE)
    assert event.changes == (Change("closes", "2026-09-12", "2026-09-19"),)
    assert event.reason
    assert event.announcement.title.startswith("[정정공고]")
    assert [seen.relation for seen in event.announcement.seen] == ["original", "revision"]


def test_an_original_that_comes_late_joins_and_is_not_told_as_new(store: Store, take: Take) -> None:
    take(correction(fields={"closes": "2026-09-19"}))
    take(call())
    assert kinds(store) == [("lh-rental:1002", "new")]
    (announcement,) = store.announcements.select(ALL)
    assert [(s.key, s.relation) for s in announcement.seen] == [("1001", "original"), ("1002", "revision")]
    assert announcement.title.startswith("[정정공고]")
    assert announcement.uid == "lh-rental:1002"


@pytest.mark.parametrize("backwards", [False, True])
def test_a_chain_of_ten_corrections_is_one_announcement(store: Store, take: Take, backwards: bool) -> None:
    chain = [call(fields={"closes": "2026-09-30"})]
    chain += [correction(str(1001 + n), n + 1, fields={"closes": f"2026-10-{n + 1:02}"}) for n in range(1, 11)]
    for notice in chain[::-1] if backwards else chain:
        take(notice)
    (announcement,) = store.announcements.select(ALL)
    assert len(announcement.seen) == 11
    assert announcement.facts["closes"].value == "2026-10-11"
    assert len(kinds(store)) == (1 if backwards else 11)
    assert [s.relation for s in announcement.seen] == ["original", *["revision"] * 10]


def test_the_same_on_another_board_makes_no_event(store: Store, take: Take) -> None:
    url = "https://apply.lh.or.kr/lhapply/apply/wt/wrtanc/selectWrtancInfo.do?panId=2015122300099991"
    take(call("2015122300099991", url=url))
    take(call("77", source=CITY.name, url=url))
    (announcement,) = store.announcements.select(ALL)
    assert [seen.relation for seen in announcement.seen] == ["original", "same"]
    assert len(told(store)) == 1


def test_another_round_stands_apart(store: Store, take: Take) -> None:
    take(call(title="햇살마을 3단지 행복주택 예비입주자 모집공고(1차)"))
    take(call("1002", "햇살마을 3단지 행복주택 예비입주자 모집공고(2차)"))
    assert store.announcements.count() == 2


def test_follow_ups_are_told_and_gather_when_their_call_comes_late(store: Store, take: Take) -> None:
    call_ = "햇살마을 3단지 행복주택 예비입주자 모집공고"
    take(call("1005", f"[접수결과 게시] {call_}", date(2026, 9, 14)))
    take(call("1001", call_))
    take(call("1009", f"[당첨자발표] {call_}", date(2026, 10, 1)))
    (announcement,) = store.announcements.select(ALL)
    assert [(s.key, s.relation) for s in announcement.seen] == [
        ("1001", "original"),
        ("1005", "follow_up"),
        ("1009", "follow_up"),
    ]
    assert kinds(store) == [("lh-rental:1005", "new"), ("lh-rental:1009", "follow_up")]
    assert announcement.title == call_


def test_a_notice_that_cannot_be_understood_spoils_no_other(store: Store) -> None:
    def stumble(notice: Notice, org: str = "", home: Region | None = None) -> Reading:
        if notice.key == "2":
            raise RecursionError
        return read(notice, org, home)

    intake = Intake(store, SOURCES, read=stumble)
    page = PageRead(LH.name, "list", AT, (call("1"), call("2", "달빛마을 1단지 국민임대 모집")), {})
    assert intake.take(None, page).unread == ("2",)
    assert intake.take(None, page).unread == ()
    assert len(told(store)) == 2


def test_a_correction_of_two_possible_originals_stands_apart_and_says_so(store: Store, take: Take) -> None:
    title = "햇살마을 3단지 행복주택 예비입주자 모집공고"
    open_ended = {"closes": ""}
    take(call("1", title, date(2026, 8, 3), fields=open_ended))
    take(call("2", title, date(2026, 8, 7), fields=open_ended))
    take(call("3", f"[정정공고]{title}", date(2026, 8, 10), fields=open_ended))
    assert store.announcements.count() == 3
    assert {other for other, _ in store.membership.related(3)} == {1, 2}
    explanation = explain(store, 3)
    assert explanation is not None
    assert all(reason for _, reason in explanation.witnesses[0].maybe)


def test_split_and_join_keep_guids_and_are_respected(store: Store, take: Take) -> None:
    take(call())
    take(correction(fields={"closes": "2026-09-19"}))
    before = kinds(store)
    apart = store.membership.split(2, AT)
    assert kinds(store) == [("lh-rental:1001", "new"), ("lh-rental:1002", "new")]
    assert store.announcements.count() == 2
    take(correction(fields={"closes": "2026-09-20"}))
    assert store.announcements.count() == 2
    assert kinds(store)[-1] == ("lh-rental:1002#2", "revision")
    store.membership.join(2, 1, AT)
    assert kinds(store)[:2] == before
    assert store.announcements.get(apart) is None
    explanation = explain(store, 1)
    assert explanation is not None
    assert len(explanation.witnesses) == 2


def test_splitting_the_founder_leaves_two_whole_announcements(store: Store, take: Take) -> None:
    take(call())
    take(correction())
    store.membership.split(1, AT)
    announcements = store.announcements.select(ALL)
    assert {a.uid for a in announcements} == {"lh-rental:1001", "lh-rental:1002"}
    assert kinds(store) == [("lh-rental:1001", "new"), ("lh-rental:1002", "new")]


def test_two_notices_with_one_key_are_a_doubt_and_the_last_wins(store: Store, take: Take) -> None:
    assert take(call(), call(title="달빛마을 1단지 국민임대 모집")).new == ("1001",)
    stored = store.notices.get(1)
    assert stored is not None
    assert stored.title == "달빛마을 1단지 국민임대 모집"
    assert "두 번" in stored.doubts[-1]


def test_endless_texts_are_cut_with_a_doubt(store: Store, take: Take) -> None:
    take(call(title="가" * 10_000_000, body="나" * 3_000_000, detail=True))
    stored = store.notices.get(1)
    assert stored is not None
    assert (len(stored.title), len(stored.body)) == (1000, 1_000_000)
    assert len(stored.doubts) == 2


def test_personal_data_is_masked_before_storing(store: Store, take: Take) -> None:
    take(call(body="문의 010-1234-5678", detail=True))
    stored = store.notices.get(1)
    assert stored is not None
    assert "1234" not in stored.body


def test_what_is_withdrawn_stays_away(store: Store, take: Take) -> None:
    take(call(body="햇살 가득한 집", detail=True))
    take(correction(body="햇살 가득한 집", detail=True))
    assert len(store.search("가득한")) == 1
    assert store.withdraw(2, AT)
    assert not store.withdraw(2, AT)
    assert kinds(store) == [("lh-rental:1001", "new")]
    assert take(correction(body="햇살 가득한 집", detail=True)).withdrawn == ("1002",)
    assert store.withdraw(1, AT)
    assert store.search("가득한") == []
    assert store.announcements.count() == 0
    left = b"".join(path.read_bytes() for path in store.path.parent.iterdir())
    assert "가득".encode() not in left
    assert b"1002" in left


def test_without_understanding_notices_are_stored_and_told_apart(store: Store) -> None:
    intake = Intake(store, SOURCES, understand=False)
    page = PageRead(LH.name, "list", AT, (call(),), {})
    assert intake.take(None, page).new == ("1001",)
    assert intake.take(None, page).unchanged == ("1001",)
    assert told(store) == []


texts = st.text(st.characters(codec=None), max_size=60)
notices = st.builds(
    Notice,
    source=st.just(LH.name),
    key=texts.filter(bool),
    title=texts,
    url=st.none() | texts,
    posted=st.none() | st.dates(),
    department=st.none() | texts,
    body=texts,
    attachments=st.lists(st.builds(Attachment, texts, st.none() | texts), max_size=2).map(tuple),
    fields=st.dictionaries(st.sampled_from(["closes", "status", "region"]), texts, max_size=3),
    detail=st.booleans(),
)


@settings(max_examples=40, derandomize=True, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.lists(notices, max_size=4))
def test_any_text_is_stored_and_saving_twice_is_saving_once(
    tmp_path_factory: pytest.TempPathFactory, page: list[Notice]
) -> None:
    with Store.open(tmp_path_factory.mktemp("any") / "jiballim.db") as store:
        intake = Intake(store, SOURCES)
        read = PageRead(LH.name, "list", AT, tuple(page), {notice.key: notice.title for notice in page})
        first = intake.take(None, read)
        before = list(store._db.raw.iterdump())
        again = intake.take(None, read)
        assert (again.new, again.changed, again.news) == ((), (), 0)
        assert len(again.unchanged) + len(again.withdrawn) == len(first.new)
        assert list(store._db.raw.iterdump()) == before
        store.events.select(ALL)


def test_a_notice_of_another_source_is_refused(store: Store) -> None:
    page = PageRead(CITY.name, "list", AT, (call(),), {})
    with pytest.raises(ValueError, match="lh-rental"):
        Intake(store, SOURCES).take(None, page)


def test_notices_are_told_in_the_order_in_which_they_were_posted(store: Store, take: Take) -> None:
    take(correction(fields={"closes": "2026-09-19"}), replace(call(), doubts=("목록의 제목이 짧습니다.",)))
    assert kinds(store) == [("lh-rental:1001", "new"), ("lh-rental:1002", "revision")]
