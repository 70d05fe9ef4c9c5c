"""Asking again costs little and misses nothing: validators, unchanged rows, the traps of 304, the end of a list."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from notices.model import RunState
from spiders.standins import MISSING, Handler, Request, Response
from spiders.walk import Walk
from tests.replay import LH_LIST, LH_POST, Post, board_list, board_post, lh_list, lh_site, walker, write_source

BOARD = "https://www.haessal.go.kr/list.do"
ONE_PAGE = "[paging]\npages = 1"


def crawls(home: Path, name: str, handler: Handler, labels: tuple[str, ...]) -> tuple[list[Walk], list[Request]]:
    """Walk a source once for each label; returns the walks and what was asked."""
    with walker(home) as walks:
        return [walks.walk(name, handler, label) for label in labels], walks.asked


def counts(walk: Walk, *names: str) -> tuple[int, ...]:
    """Some counts of a walk."""
    return tuple(walk.counts[name] for name in names)


def with_etag(body: Callable[[Request], str], moved: str = "") -> Handler:
    """A board that knows validators; with `moved`, its list answers from another path."""

    def answer(request: Request) -> Response:
        if request.path.endswith("/view.do"):
            return Response(board_post(int(request.query["no"])))
        if request.path == "/robots.txt":
            return MISSING
        if moved and request.path == "/list.do" and request.label == "b":
            return Response("", 302, headers={"Location": moved})
        tag = f'W/"{hash(body(request))}-gzip"'
        if tag == request.headers.get("if-none-match") or (
            moved and request.label == "b" and "if-none-match" in request.headers
        ):
            return Response(status=304)
        return Response(body(request), headers={"ETag": tag})

    return answer


def test_an_unchanged_list_is_asked_with_its_validator_and_costs_one_request(tmp_path: Path) -> None:
    write_source(tmp_path, "haessal", BOARD, tables=ONE_PAGE)
    runs, served = crawls(tmp_path, "haessal", with_etag(lambda r: board_list((3, 2, 1))), ("a", "a"))
    assert [(r.state, *counts(r, "listed", "new", "details", "requests")) for r in runs] == [
        (RunState.DONE, 3, 3, 3, 4),
        (RunState.DONE, 3, 0, 0, 1),
    ]
    assert served[-1].headers["if-none-match"].startswith('W/"')


def test_a_304_from_behind_a_redirect_is_not_believed(tmp_path: Path) -> None:
    write_source(tmp_path, "haessal", BOARD, tables=ONE_PAGE)
    body = {"a": board_list((2, 1)), "b": board_list((3, 2, 1))}
    runs, _ = crawls(tmp_path, "haessal", with_etag(lambda r: body[r.label], moved="/new/list.do"), ("a", "b"))
    assert [(r.state, *counts(r, "listed", "new")) for r in runs] == [(RunState.DONE, 2, 2), (RunState.DONE, 3, 1)]


def test_after_an_incomplete_run_nothing_is_asked_conditionally(tmp_path: Path) -> None:
    write_source(tmp_path, "haessal", BOARD, tables=ONE_PAGE)
    good = with_etag(lambda r: board_list((3, 2, 1)))

    def answer(request: Request) -> Response:
        return MISSING if request.label == "a" and request.query.get("no") == "2" else good(request)

    runs, served = crawls(tmp_path, "haessal", answer, ("a", "b", "c"))
    assert [(r.state, *counts(r, "new", "details")) for r in runs] == [
        (RunState.PARTIAL, 3, 2),
        (RunState.DONE, 0, 1),
        (RunState.DONE, 0, 0),
    ]
    conditional = [r.label for r in served if "if-none-match" in r.headers]
    assert conditional == ["c"]


def test_unchanged_rows_are_not_asked_again_and_changed_ones_are(tmp_path: Path) -> None:
    posts = [Post(f"20151223000{n:05}", f"햇살{n}단지 국민임대 모집") for n in range(5)]
    later = [
        Post(p.key, p.title, status="접수중" if n == 2 else p.status, views=p.views + 90) for n, p in enumerate(posts)
    ]
    sites = {"a": lh_site([posts]), "b": lh_site([later])}
    runs, served = crawls(tmp_path, "lh-rental", lambda r: sites[r.label](r), ("a", "b"))
    assert [counts(r, "new", "changed", "details") for r in runs] == [(5, 0, 5), (0, 1, 1)]
    assert [r.query["panId"] for r in served if r.label == "b" and r.path == LH_POST] == [posts[2].key]


def test_all_pages_are_read_to_the_proven_end(tmp_path: Path) -> None:
    pages = [[Post(f"2015122300{page}{n:05}", f"햇살{page}{n} 행복주택 모집") for n in range(3)] for page in range(4)]
    (run,), served = crawls(tmp_path, "lh-rental", lh_site(pages), ("a",))
    assert (run.state, *counts(run, "listed")) == (RunState.DONE, 12)
    asked = [r.form for r in served if r.path == LH_LIST]
    assert [form["currPage"] for form in asked] == ["1", "2", "3", "4"]
    assert [form["srchY"] for form in asked] == ["Y", "N", "N", "N"]
    assert {(form["startDt"], form["panSs"], form["listCo"]) for form in asked} == {("2000-01-01", "공고중", "100")}


def test_a_list_that_repeats_its_last_page_for_ever_is_left(tmp_path: Path) -> None:
    posts = [Post(f"20151223000{n:05}", f"햇살{n} 영구임대 모집") for n in range(3)]

    def answer(request: Request) -> Response:
        if request.path == LH_LIST:
            return Response(lh_list(posts, 1, pages=900, total=9000))
        return lh_site([posts])(request)

    (run,), served = crawls(tmp_path, "lh-rental", answer, ("a",))
    assert (run.state, *counts(run, "listed", "new")) == (RunState.DONE, 3, 3)
    assert len([r for r in served if r.path == LH_LIST]) == 2


def test_a_list_without_end_is_bounded(tmp_path: Path) -> None:
    write_source(tmp_path, "endless", BOARD, "details = false", '[paging]\nparam = "p"\npages = 4')

    def answer(request: Request) -> Response:
        start = 10_000 - 10 * int(request.query.get("p", 1))
        link = '<div class="paging"><a href="list.do?p=9999">다음</a></div>'
        return Response(board_list(range(start, start - 10, -1), link)) if request.path == "/list.do" else MISSING

    (run,), served = crawls(tmp_path, "endless", answer, ("a",))
    assert (run.state, *counts(run, "listed")) == (RunState.DONE, 40)
    assert [r.query.get("p") for r in served if r.path == "/list.do"] == [None, "2", "3", "4"]


def test_a_later_page_that_fails_keeps_the_pages_before(tmp_path: Path) -> None:
    pages = [[Post(f"2015122300{page}{n:05}", f"햇살{page}{n} 행복주택 모집") for n in range(3)] for page in range(3)]

    def answer(request: Request) -> Response:
        return Response("", 500) if request.form.get("currPage") == "2" else lh_site(pages)(request)

    (run,), _ = crawls(tmp_path, "lh-rental", answer, ("a",))
    assert (run.state, run.reason and run.reason.code, *counts(run, "listed", "new")) == (
        RunState.PARTIAL,
        "http_error",
        3,
        3,
    )


def test_two_rows_with_one_key_are_one_notice(tmp_path: Path) -> None:
    twins = [Post("2015122300000001", "햇살 국민임대 모집"), Post("2015122300000001", "[정정공고]햇살 국민임대 모집")]
    (run,), _ = crawls(tmp_path, "lh-rental", lh_site([twins]), ("a",))
    assert (run.state, *counts(run, "listed", "new")) == (RunState.DONE, 1, 1)


@pytest.mark.parametrize("title", ["가" * 400_000, "햇\x00살\x1b[31m 국민임대 모집", "<script>alert(1)</script> 모집"])
def test_titles_from_hell_are_stored_bounded(tmp_path: Path, title: str) -> None:
    post = Post("2015122300000001", title)
    (run,), _ = crawls(tmp_path, "lh-rental", lh_site([[post]]), ("a",))
    assert run.state is RunState.DONE
    assert counts(run, "new") == (1,)


def test_a_title_of_ten_megabytes_fails_its_run_by_name(tmp_path: Path) -> None:
    """Readers cut a page that long; what is then missing is told, and the next good page is read."""
    sites = {
        "a": lh_site([[Post("2015122300000001", "가" * 3_300_000)]]),
        "b": lh_site([[Post("2015122300000001", "햇살 모집")]]),
    }
    runs, _ = crawls(tmp_path, "lh-rental", lambda r: sites[r.label](r), ("a", "b"))
    assert [(r.state, r.reason and r.reason.code) for r in runs] == [
        (RunState.FAILED, "unreadable"),
        (RunState.DONE, None),
    ]


def test_words_keep_other_posts_out(tmp_path: Path) -> None:
    lines = 'include = ["임대"]\nexclude = ["2호"]'
    write_source(tmp_path, "haessal", BOARD, lines, ONE_PAGE)
    (run,), _ = crawls(tmp_path, "haessal", with_etag(lambda r: board_list((3, 2, 1))), ("a",))
    assert counts(run, "listed", "new", "details") == (2, 2, 2)


def test_an_empty_list_is_a_failure_only_against_expectation(tmp_path: Path) -> None:
    heads = "<thead><tr><th>번호</th><th>제목</th><th>등록일</th></tr></thead>"
    empty = f'<table>{heads}<tbody><tr><td colspan="3">등록된 게시물이 없습니다.</td></tr></tbody></table>'
    write_source(tmp_path, "often", BOARD)
    write_source(tmp_path, "seldom", BOARD, tables="[expect]\nrows = 0")
    with walker(tmp_path) as walks:
        runs = [walks.walk(name, lambda r: Response(empty)) for name in ("often", "seldom")]
    assert [(r.state, r.reason and r.reason.code) for r in runs] == [(RunState.FAILED, "empty"), (RunState.DONE, None)]


def test_a_reader_that_breaks_is_a_failed_run_with_a_name(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def broken(*args: object, **kwargs: object) -> None:
        raise ZeroDivisionError

    monkeypatch.setattr("spiders.pages.lh.listing", broken)
    (run,), _ = crawls(tmp_path, "lh-rental", lh_site([[Post("1", "햇살 모집")]]), ("a",))
    assert (run.state, run.reason and run.reason.code) == (RunState.FAILED, "parse_error")
