"""Read the list of LH 청약플러스: nine columns, badges in titles, ids in data attributes, an error page with status 200."""

from __future__ import annotations

import re
from datetime import date
from typing import Any
from urllib.parse import parse_qs, urlsplit

from lxml import etree, html

from notices.dates import find_dates
from notices.korean import one_line
from notices.model import Attachment
from spiders.pages.document import Document, Query
from spiders.pages.hints import Hints
from spiders.pages.lh_detail import detail
from spiders.pages.records import Call, Listing, Row, State

__all__ = ["attachments", "detail", "error_page", "listing"]

SITE = "https://apply.lh.or.kr/lhapply"
PAGE_NUMBER = "currPage"
_ROWS: Query = etree.XPath("//div[contains(@class, 'bbs_ListA')]//tbody/tr")
_HEADS: Query = etree.XPath("//div[contains(@class, 'bbs_ListA')]//thead//th")
_TOTAL: Query = etree.XPath("string(//p[contains(@class, 'bbs_total')])")
_LINK: Query = etree.XPath(".//a[contains(concat(' ', @class, ' '), ' wrtancInfoBtn ')]")
_TITLE: Query = etree.XPath(".//text()[not(ancestor::em) and not(ancestor::i)]")
_MI: Query = etree.XPath("string(//input[@name='mi']/@value)")
_COUNTS = re.compile(r"전체\s*([\d,]+)\s*건\D{0,20}(\d+)\s*/\s*(\d+)")
_FIELDS = {"유형": "supply", "지역": "region", "상태": "status", "마감일": "closes"}
LISTED = tuple(_FIELDS.values())
"""The fields that the list gives."""

_ERRORS = ("잘못된 경로", "페이지가 삭제", "eGovFrame 템플릿")
_IDS = {"panId": "data-id1", "ccrCnntSysDsCd": "data-id2", "uppAisTpCd": "data-id3", "aisTpCd": "data-id4"}


def listing(document: Document, *, today: date | None = None, hints: Hints | None = None) -> Listing:
    """Return the list page. `next_page` is None on the last page, which LH repeats for every number behind it."""
    if document.kind != "html":
        return Listing(State.UNREADABLE, why=f"목록이 HTML이 아니라 {document.kind.upper()}임")
    if error := error_page(document):
        return Listing(State.GUARD, why=error)
    heads = [one_line(th.text_content()) for th in _HEADS(document.tree)]
    counts = _COUNTS.search(one_line(_TOTAL(document.tree)))
    total = int(counts[1].replace(",", "")) if counts else None
    if "공고명" not in heads:
        return Listing(State.UNREADABLE, why="공고 표를 찾지 못함")
    mi = _mi(document)
    rows = [row for tr in _ROWS(document.tree) if (row := _row(tr, heads, mi, today)) is not None]
    if not rows:
        return _rowless(document, total)
    more = counts is not None and int(counts[2]) < int(counts[3])
    following = Call(document.url, {PAGE_NUMBER: str(int(counts[2]) + 1)}) if counts and more else None
    doubts = () if counts else ("전체 건수를 찾지 못함",)
    return Listing(
        State.OK, tuple(rows), following, total, doubts=(*document.doubts, *doubts), notes=("LH 청약플러스 목록",)
    )


def _rowless(document: Document, total: int | None) -> Listing:
    """Say why there is no row: none are open, or the table was not filled."""
    said = one_line(" ".join(tr.text_content() for tr in _ROWS(document.tree)))[:100]
    if total == 0 or (total is None and re.search(r"없습니다|없음", said)):
        return Listing(State.EMPTY, total=0, why=said or "전체 0건")
    if total:
        return Listing(State.SHELL, total=total, why=f"전체 {total}건이라면서 표에 줄이 없음")
    return Listing(State.UNREADABLE, why="표에 읽을 수 있는 줄이 없음")


def _row(tr: html.HtmlElement, heads: list[str], mi: str, today: date | None) -> Row | None:
    cells = dict(zip(heads, tr.iterchildren("td"), strict=False))
    links = _LINK(tr)
    if not links:
        return None
    ids = {name: links[0].get(attribute, "").strip() for name, attribute in _IDS.items()}
    title = one_line("".join(_TITLE(links[0])))
    said = {name: one_line(cells[head].text_content()) for head, name in _FIELDS.items() if head in cells}
    day = find_dates(cells["게시일"].text_content(), today) if "게시일" in cells else []
    url = address(ids, mi) if ids["panId"] else None
    doubts = ([] if day else ["게시일을 읽지 못함"]) + ([] if url else ["공고번호가 없음"])
    return Row(
        title=title,
        key=ids["panId"] or None,
        url=url,
        posted=day[0].day if day else None,
        fields={name: text for name, text in said.items() if text},
        detail=Call(url) if url else None,
        doubts=tuple(doubts),
    )


def address(ids: dict[str, str], mi: str) -> str:
    """The canonical address of a notice; LH needs all four ids."""
    return f"{SITE}/apply/wt/wrtanc/selectWrtancInfo.do?" + "&".join(f"{k}={v}" for k, v in ids.items()) + f"&mi={mi}"


def _mi(document: Document) -> str:
    """The menu number that the list stands under (1026: homes for rent)."""
    asked = parse_qs(urlsplit(document.url).query).get("mi", [""])[0]
    found = asked or _MI(document.tree)
    return found if found.isdigit() else "1026"


def error_page(document: Document) -> str:
    """The words by which a page with status 200 is LH's error template; "" for any other page."""
    return next((f"오류 안내 화면: '{mark}'" for mark in _ERRORS if mark in document.text), "")


def attachments(document: Document) -> tuple[Attachment, ...]:
    """Return the files that the answer of wrtFileDownl.do names; robots.txt bars the files, so only links are kept."""
    answer: Any = document.json
    files = answer if isinstance(answer, list) else []
    return tuple(
        Attachment(one_line(str(file["cmnAhflNm"])), f"{SITE}/lhFile.do?fileid={file['cmnAhflSn']}")
        for file in files
        if isinstance(file, dict) and file.get("cmnAhflNm") and str(file.get("cmnAhflSn", "")).isdigit()
    )
