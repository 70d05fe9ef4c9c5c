"""A notice that is asked for in several calls: their answers are laid together, and each may fail alone."""

from __future__ import annotations

import re
import sqlite3
from collections.abc import Callable, Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from jiballim.demo.world import DAYS
from notices.model import Attachment, RunState
from notices.store import Store
from spiders.crawl import Day, days
from spiders.open_page import AHEAD
from spiders.pages.records import Detail, State
from spiders.registry import load
from spiders.rows import together
from spiders.standins import MISSING, Handler, Request, Response, serve
from tests.replay import NOON, Walker
from tests.spiders.sample import ENVIRON, REFUSED, SITES, good
from tests.spiders.sample import answer as nation

SUPPLY, DETAIL = "getLeaseNoticeSplInfo1", "getLeaseNoticeDtlInfo1"
FIRST = "2015122300091001"
ALL = len(SITES.world.posts("lh-api", len(DAYS)))
"""How many notices LH's list shows."""

FACTS = "SELECT f.field, f.value FROM fact f JOIN notice n ON n.id = f.notice_id WHERE n.key = ? AND f.field = ?"


@pytest.fixture
def read(tmp_path: Path) -> Iterator[Walker]:
    """A walker whose sources were never read."""
    with Store.open(tmp_path / "jiballim.db") as store:
        yield Walker(store, load())


def supply_as(response: Response, status: str = "") -> Handler:
    """The day, but for the answer on homes, and perhaps the state of every notice, so that all are asked for anew."""

    def site(request: Request) -> Response:
        if SUPPLY in request.path:
            return response
        said = good(request)
        if not status or "lhLeaseNoticeInfo1" not in request.path or not isinstance(said.body, bytes):
            return said
        return replace(said, body=re.sub(r'"PAN_SS": "[^"]*"', f'"PAN_SS": "{status}"', said.body.decode()))

    return site


def fact(home: Path, key: str, field: str) -> Any:
    """A fact of a notice, None without it."""
    with sqlite3.connect(home / "jiballim.db") as db:
        return next((value for _, value in db.execute(FACTS, (key, field))), None)


def events(home: Path) -> int:
    """How many events were told."""
    with sqlite3.connect(home / "jiballim.db") as db:
        return int(db.execute("SELECT count(*) FROM event").fetchone()[0])


def test_what_three_calls_say_is_one_notice(read: Walker, tmp_path: Path) -> None:
    walk = read.walk("lh-api", good)
    assert (walk.state, walk.counts["details"], walk.counts["requests"]) == (RunState.DONE, ALL, 1 + 2 * ALL)
    assert fact(tmp_path, FIRST, "address") is not None  # the second call's
    assert [fact(tmp_path, FIRST, name) for name in ("homes", "deposit", "rent")] == ["84", "10800000", "154500"]


BROKEN: dict[str, tuple[Response, str]] = {
    "gone": (MISSING, "404"),
    "half": (Response('[{"dsSch": [{}]}, {"dsList01": [{"HTY_NNA"'), "JSON"),
    "page": (Response("<!DOCTYPE html><title>점검</title>"), "HTML"),
    "error with 200": (Response('[{"resHeader": [{"SS_CODE": "E"}]}]'), "SS_CODE"),
    "null for the table": (Response('[{"dsList01": null}]'), "dsList01"),
    "text for the table": (Response('[{"dsList01": "없음"}]'), "dsList01"),
    "table renamed": (Response('[{"list": [{"HTY_NNA": "26A"}]}]'), "dsList01"),
    "fields renamed": (Response('[{"dsList01": [{"TYPE": "26A", "CNT": "3"}]}]'), "HTY_NNA"),
    "no array": (Response('{"dsList01": []}'), "배열"),
}


@pytest.mark.parametrize("case", BROKEN)
def test_a_further_call_that_fails_leaves_what_the_others_said(read: Walker, tmp_path: Path, case: str) -> None:
    """The run is partial and names what is missing; the rest stands, is asked again, and its completion is no news."""
    response, named = BROKEN[case]
    walk = read.walk("lh-api", supply_as(response))
    assert walk.state is RunState.PARTIAL
    assert walk.reason is not None and named in walk.reason.sentence
    assert fact(tmp_path, FIRST, "address") is not None
    assert fact(tmp_path, FIRST, "homes") is None
    told = events(tmp_path)
    again = read.walk("lh-api", good)
    assert (again.state, again.counts["changed"]) == (RunState.DONE, 0)
    assert fact(tmp_path, FIRST, "homes") == "84"
    assert events(tmp_path) == told


