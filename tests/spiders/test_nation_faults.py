"""What every national source may send instead of its list: the run fails and says why, and what was read before stays."""

from __future__ import annotations

import json
import re
import sqlite3
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest

from notices.model import RunState
from notices.store import Store
from spiders.registry import load
from spiders.standins import Request, Response
from tests.replay import Walker
from tests.spiders.sample import KEYED, OPEN, REFUSED, good, page

SOURCES = load()
BUDGET = "korea-kr-budget"  # a ministry that may have nothing to say
ALL = [name for name in (*OPEN, *KEYED) if name != BUDGET]
JSON = [
    "soco",
    "myhome-web",
    "lh-api",
    "lh-api-purchase",
    "myhome",
    "ih-api",
    "applyhome-rental",
    "hug-api",
    "naver-news",
]
XML = ["bokjiro-central", "bokjiro-local", "molit-press", "mois-press", "mohw-press"]
RENAMED = {
    # source: a name that its reader needs, and must name when it is gone
    "soco": "resultList", "myhome-web": "resultList", "lh-api": "PAN_ID", "lh-api-purchase": "PAN_NM", "myhome": "pblancId",
    "ih-api": "posts", "applyhome-rental": "HOUSE_NM", "hug-api": "SBSR_RCVI_SDT", "naver-news": "pubDate",
    "bokjiro-central": "servId", "bokjiro-local": "servNm",
}  # fmt: skip
LISTS = {
    "soco": "resultList", "myhome-web": "resultList", "lh-api": "dsList", "lh-api-purchase": "dsList", "myhome": "item",
    "ih-api": "posts", "applyhome-rental": "data", "naver-news": "items",
}  # fmt: skip


@pytest.fixture
def read(tmp_path: Path) -> Iterator[Walker]:
    """A walker whose sources were never read."""
    with Store.open(tmp_path / "jiballim.db") as store:
        yield Walker(store, SOURCES)


def always(body: bytes | str) -> Callable[[Request], Response]:
    """A site that answers everything with one body."""
    return lambda request: Response(body)


def spoilt(read: Walker, name: str, body: bytes | str) -> str:
    """Read a source well, then with a body in the list's place; returns the reason of the second run."""
    first = read.walk(name, good)
    assert first.state in (RunState.DONE, RunState.PARTIAL), first.reason
    before = read.store.sources.rows(name)
    assert before
    second = read.walk(name, always(body))
    assert second.state is RunState.FAILED, second.reason
    assert read.store.sources.rows(name) == before
    assert second.reason is not None
    return second.reason.sentence


def renamed(value: Any, old: str, new: str) -> Any:
    """A JSON value with a name changed wherever it stands."""
    if isinstance(value, dict):
        return {new if k == old else k: renamed(v, old, new) for k, v in value.items()}
    return [renamed(each, old, new) for each in value] if isinstance(value, list) else value


def changed(value: Any, name: str, to: Any) -> Any:
    """A JSON value with another value under a name."""
    if isinstance(value, dict):
        return {k: to if k == name else changed(v, name, to) for k, v in value.items()}
    return [changed(each, name, to) for each in value] if isinstance(value, list) else value


def texts(value: Any) -> Any:
    """A JSON value whose numbers are text."""
    if isinstance(value, dict):
        return {k: texts(v) for k, v in value.items()}
    if isinstance(value, list):
        return [texts(each) for each in value]
    return str(value) if isinstance(value, int) and not isinstance(value, bool) else value


@pytest.mark.parametrize("name", ALL)
@pytest.mark.parametrize(
    "body",
    [
        b"%PDF-1.7 \xff\xfe",
        b"",
        "<!DOCTYPE html><html><title>점검 안내</title><body>시스템 점검 중입니다.</body></html>",
        REFUSED,
        '{"response": {"header": {"resultCode": "99", "resultMsg": "UNKNOWN"}}}',
    ],
    ids=["binary", "nothing", "page of an error", "xml of an error", "json of an error"],
)
def test_what_is_no_list_fails_the_run(read: Walker, name: str, body: bytes | str) -> None:
    assert spoilt(read, name, body)


