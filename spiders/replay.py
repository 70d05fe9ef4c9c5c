"""Reach stand-ins under the real addresses: every request goes to one loopback server as /<host>/<path>."""

from __future__ import annotations

import asyncio
from collections import defaultdict
from typing import Any
from urllib.parse import urlsplit

from scrapy import Request
from scrapy.exceptions import DownloadFailedError
from scrapy.http import Response
from w3lib.url import url_query_cleaner

from spiders.keys import Held, Mask
from spiders.tls import ProfiledHandler


def stand_in(url: str, origin: str) -> str:
    """The address of a page's stand-in at an origin ("http://127.0.0.1:8000", with a label: "…:8000/@day2")."""
    parts = urlsplit(url)
    query = f"?{parts.query}" if parts.query else ""
    return f"{origin}/{parts.netloc}{parts.path or '/'}{query}"


class KeyedHandler(ProfiledHandler):
    """Adds a source's key to its own requests at the last moment; nothing that comes back holds one."""

    def __init__(self, crawler: Any) -> None:
        super().__init__(crawler)
        self._keys: dict[str, Held] = crawler.settings.getdict("KEYS")  # by source
        self._mask = Mask(crawler.settings.getlist("SECRETS"))

    async def send(self, request: Request, host: str) -> Response:
        """Download a request that is meant for a host, wherever it is sent."""
        held = self._keys.get(request.meta.get("key", ""))
        if held is None or held.host != host:
            return await super().download_request(request)
        joint = "&" if "?" in request.url else "?"
        real = request.replace(url=f"{request.url}{joint}{held.query}" if held.query else request.url)
        for name, value in held.headers:
            real.headers[name] = value
        try:
            response = await super().download_request(real)
        except Exception as wrong:
            raise self._masked(wrong) from None  # the chained one names the real address
        request.meta.update({k: v for k, v in real.meta.items() if k == "download_latency"})
        to = response.headers.get("Location")
        if to is not None:
            response.headers["Location"] = url_query_cleaner(
                to.decode("latin-1"), [held.query.split("=")[0]], remove=True
            )
        for header, values in list(response.headers.items()):
            response.headers[header] = [self._mask.data(value) for value in values]
        return response.replace(url=request.url, body=self._mask.data(response.body))

    def _masked(self, wrong: Exception) -> Exception:
        said = self._mask(str(wrong))
        try:
            return type(wrong)(said)
        except TypeError:  # made of more than words
            return DownloadFailedError(said)


class ReplayHandler(KeyedHandler):
    """The only download handler: real sites, or with the setting REPLAY_ORIGIN nothing but stand-ins."""

    def __init__(self, crawler: Any) -> None:
        super().__init__(crawler)
        self._origin: str = crawler.settings["REPLAY_ORIGIN"] or ""
        self._turns: dict[str, asyncio.Lock] = defaultdict(asyncio.Lock)  # at delay 0 Scrapy 2.19 keeps no limit a host

    async def download_request(self, request: Request) -> Response:
        """Download a request; those above see real addresses only."""
        host = urlsplit(request.url).hostname or ""
        if not self._origin:
            return await self.send(request, host)
        asked = request.replace(url=stand_in(request.url, self._origin))
        async with self._turns[urlsplit(request.url).netloc]:
            response = await self.send(asked, host)
        request.meta.update({k: v for k, v in asked.meta.items() if k == "download_latency"})
        return response.replace(url=request.url)
