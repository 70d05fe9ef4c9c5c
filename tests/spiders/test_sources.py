"""The built-in sources read stand-ins of their pages through nothing but their own files."""

from __future__ import annotations

from pathlib import Path

from notices.model import RunState
from spiders.standins import MISSING, Request, Response
from tests.replay import board_post, walker

RECORDED = Path(__file__).resolve().parents[1] / "recorded/board/selectBbsNtt/table/page.html"


def test_a_table_board_needs_no_code(tmp_path: Path) -> None:
    def answer(request: Request) -> Response:
        if request.path == "/portal/selectBbsNttList.do":
            return Response(RECORDED.read_bytes()) if request.query["key"] == "293" else MISSING
        if request.path == "/portal/selectBbsNttView.do":
            return Response(board_post(int(request.query["nttNo"])))
        return MISSING

    with walker(tmp_path) as walks:
        walk = walks.walk("geumcheon-notice", answer)
        assert (walk.state, walk.reason) == (RunState.DONE, None)
        lists = [request.query for request in walks.asked if request.path.endswith("List.do")]
        assert [query.get("pageIndex") for query in lists] == [None, "2"]
        assert {query["pageUnit"] for query in lists} == {"10"}
        assert walk.counts["listed"] == walk.counts["new"] == walk.counts["details"] > 0
        found = walks.store.notices.known_keys("geumcheon-notice", list(walks.store.sources.rows("geumcheon-notice")))
        notices = walks.store.notices.current(known.id for known in found.values())
    assert all(n.detail and n.posted and (n.body or "발표" in n.title) for n in notices.values())
