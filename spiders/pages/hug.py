"""Read HUG 든든전세: every row is one home, and the homes offered on one day in one 시·도 are one notice."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import date

from lxml import etree
from lxml.html import HtmlElement

from notices.dates import find_dates
from notices.korean import one_line
from spiders.pages.address import parameters
from spiders.pages.answers import (
    UnfitError,
    count,
    day,
    json_of,
    least,
    moment,
    require,
    said,
    strict_listing,
    text,
)
from spiders.pages.document import Document, Query
from spiders.pages.hints import Hints
from spiders.pages.parts import laid
from spiders.pages.records import Call, Listing, Row, State
from spiders.pages.state import state_of, total_in

FACTS = {
    "region": "AREA_DCD_NM; 구·군이 하나면 AREA_DTL_DCD_NM까지",
    "opens": "SBSR_RCVI_SDT",
    "closes": "SBSR_RCVI_EDT",
    "deposit": "LEAS_GUAR_WN (가장 낮은 것)",
    "address": "TMD_NM (집이 하나일 때)",
}
WEB_FACTS = {
    "region": "시·도 칸; 구·군이 하나면 그 칸까지",
    "opens": "접수기간 칸의 첫날",
    "closes": "접수기간 칸의 끝날",
    "deposit": "보증금 칸 (가장 낮은 것)",
}
PAGE = "https://www.khug.or.kr/jeonse/web/s07/s070102.jsp"
_LINKS: Query = etree.XPath(".//a/@href")
_ROWS: Query = etree.XPath("//table[contains(@class, 'd_list')]//tr[count(td) >= 10]")

MOST = 300
"""Homes that the API gives at most, without further pages."""

Home = Mapping[str, str]


@strict_listing
def listing(document: Document, today: date | None, hints: Hints) -> Listing:
    """Return the notices of the API's answer; of a full one nothing is said that a home behind it could belie."""
    value = json_of(document)
    if not isinstance(value, list) or not all(isinstance(each, dict) for each in value):
        raise UnfitError("답이 집의 목록이 아님")
    require(value, "COLL_ANNO_DT", "AREA_DCD_NM", "SBSR_RCVI_SDT", "LEAS_GUAR_WN")
    homes = [
        {
            "day": moment(text(each, "COLL_ANNO_DT")),
            "sido": text(each, "AREA_DCD_NM"),
            "gu": " ".join(text(each, "AREA_DTL_DCD_NM").split(" ")[1:]),
            "opens": moment(text(each, "SBSR_RCVI_SDT")),
            "closes": moment(text(each, "SBSR_RCVI_EDT")),
            "place": text(each, "TMD_NM"),
            "deposit": str(count(each, "LEAS_GUAR_WN") or ""),
        }
        for each in value
    ]
    if not homes:
        return Listing(State.EMPTY, total=0, why="목록이 비어 있음")
    whole = len(homes) < MOST
    rows = tuple(laid((_row(home, today) for home in homes), together, whole))
    return Listing(State.OK, rows, doubts=() if whole else (f"{MOST}채까지만 줌",), notes=("HUG 든든전세 API",))


@strict_listing
def table(document: Document, today: date | None, hints: Hints) -> Listing:
    """Return a page of the web table, which is in EUC-KR and empty unless asked with view_Count=Y; `parts` are homes."""
    if document.kind != "html":
        raise UnfitError(f"목록이 HTML이 아니라 {document.kind.upper()}임")
    lines = [_home(tr, today) for tr in _ROWS(document.tree)]
    homes, total = [home for home in lines if home is not None], total_in(document)
    if not lines:
        state, why = state_of(document)
        return Listing(state, total=total, why=why)
    if not homes:
        raise UnfitError("접수기간 칸을 어느 줄에서도 읽지 못함")
    parts = tuple(_row(home, today) for home in homes)
    rows = tuple(laid(parts, together, True))
    following = None if total is not None and total <= len(lines) else Call(document.url)
    doubts = ("접수기간을 읽지 못한 집이 있음",) if len(homes) < len(lines) else ()
    return Listing(State.OK, rows, following, total, doubts=doubts, notes=("HUG 든든전세",), parts=parts)


def _home(tr: HtmlElement, today: date | None) -> Home | None:
    """What a line of the table says of one home; None where it says no period."""
    cells = [one_line(td.text_content()) for td in tr.iterchildren("td")]
    days = find_dates(cells[2], today)
    if len(days) != 2:
        return None
    numbers = {name: value for href in _LINKS(tr) for name, value in parameters(href).items()}
    return {
        "day": days[0].day.isoformat(),
        "sido": cells[3],
        "gu": cells[4],
        "opens": days[0].words,
        "closes": days[1].words,
        "place": "",
        "deposit": "".join(c for c in cells[9] if c.isdigit()),
        "number": " ".join(filter(None, (numbers.get("dt"), numbers.get("no")))),
    }


def _row(home: Home, today: date | None) -> Row:
    """The notice of a day and a 시·도, which HUG itself gives neither number nor title, as one of its homes tells it."""
    on, sido, gu = home["day"], home["sido"], home["gu"]
    fields = {
        "region": f"{sido} {gu}" if gu and gu != sido else sido,
        "opens": home["opens"],
        "closes": home["closes"],
        "deposit": home["deposit"],
        "address": home["place"],
    }
    line = (home["place"] or fields["region"], home["deposit"] and f"{home['deposit']}원")
    return Row(
        title=f"HUG 든든전세 입주자 모집 {sido} ({on} 접수분)",
        key=f"{on.replace('-', '')}-{sido}" if on and sido else None,
        url=PAGE,
        posted=day(on, today),
        fields=said(fields),
        body="\t".join(filter(None, line)),
        part=home.get("number", ""),
    )


def together(group: Sequence[Row], whole: bool) -> Row:
    """Return the notice that the rows of its homes make; its region is the 시·군·구 only where all share it."""
    first, regions = group[0], {row.fields.get("region", "") for row in group}
    sido = str(first.key).partition("-")[2]
    fields = {
        "region": regions.pop() if whole and len(regions) == 1 else sido,
        "opens": min((row.fields["opens"] for row in group if "opens" in row.fields), default=""),
        "closes": max((row.fields["closes"] for row in group if "closes" in row.fields), default=""),
    }
    if whole:
        fields["deposit"] = least(int(row.fields.get("deposit", "0")) for row in group)
        fields["address"] = first.fields.get("address", "") if len(group) == 1 else ""
    body = "\n".join(sorted(row.body for row in group)) if whole else ""
    return replace(first, fields=said(fields), body=body, part="")
