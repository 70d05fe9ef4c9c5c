"""Notices that stand in several rows, on any page of a list: laid together over all pages, or taken for the part they are."""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Callable, Iterator, Sequence
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from notices.model import RunState
from notices.store import Store
from spiders.registry import load
from spiders.standins import Handler, Request, Response
from spiders.walk import Walk
from tests.replay import Walker

ERROR = Response("<!DOCTYPE html><title>점검</title><body>시스템 점검 중입니다.</body>")


class Day:
    """A home folder whose sources are walked, 마이홈 in pages of two rows, and what its store says."""

    def __init__(self, home: Path, store: Store) -> None:
        self.home = home
        sources = load()
        small = replace(sources["myhome"], params={**sources["myhome"].params, "numOfRows": "2"})
        self.walker = Walker(store, {**sources, "myhome": small})

    def walk(self, name: str, site: Handler) -> Walk:
        """Walk a source."""
        self.walker.asked.clear()
        return self.walker.walk(name, site)

    def fact(self, key: str, field: str) -> list[Any]:
        """The values of a fact of a notice."""
        said = "SELECT f.value FROM fact f JOIN notice n ON n.id = f.notice_id WHERE n.key = ? AND f.field = ?"
        with sqlite3.connect(self.home / "jiballim.db") as db:
            return [json.loads(value) for (value,) in db.execute(said, (key, field))]

    def told(self) -> list[str]:
        """The kinds of all events."""
        with sqlite3.connect(self.home / "jiballim.db") as db:
            return [kind for (kind,) in db.execute("SELECT kind FROM event ORDER BY id")]


@pytest.fixture
def day(tmp_path: Path) -> Iterator[Day]:
    """A day on which nothing was read yet."""
    with Store.open(tmp_path / "jiballim.db") as store:
        yield Day(tmp_path, store)


def row(number: int, part: int, city: str = "파주시", homes: Any = "10", deposit: Any = "9000000", **more: Any) -> Any:
    """A complex of a notice as 마이홈 gives it."""
    return {
        "pblancId": str(number), "houseSn": part, "sttusNm": "일반공고", "suplyInsttNm": "LH", "suplyTyNm": "국민임대",
        "pblancNm": f"햇살마을 {number}단지 국민임대주택 예비입주자 모집공고", "rcritPblancDe": "20261120", "brtcNm": "경기도",
        "signguNm": city, "fullAdres": f"경기도 {city} 햇살동 {number}-{part}", "sumSuplyCo": homes, "rentGtn": deposit,
        "mtRntchrg": "98000", "beginDe": f"202612{part:02}", "endDe": f"202612{part + 10:02}", "url": "", **more,
    }  # fmt: skip


def myhome(
    rows: Sequence[Any], total: Callable[[int], int] | None = None, spoilt: dict[int, Response] | None = None
) -> Handler:
    """마이홈's API over these rows; `total` by page where it is not their number, and other answers by page."""

    def site(request: Request) -> Response:
        number, size = int(request.query["pageNo"]), int(request.query["numOfRows"])
        if spoilt and number in spoilt:
            return spoilt[number]
        count = total(number) if total else len(rows)
        body = {"totalCount": str(count), "numOfRows": str(size), "pageNo": str(number)}
        return Response(json.dumps({"response": {"body": {**body, "item": rows[(number - 1) * size : number * size]}}}))

    return site


ACROSS = [
    row(71, 1),
    row(72, 1, "파주시", 10),
    row(72, 2, "김포시", "1,015", "7000000"),  # the page ends before it
    row(72, 3, "파주시", "5", 8000000),
    row(73, 1, homes=None),
]


def test_complexes_over_several_pages_are_one_notice(day: Day) -> None:
    walk = day.walk("myhome", myhome(ACROSS))
    assert (walk.state, walk.counts["listed"], len(day.walker.asked)) == (RunState.DONE, 3, 3)
    assert day.fact("72", "homes") == [1030]
    assert day.fact("72", "deposit") == [7_000_000]
    assert len(day.fact("72", "region")) == 2
    assert (day.fact("72", "opens"), day.fact("72", "closes")) == (["2026-12-01"], ["2026-12-13"])
    assert day.fact("71", "homes") == [10]
    assert day.fact("73", "homes") == []


