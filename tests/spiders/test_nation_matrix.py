"""The bad answers of every national source and corporation, derived from the registry, so that none can be left out."""

from __future__ import annotations

import copy
import json
import re
import sqlite3
from collections.abc import Callable, Iterator, Mapping
from dataclasses import replace
from functools import partial
from pathlib import Path
from typing import Any

import pytest

from notices.model import RunState
from notices.store import Store
from notices.vocabulary import FIELDS
from spiders.crawl import crawl
from spiders.facts import BASE, FACTS
from spiders.readers import family
from spiders.registry import Source, load
from spiders.standins import Handler, Request, Response, serve
from spiders.walk import Walk
from tests.replay import NOON, Walker
from tests.spiders.sample import ENVIRON, good, page
from tests.spiders.sample import answer as nation

FOLDERS = ("national", "corporations")
SOURCES = load()
READ = {n: s for n, s in SOURCES.items() if s.path and s.path.parent.name in FOLDERS and not s.closed}
QUOTA = Response("<response><header><resultCode>22</resultCode><resultMsg>LIMITED</resultMsg></header></response>")


def kind(name: str) -> str:
    """The form of a source's list: json, xml or html."""
    start = page(name).lstrip()[:200].lower()
    if start.startswith(("{", "[")):
        return "json"
    return "xml" if start.startswith(("<?xml", "<rss", "<feed", "<wanted")) else "html"


JSON, XML, HTML = (tuple(name for name in READ if kind(name) == form) for form in ("json", "xml", "html"))
TALKING = tuple(name for name in READ if len(page(name)) and json.dumps(page(name)) and name != "korea-kr-budget")
"""Those whose list shows something on the day; one ministry has nothing to say."""


@pytest.fixture
def read(tmp_path: Path) -> Iterator[Walker]:
    """A walker whose sources were never read."""
    with Store.open(tmp_path / "jiballim.db") as store:
        yield Walker(store, dict(SOURCES))


def listed_as(name: str, body: str | bytes) -> Handler:
    """The day, but for the list of a source."""
    endpoint = SOURCES[name].endpoint.split("?")[0].split("/", 3)

    def site(request: Request) -> Response:
        here = (request.host, request.path.lstrip("/")) == (endpoint[2], endpoint[3])
        encoded = body.encode(SOURCES[name].hints.encoding or "utf-8", "replace") if isinstance(body, str) else body
        return Response(encoded) if here and request.path == "/" + endpoint[3] and not _post(request) else good(request)

    return site


def _post(request: Request) -> bool:
    return request.query.get("act") == "view"


def facts(home: Path) -> list[Any]:
    """Everything that the store holds as read: rows of lists, facts, events."""
    with sqlite3.connect(home / "jiballim.db") as db:
        return [
            sorted(db.execute(query).fetchall())
            for query in (
                "SELECT n.key, f.field, f.value FROM fact f JOIN notice n ON n.id = f.notice_id",
                "SELECT kind, guid FROM event",
                "SELECT source, key FROM notice",
            )
        ]


def spoilt(read: Walker, home: Path, name: str, bodies: Mapping[str, str | bytes]) -> Iterator[tuple[str, Walk]]:
    """Read a source well, then with each of these lists; nothing that was read is lost, whatever came."""
    assert read.walk(name, good).state is RunState.DONE
    before = facts(home)
    for label, body in bodies.items():
        walk = read.walk(name, listed_as(name, body))
        assert facts(home) == before, label
        yield label, walk
    again = read.walk(name, good)
    assert (again.state, again.counts["new"]) == (RunState.DONE, 0), again.reason
    assert facts(home) == before


def said(walk: Walk) -> str:
    """Why a walk was not good."""
    return walk.reason.sentence if walk.reason else ""


def test_the_matrix_covers_the_registry() -> None:
    assert {*JSON, *XML, *HTML} == set(READ)
    assert not {*JSON} & {*XML, *HTML}


OTHERS: dict[str, str | bytes] = {
    "json": '{"resultList": [{"boardId": 1, "nttSj": "햇살마을"}], "items": 3}',
    "xml": "<?xml version='1.0'?><rss><channel><title>햇살</title></channel></rss>",
    "list of html": "<table><tr><th>번호</th><th>제목</th></tr></table>",
    "picture": b"\x89PNG\r\n\x1a\n\x00\x00",
    "blank": "   \n ",
    "a word": "OK",
    "null": "null",
    "number": "0",
    "empty object": "{}",
    "empty list of another": '{"data": {}}',
}


