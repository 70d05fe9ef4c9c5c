"""Entries kept from one feed to the next: the same bytes as without, and nothing stale."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import date

from feeds.build import Builder
from feeds.channel import Site
from feeds.items import Entries, Items
from feeds.select import Feed
from feeds.syndication import Item
from notices.store.views import Event, Selection
from tests.feeds.made import announcement, event
from tests.feeds.shelf import MadeShelf

SITE = Site("https://feeds.example.org/", "집알림")
FEED = Feed("choice", "고른 것", "고른 조건", "전체", Selection())


class CountingShelf(MadeShelf):
    """Notes which events were read."""

    def __init__(self, events: Sequence[Event]) -> None:
        super().__init__(events)
        self.read: list[int] = []

    def events(self, ids: Sequence[int]) -> Mapping[int, Event]:
        self.read += ids
        return super().events(ids)


def made(shelf: MadeShelf, form: str, kept: Entries | None = None) -> bytes:
    return Builder(shelf, SITE, date(2026, 9, 1), kept).one(FEED, form)


def test_what_was_made_once_is_laid_down_again_in_every_format() -> None:
    shelf, kept = CountingShelf([event(n, announcement=announcement(id=n)) for n in range(1, 6)]), Entries()
    for form in ("xml", "atom", "json", "xml", "atom", "json"):
        assert made(shelf, form, kept) == made(MadeShelf(shelf.all), form)
    assert sorted(shelf.read) == [1, 2, 3, 4, 5]


def test_an_event_that_says_something_else_is_made_anew() -> None:
    shelf, kept = CountingShelf([event(n, announcement=announcement(id=n)) for n in (1, 2)]), Entries()
    made(shelf, "xml", kept)
    shelf.all[0] = replace(shelf.all[0], title="달라진 제목")
    assert "달라진 제목".encode() in made(shelf, "xml", kept)
    assert shelf.read == [2, 1, 1]


def test_no_more_are_kept_than_is_said() -> None:
    shelf, kept = CountingShelf([event(n, announcement=announcement(id=n)) for n in range(1, 8)]), Entries(3)
    assert made(shelf, "atom", kept) == made(MadeShelf(shelf.all), "atom")
    assert len(kept.known(shelf.stamps(range(1, 8)))) == 3


def test_entries_of_one_guid_are_not_taken_for_each_other() -> None:
    shelf = MadeShelf([event(1)])
    ((_, one),) = Builder(shelf, SITE, date(2026, 9, 1)).entries([1])
    assert one is not None
    items, other = Items(), replace(one, title="다른 제목")
    assert items.item(one).rss == Item(one).rss and items.item(other).rss == Item(other).rss
    assert "다른 제목" in items.json(other) and "다른 제목" not in items.json(one)
