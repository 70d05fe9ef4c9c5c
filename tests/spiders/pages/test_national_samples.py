"""The real captures of the national sources and the housing corporations, each read to exactly what its label says."""

from __future__ import annotations

import json
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from notices.dates import find_dates
from spiders.pages import lh_api, lh_supply
from spiders.pages.document import Document
from spiders.pages.records import Detail, Listing, Row, State
from spiders.readers import family
from spiders.registry import Source, load

TODAY = date(2026, 11, 24)
SOURCES = load()
LISTS = [
    ("sh-rental", "pages/sh_list_2026-09-02.excerpt.html"),
    ("sh-rental", "pages/kim8796__rental-housing-monitor--sh_list.html"),
    ("sh-rental", "responses/boards/sh_list_row_2025-05.html"),
    ("seoul-housing", "responses/housing_seoul_lease_row_2026-08.html"),
    ("gh-rental", "pages/kim8796__rental-housing-monitor--gh_rental_list.html"),
    ("gh-purchase", "pages/kim8796__rental-housing-monitor--gh_purchase_list.html"),
    ("gh-rental", "responses/gh_main_card_2026-08-04.html"),
    ("ih-notice", "responses/boards/ih_list_2025-07.html"),
    ("molit-press", "responses/molit_rss_2026-09-11.xml"),
    ("bmc-notice", "responses/boards/bmc_old_board_row_2025-07.html"),
    ("lh-api", "responses/lh_api/list_2026-06-24.json"),
    ("myhome", "responses/myhome/public-rental-openapi-body-item-response.json"),
    ("myhome", "responses/myhome_rent_row_2026-07.json"),
    ("applyhome-rental", "responses/applyhome_row_2026-06-30.json"),
    ("hug-api", "responses/hug_api_row.json"),
]
DETAILS = [
    ("sh-rental", "pages/sh_detail_309467.excerpt.html"),
    ("sh-rental", "pages/kim8796__rental-housing-monitor--sh_detail.html"),
    ("gh-rental", "pages/kim8796__rental-housing-monitor--gh_national_detail.html"),
    ("gh-purchase", "pages/kim8796__rental-housing-monitor--gh_detail.html"),
]
FIELDS = {"supply_type": "supply", "region": "region", "status": "status", "category": "category", "contact": "contact",
          "address": "address", "operator": "publisher"}  # fmt: skip
DAYS = ("opens", "closes", "announces", "move_in")
NUMBERS = {"homes": "homes", "deposit_won": "deposit", "monthly_rent_won": "rent"}


def label_of(corpus: Path, capture: str) -> Any:
    """The label of a capture."""
    kind, _, name = capture.partition("/")
    folder = "labels" if kind == "pages" else "labels-responses"
    return json.loads((corpus / folder / f"{name.replace('/', '--')}.json").read_text("utf-8"))


def document(corpus: Path, source: Source, capture: str) -> Document:
    """A capture as the source's endpoint would have sent it."""
    return Document((corpus / capture).read_bytes(), source.endpoint)


def listing(corpus: Path, name: str, capture: str) -> Listing:
    """A list as its source's reader reads it."""
    source = SOURCES[name]
    return family(source.family).listing(document(corpus, source, capture), today=TODAY, hints=source.hints)


def iso(words: str, month: bool = False) -> str:
    """A day in ISO form, whatever form its words have."""
    if month:
        return words[:7]
    found = find_dates(words, TODAY)
    return found[0].day.isoformat() if found else ""