def test_rows_that_do_not_stand_together_are_one_notice_too(day: Day) -> None:
    day.walk("myhome", myhome([ACROSS[1], ACROSS[0], ACROSS[2], ACROSS[4], ACROSS[3]]))
    assert day.fact("72", "homes") == [1030]


def test_one_notice_may_fill_whole_pages(day: Day) -> None:
    walk = day.walk("myhome", myhome([row(74, part) for part in range(1, 8)]))
    assert (walk.state, walk.counts["new"], day.fact("74", "homes")) == (RunState.DONE, 1, [70])


def test_the_same_list_again_is_no_news(day: Day) -> None:
    day.walk("myhome", myhome(ACROSS))
    told = day.told()
    walk = day.walk("myhome", myhome(ACROSS))
    assert (walk.state, walk.counts["new"], walk.counts["changed"]) == (RunState.DONE, 0, 0)
    assert day.told() == told


def test_a_row_that_moved_over_the_border_counts_once(day: Day) -> None:
    """A new row on top pushes another to the next page while the list is read: it comes twice, and the total grows."""

    def moving(request: Request) -> Response:
        rows = ACROSS if request.query["pageNo"] == "1" else [row(79, 1), *ACROSS]
        return myhome(rows)(request)

    day.walk("myhome", myhome(ACROSS))
    walk = day.walk("myhome", moving)
    assert walk.state is RunState.PARTIAL
    assert walk.reason is not None and "바뀌어" in walk.reason.sentence
    assert day.fact("72", "homes") == [1030]


BROKEN = {
    "page of an error": (ERROR, "HTML"),
    "half": (Response('{"response": {"body": {"item": [{"pblancId"'), "JSON"),
    "null for the list": (Response('{"response": {"body": {"totalCount": "5", "item": null}}}'), "item"),
    "renamed": (Response('{"response": {"body": {"totalCount": "5", "items2": []}}}'), "item"),
    "renamed in a row": (Response('{"response": {"body": {"totalCount": "5", "item": [{"id": "72"}]}}}'), "pblancId"),
    "error with 200": (Response("<response><header><resultCode>22</resultCode></header></response>"), "XML"),
    "gone": (Response("", 500), "500"),
}


@pytest.mark.parametrize("case", BROKEN)
def test_a_page_that_fails_leaves_what_is_known_and_makes_up_no_sums(day: Day, case: str) -> None:
    """New notices of the pages before are told without sums, known ones stay as they were; completing is no news."""
    spoilt, named = BROKEN[case]
    first = day.walk("myhome", myhome(ACROSS, spoilt={2: spoilt}))
    assert first.state is RunState.PARTIAL
    assert first.reason is not None and named in first.reason.sentence
    assert (day.fact("72", "homes"), day.fact("72", "deposit")) == ([], [])
    assert len(day.told()) == 2
    second = day.walk("myhome", myhome(ACROSS))
    assert (second.state, second.counts["new"]) == (RunState.DONE, 1)
    assert day.fact("72", "homes") == [1030]
    third = day.walk("myhome", myhome(ACROSS, spoilt={2: spoilt}))
    assert (third.state, third.counts["changed"]) == (RunState.PARTIAL, 0)
    assert day.fact("72", "homes") == [1030]
    assert day.told() == ["new"] * 3


def test_a_list_longer_than_may_be_read_says_so(day: Day) -> None:
    short = replace(day.walker.sources["myhome"], paging=replace(day.walker.sources["myhome"].paging, pages=2))
    day.walker.sources["myhome"] = short
    walk = day.walk("myhome", myhome(ACROSS))
    assert walk.state is RunState.PARTIAL
    assert walk.reason is not None and "5줄 가운데 4줄" in walk.reason.sentence
    assert day.fact("72", "homes") == []


