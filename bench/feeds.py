"""Feeds at size: 200,000 announcements, some 600 feeds of the newest 100 entries, beside plain feedgen calls."""

from __future__ import annotations

import json
import tempfile
import time
from collections.abc import Callable, Iterator
from datetime import date, datetime, timedelta
from pathlib import Path
from typing import Any

from feedgen.feed import FeedGenerator

from bench.report import Line
from feeds.build import NEWEST, Builder
from feeds.channel import KST, Site
from feeds.entry import Entry
from feeds.publish import dated_from, publish
from feeds.select import feeds
from feeds.shelf import StoreShelf
from notices import regions
from notices.store import SourceInfo, Store
from notices.vocabulary import AUDIENCES, SUPPLY

ANNOUNCEMENTS = 200_000
SOURCES = 290  # boards, most of one place each
DAY = date(2026, 11, 24)
START = datetime(2016, 1, 1, 9, tzinfo=KST)
BODY = "\n".join(f"{n}. 햇살마을에서 입주자를 모십니다. 자세한 것은 공고문을 보십시오." for n in range(12))


def lines() -> Iterator[Line]:
    """Measure building all, nothing changed and one new notice, in seconds of CPU."""
    with tempfile.TemporaryDirectory() as made:
        folder = Path(made)
        with Store.open(folder / "jiballim.db") as store:
            fill(store)
            first = timed(lambda: run(store, folder))
            entries = everything(store)
            floor = timed(lambda: plain(entries))
            yield Line(
                "feeds: all of them, against plain feedgen", first / floor, "×", 2, 1, note=f"{len(entries)} feeds"
            )
            nothing = timed(lambda: run(store, folder))
            yield Line("feeds: nothing changed", nothing, "s", 1)
            add(store, [ANNOUNCEMENTS + 1])
            yield Line("feeds: one new notice", timed(lambda: run(store, folder)), "s", 2)


def timed(work: Callable[[], object]) -> float:
    """CPU seconds of one call."""
    start = time.process_time()
    work()
    return time.process_time() - start


def run(store: Store, folder: Path) -> None:
    publish(store, folder / "public", base_url="https://feeds.example.org/", title="집알림", day=DAY)


def everything(store: Store) -> list[list[Entry]]:
    """The entries of every feed, as they were published."""
    shelf = StoreShelf(store)
    builder = Builder(shelf, Site("https://feeds.example.org/", "집알림"), dated_from(DAY))
    asked = [shelf.newest(feed.selection, NEWEST) for feed in feeds(shelf.facets(), DAY)]
    return [[entry for _, entry in builder.entries(ids) if entry] for ids in asked]


def plain(entries: list[list[Entry]]) -> None:
    """The same entries through feedgen as its manual shows it, RSS and Atom."""
    for made in entries:
        feed = FeedGenerator()
        feed.id("https://feeds.example.org/")
        feed.title("집알림")
        feed.link(href="https://feeds.example.org/")
        feed.description("공고")
        for one in made:
            item = feed.add_entry(order="append")
            item.id(one.guid)
            item.title(one.title)
            item.link(href=one.url or "https://feeds.example.org/")
            item.author(name=one.author)
            item.summary(one.summary)
            item.content(one.content, type="html")
            item.published(one.published)
            item.updated(one.updated)
            item.category([{"term": c.term, "label": c.label} for c in one.categories])
        feed.rss_str()
        feed.atom_str()


def fill(store: Store) -> None:
    """Write sources and announcements, each of one notice, straight into the tables."""
    store.sources.sync(
        [SourceInfo(f"s{n}", f"햇살 {n}번 게시판", f"햇살 {n}공사", licence="1") for n in range(SOURCES)]
    )
    for start in range(1, ANNOUNCEMENTS + 1, 10_000):
        add(store, range(start, min(start + 10_000, ANNOUNCEMENTS + 1)))


def add(store: Store, numbers: Any) -> None:
    """Write some announcements in one transaction."""
    db = store._db
    rows = [row(n) for n in numbers]
    with store.transaction():
        for table in rows[0]:
            width = len(rows[0][table][0])
            db.many(
                f"INSERT INTO {table} VALUES ({','.join('?' * width)})", [line for made in rows for line in made[table]]
            )


def row(n: int) -> dict[str, list[tuple[Any, ...]]]:
    """The rows of announcement n, by table, in the order of their keys."""
    places = _places()
    where = n * 7 % len(places)
    place, source = places[where], f"s{where % SOURCES}"
    supply, audience = SUPPLY[n % len(SUPPLY)], AUDIENCES[n * 3 % len(AUDIENCES)]
    at = (START + timedelta(minutes=28.6 * n)).isoformat(timespec="microseconds")
    posted, closes = at[:10], (date.fromisoformat(at[:10]) + timedelta(days=20)).isoformat()
    title, url = f"햇살마을 {n}단지 {supply} 예비입주자 모집공고", f"https://s.example.org/{n}"
    files = json.dumps([["모집공고문.hwp", f"{url}.hwp"], ["평면도.pdf", f"{url}.pdf"]])
    facts = (("opens", posted), ("closes", closes), ("homes", n % 300), ("deposit", 10_000_000 + n), ("rent", 54_000))
    return {
        "notice": [(n, source, str(n), None, None, at, 1, None, None, None, None, None, "original", "", 0, None)],
        "edition": [(n, 1, at, None, title, url, posted, None, BODY, files, "{}", "[]", 0, 1)],
        "reading": [(n, 1, 1, "모집", 0, "임대주택공고", *map(json.dumps, ([supply], [audience], [[place.name, place.code]])))],
        "fact": [(n, i, name, json.dumps(value), str(value), "body") for i, (name, value) in enumerate(facts)],
        "announcement": [
            (n, f"{source}:{n}", n, title, "모집", "임대주택공고", "공고중", 1, posted, posted, closes, 0, 0, at, at)
        ],
        "tag": [("region", place.code, n), ("supply", supply, n), ("audience", audience, n), ("source", source, n)],
        "event": [(n, f"{source}:{n}", "new", at, n, n, 1, title, url, posted, "[]", "")],
        "change": [(n, n)],
    }  # fmt: skip


def _places() -> list[Any]:
    names = [regions.by_name(name) for name in regions.names()]
    return [place for place in names if place is not None and not place.code.endswith("000")]
