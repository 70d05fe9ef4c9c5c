"""The registry of real sources: each names its evidence, none is listened to twice, and the page about them is true."""

from __future__ import annotations

import re
import tomllib
from collections import defaultdict
from datetime import date
from pathlib import Path

import pytest

from notices import regions
from spiders.registry import BUILT_IN, KINDS, Source, load

TABLE = Path(__file__).parents[2] / "docs/reference/sources.md"
FRESH = date(2025, 12, 1)
SEEDS = (
    "경기도 파주시", "전남광주통합특별시", "서울특별시", "서울특별시 강서구", "대전광역시", "충청남도", "전북특별자치도 전주시",
    "전북특별자치도 군산시", "전북특별자치도 김제시", "충청남도 천안시", "경기도 수원시", "전북특별자치도 익산시", "경상북도 포항시",
    "강원특별자치도 동해시",
)  # fmt: skip
ALL = load()
MUNICIPAL = [s for s in ALL.values() if s.path and s.path.is_relative_to(BUILT_IN / "municipal")]


def test_there_are_enough_and_most_rest_on_fresh_evidence() -> None:
    assert len(MUNICIPAL) >= 150
    assert sum(s.checked is not None and s.checked >= FRESH for s in MUNICIPAL) >= 110
    assert all(s.origin for s in MUNICIPAL)


def heard(code: str) -> set[str]:
    """The kinds of lists that are read of a place."""
    return {source.kind for source in MUNICIPAL if source.region == code and source.enabled}


def test_every_province_is_heard() -> None:
    provinces = [region for name in regions.names() if " " not in name and (region := regions.by_name(name))]
    read = {s.region[:2] for s in MUNICIPAL if s.region and s.enabled}
    assert {region.name for region in provinces if region.code[:2] not in read} == set()


@pytest.mark.parametrize("name", SEEDS)
def test_the_places_of_the_first_news_are_heard(name: str) -> None:
    """Where housing notices stand (고시공고), and at least one of 공지 and 보도자료."""
    region = regions.by_name(name)
    assert region is not None
    kinds = heard(region.code[:2] if region.code.endswith("000") else region.code)
    assert kinds & {"notice", "press"} and "gosi" in kinds, kinds


@pytest.mark.parametrize("province", ["서울특별시", "대전광역시", "충청남도"])
def test_every_part_of_their_provinces_is_heard(province: str) -> None:
    region = regions.by_name(province)
    assert region is not None
    assert [part.name for part in regions.children(region.code) if not heard(part.code)] == []


@pytest.mark.parametrize("name", ["동구", "서구", "남구", "북구", "광산구"])
def test_the_five_districts_of_gwangju_are_heard_within_the_merged_province(name: str) -> None:
    region = regions.by_name(f"전남광주통합특별시 {name}")
    assert region is not None and heard(region.code) & {"gosi", "notice"}


@pytest.mark.parametrize("host", ["eminwon.donggu.go.kr", "eminwon.dong.daegu.kr", "eminwon.sasang.go.kr"])
def test_hosts_that_a_gathered_list_confuses_belong_to_the_right_place(host: str) -> None:
    right = {"eminwon.donggu.go.kr": "30110", "eminwon.dong.daegu.kr": "27140", "eminwon.sasang.go.kr": "26530"}
    assert {source.region for source in MUNICIPAL if source.host == host} == {right[host]}


@pytest.mark.parametrize("source", MUNICIPAL, ids=lambda s: s.name)
def test_a_file_says_all_that_is_asked_of_it(source: Source) -> None:
    """Region, page, endpoint, 공공누리 type, words for mixed streams, expectations, and where its facts are from."""
    assert source.path is not None
    written = tomllib.loads(source.path.read_text("utf-8"))
    assert {
        "title",
        "publisher",
        "region",
        "kind",
        "page",
        "endpoint",
        "licence",
        "origin",
        "checked",
        "expect",
    } <= set(written)
    assert source.expect.rows >= 1 and source.expect.dated > 0
    assert source.include or source.name == "geumcheon-notice"  # kept whole, to try the reading of what concerns homes
    assert source.exclude or source.kind != "gosi"


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
