"""Obey robots.txt as RFC 9309 asks, also for requests that wait for it together and for sites that fail to give it."""

from __future__ import annotations

from typing import Any

from scrapy import Request
from scrapy.downloadermiddlewares.robotstxt import RobotsTxtMiddleware
from scrapy.exceptions import IgnoreRequest
from scrapy.http import Response
from scrapy.utils.httpobj import urlparse_cached
from scrapy.utils.misc import build_from_crawler
from twisted.internet.defer import Deferred

from spiders.reasons import Barred, Unread

_DENY = b"User-agent: *\nDisallow: /\n"
_LONGEST = 512 * 1024  # RFC 9309 §2.5 asks for 500 KiB at least


class StrictRobots(RobotsTxtMiddleware):
    """Scrapy's middleware with two faults cured.

    Scrapy 2.19 lets all but the first of several waiting requests through, since each awaits the same Deferred and
    gets None (scrapy/scrapy#6802). And it reads a site whose robots.txt answers 5xx or not at all, which the RFC forbids.
    """

    def __init__(self, crawler: Any) -> None:
        super().__init__(crawler)
        self._unread: dict[str, BaseException | int] = {}

    async def process_request(self, request: Request, spider: Any = None) -> None:
        """Refuse what robots.txt forbids, and everything of a site that does not give it."""
        try:
            await super().process_request(request)
        except IgnoreRequest:
            cause = self._unread.get(urlparse_cached(request).netloc)
            raise (Barred("robots.txt") if cause is None else Unread(cause)) from None

    async def robot_parser(self, request: Request) -> Any:
        """The rules of a request's site, the same for every request that waits for them."""
        parser = await super().robot_parser(request)
        current = self._parsers.get(urlparse_cached(request).netloc)
        return parser if isinstance(current, Deferred) else current

    async def _parse_robots(self, response: Response, netloc: str, request: Request) -> None:
        if response.status >= 500 or response.status == 429:
            self._unread[netloc] = response.status
            response = response.replace(body=_DENY)
        await super()._parse_robots(response.replace(body=response.body[:_LONGEST]), netloc, request)

    def _robots_error(self, exc: Exception, netloc: str) -> None:
        super()._robots_error(exc, netloc)
        self._unread[netloc] = exc
        self._parsers[netloc] = build_from_crawler(self._parserimpl, self.crawler, _DENY)