def test_an_api_that_knows_no_pages_comes_to_an_end(day: Day) -> None:
    walk = day.walk("myhome", lambda r: myhome(ACROSS)(replace(r, query={**r.query, "pageNo": "1"})))
    assert (walk.state, len(day.walker.asked)) == (RunState.PARTIAL, 2)
    assert day.fact("71", "homes") == []


def home(number: int, gu: str, deposit: int, sido: str = "서울특별시") -> str:
    """A home in HUG's table."""
    cells = (
        number, 1, "2026.11.23. 10:00 ~ 2026.12.07. 17:00", sido, gu,
        f"<a href='s070103.jsp?dt=20261123&amp;no={number}'>솔숲빌</a>", "다세대주택", 3, "42.29", f"{deposit:,}",
    )  # fmt: skip
    return f"<tr>{''.join(f'<td>{cell}</td>' for cell in cells)}</tr>"


HOMES = [
    home(1, "강북구", 188_100_000),
    home(2, "강북구", 188_100_000),
    home(3, "부천시", 121_000_000, "경기도"),
    home(4, "강북구", 99_000_000),
    home(5, "부천시", 130_000_000, "경기도"),
    home(6, "은평구", 150_000_000),
    home(7, "부천시", 140_000_000, "경기도"),
]


def hug(homes: Sequence[str], total: int | None = None, spoilt: dict[int, Response] | None = None) -> Handler:
    """HUG's page in EUC-KR, three homes a page; past the end it shows the last page again."""

    def site(request: Request) -> Response:
        assert (request.method, request.form["view_Count"], request.form["CMB_SIDO"]) == ("POST", "Y", "ALL")
        number = int(request.form["cur_page"])
        if spoilt and number in spoilt:
            return spoilt[number]
        at = min(number - 1, (len(homes) - 1) // 3) * 3
        said = "".join(homes[at : at + 3])
        count = f"<p>총 {len(homes) if total is None else total}건</p>" if total != 0 else ""
        return Response(f"<html><body>{count}<table class='d_list'>{said}</table></body></html>".encode("euc-kr"))

    return site


SEOUL, GYEONGGI = "20261123-서울특별시", "20261123-경기도"


def pages(day: Day) -> list[str]:
    """The numbers of the pages that were asked for."""
    return [request.form["cur_page"] for request in day.walker.asked]


def test_homes_over_several_pages_are_one_notice_a_region(day: Day) -> None:
    walk = day.walk("hug-lease", hug(HOMES))
    assert (walk.state, walk.counts["new"], pages(day)) == (RunState.DONE, 2, ["1", "2", "3"])
    assert day.fact(SEOUL, "deposit") == [99_000_000]  # of the second page
    assert day.fact(GYEONGGI, "deposit") == [121_000_000]
    assert len(day.fact(GYEONGGI, "region")) == 1
    again = day.walk("hug-lease", hug([HOMES[6], *HOMES[:6]]))  # in another order
    assert (again.state, again.counts["changed"]) == (RunState.DONE, 0)


def test_a_page_behind_the_end_that_repeats_ends_the_list(day: Day) -> None:
    """Where the table says no number of homes, the page that brings nothing new is the proof of the end."""
    walk = day.walk("hug-lease", hug(HOMES, total=0))
    assert (walk.state, pages(day)) == (RunState.DONE, ["1", "2", "3", "4"])
    assert day.fact(SEOUL, "deposit") == [99_000_000]


def test_homes_that_the_table_counts_and_does_not_show_are_missed(day: Day) -> None:
    walk = day.walk("hug-lease", hug(HOMES, total=300))
    assert (walk.state, pages(day)) == (RunState.PARTIAL, ["1", "2", "3", "4"])
    assert walk.reason is not None and "300줄 가운데 7줄" in walk.reason.sentence
    assert (walk.counts["new"], day.fact(SEOUL, "deposit")) == (2, [])


def test_a_page_of_homes_that_fails_leaves_what_is_known(day: Day) -> None:
    day.walk("hug-lease", hug(HOMES))
    walk = day.walk("hug-lease", hug(HOMES, spoilt={2: ERROR}))
    assert (walk.state, walk.counts["changed"], day.fact(SEOUL, "deposit")) == (RunState.PARTIAL, 0, [99_000_000])
