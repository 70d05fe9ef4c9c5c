"""Read 복지로: the services of the state and of local governments, in XML only; what they say is hashed with the row."""

from __future__ import annotations

from datetime import date

from lxml import etree

from spiders.pages.answers import (
    Item,
    UnfitError,
    count,
    day,
    require,
    said,
    strict_detail,
    strict_listing,
    text,
    xml_of,
)
from spiders.pages.document import Document
from spiders.pages.hints import Hints
from spiders.pages.records import Call, Detail, Listing, Row, State

FACTS = {
    "audience": "lifeArray, trgterIndvdlArray; 지자체는 lifeNmArray",
    "category": "intrsThemaArray; 지자체는 intrsThemaNmArray",
    "publisher": "jurMnofNm; 지자체는 ctpvNm + sggNm",
    "region": "지자체의 ctpvNm + sggNm",
    "apply": "aplyMtdNm (지자체)",
    "contact": "rprsCtadr",
}
CENTRAL = "https://apis.data.go.kr/B554287/NationalWelfareInformationsV001/NationalWelfaredetailedV001"
_TEXTS = {"대상": "tgtrDtlCn", "선정 기준": "slctCritCn", "지원 내용": "alwServCn"}


@strict_listing
def listing(document: Document, today: date | None, hints: Hints) -> Listing:
    """Return the services of a page, of the state or of local governments."""
    root = xml_of(document, "wantedList")
    head = _plain(root)
    if head.get("resultCode", "") not in ("0", "00"):
        raise UnfitError(f"resultCode가 {head.get('resultCode') or '없음'}")
    total = count(head, "totalCount")
    found = [_plain(node) for node in root.iter("servList")]
    require(found, "servId", "servNm")
    if not found:
        if total:
            raise UnfitError("'servList' 항목이 없음")
        return Listing(State.EMPTY, total=0, why="servList가 없음")
    more = (count(head, "pageNo") or 1) * (count(head, "numOfRows") or len(found)) < (total or 0)
    rows = tuple(_row(each, today) for each in found)
    return Listing(State.OK, rows, Call(document.url) if more else None, total, notes=("복지로",))


def _plain(node: etree._Element) -> dict[str, str]:
    return {
        str(child.tag): (child.text or "").strip() for child in node if isinstance(child.tag, str) and not len(child)
    }


def _row(each: Item, today: date | None) -> Row:
    key = text(each, "servId")
    place = " ".join(filter(None, (text(each, "ctpvNm"), text(each, "sggNm"))))
    people = (text(each, name) for name in ("lifeArray", "lifeNmArray", "trgterIndvdlArray", "trgterIndvdlNmArray"))
    fields = {
        "audience": ", ".join(filter(None, people)),
        "category": text(each, "intrsThemaArray") or text(each, "intrsThemaNmArray"),
        "publisher": text(each, "jurMnofNm") or place,
        "region": place,
        "apply": text(each, "aplyMtdNm"),
        "contact": text(each, "rprsCtadr"),
    }
    central = not place and key
    return Row(
        title=text(each, "servNm"),
        key=key or None,
        url=text(each, "servDtlLink") or None,
        posted=day(text(each, "lastModYmd") or text(each, "svcfrstRegTs")[:8], today),
        department=text(each, "bizChrDeptNm") or text(each, "jurOrgNm") or None,
        fields=said(fields),
        body=text(each, "servDgst"),
        detail=Call(f"{CENTRAL}?callTp=D&servId={key}") if central else None,
    )


@strict_detail
def detail(document: Document, today: date | None, hints: Hints) -> Detail:
    """Return a service of the state: for whom, by which criteria, what."""
    said_ = _plain(xml_of(document, "wantedDtl"))
    lines = [f"{label}\n{words}" for label, name in _TEXTS.items() if (words := said_.get(name, ""))]
    if not lines:
        raise UnfitError("'tgtrDtlCn', 'slctCritCn', 'alwServCn' 항목이 없음")
    return Detail(State.OK, title=said_.get("servNm") or None, body="\n".join(lines))
