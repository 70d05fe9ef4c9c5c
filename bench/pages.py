"""CPU time of reading lists, for each 100 KB, beside the bare parsers on the same bytes."""

from __future__ import annotations

import json
import statistics
import time
from collections.abc import Callable, Iterator
from datetime import date
from pathlib import Path

from bs4 import BeautifulSoup
from lxml import html

from bench.report import Line
from spiders.pages import listing
from spiders.pages.document import Document
from spiders.pages.families import family_of
from tests.conftest import SHARED

CORPUS = SHARED / "corpus"
TODAY = date(2026, 11, 24)


def lines() -> Iterator[Line]:
    """Yield the medians over the real lists of 20 KB and more; without them, over a stand-in made long."""
    pages = list(_pages())
    known = [p for p in pages if family_of(p[1], p[0].decode("utf-8", "replace"))]
    unknown = [p for p in pages if p not in known]
    soup = _median(pages, lambda data, _: BeautifulSoup(data, "lxml"))
    yield Line("a list of an unknown board, CPU for 100 KB", _median(unknown, _read), "ms", 45, _median(unknown, _bare))
    yield Line("a list of a known family, CPU for 100 KB", _median(known, _read), "ms", 12, _median(known, _bare))
    yield Line("bare BeautifulSoup on the same lists", soup, "ms", 1000, _median(pages, _bare), note="for comparison")


def _pages() -> Iterator[tuple[bytes, str]]:
    for path in sorted((CORPUS / "labels").glob("*.json")):
        label = json.loads(path.read_text("utf-8"))
        data = (CORPUS / "pages" / label["page"]).read_bytes()
        if label["kind"] == "list" and len(data) >= 20_000:
            yield data, label.get("url") or ""
    if not CORPUS.is_dir():
        recorded = Path(__file__).resolve().parents[1] / "tests" / "recorded" / "board"
        for family in ("selectBbsNtt/table", "unknown/several_dates"):
            case = recorded / family
            data = (case / "page.html").read_text("utf-8")
            start, end = data.find("<tbody>") + 7, data.find("</tbody>")
            yield (data[:end] + data[start:end] * 12 + data[end:]).encode(), (case / "url").read_text("utf-8").strip()


def _read(data: bytes, url: str) -> object:
    return listing(Document(data, url), today=TODAY)


def _bare(data: bytes, _: str) -> object:
    return html.document_fromstring(data)


def _median(pages: list[tuple[bytes, str]], work: Callable[[bytes, str], object]) -> float:
    return statistics.median(_best(work, page) * 100_000 / len(page[0]) for page in pages)


def _best(work: Callable[[bytes, str], object], page: tuple[bytes, str]) -> float:
    """Return the least of three CPU times, in milliseconds."""
    times = []
    for _ in range(3):
        before = time.process_time()
        work(*page)
        times.append(time.process_time() - before)
    return min(times) * 1000
