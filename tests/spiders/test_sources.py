"""The registry of real sources: each names its evidence, none is listened to twice, and the page about them is true."""

from __future__ import annotations

import re
from collections import defaultdict
from datetime import date
from pathlib import Path

import pytest

from notices import regions
from spiders.registry import BUILT_IN, KINDS, Source, load

TABLE = Path(__file__).parents[2] / "docs/reference/sources.md"
FRESH = date(2025, 12, 1)
SEEDS = (
    "paju", "gwangju", "seoul", "gangseo", "daejeon", "chungnam", "jeonju", "gunsan", "gimje", "cheonan", "suwon",
    "iksan", "pohang", "donghae",
)  # fmt: skip
ALL = load()
MUNICIPAL = [s for s in ALL.values() if s.path and s.path.is_relative_to(BUILT_IN / "municipal")]


def test_there_are_enough_and_most_rest_on_fresh_evidence() -> None:
    assert len(MUNICIPAL) >= 150
    assert sum(s.checked is not None and s.checked >= FRESH for s in MUNICIPAL) >= 110
    assert all(s.origin for s in MUNICIPAL)


def test_every_province_and_every_seed_is_heard() -> None:
    heard = {s.region[:2] for s in MUNICIPAL if s.region and s.enabled}
    assert heard == {
        region.code[:2] for name in regions.names() if " " not in name and (region := regions.by_name(name))
    }
    assert [place for place in SEEDS if not any(s.name.startswith(f"{place}-") for s in MUNICIPAL)] == []
    for code, parts in (("11", 25), ("12", 27), ("30", 5), ("44", 15)):
        districts = {s.region for s in MUNICIPAL if s.region and s.region[:2] == code and len(s.region) == 5}
        assert len(districts) >= parts - 1, (code, districts)


def test_a_host_belongs_to_one_place() -> None:
    """The same site under two publishers would be a wrong lead copied."""
    places: dict[str, set[tuple[str, str | None]]] = defaultdict(set)
    for source in MUNICIPAL:
        places[source.host.removeprefix("www.")].add((source.publisher, source.region))
    assert {host: names for host, names in places.items() if len(names) > 1} == {}


def test_no_list_is_read_twice() -> None:
    """Neither under the same address nor, for lists asked for by a form or parameters, under the same question."""
    asked: dict[tuple[object, ...], list[str]] = defaultdict(list)
    for source in ALL.values():
        bare = re.sub(r"^https?://(www\.)?", "", source.endpoint)
        asked[bare, *sorted(source.params.items()), *sorted(source.form.items())].append(source.name)
    assert [names for names in asked.values() if len(names) > 1] == []


@pytest.mark.parametrize("source", MUNICIPAL, ids=lambda s: s.name)
def test_names_follow_one_scheme(source: Source) -> None:
    """<place>-<kind>.toml in the folder of its province, with a code of today."""
    assert source.name.endswith(f"-{source.kind}") and source.kind in KINDS
    assert re.fullmatch(r"[a-z]+(-[a-z]+)?-[a-z]+", source.name)
    region = regions.by_code(source.region or "")
    assert region is not None and region.name == source.publisher
    assert region.code.startswith(source.region or "-")
    assert source.path is not None
    peers = {s.region[:2] for s in MUNICIPAL if s.path and s.region and s.path.parent == source.path.parent}
    assert len(peers) == 1, peers


def test_sources_that_are_off_say_why() -> None:
    for source in MUNICIPAL:
        assert source.path is not None
        assert source.enabled or source.closed or source.path.read_text("utf-8").startswith("# Off: "), source.name


def table() -> str:
    """The page about the sources, written from their files."""
    lines = [
        "# Sources", "",
        f"The {len(ALL)} built-in lists, written from their files by `make accept`. *As of* is the day that the facts of a",
        "file date from, not a day on which this project read the site: `jiballim sources check` does that, on your machine.",
        "Addresses, parameters and the repository that a fact comes from stand in each file under `spiders/sources/`.", "",
        "| Name | Title | Region | Kind | 공공누리 | As of | |", "| --- | --- | --- | --- | --- | --- | --- |",
    ]  # fmt: skip
    for source in ALL.values():
        link = f"[{source.title}]({source.page})"
        state = "closed" if source.closed else "key" if source.key else "" if source.enabled else "off"
        cells = [source.name, link, source.region or "-", source.kind, source.licence, str(source.checked), state]
        lines.append(f"| {' | '.join(cells)} |".replace("|  |", "| |"))
    return "\n".join(lines) + "\n"


def test_the_page_about_sources_is_true(accept: bool) -> None:
    """After a change of a source file: pytest tests/spiders/test_sources.py --accept."""
    if accept:
        TABLE.write_text(table(), "utf-8")
    assert TABLE.read_text("utf-8") == table()
