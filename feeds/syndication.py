"""Write RSS 2.0 and Atom through feedgen, wrapped once and for all: each of its faults has its cure here.

The cures use its public extension API and one subclass; docs/decisions/0009-feedgen-wrapped.md names them.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from feedgen.entry import FeedEntry
from feedgen.ext.base import BaseEntryExtension, BaseExtension
from feedgen.feed import FeedGenerator
from lxml import etree

from feeds.channel import Channel, updated
from feeds.entry import Entry, Link

ATOM = "http://www.w3.org/2005/Atom"
DC = "http://purl.org/dc/elements/1.1/"
GENERATOR = "jiballim"
TYPES = {"xml": "application/rss+xml", "atom": "application/atom+xml"}


class _Feed(BaseExtension):  # type: ignore[misc]  # feedgen carries no types
    """Links that feedgen leaves out of RSS, and the namespaces of our elements."""

    hub: str | None = None
    others: tuple[Link, ...] = ()

    def extend_ns(self) -> dict[str, str]:
        return {"dc": DC}

    def extend_rss(self, feed: Any) -> Any:
        for other in self.others:
            _link(feed[0], f"{{{ATOM}}}link", "alternate", other)
        if self.hub:
            etree.SubElement(feed[0], f"{{{ATOM}}}link", rel="hub", href=self.hub)
        return feed

    def extend_atom(self, feed: Any) -> Any:
        for other in self.others:
            _link(feed, "link", "alternate", other)
        if self.hub:
            etree.SubElement(feed, "link", rel="hub", href=self.hub)
        return feed


class _Words(BaseEntryExtension):  # type: ignore[misc]
    """What feedgen breaks in an entry: links with rel and type, an author without an address, every enclosure."""

    entry: Entry

    def extend_rss(self, item: Any) -> Any:
        if self.entry.url:
            etree.SubElement(item, "link").text = self.entry.url
        etree.SubElement(item, f"{{{DC}}}creator").text = self.entry.author
        for link in _links(self.entry):
            _link(item, f"{{{ATOM}}}link", *link)
        return item

    def extend_atom(self, item: Any) -> Any:
        if self.entry.url:
            etree.SubElement(item, "link", rel="alternate", type="text/html", href=self.entry.url)
        for link in _links(self.entry):
            _link(item, "link", *link)
        return item


class _Item(FeedEntry):  # type: ignore[misc]
    """An entry as feedgen writes it, written once: the element then moves from feed to feed."""

    def __init__(self, entry: Entry) -> None:
        super().__init__()
        self.entry = entry
        self._rss: Any = None
        self._atom: Any = None
        self.guid(entry.guid, permalink=False)
        self.title(entry.title)
        self.author(name=entry.author)
        self.published(entry.published)
        self.updated(entry.updated)
        self.summary(entry.summary)
        self.content(entry.content, type="html")
        self.category(
            [{"term": c.term, "label": c.label, "scheme": f"tag:jiballim,2026:{c.scheme}"} for c in entry.categories]
        )
        self.register_extension("words", _Words)
        self.words.entry = entry

    def rss_entry(self, extensions: bool = True) -> Any:
        if self._rss is None:
            self._rss = super().rss_entry(extensions)
        return self._rss

    def atom_entry(self, extensions: bool = True) -> Any:
        if self._atom is None:
            self._atom = super().atom_entry(extensions)
        return self._atom


class Items:
    """Entries already written, by guid, the latest few thousand: feeds of one building share most of them."""

    def __init__(self, most: int = 3_000) -> None:
        self._kept: dict[str, _Item] = {}
        self._most = most

    def item(self, entry: Entry) -> Any:
        """Return the entry as feedgen writes it."""
        item = self._kept.get(entry.guid)
        if item is None or item.entry is not entry:
            item = self._kept[entry.guid] = _Item(entry)
            if len(self._kept) > self._most:
                del self._kept[next(iter(self._kept))]
        return item


def _links(entry: Entry) -> list[tuple[str, Link]]:
    related = [("related", entry.original)] if entry.original else []
    return [*related, *(("enclosure", file) for file in entry.enclosures)]


def _link(parent: Any, tag: str, rel: str, link: Link) -> None:
    etree.SubElement(parent, tag, rel=rel, type=link.type, href=link.url, title=link.title)


def rss(channel: Channel, entries: Sequence[Entry], items: Items | None = None) -> bytes:
    """Return the channel as RSS 2.0, entries in the order given."""
    return _styled(_generator(channel, entries, "xml", items or Items()).rss_str(), channel)


def atom(channel: Channel, entries: Sequence[Entry], items: Items | None = None) -> bytes:
    """Return the channel as Atom (RFC 4287), entries in the order given."""
    return _styled(_generator(channel, entries, "atom", items or Items()).atom_str(), channel)


def _generator(channel: Channel, entries: Sequence[Entry], ending: str, items: Items) -> FeedGenerator:
    """Return feedgen's object with everything set that it would otherwise make up: dates, order, the last link."""
    feed = FeedGenerator()
    feed.register_extension("words", _Feed)
    feed.words.hub = channel.hub
    feed.words.others = tuple(
        Link(channel.address(other), f"{channel.title} ({name})", kind)
        for other, name, kind in (
            ("xml", "RSS", TYPES["xml"]),
            ("atom", "Atom", TYPES["atom"]),
            ("json", "JSON Feed", "application/feed+json"),
        )
        if other != ending
    )
    at = updated(entries)
    feed.id(channel.guid)
    feed.title(channel.title)
    feed.subtitle(channel.about)
    feed.language("ko")
    feed.generator(GENERATOR)
    feed.docs("https://www.rssboard.org/rss-specification")
    feed.updated(at)
    feed.lastBuildDate(at)
    feed.author(name=channel.title)
    feed.ttl(60)
    feed.link(href=channel.address(ending), rel="self", type=TYPES[ending])
    feed.link(href=channel.home, rel="alternate", type="text/html")  # last: feedgen makes RSS's <link> of it
    for entry in entries:
        feed.add_entry(items.item(entry), order="append")
    return feed


def _styled(document: bytes, channel: Channel) -> bytes:
    """Return the document with its stylesheet's instruction after the XML declaration."""
    declaration, _, rest = document.partition(b"\n")
    return b'%s\n<?xml-stylesheet type="text/css" href="%s"?>\n%s' % (declaration, channel.style.encode("ascii"), rest)
