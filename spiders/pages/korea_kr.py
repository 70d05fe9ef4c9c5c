"""Read korea.kr's list of press releases, the successor of its feeds; one release may stand under several ministries."""

from __future__ import annotations

import re
from datetime import date

from lxml import etree

from notices.dates import find_dates
from notices.korean import one_line
from spiders.pages.address import absolute, parameters
from spiders.pages.document import Document, Query
from spiders.pages.hints import Hints
from spiders.pages.records import Call, Listing, Row, State
from spiders.pages.state import state_of

FACTS: dict[str, str] = {}
_LINKS: Query = etree.XPath("//a[contains(@href, 'pressReleaseView.do') and contains(@href, 'newsId=')]")
_TITLE: Query = etree.XPath(".//strong")
_TEXT = re.compile(r"20\d\d\.\s?\d{1,2}\.\s?\d{1,2}\.?")


def listing(document: Document, *, today: date | None = None, hints: Hints | None = None) -> Listing:
    """Return the releases of a page, each once."""
    if document.kind != "html":
        return Listing(State.UNREADABLE, why=f"목록이 HTML이 아니라 {document.kind.upper()}임")
    rows: dict[str, Row] = {}
    for link in _LINKS(document.tree):
        url = canonical(absolute(link.get("href", ""), document.url) or "")
        title = one_line("".join(node.text_content() for node in _TITLE(link)[:1]))
        key = parameters(url).get("newsId", "")
        if title and key and key not in rows:
            said = _TEXT.search(one_line(link.text_content()))
            posted = find_dates(said[0], today) if said else []
            rows[key] = Row(title, key, url, posted[0].day if posted else None, detail=Call(url))
    if not rows:
        state, why = state_of(document)
        return Listing(state, why=why)
    return Listing(State.OK, tuple(rows.values()), Call(document.url), notes=("정책브리핑 보도자료",))


def canonical(url: str) -> str:
    """The address of a release with nothing but its number."""
    number = parameters(url).get("newsId", "")
    return f"https://www.korea.kr/briefing/pressReleaseView.do?newsId={number}" if number.isdigit() else url
