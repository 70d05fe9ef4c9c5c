"""Read 마이홈: the API, whose rows are homes of one complex each and are gathered by notice, and the portal's own search."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import date

from notices.matching.numbers import numbers
from spiders.pages.answers import (
    Item,
    count,
    day,
    inside,
    items,
    json_of,
    least,
    moment,
    only,
    require,
    said,
    strict_listing,
    text,
)
from spiders.pages.document import Document
from spiders.pages.hints import Hints
from spiders.pages.parts import laid
from spiders.pages.records import Call, Listing, Row, State

FACTS = {
    "supply": "suplyTyNm",
    "region": "brtcNm + signguNm",
    "status": "sttusNm",
    "opens": "beginDe",
    "closes": "endDe",
    "announces": "przwnerPresnatnDe",
    "homes": "sumSuplyCo (단지의 합)",
    "deposit": "rentGtn (가장 낮은 것)",
    "rent": "mtRntchrg (가장 낮은 것)",
    "contact": "refrnc",
    "address": "fullAdres (단지가 하나일 때)",
    "publisher": "suplyInsttNm",
    "first_posted": "rcritPblancDe (정정공고일 때)",
    "corrects": "beforePblancId",
    "external_key": "url의 panId",
}
WEB_FACTS = {
    "supply": "suplyTyNm",
    "region": "brtcCodeNm",
    "status": "prgrStts; sttusSe 2는 정정공고",
    "announces": "przwnerPresnatnDe",
    "publisher": "suplyInsttNm",
    "external_key": "url의 panId",
}
_GATHERED = ("homes", "deposit", "rent", "address", "opens", "closes")
_APART = ("houseSn", "hsmpNm", "fullAdres", "suplyTyNm", "houseTyNm", "sumSuplyCo", "rentGtn", "mtRntchrg", "beginDe")
PAGE = "https://www.myhome.go.kr/hws/portal/sch/selectRsdtRcritNtcDetailView.do?pblancId={}&houseSn={}"


@strict_listing
def listing(document: Document, today: date | None, hints: Hints) -> Listing:
    """Return the notices of a page of the API, the complexes of each together; they may go on on the next page."""
    body = inside(json_of(document), "response", "body")
    total = count(body, "totalCount") if isinstance(body, dict) else None
    holder = body["items"] if isinstance(body, dict) and isinstance(body.get("items"), dict) else body
    found = items(holder, "item", total)
    require(found, "pblancId", "pblancNm", "rcritPblancDe", "suplyTyNm")
    if not found:
        return Listing(State.EMPTY, total=0, why="item이 비어 있음")
    more = (count(body, "pageNo") or 1) * (count(body, "numOfRows") or len(found)) < (total or 0)
    parts = tuple(_part(each, today) for each in found)
    rows = tuple(laid(parts, together, True))
    return Listing(State.OK, rows, Call(document.url) if more else None, total, notes=("마이홈 API",), parts=parts)


def _part(each: Item, today: date | None) -> Row:
    """The notice as the row of one complex alone tells it."""
    key, before = text(each, "pblancId"), text(each, "beforePblancId")
    posted, homes = day(text(each, "rcritPblancDe"), today), count(each, "sumSuplyCo")
    fields = {
        "supply": text(each, "suplyTyNm"),
        "region": " ".join(filter(None, (text(each, "brtcNm"), text(each, "signguNm")))),
        "status": text(each, "sttusNm"),
        "opens": moment(text(each, "beginDe")),
        "closes": moment(text(each, "endDe")),
        "announces": moment(text(each, "przwnerPresnatnDe")),
        "homes": "" if homes is None else str(homes),
        "deposit": least([count(each, "rentGtn")]),
        "rent": least([count(each, "mtRntchrg")]),
        "contact": text(each, "refrnc"),
        "address": text(each, "fullAdres"),
        "publisher": text(each, "suplyInsttNm"),
        "first_posted": posted.isoformat() if before and posted else "",
        "corrects": f"myhome:{before}" if before else "",
        "external_key": external_key(text(each, "url")),
    }
    return Row(
        title=text(each, "pblancNm"),
        key=key or None,
        url=_page(each),
        posted=posted,
        fields=said(fields),
        body=_complex(each),
        doubts=() if posted else ("rcritPblancDe를 읽지 못함",),
        part="\t".join(text(each, name) for name in _APART),
    )


def together(group: Sequence[Row], whole: bool) -> Row:
    """Return the notice that the rows of its complexes make; where one may be missing, nothing that it could change."""

    def values(name: str) -> list[str]:
        return [row.fields[name] for row in group if name in row.fields]

    homes = values("homes")
    fields = {
        **{name: value for row in reversed(group) for name, value in row.fields.items()},
        "supply": ", ".join(dict.fromkeys(values("supply"))),
        "region": ", ".join(dict.fromkeys(values("region"))),
        "opens": min(values("opens"), default=""),
        "closes": max(values("closes"), default=""),
        "homes": str(sum(map(int, homes)) or "") if len(homes) == len(group) else "",
        "deposit": least(map(int, values("deposit"))),
        "rent": least(map(int, values("rent"))),
        "address": only(values("address")),
    }
    known = fields if whole else {name: value for name, value in fields.items() if name not in _GATHERED}
    body = "\n".join(dict.fromkeys(row.body for row in group if row.body)) if whole else ""
    return replace(group[0], fields=said(known), body=body, part="")


def _complex(each: Item) -> str:
    """A line on one complex, from the fields that people ask for first."""
    names = ("hsmpNm", "fullAdres", "houseTyNm")
    return "\t".join(filter(None, (text(each, name) for name in names)))


def external_key(url: str) -> str:
    """The number under which another source knows the notice that an address leads to."""
    return next((number for number in numbers(url) if not number.startswith("myhome:")), "")


def _page(each: Item) -> str:
    """The notice's page at 마이홈, not at its publisher's, whose numbers are others."""
    key, url = text(each, "pblancId"), text(each, "pcUrl")
    return url if f"myhome:{key}" in numbers(url) else PAGE.format(key, text(each, "houseSn") or "0")


@strict_listing
def search(document: Document, today: date | None, hints: Hints) -> Listing:
    """Return the notices of a page of the portal's search."""
    value = json_of(document)
    total = count(value, "resultCnt") if isinstance(value, dict) else None
    found = items(value, "resultList", total)
    require(found, "pblancId", "pblancNm", "rcritPblancDe", "prgrStts")
    if not found:
        return Listing(State.EMPTY, total=0, why="resultList가 비어 있음")
    rows = tuple(_found(each, today) for each in found)
    return Listing(State.OK, rows, Call(document.url), total, notes=("마이홈 검색",))


def _found(each: Item, today: date | None) -> Row:
    key, posted = text(each, "pblancId"), day(text(each, "rcritPblancDe"), today)
    fields = {
        "supply": text(each, "suplyTyNm"),
        "region": text(each, "brtcCodeNm"),
        "status": "정정공고" if text(each, "sttusSe") == "2" else text(each, "prgrStts"),
        "announces": moment(text(each, "przwnerPresnatnDe")),
        "publisher": text(each, "suplyInsttNm"),
        "external_key": external_key(text(each, "url")),
    }
    return Row(text(each, "pblancNm"), key or None, PAGE.format(key, "0"), posted, fields=said(fields))
