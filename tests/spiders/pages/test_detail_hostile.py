"""Details of hostile, cut and mutated pages: bounded time, no crash, clean text."""

from __future__ import annotations

import random
import re
import time
from collections.abc import Callable
from datetime import date
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from spiders.pages.detail import detail
from spiders.pages.document import Document
from spiders.pages.filenames import names
from spiders.pages.filenames import tidy as tidy_name
from spiders.pages.labels import known
from spiders.pages.plain import tidy
from spiders.pages.records import Detail, State

RECORDED = Path(__file__).parents[2] / "recorded" / "detail"
TODAY = date(2026, 11, 25)
CONTROL = re.compile("[\x00-\x08\x0b-\x1f\x7f-\x9f]")


def read(page: str | bytes) -> Detail:
    data = page.encode("utf-8", "replace") if isinstance(page, str) else page
    return detail(Document(data, "https://a.example.go.kr/view.do?id=1"), today=TODAY)


def around(body: str) -> str:
    return f"<html><body><h2 class=title>햇살마을</h2><p>등록일 : 2026-05-01</p>{body}</body></html>"


HOSTILE: dict[str, Callable[[], str]] = {
    "20 MB of text": lambda: around("<div class=con>" + "가나다라 " * 1_600_000 + "</div>"),
    "10,000 levels": lambda: around("<div>" * 10_000 + "글" + "</div>" * 10_000),
    "10,000 tables": lambda: around("<table><tr><td>" * 10_000 + "글"),
    "a megabyte of digits": lambda: around("<p>" + "1" * 1_000_000 + "</p>"),
    "a megabyte of digits and dots": lambda: around("<h3>" + "2026.05." * 125_000 + "</h3>"),
    "labels without end": lambda: around("<p>" + "제목 : " * 200_000 + "</p>"),
    "cells without end": lambda: around("<table><tr>" + "<td>제목</td>" * 60_000 + "</tr></table>"),
    "rows of labels": lambda: around("<table>" + "<tr><th>등록일</th><th>작성자</th></tr>" * 20_000 + "</table>"),
    "files without end": lambda: around("<ul>" + '<li><a href="/down.do?f=1">공고문.hwp</a></li>' * 30_000 + "</ul>"),
    "quotes without end": lambda: around('<a href="#" onclick="' + "d(\\'" * 200_000 + '">내려받기</a>'),
    "runs of one letter": lambda: around("<p>" + "<span>가</span>" * 60_000 + "</p>"),
    "neighbours without end": lambda: around("<dl>" + "<dt>이전글</dt><dd><a href=x>가</a></dd>" * 20_000 + "</dl>"),
    "a list without end": lambda: around("<ul>" + "<li><a href=x>글</a> 2026-05-01</li>" * 30_000 + "</ul>"),
    "attributes without end": lambda: around("<div " + " ".join(f"a{n}=x" for n in range(200_000)) + ">글</div>"),
    "angle brackets": lambda: "<" * 1_000_000,
    "broken JSON-LD": lambda: '<script type="application/ld+json">' + "[" * 100_000 + "</script>글",
}


@pytest.mark.parametrize("name", HOSTILE)
def test_hostile_pages_end_in_time(name: str) -> None:
    page = HOSTILE[name]()
    started = time.process_time()
    found = read(page)
    assert time.process_time() - started < 5
    assert isinstance(found.state, State)
    assert len(found.body) <= 1_000_000


def test_a_cut_is_a_doubt() -> None:
    long = read(around("<div class=con>" + "가나다라 " * 1_600_000 + "</div>"))
    deep = read(around("<div>" * 10_000 + "글" + "</div>" * 10_000))
    assert any("20MB" in doubt for doubt in long.doubts)
    assert any("100만 자" in doubt for doubt in long.doubts)
    assert any("2,048단계" in doubt for doubt in deep.doubts)


