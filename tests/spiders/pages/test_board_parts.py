"""The parts that lists are read by: addresses, calls, days, hints, pagers, refusals."""

from __future__ import annotations

import re
from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest

from spiders.pages import Hints, listing
from spiders.pages.address import absolute, canonical, key_param, other_board
from spiders.pages.calls import invoked
from spiders.pages.days import read_day
from spiders.pages.document import Document
from spiders.pages.records import Call, Listing, State
from spiders.pages.templates import filled, from_mapping

URL = "https://board.haetsal.or.kr/news/list.do?bbsNo=8"
TODAY = date(2026, 11, 24)


def _list(body: str, url: str = URL, hints: Hints | None = None) -> Listing:
    return listing(Document(f"<html><body>{body}</body></html>".encode(), url), today=TODAY, hints=hints)


def _table(*rows: str) -> str:
    return (
        "<table><tr><th>번호</th><th>제목</th><th>등록일</th></tr>"
        + "".join(f"<tr>{r}</tr>" for r in rows)
        + "</table>"
    )


def _row(no: int, board: int = 8) -> str:
    return f'<td>{no}</td><td><a href="view.do?bbsNo={board}&nttNo={no}">달빛단지 입주 안내 {no}호</a></td><td>2026-09-0{no % 9 + 1}</td>'


@pytest.mark.parametrize(
    ("href", "url"),
    [
        ("./view.do?no=1", "https://board.haetsal.or.kr/news/view.do?no=1"),
        ("?mode=view&no=1", "https://board.haetsal.or.kr/news/list.do?mode=view&no=1"),
        ("view.do?a=b c", "https://board.haetsal.or.kr/news/view.do?a=b%20c"),
        ("javascript:view(1)", None),
        ("JavaScript :view(1)", None),
        ("file:///etc/passwd", None),
        ("data:text/html,x", None),
        ("http://127.0.0.1/x", None),
        ("http://10.1.2.3/x", None),
        ("http://[::1]/x", None),
        ("http://169.254.169.254/latest", None),
        ("http://2130706433/x", None),
        ("http://0x7f.1/x", None),
        ("http://localhost/x", None),
        ("http://user:pass@haetsal.or.kr/x", None),
        ("http://[bad/x", None),
        ("#a", None),
    ],
)
def test_addresses(href: str, url: str | None) -> None:
    assert absolute(href, URL) == url


def test_the_canonical_address_is_the_same_on_each_visit() -> None:
    page = "https://a.go.kr/b/view.do;jsessionid=1A?key=297&id=&nttNo=5&pageIndex=3&searchKrwd=집&token=x&pageId=www1"
    assert canonical(page) == "https://a.go.kr/b/view.do?key=297&nttNo=5&pageId=www1"
    assert canonical(canonical(page)) == canonical(page)


def test_the_key_is_what_tells_the_posts_apart() -> None:
    urls = [f"https://a.kr/view.do?mid=m1&boardUid=b&strange={i}" for i in range(4)]
    assert key_param(urls) == "strange"
    assert key_param(["https://a.kr/view.do?mid=m1&nttNo=3"]) == "nttNo"


def test_a_board_is_not_its_prefix() -> None:
    assert other_board("https://a.kr/v.do?bbsNo=80&nttNo=1", "https://a.kr/l.do?bbsNo=8")
    assert not other_board("https://a.kr/v.do?bbsNo=8&nttNo=1", "https://a.kr/l.do?bbsNo=8")
    rows = _list(_table(_row(1), _row(2, board=80), _row(3))).rows
    assert [row.key for row in rows] == ["1", "3"]


@pytest.mark.parametrize(
    ("code", "name", "args"),
    [
        ("javaScript:searchDetail('39313')", "searchDetail", ("39313",)),
        ("goTo.view('list','51','1','02'); return false;", "goTo.view", ("list", "51", "1", "02")),
        ("return fn_view(12, 'a,b', \"c)\")", "fn_view", ("12", "a,b", "c)")),
        ("event.preventDefault(); open_it('x1')", "open_it", ("x1",)),
        ("f(", "f", ()),
    ],
)
def test_calls(code: str, name: str, args: tuple[str, ...]) -> None:
    call = invoked(code)
    assert call is not None
    assert (call.name, call.args) == (name, args)


def test_named_arguments() -> None:
    call = invoked("page_move( 'View', { no: 67937, 'cd': \"x\" } )")
    assert call is not None
    assert call.named == {"no": "67937", "cd": "x"}


def test_an_unknown_slot_drops_its_parameter() -> None:
    look = from_mapping({"arg": {"1": "7"}})
    assert filled("v.do?a={query:a}&no={arg:1}", look) == "v.do?no=7"
    assert filled("v.do?no={arg:1}&a={query:a}", look) == "v.do?no=7"
    assert filled("/x/{arg:2}/v", look) is None


