"""What a site asks of its readers beyond robots.txt's rules: pauses, rests, and staying on the hosts it is known by."""

from __future__ import annotations

import asyncio
import email.utils
import time
from typing import Any

from scrapy import Request, signals
from scrapy.http import Response
from scrapy.utils.httpobj import urlparse_cached

from spiders import budget
from spiders.reasons import Faulty, Moved, spent
from spiders.registry import BUDGET


class Fence:
    """Downloader middleware: a source is read only from the hosts that its file names, redirects included."""

    def process_request(self, request: Request) -> None:
        """Refuse a request that leads away from the source."""
        hosts = request.meta.get("hosts")
        if hosts is not None and urlparse_cached(request).hostname not in hosts:
            raise Moved(request.url)
        request.meta.pop("proxy", None)


class Budget:
    """Downloader middleware, the last before the network: refuse what a host's budget of today does not allow.

    Every request that leaves is counted, retries, redirects and robots.txt included; those to APIs have their quotas.
    """

    def __init__(self, crawler: Any) -> None:
        self._crawler = crawler
        self._most: dict[str, int] = crawler.settings.getdict("BUDGETS")

    @classmethod
    def from_crawler(cls, crawler: Any) -> Budget:
        """Make the middleware."""
        return cls(crawler)

    def process_request(self, request: Request) -> None:
        """Count a request, or refuse it."""
        if request.meta.get("quota") is not None:
            return
        host = budget.name(urlparse_cached(request).hostname)
        most = self._most.get(host, BUDGET)
        if not self._crawler.spider.ledger.may_ask_host(host, most):
            raise Faulty(spent(host, most))


class CrawlDelay:
    """Extension: the pause that robots.txt asks for, which Scrapy parses and does not keep."""

    def __init__(self, crawler: Any) -> None:
        self._crawler = crawler
        self._cap = crawler.settings.getfloat("CRAWL_DELAY_MAX", 60)
        crawler.signals.connect(self.parsed, signals.robots_parsed)

    @classmethod
    def from_crawler(cls, crawler: Any) -> CrawlDelay:
        """Make the extension."""
        return cls(crawler)

    def parsed(self, robotparser: Any, request: Request) -> None:
        """Slow the host down for as long as this process lives, also after its slot was idle."""
        asked = robotparser.crawl_delay(self._crawler.settings["ROBOTSTXT_USER_AGENT"])
        if not asked:
            return
        downloader = self._crawler.engine.downloader
        key = downloader.get_slot_key(request)
        kept = downloader.per_slot_settings.setdefault(key, {})
        delay = max(float(kept.get("delay", 0)), min(float(asked), self._cap))
        kept.update(delay=delay, concurrency=1, jitter=0)
        if slot := downloader.slots.get(key):
            slot.delay, slot.concurrency, slot.jitter = delay, 1, 0


class RetryAfter:
    """Downloader middleware: rest a host for as long as it says with 429 or 503; longer rests wait for the next run."""

    def __init__(self, crawler: Any) -> None:
        self._crawler = crawler
        self._cap = crawler.settings.getfloat("RETRY_AFTER_MAX", 60)
        self._until: dict[str, float] = {}

    @classmethod
    def from_crawler(cls, crawler: Any) -> RetryAfter:
        """Make the middleware."""
        return cls(crawler)

    async def process_request(self, request: Request) -> None:
        """Wait until the host's rest is over."""
        key = self._crawler.engine.downloader.get_slot_key(request)
        while (wait := self._until.get(key, 0) - time.monotonic()) > 0:
            await asyncio.sleep(wait)

    def process_response(self, request: Request, response: Response) -> Response:
        """Note the rest that an answer asks for."""
        value = response.headers.get("Retry-After")
        if response.status in (429, 503) and value:
            rest = seconds(value.decode("latin-1").strip(), time.time())
            if rest > self._cap:
                request.meta["dont_retry"] = True
                rest = self._cap
            key = self._crawler.engine.downloader.get_slot_key(request)
            self._until[key] = max(self._until.get(key, 0), time.monotonic() + rest)
        return response


def seconds(value: str, now: float) -> float:
    """The rest that a Retry-After header means, in seconds or as a date; 0 for what is neither."""
    try:
        rest = float(value)
    except ValueError:
        try:
            rest = email.utils.parsedate_to_datetime(value).timestamp() - now
        except (TypeError, ValueError):
            rest = 0
    return rest if 0 < rest < float("inf") else 0
