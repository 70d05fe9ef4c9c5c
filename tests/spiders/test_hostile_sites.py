"""Sites that fail, refuse, stall, lead away or lie: each run is named by its reason, and none harms another.

One crawl over many hosts, a behaviour each, so that "unharmed" is tested for all of them at once.
"""

from __future__ import annotations

import gzip
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest

from notices.model import RunState
from notices.store import Store
from notices.store.views import RunView
from spiders.crawl import Day, days
from spiders.standins import MISSING, Request, Response, Served, serve
from tests.replay import board_list, board_post, by_host, write_source

Handler = Callable[[Request], Response]
TAG = 'W/"haessal-gzip"'


def board(request: Request) -> Response:
    """A board that works."""
    if request.path == "/":
        return Response("<title>햇살시</title><h1>어서 오십시오</h1>")
    if request.path.endswith("list.do") and request.headers.get("if-none-match") == TAG:
        return Response(status=304)
    if request.path.endswith("list.do"):
        return Response(board_list((3, 2, 1)), headers={"ETag": TAG})
    return Response(board_post(int(request.query["no"]))) if request.path.endswith("view.do") else MISSING


def answers(status: int, body: str = "<title>오류</title>") -> Handler:
    """A list that answers with a status."""
    return lambda r: Response(body, status) if r.path.endswith("list.do") else board(r)


def says(body: str | bytes, content_type: str = "text/html") -> Handler:
    """A list that answers with a body."""
    return lambda r: Response(body, 200, content_type) if r.path.endswith("list.do") else board(r)


def leads(to: str) -> Handler:
    """A list that redirects."""
    return lambda r: Response("", 302, headers={"Location": to}) if r.path.endswith("list.do") else board(r)


def robots(text: str, status: int = 200) -> Handler:
    """A board with a robots.txt."""
    return lambda r: Response(text, status, "text/plain") if r.path == "/robots.txt" else board(r)


def slow(request: Request) -> Response:
    """A list that answers too late."""
    if request.path.endswith("list.do"):
        time.sleep(4)
    return board(request)


def cookies(request: Request) -> Response:
    """A board that redirects to itself until its cookie comes back."""
    if request.path.endswith("list.do") and "sid=1" not in request.headers.get("cookie", ""):
        return Response("", 302, headers={"Location": "/list.do", "Set-Cookie": "sid=1"})
    return board(request)


def broken_details(request: Request) -> Response:
    """A board one of whose posts cannot be read."""
    return Response("", 500) if request.query.get("no") == "2" else board(request)


GUARD = "<title>안내</title><body><p>요청하신 접근이 보안정책에 의해 차단되었습니다.</p></body>"
HEADS = "<table><thead><tr><th>번호</th><th>제목</th><th>등록일</th></tr></thead><tbody></tbody></table>"
CASES: dict[str, tuple[Handler, str, str | None]] = {
    "works": (board, "done", None),
    "error": (answers(500), "failed", "http_error"),
    "gone": (answers(404), "failed", "http_error"),
    "closed": (answers(403), "failed", "http_error"),
    "guard": (says(GUARD), "failed", "guard"),
    "nothing": (says(""), "failed", "unreadable"),
    "rowless": (says(HEADS), "failed", "*"),
    "late": (slow, "failed", "timeout"),
    "large": (says("<p>" + "가" * 400_000), "failed", "too_large"),
    "bomb": (
        lambda r: (
            Response(gzip.compress(b" " * 5_000_000), headers={"Content-Encoding": "gzip"})
            if r.path.endswith("list.do")
            else board(r)
        ),
        "failed",
        "too_large",
    ),
    "elsewhere": (leads("https://evil.example/list.do"), "failed", "moved"),
    "inside": (leads("http://127.0.0.1:9/list.do"), "failed", "moved"),
    "front": (leads("/"), "failed", "moved"),
    "loop": (leads("/list.do"), "failed", "moved"),
    "cookie": (cookies, "done", None),
    "barred": (robots("User-agent: *\nDisallow: /"), "failed", "robots"),
    "ours": (robots("User-agent: *\nDisallow:\n\nUser-agent: jiballim\nDisallow: /list.do"), "failed", "robots"),
    "norobots": (robots("", 500), "failed", "robots"),
    "busy": (robots("", 429), "failed", "robots"),
    "lostrobots": (robots("", 404), "done", None),
    "htmlrobots": (robots("<!DOCTYPE html><title>404</title>"), "done", None),
    "hugerobots": (robots("# 느림\n" * 60_000), "done", None),
    "details": (broken_details, "partial", "http_error"),
    "charset": (says(board_list((1, 2)).encode("cp949"), "text/html; charset=utf-8"), "done", None),
    "nul": (says(board_list((1, 2)).replace("햇살", "햇\x00\x0b살").encode()), "done", None),
    "cut": (says(board_list((1, 2, 3)).encode()[:-180]), "done", None),
    "impossible": (says(board_list((1, 2)).replace("2026-11-0", "2026-99-9")), "done", None),
}


