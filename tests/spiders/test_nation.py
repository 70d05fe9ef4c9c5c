"""One day over stand-ins of every national source: each announcement once with all its sources, and no key anywhere."""

from __future__ import annotations

import re
import sqlite3
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any
from urllib.parse import quote

import pytest

from notices.model import RunState
from notices.store import Store
from notices.store.views import RunView
from spiders.crawl import Day, crawl, days
from spiders.registry import load
from spiders.standins import Handler, Request, Response, Served, serve
from tests.nation.sites import ENVIRON, HUG, KEY, KEYED, NAVER, OPEN, REFUSED, answer
from tests.replay import NOON

WANTED = {
    # the title without marks of correction: the sources that tell it
    "햇살마을 1단지 국민임대주택": {"lh-rental", "lh-api", "myhome", "myhome-web"},
    "달빛마을 3단지 행복주택": {"sh-rental", "sh-recruit", "seoul-housing", "myhome", "myhome-web"},
    "당첨자발표] 달빛마을 2단지": {"sh-rental", "sh-recruit"},
    "별빛마을 5단지": {"gh-rental"},
    "별빛 청년형 매입임대주택": {"gh-purchase"},
    "물결마을 영구임대주택": {"ih-notice", "ih-api"},
    "무지개마을 국민임대주택": {"gmcc-lease"},
    "등대마을 행복주택": {"bmc-notice"},
    "노을역 청년안심주택": {"soco"},
    "든든전세 입주자 모집 서울특별시": {"hug-lease", "hug-api"},
    "든든전세 입주자 모집 경기도": {"hug-lease", "hug-api"},
    "구름마을 영구임대주택": {"myhome", "myhome-web"},
    "파도마을 매입임대주택": {"lh-api-purchase"},
    "바람마을 공공지원민간임대": {"applyhome-rental"},
    "청년 이사비 지원": {"bokjiro-central"},
    "전세보증금 이자 지원": {"bokjiro-local"},
    "주거급여 기준임대료": {"molit-press", "korea-kr-molit"},
    "쪽방 주민의 임시 거처": {"korea-kr-molit", "korea-kr-opm"},
    "읍·면·동이 나섭니다": {"mois-press"},
    "노숙인 주거 지원": {"mohw-press"},
    "주거복지센터 문 열어": {"naver-news"},
}


@dataclass
class Outcome:
    """What a crawl of the day left behind."""

    home: Path
    runs: dict[str, RunView]
    served: Served

    def rows(self, query: str) -> list[tuple[Any, ...]]:
        """Rows of the store."""
        with sqlite3.connect(self.home / "jiballim.db") as db:
            return db.execute(query).fetchall()


@pytest.fixture(scope="module")
def day(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Outcome]:
    """The day, crawled once."""
    home = tmp_path_factory.mktemp("nation")
    with pytest.MonkeyPatch.context() as patch, serve(answer) as served:
        for name, value in ENVIRON.items():
            patch.setenv(name, value)
        overrides = {"LOG_LEVEL": "DEBUG"}
        runs = crawl((*OPEN, *KEYED), home=home, now=NOON, replay_origin=served.origin, overrides=overrides)
        yield Outcome(home, {run.source: run for run in runs}, served)


def test_every_source_is_read_to_its_end(day: Outcome) -> None:
    assert {name: (run.state, run.sentence) for name, run in day.runs.items()} == dict.fromkeys(
        (*OPEN, *KEYED), (RunState.DONE, None)
    )


def test_the_day_covers_every_national_source_that_is_not_closed() -> None:
    folders = {"national", "corporations"}
    ours = {s.name for s in load().values() if s.path and s.path.parent.name in folders and not s.closed}
    assert ours == {*OPEN, *KEYED}


