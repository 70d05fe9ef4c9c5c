"""Real subscribers read what was published: nothing twice after a rebuild, corrections seen, 304 where nothing changed."""

from __future__ import annotations

import os
import shutil
import sqlite3
import subprocess
from collections.abc import Iterator
from datetime import date
from pathlib import Path

import feedparser
import pytest
from reader import make_reader

from feeds.channel import Site
from feeds.publish import publish_shelf
from notices.model import Change, EventKind
from tests.feeds.made import announcement, event
from tests.feeds.server import Served, serving
from tests.feeds.shelf import MadeShelf

DAY = date(2026, 9, 7)
TITLE = "햇살마을 1단지 국민임대 예비입주자 모집"


class Publisher:
    """A folder of feeds on loopback that can be published into again."""

    def __init__(self, folder: Path, served: Served) -> None:
        self.folder, self.served = folder, served
        self.shelf = MadeShelf(
            [event(1), event(2, announcement=announcement(id=2, uid="haetsal:102", title="구름마을 행복주택"))]
        )
        self.publish()

    def publish(self) -> None:
        publish_shelf(self.shelf, self.folder, Site(self.served.url, "집알림"), DAY)

    def correct(self) -> None:
        """A correction of the first notice: told anew, and its original updated."""
        told = announcement(corrected=True)
        first = event(1, announcement=told)
        self.shelf.all[0] = first
        back = {"original_guid": first.guid, "original_title": first.title, "original_url": first.url}
        closes = (Change("closes", "2026-09-12", "2026-09-19"),)
        self.shelf.add(
            event(3, EventKind.REVISION, announcement=told, title=f"[정정공고]{TITLE}", changes=closes, **back)
        )
        self.publish()

    def rebuild(self) -> None:
        """Build everything anew into an emptied folder."""
        shutil.rmtree(self.folder / "feeds")
        self.publish()

    def url(self, ending: str) -> str:
        return f"{self.served.url}feeds/all.{ending}"


@pytest.fixture
def publisher(tmp_path: Path) -> Iterator[Publisher]:
    with serving(tmp_path / "public") as served:
        yield Publisher(tmp_path / "public", served)


@pytest.mark.parametrize("ending", ["xml", "atom", "json"])
def test_reader_sees_each_once_and_the_correction(publisher: Publisher, tmp_path: Path, ending: str) -> None:
    with make_reader(str(tmp_path / "reader.db")) as reader:
        url = publisher.url(ending)
        reader.add_feed(url)
        first = reader.update_feed(url)
        assert first is not None and (first.new, first.modified) == (2, 0)
        publisher.rebuild()
        assert reader.update_feed(url) is None, "304: the same bytes"
        assert publisher.served.statuses[-1] == 304
        publisher.correct()
        second = reader.update_feed(url)
        assert second is not None and second.new == 1
        assert second.modified == 1, "the original is updated"
        titles = sorted(e.title or "" for e in reader.get_entries())
        assert titles == ["[정정] " + TITLE, "구름마을 행복주택", TITLE]
        original = next(e for e in reader.get_entries() if e.title == TITLE)
        assert "정정됨: 접수마감 9.12 → 9.19" in original.content[0].value
        publisher.rebuild()
        assert reader.update_feed(url) is None
        assert reader.get_entry_counts().total == 3


@pytest.mark.parametrize("ending", ["xml", "atom"])
def test_feedparser_reads_it_whole_and_asks_conditionally(publisher: Publisher, ending: str) -> None:
    publisher.correct()
    found = feedparser.parse(publisher.url(ending))
    assert not found.bozo and len(found.entries) == 3
    assert found.entries[0].title == "[정정] " + TITLE
    assert [e.href for e in found.entries[2].enclosures] == [
        "https://example.org/file/1.hwp",
        "https://example.org/file/2.pdf",
    ]
    publisher.rebuild()
    assert feedparser.parse(publisher.url(ending), etag=found.etag).status == 304


def test_feedparser_sees_the_original_updated_in_atom(publisher: Publisher) -> None:
    publisher.correct()
    original = feedparser.parse(publisher.url("atom")).entries[2]
    assert original.updated == "2026-09-01T12:00:00+09:00"
    assert original.published == "2026-09-01T10:00:00+09:00"


@pytest.mark.parametrize("ending", ["xml", "atom"])
def test_newsboat_sees_each_once_and_the_correction(publisher: Publisher, tmp_path: Path, ending: str) -> None:
    program = shutil.which("newsboat")
    if program is None:
        pytest.skip("newsboat is not installed: apt-get install -y newsboat")
    url = publisher.url(ending)
    boat = Boat(program, tmp_path / "boat", url)
    assert boat.reload() == "2 unread articles"
    boat.read_all()
    before = boat.rows()
    publisher.rebuild()
    assert boat.reload() == "0 unread articles"
    assert boat.rows() == before
    boat.reload()
    assert publisher.served.statuses[-1] == 304
    publisher.correct()
    assert boat.reload() == "2 unread articles", "the correction and its original"
    assert {row[1] for row in boat.rows()} == {TITLE, "구름마을 행복주택", "[정정] " + TITLE}
    assert len(boat.rows()) == 3
    assert not boat.errors.exists() or not boat.errors.read_text()


class Boat:
    """newsboat with a home of its own."""

    def __init__(self, program: str, home: Path, url: str) -> None:
        home.mkdir()
        self.home, self.errors = home, home / "errors"
        (home / "urls").write_text(url + "\n")
        (home / "config").write_text(f"auto-reload no\nreset-unread-on-update {url}\nerror-log {self.errors}\n")
        self.command = [
            program,
            "-q",
            "-u",
            str(home / "urls"),
            "-c",
            str(home / "cache.db"),
            "-C",
            str(home / "config"),
        ]

    def reload(self) -> str:
        done = subprocess.run(
            [*self.command, "-x", "reload", "print-unread"], env={**os.environ, "HOME": str(self.home), "LC_ALL": "C.UTF-8"},
            capture_output=True, text=True, timeout=30, check=True,
        )  # fmt: skip
        return done.stdout.strip().splitlines()[-1]

    def rows(self) -> list[tuple[str, str]]:
        with sqlite3.connect(self.home / "cache.db") as cache:
            return sorted(cache.execute("SELECT guid, title FROM rss_item"))

    def read_all(self) -> None:
        with sqlite3.connect(self.home / "cache.db") as cache:
            cache.execute("UPDATE rss_item SET unread = 0")