@pytest.mark.parametrize("name", [*JSON, *XML])
def test_half_an_answer_is_none(read: Walker, name: str) -> None:
    assert spoilt(read, name, page(name)[: len(page(name)) // 2])


@pytest.mark.parametrize(("name", "field"), RENAMED.items())
def test_a_field_that_is_gone_is_named(read: Walker, name: str, field: str) -> None:
    text = page(name)
    gone = text.replace(f"{field}>", f"{field}X>") if name in XML else json.dumps(renamed(json.loads(text), field, "x"))
    assert field in spoilt(read, name, gone)


@pytest.mark.parametrize(("name", "field"), LISTS.items())
def test_null_where_a_list_was_is_named(read: Walker, name: str, field: str) -> None:
    assert field in spoilt(read, name, json.dumps(changed(json.loads(page(name)), field, None)))


@pytest.mark.parametrize(("name", "field"), LISTS.items())
def test_text_where_a_list_was_is_named(read: Walker, name: str, field: str) -> None:
    assert field in spoilt(read, name, json.dumps(changed(json.loads(page(name)), field, "없음")))


@pytest.mark.parametrize("name", JSON)
def test_numbers_as_text_change_nothing(read: Walker, name: str) -> None:
    read.walk(name, good)
    before = read.store.sources.rows(name)
    body = json.dumps(texts(json.loads(page(name))))
    list_paths = {read.sources[name].endpoint.split("/", 3)[3].split("?")[0]}
    walk = read.walk(name, lambda r: Response(body) if r.path.lstrip("/") in list_paths else good(r))
    assert walk.state is RunState.DONE, walk.reason
    assert read.store.sources.rows(name) == before
    assert walk.counts["changed"] == 0


@pytest.mark.parametrize("name", ["hug-lease", "hug-api", "ih-api", "applyhome-rental", "naver-news"])
def test_a_list_that_may_be_empty_takes_nothing_away(read: Walker, name: str) -> None:
    """An empty answer is a good run where nothing need be offered, and yesterday's notices stay."""
    empty = {
        "hug-lease": "<html><body><p>조회된 자료가 없습니다.</p><table class='d_list'></table></body></html>",
        "hug-api": "[]",
        "ih-api": '{"body": {"totalCount": 0, "posts": []}}',
        "applyhome-rental": '{"matchCount": 0, "data": []}',
        "naver-news": '{"total": 0, "items": []}',
    }[name]
    read.walk(name, good)
    walk = read.walk(name, always(empty))
    assert (walk.state, walk.counts["listed"]) == (RunState.DONE, 0)
    again = read.walk(name, good)
    assert (again.state, again.counts["new"], again.counts["changed"]) == (RunState.DONE, 0, 0)


def test_the_last_page_again_ends_the_list(read: Walker) -> None:
    """SH repeats its last page for every number behind it; korea.kr too."""
    for name in ("sh-recruit", "korea-kr-molit"):
        asked = len(read.asked)
        walk = read.walk(name, lambda r: _endless(good(r), r))
        assert walk.state is RunState.DONE
        assert len([r for r in read.asked[asked:] if "ist" in r.path.rsplit("/", 1)[1]]) == 2


def _endless(response: Response, request: Request) -> Response:
    """A list that claims to have far more posts than it shows."""
    assert isinstance(response.body, bytes)
    body = response.body.decode()
    return Response(re.sub(r"<strong>\d</strong> 건 \[1/1", "<strong>900</strong> 건 [1/90", body))


def test_a_value_that_comes_empty_does_not_erase_the_one_of_yesterday(read: Walker, tmp_path: Path) -> None:
    """A field that is suddenly "" or null everywhere was not taken back: nothing is told of it, but the run names it."""
    read.walk("myhome", good)
    said = (
        "SELECT f.value FROM fact f JOIN notice n ON n.id = f.notice_id WHERE n.key = '30001' AND f.field = 'deposit'"
    )
    body = json.loads(page("myhome"))
    for name, to in (("rentGtn", ""), ("mtRntchrg", None), ("endDe", "")):
        body = changed(body, name, to)
    walk = read.walk("myhome", always(json.dumps(body)))
    assert (walk.state, walk.reason and walk.reason.code) == (RunState.PARTIAL, "fields")
    assert walk.reason is not None and "'보증금'" in walk.reason.sentence
    with sqlite3.connect(tmp_path / "jiballim.db") as db:
        assert db.execute(said).fetchall() == [("10800000",)]
        assert db.execute("SELECT count(*) FROM event WHERE edition > 1").fetchone() == (0,)
