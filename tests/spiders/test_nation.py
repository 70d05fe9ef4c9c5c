"""Keys, quotas and refusals of the national sources, over the sample sites."""

from __future__ import annotations

import json
import re
import sqlite3
from base64 import b64encode
from collections.abc import Sequence
from pathlib import Path
from urllib.parse import quote, urlencode, urlsplit

import pytest

from jiballim.demo.world import DAYS
from notices.model import RunState
from notices.store import Store
from spiders.crawl import Day, crawl, days
from spiders.standins import Handler, Request, Response, serve
from tests.replay import NOON
from tests.secrecy import assert_no_key
from tests.spiders.sample import ENVIRON, HUG, KEY, KEYED, NAVER, OPEN, REFUSED, SITES, answer

SECRETS = (KEY, HUG, NAVER.split(":")[1])


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
ROWS = SITES.world.posts("myhome", len(DAYS))
PAGES, NOTICES = -(-len(ROWS) // 2), len({row["number"] for row in ROWS})


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
        ([BUSY], RunState.DONE, None, 1 + PAGES),
        ([BUSY, BUSY], RunState.FAILED, "api_error", 2),
        ([Response(BUSY.body, 504)], RunState.DONE, None, 1 + PAGES),
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
    assert kept == {RunState.PARTIAL: 2, RunState.DONE: NOTICES, RunState.FAILED: 0}[state]
    if reason == "api_error":
        assert re.search(r"\b(?:05|30)\b", run.sentence or "")
    assert_no_key(SECRETS, tmp_path)


def test_an_operation_that_asked_for_rest_rests_until_tomorrow(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("JIBALLIM_DATAGOKR_KEY", KEY)
    small_pages(tmp_path)
    handler, asked = gate([QUOTA])
    with serve(handler) as served:
        crawls = [Day(("myhome-small",), moment, served.origin) for moment in (NOON, NOON, NOON.replace(day=25))]
        runs = [run for (run,) in days(crawls, home=tmp_path)]
    assert [run.reason for run in runs] == ["quota", "quota", None]
    assert len(asked) == 1 + PAGES


def test_a_day_has_no_more_requests_than_are_allowed(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("JIBALLIM_DATAGOKR_KEY", KEY)
    small_pages(tmp_path, "quota = 2")
    handler, asked = gate([])
    with serve(handler) as served:
        crawls = [Day(("myhome-small",), moment, served.origin) for moment in (NOON, NOON.replace(day=25))]
        runs = [run for (run,) in days(crawls, home=tmp_path)]
    assert [(run.state, run.reason) for run in runs] == [(RunState.PARTIAL, "quota")] * 2
    assert len(asked) == 4


FILES = re.compile(
    r"lhFile|wrtFileDownl|innoFD|htmlConverter|[Ff]ile[Dd]own|[Dd]own[Ll]oad|Compress|\.(?:hwpx?|pdf|zip)\b"
)


def test_no_file_beside_a_post_is_fetched(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """LH's robots.txt bars its files, and of no site were the terms for them read: names and links are all that is kept."""
    for name, value in ENVIRON.items():
        monkeypatch.setenv(name, value)
    with serve(answer) as served:
        crawl((*OPEN, *KEYED), home=tmp_path, now=NOON, replay_origin=served.origin)
    with sqlite3.connect(tmp_path / "jiballim.db") as db:
        files = [str(file) for (file,) in db.execute("SELECT attachments FROM edition")]
    linked = {urlsplit(url)[1:4] for file in files for url in re.findall(r"https?://[^\"\s]+", file)}
    assert len(linked) >= 3
    asked = {(r.host, r.path, urlencode(r.query)) for r in served.requests}
    assert not linked & asked
    assert not [r.path for r in served.requests if FILES.search(r.path)]


def full(request: Request) -> str:
    """The address that was asked, key and all."""
    return f"https://{request.host}{request.path}?{urlencode(request.query)}"


def moved(request: Request) -> Response:
    """Sends the reader to a page of an error, whose address holds the one that was asked, and base64 of it."""
    if request.path == "/error":
        return Response(f"<html><title>ERROR</title>{full(request)} {request.query}</html>")
    asked = f"from={quote(full(request), safe='')}&b={b64encode(full(request).encode()).decode()}"
    return Response(status=302, headers={"Location": f"/error?{asked}"})


def tagged(request: Request) -> Response:
    """Puts what was asked into the validators, which are kept and sent again."""
    answered = answer(request)
    tag = quote(full(request), safe=":/?&=")
    return Response(answered.body, content_type=answered.content_type, headers={"ETag": f'"{tag}"', "X-Asked": tag})


@pytest.mark.parametrize(
    "site",
    [
        lambda request: Response(f"<html><title>{full(request)}</title><body>{request.query}</body></html>"),
        lambda request: Response(json.dumps({"error": full(request), **request.query}), 500, "application/json"),
        lambda request: Response(status=302, headers={"Location": full(request).replace("apis", "www")}),
        moved,
        tagged,
    ],
    ids=["page", "error", "another host", "page of an error", "validators"],
)
def test_no_key_that_a_site_echoes_is_kept(site: Handler, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("JIBALLIM_DATAGOKR_KEY", KEY)
    with serve(site) as served:
        crawls = [Day(("myhome",), moment, served.origin) for moment in (NOON, NOON.replace(hour=15))]
        days(crawls, home=tmp_path, overrides={"LOG_LEVEL": "DEBUG"})
    assert_no_key(SECRETS, tmp_path)
    assert not [r for r in served.requests if r.host != "apis.data.go.kr" and KEY in str(r)]
