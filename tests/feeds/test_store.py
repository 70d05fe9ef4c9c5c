"""Feeds of the real store: what intake tells is what subscribers get, through corrections, silence, splits and withdrawal."""

from __future__ import annotations

import json
from collections.abc import Iterator
from datetime import date, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest

from feeds.channel import KST
from feeds.publish import Published, publish
from notices.intake import Intake
from notices.model import Attachment, Fact, Notice, PageRead, Reading, Region
from notices.store import SourceInfo, Store

START = datetime(2026, 9, 1, 9, 0, tzinfo=KST)
SOURCES = {
    "haetsal": SourceInfo("haetsal", "햇살도시공사 공고", "햇살도시공사", licence="1"),
    "gureum": SourceInfo("gureum", "구름구청 공고", "구름구청", "11500"),
}


def read(notice: Notice, *, org: str = "", home: Region | None = None) -> Reading:
    """Read what a test wrote into the fields."""
    told = notice.fields
    facts = tuple(
        Fact(n, told[n], told[n], f"field:{n}") for n in ("opens", "closes", "corrects", "status") if n in told
    )
    regions = (Region("경기도 파주시", "41480"),) if notice.source == "haetsal" else (home,) if home else ()
    return Reading(
        True, told.get("kind", "모집"), "정정" in notice.title, "임대주택공고", ("국민임대",), ("청년",), regions, facts
    )


