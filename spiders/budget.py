"""How many requests a host gets a day, and under which name each request is counted; pure."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING
from urllib.parse import urlsplit

if TYPE_CHECKING:
    from spiders.registry import Source

PART = 0.75
"""The part of a day's budget that looking at known posts again may use up; the rest stays for lists and new posts."""

SPENT = "budget"
"""The code of a reason that says: not asked, for want of budget."""


def name(host: str | None) -> str:
    """Return under which name a host's requests are counted: with and without "www." it is one."""
    return (host or "").removeprefix("www.")


def operation(url: str) -> str:
    """Return the operation of an API that an address belongs to: quotas are counted for each of its own."""
    parts = urlsplit(url)
    return f"{parts.hostname}{parts.path}"


def counted(source: Source, url: str) -> str:
    """Return under which name a request of a source is counted: an API's by its operation, any other by its host."""
    return operation(url) if source.key is not None else name(urlsplit(url).hostname)


def budgets(sources: Iterable[Source]) -> dict[str, int]:
    """Return the budget of each host; of several sources of one host the smallest counts."""
    found: dict[str, int] = {}
    for source in sources:
        if source.key is None:
            for host in {name(host) for host in source.hosts}:
                found[host] = min(source.budget, found.get(host, source.budget))
    return found
