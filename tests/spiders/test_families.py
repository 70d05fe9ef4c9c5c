"""Every family of boards in use: a stand-in of its pages passes list, detail and next page through one of its TOMLs."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from urllib.parse import parse_qsl, urlsplit
from zoneinfo import ZoneInfo

import pytest

from notices.model import RunState
from notices.store.views import RunView
from spiders.asks import Ask, list_ask
from spiders.crawl import crawl
from spiders.pages import listing
from spiders.pages.document import Document
from spiders.pages.families import family_of
from spiders.pages.records import Row
from spiders.registry import Source, load
from spiders.standins import MISSING, Request, Response, serve
from tests.spiders.sample import KEYED, OPEN

RECORDED = Path(__file__).parents[1] / "recorded/board"
SOURCES = load()
NOW = datetime(2026, 11, 24, 9, 0, tzinfo=ZoneInfo("Asia/Seoul"))
CASES = (
    # family, the source whose TOML is tried, the case under tests/recorded/board/<family>
    ("eminwon", "busanjin-gosi", "every_cell"),
    ("eminwon", "gunsan-press", "every_cell"),
    ("selectBbsNtt", "donghae-gosi", "table"),
    ("eminwonPortal", "songpa-gosi", "href"),
    ("rfc", "gimje-gosi", "pinned"),
    ("planweb", "jeonju-press", "list"),
    ("yh", "pohang-press", "data_attribute"),
    ("yhSaeol", "pohang-gosi", "keyset"),
    ("openworks", "paju-gosi", "jsView"),
    ("egov", "daejeon-seogu-press", "search_detail"),
    ("menuNo", "gangbuk-gosi", "list"),
    ("boardEs", "gwangju-seogu-press", "aria"),
    ("boardList", "gwangju-press", "subject_divs"),
    ("seoul", "seoul-gosi", "fnTbbsView"),
    ("exBbs", "seocho-press", "List_do"),
    ("scms", "tongyeong-gosi", "cards"),
    ("bbsMsg", "bupyeong-gosi", "list"),
    ("gotoPage", "buyeo-press", "mode_v"),
    ("mnuUid", "gyeongju-gosi", "page"),
    ("k2web", "pohang-notice", "artclList"),
    ("sh", "sh-rental", "getDetailView"),
    ("icms", "daegu-gosi", "navi"),
    ("jeonnam", "mokpo-gosi", "mode_view"),
    ("skinTb", "gangwon-gosi", "goPage_is_detail"),
    ("kboard", "yeongdeok-gosi", "default"),
    ("unknown", "gangseo-notice", "self_linking"),
    ("unknown", "dobong-notice", "two_header_lines"),
)
TOKEN = '<form name="form1"><input type="hidden" name="token" value="햇살"></form>'
"""What a site with a page before its list gives there, and wants back."""


@dataclass(frozen=True)
class Site:
    """A stand-in of a source's site: two list pages and a page for each post."""

    source: Source
    pages: tuple[bytes, bytes]
    rows: tuple[tuple[Row, ...], tuple[Row, ...]]

    def wanted(self) -> int:
        """How many different posts the source's words let pass."""
        return len({row.key for page in self.rows for row in page if self.source.wants(row.title)})

    def answer(self, request: Request) -> Response:
        """Answer as a post's own page, or as the page of the list that is asked for."""
        for row in (row for page in self.rows for row in page):
            if row.detail is not None and _asks(request, Ask(row.detail.url, 1, form=row.detail.form)):
                return Response(_post(row))
        asked = {**request.query, **request.form}
        if (before := self.source.bootstrap) and request.path == urlsplit(before.page).path:
            return Response(TOKEN)
        if before and asked.get("token") != "햇살":
            return MISSING
        first = list_ask(self.source, 1, NOW.date())
        if request.path != (urlsplit(first.url).path or "/"):
            return MISSING
        param = self.source.paging.param
        number = asked.get(param, "1") if param else next((v for k, v in asked.items() if "age" in k.lower()), "1")
        return Response(self.pages[min(int(number), 2) - 1])


def _asks(request: Request, ask: Ask) -> bool:
    parts = urlsplit(ask.url)
    query = dict(parse_qsl(parts.query, keep_blank_values=True))
    return request.path == parts.path and request.query == query and request.form == dict(ask.form or {})


