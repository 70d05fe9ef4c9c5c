"""Sites are asked as they ask to be asked: rules for requests that wait together, pauses, rests, one at a time."""

from __future__ import annotations

import threading
import time
from collections.abc import Iterator
from dataclasses import dataclass, field
from itertools import pairwise
from pathlib import Path

import pytest

from notices.store.views import RunView
from spiders.crawl import crawl, settings
from spiders.politeness import seconds
from spiders.registry import load
from spiders.standins import Request, Response, serve
from tests.replay import board_list, write_source


@dataclass
class Sites:
    """Stand-ins that note when they were asked and how many at once."""

    times: dict[str, list[float]] = field(default_factory=dict)
    now: dict[str, int] = field(default_factory=dict)
    most: dict[str, int] = field(default_factory=dict)
    lock: threading.Lock = field(default_factory=threading.Lock)

    def answer(self, request: Request) -> Response:
        """Answer a request slowly enough for others to overlap it."""
        host = request.host
        if request.path == "/robots.txt":
            return Response(
                {"barred.go.kr": "User-agent: *\nDisallow: /no", "pause.go.kr": "User-agent: *\nCrawl-delay: 0.4"}.get(
                    host, ""
                )
            )
        with self.lock:
            self.times.setdefault(host, []).append(time.monotonic())
            self.now[host] = self.now.get(host, 0) + 1
            self.most[host] = max(self.most.get(host, 0), self.now[host])
        time.sleep(0.03)
        with self.lock:
            self.now[host] -= 1
        if host == "tired.go.kr" and len(self.times[host]) == 1:
            return Response("", 503, headers={"Retry-After": "1"})
        return Response(board_list((1, 2)))


@pytest.fixture(scope="module")
def crawled(tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[Sites, dict[str, RunView]]]:
    """One crawl over four hosts, several sources on most of them."""
    home = tmp_path_factory.mktemp("home")
    for n in range(8):
        write_source(
            home, f"barred{n}", f"https://barred.go.kr/no/list.do?b={n}", "details = false", "[paging]\npages = 1"
        )
    for host, count in (("pause", 3), ("free", 4), ("tired", 1)):
        for n in range(count):
            write_source(
                home, f"{host}{n}", f"https://{host}.go.kr/list.do?b={n}", "details = false", "[paging]\npages = 1"
            )
    names = [path.stem for path in sorted((home / "sources").iterdir())]
    sites = Sites()
    with serve(sites.answer) as served:
        runs = crawl(names, home=home, replay_origin=served.origin)
    yield sites, {run.source: run for run in runs}


def test_eight_at_once_to_a_barred_path_reach_nothing(crawled: tuple[Sites, dict[str, RunView]]) -> None:
    sites, runs = crawled
    assert "barred.go.kr" not in sites.times
    assert {runs[f"barred{n}"].reason for n in range(8)} == {"robots"}


def test_the_pause_that_robots_asks_for_is_kept(crawled: tuple[Sites, dict[str, RunView]]) -> None:
    times = crawled[0].times["pause.go.kr"]
    assert len(times) == 3
    assert min(later - earlier for earlier, later in pairwise(times)) >= 0.38


def test_a_tired_host_rests_as_long_as_it_says(crawled: tuple[Sites, dict[str, RunView]]) -> None:
    sites, runs = crawled
    first, second = sites.times["tired.go.kr"]
    assert second - first >= 0.95
    assert runs["tired0"].state.value == "done"


def test_one_request_at_a_time_for_each_host(crawled: tuple[Sites, dict[str, RunView]]) -> None:
    assert set(crawled[0].most.values()) == {1}


def test_real_sites_get_a_second_between_requests_and_a_name_to_call() -> None:
    made = settings(load().values(), "ops@haessal.or.kr", "")
    assert {slot["concurrency"] for slot in made["DOWNLOAD_SLOTS"].values()} == {1}
    assert min(slot["delay"] for slot in made["DOWNLOAD_SLOTS"].values()) >= 1
    assert made["DOWNLOAD_SLOTS"]["apply.lh.or.kr"]["delay"] == 2.0
    assert made["USER_AGENT"].endswith("(+ops@haessal.or.kr)")


@pytest.mark.parametrize(
    ("value", "rest"),
    [
        ("3", 3),
        ("0", 0),
        ("-5", 0),
        ("inf", 0),
        ("nan", 0),
        ("Thu, 01 Jan 1970 00:01:40 GMT", 40),
        ("soon", 0),
        ("", 0),
    ],
)
def test_a_rest_is_seconds_or_a_date(value: str, rest: float) -> None:
    assert seconds(value, 60.0) == rest


def test_without_contact_no_real_site_is_read(tmp_path: Path) -> None:
    from notices.errors import WrongUse

    with pytest.raises(WrongUse, match="contact"):
        crawl(["lh-rental"], home=tmp_path)
    assert not (tmp_path / "jiballim.db").exists()
