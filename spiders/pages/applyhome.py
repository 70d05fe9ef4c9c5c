"""Read 청약홈's notices on odcloud: one row each, days with "-" and "" where there is none."""

from __future__ import annotations

from datetime import date

from spiders.pages.answers import Item, count, day, items, json_of, moment, require, said, strict_listing, text
from spiders.pages.document import Document
from spiders.pages.hints import Hints
from spiders.pages.records import Call, Listing, Row, State

FACTS = {
    "supply": "RENT_SECD_NM; 없으면 HOUSE_SECD_NM",
    "region": "SUBSCRPT_AREA_CODE_NM",
    "opens": "RCEPT_BGNDE; SUBSCRPT_RCEPT_BGNDE",
    "closes": "RCEPT_ENDDE; SUBSCRPT_RCEPT_ENDDE",
    "announces": "PRZWNER_PRESNATN_DE",
    "homes": "TOT_SUPLY_HSHLDCO",
    "move_in": "MVN_PREARNGE_YM",
    "address": "HSSPLY_ADRES",
    "publisher": "BSNS_MBY_NM",
    "contact": "MDHS_TELNO",
}


@strict_listing
def listing(document: Document, today: date | None, hints: Hints) -> Listing:
    """Return the notices of a page."""
    value = json_of(document)
    total = count(value, "matchCount") if isinstance(value, dict) else None
    found = items(value, "data", None)
    require(found, "PBLANC_NO", "HOUSE_NM", "RCRIT_PBLANC_DE")
    if not found:
        return Listing(State.EMPTY, total=0, why="data가 비어 있음")
    more = (count(value, "page") or 1) * (count(value, "perPage") or len(found)) < (total or 0)
    rows = tuple(_row(each, today) for each in found)
    return Listing(State.OK, rows, Call(document.url) if more else None, total, notes=("청약홈",))


def _row(each: Item, today: date | None) -> Row:
    key, posted = text(each, "PBLANC_NO"), day(text(each, "RCRIT_PBLANC_DE"), today)
    fields = {
        "supply": text(each, "RENT_SECD_NM") or text(each, "HOUSE_SECD_NM"),
        "region": text(each, "SUBSCRPT_AREA_CODE_NM"),
        "opens": text(each, "RCEPT_BGNDE") or text(each, "SUBSCRPT_RCEPT_BGNDE"),
        "closes": text(each, "RCEPT_ENDDE") or text(each, "SUBSCRPT_RCEPT_ENDDE"),
        "announces": text(each, "PRZWNER_PRESNATN_DE"),
        "homes": text(each, "TOT_SUPLY_HSHLDCO"),
        "move_in": moment(text(each, "MVN_PREARNGE_YM")),
        "address": text(each, "HSSPLY_ADRES"),
        "publisher": text(each, "BSNS_MBY_NM"),
        "contact": text(each, "MDHS_TELNO"),
    }
    return Row(
        title=text(each, "HOUSE_NM"),
        key=key or None,
        url=text(each, "PBLANC_URL") or None,
        posted=posted,
        fields=said(fields),
        doubts=() if posted else ("RCRIT_PBLANC_DE를 읽지 못함",),
    )
