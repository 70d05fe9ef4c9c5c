"""Carry the asks of all walks over the network: one spider, one crawler, every source of a run."""

from __future__ import annotations

import logging
from collections.abc import AsyncIterator, Callable, Iterable, Iterator, Sequence
from typing import Any, Self

from scrapy import FormRequest, Request, Spider, signals
from scrapy.http import Response
from scrapy.spidermiddlewares.httperror import HttpError
from twisted.python.failure import Failure

from spiders import pipeline, reasons
from spiders.asks import Answer, Ask
from spiders.ledger import Ledger
from spiders.reasons import Reason
from spiders.registry import Source
from spiders.revisits import AGAIN
from spiders.walk import Step, Turn, Walk

STOPPED = Reason("stopped", "수집을 도중에 멈췄습니다. 다음 수집 때 나머지를 읽습니다.")
SILENT = Reason("silent", "사이트의 답이 돌아오지 않았습니다. 다음 수집 때 다시 읽습니다.")
_log = logging.getLogger(__name__)

Progress = Callable[[Walk], None]
"""Told whenever a walk stored a page or ended."""


class SourcesSpider(Spider):
    """Reads sources into a ledger; each walks on its own."""

    name = "jiballim"
    kind: type[Walk] = Walk

    def __init__(self, sources: Sequence[Source], ledger: Ledger, progress: Progress | None = None) -> None:
        super().__init__()
        self.sources, self.ledger, self.progress = sources, ledger, progress
        self.walks: list[Walk] = []
        self.stopped = False

    @classmethod
    def from_crawler(cls, crawler: Any, *args: Any, **kwargs: Any) -> Self:
        """Make the spider and have it close its walks when the crawl ends, however it ends."""
        spider = super().from_crawler(crawler, *args, **kwargs)
        crawler.signals.connect(spider.end, signal=signals.spider_closed)
        return spider

    async def start(self) -> AsyncIterator[Any]:
        """Open a walk a source."""
        keys = self.settings.getdict("KEYS")
        self.ledger.plan(self.sources)
        for source in self.sources:
            if source.key is not None and source.name not in keys:
                continue  # off: no key
            walk = self.kind(source, self.ledger)
            self.walks.append(walk)
            yield self._request(walk, walk.open())

    def answered(self, response: Response, walk: Walk, ask: Ask) -> Iterator[Request | Turn]:
        """Scrapy's callback for every ask."""
        yield from self._steps(walk, walk.answered(ask, _answer(response)))

    def failed(self, failure: Failure) -> Iterator[Request | Turn]:
        """Scrapy's errback for every ask."""
        request: Request = failure.request  # Scrapy puts it there
        walk, ask = request.cb_kwargs["walk"], request.cb_kwargs["ask"]
        if isinstance(failure.value, HttpError) and ask.key is not None:
            yield from self.answered(failure.value.response, walk, ask)
            return
        reason = reasons.of(failure.value, walk.source.host)
        _log.info("%s page %s: %s (%s)", walk.source.name, ask.number, reason.code, type(failure.value).__name__)
        yield from self._steps(walk, walk.failed(ask, reason))

    def store(self, turn: Turn) -> None:
        """Store a turn; the pipeline's work."""
        pipeline.store(self.ledger, turn)
        self._tell(turn.walk)

    def end(self, reason: str) -> None:
        """End the walks that are still open."""
        self.stopped = reason != "finished"
        why = STOPPED if self.stopped else SILENT
        for walk in self.walks:
            if not walk.over and (turn := walk.stop(why)) is not None:
                pipeline.store(self.ledger, turn)
            self._tell(walk)
        self.ledger.close()

    def _steps(self, walk: Walk, steps: Iterable[Step]) -> Iterator[Request | Turn]:
        for step in steps:
            yield self._request(walk, step) if isinstance(step, Ask) else step
        if walk.over:
            self._tell(walk)

    def _tell(self, walk: Walk) -> None:
        if self.progress is not None:
            self.progress(walk)

    def _request(self, walk: Walk, ask: Ask) -> Request:
        source = walk.source
        headers = {
            "If-None-Match": ask.etag,
            "If-Modified-Since": ask.last_modified,
            "Referer": source.transport.referer,
        }
        options: dict[str, Any] = {
            "callback": self.answered,
            "errback": self.failed,
            "cb_kwargs": {"walk": walk, "ask": ask},
            "headers": {name: value for name, value in headers.items() if value},
            "meta": {"cookiejar": source.name, "hosts": source.hosts, "handle_httpstatus_list": [304]},
            "dont_filter": True,  # the filter would silently drop a refetch, or a page that redirects to itself
            "priority": -1 if ask.number == AGAIN else 0 if ask.key is None else 1,
        }
        if source.key is not None:  # a documented API, asked with its provider's leave and no reader of pages
            options["meta"] |= {"key": source.name, "quota": source.key.quota, "dont_obey_robotstxt": True}
            options["meta"]["referrer_policy"] = "no-referrer"
        if ask.form is not None:
            return FormRequest(ask.url, method="POST", formdata=dict(ask.form), **options)
        return Request(ask.url, **options)


def _answer(response: Response) -> Answer:
    def header(name: str) -> str | None:
        value = response.headers.get(name)
        return value.decode("latin-1") if value else None

    return Answer(
        response.status,
        response.url,
        response.body,
        header("ETag"),
        header("Last-Modified"),
        bool(response.meta.get("redirect_urls")),
    )
