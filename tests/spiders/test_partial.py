"""What was read in part, or stored without being understood, is said: the run is partial and asks again."""

from __future__ import annotations

from pathlib import Path

import pytest

from notices import reading
from notices.model import RunState
from spiders.standins import Request, Response
from tests.replay import board_list, board_post, walker, write_source

BOARD = "https://www.haessal.go.kr/list.do"


def site(request: Request, depth: int = 0) -> Response:
    """A board of three posts; with `depth`, its list lies beside tags nested deeper than a parser follows."""
    if request.path.endswith("/view.do"):
        return Response(board_post(int(request.query["no"])))
    deep = "<div>" * depth + "…" + "</div>" * depth
    return Response(board_list((3, 2, 1)) + deep, headers={"ETag": '"a"'})


def test_a_list_that_was_cut_is_partial_and_asked_whole_again(tmp_path: Path) -> None:
    write_source(tmp_path, "haessal", BOARD, tables="[paging]\npages = 1")
    with walker(tmp_path) as walks:
        first = walks.walk("haessal", lambda request: site(request, 5_000))
        again = walks.walk("haessal", site)
    assert (first.state, first.reason and first.reason.code, first.counts["listed"]) == (RunState.PARTIAL, "cut", 3)
    assert (again.state, again.reason) == (RunState.DONE, None)
    assert "if-none-match" not in walks.asked[-1].headers


def test_posts_that_could_not_be_understood_are_named(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def stumble(*_: object, **__: object) -> None:
        raise ValueError("a rule that breaks")

    monkeypatch.setattr(reading, "read", stumble)
    write_source(tmp_path, "haessal", BOARD, tables="[paging]\npages = 1")
    with walker(tmp_path) as walks:
        walk = walks.walk("haessal", site)
    assert walk.state is RunState.PARTIAL
    assert walk.reason and walk.reason.code == "intake" and "3건" in walk.reason.sentence
