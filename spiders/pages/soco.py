"""Read 청년안심주택's notices: JSON with the day when applications open, and never one when they close."""

from __future__ import annotations

from datetime import date

from spiders.pages.answers import Item, count, day, inside, items, json_of, require, said, strict_listing, text
from spiders.pages.document import Document
from spiders.pages.hints import Hints
from spiders.pages.records import Call, Listing, Row, State

FACTS = {
    "supply": "게시판 자체(청년안심주택 모집공고)",
    "opens": "optn4 (청약신청일; 마감일이 아님)",
    "category": "optn2 (1 공공, 2 민간)와 optn5 (1 최초, 2 추가)",
    "publisher": "optn3",
}
PAGE = "https://soco.seoul.go.kr/youth/bbs/BMSR00015/view.do?menuNo=400008&boardId="
_OWNERS, _ROUNDS = {"1": "공공", "2": "민간"}, {"1": "최초모집", "2": "추가모집"}


@strict_listing
def listing(document: Document, today: date | None, hints: Hints) -> Listing:
    """Return the notices of a page."""
    value = json_of(document)
    paging = inside(value, "pagingInfo")
    found = items(value, "resultList")
    require(found, "boardId", "nttSj", "optn1")
    if not found:
        return Listing(State.EMPTY, total=0, why="resultList가 비어 있음")
    here, last = (
        (count(paging, name) for name in ("pageIndex", "totPage")) if isinstance(paging, dict) else (None, None)
    )
    more = last is None or here is None or here < last
    rows = tuple(_row(each, today) for each in found)
    return Listing(State.OK, rows, Call(document.url) if more else None, notes=("청년안심주택",))


def _row(each: Item, today: date | None) -> Row:
    key, posted = text(each, "boardId"), day(text(each, "optn1"), today)
    fields = {
        "supply": "청년안심주택",
        "opens": text(each, "optn4"),
        "category": " ".join(filter(None, (_OWNERS.get(text(each, "optn2")), _ROUNDS.get(text(each, "optn5"))))),
        "publisher": text(each, "optn3"),
    }
    url = PAGE + key if key else None
    return Row(
        title=text(each, "nttSj"),
        key=key or None,
        url=url,
        posted=posted,
        fields=said(fields),
        detail=Call(url) if url else None,
        doubts=() if posted else ("optn1을 읽지 못함",),
    )
