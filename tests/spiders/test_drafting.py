"""What is written down for a new source, and what a person is told to check."""

from __future__ import annotations

import tomllib
from datetime import date
from pathlib import Path

import pytest

from spiders.drafting import Draft, draft
from spiders.pages.document import Document
from spiders.registry import load, read
from tests.replay import board_list

TODAY = date(2026, 11, 24)
SOURCES = load()
PAGE = board_list(range(9, 0, -1), '<a href="?pageIndex=2">2</a>')


def drafted(url: str, page: str = PAGE) -> Draft:
    """The draft of a list."""
    return draft(Document(page.encode(), url), url, SOURCES.values(), TODAY)


def said(made: Draft, word: str) -> str:
    """The concerns with a word."""
    return " ".join(concern for concern in made.concerns if word in concern)


@pytest.mark.parametrize(
    "url",
    [
        "https://eminwon.haessal.go.kr/emwp/gov/mogaha/ntis/web/ofr/action/OfrAction.do",
        "https://www.haessal.go.kr/bbs/list.do?no=7",
    ],
)
def test_what_is_written_can_be_read(url: str, tmp_path: Path) -> None:
    made = drafted(url)
    (tmp_path / f"{made.name}.toml").write_text(made.text, "utf-8")
    source = read(tmp_path / f"{made.name}.toml")
    assert (source.paging.param, source.expect.rows, source.checked) == ("pageIndex", 3, TODAY)


def test_a_civil_portal_gets_the_call_that_its_address_does_not_say() -> None:
    made = drafted("https://eminwon.haessal.go.kr/emwp/gov/mogaha/ntis/web/ofr/action/OfrAction.do")
    written = tomllib.loads(made.text)
    assert (written["kind"], written["params"]["jndinm"], written["params"]["yyyy"]) == ("gosi", "OfrNotAncmtEJB", "")
    assert "04" in said(made, "[params]")
    plain = drafted(
        "https://eminwon.haessal.go.kr/emwp/gov/mogaha/ntis/web/ofr/action/OfrAction.do?jndinm=OfrNotAncmtEJB"
    )
    assert "params" not in tomllib.loads(plain.text) and not said(plain, "[params]")


def test_a_place_is_known_by_its_own_host_and_guessed_by_its_site() -> None:
    own = drafted("https://www.paju.go.kr/other/list.do?id=9")
    assert tomllib.loads(own.text)["region"] == "41480" and not said(own, "짐작")
    near = drafted("https://library.paju.go.kr/list.do?id=9")
    assert tomllib.loads(near.text)["region"] == "41480" and "파주" in said(near, "짐작")
    assert "알아내지 못했습니다" in said(drafted("https://www.haessal.go.kr/list.do"), "region")


def test_doubtful_addresses_are_named() -> None:
    assert "첫 화면" in said(drafted("https://www.haessal.go.kr/"), "page")
    assert "2개뿐" in said(drafted("https://www.haessal.go.kr/bbs/view.do?no=7", board_list((2, 1))), "줄")
    assert not said(drafted("https://www.haessal.go.kr/bbs/list.do?no=7"), "첫 화면")


def test_a_list_of_homes_is_not_thinned_out_by_words() -> None:
    names = PAGE.replace("햇살 임대주택", "햇살마을").replace("호 입주자 모집 공고", "단지")
    assert "include" in tomllib.loads(drafted("https://www.haessal.go.kr/list.do", names).text)
    rental = drafted("https://www.haessal.go.kr/list.do", names.replace("<title>공지", "<title>임대 공고"))
    assert "include" not in tomllib.loads(rental.text) and tomllib.loads(rental.text)["kind"] == "rental"


def test_a_heading_is_no_page_number() -> None:
    made = drafted(
        "https://www.haessal.go.kr/list.do", PAGE.replace("<title>공지", "<title>햇살시 공지사항 목록 1 페이지")
    )
    assert tomllib.loads(made.text)["title"] == "햇살시 공지사항"