def test_each_announcement_stands_once_with_all_its_sources(day: Outcome) -> None:
    found: dict[int, tuple[set[str], set[str]]] = {}
    said = "SELECT n.announcement_id, n.source, e.title FROM notice n JOIN edition e ON e.notice_id = n.id AND e.number = n.edition"
    for announcement, source, title in day.rows(said):
        sources, titles = found.setdefault(int(announcement), (set(), set()))
        sources.add(source)
        titles.add(title)
    assert len(found) == len(WANTED)
    for words, sources in WANTED.items():
        (match,) = [names for names, titles in found.values() if any(words in title for title in titles)]
        assert match == sources, words


def test_a_correction_is_known_by_the_number_that_it_names(day: Outcome) -> None:
    (told,) = day.rows("SELECT count(*) FROM event WHERE kind = 'revision'")
    assert told == (1,)


def test_facts_come_from_the_fields_that_name_them(day: Outcome) -> None:
    facts = {
        (source, key, field): (value, document)
        for source, key, field, value, document in day.rows(
            "SELECT n.source, n.key, f.field, f.value, f.document FROM fact f JOIN notice n ON n.id = f.notice_id"
        )
    }
    for field, value in {
        "closes": '"2026-12-04"', "opens": '"2026-12-01"', "homes": "35", "deposit": "9000000", "rent": "98000",
        "supply": '"국민임대"', "contact": '"1600-0000"', "publisher": '"LH"', "external_key": '"lh:2015122300091001"',
    }.items():  # fmt: skip
        assert facts["myhome", "30001", field] == (value, f"field:{field}"), field
    assert facts["myhome", "30002", "corrects"][0] == '"myhome:30001"'
    assert facts["gh-rental", "901", "closes"] == ('"2026-12-03T17:00"', "field:closes")
    assert facts["lh-api", "2015122300091002", "opens"][0] == '"2026-12-07T10:00"'


SECRETS = (KEY, HUG, NAVER.split(":")[1])


def assert_no_key(home: Path) -> None:
    """Look for every form of every key in every file below a folder."""
    forms = {form for s in SECRETS for form in (s, quote(s, safe=""), quote(quote(s, safe=""), safe=""), quote(s))}
    for path in home.rglob("*"):
        if path.is_file():
            data = path.read_bytes()
            assert not [form for form in forms if form.encode() in data], path.name


def test_a_key_reaches_its_host_once_and_nothing_else(day: Outcome) -> None:
    """Nothing that the run wrote holds a key, in any form, though LH's API echoes it; no request tells another of it."""
    assert {"crawl.log", "jiballim.db"} <= {path.name for path in day.home.rglob("*")}
    assert_no_key(day.home)
    keyed = {"apis.data.go.kr", "api.odcloud.kr", "openapi.naver.com", "www.khug.or.kr"}
    for request in day.served.requests:
        if request.host in keyed:
            assert "referer" not in request.headers
        else:
            assert not any(secret in value for secret in SECRETS for value in request.query.values())
    sent = [r for r in day.served.requests if r.host == "apis.data.go.kr"]
    assert sent and all(r.query["serviceKey"] == KEY for r in sent)


def test_requests_are_counted_for_each_operation_and_day(day: Outcome) -> None:
    counted = dict(day.rows("SELECT operation, asked FROM quota WHERE day = '2026-11-24'"))
    sent = [r for r in day.served.requests if r.host in ("apis.data.go.kr", "api.odcloud.kr", "openapi.naver.com")]
    assert sum(int(n) for name, n in counted.items() if "/" in name and "khug" not in name) == len(sent)
    assert int(counted["apis.data.go.kr/1613000/HWSPR02/rsdtRcritNtcList"]) == 1


