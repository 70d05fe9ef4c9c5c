"""Show Scrapy one spider a source, so that `scrapy list` and `scrapy crawl NAME` work as people expect."""

from __future__ import annotations

import builtins
import logging
import os
from contextlib import ExitStack
from datetime import datetime
from pathlib import Path
from typing import Any, Self
from zoneinfo import ZoneInfo

from scrapy import Request, Spider, signals
from scrapy.exceptions import UsageError

from notices.errors import WrongUse
from notices.intake import Intake
from notices.store import Store, lock
from spiders import crawl, keys
from spiders.ledger import Ledger
from spiders.registry import Source, gather
from spiders.spider import SourcesSpider

_log = logging.getLogger(__name__)
SEOUL = ZoneInfo("Asia/Seoul")


class SourceSpider(SourcesSpider):
    """One source under its own name; it opens the store of the setting JIBALLIM_HOME by itself."""

    source: Source

    @classmethod
    def update_settings(cls, settings: Any) -> None:
        """Refuse a real site without the operator's contact; keep the pauses that the source asks for."""
        super().update_settings(settings)
        try:
            found = crawl.settings([cls.source], settings["CONTACT"], settings["REPLAY_ORIGIN"])
        except WrongUse as wrong:
            raise UsageError(f"{wrong} 환경변수 JIBALLIM_CONTACT에 적어도 됩니다.", print_help=False) from None
        for name, value in found.items():
            settings.set(name, value, priority="spider")

    @classmethod
    def from_crawler(cls, crawler: Any, *args: Any, **kwargs: Any) -> Self:
        """Open the store, and close it when the crawl ends."""
        sources, _ = gather(Path(crawler.settings["JIBALLIM_HOME"]) / "sources")
        keys.mask_logs(keys.values((s.key for s in sources.values() if s.key), os.environ))
        path = Path(crawler.settings["JIBALLIM_HOME"]) / "jiballim.db"
        resources = ExitStack()
        resources.enter_context(lock(path))
        store = resources.enter_context(Store.open(path))
        infos = {name: source.info for name, source in sources.items()}
        store.sources.sync(infos.values())
        ledger = Ledger(store, Intake(store, infos), lambda: datetime.now(SEOUL))
        spider = super().from_crawler(crawler, [cls.source], ledger)
        crawler.signals.connect(resources.close, signal=signals.engine_stopped, weak=False)
        return spider


class SourceLoader:
    """Scrapy's spider loader over the registry."""

    def __init__(self, sources: dict[str, Source]) -> None:
        self._sources = sources

    @classmethod
    def from_settings(cls, settings: Any) -> SourceLoader:
        """Read the built-in sources and those of the home folder."""
        sources, faults = gather(Path(settings["JIBALLIM_HOME"]) / "sources")
        for fault in faults.values():
            _log.error("%s", fault)
        return cls(sources)

    def load(self, spider_name: str) -> type[Spider]:
        """The spider of a source; KeyError where there is none, as Scrapy asks."""
        return type(spider_name, (SourceSpider,), {"name": spider_name, "source": self._sources[spider_name]})

    def list(self) -> builtins.list[str]:
        """The names of all sources."""
        return sorted(self._sources)

    def find_by_request(self, request: Request) -> builtins.list[str]:
        """The sources that live on a request's host."""
        host = request.url.split("/")[2] if "//" in request.url else ""
        return sorted(s.name for s in self._sources.values() if host in s.hosts)
