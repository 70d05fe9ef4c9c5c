"""Read HUG 든든전세: every row is one home, and the homes offered on one day in one 시·도 are one notice."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from datetime import date

from lxml import etree

from notices.dates import find_dates
from notices.korean import one_line
from spiders.pages.answers import (
    UnfitError,
    count,
    day,
    json_of,
    least,
    moment,
    only,
    require,
    said,
    strict_listing,
    text,
)
from spiders.pages.document import Document, Query
from spiders.pages.hints import Hints
from spiders.pages.records import Listing, Row, State
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
_ROWS: Query = etree.XPath("//table[contains(@class, 'd_list')]//tr[count(td) >= 10]")

Home = Mapping[str, str]


@strict_listing
def listing(document: Document, today: date | None, hints: Hints) -> Listing:
    """Return the notices of the API's answer, at most 300 homes."""
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
    return _gathered(homes, today) if homes else Listing(State.EMPTY, total=0, why="목록이 비어 있음")


@strict_listing
def table(document: Document, today: date | None, hints: Hints) -> Listing:
    """Return the notices of the web page, which is in EUC-KR and empty unless asked with view_Count=Y."""
    if document.kind != "html":
        raise UnfitError(f"목록이 HTML이 아니라 {document.kind.upper()}임")
    homes = []
    for tr in _ROWS(document.tree):
        cells = [one_line(td.text_content()) for td in tr.iterchildren("td")]
        days = [found.words for found in find_dates(cells[2], today)]
        if len(days) != 2:
            raise UnfitError(f"접수기간 칸을 읽지 못함({cells[2][:30]})")
        deposit = "".join(c for c in cells[9] if c.isdigit())
        opens = find_dates(cells[2], today)[0].day.isoformat()
        homes.append({"day": opens, "sido": cells[3], "gu": cells[4], "opens": days[0], "closes": days[1],
                      "place": "", "deposit": deposit})  # fmt: skip
    total = total_in(document)
    if homes:
        return _gathered(homes, today, whole=total is None or total <= len(homes))
    state, why = state_of(document)
    return Listing(state, total=total, why=why)


def _gathered(homes: Iterable[Home], today: date | None, *, whole: bool = True) -> Listing:
    """The notices of homes; where these are not all (`whole`), nothing is said that one more home could belie."""
    groups: dict[tuple[str, str], list[Home]] = {}
    for home in homes:
        groups.setdefault((home["day"], home["sido"]), []).append(home)
    rows = tuple(_row(*key, group, today, whole) for key, group in groups.items())
    return Listing(State.OK, rows, doubts=() if whole else ("집의 일부만 보임",), notes=("HUG 든든전세",))


def _row(on: str, sido: str, group: Sequence[Home], today: date | None, whole: bool) -> Row:
    """The notice of a day and a 시·도, which HUG itself gives neither number nor title."""
    gu = only(home["gu"] for home in group) if whole and all(home["gu"] for home in group) else ""
    fields = {
        "region": f"{sido} {gu}" if gu and gu != sido else sido,
        "opens": min(home["opens"] for home in group),
        "closes": max(home["closes"] for home in group),
        "deposit": least(int(home["deposit"] or 0) for home in group) if whole else "",
        "address": group[0]["place"] if whole and len(group) == 1 else "",
    }
    return Row(
        title=f"HUG 든든전세 입주자 모집 {sido} ({on} 접수분)",
        key=f"{on.replace('-', '')}-{sido}",
        url=PAGE,
        posted=day(on, today),
        fields=said(fields),
        body="\n".join(
            "\t".join(filter(None, (h["place"] or f"{sido} {h['gu']}", h["deposit"] and f"{h['deposit']}원")))
            for h in group
        )
        if whole
        else "",
    )