def test_without_its_key_a_source_is_off_and_no_error(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    for name in ENVIRON:
        monkeypatch.delenv(name, raising=False)
    with serve(answer) as served:
        runs = crawl(("myhome", "korea-kr-opm"), home=tmp_path, now=NOON, replay_origin=served.origin)
    assert [(run.source, run.state) for run in runs] == [("korea-kr-opm", RunState.DONE)]
    assert not [r for r in served.requests if r.host == "apis.data.go.kr"]


SMALL = Path("spiders/sources/national/myhome.toml")
QUOTA = Response("<response><header><resultCode>22</resultCode><resultMsg>LIMITED</resultMsg></header></response>")
BUSY = Response('{"OpenAPI_ServiceResponse":{"cmmMsgHeader":{"returnReasonCode":"05"}}}')
GOOD = None


def gate(given: Sequence[Response | None]) -> tuple[Handler, list[Request]]:
    """마이홈, whose n-th answer may be another; and the requests for it."""
    asked: list[Request] = []

    def handler(request: Request) -> Response:
        if request.host != "apis.data.go.kr":
            return answer(request)
        asked.append(request)
        other = given[len(asked) - 1] if len(asked) <= len(given) else None
        return other or answer(request)

    return handler, asked


def small_pages(home: Path, extra: str = "") -> None:
    """마이홈 as a source of the operator's own, in pages of two rows."""
    own = SMALL.read_text("utf-8").replace("numOfRows = 100", "numOfRows = 2")
    (home / "sources").mkdir()
    (home / "sources" / "myhome-small.toml").write_text(own.replace("[params]", f"{extra}\n[params]", 1), "utf-8")


@pytest.mark.parametrize(
    ("given", "state", "reason", "requests"),
    [
        ([GOOD, QUOTA], RunState.PARTIAL, "quota", 2),
        ([QUOTA], RunState.FAILED, "quota", 1),
        ([Response("", 429)], RunState.FAILED, "quota", 1),
        ([BUSY], RunState.DONE, None, 4),
        ([BUSY, BUSY], RunState.FAILED, "api_error", 2),
        ([Response(BUSY.body, 504)], RunState.DONE, None, 4),
        ([Response(REFUSED, 403)], RunState.FAILED, "api_error", 1),
        ([Response(REFUSED)], RunState.FAILED, "api_error", 1),
        ([Response("<!DOCTYPE html><title>안내</title>")], RunState.FAILED, "unreadable", 1),
    ],
)
def test_the_gate_says_no(
    given: list[Response | None],
    state: RunState,
    reason: str | None,
    requests: int,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """Quotas, passing errors and refusals: one more try where it helps, none where not; what was read stays."""
    monkeypatch.setenv("JIBALLIM_DATAGOKR_KEY", KEY)
    small_pages(tmp_path)
    handler, asked = gate(given)
    with serve(handler) as served:
        (run,) = crawl(["myhome-small"], home=tmp_path, now=NOON, replay_origin=served.origin)
    assert (run.state, run.reason, len(asked)) == (state, reason, requests)
    with Store.open(tmp_path / "jiballim.db", readonly=True) as store:
        kept = len(store.sources.rows("myhome-small"))
    assert kept == {RunState.PARTIAL: 1, RunState.DONE: 4, RunState.FAILED: 0}[state]
    if reason == "api_error":
        assert re.search(r"\b(?:05|30)\b", run.sentence or "")
    assert_no_key(tmp_path)


def test_an_operation_that_asked_for_rest_rests_until_tomorrow(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("JIBALLIM_DATAGOKR_KEY", KEY)
    small_pages(tmp_path)
    handler, asked = gate([QUOTA])
    with serve(handler) as served:
        crawls = [Day(("myhome-small",), moment, served.origin) for moment in (NOON, NOON, NOON.replace(day=25))]
        runs = [run for (run,) in days(crawls, home=tmp_path)]
    assert [run.reason for run in runs] == ["quota", "quota", None]
    assert len(asked) == 1 + 3


def test_a_day_has_no_more_requests_than_are_allowed(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("JIBALLIM_DATAGOKR_KEY", KEY)
    small_pages(tmp_path, "quota = 2")
    handler, asked = gate([])
    with serve(handler) as served:
        crawls = [Day(("myhome-small",), moment, served.origin) for moment in (NOON, NOON.replace(day=25))]
        runs = [run for (run,) in days(crawls, home=tmp_path)]
    assert [(run.state, run.reason) for run in runs] == [(RunState.PARTIAL, "quota")] * 2
    assert len(asked) == 4
