"""Write the list of all feeds as OPML 2.0, by group, so that a reader subscribes to many at once."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from lxml import etree

from feeds.channel import Channel

TYPE = "text/x-opml"


def opml(title: str, groups: Mapping[str, Iterable[Channel]]) -> bytes:
    """Return an OPML document with one folder a group; without dates, so that the same feeds give the same bytes."""
    root = etree.Element("opml", version="2.0")
    head = etree.SubElement(root, "head")
    etree.SubElement(head, "title").text = title
    body = etree.SubElement(root, "body")
    for name, channels in groups.items():
        folder = etree.SubElement(body, "outline", text=name, title=name)
        for channel in channels:
            feed = etree.SubElement(folder, "outline", type="rss", text=channel.title, title=channel.title)
            feed.set("description", channel.about)
            feed.set("xmlUrl", channel.address("xml"))
            feed.set("htmlUrl", channel.home)
    return etree.tostring(root, xml_declaration=True, encoding="UTF-8", pretty_print=True)
