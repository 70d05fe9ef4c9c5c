"""Read Naver's news search: title, link and day only, since the texts belong to the press."""

from __future__ import annotations

import re
from datetime import date, timedelta, timezone
from email.utils import parsedate_to_datetime
from html import unescape

from notices.korean import one_line
from spiders.pages.address import absolute
from spiders.pages.answers import Item, items, json_of, require, strict_listing, text
from spiders.pages.document import Document
from spiders.pages.feed import clean
from spiders.pages.hints import Hints
from spiders.pages.records import Listing, Row, State

FACTS: dict[str, str] = {}
_SITE = "https://openapi.naver.com/"
_KST = timezone(timedelta(hours=9))
_TAG = re.compile(r"</?b>", re.I)


@strict_listing
def listing(document: Document, today: date | None, hints: Hints) -> Listing:
    """Return the articles of a search, the newest first."""
    found = items(json_of(document), "items")
    require(found, "title", "originallink", "link", "pubDate")
    if not found:
        return Listing(State.EMPTY, total=0, why="items가 비어 있음")
    return Listing(State.OK, tuple(_row(each) for each in found), notes=("네이버 뉴스 검색",))


def _row(each: Item) -> Row:
    named = (text(each, "originallink"), text(each, "link"))
    url = next((clean(found) for said in named if (found := absolute(said, _SITE))), "")
    return Row(one_line(unescape(_TAG.sub("", text(each, "title")))), url or None, url or None, _day(each))


def _day(each: Item) -> date | None:
    try:
        return parsedate_to_datetime(text(each, "pubDate")).astimezone(_KST).date()
    except (ValueError, TypeError):
        return None