class Town:
    """A store, its sources, and the folder that is published into."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.store = Store.open(folder / "jiballim.db")
        self.store.sources.sync(SOURCES.values())
        self.intake = Intake(self.store, SOURCES, read=read)
        self.at = START

    def hear(self, key: str, title: str, source: str = "haetsal", **fields: str) -> None:
        self.at += timedelta(hours=1)
        notice = Notice(
            source, key, title, f"https://{source}.example.org/{key}", date(2026, 9, 1), body="입주자를 모십니다.",
            attachments=(Attachment("공고문.hwp", f"https://{source}.example.org/{key}.hwp"),), fields=fields, detail=True,
        )  # fmt: skip
        url = f"https://{source}.example.org/list"
        self.intake.take(None, PageRead(source, url, self.at, (notice,), {key: title + str(fields)}))

    def publish(self, where: str = "public", day: date = date(2026, 9, 7)) -> Published:
        return publish(self.store, self.folder / where, base_url="https://feeds.example.org", title="집알림", day=day)

    def items(self, stem: str = "all", where: str = "public") -> list[dict[str, Any]]:
        path = self.folder / where / "feeds" / f"{stem}.json"
        items: list[dict[str, Any]] = json.loads(path.read_bytes())["items"]
        return items

    def same_as_fresh(self) -> None:
        """What grew day by day equals what is built at once."""
        self.publish("fresh")
        kept, fresh = (
            {p.relative_to(self.folder / w): p.read_bytes() for p in (self.folder / w).rglob("*.*")}
            for w in ("public", "fresh")
        )
        assert kept == fresh


@pytest.fixture
def town(tmp_path: Path) -> Iterator[Town]:
    made = Town(tmp_path)
    made.hear(
        "101", "햇살마을 1단지 국민임대 예비입주자 모집공고", closes="2026-09-12", opens="2026-09-09", status="공고중"
    )
    made.hear("7", "구름동 매입임대 입주자 모집공고", "gureum", closes="2026-10-30")
    made.publish()
    yield made
    made.store.close()


def test_feeds_of_what_was_heard(town: Town) -> None:
    assert [i["id"] for i in town.items()] == ["tag:jiballim,2026:gureum:7", "tag:jiballim,2026:haetsal:101"]
    assert [i["id"] for i in town.items("region/41480")] == ["tag:jiballim,2026:haetsal:101"]
    assert [i["id"] for i in town.items("region/11500")] == ["tag:jiballim,2026:gureum:7"]
    assert [i["id"] for i in town.items("closing")] == ["tag:jiballim,2026:haetsal:101"]
    assert "모십니다" in town.items("source/haetsal")[0]["content_html"]
    assert "모십니다" not in town.items("source/gureum")[0]["content_html"], "its licence is unknown"


def test_a_second_publishing_changes_nothing(town: Town) -> None:
    done = town.publish()
    assert (done.written, done.removed, done.left_out) == ((), (), ())


def test_a_correction_is_told_and_its_original_updated(town: Town) -> None:
    town.hear(
        "109", "[정정공고]햇살마을 1단지 국민임대 예비입주자 모집공고", closes="2026-09-19", corrects="haetsal:101"
    )
    done = town.publish()
    assert not any(p.startswith("region/11") for p in done.written)
    revision, _, original = town.items()
    assert revision["title"] == "[정정] 햇살마을 1단지 국민임대 예비입주자 모집공고"
    assert revision["external_url"] == "https://haetsal.example.org/101"
    assert "접수마감 9.12 → 9.19" in revision["summary"]
    assert original["id"].endswith(":101") and original["date_modified"] == revision["date_published"]
    assert "정정됨" in original["content_html"]
    assert [i["id"] for i in town.items("corrections")] == [revision["id"]]
    assert b"SEQUENCE:1" in (town.folder / "public/feeds/region/41480.ics").read_bytes()
    town.same_as_fresh()


def test_a_silent_change_of_status_shows_without_news(town: Town) -> None:
    before = town.items("region/41480")
    town.hear(
        "101", "햇살마을 1단지 국민임대 예비입주자 모집공고", closes="2026-09-12", opens="2026-09-09", status="접수중"
    )
    town.publish()
    assert [i["id"] for i in town.items("region/41480")] == [i["id"] for i in before]
    assert town.items("region/41480")[0]["date_modified"] == before[0]["date_modified"]
    town.same_as_fresh()


def test_a_silent_edit_of_the_deadline_is_a_correction(town: Town) -> None:
    town.hear(
        "101", "햇살마을 1단지 국민임대 예비입주자 모집공고", closes="2026-09-19", opens="2026-09-09", status="공고중"
    )
    town.publish()
    assert [i["id"].rpartition(":")[2] for i in town.items("region/41480")] == ["101#2", "101"]
    town.same_as_fresh()


def test_guids_survive_split_and_join(town: Town) -> None:
    town.hear(
        "109", "[정정공고]햇살마을 1단지 국민임대 예비입주자 모집공고", closes="2026-09-19", corrects="haetsal:101"
    )
    town.publish()
    ids = {i["id"] for i in town.items()}
    number = town.store.notices.find("haetsal", "109")
    assert number is not None
    town.store.membership.split(number, town.at)
    town.publish()
    assert {i["id"] for i in town.items()} == ids
    town.same_as_fresh()
    first = town.store.announcements.find("haetsal:101")
    assert first is not None
    town.store.membership.join(number, first, town.at + timedelta(hours=1))
    town.publish()
    assert {i["id"] for i in town.items()} == ids
    town.same_as_fresh()


def test_withdrawn_is_gone_from_every_file(town: Town) -> None:
    number = town.store.notices.find("haetsal", "101")
    assert number is not None
    town.store.withdraw(number, town.at)
    done = town.publish()
    assert "region/41480.xml" in done.removed
    assert not any("햇살마을".encode() in p.read_bytes() for p in (town.folder / "public").rglob("*.*"))
    town.same_as_fresh()


def test_another_licence_of_a_source_shows_at_once(town: Town) -> None:
    town.store.sources.sync(
        [SourceInfo("haetsal", "햇살도시공사 공고", "햇살도시공사", licence="4"), SOURCES["gureum"]]
    )
    town.publish()
    assert "모십니다" not in town.items("source/haetsal")[0]["content_html"]


def test_a_list_of_winners_never_seen_before_is_no_news_to_residents(town: Town) -> None:
    town.hear("120", "별빛마을 당첨자 발표", kind="발표")
    town.publish()
    assert all(":120" not in i["id"] for i in town.items())
    assert any(":120" in i["id"] for i in town.items("source/haetsal"))
    town.same_as_fresh()
