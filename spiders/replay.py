"""Reach stand-ins under the real addresses: every request goes to one loopback server as /<host>/<path>."""

from __future__ import annotations

import asyncio
from collections import defaultdict
from typing import Any
from urllib.parse import urlsplit

from scrapy import Request
from scrapy.http import Response

from spiders.tls import ProfiledHandler


def stand_in(url: str, origin: str) -> str:
    """The address of a page's stand-in at an origin ("http://127.0.0.1:8000", with a label: "…:8000/@day2")."""
    parts = urlsplit(url)
    query = f"?{parts.query}" if parts.query else ""
    return f"{origin}/{parts.netloc}{parts.path or '/'}{query}"


class ReplayHandler(ProfiledHandler):
    """The only download handler: real sites, or with the setting REPLAY_ORIGIN nothing but stand-ins."""

    def __init__(self, crawler: Any) -> None:
        super().__init__(crawler)
        self._origin: str = crawler.settings["REPLAY_ORIGIN"] or ""
        self._turns: dict[str, asyncio.Lock] = defaultdict(asyncio.Lock)  # at delay 0 Scrapy 2.19 keeps no limit a host

    async def download_request(self, request: Request) -> Response:
        """Download a request; those above see real addresses only."""
        if not self._origin:
            return await super().download_request(request)
        asked = request.replace(url=stand_in(request.url, self._origin))
        async with self._turns[urlsplit(request.url).netloc]:
            response = await super().download_request(asked)
        request.meta.update({k: v for k, v in asked.meta.items() if k == "download_latency"})
        return response.replace(url=request.url)
