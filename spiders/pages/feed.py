"""Read RSS and Atom of ministries, blogs and boards: one address a post, cleaned of what only counts its readers."""

from __future__ import annotations

import re
from dataclasses import replace
from datetime import date
from urllib.parse import parse_qsl, urlencode, urlsplit, urlunsplit

from lxml import etree

from notices.korean import one_line
from spiders.pages.data import read_feed
from spiders.pages.document import Document
from spiders.pages.hints import Hints
from spiders.pages.plain import paragraphs
from spiders.pages.records import Call, Listing, Row, State

FACTS: dict[str, str] = {}
_COUNTING = re.compile(r"utm_\w+|fromRss|trackingCode|src|kw|rss|feed", re.I)
_KEYS = ("id", "list_no", "newsId", "bbscttSn", "nttId", "nttSn", "seq", "wr_id", "document_srl", "logNo", "idx", "no", "p")  # fmt: skip
LONGEST = 50_000
_END = re.compile(r"</(?:\w{1,20}:)?(?:rss|feed|RDF)\s*>")
_NUMBER = re.compile(r"/(\d{3,20})/?$")


def listing(document: Document, *, today: date | None = None, hints: Hints | None = None) -> Listing:
    """Return a feed's entries. A feed without entries is EMPTY; a page of HTML in its place is a guard."""
    if document.kind != "xml":
        said = "HTML" if document.kind == "html" else "JSON"
        return Listing(State.GUARD, why=f"피드 대신 {said}이 옴")
    if not _END.search(document.text[-500:]):
        return Listing(State.UNREADABLE, why="피드가 중간에 끊김")
    read, texts = read_feed(document, today, hints or Hints()), _texts(document)
    return replace(read, rows=tuple(_own(row, hints, texts) for row in read.rows))


def _texts(document: Document) -> dict[str, str]:
    """The text that each entry carries, by its title; a frame or a picture is none."""
    found: dict[str, str] = {}
    for node in document.xml.iter() if document.xml is not None else ():
        if isinstance(node.tag, str) and etree.QName(node).localname in ("item", "entry"):
            parts = {etree.QName(part).localname: part for part in node if isinstance(part.tag, str)}
            held = next(
                (parts[name] for name in ("encoded", "content", "description", "summary") if name in parts), None
            )
            title = one_line("".join(str(t) for t in parts["title"].itertext())) if "title" in parts else ""
            found.setdefault(
                title, paragraphs("".join(str(t) for t in held.itertext())[:LONGEST]) if held is not None else ""
            )
    return found


def _own(row: Row, hints: Hints | None, texts: dict[str, str]) -> Row:
    row = replace(row, body=texts.get(row.title, ""))
    if not row.url:
        return row
    url = clean(row.url)
    return replace(
        row, key=key(url, hints.id_params if hints else ()), url=url, detail=Call(url) if row.detail else None
    )


def clean(url: str) -> str:
    """The address without parameters that only say where a reader came from."""
    parts = urlsplit(url)
    kept = [(k, v) for k, v in parse_qsl(parts.query, keep_blank_values=True) if not _COUNTING.fullmatch(k)]
    return urlunsplit(parts._replace(query=urlencode(kept), fragment=""))


def key(url: str, named: tuple[str, ...] = ()) -> str:
    """The number that names a post in its address; without one the address itself."""
    said = dict(parse_qsl(urlsplit(url).query))
    found = next((said[name] for name in named if said.get(name)), None)
    found = found or next((said[name] for name in _KEYS if said.get(name, "").isdigit()), None)  # id=notice is a board
    number = _NUMBER.search(urlsplit(url).path)
    return found or (number[1] if number else url)
