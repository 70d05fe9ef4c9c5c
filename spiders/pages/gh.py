"""Read apply.gh.or.kr: its lists with unclosed cells, the cards of its main page, and its pages of labels and values."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import date
from urllib.parse import urljoin

from lxml import etree, html

from notices.dates import find_dates
from notices.korean import one_line
from notices.model import Attachment
from spiders.pages import board
from spiders.pages.address import absolute
from spiders.pages.document import Document, Query
from spiders.pages.hints import Hints
from spiders.pages.records import Call, Detail, Listing, Row, State

FACTS = {
    "supply": "유형",
    "region": "지역",
    "status": "상태",
    "closes": "마감일; 온라인접수기간",
    "opens": "온라인접수기간",
    "papers_from": "서류제출기간",
    "papers_to": "서류제출기간",
    "announces": "당첨자발표일",
    "contract_from": "계약기간",
    "contract_to": "계약기간",
}
LISTED = ("supply", "region", "status", "closes")
"""The fields that the list gives."""

POST = "selectPbancDetailView.do?pbancNo="
_CARDS: Query = etree.XPath("//a[contains(concat(' ', @class, ' '), ' thbox ')][@data-pbancno]")
_CARD_TITLE: Query = etree.XPath(".//p[contains(@class, 'line-clamp')]")
_PAIRS: Query = etree.XPath("//table[contains(@class, 'view_tbl')]//th")
_SPANS = (
    (("온라인접수기간", "인터넷접수기간", "접수기간"), "opens", "closes"),
    (("현장접수기간", "방문접수기간"), "opens", "closes"),
    (("서류제출기간",), "papers_from", "papers_to"),
    (("당첨자발표일",), "announces", None),
    (("계약기간",), "contract_from", "contract_to"),
)


def listing(document: Document, *, today: date | None = None, hints: Hints | None = None) -> Listing:
    """Return the list, or the cards of the main page; a "-" is no value, and every post has its address."""
    if cards := list(_cards(document)):
        return Listing(State.OK, tuple(cards), notes=("GH 청약센터 카드",))
    read = board.listing(document, today=today, hints=hints)
    return replace(read, rows=tuple(_addressed(row, document.url) for row in read.rows))


def _addressed(row: Row, url: str) -> Row:
    said = {name: text for name, text in row.fields.items() if text.strip(" -~")}
    if row.key is None:
        return replace(row, fields=said)
    own = urljoin(url, POST + row.key)
    return replace(row, fields=said, url=own, detail=Call(own))


def _cards(document: Document) -> Iterator[Row]:
    if document.kind != "html" or "thbox" not in document.text:
        return
    for card in _CARDS(document.tree):
        key, title = (
            card.get("data-pbancno", "").strip(),
            one_line("".join(p.text_content() for p in _CARD_TITLE(card))),
        )
        if not title or not key.isdigit():
            continue
        own = urljoin(document.url, f"/sb/sr/sr7150/{POST}{key}")
        supply = one_line(card.get("data-biztynm", ""))
        yield Row(title, key, own, fields={"supply": supply} if supply else {}, detail=Call(own))


def detail(document: Document, *, today: date | None = None, hints: Hints | None = None) -> Detail:
    """Return a notice's page: its labels are the fields, the rest of the tables is the text."""
    if document.kind != "html":
        return Detail(State.UNREADABLE, why=f"글이 HTML이 아니라 {document.kind.upper()}임")
    pairs = dict(_pairs(document.tree))
    if "공고명" not in pairs:
        return Detail(State.GUARD, why="'공고명'이 없는 화면")
    posted = find_dates(one_line(pairs["공고일"].text_content()), today) if "공고일" in pairs else []
    fields = {"supply": one_line(pairs["유형"].text_content())} if "유형" in pairs else {}
    fields |= _periods({label: one_line(cell.text_content()) for label, cell in pairs.items()}, today)
    lines = [f"{label}\t{text}" for label, cell in pairs.items() if (text := one_line(cell.text_content()))]
    return Detail(
        State.OK,
        title=one_line(pairs["공고명"].text_content()) or None,
        posted=posted[0].day if posted else None,
        body="\n".join(line for line in lines if line.split("\t")[0] not in ("공고명", "유형", "공고일", "공고문")),
        attachments=tuple(_files(pairs["공고문"], document.url)) if "공고문" in pairs else (),
        fields={name: text for name, text in fields.items() if text},
    )


def _pairs(tree: html.HtmlElement) -> Iterator[tuple[str, html.HtmlElement]]:
    for th in _PAIRS(tree):
        cell = th.getnext()
        label = one_line(th.text_content()).replace(" ", "")
        if cell is not None and cell.tag == "td" and label:
            yield label, cell


def _periods(said: dict[str, str], today: date | None) -> dict[str, str]:
    """Return first and last day of each labelled period; where two ways of applying differ, the widest span."""
    fields: dict[str, str] = {}
    for labels, first, last in _SPANS:
        for label in labels:
            days = [found.words for found in find_dates(said.get(label, ""), today)]
            if days and first not in fields:
                fields[first] = days[0]
                if last and len(days) > 1:
                    fields[last] = days[-1]
    return fields


def _files(cell: html.HtmlElement, url: str) -> Iterator[Attachment]:
    links = [a for a in cell.iter("a") if one_line(a.text_content())]
    for link in links:
        yield Attachment(one_line(link.text_content()), absolute(link.get("href", ""), url))
    if not links and (name := one_line(cell.text_content())):
        yield Attachment(name)
