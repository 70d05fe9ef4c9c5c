"""A host's budget holds on the wire: every request that leaves is counted, and none leaves that it does not allow."""

from __future__ import annotations

import os
import signal
import sqlite3
from collections import Counter
from datetime import timedelta
from pathlib import Path

import pytest

from notices.model import RunState
from notices.store import Store
from spiders.budget import budgets
from spiders.crawl import CrawlError, Day, check, crawl, days
from spiders.ledger import PORTION
from spiders.registry import BUDGET, SourceError, load
from spiders.standins import Handler, Request, Response, Served, serve
from tests.replay import NOON, write_source
from tests.spiders.open_board import HOST, open_posts

NAME = "haessal"


def home_with(path: Path, *lines: str) -> Path:
    """A home with one source of one page."""
    write_source(path, NAME, f"https://{HOST}/list.do", "\n".join(lines), "[paging]\npages = 1")
    return path


def counted(home: Path) -> dict[str, int]:
    """What the store counts of the day, by host."""
    with Store.open(home / "jiballim.db", readonly=True) as store:
        return store.quota.hosts(NOON.date())


def sent(served: Served) -> int:
    """The requests that reached the host."""
    return Counter(r.host.removeprefix("www.") for r in served.requests)["haessal.go.kr"]


def test_every_request_that_leaves_is_counted(tmp_path: Path) -> None:
    """Also robots.txt, a redirect, and the second try after an error."""
    site, moved = open_posts(4), Counter[str]()

    def answer(request: Request) -> Response:
        moved[request.path + str(request.query)] += 1
        if request.path == "/list.do" and "b" not in request.query:
            return Response("", 302, headers={"Location": "/list.do?b=2"})
        if request.query.get("no") == "2" and moved[request.path + str(request.query)] == 1:
            return Response("", 500)
        return site(request)

    with serve(answer) as served:
        (run,) = crawl([NAME], home=home_with(tmp_path), now=NOON, replay_origin=served.origin)
    assert run.state is RunState.DONE
    assert sent(served) == 1 + 2 + 4 + 1
    assert counted(tmp_path) == {"haessal.go.kr": sent(served)}


@pytest.mark.parametrize("most", [1, 4, 9])
def test_no_request_leaves_that_the_budget_does_not_allow(tmp_path: Path, most: int) -> None:
    site = open_posts(6)
    with serve(site) as served:
        crawls = [Day((NAME,), NOON + timedelta(hours=n), served.origin) for n in range(3)]
        runs = [run for (run,) in days(crawls, home=home_with(tmp_path, f"budget = {most}"))]
        assert sent(served) == counted(tmp_path)["haessal.go.kr"] <= most
    assert {run.state for run in runs} <= {RunState.DONE, RunState.PARTIAL, RunState.ABORTED}
    assert runs[-1].reason == "budget"


def killing(site: Handler, at: int, home: Path) -> Handler:
    """The site; at its n-th post the crawling process is killed."""
    seen = Counter[str]()

    def answer(request: Request) -> Response:
        seen[request.path] += 1
        if request.path == "/view.do" and seen[request.path] == at:
            os.kill(int((home / "jiballim.db.lock").read_text()), signal.SIGKILL)
        return site(request)

    return answer


def test_a_crash_counts_too_many_rather_than_too_few(tmp_path: Path) -> None:
    site = open_posts(6)
    with serve(killing(site, 4, home_with(tmp_path))) as served, pytest.raises(CrawlError):
        crawl([NAME], home=tmp_path, now=NOON, replay_origin=served.origin)
    assert sent(served) <= counted(tmp_path)["haessal.go.kr"] < sent(served) + PORTION


def test_a_look_is_made_over_the_wire_with_the_validators_of_the_page(tmp_path: Path) -> None:
    """Through the whole stack: the second day asks conditionally, for the list and for each post."""
    site = open_posts(3)
    site.tags = True
    with serve(site) as served:
        crawls = [Day((NAME,), NOON + timedelta(days=n), served.origin) for n in range(2)]
        runs = [run for (run,) in days(crawls, home=home_with(tmp_path))]
    assert [(run.state, run.requests, run.details) for run in runs] == [(RunState.DONE, 4, 3), (RunState.DONE, 4, 0)]
    conditional = [r.path for r in served.requests if "if-none-match" in r.headers]
    assert conditional == ["/list.do", "/view.do", "/view.do", "/view.do"]


@pytest.mark.parametrize(
    ("status", "state", "asked"), [(404, RunState.DONE, 6), (500, RunState.PARTIAL, 6), (429, RunState.PARTIAL, 2)]
)
def test_how_a_look_fails_is_told_apart_over_the_wire(tmp_path: Path, status: int, state: RunState, asked: int) -> None:
    """Some gone: nothing is said. An error: three posts, each tried twice. A site that asks for rest: those under way."""
    site = open_posts(3 if status == 500 else 6)

    def answer(request: Request) -> Response:
        if request.label == "1" and request.query.get("no", "9") < "4":
            return Response("", status, headers={"Retry-After": "600"} if status == 429 else {})
        return site(request)

    with serve(answer) as served:
        crawls = [Day((NAME,), NOON + timedelta(days=n), served.labelled(str(n))) for n in range(2)]
        runs = [run for (run,) in days(crawls, home=home_with(tmp_path), overrides={"RETRY_AFTER_MAX": 0.1})]
    assert (runs[1].state, len([r for r in served.requests if r.label == "1" and r.path == "/view.do"])) == (
        state,
        asked,
    )


def test_a_look_at_a_source_without_budget_says_so(tmp_path: Path) -> None:
    with serve(open_posts(1)) as served:
        home = home_with(tmp_path, "budget = 1")
        found = check([NAME], home=home, now=NOON, replay_origin=served.origin)
    assert (found[NAME].state, found[NAME].reason) == ("fails", "budget")


def test_counts_of_long_ago_are_forgotten(tmp_path: Path) -> None:
    with serve(open_posts(1)) as served:
        crawls = [Day((NAME,), NOON + timedelta(days=n), served.origin) for n in (0, 60)]
        days(crawls, home=home_with(tmp_path))
    with sqlite3.connect(tmp_path / "jiballim.db") as raw:
        assert raw.execute("SELECT count(*) FROM quota").fetchone() == (1,)


def test_sources_of_one_host_have_the_smallest_budget_and_others_the_usual_one(tmp_path: Path) -> None:
    write_source(tmp_path, "a", "https://www.haessal.go.kr/a")
    write_source(tmp_path, "b", "https://haessal.go.kr/b", "budget = 300")
    write_source(tmp_path, "c", "https://www.dalbit.go.kr/c")
    found = load(tmp_path / "sources")
    assert budgets(found[name] for name in "abc") == {"haessal.go.kr": 300, "dalbit.go.kr": BUDGET}


def test_a_budget_of_nothing_is_refused_by_name(tmp_path: Path) -> None:
    write_source(tmp_path, "a", "https://www.haessal.go.kr/a", "budget = 0")
    with pytest.raises(SourceError, match="budget"):
        load(tmp_path / "sources")
