"""Selections: which announcements and events answer to a region, a type, a section, a deadline."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import date, timedelta
from pathlib import Path

import pytest

from notices.intake import Intake
from notices.model import Change, EventKind, Notice, PageRead, Reading, Region
from notices.store import Store, newest
from notices.store.views import Selection
from tests.notices.test_intake import ALL, AT, CITY, LH, SOURCES, call

PAJU, GYEONGGI, SEOUL = Region("경기도 파주시", "41480"), Region("경기도", "41000"), Region("서울특별시", "11000")
READINGS = {
    "파주": Reading(True, "모집", False, "임대주택공고", ("행복주택",), ("청년",), (GYEONGGI, PAJU)),
    "경기": Reading(True, "모집", False, "임대주택공고", ("매입임대", "전세임대"), ("청년", "신혼부부"), (GYEONGGI,)),
    "서울": Reading(True, "발표", False, "임대주택공고", ("국민임대",), (), (SEOUL,)),
    "전국": Reading(True, "정책소식", False, "기타소식"),
    "토지": Reading(False, "입찰", False, "기타소식", (), (), (PAJU,)),
}


def by_first_word(notice: Notice, org: str = "", home: Region | None = None) -> Reading:
    return READINGS[notice.title.split()[0]]


@pytest.fixture(scope="module")
def store(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Store]:
    titles = ("파주 은하마을", "경기 가람주택", "서울 소담아파트", "전국 주거급여", "토지 공급")
    with Store.open(tmp_path_factory.mktemp("select") / "jiballim.db") as store:
        store.sources.sync(SOURCES.values())
        intake = Intake(store, SOURCES, read=by_first_word)
        for n, title in enumerate(titles):
            source = CITY if title.startswith("전국") else LH
            notice = call(str(n), title, date(2026, 9, n + 1), source=source.name)
            intake.take(None, PageRead(source.name, "list", AT + timedelta(days=n), (notice,), {}))
        yield store


@pytest.mark.parametrize(
    ("selection", "found"),
    [
        (Selection(), "파주 경기 서울 전국"),
        (ALL, "파주 경기 서울 전국 토지"),
        (Selection(regions=("41",)), "파주 경기 전국"),
        (Selection(regions=("41480",)), "파주 경기 전국"),
        (Selection(regions=("41110",)), "경기 전국"),
        (Selection(regions=("11", "41480")), "파주 경기 서울 전국"),
        (Selection(supply=("행복주택", "전세임대")), "파주 경기"),
        (Selection(supply=("행복주택",), audience=("신혼부부",)), ""),
        (Selection(audience=("청년",)), "파주 경기"),
        (Selection(sections=("기타소식",)), "전국"),
        (Selection(kinds=("발표", "정책소식")), "서울 전국"),
        (Selection(sources=(CITY.name,)), "전국"),
        (Selection(words="마을"), "파주"),
        (Selection(since=AT + timedelta(days=2)), "서울 전국"),
        (Selection(until=AT + timedelta(days=2)), "파주 경기"),
        (Selection(regions=("41",), relevant=False), "토지"),
    ],
)
def test_a_selection_finds(store: Store, selection: Selection, found: str) -> None:
    announcements = store.announcements.select(selection, order="posted")
    assert [a.title.split()[0] for a in reversed(announcements)] == found.split()
    assert [e.title.split()[0] for e in reversed(store.events.select(selection))] == found.split()


@pytest.mark.parametrize("rare", [0, 1, 4_000])
@pytest.mark.parametrize(
    "selection",
    [
        Selection(),
        ALL,
        Selection(regions=("41",)),
        Selection(regions=("41480",), supply=("행복주택",), audience=("청년", "신혼부부")),
        Selection(regions=("11", "41480"), kinds=("발표",)),
        Selection(sources=(LH.name,), audience=("청년",), sections=("임대주택공고",)),
        Selection(audience=("청년",), events=(EventKind.REVISION,)),
        Selection(supply=("없는유형",)),
        Selection(regions=("41",), relevant=False),
    ],
)
@pytest.mark.parametrize("limit", [1, 2, 100])
def test_the_newest_are_the_same_whether_tags_are_rare_or_not(
    store: Store, selection: Selection, rare: int, limit: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(newest, "RARE", rare)
    assert store.newest.ids(selection, limit) == [e.id for e in store.events.select(selection, limit)]


def test_events_go_on_from_a_cursor_and_stop_at_a_limit(store: Store) -> None:
    newest = store.events.select(ALL, limit=2)
    assert [e.id for e in newest] == [store.events.last_id(), store.events.last_id() - 1]
    assert [e.id for e in store.events.select(ALL, after=newest[1].id)] == [newest[0].id]
    assert store.events.select(replace(ALL, events=(EventKind.REVISION,))) == []


def test_what_a_correction_leaves_unsaid_stands_as_its_original_said_it(tmp_path: Path) -> None:
    mute = Reading(True, "모집", True, "임대주택공고")

    def read(notice: Notice, org: str = "", home: Region | None = None) -> Reading:
        return mute if "정정" in notice.title else READINGS["파주"]

    with Store.open(tmp_path / "jiballim.db") as store:
        intake = Intake(store, SOURCES, read=read)
        for key, title in (
            ("1", "파주 은하마을 1단지 행복주택 모집"),
            ("2", "[정정공고]파주 은하마을 1단지 행복주택 모집"),
        ):
            intake.take(None, PageRead(LH.name, "list", AT, (call(key, title),), {}))
        (announcement,) = store.announcements.select(Selection(regions=("41480",), supply=("행복주택",)))
        assert announcement.regions == (GYEONGGI, PAJU)


def test_many_events_need_few_queries(store: Store) -> None:
    asked: list[str] = []
    store._db.raw.set_trace_callback(asked.append)
    store.events.select(ALL, 1000)
    store._db.raw.set_trace_callback(None)
    assert len(asked) <= 10


def test_each_of_several_announcements_tells_its_story(store: Store) -> None:
    told = store.events.of_each([1, 2, 99])
    assert {n: [e.guid for e in events] for n, events in told.items()} == {1: ["lh-rental:0"], 2: ["lh-rental:1"]}
    assert Change("closes", None, None) not in told[1][0].changes


def test_a_stamp_changes_with_the_announcement_and_with_the_sources(tmp_path: Path) -> None:
    with Store.open(tmp_path / "jiballim.db") as store:
        store.sources.sync(SOURCES.values())
        intake = Intake(store, SOURCES, read=by_first_word)
        for n, title in enumerate(("파주 은하마을", "경기 가람주택")):
            intake.take(None, PageRead(LH.name, "list", AT, (call(str(n), title),), {}))
        first = store.newest.stamps([1, 2, 99])
        assert set(first) == {1, 2} and store.newest.stamps([1, 2]) == first
        store.membership.refresh(1, AT)
        second = store.newest.stamps([1, 2])
        assert second[1] != first[1] and second[2] == first[2]
        store.sources.sync([replace(source, licence="4") for source in SOURCES.values()])
        assert store.newest.stamps([2])[2] != second[2]
        assert store.events.ids(ALL, 5) == [event.id for event in store.events.select(ALL, 5)]
