"""Read 서울주거포털's lists of SH's recruitments: one row each, the number of the notice only in the link to SH."""

from __future__ import annotations

import re
from datetime import date
from urllib.parse import urlsplit

from lxml import etree, html

from notices.dates import find_dates
from notices.korean import one_line
from spiders.pages.address import absolute, parameters
from spiders.pages.document import Document, Query
from spiders.pages.hints import Hints
from spiders.pages.records import Call, Listing, Row, State
from spiders.pages.state import state_of

FACTS = {
    "supply": "유형 (td.td3)",
    "status": "모집상태 (td.td-mdisn 둘째)",
    "announces": "발표일 (td.td-mdisn 첫째; 마감일이 아님)",
    "external_key": "바로가기 주소의 seq",
}
HOSTS = (".i-sh.co.kr", ".housing.seoul.go.kr")
_ROWS: Query = etree.XPath("//tr[td[contains(concat(' ', @class, ' '), ' txl ')]]")
_TITLE: Query = etree.XPath("td[contains(concat(' ', @class, ' '), ' txl ')]")
_LINKS: Query = etree.XPath("td[contains(concat(' ', @class, ' '), ' td5 ')]//a/@href")
_SIDE: Query = etree.XPath("td[contains(concat(' ', @class, ' '), ' td-mdisn ')]")
_LAST: Query = etree.XPath("//a[contains(@title, '마지막')]/@href")
_PAGE = re.compile(r"[?&]cp=(\d{1,5})")


def listing(document: Document, *, today: date | None = None, hints: Hints | None = None) -> Listing:
    """Return the recruitments; comments hold decoy links and are no part of the page. No text of a post stands here."""
    if document.kind != "html":
        return Listing(State.UNREADABLE, why=f"목록이 HTML이 아니라 {document.kind.upper()}임")
    rows = [_row(tr, today) for tr in _ROWS(document.tree)]
    if not rows:
        state, why = state_of(document)
        return Listing(state, why=why)
    return Listing(State.OK, tuple(rows), _next(document), notes=("서울주거포털 목록",))


def _row(tr: html.HtmlElement, today: date | None) -> Row:
    side = [one_line(td.text_content()) for td in _SIDE(tr)]
    url = next((href.strip() for href in _LINKS(tr) if _host(href.strip()).endswith(HOSTS)), None)
    key = parameters(url).get("seq", "") if url else ""
    posted = find_dates(_cell(tr, "td4"), today)
    fields = {"supply": _cell(tr, "td3")}
    if len(side) == 3:  # lists of homes for sale have neither
        fields |= {"announces": side[0], "status": side[1]}
    if key and url and _host(url).endswith(HOSTS[0]):
        fields["external_key"] = f"sh:{key}"
    doubts = ([] if key else ["SH의 글 번호가 없음"]) + ([] if posted else ["공고게시일을 읽지 못함"])
    return Row(
        title=one_line("".join(td.text_content() for td in _TITLE(tr))),
        key=key or None,
        url=url,
        posted=posted[0].day if posted else None,
        department=side[-1] if side else None,
        fields={name: text for name, text in fields.items() if text.strip(" -")},
        doubts=tuple(doubts),
    )


def _cell(tr: html.HtmlElement, name: str) -> str:
    cells = [td for td in tr.iterchildren("td") if name in td.get("class", "").split()]
    return one_line(cells[0].text_content()) if cells else ""


def _host(url: str) -> str:
    """The host of an address with a dot before it; "." where there is none that may be followed."""
    return "." + (urlsplit(absolute(url, "https://housing.seoul.go.kr/") or "").hostname or "")


def _next(document: Document) -> Call | None:
    """The page behind this one, unless the link to the last page says that there is none."""
    here, last = _PAGE.search(document.url), [int(m[1]) for href in _LAST(document.tree) if (m := _PAGE.search(href))]
    number = int(here[1]) if here else 1
    if not last or number >= max(last):
        return None
    url = _PAGE.sub(lambda m: f"{m[0][:4]}{number + 1}", document.url) if here else f"{document.url}&cp={number + 1}"
    return Call(url)