def _post(row: Row) -> str:
    return (
        f'<!DOCTYPE html><meta charset="utf-8"><title>공고</title><div class="view"><h3>{row.title}</h3>'
        "<dl><dt>등록일</dt><dd>2026-09-02</dd><dt>담당부서</dt><dd>주택과</dd></dl><div class='content'>"
        "<p>햇살마을의 입주자를 모집합니다.</p><p>접수는 행정복지센터에서 합니다.</p></div></div>"
    )


def site(family: str, name: str, case: str) -> Site:
    """The stand-in of a family at the address of a source."""
    source = SOURCES[name]
    url = list_ask(source, 1, NOW.date()).url
    page = re.sub(rb"https?://[\w.-]*haetsal[\w.-]*", f"https://{source.host}".encode(), _bytes(family, case))
    first = listing(Document(page, url), today=NOW.date(), hints=source.hints).rows
    second = page
    for key in sorted({row.key for row in first if row.key and not row.pinned}, key=len, reverse=True):
        second = second.replace(key.encode(), _other(key).encode())
    return Site(
        source, (page, second), (first, listing(Document(second, url), today=NOW.date(), hints=source.hints).rows)
    )


def _bytes(family: str, case: str) -> bytes:
    return (RECORDED / family / case / "page.html").read_bytes()


def _other(key: str) -> str:
    """Another post's number of the same form."""
    at = re.search(r"[1-9]", key)
    assert at is not None, key
    return key[: at.start()] + str(int(at[0]) % 9 + 1) + key[at.end() :]


def used() -> dict[str, list[str]]:
    """The families of boards in use, each with its sources: told by the address of the first or the second page."""
    found: dict[str, list[str]] = {}
    for source in SOURCES.values():
        if source.family == "board":
            urls = [list_ask(source, number, NOW.date()).url for number in (1, 2)]
            family = next((f.name for url in urls if (f := family_of(url, ""))), "")
            tried = next((case[0] for case in CASES if case[1] == source.name), "unknown")  # told by its markup
            found.setdefault(family or tried, []).append(source.name)
    return found


@pytest.mark.parametrize("family", used())
def test_every_family_in_use_is_tried_through_one_of_its_sources(family: str) -> None:
    tried = {name for kind, name, _ in CASES if kind == family}
    assert tried and tried <= set(used()[family])


def test_every_reader_of_a_portal_is_tried_by_the_day_of_the_nation() -> None:
    """Portals with readers of their own: tests/spiders/test_nation.py reads one source of each, list, posts and pages."""
    assert {s.family for s in SOURCES.values() if s.family != "board" and not s.closed} == {
        SOURCES[name].family for name in (*OPEN, *KEYED) if SOURCES[name].family != "board"
    }


def test_no_case_is_left_over() -> None:
    assert {family for family, _, _ in CASES} == set(used())


@pytest.fixture(scope="module")
def crawled(tmp_path_factory: pytest.TempPathFactory) -> dict[str, tuple[Site, RunView]]:
    """One replay crawl over the stand-ins of all families."""
    sites = [site(*case) for case in CASES]

    def answer(request: Request) -> Response:
        found = [s for s in sites if s.source.host == request.host]
        answers = [a for s in found if (a := s.answer(request)).status == 200]
        return answers[0] if answers and request.path != "/robots.txt" else MISSING

    home = tmp_path_factory.mktemp("home")
    with serve(answer) as served:
        runs = crawl([s.source.name for s in sites], home=home, now=NOW, replay_origin=served.origin)
    return {run.source: (s, run) for run in runs for s in sites if s.source.name == run.source}


@pytest.mark.parametrize(("family", "name", "case"), CASES)
def test_list_detail_and_next_page(family: str, name: str, case: str, crawled: dict[str, tuple[Site, RunView]]) -> None:
    site, run = crawled[name]
    assert (run.state, run.sentence) == (RunState.DONE, None)
    assert site.wanted() > len({r.key for r in site.rows[0] if site.source.wants(r.title)})
    assert run.listed >= site.wanted()
    assert run.details == site.wanted()
