"""The sample sites of the demo: pages kept in the project, a folder a day; a page stays until a later day changes it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from importlib.resources import files
from importlib.resources.abc import Traversable
from zoneinfo import ZoneInfo

SEOUL = ZoneInfo("Asia/Seoul")
DAYS = tuple(datetime(2026, 11, day, 8, 0, tzinfo=SEOUL) for day in (2, 3, 4, 5))
"""The mornings that the sample sites know, in order."""

SOURCES = ("lh-rental", "geumcheon-notice")
_POST = ("panId", "nttNo")


@dataclass(frozen=True, slots=True)
class Page:
    """What a sample site answers."""

    status: int
    content_type: str
    body: bytes


def answer(day: int, host: str, path: str, query: Mapping[str, str], root: Traversable | None = None) -> Page:
    """Answer a request as the sample site stood on a day (1 is the first); 404 where it had no such page."""
    name = path.rsplit("/", 1)[-1]
    post = next((query[key] for key in _POST if query.get(key)), None)
    leaf = f"{name}@{post}.html" if post else name if name.endswith(".txt") else f"{name}.html"
    sites = root or files("jiballim.demo") / "sites"
    for past in range(day, 0, -1):
        page = sites / f"day{past}" / host / leaf
        if page.is_file():
            return Page(200, "text/plain" if leaf.endswith(".txt") else "text/html; charset=utf-8", page.read_bytes())
    return Page(404, "text/html; charset=utf-8", b"<!DOCTYPE html><title>404</title>")
