"""Write JSON Feed 1.1 (jsonfeed.org/version/1.1)."""

from __future__ import annotations

import json
from collections.abc import Callable, Sequence

from feeds.channel import Channel
from feeds.entry import Entry

TYPE = "application/feed+json"


_encode = json.JSONEncoder(ensure_ascii=False).encode


def json_feed(channel: Channel, entries: Sequence[Entry], item: Callable[[Entry], str] | None = None) -> bytes:
    """Return the channel as JSON Feed, UTF-8, an entry a line in the order given; `item` may remember what it wrote."""
    feed: dict[str, object] = {
        "version": "https://jsonfeed.org/version/1.1",
        "title": channel.title,
        "description": channel.about,
        "home_page_url": channel.home,
        "feed_url": channel.address("json"),
        "language": "ko",
        "authors": [{"name": channel.title}],
    }
    if channel.hub:
        feed["hubs"] = [{"type": "WebSub", "url": channel.hub}]
    head = _encode(feed).removesuffix("}")
    items = ",\n".join(map(item or json_item, entries))
    return f'{head}, "items": [\n{items}\n]}}\n'.encode()


def json_item(entry: Entry) -> str:
    """Return an entry as JSON Feed has it."""
    item: dict[str, object] = {
        "id": entry.guid,
        "url": entry.url,
        "external_url": entry.original.url if entry.original else None,
        "title": entry.title,
        "summary": entry.summary,
        "content_html": entry.content,
        "date_published": entry.published.isoformat(),
        "date_modified": entry.updated.isoformat(),
        "authors": [{"name": entry.author}],
        "tags": list(dict.fromkeys(c.label for c in entry.categories)),
        "language": "ko",
        "attachments": [{"url": f.url, "mime_type": f.type, "title": f.title} for f in entry.enclosures],
    }
    return _encode({name: value for name, value in item.items() if value not in (None, [])})
