"""Addresses that cannot be taken apart, in links and in the page's base, cost no row, no post and no crash."""

from __future__ import annotations

import pytest

from spiders.pages import listing
from spiders.pages.detail import detail
from spiders.pages.document import Document
from spiders.pages.records import State

BAD = ("http://[x/a", "//[", "http://[::1/x?no=12", "https://\u2100.com/", "http://h:99999999/")
URL = "https://board.haetsal.or.kr/news/list.do?id=382"


@pytest.mark.parametrize("bad", BAD)
def test_the_base_of_a_list(bad: str) -> None:
    row = '<tr><td>7</td><td><a href="/news/view.do?no=12">달빛단지 안내문</a></td><td>2026-09-02</td></tr>'
    page = f'<base href="{bad}"><table><tr><th>번호</th><th>제목</th><th>등록일</th></tr>{row}</table>'
    found = listing(Document(page.encode(), URL))
    assert [(one.key, one.title) for one in found.rows] == [("12", "달빛단지 안내문")]


@pytest.mark.parametrize("bad", BAD)
def test_links_of_a_post(bad: str) -> None:
    page = (
        f'<h3>달빛단지 안내문</h3><p>2026-09-02</p><a href="{bad}">이상한 곳</a>'
        f'<div class="content">입주를 앞둔 분들께 알려 드립니다. <a href="{bad}">공고문</a></div>'
    )
    found = detail(Document(page.encode(), URL))
    assert (found.state, found.title) == (State.OK, "달빛단지 안내문")
