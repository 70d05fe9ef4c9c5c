"""The stand-in pages of the national sources as recorded; `--accept` renews what they are expected to say."""

from __future__ import annotations

import json
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from spiders.pages.document import Document
from spiders.pages.records import Detail, Listing, Row
from spiders.readers import family
from spiders.registry import load

RECORDED = Path(__file__).resolve().parents[2] / "recorded" / "sources"
CASES = sorted(path.parent for path in RECORDED.glob("*/*/page.*"))
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


def read(case: Path) -> dict[str, Any]:
    """What a recorded page says: a list, or in a folder called post-* a post."""
    source = SOURCES[case.parent.name]
    readers, hints = family(source.family), source.hints
    url = (case / "url").read_text("utf-8").strip() if (case / "url").exists() else source.endpoint
    document = Document(next(case.glob("page.*")).read_bytes(), url, hints.encoding)
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
