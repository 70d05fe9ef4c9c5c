"""What a page of all announcements shows: the current ones, all in order, the changed, how many came when."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import date, timedelta
from pathlib import Path

import pytest

from notices.intake import Intake
from notices.model import Fact, Notice, PageRead, Reading, Region
from notices.store import Store
from tests.notices.test_intake import AT, LH, SOURCES, call

DAY = date(2026, 9, 10)
CLOSES = {
    "가람마을": "2026-09-30", "나래마을": "2026-09-10", "다솜마을": "2026-09-01", "라온마을": "2026-01-01",
    "마루마을": None, "바다마을": "2026-09-20",
}  # fmt: skip


def by_name(notice: Notice, org: str = "", home: Region | None = None) -> Reading:
    name = notice.title.split()[0]
    closes = CLOSES[name]
    facts = (Fact("closes", closes, closes, "body"),) if closes else ()
    return Reading(name != "바다마을", "모집", False, "임대주택공고", facts=facts)


@pytest.fixture
def store(tmp_path: Path) -> Iterator[Store]:
    with Store.open(tmp_path / "jiballim.db") as store:
        store.sources.sync(SOURCES.values())
        intake = Intake(store, SOURCES, read=by_name)
        for n, name in enumerate(CLOSES):
            notice = call(str(n), f"{name} 모집", date(2026, 9, n + 1), source=LH.name)
            intake.take(None, PageRead(LH.name, "list", AT + timedelta(days=n), (notice,), {}))
        yield store


def names(store: Store, ids: list[int]) -> list[str]:
    found = store.announcements.among(ids)
    return [found[n].title.split()[0] for n in ids]


def test_current_are_the_open_then_those_without_a_deadline_then_the_lately_closed(store: Store) -> None:
    since = DAY - timedelta(days=60)
    ids = store.shown.current(DAY, since, since, 100)
    assert names(store, ids) == ["나래마을", "가람마을", "마루마을", "다솜마을"]
    assert store.shown.current(DAY, since, since, 2) == ids[:2], "the limit takes the oldest away"
    assert names(store, store.shown.current(DAY, since, date(2026, 9, 6), 100)) == ["나래마을", "가람마을", "다솜마을"]


def test_all_come_in_portions_without_what_is_not_relevant(store: Store) -> None:
    first = store.shown.after(0, 3)
    rest = store.shown.after(first[-1], 10)
    assert names(store, [*first, *rest]) == ["가람마을", "나래마을", "다솜마을", "라온마을", "마루마을"]
    assert store.shown.among([*rest, 99]) == rest


def test_what_changed_is_told_however_much(store: Store) -> None:
    mark = store.changes.mark()
    assert store.shown.changed(mark) == []
    intake = Intake(store, SOURCES, read=by_name)
    edited = replace(call("0", "가람마을 모집", date(2026, 9, 1), source=LH.name), body="새 글")
    intake.take(None, PageRead(LH.name, "list", AT + timedelta(days=9), (edited,), {}))
    changed = store.shown.changed(mark)
    assert changed is not None and names(store, changed) == ["가람마을"]
    assert len(store.shown.changed({"serial": 0, "sources": mark["sources"]}) or []) == len(CLOSES)
    assert store.shown.changed({"serial": 0, "sources": []}) is None, "another licence changes every page"
    assert store.shown.changed({}) is None


def test_days_are_counted(store: Store) -> None:
    assert store.shown.posted(date(2026, 9, 4)) == [
        ("2026-09-04", "임대주택공고", 1),
        ("2026-09-05", "임대주택공고", 1),
    ]
