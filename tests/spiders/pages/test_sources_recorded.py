"""What the readers say of the sample sites, and of pages of their sources in other shapes; `--accept` renews it."""

from __future__ import annotations

import json
from datetime import date
from pathlib import Path
from typing import Any
from urllib.parse import parse_qsl, urlsplit

import pytest

from jiballim.demo.world import DAYS
from spiders.pages.document import Document
from spiders.pages.records import Detail, Listing, Row
from spiders.readers import family
from spiders.registry import load
from spiders.standins import Request
from tests.spiders.sample import SITES, good

RECORDED = Path(__file__).resolve().parents[2] / "recorded" / "sources"
CASES = sorted(path for path in RECORDED.glob("*/*") if path.is_dir())
SOURCES = load()
TODAY = date(2026, 11, 24)


def told(value: Row | Detail) -> dict[str, Any]:
    """What a record says, without what is empty."""
    said: dict[str, Any] = {
        "title": value.title,
        "posted": value.posted and value.posted.isoformat(),
        "department": value.department,
        "fields": dict(value.fields),
        "attachments": [[a.name, a.url] for a in value.attachments],
        "body": value.body,
        "doubts": list(value.doubts),
    }
    if isinstance(value, Row):
        said |= {"key": value.key, "url": value.url, "asks": value.detail and value.detail.url, "pinned": value.pinned}
    return {name: each for name, each in said.items() if each}


def page(case: Path, url: str) -> bytes:
    """The page of a case: its own, else what the sample site shows there on its last day."""
    if own := next(case.glob("page.*"), None):
        return own.read_bytes()
    parts = urlsplit(url)
    asked = Request("GET", parts.hostname or "", parts.path, dict(parse_qsl(parts.query)))
    said = good(asked) if case.name.startswith("post-") else SITES.listing(case.parent.name, len(DAYS))
    assert (said.status, type(said.body)) == (200, bytes), f"{case}: the sample site has no such page"
    return bytes(said.body) if isinstance(said.body, bytes) else said.body.encode()


def read(case: Path) -> dict[str, Any]:
    """What a page says: a list, or in a folder called post-* a post."""
    source = SOURCES[case.parent.name]
    readers, hints = family(source.family), source.hints
    url = (case / "url").read_text("utf-8").strip() if (case / "url").exists() else source.endpoint
    document = Document(page(case, url), url, hints.encoding)
    if case.name.startswith("post-"):
        post = readers.detail(document, today=TODAY, hints=hints)
        return {"state": post.state.value, **({"why": post.why} if post.why else {}), **told(post)}
    found: Listing = readers.listing(document, today=TODAY, hints=hints)
    more = {"why": found.why, "total": found.total, "more": found.next_page is not None}
    return {
        "state": found.state.value,
        **{k: v for k, v in more.items() if v},
        "rows": [told(row) for row in found.rows],
    }


@pytest.mark.parametrize("case", CASES, ids=lambda path: f"{path.parent.name}-{path.name}")
def test_a_page_reads_as_recorded(case: Path, accept: bool) -> None:
    said, expected = read(case), case / "expected.json"
    if accept:
        expected.write_text(json.dumps(said, ensure_ascii=False, indent=1) + "\n", "utf-8")
    assert expected.exists(), f"{case} has no expected.json: read it with --accept and review it"
    assert said == json.loads(expected.read_text("utf-8"))
