"""Read iH's board of cards (`ul.generalList`): each card holds further lists, so only its own parts count."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date

from lxml import etree, html

from notices.dates import find_dates
from notices.korean import one_line
from notices.model import Attachment
from spiders.pages.address import absolute, parameters
from spiders.pages.document import Document, Query
from spiders.pages.hints import Hints
from spiders.pages.records import Call, Listing, Row, State
from spiders.pages.state import state_of, total_in

FACTS = {"category": "li[title=공지사항]"}
_CARDS: Query = etree.XPath("//ul[contains(concat(' ', @class, ' '), ' generalList ')]/li")
_LINK: Query = etree.XPath("p[contains(@class, 'title')]//a[contains(@href, 'msg_seq=')]")
_SIDE: Query = etree.XPath(".//div[contains(@class, 'writer_info')]//li")
_TAIL = re.compile(r"\s*다운받기$")
_PAGE = re.compile(r"[?&]pgno=(\d{1,5})")
_NUMBERS: Query = etree.XPath("//a[contains(@href, 'pgno=')]/@href")


def listing(document: Document, *, today: date | None = None, hints: Hints | None = None) -> Listing:
    """Return the posts of a page."""
    if document.kind != "html":
        return Listing(State.UNREADABLE, why=f"목록이 HTML이 아니라 {document.kind.upper()}임")
    rows = [row for card in _CARDS(document.tree) if (row := _row(card, document.url, today)) is not None]
    if not rows:
        state, why = state_of(document)
        return Listing(state, why=why)
    return Listing(State.OK, tuple(rows), _next(document), total_in(document), notes=("iH 목록",))


def _row(card: html.HtmlElement, base: str, today: date | None) -> Row | None:
    links = _LINK(card)
    url = absolute(links[0].get("href", ""), base) if links else None
    if url is None:
        return None
    key = parameters(url).get("msg_seq", "")
    side = {li.get("title", "") or li.get("class", ""): li for li in _SIDE(card)}
    said = {name: one_line(li.text_content()) for name, li in side.items()}
    posted = find_dates(said.get("작성일", ""), today)
    return Row(
        title=one_line(links[0].text_content()),
        key=key or None,
        url=url,
        posted=posted[0].day if posted else None,
        department=said.get("작성자") or None,
        fields={"category": said["공지사항"]} if said.get("공지사항") else {},
        attachments=tuple(_files(side["file"], base)) if "file" in side else (),
        detail=Call(url),
        doubts=() if posted else ("작성일을 읽지 못함",),
    )


def _files(item: html.HtmlElement, base: str) -> Iterator[Attachment]:
    """Give the files that a card names; the link brings all of them in one bundle."""
    for link in item.iter("a"):
        names = [one_line(img.get("alt", "")) for img in link.iter("img")] or [one_line(link.text_content())]
        for name in names:
            if said := _TAIL.sub("", name):
                yield Attachment(said, absolute(link.get("href", ""), base))


def _next(document: Document) -> Call | None:
    here = _PAGE.search(document.url)
    number = int(here[1]) if here else 1
    known = [int(m[1]) for href in _NUMBERS(document.tree) if (m := _PAGE.search(href))]
    if known and number >= max(known):
        return None
    follow = f"pgno={number + 1}"
    url = _PAGE.sub(lambda m: m[0][:1] + follow, document.url) if here else f"{document.url}&{follow}"
    return Call(url)