def check_row(row: Row, want: dict[str, Any]) -> None:
    """Hold a row against what a label says; what the label lacks must be unset."""
    if "title" in want:
        assert row.title == want["title"]
    if "key" in want:
        assert row.key == want["key"]
    urls = [want[k] for k in ("url", "url_derived", "url_canonical") if want.get(k)] + want.get("url_alt", [])
    if urls:
        assert row.url in urls
    assert (row.posted and row.posted.isoformat()) == want.get("posted")
    assert row.department == want.get("department")
    for theirs, ours in FIELDS.items():
        assert row.fields.get(ours) == want.get(theirs), theirs
    for day in DAYS:
        said = row.fields.get(day)
        assert (iso(said, day == "move_in") if said else None) == want.get(day), day
    for theirs, ours in NUMBERS.items():
        said = row.fields.get(ours)
        assert (int(said) if said else None) == want.get(theirs), theirs
    keys = [f"{space}:{number}" for space, number in want.get("other_source_keys", {}).items()]
    assert [v for v in (row.fields.get("external_key"),) if v] == keys
    corrects = row.fields.get("corrects")
    assert (corrects.split(":")[1] if corrects else None) == want.get("corrects")
    files = [(a["name"], a.get("url_derived") or a["url"]) for a in want.get("attachments", [])]
    assert [(a.name, a.url) for a in row.attachments] == files


@pytest.mark.parametrize(("name", "capture"), LISTS, ids=[c for _, c in LISTS])
def test_a_real_list_reads_as_labelled(corpus: Path, name: str, capture: str) -> None:
    label, read = label_of(corpus, capture), listing(corpus, name, capture)
    assert read.state == label["state"] == State.OK
    wanted = label.get("items") or label["notices"]
    assert len(read.rows) == len(wanted)
    for row, want in zip(read.rows, wanted, strict=True):
        check_row(row, want)
    total = label.get("total") or label.get("counts", {}).get("total")
    if total:
        assert read.total == total


@pytest.mark.parametrize(("name", "capture"), DETAILS, ids=[c for _, c in DETAILS])
def test_a_real_post_reads_as_labelled(corpus: Path, name: str, capture: str) -> None:
    source, label = SOURCES[name], label_of(corpus, capture)
    read: Detail = family(source.family).detail(document(corpus, source, capture), today=TODAY, hints=source.hints)
    assert read.state == State.OK
    assert (read.title, read.posted and read.posted.isoformat()) == (label["title"], label["posted"])
    assert [(a.name, a.url) for a in read.attachments] == [(a["name"], a["url"]) for a in label["attachments"]]
    assert all(words in read.body for words in label["body_contains"])
    assert not any(words in read.body for words in label["body_excludes"])
    if source.family == "gh":
        assert read.fields["supply"] == label["supply_type"]


@pytest.mark.parametrize("source", [s for s in SOURCES.values() if s.samples], ids=lambda s: s.name)
def test_the_captures_that_a_source_names_exist(corpus: Path, source: Source) -> None:
    for name in source.samples:
        assert (corpus / "pages" / name).is_file() or (corpus / "responses" / name).is_file(), name


def test_the_real_page_of_lhs_api_reads_as_labelled(corpus: Path) -> None:
    label = label_of(corpus, "responses/lh_api/detail.json")
    page = document(corpus, SOURCES["lh-api"], "responses/lh_api/detail.json")
    read = lh_api.detail(page, today=TODAY)
    (want,) = label["notices"]
    assert {
        name: read.fields.get(name) for name in ("region", "address", "move_in", "announces", "opens", "closes")
    } == {
        **{name: want[name] for name in ("region", "address", "move_in", "announces")},
        "opens": None,
        "closes": None,
    }
    assert [(a.name, a.url) for a in read.attachments] == [(a["name"], a["url"]) for a in want["attachments"]]
    (group,), (days,) = lh_api.schedule(page), label["schedule"]
    joined = {f"{name}": f"{days[name]} {days[f'{name}_time']}" for name in ("opens", "closes")}
    assert group == {**{k: v for k, v in days.items() if not k.endswith("_time") and k != "from"}, **joined}


def test_the_real_table_of_homes_reads_as_labelled(corpus: Path) -> None:
    label = label_of(corpus, "responses/lh_api/supply.json")
    read = lh_supply.supply(document(corpus, SOURCES["lh-api"], "responses/lh_api/supply.json"))
    assert [(r["type"], float(r["area"]), float(r["supplied_area"]), int(r["homes"])) for r in read] == [
        (r["type"], r["exclusive_area_m2"], r["supply_area_m2"], r["homes"]) for r in label["supply"]
    ]