@pytest.mark.parametrize("name", TALKING)
def test_an_answer_of_another_form_fails_the_run(read: Walker, tmp_path: Path, name: str) -> None:
    for label, walk in spoilt(read, tmp_path, name, OTHERS):
        assert walk.state is RunState.FAILED, label
        assert walk.reason is not None and walk.reason.code in ("unreadable", "guard", "shell", "empty"), label


def emptied(name: str) -> str:
    """The list of a source without its posts, in the form in which it would say so."""
    if kind(name) == "json":
        return json.dumps(_empty(json.loads(page(name))))
    if kind(name) == "xml":
        bare = re.sub(r"(?s)<(item|entry|servList)\b.*?</\1>", "", page(name))
        return re.sub(r"<totalCount>\d+", "<totalCount>0", bare)
    bare = re.sub(r"(?s)<tr\b[^>]*>(?:(?!</tr>).)*?<td.*?</tr>|<li\b.*</li>", "", page(name))
    return re.sub(r"[\d,]+(?=\s*</?\w*>?\s*건)", "0", bare)


def _empty(value: Any) -> Any:
    if isinstance(value, list):
        inner = [each for each in value if isinstance(each, dict)]
        wrapped = all(any(isinstance(v, list) for v in each.values()) for each in inner) and inner
        return [_empty(each) for each in value] if wrapped else []
    if isinstance(value, dict):
        return {k: "0" if re.search(r"count|total|Cnt$", k, re.I) else _empty(v) for k, v in value.items()}
    return value


@pytest.mark.parametrize("name", TALKING)
def test_an_empty_list_takes_nothing_away(read: Walker, tmp_path: Path, name: str) -> None:
    """It fails the run where posts are expected; where none need be, it may be believed, and nothing is forgotten."""
    for _, walk in spoilt(read, tmp_path, name, {"empty": emptied(name)}):
        assert walk.state is RunState.FAILED or not READ[name].expect.rows
        assert walk.counts["listed"] == 0


@pytest.mark.parametrize("name", [*JSON, *XML])
def test_a_part_of_an_answer_is_none(read: Walker, tmp_path: Path, name: str) -> None:
    text = page(name).rstrip()
    parts = {str(share): text[: int(len(text) * share)] for share in (0.1, 0.5, 0.9, 0.99)}
    for label, walk in spoilt(read, tmp_path, name, parts):
        assert walk.state is RunState.FAILED, label
        assert re.search("끊|깨|XML|JSON|HTML|피드", said(walk)), said(walk)


def rows_of(value: Any, key: str) -> list[dict[str, Any]]:
    """The objects of a JSON answer that hold a post: those that are in a list and have a name."""
    if isinstance(value, dict):
        return [row for each in value.values() for row in rows_of(each, key)]
    if isinstance(value, list):
        own = [each for each in value if isinstance(each, dict) and key in each]
        return own or [row for each in value for row in rows_of(each, key)]
    return []


def names(name: str) -> list[tuple[str, tuple[str, ...]]]:
    """What a source's table of facts names: the fact, and the fields that may give it."""
    table = {**dict(zip(("key", "title", "posted"), BASE[READ[name].family], strict=True)), **FACTS[READ[name].family]}
    listed = {"key", "title", "posted", *family(READ[name].family).listed}
    found = {
        fact: tuple(word for word in re.findall(r"[A-Za-z_][A-Za-z_0-9]{2,}", where) if f'"{word}"' in page(name))
        for fact, where in table.items()
        if fact in listed
    }
    return [(fact, words) for fact, words in found.items() if words]


def grown(name: str, change: Callable[[dict[str, Any]], None] = lambda row: None) -> str:
    """The list of a source with its first post four times, under numbers of its own, each changed."""
    value = json.loads(page(name))
    key = next(words[-1] for fact, words in names(name) if fact == "key")
    holder = _holder(value, key)
    first = json.dumps(holder[0], ensure_ascii=False)
    number = _number(name, holder[0])
    holder[:] = [json.loads(first.replace(number, _next(number, at))) for at in range(1, 5)]
    for row in holder:
        change(row)
    return json.dumps(_counted(value, len(holder)), ensure_ascii=False)


def _next(number: str, at: int) -> str:
    return number[:-1] + str(at) if number.isdigit() else number + str(at)


def _holder(value: Any, key: str) -> list[dict[str, Any]]:
    inner = value.values() if isinstance(value, dict) else value if isinstance(value, list) else ()
    if isinstance(value, list) and any(isinstance(each, dict) and key in each for each in value):
        return value
    return next((found for each in inner if (found := _holder(each, key))), [])


