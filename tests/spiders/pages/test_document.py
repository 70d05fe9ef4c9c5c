from __future__ import annotations

import time

import pytest

from spiders.pages.document import LIMIT, Document

URL = "https://board.example.go.kr/list.do"
PAGE = "<html><head><meta charset='{}'></head><body><p>햇살마을 게시판</p></body></html>"


@pytest.mark.parametrize(
    ("declared", "real"),
    [
        ("utf-8", "utf-8"),
        ("euc-kr", "euc-kr"),
        ("euc-kr", "utf-8"),
        ("utf-8", "cp949"),
        ("nonsense", "cp949"),
        ("utf-8", "utf-8-sig"),
    ],
)
def test_the_bytes_win_over_the_meta_tag(declared: str, real: str) -> None:
    document = Document(
        PAGE.format(declared).replace("마을", "마을뷁" if real == "cp949" else "마을").encode(real), URL
    )
    assert "햇살마을" in document.tree.text_content()
    assert document.doubts == []


def test_mixed_charsets_are_a_doubt() -> None:
    document = Document("햇살마을 게시판입니다".encode() + b"\xb0\xa1\xff" + "끝".encode(), URL)
    assert "햇살마을" in document.text
    assert document.doubts


def test_nothing_is_lost_after_an_early_end() -> None:
    document = Document("<html><body>위</body></html><table><tr><td>아래</td></tr></table>".encode(), URL)
    assert document.tree.xpath("string(//td)") == "아래"


def test_text_of_document_write_stands_in_its_place() -> None:
    document = Document(rb"<td><script>document.write('<b>\uac00\"</b>');document.write('x');</script></td>", URL)
    assert document.tree.xpath("string(//td)") == '가"x'


@pytest.mark.parametrize(
    ("data", "kind"),
    [
        (b'{"rows": []}', "json"),
        (b"[1]", "json"),
        (b"[x] <p>", "html"),
        (b'<?xml version="1.0"?><rss><channel/></rss>', "xml"),
        (b"<feed xmlns='http://www.w3.org/2005/Atom'/>", "xml"),
        (b'<?xml version="1.0"?><!DOCTYPE html><html/>', "html"),
        (b"", "html"),
    ],
)
def test_the_content_tells_the_kind(data: bytes, kind: str) -> None:
    document = Document(data, URL)
    assert document.kind == kind
    assert document.tree is not None


@pytest.mark.parametrize("tag", ["<div>", "<table>", "<table><tr><td>", "<b>", "<ul><li>"])
def test_deep_nesting_is_bounded_and_told(tag: str) -> None:
    document = Document(tag.encode() * 10_000 + b"x", URL)
    before = time.process_time()
    assert document.tree is not None
    assert time.process_time() - before < 5
    assert document.doubts


@pytest.mark.parametrize(
    "piece", ["<script>document.write", "document.write('", "<!--", "<?xml ", "</body ", "<p>가나다</p>"]
)
def test_twenty_megabytes_are_bounded(piece: str) -> None:
    document = Document(piece.encode() * (LIMIT // len(piece.encode()) // 4), URL)
    before = time.process_time()
    assert document.kind and document.tree is not None
    assert time.process_time() - before < 5


def test_a_cut_is_a_doubt() -> None:
    assert Document(b" " * (LIMIT + 1), URL).doubts
