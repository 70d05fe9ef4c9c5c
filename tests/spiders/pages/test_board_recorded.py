"""Read the stand-in list pages as recorded; `--accept` renews what they are expected to say."""

from __future__ import annotations

import json
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from spiders.pages import listing
from spiders.pages.batch import list_answer
from spiders.pages.document import Document
from spiders.pages.families import FAMILIES, family_of

RECORDED = Path(__file__).resolve().parents[2] / "recorded" / "board"
CASES = sorted(p.parent for p in RECORDED.glob("*/*/page.html"))
TODAY = date(2026, 11, 24)


def _read(case: Path) -> tuple[bytes, str]:
    return (case / "page.html").read_bytes(), (case / "url").read_text("utf-8").strip()


def _said(case: Path) -> dict[str, Any]:
    data, url = _read(case)
    found = list_answer(listing(Document(data, url), today=TODAY))
    del found["notes"]
    return found


@pytest.mark.parametrize("case", CASES, ids=lambda p: f"{p.parent.name}-{p.name}")
def test_a_page_reads_as_recorded(case: Path, accept: bool) -> None:
    said, expected = _said(case), case / "expected.json"
    if accept:
        expected.write_text(json.dumps(said, ensure_ascii=False, indent=1) + "\n", "utf-8")
    assert expected.exists(), f"{case} has no expected.json: read it with --accept and review it"
    assert said == json.loads(expected.read_text("utf-8"))


@pytest.mark.parametrize("name", [f.name for f in FAMILIES])
def test_every_family_has_a_recorded_page_that_it_recognises(name: str) -> None:
    cases = [c for c in CASES if c.parent.name == name]
    assert cases, f"family {name} has no case in {RECORDED}: add page.html, url and expected.json"
    for case in cases:
        data, url = _read(case)
        family = family_of(url, Document(data, url).text)
        assert family is not None
        assert family.name == name