def _number(name: str, row: dict[str, Any]) -> str:
    source = READ[name]
    if source.family == "hug_api":
        return str(row["COLL_ANNO_DT"])
    key = next(words[-1] for fact, words in names(name) if fact == "key")
    return next(reversed(re.findall(r"\d{3,}", str(row[key]))), str(row[key]))


def _counted(value: Any, count: int) -> Any:
    if isinstance(value, dict):
        return {
            k: str(count) if re.search(r"(?:total|match|result|ALL_)(?:Count|Cnt|CNT)$", k) else _counted(v, count)
            for k, v in value.items()
        }
    return [_counted(each, count) for each in value] if isinstance(value, list) else value


def once(read: Walker, name: str, body: str) -> Walk:
    """Read a source with a list of its own, without the posts' own pages."""
    read.sources[name] = replace(READ[name], details=False)
    return read.walk(name, listed_as(name, body))


GONE: dict[str, Callable[[str, Any], dict[str, Any]]] = {
    "renamed": lambda word, value: {f"{word}X": value},
    "null": lambda word, value: {word: None},
    "empty": lambda word, value: {word: ""},
}


@pytest.mark.parametrize("name", JSON)
def test_a_field_that_is_renamed_or_gone_is_named(read: Walker, tmp_path: Path, name: str) -> None:
    """Its value of yesterday stays, and the run fails or is partial and says which field it was."""
    first = once(read, name, grown(name))
    assert first.state is RunState.DONE, said(first)
    before = facts(tmp_path)
    told = {"key", "title", "posted", *(field for _, field, _ in before[0])}
    wanted = [(fact, words) for fact, words in names(name) if fact in told]
    assert wanted
    for fact, words in wanted:
        for how, instead in GONE.items():
            walk = once(read, name, grown(name, partial(spoil, words=words, instead=instead)))
            assert walk.state in (RunState.FAILED, RunState.PARTIAL), (fact, how)
            gone = (*words, FIELDS.get(fact, "등록일"))
            assert any(word in said(walk) for word in gone), (fact, how, said(walk))
            assert facts(tmp_path) == before, (fact, how)


def spoil(row: dict[str, Any], words: tuple[str, ...], instead: Callable[[str, Any], dict[str, Any]]) -> None:
    """Put something else in the place of a post's fields."""
    for word in words:
        if word in row:
            row |= instead(word, row.pop(word))


def test_one_post_without_a_field_is_no_fault(read: Walker) -> None:
    assert once(read, "myhome", grown("myhome")).state is RunState.DONE
    rows = json.loads(grown("myhome"))
    for row in rows["response"]["body"]["item"][1:]:
        del row["rentGtn"]
    assert once(read, "myhome", json.dumps(rows)).state is RunState.DONE


def _texts(value: Any, make: Callable[[Any], Any]) -> Any:
    if isinstance(value, dict):
        return {k: _texts(v, make) for k, v in value.items()}
    return [_texts(each, make) for each in value] if isinstance(value, list) else make(value)


def _as_text(value: Any) -> Any:
    return str(value) if isinstance(value, int) and not isinstance(value, bool) else value


def _as_number(value: Any) -> Any:
    return int(value) if isinstance(value, str) and re.fullmatch(r"[1-9]\d{0,15}|0", value) else value


@pytest.mark.parametrize("name", JSON)
def test_numbers_as_text_and_text_as_numbers_change_nothing(read: Walker, tmp_path: Path, name: str) -> None:
    bodies = {m.__name__: json.dumps(_texts(json.loads(page(name)), m)) for m in (_as_text, _as_number)}
    for _, walk in spoilt(read, tmp_path, name, bodies):
        assert (walk.state, walk.counts["changed"]) == (RunState.DONE, 0), said(walk)


def lists_in(value: Any, path: tuple[Any, ...] = ()) -> Iterator[tuple[Any, ...]]:
    """The places of all lists of a JSON answer that hold something."""
    inner = value.items() if isinstance(value, dict) else enumerate(value) if isinstance(value, list) else ()
    if isinstance(value, list) and value and path:
        yield path
    for name, each in inner:
        yield from lists_in(each, (*path, name))


INSTEAD: list[Any] = [None, "없음", 3, {"a": 1}, [None], [[]], ["줄"]]


