"""Read LH's API on data.go.kr: notices, one notice's page and its homes; and the viewer of its pictures."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from urllib.parse import urljoin

from lxml import etree

from notices.model import Attachment
from spiders.pages import lh_supply
from spiders.pages.answers import (
    Item,
    UnfitError,
    count,
    day,
    items,
    moment,
    region_of,
    require,
    said,
    strict_detail,
    strict_listing,
    text,
)
from spiders.pages.document import Document, Query
from spiders.pages.hints import Hints
from spiders.pages.lh_parts import ASKED, asked_of, call, parts_of
from spiders.pages.records import Call, Detail, Listing, Row, State

FACTS = {
    "supply": "AIS_TP_CD_NM",
    "region": "CNP_CD_NM; LCT_ARA_ADR",
    "status": "PAN_SS",
    "opens": "ACP_DTTM (모든 신청 대상)",
    "closes": "CLSG_DT",
    "announces": "PZWR_ANC_DT",
    "address": "LCT_ARA_ADR + LCT_ARA_DTL_ADR",
    "move_in": "MVIN_XPC_YM",
    **lh_supply.FACTS,
}
LISTED = ("supply", "region", "status", "closes")
"""The fields that the list gives."""

OPERATION = "lhLeaseNoticeDtlInfo1/getLeaseNoticeDtlInfo1"
_SPANS = (
    ("opens", "SBSC_ACP_ST_DT"),
    ("closes", "SBSC_ACP_CLSG_DT"),
    ("announces", "PZWR_ANC_DT"),
    ("papers_from", "PZWR_PPR_SBM_ST_DT"),
    ("papers_to", "PZWR_PPR_SBM_ED_DT"),
    ("contract_from", "CTRT_ST_DT"),
    ("contract_to", "CTRT_ED_DT"),
)
_HEADS = {"신청대상": "HS_SBSC_ACP_TRG_CD_NM", "접수기간": "ACP_DTTM", "당첨자발표일": "PZWR_ANC_DT"}
_PICTURE: Query = etree.XPath("//img[@src]")


@strict_listing
def listing(document: Document, today: date | None, hints: Hints) -> Listing:
    """Return the notices of a page; the answer is an array whose parts are found by name."""
    parts = parts_of(document)
    found = items(parts, "dsList", None if "dsList" in parts else 0)
    require(found, "PAN_ID", "PAN_NM", "PAN_NT_ST_DT", "PAN_SS")
    total = next((n for each in found if (n := count(each, "ALL_CNT")) is not None), len(found))
    if not found:
        return Listing(State.EMPTY, total=0, why="dsList가 비어 있음")
    asked = next(iter(items(parts, "dsSch", 0)), {})
    more = (count(asked, "PAGE") or 1) * (count(asked, "PG_SZ") or len(found)) < total
    rows = tuple(_row(each, today) for each in found)
    return Listing(State.OK, rows, Call(document.url) if more else None, total, notes=("LH API",))


def _row(each: Item, today: date | None) -> Row:
    key, posted = text(each, "PAN_ID"), day(text(each, "PAN_NT_ST_DT"), today)
    fields = {
        "supply": text(each, "AIS_TP_CD_NM"),
        "region": text(each, "CNP_CD_NM"),
        "status": text(each, "PAN_SS"),
        "closes": text(each, "CLSG_DT"),
    }
    return Row(
        title=text(each, "PAN_NM"),
        key=key or None,
        url=text(each, "DTL_URL") or None,
        posted=posted,
        fields=said(fields),
        detail=call(OPERATION, {name: text(each, name) for name in ASKED}),
        doubts=() if posted else ("PAN_NT_ST_DT를 읽지 못함",),
    )


@strict_detail
def detail(document: Document, today: date | None, hints: Hints) -> Detail:
    """Return a notice's page, which its homes follow, or these.

    Each group of applicants has days of its own: only what holds for all is the notice's.
    """
    if lh_supply.OPERATION in document.url:
        return lh_supply.detail(document)
    parts = parts_of(document)
    if not any(name.startswith("ds") and name != "dsSch" for name in parts):
        raise UnfitError("'dsSbd', 'dsSplScdl' 항목이 없음")
    homes, groups, extra = (items(parts, name, 0) for name in ("dsSbd", "dsSplScdl", "dsEtcInfo"))
    places = [_place(each) for each in homes]
    fields = {
        "address": places[0] if len(places) == 1 else "",
        "region": _regions(places),
        "move_in": _month(text(homes[0], "MVIN_XPC_YM")) if len(homes) == 1 else "",
        **_span([dict(_group(each)) for each in groups]),
    }
    lines = [text(each, name) for each in extra for name in ("CRC_RSN", "PAN_DTL_CTS", "ETC_CTS")]
    lines += (
        ["\t".join(_HEADS), *("\t".join(text(each, n) for n in _HEADS.values()) for each in groups)] if groups else []
    )
    return Detail(
        State.OK,
        body="\n".join(filter(None, [*lines, *(f"소재지\t{place}" for place in places if place)])),
        attachments=tuple(_files(items(parts, "dsAhflInfo", 0))),
        fields=said(fields),
        following=call(lh_supply.OPERATION, asked_of(document.url)),
    )


def _place(each: Item) -> str:
    """Where a complex stands; the kinds of supply have names of their own for it."""
    names = (("LCT_ARA_ADR", "LGDN_ADR"), ("LCT_ARA_DTL_ADR", "LGDN_DTL_ADR"))
    return " ".join(filter(None, (next(filter(None, (text(each, n) for n in pair)), "") for pair in names)))


def _regions(places: list[str]) -> str:
    """The regions of all complexes; "" where that of one is not known."""
    found = [region_of(place) for place in places]
    return ", ".join(dict.fromkeys(found)) if all(found) else ""


def schedule(document: Document) -> list[dict[str, str]]:
    """Return the days of each group of applicants under the names of fields, moments as "YYYY-MM-DD HH:MM"."""
    return [dict(_group(each)) for each in items(parts_of(document), "dsSplScdl", 0)]


def _group(each: Item) -> Iterator[tuple[str, str]]:
    yield "target", text(each, "HS_SBSC_ACP_TRG_CD_NM")
    first, _, last = text(each, "ACP_DTTM").partition("~")
    for name, key in _SPANS:
        own = {"opens": first, "closes": last}.get(name, "").strip()
        if words := own or moment(text(each, key)):
            yield name, words.replace(".", "-") if own else words


def _span(groups: list[dict[str, str]]) -> dict[str, str]:
    """The whole window of several groups; of one group alone only the day of the announcement."""
    announced = {group["announces"] for group in groups if group.get("announces")}
    found = {"announces": announced.pop()} if len(announced) == 1 else {}
    if len(groups) > 1 and all(group.get("opens") and group.get("closes") for group in groups):
        found |= {"opens": min(g["opens"] for g in groups), "closes": max(g["closes"] for g in groups)}
    return found


def _month(words: str) -> str:
    digits = "".join(c for c in words if c.isdigit())
    return moment(digits[:6])


def _files(found: list[Item]) -> Iterator[Attachment]:
    """Give the files; a row of labels holds no address."""
    for each in found:
        name, url = text(each, "CMN_AHFL_NM"), text(each, "AHFL_URL")
        if name and url.startswith("http"):
            yield Attachment(name, url)


def picture(document: Document) -> str | None:
    """Return the address of the picture that lhImageView2.do shows."""
    found = _PICTURE(document.tree)
    return urljoin(document.url, found[0].get("src")) if found else None
