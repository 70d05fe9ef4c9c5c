"""The process that crawls: reads its job as a line of JSON, tells its progress in lines of JSON."""

from __future__ import annotations

import asyncio
import json
import os
import sys
import threading
import time
from collections.abc import Mapping
from datetime import datetime
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

from scrapy.crawler import AsyncCrawlerProcess, Crawler
from scrapy.settings import Settings

from notices.errors import Refusal, WrongUse
from notices.intake import Intake
from notices.store import Store, lock
from spiders import crawl, keys
from spiders.kept import FOLDER, Pages
from spiders.ledger import Clock, Ledger
from spiders.registry import Source, choose, gather
from spiders.remedies import remedies
from spiders.spider import SourcesSpider
from spiders.trial import Blank, KeepingSpider, TrialSpider, astray, mended, result
from spiders.walk import Walk

SEOUL = ZoneInfo("Asia/Seoul")
GRACE = 40.0  # seconds in which an answer that is under way comes, or is given up


class Crawls:
    """All crawls of a job, one after another in one reactor."""

    def __init__(self, job: Mapping[str, Any], sources: dict[str, Source], store: Store) -> None:
        self._job, self._sources, self._store = job, sources, store
        infos = {name: source.info for name, source in sources.items()}
        store.sources.sync(infos.values())
        store.runs.abort_unfinished()
        understand = job["overrides"].pop("UNDERSTAND", True)
        self._grace = job["overrides"].pop("GRACE", GRACE)
        self._intake = Intake(store, infos, understand=understand)
        self._stopping = False
        first, _, origin = job["days"][0]
        self._process = AsyncCrawlerProcess(self._settings(choose(sources, first), origin, "project"))

    def run(self) -> None:
        """Run to the end, or to the first signal."""
        task = asyncio.get_event_loop().create_task(self._all())
        threading.Thread(target=self._watch, daemon=True).start()
        self._process.start(stop_after_crawl=False)
        if task.done() and not task.cancelled():
            task.result()

    async def _all(self) -> None:
        try:
            for names, now, origin in self._job["days"]:
                if self._stopping:
                    break
                reading = self._look if self._job.get("check") else self._one
                say({"runs": await reading(choose(self._sources, names), now, origin)})
        finally:
            from twisted.internet import reactor

            reactor.callLater(0, self._end)

    async def _one(self, sources: list[Source], now: str | None, origin: str) -> list[int]:
        ledger = Ledger(self._store, self._intake, _clock(now), Pages(Path(self._job["home"]) / FOLDER))
        return [walk.run_id for walk in await self._walked(SourcesSpider, sources, ledger, origin)]

    async def _look(self, sources: list[Source], now: str | None, origin: str) -> list[int]:
        """Look at sources without storing what they say; where a list moved, look at where it may be now."""
        ledger = Blank(self._store, self._intake, _clock(now))
        keep = self._job.get("save")
        trials = await self._walked(KeepingSpider if keep else TrialSpider, sources, ledger, origin)
        if keep:
            trials[0].save(Path(keep))
        checks = [(t.given, result(t, t.given, ledger)) for t in trials if not t.stopped]  # none without its key
        lost = astray(checks)
        pairs = [] if self._stopping else [(s.name, remedy) for s in lost for remedy in remedies(s)]
        walks = await self._walked(TrialSpider, [r.source for _, r in pairs], ledger, origin) if pairs else []
        for source, check in checks:
            mine = [(r, w) for name, r in pairs for w in walks if name == source.name and w.given is r.source]
            self._store.checks.put(mended(check, mine, self._store.sources.rows(source.name)))
        return []

    async def _walked(
        self, spiders: type[SourcesSpider], sources: list[Source], ledger: Ledger, origin: str
    ) -> list[Any]:
        crawler = Crawler(spiders, self._settings(sources, origin, "spider"))
        await self._process.crawl(crawler, sources, ledger, tell)
        spider = crawler.spider
        assert isinstance(spider, SourcesSpider)
        self._stopping = self._stopping or spider.stopped
        return spider.walks

    def _settings(self, sources: list[Source], origin: str, priority: str) -> Settings:
        """Settings of a crawl; the process's own must rank below them, since it lays its own over a crawler's equals."""
        found = Settings()
        found.setmodule("spiders.settings", priority="project")
        found.update(crawl.settings(sources, self._job["contact"], origin), priority=priority)
        found.update({"JIBALLIM_HOME": self._job["home"], **self._job["overrides"]}, priority="cmdline")
        return found

    def _watch(self) -> None:
        """Stop when the parent closes its end, or is gone; what does not come to an end must not keep the lock."""
        sys.stdin.read()
        from twisted.internet import reactor

        reactor.callFromThread(self._stop)
        time.sleep(self._grace)
        os._exit(1)  # as safe as a kill: every page is one commit

    def _stop(self) -> None:
        """Ask the crawl to end; one that is only just opening would take it for its end and never tell."""
        self._stopping = True
        if any(c.crawling and not (c.engine and c.engine.running) for c in self._process.crawlers):
            asyncio.get_event_loop().call_later(0.05, self._stop)
            return
        self._stops = asyncio.ensure_future(self._process.stop())

    @staticmethod
    def _end() -> None:
        from twisted.internet import reactor

        if reactor.running:
            reactor.stop()


def _clock(now: str | None) -> Clock:
    moment = datetime.fromisoformat(now) if now else None
    return lambda: moment or datetime.now(SEOUL)


def tell(walk: Walk) -> None:
    """Tell how far a walk is."""
    say({"source": walk.source.name, "state": walk.state.value, **walk.counts})


def say(what: Mapping[str, Any]) -> None:
    """Write a line for the parent; one that is gone hears nothing."""
    try:
        print(json.dumps(what, ensure_ascii=False), flush=True)  # noqa: T201 - the wire to the parent
    except BrokenPipeError:
        sys.stdout = open("/dev/null", "w")  # noqa: PTH123, SIM115


def main() -> int:
    """Do the job; a refusal is told to the parent."""
    job = json.loads(sys.stdin.readline())
    home = Path(job["home"])
    try:
        sources, _ = gather(home / "sources")  # whoever starts a crawl names the wrong files
        keys.mask_logs(keys.values((s.key for s in sources.values() if s.key), os.environ))
        with lock(home / crawl.DATABASE), Store.open(home / crawl.DATABASE) as store:
            Crawls(job, sources, store).run()
    except Refusal as refusal:
        say({"refusal": str(refusal), "wrong": isinstance(refusal, WrongUse)})
        return 1
    return 0


if __name__ == "__main__":
    sys.exit(main())
