"""A round over 500 unchanged boards on 500 host names, robots.txt read and the ledger written.

Beside it bare Scrapy, and urlwatch (the dependency group `bench`) over the same pages; and how soon silence is named.
"""

from __future__ import annotations

import json
import resource
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from datetime import datetime
from pathlib import Path
from zoneinfo import ZoneInfo

from bench.report import Line
from spiders.crawl import crawl
from spiders.standins import MISSING, Request, Response, Served, serve
from tests.replay import board_list, write_source
from tests.spiders.test_silence import WEEKS, alarms, missed
from tests.spiders.traffic import RHYTHMS, traffic

SITES = 500
NOW = datetime(2026, 11, 12, 9, 0, tzinfo=ZoneInfo("Asia/Seoul"))
PAGE = board_list(range(30, 20, -1))
TAG = '"unchanged"'

BARE = """
import json, sys
import scrapy
from scrapy.crawler import AsyncCrawlerProcess
class Bare(scrapy.Spider):
    name = "bare"
    found = 0
    async def start(self):
        for n in range(int(sys.argv[2])):
            yield scrapy.Request(f"{sys.argv[1]}/h{n}.example.go.kr/list.do", self.parse, dont_filter=True,
                                 headers={"If-None-Match": sys.argv[3]}, meta={"handle_httpstatus_list": [304], "download_slot": f"h{n}"})
    def parse(self, response):
        Bare.found += 1
process = AsyncCrawlerProcess({"LOG_LEVEL": "ERROR", "DOWNLOAD_DELAY": 0, "ROBOTSTXT_OBEY": True, "CONCURRENT_REQUESTS": 64,
                               "TELNETCONSOLE_ENABLED": False, "REMOTE_CONTROL_ENABLED": False})
process.crawl(Bare)
process.start()
print(json.dumps(Bare.found))
"""


def site(request: Request) -> Response:
    """A board that does not change; under the label "plain" it knows no validators."""
    if request.path == "/robots.txt":
        return Response("User-agent: *\nAllow: /\n", content_type="text/plain")
    if request.path != "/list.do":
        return MISSING
    if request.label == "plain":
        return Response(PAGE)
    if request.headers.get("if-none-match") == TAG:
        return Response(status=304)
    return Response(PAGE, headers={"ETag": TAG})


def lines(sites: int = SITES) -> Iterator[Line]:
    """CPU a source of the crawling process, start included: answered "not changed", and with the same page again."""
    with serve(site) as served, tempfile.TemporaryDirectory() as folder:
        home = Path(folder)
        names = [f"reach-{n}" for n in range(sites)]
        for n, name in enumerate(names):
            write_source(home, name, f"https://h{n}.example.go.kr/list.do", "details = false", "[paging]\npages = 1")
        floor = _bare(served, sites) / sites
        _round(home, names, served.origin)
        spent = ours = _round(home, names, served.origin) / sites
        yield Line("a round of 500 boards, 304: CPU a source", spent, "ms", 12, floor, note="robots on, ledger written")
        spent = _round(home, names, served.labelled("plain")) / sites
        yield Line("a round of 500 boards, the same page: CPU a source", spent, "ms", 25, floor)
        yield from _urlwatch(served, sites, ours)
    yield from _silence()


def _urlwatch(served: Served, sites: int, ours: float) -> Iterator[Line]:
    """What urlwatch spends on the same boards: it asks for no robots.txt and keeps a page's text instead of its posts."""
    program = Path(sys.executable).with_name("urlwatch")
    if not program.exists():
        yield Line("urlwatch on the same boards: CPU a source", float("nan"), "ms", None, note="not installed")
        return
    for name, label in (("304", ""), ("the same page", "plain")):
        with tempfile.TemporaryDirectory() as folder:
            origin = served.labelled(label) if label else served.origin
            jobs = (f"url: {origin}/h{n}.example.go.kr/list.do\nfilter: [css: table]\n" for n in range(sites))
            (Path(folder) / "urls.yaml").write_text("---\n".join(jobs), "utf-8")
            files = [
                f"--{kind}={folder}/{name}"
                for kind, name in (("urls", "urls.yaml"), ("config", "c.yaml"), ("cache", "c.db"))
            ]
            asked = len(served.requests)
            for _ in range(2):
                before = _spent()
                subprocess.run([str(program), *files], check=True, capture_output=True)
            spent = (_spent() - before) * 1000 / sites
            assert len(served.requests) == asked + 2 * sites
        note = f"ours with robots and ledger: {ours / spent:.2f} ×" if not label else ""
        yield Line(f"urlwatch on the same boards, {name}: CPU a source", spent, "ms", None, note=note)


def _silence() -> Iterator[Line]:
    """False alarms of normal traffic of thirteen rhythms, and the posting days in which a daily list is named that stopped."""
    count = {rhythm: sum(alarms(traffic(rhythm, WEEKS, seed)) for seed in range(3)) for rhythm in RHYTHMS}
    weeks = 3 * (WEEKS - 1)
    worst = max(count, key=lambda rhythm: count[rhythm])
    note = f"{worst}: {count[worst] * 100 / weeks:.2f}; {weeks * len(RHYTHMS):,} source-weeks"
    yield Line(
        "false alarms of silence in 100 source-weeks",
        sum(count.values()) * 100 / weeks / len(RHYTHMS),
        "",
        1,
        note=note,
    )
    took = [missed("every day", seed, weeks) for seed in range(3) for weeks in (40, 50, 60, 75)]
    yield Line("a daily list that stopped is named after (worst of 12)", max(took), "posts", 5)


def _round(home: Path, names: list[str], origin: str) -> float:
    before = _spent()
    runs = crawl(names, home=home, now=NOW, replay_origin=origin, overrides={"UNDERSTAND": False})
    assert {run.state.value for run in runs} == {"done"}, {run.sentence for run in runs}
    return (_spent() - before) * 1000


def _bare(served: Served, sites: int) -> float:
    with tempfile.TemporaryDirectory() as folder:
        script = Path(folder) / "bare.py"
        script.write_text(BARE, "utf-8")
        before = _spent()
        command = [sys.executable, str(script), served.origin, str(sites), TAG]
        found = json.loads(subprocess.run(command, check=True, capture_output=True, text=True).stdout)
        assert found == sites, found
    return (_spent() - before) * 1000


def _spent() -> float:
    used = resource.getrusage(resource.RUSAGE_CHILDREN)
    return used.ru_utime + used.ru_stime
