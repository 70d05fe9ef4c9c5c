"""Eight real days of LH's list: each announcement is told once, every correction is heard, a changed status is no news."""

from __future__ import annotations

import json
from collections.abc import Iterator
from datetime import date, datetime
from pathlib import Path
from typing import Any

import pytest

from notices.intake import Intake
from notices.model import Attachment, EventKind, Notice, PageRead
from notices.store import SourceInfo, Store
from notices.store.views import Event, Selection

LH = SourceInfo("lh-rental", "LH 청약플러스 임대", "LH", kind="lh")
ALL = Selection(relevant=None)


def notice(item: dict[str, Any]) -> Notice:
    """The notice of one row of a snapshot."""
    said = {
        "supply": item["noticeType"],
        "region": item["region"],
        "status": item["status"],
        "closes": item["deadlineAt"],
    }
    return Notice(
        source=LH.name,
        key=item["sourceNoticeKey"],
        title=item["title"],
        url=item["detailUrl"],
        posted=date.fromisoformat(item["postedAt"]),
        attachments=tuple(Attachment(a["name"], a["url"]) for a in item["attachments"]),
        fields={name: value for name, value in said.items() if value},
    )


def pages(corpus: Path) -> Iterator[PageRead]:
    """The snapshots as pages, in order."""
    for path in sorted((corpus / "series" / "lh-rental").glob("*.json")):
        snapshot = json.loads(path.read_text("utf-8"))
        notices = tuple(notice(item) for item in snapshot["items"])
        at = datetime.fromisoformat(snapshot["generatedAt"])
        rows = {n.key: f"{n.title}|{n.fields.get('status')}" for n in notices}
        yield PageRead(LH.name, snapshot["sourceUrl"], at, notices, rows)


@pytest.fixture(scope="module")
def store(corpus: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Store]:
    with Store.open(tmp_path_factory.mktemp("series") / "jiballim.db") as store:
        store.sources.sync([LH])
        intake = Intake(store, {LH.name: LH})
        for page in pages(corpus):
            intake.take(store.runs.begin(LH.name, page.at), page)
        yield store


def events(store: Store, kind: EventKind) -> list[Event]:
    return store.events.select(Selection(relevant=None, events=(kind,)), limit=1000)


def test_each_announcement_is_told_once(store: Store) -> None:
    assert store.notices.count() == 80
    assert store.announcements.count() == 70
    told = events(store, EventKind.NEW)
    assert len(told) == 70
    assert len({event.announcement.id for event in told}) == 70


def test_every_correction_joins_or_stands_alone(store: Store) -> None:
    told = events(store, EventKind.REVISION)
    assert len(told) == 10
    assert all(event.original_guid for event in told)
    assert not events(store, EventKind.FOLLOW_UP)
    alone = [e for e in events(store, EventKind.NEW) if e.title.startswith("[정정공고]")]
    assert len(alone) == 6


def test_a_changed_status_is_an_edition_and_no_news(store: Store) -> None:
    editions = [store.notices.editions(n) for n in range(1, 81)]
    changed = [e for e in editions if len(e) > 1]
    assert len(changed) == 23
    for first, *rest in changed:
        for said in rest:
            assert first.notice.fields["status"] != said.notice.fields["status"]
            assert first.notice.fields["closes"] == said.notice.fields["closes"]
            assert first.notice.title == said.notice.title


def test_the_whole_series_again_changes_nothing(store: Store, corpus: Path) -> None:
    before = store.events.last_id()
    page = list(pages(corpus))[-1]
    taken = Intake(store, {LH.name: LH}).take(None, page)
    assert (taken.new, taken.changed, taken.news) == ((), (), 0)
    assert store.events.last_id() == before
