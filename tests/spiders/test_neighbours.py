"""Sites that hang, drip or flood, and files that are wrong: each is named, and the others are read at their own pace."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator
from datetime import datetime
from pathlib import Path

import pytest

from notices.store.views import RunView
from spiders.crawl import crawl
from spiders.standins import MISSING, Request, Response, serve
from tests.replay import board_list, by_host, write_source

Handler = Callable[[Request], Response]
GOOD = [f"good{n}" for n in range(6)]
LIMIT = 4.0
"""Seconds that a request may take, thirty in life."""

FLOOD = 5_000_000  # bytes of a robots.txt


def board(request: Request) -> Response:
    """A board that works."""
    return Response(board_list((3, 2, 1))) if request.path == "/list.do" else MISSING


def robots(text: str | bytes, content_type: str = "text/plain") -> Handler:
    """A board with this robots.txt."""
    return lambda r: Response(text, 200, content_type) if r.path == "/robots.txt" else board(r)


def hanging(path: str) -> Handler:
    """A board that never answers at a path."""

    def answer(request: Request) -> Response:
        if request.path == path:
            time.sleep(3 * LIMIT)
        return board(request)

    return answer


def dripping(path: str) -> Handler:
    """A board that sends a byte now and then at a path."""
    return lambda r: Response(board_list((3, 2, 1)), drip=0.1) if r.path == path else board(r)


BAD: dict[str, tuple[Handler, str | None]] = {
    "hangs": (hanging("/list.do"), "timeout"),
    "hangsfirst": (hanging("/robots.txt"), "timeout"),
    "drips": (dripping("/list.do"), "timeout"),
    "dripsfirst": (dripping("/robots.txt"), "timeout"),
    "loops": (lambda r: Response("", 302, headers={"Location": "/list.do"}) if r.path == "/list.do" else MISSING, "moved"),
    "spirals": (
        lambda r: MISSING if r.path == "/robots.txt" else Response("", 302, headers={"Location": f"{r.path}/x"}), "moved",
    ),
    "flood": (robots("User-agent: *\nAllow: /\n" + "# 햇살\n" * (FLOOD // 9)), None),
    "floodbarred": (robots("User-agent: *\nDisallow: /\n" + "Disallow: /x\n" * (FLOOD // 13)), "robots"),
    "floodpage": (robots("<!DOCTYPE html><title>햇살시</title>" + "<p>어서 오십시오</p>" * (FLOOD // 27), "text/html"), None),
    "floodline": (robots("User-agent: *\nDisallow: /" + "x" * FLOOD), None),
    "floodbytes": (robots(b"\x00\xff" * (FLOOD // 2), "application/octet-stream"), None),
}  # fmt: skip


@pytest.fixture(scope="module")
def runs(tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[datetime, dict[str, RunView]]]:
    """One crawl over all of them, wrong files beside; when it began and how each run went."""
    home = tmp_path_factory.mktemp("home")
    for name in (*GOOD, *BAD):
        write_source(home, name, f"https://{name}.go.kr/list.do", "details = false", "[paging]\npages = 1")
    (home / "sources/unknown.toml").write_text('title = "x"\nendpont = "y"\n', "utf-8")
    (home / "sources/lh-rental.toml").write_text((home / "sources/good0.toml").read_text("utf-8"), "utf-8")
    limits = {"DOWNLOAD_TIMEOUT": LIMIT, "RETRY_TIMES": 0}
    sites = dict.fromkeys(GOOD, board) | {name: site for name, (site, _) in BAD.items()}
    with serve(by_host({f"{name}.go.kr": site for name, site in sites.items()})) as served:
        found = crawl([*BAD, *GOOD], home=home, replay_origin=served.origin, overrides=limits)
    yield min(run.started for run in found), {run.source: run for run in found}


@pytest.mark.parametrize("name", BAD)
def test_each_is_named_and_takes_no_longer_than_it_may(name: str, runs: tuple[datetime, dict[str, RunView]]) -> None:
    began, found = runs
    assert found[name].reason == BAD[name][1], found[name].sentence
    ended = found[name].finished
    assert ended and (ended - began).total_seconds() < 2 * LIMIT + 4


def test_the_others_are_read_whole_and_wait_for_none_of_them(runs: tuple[datetime, dict[str, RunView]]) -> None:
    _, found = runs
    assert {found[name].state.value for name in GOOD} == {"done"}
    ended = [at for name in GOOD if (at := found[name].finished)]
    slow = min(at for name in BAD if BAD[name][1] == "timeout" and (at := found[name].finished))
    assert len(ended) == len(GOOD) and max(ended) < slow


def test_wrong_files_are_left_out(runs: tuple[datetime, dict[str, RunView]], tmp_path: Path) -> None:
    _, found = runs
    assert set(found) == {*GOOD, *BAD}