@pytest.mark.parametrize("case", BROKEN)
def test_what_was_known_of_the_homes_stays_when_they_are_missing(read: Walker, tmp_path: Path, case: str) -> None:
    read.walk("lh-api", good)
    told = events(tmp_path)
    walk = read.walk("lh-api", supply_as(BROKEN[case][0], "접수마감"))
    assert (walk.state, walk.counts["details"]) == (RunState.PARTIAL, ALL)
    assert fact(tmp_path, FIRST, "homes") == "84"
    assert events(tmp_path) == told


def test_no_table_of_homes_is_no_fault(read: Walker, tmp_path: Path) -> None:
    """Some kinds of supply have none; no sum is made up for them, nor from counts that one row lacks."""
    for status, body in (
        ("공고중", '[{"dsSch": []}, {"resHeader": [{"SS_CODE": "Y"}]}]'),
        ("접수중", '[{"dsList01": []}]'),
    ):
        assert read.walk("lh-api", supply_as(Response(body), status)).state is RunState.DONE
    part = '[{"dsList01": [{"HTY_NNA": "26A", "NOW_HSH_CNT": "2", "LS_GMY": "공고문 참조"}, {"HTY_NNA": "36A", "LS_GMY": "5,000,000"}]}]'
    assert read.walk("lh-api", supply_as(Response(part), "접수마감")).state is RunState.DONE
    assert [fact(tmp_path, FIRST, name) for name in ("homes", "deposit")] == [None, None]


def test_calls_that_name_each_other_come_to_an_end(read: Walker) -> None:
    """An answer on homes that is redirected to the notice's page names the homes again."""

    def circle(request: Request) -> Response:
        if SUPPLY not in request.path:
            return good(request)
        query = "&".join(f"{name}={value}" for name, value in request.query.items())
        there = f"/B552555/lhLeaseNoticeDtlInfo1/{DETAIL}?{query}"
        return Response(status=302, headers={"Location": there})

    assert read.walk("lh-api", circle).over
    assert len(read.asked) < 10 * ALL


def test_a_further_call_to_another_host_is_not_made(read: Walker) -> None:
    read.walk("lh-api", good)
    assert {request.host for request in read.asked} == {"apis.data.go.kr"}


def test_the_first_to_say_a_thing_is_believed() -> None:
    page = Detail(State.OK, "제목", body="하나", fields={"homes": "3"}, attachments=(Attachment("공고문.pdf"),))
    more = Detail(State.OK, "다른 제목", body="둘", fields={"homes": "9", "rent": "1"}, doubts=("의심",))
    said = together((page, more))
    assert said is not None
    assert (said.title, said.body, dict(said.fields)) == ("제목", "하나\n둘", {"homes": "3", "rent": "1"})
    assert (said.attachments, said.doubts) == (page.attachments, ("의심",))
    assert together(()) is None


Sent = Callable[[str], int]


def crawled(
    home: Path, monkeypatch: pytest.MonkeyPatch, spoil: Callable[[Request], Response | None], again: bool = False
) -> tuple[list[Any], Sent]:
    """Crawl LH's API through the whole stack, once or twice; returns the runs and how often an operation was asked."""
    for name, value in ENVIRON.items():
        monkeypatch.setenv(name, value)
    with serve(lambda request: spoil(request) or nation(request)) as served:
        crawls = [Day(("lh-api",), NOON, served.origin)] * (2 if again else 1)
        runs = [run for (run,) in days(crawls, home=home)]
        asked = [request.path for request in served.requests]
    return runs, lambda name: sum(name in path for path in asked)


def test_each_operation_has_a_quota_of_its_own(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """The provider's stop for the homes rests that operation alone, and names it."""
    spent = Response("<response><header><resultCode>22</resultCode><resultMsg>LIMITED</resultMsg></header></response>")
    (first, second), sent = crawled(
        tmp_path, monkeypatch, lambda request: spent if SUPPLY in request.path else None, True
    )
    assert (first.state, first.reason, second.state) == (RunState.PARTIAL, "quota", RunState.PARTIAL)
    assert SUPPLY in (first.sentence or "")
    assert sent(SUPPLY) <= AHEAD  # those that were under way
    assert sent(DETAIL) == 2 * ALL
    assert fact(tmp_path, FIRST, "address") is not None


def test_an_operation_that_refuses_the_key_is_asked_once(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Each of LH's three operations is applied for on its own: the run says for which one that was not done."""
    refused = Response(REFUSED, 403)
    (run,), sent = crawled(tmp_path, monkeypatch, lambda request: refused if SUPPLY in request.path else None)
    assert (run.state, run.reason, sent(DETAIL)) == (RunState.PARTIAL, "api_error", ALL)
    assert sent(SUPPLY) <= AHEAD
    assert SUPPLY in (run.sentence or "") and "30" in (run.sentence or "")