@pytest.mark.parametrize("name", JSON)
def test_something_else_where_a_list_was_is_named(read: Walker, tmp_path: Path, name: str) -> None:
    value = json.loads(page(name))
    places = [place for place in lists_in(value) if isinstance(place[-1], str)]
    bodies = {f"{place[-1]}: {to}": placed(value, place, to) for place in places for to in INSTEAD}
    assert bodies or READ[name].family == "hug_api"  # whose whole answer is the list
    for label, walk in spoilt(read, tmp_path, name, bodies):
        part = label.split(":")[0]
        if part not in ("dsSch", "resHeader"):  # parts without a post
            assert walk.state is RunState.FAILED, label
            assert part in said(walk) or label.endswith("{'a': 1}"), said(walk)  # an object alone may be a post


def placed(value: Any, place: tuple[Any, ...], to: Any) -> str:
    """An answer with something else at a place."""
    value = at = copy.deepcopy(value)
    for step in place[:-1]:
        at = at[step]
    at[place[-1]] = to
    return json.dumps(value, ensure_ascii=False)


BAD_POSTS: dict[str, str | bytes] = {
    "html of an error": "<!DOCTYPE html><title>오류</title><body>잘못된 접근입니다.</body>",
    "binary": b"%PDF-1.7 \xff\xfe",
    "nothing": "",
    "half": '{"a": [1, ',
    "xml": "<?xml version='1.0'?><response><header><resultCode>99</resultCode></header></response>",
}


@pytest.mark.parametrize("name", [name for name in TALKING if READ[name].details])
def test_a_post_that_cannot_be_read_leaves_its_row(read: Walker, tmp_path: Path, name: str) -> None:
    """The run is partial and names the post; its row is kept, and the post asked for again until it can be read."""
    for label, body in BAD_POSTS.items():
        walk = read.walk(name, posts_as(name, body))
        if walk.counts["requests"] == 1:
            return  # no row names a page of its own
        assert walk.state is RunState.PARTIAL, (label, said(walk))
        assert ":" in said(walk), label
        assert walk.counts["listed"]
    assert facts(tmp_path)[2]
    again = read.walk(name, good)
    assert (again.state, again.counts["new"]) == (RunState.DONE, 0), said(again)
    assert again.counts["details"]


def posts_as(name: str, body: str | bytes) -> Handler:
    """The day, but for the posts of a source."""
    mark = listed_as(name, "list")
    return lambda request: good(request) if mark(request).body == b"list" else Response(body)


PAGED = [name for name, source in READ.items() if source.key and source.paging.pages > 1]


def test_a_quota_that_ends_in_the_middle_of_paging_keeps_what_was_read(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Every API says on its second page that today's quota is spent; all others go on as if nothing were."""
    for variable, value in ENVIRON.items():
        monkeypatch.setenv(variable, value)

    def site(request: Request) -> Response:
        answered = nation(request)
        for name in PAGED:
            if f"https://{request.host}{request.path}" == READ[name].endpoint and _fits(request, READ[name]):
                number = request.query.get(READ[name].paging.param or "", "1")
                return _longer(name, answered) if number == "1" else QUOTA
        return answered

    with serve(site) as served:
        found = {run.source: run for run in crawl(tuple(READ), home=tmp_path, now=NOON, replay_origin=served.origin)}
    assert len(PAGED) >= 6
    for name, run in found.items():
        if name in PAGED:
            assert (run.state, run.reason) == (RunState.PARTIAL, "quota"), (name, run.sentence)
            assert "22" in (run.sentence or "") or "횟수" in (run.sentence or "")
            assert READ[name].endpoint.rsplit("/", 1)[1] in (run.sentence or ""), run.sentence
            with Store.open(tmp_path / "jiballim.db", readonly=True) as store:
                assert store.sources.rows(name), name
        else:
            assert run.state is RunState.DONE, (name, run.sentence)


def _fits(request: Request, source: Source) -> bool:
    names = ("UPP_AIS_TP_CD", "seNm", "intrsThemaArray")
    return all(request.query.get(n) == source.params.get(n, request.query.get(n)) for n in names)


def _longer(name: str, response: Response) -> Response:
    """A list that claims to have many more posts than its first page shows."""
    body = response.body if isinstance(response.body, str) else response.body.decode()
    body = re.sub(r'("(?:totalCount|matchCount|ALL_CNT|totalPageNo)": ?"?)\d+', r"\g<1>900", body)
    body = re.sub(r"<totalCount>\d+", "<totalCount>9000", body)
    return Response(body, response.status, response.content_type)
