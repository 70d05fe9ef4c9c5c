"""Hostile and oversized lists end in bounded time, in a clear state, and a cut is told."""

from __future__ import annotations

import json
import time

import pytest

from spiders.pages import listing
from spiders.pages.blocks import ROWS
from spiders.pages.document import LIMIT, Document
from spiders.pages.records import Listing, State

URL = "https://board.haetsal.or.kr/news/list.do?id=382"
ROW = '<tr><td>{0}</td><td><a href="/news/view.do?id=382&amp;no={0}">달빛단지 입주 안내 {0}</a></td><td>2026-09-02</td></tr>'
CARD = '<li><a href="/news/view.do?id=382&amp;no={0}">달빛단지 입주 안내 {0}</a><span>2026-09-02</span></li>'


def _timed(data: bytes, url: str = URL) -> Listing:
    before = time.process_time()
    found = listing(Document(data, url))
    assert time.process_time() - before < 5
    return found


@pytest.mark.parametrize(
    ("row", "frame"),
    [
        (ROW, "<table><tr><th>번호</th><th>제목</th><th>등록일</th></tr>{}</table>"),
        (ROW, "<table>{}</table>"),
        (CARD, "<ul>{}</ul>"),
    ],
)
def test_100000_rows_are_cut_with_a_doubt(row: str, frame: str) -> None:
    page = frame.format("".join(row.format(i) for i in range(100_000)))
    found = _timed(page.encode())
    assert found.state is State.OK
    assert 1000 < len(found.rows) <= ROWS
    assert found.doubts


def test_100000_objects_are_cut_with_a_doubt() -> None:
    rows = [{"nttSj": f"달빛단지 입주 안내 {i}", "nttNo": str(i), "regDt": "2026-09-02"} for i in range(100_000)]
    found = _timed(json.dumps({"list": rows}).encode())
    assert len(found.rows) == ROWS
    assert found.doubts


@pytest.mark.parametrize("tag", ["<div>", "<table><tr><td>", "<ul><li>", "<dl><dt>", "<span>2026-09-02"])
def test_10000_levels(tag: str) -> None:
    page = tag * 10_000 + "<table>" + ROW.format(1) + "</table>"
    found = _timed(page.encode())
    assert found.doubts or found.state is not State.OK


@pytest.mark.parametrize(
    "piece",
    [
        "1",
        ".",
        "1.2026.",
        "2026-09-",
        "총 ",
        "게시물 ",
        "a(",
        "function x(",
        "<td>2026.",
        "=[",
        '{"a":',
        "javascript:f('1',",
    ],
)
def test_a_megabyte_of_bait(piece: str) -> None:
    bait = piece * (1_000_000 // len(piece.encode()))
    for page in (
        bait,
        f"<table><tr><td>{bait}</td></tr></table>",
        f"<script>{bait}</script>",
        f"<a href='#' onclick=\"{bait}\">2026-09-02 제목</a>",
        f"<p>{bait}</p>" + "<table>" + ROW.format(1) + "</table>",
    ):
        _timed(page.encode())


@pytest.mark.parametrize(
    "piece",
    [
        "<p>가나다</p>",
        "<td>1</td>",
        "<a href='x?no=12345'>긴 제목의 글입니다</a>",
        "<th>제목</th>",
        "<script>x={};</script>",
        "<li><a href='/v?no=12'>달빛단지 안내문</a>2026-09-02",
    ],
)
def test_twenty_megabytes(piece: str) -> None:
    data = piece.encode() * (LIMIT // len(piece.encode()) + 10)
    found = _timed(data)
    assert found.doubts or found.state is not State.OK


def test_rows_of_mixed_charsets_are_told() -> None:
    page = f"<table>{ROW.format(1)}".encode() + ROW.format(2).encode("cp949") + f"{ROW.format(3)}</table>".encode()
    found = _timed(page)
    assert len(found.rows) == 3
    assert found.doubts
    assert [bool(row.doubts) for row in found.rows] == [False, True, False]
