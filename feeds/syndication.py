"""Write RSS 2.0 and Atom through feedgen, wrapped once and for all: each of its faults has its cure here.

The cures use its public extension API and one subclass; docs/decisions/0009-feedgen-wrapped.md names them.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from datetime import datetime
from functools import cache, cached_property
from typing import Any

from feedgen.entry import FeedEntry
from feedgen.ext.base import BaseEntryExtension, BaseExtension
from feedgen.feed import FeedGenerator
from lxml import etree

from feeds.channel import Channel, updated
from feeds.entry import Entry, Link

ATOM = "http://www.w3.org/2005/Atom"
CONTENT = "http://purl.org/rss/1.0/modules/content/"
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


class Item(FeedEntry):  # type: ignore[misc]  # feedgen carries no types
    """An entry as feedgen writes it, written once in each format: feeds of the same entries lay the same bytes side by side."""

    def __init__(self, entry: Entry) -> None:
        super().__init__()
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

    @cached_property
    def rss(self) -> bytes:
        """An <item>, as it stands in a channel."""
        return _inside(_RSS, self.rss_entry())

    @cached_property
    def atom(self) -> bytes:
        """An <entry>, as it stands in a feed."""
        return _inside(_ATOM, self.atom_entry())


_RSS = {"dc": DC, "atom": ATOM, "content": CONTENT}
_ATOM = {"dc": DC}
"""The prefixes that feedgen declares above entries."""


def _inside(prefixes: dict[str, str], element: Any) -> bytes:
    """Write an element as it stands below one that declares these prefixes."""
    etree.Element("above", nsmap=prefixes).append(element)
    return bytes(etree.tostring(element, encoding="UTF-8")).replace(_declared(element.tag, *prefixes.items()), b"", 1)


@cache
def _declared(tag: str, *prefixes: tuple[str, str]) -> bytes:
    """The declarations that an element carries when it is written alone."""
    above = etree.Element("above", nsmap=dict(prefixes))
    return bytes(etree.tostring(etree.SubElement(above, tag), encoding="UTF-8"))[len(tag) + 1 : -2]


def _links(entry: Entry) -> list[tuple[str, Link]]:
    related = [("related", entry.original)] if entry.original else []
    return [*related, *(("enclosure", file) for file in entry.enclosures)]


def _link(parent: Any, tag: str, rel: str, link: Link) -> None:
    etree.SubElement(parent, tag, rel=rel, type=link.type, href=link.url, title=link.title)


def rss(channel: Channel, entries: Sequence[Entry], item: Callable[[Entry], Item] = Item) -> bytes:
    """Return the channel as RSS 2.0, entries in the order given; `item` may remember what it wrote before."""
    frame = _generator(channel, updated(entries), "xml").rss_str()
    return _filled(frame, b"</channel></rss>", (item(entry).rss for entry in entries), channel)


def atom(channel: Channel, entries: Sequence[Entry], item: Callable[[Entry], Item] = Item) -> bytes:
    """Return the channel as Atom (RFC 4287), entries in the order given; `item` may remember what it wrote before."""
    frame = _generator(channel, updated(entries), "atom").atom_str()
    return _filled(frame, b"</feed>", (item(entry).atom for entry in entries), channel)


def _generator(channel: Channel, at: datetime, ending: str) -> FeedGenerator:
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
    return feed


def _filled(frame: bytes, end: bytes, items: Iterable[bytes], channel: Channel) -> bytes:
    """Return the frame with its entries, and its stylesheet's instruction after the XML declaration."""
    declaration, _, rest = frame.removesuffix(end).partition(b"\n")
    style = b'\n<?xml-stylesheet type="text/css" href="%s"?>\n' % channel.style.encode("ascii")
    return b"".join((declaration, style, rest, *items, end))
