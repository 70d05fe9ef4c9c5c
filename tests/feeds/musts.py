"""What RFC 4287, RSS 2.0 and JSON Feed 1.1 demand and feedparser lets pass; each broken rule is a sentence."""

from __future__ import annotations

import json
import re
from datetime import datetime
from email.utils import parsedate_to_datetime
from typing import Any

from lxml import etree

ATOM = "{http://www.w3.org/2005/Atom}"
DC = "{http://purl.org/dc/elements/1.1/}"
_URI = re.compile(r"[a-z][a-z0-9+.-]*:[!-~]+")
_WEB = re.compile(r"https?://[!-~]+")
_MEDIA = re.compile(r"[a-z0-9!#$&^_.+-]+/[A-Za-z0-9!#$&^_.+-]+")


def atom(document: bytes) -> list[str]:
    """Return the broken musts of an Atom feed."""
    root = _parse(document)
    broken = [] if root.tag == f"{ATOM}feed" else [f"root is {root.tag}"]
    broken += _people(root, root.findall(f"{ATOM}entry"))
    for where in (root, *root.findall(f"{ATOM}entry")):
        name = where.findtext(f"{ATOM}id") or "feed"
        broken += [
            f"{name}: {count} {tag}"
            for tag in ("id", "title", "updated")
            if (count := len(where.findall(ATOM + tag))) != 1
        ]
        broken += [f"{name}: id is no URI"] if not _URI.fullmatch(where.findtext(f"{ATOM}id") or "") else []
        broken += [
            f"{name}: no RFC 3339 date"
            for d in where.iter(f"{ATOM}updated", f"{ATOM}published")
            if not _rfc3339(d.text)
        ]
        broken += _atom_links(name, where)
    for entry in root.findall(f"{ATOM}entry"):
        broken += [
            f"type {c.get('type')} of content"
            for c in entry.findall(f"{ATOM}content")
            if c.get("type") not in ("text", "html", "xhtml")
        ]
    broken += [] if any(li.get("rel") == "self" for li in root.findall(f"{ATOM}link")) else ["no self link"]
    return broken + _twice([e.findtext(f"{ATOM}id") for e in root.findall(f"{ATOM}entry")])


def _people(root: Any, entries: list[Any]) -> list[str]:
    if root.find(f"{ATOM}author/{ATOM}name") is not None:
        return []
    return [f"no author: {e.findtext(f'{ATOM}id')}" for e in entries if e.find(f"{ATOM}author/{ATOM}name") is None]


def _atom_links(name: str, where: Any) -> list[str]:
    broken, alternates = [], []
    for link in where.findall(f"{ATOM}link"):
        href, rel, kind = link.get("href") or "", link.get("rel", "alternate"), link.get("type")
        broken += [f"{name}: address {href!r}"] if not _WEB.fullmatch(href) else []
        broken += [f"{name}: media type {kind!r}"] if kind is None or not _MEDIA.fullmatch(kind) else []
        alternates += [(kind, link.get("hreflang"))] if rel == "alternate" else []
    broken += [f"{name}: two alternates of one type"] if len(alternates) != len(set(alternates)) else []
    if where.tag == f"{ATOM}entry" and not alternates and where.find(f"{ATOM}content") is None:
        broken.append(f"{name}: neither alternate nor content")
    return broken


def rss(document: bytes) -> list[str]:
    """Return the broken musts of an RSS 2.0 feed."""
    root = _parse(document)
    channel = root.find("channel")
    if root.tag != "rss" or root.get("version") != "2.0" or channel is None:
        return ["no rss 2.0 channel"]
    broken = [f"channel without {tag}" for tag in ("title", "link", "description") if not channel.findtext(tag)]
    items = channel.findall("item")
    for item in items:
        guid = item.findtext("guid") or "?"
        broken += (
            [f"{guid}: neither title nor description"]
            if not (item.findtext("title") or item.findtext("description"))
            else []
        )
        broken += [f"{guid}: no guid, or one that claims to be an address"] if _permalink(item) else []
        broken += [
            f"{guid}: {len(item.findall(t))} {t}"
            for t in ("title", "link", "description", "pubDate", "enclosure", "author", "guid")
            if len(item.findall(t)) > 1
        ]
        broken += [f"{guid}: author without an address" for a in item.findall("author") if "@" not in (a.text or "")]
    broken += [f"date {d.text!r}" for d in root.iter("pubDate", "lastBuildDate") if not _rfc822(d.text)]
    broken += [f"address {li.text!r}" for li in root.iter("link") if not _WEB.fullmatch(li.text or "")]
    broken += [
        f"address {li.get('href')!r}" for li in root.iter(f"{ATOM}link") if not _WEB.fullmatch(li.get("href") or "")
    ]
    if not any(li.get("rel") == "self" for li in channel.findall(f"{ATOM}link")):
        broken.append("no self link")
    return broken + _twice([i.findtext("guid") for i in items])


def _permalink(item: Any) -> bool:
    guid = item.find("guid")
    return guid is None or not guid.text or (guid.get("isPermaLink") != "false" and not _WEB.fullmatch(guid.text))


def json_feed(document: bytes) -> list[str]:
    """Return the broken musts of a JSON Feed 1.1."""
    feed = json.loads(document.decode("utf-8"))
    broken = [] if feed.get("version") == "https://jsonfeed.org/version/1.1" else ["version"]
    broken += [] if isinstance(feed.get("title"), str) and feed["title"] else ["title"]
    broken += [f"{k} {feed.get(k)!r}" for k in ("home_page_url", "feed_url") if not _WEB.fullmatch(feed.get(k) or "")]
    for item in feed["items"]:
        broken += [] if isinstance(item.get("id"), str) and item["id"] else ["item without id"]
        broken += [] if item.get("content_html") or item.get("content_text") else [f"{item['id']}: no content"]
        broken += [f"{item['id']}: {k}" for k in ("url", "external_url") if k in item and not _WEB.fullmatch(item[k])]
        broken += [f"{item['id']}: {k}" for k in ("date_published", "date_modified") if not _rfc3339(item.get(k))]
        broken += [
            f"{item['id']}: attachment"
            for a in item.get("attachments", [])
            if not (_WEB.fullmatch(a["url"]) and _MEDIA.fullmatch(a["mime_type"]))
        ]
    return broken + _twice([i.get("id") for i in feed["items"]])


def _parse(document: bytes) -> Any:
    return etree.fromstring(document, etree.XMLParser(resolve_entities=False, no_network=True, huge_tree=True))


def _twice(ids: list[Any]) -> list[str]:
    return [f"twice: {i}" for i in {*ids} if ids.count(i) > 1]


def _rfc3339(text: str | None) -> bool:
    try:
        return bool(text) and datetime.fromisoformat(text or "").tzinfo is not None
    except ValueError:
        return False


def _rfc822(text: str | None) -> bool:
    try:
        return parsedate_to_datetime(text or "").tzinfo is not None
    except (TypeError, ValueError):
        return False