@dataclass
class Outcome:
    """What the crawl over all cases left."""

    runs: dict[str, RunView]
    again: RunView  # of the board that works
    served: Served
    home: Path


@pytest.fixture(scope="module")
def outcome(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Outcome]:
    """One crawl over all cases."""
    home = tmp_path_factory.mktemp("home")
    for name in CASES:
        write_source(home, name, f"https://{name}.go.kr/list.do", tables="[paging]\npages = 1")
    limits = {"DOWNLOAD_TIMEOUT": 2.5, "DOWNLOAD_MAXSIZE": 1_000_000, "RETRY_TIMES": 0}
    with serve(by_host({f"{name}.go.kr": case[0] for name, case in CASES.items()})) as served:
        crawls = [Day(tuple(CASES), None, served.origin), Day(("works",), None, served.labelled("again"))]
        runs, again = days(crawls, home=home, overrides=limits)
        yield Outcome({run.source: run for run in runs}, again[0], served, home)


@pytest.mark.parametrize("name", CASES)
def test_each_site_is_named_by_its_reason(outcome: Outcome, name: str) -> None:
    _, state, reason = CASES[name]
    run = outcome.runs[name]
    assert (run.state, run.reason if reason != "*" else "*") == (RunState(state), reason), run.sentence
    if reason is not None:
        assert run.sentence and "\n" not in run.sentence and len(run.sentence) < 300


def test_a_failed_run_stores_nothing(outcome: Outcome) -> None:
    failed = [name for name, run in outcome.runs.items() if run.state is RunState.FAILED]
    assert failed
    with Store.open(outcome.home / "jiballim.db", readonly=True) as store:
        assert [name for name in failed if store.sources.rows(name)] == []
        assert [name for name in failed if store.notices.known_keys(name, ["1", "2", "3"])] == []


def test_a_post_that_cannot_be_read_leaves_its_row(outcome: Outcome) -> None:
    run = outcome.runs["details"]
    assert (run.listed, run.new, run.details) == (3, 3, 2)
    with Store.open(outcome.home / "jiballim.db", readonly=True) as store:
        rows = store.sources.rows("details")
        assert [key for key, said in rows.items() if not said] == ["2"]


def test_nothing_forbidden_was_asked(outcome: Outcome) -> None:
    asked = set(outcome.served.paths())
    assert not {f"{name}.go.kr/list.do" for name in ("barred", "ours", "norobots", "busy")} & asked
    assert not {path for path in asked if path.startswith(("evil.example", "127.0.0.1"))}


def test_the_crawler_says_who_it_is(outcome: Outcome) -> None:
    agents = {request.headers["user-agent"] for request in outcome.served.requests}
    assert len(agents) == 1
    assert agents.pop().startswith("jiballim/")


def test_an_unchanged_list_is_asked_for_with_its_validator_as_given(outcome: Outcome) -> None:
    lists = [r.headers for r in outcome.served.requests if r.label == "again" and r.path == "/list.do"]
    assert [headers["if-none-match"] for headers in lists] == [TAG]
    assert (outcome.again.state, outcome.again.listed, outcome.again.requests) == (RunState.DONE, 3, 1)
