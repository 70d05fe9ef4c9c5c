"""Whatever stands at whatever place of a structured answer, its reader says what is wrong and breaks on nothing."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from datetime import date
from itertools import cycle, islice
from typing import Any

import pytest

from spiders.pages.document import Document
from spiders.pages.parts import laid
from spiders.readers import family
from spiders.registry import load
from spiders.rows import fingerprint, notice
from spiders.standins import Request
from tests.spiders.sample import SITES, good, page

TODAY = date(2026, 11, 24)
SOURCES = load()
JSON = [name for name in SITES.sites if name in SOURCES and page(name).lstrip().startswith(("{", "["))]
JUNK: list[Any] = [
    None,
    "",
    0,
    -1,
    1.5,
    True,
    "없음",
    "1,234",
    "2026.13.45",
    "9" * 30,
    [],
    {},
    [None],
    {"a": []},
    "\x00",
    "<b>x",
]
JUNK += ["12,3", "20260230", "99991231", ["a"], 10**30]
ASKED = {
    "PAN_ID": "2015122300091001", "CCR_CNNT_SYS_DS_CD": "03", "SPL_INF_TP_CD": "062", "UPP_AIS_TP_CD": "06", "AIS_TP_CD": "07",
}  # fmt: skip
CALLS = ["lhLeaseNoticeDtlInfo1/getLeaseNoticeDtlInfo1", "lhLeaseNoticeSplInfo1/getLeaseNoticeSplInfo1"]


def places(value: Any, here: tuple[Any, ...] = ()) -> Iterator[tuple[Any, ...]]:
    """Every place of an answer, the whole first."""
    yield here
    inner = value.items() if isinstance(value, dict) else enumerate(value) if isinstance(value, list) else ()
    for name, each in inner:
        yield from places(each, (*here, name))


def spoilt(value: Any, each: int) -> Iterator[bytes]:
    """An answer with something odd at one of its places, for every place."""
    junk = cycle(JUNK)
    for place in places(value):
        for odd in islice(junk, each):
            copy = at = json.loads(json.dumps(value))
            for step in place[:-1]:
                at = at[step]
            if place:
                at[place[-1]] = odd
            yield json.dumps(copy if place else odd, ensure_ascii=False).encode()


@pytest.mark.parametrize("name", JSON)
def test_a_list_with_anything_anywhere_breaks_no_reader(name: str) -> None:
    readers, source = family(SOURCES[name].family), SOURCES[name]
    for body in spoilt(json.loads(page(name)), 4):
        read = readers.listing(Document(body, source.endpoint), today=TODAY, hints=source.hints)
        assert read.rows or read.why, body
        for row in (*read.rows, *(laid(read.parts, readers.together, False) if readers.together else ())):
            assert fingerprint(row)
            assert row.key is None or notice(name, row, None).key


@pytest.mark.parametrize("operation", CALLS)
def test_a_post_with_anything_anywhere_breaks_no_reader(operation: str) -> None:
    path = f"/B552555/{operation}"
    body = good(Request("GET", "apis.data.go.kr", path, ASKED)).body
    address = f"https://apis.data.go.kr{path}?" + "&".join(f"{name}={value}" for name, value in ASKED.items())
    for odd in spoilt(json.loads(body), 7):
        read = family("lh_api").detail(Document(odd, address), today=TODAY)
        assert read.fields or read.body or read.why or read.state == "ok"


MARKUP = [
    name
    for name, source in SOURCES.items()
    if name in SITES.sites
    and source.path
    and source.path.parent.name in ("national", "corporations")
    and name not in JSON
]
HREF = re.compile(r"(?<=href=[\"'])[^\"']*|(?<=<link>)[^<]*")
ADDRESSES = [
    "http://[::1",
    "//",
    "javascript:void(0)",
    "http://a:b@c/",
    "https://x.example:99999999/",
    "\u202e",
    "?newsId=&amp;seq=",
]


@pytest.mark.parametrize("name", MARKUP)
def test_an_address_that_is_none_costs_no_other_post(name: str) -> None:
    readers, source, text = family(SOURCES[name].family), SOURCES[name], page(name)
    whole = len(readers.listing(Document(coded(name, text), source.endpoint, source.hints.encoding), today=TODAY).rows)
    for at, found in enumerate(HREF.finditer(text)):
        odd = text[: found.start()] + ADDRESSES[at % len(ADDRESSES)] + text[found.end() :]
        document = Document(coded(name, odd), source.endpoint, source.hints.encoding)
        read = readers.listing(document, today=TODAY, hints=source.hints)
        assert len(read.rows) >= whole - 1 or read.why, found[0]


def coded(name: str, text: str) -> bytes:
    """A page as its site sends it."""
    return text.encode(SOURCES[name].hints.encoding or "utf-8", "replace")