def mutated(data: bytes, chance: random.Random) -> bytes:
    """Cut, double, swap and spoil pieces of a page."""
    for _ in range(chance.randint(1, 6)):
        if not data:
            break
        start = chance.randrange(len(data))
        stop = min(len(data), start + chance.choice((1, 3, 30, 300, 3000)))
        piece = data[start:stop]
        change = chance.randrange(5)
        if change == 0:
            data = data[:start] + data[stop:]
        elif change == 1:
            data = data[:stop] + piece * chance.randint(1, 4) + data[stop:]
        elif change == 2:
            data = data[:start] + chance.randbytes(len(piece) % 40) + data[stop:]
        elif change == 3:
            to = chance.randrange(len(data))
            data = data[:to] + piece + data[to:]
        else:
            words = (
                b"<table>",
                b"</div>",
                b"<td>",
                b"<th>",
                "제목".encode(),
                b"<textarea>",
                b"<!--",
                b"\x00",
                b"&#x9f;",
                b"'\"",
            )
            data = data[:start] + chance.choice(words) + data[start:]
    return data


def fuzz(rounds: int, seed: int) -> None:
    chance = random.Random(seed)
    pages = [path.read_bytes() for path in sorted(RECORDED.glob("*/*/page.html"))]
    for _ in range(rounds):
        found = read(mutated(chance.choice(pages), chance))
        assert found.state == State.OK or found.why
        told = [
            found.title or "",
            found.department or "",
            *(file.name for file in found.attachments),
            *found.fields.values(),
        ]
        assert not any(CONTROL.search(text.replace("\n", "").replace("\t", "")) for text in [found.body, *told])
        assert all(file.url is None or file.url.startswith(("http://", "https://")) for file in found.attachments)


def test_mutated_pages_are_answered() -> None:
    fuzz(200, seed=3)


@pytest.mark.soak
def test_many_mutated_pages_are_answered() -> None:
    fuzz(20_000, seed=4)


@settings(derandomize=True, max_examples=150, deadline=None)
@given(st.text(max_size=200))
def test_cleaning_again_changes_nothing(text: str) -> None:
    once = tidy(text)
    assert tidy(once) == once
    assert not CONTROL.search(once.replace("\n", "").replace("\t", ""))


@settings(derandomize=True, max_examples=60, deadline=None)
@given(st.text(max_size=300))
def test_any_text_is_answered(text: str) -> None:
    found = read(around(text))
    assert not CONTROL.search((found.title or "") + found.body.replace("\n", "").replace("\t", ""))


@pytest.mark.parametrize(
    ("glued", "name"),
    [
        ("공고문.hwp (136 KB)", "공고문.hwp"),
        ("217.99KB붙임. 신청서.pdf", "붙임. 신청서.pdf"),
        ("첨부파일 : 1. 서식(개인).hwpx [41,2 KB] 다운로드 : 12회", "1. 서식(개인).hwpx"),
        ("안내문.pdf 새창열림", "안내문.pdf"),
        ("공고(제2026-3호).hwp 첨부파일 다운로드", "공고(제2026-3호).hwp"),
        ("상담 신청서.hwp [File Size:24.5KB/Download:3]", "상담 신청서.hwp"),
        ("결과.xlsx(수정)", "결과.xlsx(수정)"),
    ],
)
def test_what_is_glued_to_a_file_name_comes_off(glued: str, name: str) -> None:
    assert tidy_name(glued) == name


def test_a_line_of_file_names() -> None:
    assert names("가 나.hwp (12KB) 다.pdf, 라(1).zip") == ["가 나.hwp", "다.pdf", "라(1).zip"]


@pytest.mark.parametrize(
    ("label", "role"), [("제 목 :", "title"), ("등록일자", "posted"), ("첨부파일 2", "files"), ("햇살", None)]
)
def test_labels(label: str, role: str | None) -> None:
    found = known(label)
    assert (found[0] if found else None) == role
