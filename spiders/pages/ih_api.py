"""Read iH's API on data.go.kr: posts of a span of days, at most thirty an answer."""

from __future__ import annotations

from datetime import date

from spiders.pages.address import parameters
from spiders.pages.answers import (
    Item,
    UnfitError,
    count,
    day,
    inside,
    items,
    json_of,
    require,
    said,
    strict_listing,
    text,
)
from spiders.pages.document import Document
from spiders.pages.hints import Hints
from spiders.pages.records import Call, Listing, Row, State

FACTS = {"category": "seNm", "supply": "tyNm"}


@strict_listing
def listing(document: Document, today: date | None, hints: Hints) -> Listing:
    """Return the posts of a page; a post's number stands in its link alone."""
    value = json_of(document)
    body = inside(inside(value, "response") if isinstance(value, dict) and "response" in value else value, "body")
    if not isinstance(body, dict):
        raise UnfitError("'body' 항목이 묶음이 아님")
    total = count(body, "totalCount")
    found = items(body, "posts", total)
    require(found, "sj", "link")
    if not found:
        return Listing(State.EMPTY, total=0, why="posts가 비어 있음")
    more = (count(body, "pageNo") or 1) < (count(body, "totalPageNo") or 1)
    rows = tuple(_row(each, today) for each in found)
    return Listing(State.OK, rows, Call(document.url) if more else None, total, notes=("iH API",))


def _row(each: Item, today: date | None) -> Row:
    url = text(each, "link")
    key = parameters(url).get("msg_seq", "")
    return Row(
        title=text(each, "sj"),
        key=key or None,
        url=url or None,
        posted=day(text(each, "crtrYmd"), today),
        fields=said({"category": text(each, "seNm"), "supply": text(each, "tyNm")}),
        doubts=() if key else ("link에 글 번호가 없음",),
    )
