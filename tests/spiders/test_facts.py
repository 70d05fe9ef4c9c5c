"""The page on which fact comes from which field: written from the readers, and true of the recorded pages."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from spiders import facts
from spiders.readers import FAMILIES
from spiders.registry import load

ROOT = Path(__file__).resolve().parents[2]
PAGE = ROOT / "docs/reference/fields.md"
SOURCES = {name: source for name, source in load().items() if source.family in facts.FACTS}


def test_the_page_is_what_the_readers_say(accept: bool) -> None:
    written = facts.page(SOURCES.values())
    if accept:
        PAGE.write_text(written, "utf-8")
    assert PAGE.read_text("utf-8") == written, f"{PAGE} is out of date: write it with --accept"


def test_every_reader_but_the_engine_has_its_facts() -> None:
    assert facts.FACTS.keys() == facts.BASE.keys() == set(FAMILIES) - {"board"}


@pytest.mark.parametrize("family", sorted(facts.FACTS))
def test_the_facts_are_those_of_the_recorded_pages(family: str) -> None:
    """No reader takes a field that its table does not name, and none that it names goes without a page to show it."""
    seen: set[str] = set()
    for name in (name for name, source in SOURCES.items() if source.family == family):
        for path in sorted((ROOT / "tests/recorded/sources" / name).glob("*/expected.json")):
            said = json.loads(path.read_text("utf-8"))
            for record in (said, *said.get("rows", [])):
                seen |= set(record.get("fields", {}))
    assert seen == set(facts.FACTS[family])
