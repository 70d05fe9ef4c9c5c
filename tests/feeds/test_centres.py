"""The feeds of centres: their regions, their 관내 주거복지사업, their picks; grown day by day as built at once."""

from __future__ import annotations

import json
from collections.abc import Iterator
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest

from feeds.centres import Centre
from feeds.publish import publish
from notices.store import SourceInfo
from tests.feeds.test_store import SOURCES, Town

PAJU = Centre("paju", "파주시 주거복지센터", ("4148",), "centre-paju")
SEOUL = Centre("seoul", "중앙센터", (), "centre-seoul")
OWN = SourceInfo("centre-paju", "파주시 주거복지센터 소식", "파주시 주거복지센터", "41480", "centre", licence="own")
DAY = date(2026, 9, 7)
AT = datetime(2026, 9, 7, tzinfo=UTC)


class Centres(Town):
    """A town with two centres."""

    def out(self, where: str = "public", centres: tuple[Centre, ...] = (PAJU, SEOUL)) -> tuple[str, ...]:
        done = publish(
            self.store,
            self.folder / where,
            base_url="https://feeds.example.org",
            title="집알림",
            day=DAY,
            centres=centres,
        )
        return done.written

    def ids(self, stem: str) -> list[str]:
        return [item["id"].rpartition(",2026:")[2] for item in self.items(stem)]

    def same(self) -> None:
        self.out("fresh")
        kept, fresh = (
            {p.relative_to(self.folder / w): p.read_bytes() for p in (self.folder / w).rglob("*.*")}
            for w in ("public", "fresh")
        )
        assert kept == fresh


@pytest.fixture
def town(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Centres]:
    monkeypatch.setitem(SOURCES, OWN.name, OWN)
    made = Centres(tmp_path)
    made.hear("101", "햇살마을 1단지 국민임대 예비입주자 모집공고", closes="2026-09-12")
    made.hear("7", "구름동 매입임대 입주자 모집공고", "gureum", closes="2026-10-30")
    made.out()
    yield made
    made.store.close()


def test_each_centre_has_its_feeds_from_the_first_day(town: Centres) -> None:
    assert town.ids("centre/paju") == ["haetsal:101"]
    assert town.ids("centre/seoul") == ["gureum:7", "haetsal:101"]
    assert (town.ids("centre/paju-curated"), town.ids("centre/paju-welfare")) == ([], [])
    assert (town.folder / "public/feeds/centre/paju.xml").exists()
    assert "파주시 주거복지센터" in (town.folder / "public/feeds/feeds.opml").read_text("utf-8")
    assert town.out() == ()


def test_a_pick_enters_the_curated_feed_of_its_centre_alone(town: Centres) -> None:
    told = town.store.announcements.find("gureum:7")
    assert told
    town.store.curation.decide("paju", told, "picked", town.at, None, None)
    written = town.out()
    assert town.ids("centre/paju-curated") == ["gureum:7"]
    assert {path.partition(".")[0] for path in written} == {"centre/paju-curated"}
    assert town.ids("centre/seoul-curated") == []
    town.same()
    town.store.curation.decide("paju", told, "hidden", town.at, None, None)
    town.out()
    assert town.ids("centre/paju-curated") == []
    town.same()


def test_what_a_centre_hid_stands_in_none_of_its_own_feeds_and_everywhere_else(town: Centres) -> None:
    number = town.store.announcements.find("haetsal:101")
    assert number
    town.store.curation.decide("paju", number, "hidden", AT, None, None)
    written = town.out()
    assert town.ids("centre/paju") == []
    assert {path.partition(".")[0] for path in written} == {"centre/paju"}
    for stem in ("all", "region/41", "centre/seoul"):
        assert "haetsal:101" in town.ids(stem), stem
    town.same()
    town.store.curation.decide("paju", number, "picked", AT + timedelta(hours=1), None, None)
    town.out()
    assert town.ids("centre/paju") == town.ids("centre/paju-curated") == ["haetsal:101"]
    town.store.curation.decide("paju", number, "hidden", AT + timedelta(hours=2), None, None)
    town.out()
    assert town.ids("centre/paju") == town.ids("centre/paju-curated") == []
    town.same()


def test_own_news_stands_in_the_centre_s_feeds_whatever_its_kind_and_is_marked(town: Centres) -> None:
    town.hear("visit", "찾아가는 주거상담", OWN.name, kind="교육행사")
    town.out()
    for stem in ("centre/paju", "centre/paju-welfare"):
        assert town.ids(stem)[0] == "centre-paju:visit"
    item: dict[str, Any] = json.loads((town.folder / "public/feeds/centre/paju.json").read_bytes())["items"][0]
    assert item["authors"] == [{"name": "파주시 주거복지센터 (우리 센터)"}]
    assert "센터가 직접" in item["summary"]
    assert town.ids("centre/seoul-welfare") == []
    town.same()


def test_a_withdrawn_notice_leaves_every_feed(town: Centres) -> None:
    town.hear("visit", "찾아가는 주거상담", OWN.name, kind="교육행사")
    town.out()
    notice = town.store.notices.find(OWN.name, "visit")
    assert notice
    town.store.withdraw(notice, town.at)
    town.out()
    assert "centre-paju:visit" not in town.ids("centre/paju")
    town.same()


def test_a_centre_that_is_gone_leaves_no_files(town: Centres) -> None:
    town.out(centres=(SEOUL,))
    assert not list((town.folder / "public/feeds/centre").glob("paju*"))


def test_twenty_six_centres_have_their_feeds_each(town: Centres) -> None:
    many = tuple(Centre(f"gu-{n}", f"{n}구", (f"11{n:03}",), f"centre-gu-{n}") for n in range(110, 135))
    town.out(centres=(*many, SEOUL))
    assert len(list((town.folder / "public/feeds/centre").glob("*.xml"))) == 3 * 26