@pytest.mark.parametrize(
    ("text", "day"),
    [
        ("10:32", TODAY),
        ("11.24", TODAY),
        ("12-24", date(2025, 12, 24)),
        ("3일 전", date(2026, 11, 21)),
        ("방금 전", TODAY),
        ("어제", date(2026, 11, 23)),
        ("26.07.21", date(2026, 7, 21)),
        ("20260721093000", date(2026, 7, 21)),
        ("2026-09-02 ~ 2026-12-31", date(2026, 9, 2)),
        ("상시", None),
    ],
)
def test_days(text: str, day: date | None) -> None:
    assert read_day(text, TODAY)[0] == day


def test_a_time_without_today_is_a_doubt_not_a_date() -> None:
    page = _table('<td>1</td><td><a href="view.do?bbsNo=8&nttNo=1">달빛단지 입주 안내</a></td><td>10:32</td>')
    (row,) = listing(Document(page.encode(), URL)).rows
    assert row.posted is None
    assert row.doubts


def test_several_unnamed_dates_are_a_doubt() -> None:
    page = (
        "<table>"
        + "".join(
            f"<tr><td>{i}</td><td><a href='v.do?no={i}'>달빛단지 안내 {i}</a></td><td>2026-09-01</td><td>2026-10-01</td></tr>"
            for i in range(5)
        )
        + "</table>"
    )
    assert all(row.doubts for row in _list(page).rows)


def test_views_change_nothing() -> None:
    def read(views: int) -> Listing:
        return _list(
            _table(*(f"{_row(i)}<td>{views + i}</td>" for i in range(1, 5))).replace(
                "등록일</th>", "등록일</th><th>조회</th>"
            )
        )

    assert read(10).rows == read(99999).rows


def test_hints_overrule_detection() -> None:
    body = "".join(
        f'<div class="r"><b class="t" onclick="open_it({i})">달빛단지 안내 {i}</b><i>2026-01-01</i><u>2026-09-0{i}</u></div>'
        for i in range(1, 4)
    )
    hints = Hints(
        row="div.r",
        title=".t",
        date="u",
        detail_url="/news/view.do?no={arg:1}",
        page_param="p",
        page_start=0,
        page_step=10,
    )
    found = _list(body, hints=hints)
    assert [(r.key, r.posted) for r in found.rows] == [(str(i), date(2026, 9, i)) for i in range(1, 4)]
    assert found.rows[0].url == "https://board.haetsal.or.kr/news/view.do?no=1"
    assert found.next_page == Call(f"{URL}&p=10")
    assert _list(body, hints=replace(hints, row="div[")).state is not State.OK


def test_a_list_mode_hint_chooses_the_block() -> None:
    cards = "".join(
        f"<li><a href='c.do?bbsNo=8&nttNo={i}'>은하수마을 안내 {i}</a><span>2026-09-01</span></li>"
        for i in range(10, 13)
    )
    page = _table(*(_row(i) for i in range(1, 6))) + f"<ul>{cards}</ul>"
    assert [r.key for r in _list(page, hints=Hints(list_mode="cards")).rows] == ["10", "11", "12"]
    assert len(_list(page, hints=Hints(list_mode="table")).rows) == 5


def test_a_category_hint_keeps_its_rows_only() -> None:
    page = _table(*(_row(i) + f"<td>{'임대' if i % 2 else '채용'}</td>" for i in range(1, 6))).replace(
        "등록일</th>", "등록일</th><th>분류</th>"
    )
    assert [r.key for r in _list(page, hints=Hints(category="category=임대")).rows] == ["1", "3", "5"]


@pytest.mark.parametrize(
    ("pager", "wanted"),
    [
        ('<b>1</b> <a href="?bbsNo=8&pageIndex=2">2</a>', f"{URL}&pageIndex=2"),
        ('<a href="#" onclick="goPage(2)">2</a><input type="hidden" name="pageIndex" value="1">', f"{URL}&pageIndex=2"),
        ('<a href="?bbsNo=8&pageIndex=2" class="next"><img alt="다음"></a>', f"{URL}&pageIndex=2"),
        ('<strong>3</strong><a href="?bbsNo=8&pageIndex=1">1</a><a href="?bbsNo=8&pageIndex=2">2</a>', None),
        ('<a href="/news/list.do?bbsNo=8">다음</a>', None),
        ('총 5건 <a href="?bbsNo=8&pageIndex=2">다음</a>', None),
        ("", None),
    ],
)
def test_pagers(pager: str, wanted: str | None) -> None:
    found = _list(_table(*(_row(i) for i in range(1, 6))) + f"<div class='paging'>{pager}</div>")
    assert (found.next_page.url if found.next_page else None) == wanted


def test_no_answer_is_remembered(corpus: Path) -> None:
    titles = re.findall(
        r'"title": "((?:[^"\\]|\\.)*)"',
        "".join(
            p.read_text("utf-8") for folder in ("labels", "labels-excerpts") for p in (corpus / folder).glob("*.json")
        ),
    )
    pieces = {t[i : i + 20] for t in titles for i in range(len(t) - 19)}
    root = Path(__file__).resolve().parents[3]
    for path in [*root.glob("spiders/**/*.py"), *root.glob("notices/**/*.py"), *root.glob("spiders/pages/*.tsv")]:
        text = path.read_text("utf-8")
        assert not [piece for piece in pieces if piece in text], path
