"""Build one feed's documents from the store; entries and dates that several feeds share are made once."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from datetime import date

from feeds.calendar import assemble, components
from feeds.centres import GROUP
from feeds.channel import FOLDER, Channel, Site
from feeds.entry import Entry, entry
from feeds.items import Entries, Made
from feeds.jsonfeed import json_feed
from feeds.select import Feed
from feeds.shelf import Shelf
from feeds.syndication import atom, rss
from notices.korean import one_line
from notices.model import EventKind
from notices.store.views import Announcement, Event

NEWEST = 100
"""Entries in a feed."""

SOONEST = 300
"""Announcements in a calendar."""

ALWAYS = ("전체", GROUP)
"""Groups whose feeds are there though nothing stands in them."""


class Builder:
    """Makes documents of feeds; `left_out` names the entries that could not be made.

    With `kept`, entries of earlier feeds are taken over as long as the shelf's stamps say that they stand.
    """

    def __init__(self, shelf: Shelf, site: Site, dated_from: date, kept: Entries | None = None) -> None:
        self.left_out: list[str] = []
        self.title = site.title
        self._shelf, self._site, self._dated_from = shelf, site, dated_from
        self._lasting, self._entries = kept is not None, kept or Entries()
        self._items = self._entries.items
        self._days: dict[int, bytes] = {}
        self._told: dict[int, Sequence[Event]] = {}

    def channel(self, feed: Feed) -> Channel:
        """Return what a feed says of itself."""
        base = f"{self._site.base_url}{FOLDER}/"
        title = one_line(f"{self._site.title}: {feed.title}")
        return Channel(feed.stem, title, feed.about, base, base + feed.stem, self._site.base_url)

    def build(self, feeds: Iterable[Feed]) -> Iterator[tuple[Feed, tuple[int, ...], dict[str, bytes]]]:
        """Yield each feed, the ids of the announcements it holds and its documents by ending; none without events.

        Feeds that hold the same events come one after the other, so that little need be remembered.
        """
        plan = [(self._shelf.newest(feed.selection, NEWEST), feed) for feed in feeds]
        for ids, feed in sorted(plan, key=lambda planned: planned[0], reverse=True):
            if ids or feed.group in ALWAYS:
                yield feed, *self._build(feed, ids)
            else:
                yield feed, (), {}

    def _build(self, feed: Feed, ids: Sequence[int]) -> tuple[tuple[int, ...], dict[str, bytes]]:
        channel, made = self.channel(feed), self.entries(ids)
        entries = [entry for _, entry in made if entry]
        documents = {
            "xml": rss(channel, entries, self._items.item),
            "atom": atom(channel, entries, self._items.item),
            "json": json_feed(channel, entries, self._items.json),
        }
        held = {announcement_id for announcement_id, _ in made}
        if EventKind.REVISION not in feed.selection.events:
            dated, documents["ics"] = self._calendar(feed, channel)
            held |= set(dated)
        return tuple(sorted(held)), documents

    def one(self, feed: Feed, form: str) -> bytes:
        """Return one document of a feed ("xml", "atom", "json", "ics") and make no other, for who asks for that alone."""
        channel = self.channel(feed)
        if form == "ics":
            return self._calendar(feed, channel)[1]
        made = self.entries(self._shelf.newest(feed.selection, NEWEST))
        entries = [entry for _, entry in made if entry]
        if form == "json":
            return json_feed(channel, entries, self._items.json)
        return (rss if form == "xml" else atom)(channel, entries, self._items.item)

    def _calendar(self, feed: Feed, channel: Channel) -> tuple[list[int], bytes]:
        since = feed.selection.closes_from or self._dated_from
        dated = self._shelf.dated(replace(feed.selection, events=(), closes_from=since), SOONEST)
        return dated, assemble(channel.title, channel.about, self._dated(dated))

    def entries(self, ids: Sequence[int]) -> list[Made]:
        """Return each event's announcement and entry, None for an entry that cannot be made."""
        stamps = self._shelf.stamps(ids) if self._lasting else dict.fromkeys(ids)
        known = self._entries.known(stamps)
        unknown = [n for n in ids if n not in known]
        events = self._shelf.events(unknown)
        self._learn([event.announcement for event in events.values()])
        made = {n: (events[n].announcement.id, self._make(events[n])) for n in unknown if n in events}
        self._entries.keep(made, stamps)
        known |= made
        return [known[n] for n in ids if n in known]

    def _make(self, event: Event) -> Entry | None:
        """Make an entry; one that cannot be made is named and spoils no feed."""
        corrections = [
            told
            for told in self._told.get(event.announcement.id, ())
            if told.kind is EventKind.REVISION and told.original_guid == event.guid
        ]
        try:
            return entry(event, corrections, self._site.feedback_url)
        except Exception as wrong:
            self.left_out.append(f"{one_line(event.guid)}: {type(wrong).__name__}: {one_line(str(wrong))[:200]}")
            return None

    def _dated(self, ids: Sequence[int]) -> Iterator[bytes]:
        unknown = self._shelf.announcements([n for n in ids if n not in self._days])
        self._learn(list(unknown.values()))
        for n, told in unknown.items():
            self._days[n] = components(told, self._told.get(n, ()))
        return (self._days[n] for n in sorted(ids))

    def _learn(self, announcements: Sequence[Announcement]) -> None:
        """Ask once what was told of the corrected ones: their corrections update the original's entry."""
        unknown = {told.id for told in announcements if told.corrected and told.id not in self._told}
        if unknown:
            self._told.update(self._shelf.told(sorted(unknown)))
