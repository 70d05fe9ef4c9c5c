"""Read 마이홈: the API, whose rows are homes of one complex each and are gathered by notice, and the portal's own search."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import date
from urllib.parse import parse_qs, urlsplit

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
_GATHERED = ("homes", "deposit", "rent")
PAGE = "https://www.myhome.go.kr/hws/portal/sch/selectRsdtRcritNtcDetailView.do?pblancId={}&houseSn={}"
_NUMBERS = (("apply.lh.or.kr", "panId", "lh"), ("i-sh.co.kr", "seq", "sh"), ("apply.gh.or.kr", "pbancNo", "gh"))


@strict_listing
def listing(document: Document, today: date | None, hints: Hints) -> Listing:
    """Return the notices of a page of the API, the complexes of each together."""
    body = inside(json_of(document), "response", "body")
    total = count(body, "totalCount") if isinstance(body, dict) else None
    holder = body["items"] if isinstance(body, dict) and isinstance(body.get("items"), dict) else body
    found = items(holder, "item", total)
    require(found, "pblancId", "pblancNm", "rcritPblancDe", "suplyTyNm")
    if not found:
        return Listing(State.EMPTY, total=0, why="item이 비어 있음")
    groups: dict[str, list[Item]] = {}
    for each in found:
        groups.setdefault(text(each, "pblancId"), []).append(each)
    more = (count(body, "pageNo") or 1) * (count(body, "numOfRows") or len(found)) < (total or 0)
    rows = [_row(key, group, today) for key, group in groups.items()]
    if more and len(found) >= (
        count(body, "numOfRows") or 0
    ):  # the next page may go on with the complexes of the last notice
        rows[-1] = replace(rows[-1], fields={k: v for k, v in rows[-1].fields.items() if k not in _GATHERED})
    return Listing(State.OK, tuple(rows), Call(document.url) if more else None, total, notes=("마이홈 API",))


def _row(key: str, group: Sequence[Item], today: date | None) -> Row:
    head = group[0]
    posted, before = day(text(head, "rcritPblancDe"), today), text(head, "beforePblancId")
    supplied = [count(each, "sumSuplyCo") for each in group]
    places = [" ".join(filter(None, (text(e, "brtcNm"), text(e, "signguNm")))) for e in group]
    fields = {
        "supply": ", ".join(dict.fromkeys(text(each, "suplyTyNm") for each in group)),
        "region": ", ".join(dict.fromkeys(places)),
        "status": text(head, "sttusNm"),
        "opens": min(_days(group, "beginDe"), default=""),
        "closes": max(_days(group, "endDe"), default=""),
        "announces": moment(text(head, "przwnerPresnatnDe")),
        "homes": str(sum(n or 0 for n in supplied) or "") if all(n is not None for n in supplied) else "",
        "deposit": least(count(each, "rentGtn") for each in group),
        "rent": least(count(each, "mtRntchrg") for each in group),
        "contact": text(head, "refrnc"),
        "address": only(text(each, "fullAdres") for each in group),
        "publisher": text(head, "suplyInsttNm"),
        "first_posted": posted.isoformat() if before and posted else "",
        "corrects": f"myhome:{before}" if before else "",
        "external_key": external_key(text(head, "url")),
    }
    return Row(
        title=text(head, "pblancNm"),
        key=key or None,
        url=text(head, "pcUrl") or PAGE.format(key, text(head, "houseSn") or "0"),
        posted=posted,
        fields=said(fields),
        body="\n".join(line for each in group if (line := _complex(each))),
        doubts=() if posted else ("rcritPblancDe를 읽지 못함",),
    )


def _days(group: Sequence[Item], name: str) -> list[str]:
    return [moment(text(each, name)) for each in group if text(each, name)]


def _complex(each: Item) -> str:
    """A line on one complex, from the fields that people ask for first."""
    names = ("hsmpNm", "fullAdres", "houseTyNm")
    return "\t".join(filter(None, (text(each, name) for name in names)))


def external_key(url: str) -> str:
    """The number under which another source knows the notice that an address leads to."""
    parts = urlsplit(url)
    for host, name, space in _NUMBERS:
        if (parts.hostname or "").endswith(host) and (number := parse_qs(parts.query).get(name, [""])[0]):
            return f"{space}:{number}"
    return ""


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
