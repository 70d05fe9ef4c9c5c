"""Write JSON Feed 1.1 (jsonfeed.org/version/1.1)."""

from __future__ import annotations

import json
from collections.abc import Sequence

from feeds.channel import Channel
from feeds.entry import Entry

TYPE = "application/feed+json"


def json_feed(channel: Channel, entries: Sequence[Entry]) -> bytes:
    """Return the channel as JSON Feed, UTF-8, an entry a line in the order given."""
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
    head = json.dumps(feed, ensure_ascii=False).removesuffix("}")
    items = ",\n".join(json.dumps(_item(entry), ensure_ascii=False) for entry in entries)
    return f'{head}, "items": [\n{items}\n]}}\n'.encode()


def _item(entry: Entry) -> dict[str, object]:
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
    return {name: value for name, value in item.items() if value not in (None, [])}