def test_the_real_viewer_of_pictures_reads_as_labelled(corpus: Path) -> None:
    label = label_of(corpus, "responses/lh_api/image_viewer.html")
    data = (corpus / "responses/lh_api/image_viewer.html").read_bytes()
    address = "https://apply.lh.or.kr/lhapply/lhImageView2.do?fileid=1"
    assert lh_api.picture(Document(data, address)) == label["images"][0]["url_derived"]


def test_the_real_releases_are_one_each(corpus: Path) -> None:
    label = label_of(corpus, "responses/policy/policy_rss_items.json")
    answer = json.loads((corpus / "responses/policy/policy_rss_items.json").read_text("utf-8"))
    links = "".join(
        f'<li><a href="{item["url"].replace("&", "&amp;")}"><strong>{item["title"]}</strong>'
        f"<span>{item['published_date'].replace('-', '.')}</span></a></li>"
        for item in answer["items"]
    )
    source = SOURCES["korea-kr-molit"]
    read = family("korea_kr").listing(Document(f"<ul>{links}</ul>".encode(), source.endpoint), today=TODAY)
    wanted = {item["key"]: item for item in label["notices"]}
    assert len(read.rows) == len(wanted) == label["counts"]["distinct_keys"]
    for row in read.rows:
        want = wanted[str(row.key)]
        assert (row.title, row.url) == (want["title"], want["url_canonical"])
        assert (row.posted and row.posted.isoformat()) == want.get("posted")


def test_the_real_row_of_ghs_old_board_reads_as_labelled(corpus: Path) -> None:
    """No source reads that board any more; the engine does."""
    (want,) = label_of(corpus, "responses/boards/gh_old_board_row_2025-04.html")["notices"]
    data = (corpus / "responses/boards/gh_old_board_row_2025-04.html").read_bytes()
    address = "https://gh.or.kr/gh/announcement-of-salerental001.do?mode=list"
    (row,) = family("board").listing(Document(data, address), today=TODAY).rows
    assert (row.title, row.key, row.department) == (want["title"], want["key"], want["department"])
    assert (str(row.posted), row.fields.get("category")) == (want["posted"], want["category"])
    assert (row.url or "").split("&")[0] == want["url_derived"].split("&")[0]


ELSEWHERE = {
    # labels that other tests hold the readers against
    "pages/lh_list_2026-09-02.excerpt.html": "test_lh",
    "responses/lh_api/detail_page_snippet_2026-10.html": "test_lh",
    "responses/lh_api/attachments_wrtFileDownl.json": "test_lh",
    "responses/lh_api/error_app.json": "test_faults",
    "responses/lh_api/detail.json": "here",
    "responses/lh_api/supply.json": "here",
    "responses/lh_api/image_viewer.html": "here",
    "responses/policy/policy_rss_items.json": "here",
    "responses/boards/gh_old_board_row_2025-04.html": "here",
}
LEFT = {
    "responses/lh_mobile_2021/list_response.xml": "of an app that LH gave up after 2021; no source asks it",
    "responses/lh_mobile_2021/details_response.xml": "of an app that LH gave up after 2021; no source asks it",
}


def test_every_label_of_a_source_is_held_against_its_reader(corpus: Path) -> None:
    """Captures of APIs and portals all; of the pages those of the hosts that national sources and corporations name."""
    hosts = {s.host for s in SOURCES.values() if s.path and s.path.parent.name in ("national", "corporations")}
    labels = {path: json.loads(path.read_text("utf-8")) for path in (corpus / "labels").glob("*.json")}
    ours = {
        f"pages/{path.name.removesuffix('.json')}"
        for path, label in labels.items()
        if any(host in str(label.get("url")) for host in hosts)
    }
    files = [json.loads(path.read_text("utf-8"))["file"] for path in (corpus / "labels-responses").glob("*.json")]
    ours |= {f"responses/{name}" for name in files if not name.startswith("datagokr_errors/")}
    held = {capture for _, capture in (*LISTS, *DETAILS)} | ELSEWHERE.keys()
    assert ours - held == LEFT.keys()
    assert not held & LEFT.keys()
