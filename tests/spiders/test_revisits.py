"""Open posts are looked at again: silent edits make editions, failures teach nothing, budgets hold."""

from __future__ import annotations

import json
import re
import sqlite3
from collections import Counter
from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import pytest

from notices.model import RunState
from spiders.pages.detail import detail
from spiders.pages.document import Document
from spiders.standins import Request, Response
from tests.replay import NOON, walker, write_source
from tests.spiders.open_board import ALL, DAY, HOST, Board, again, board, editions, open_posts, told


def test_an_unchanged_post_is_looked_at_daily_and_makes_neither_edition_nor_event(tmp_path: Path) -> None:
    site = open_posts(3)
    with board(tmp_path) as walks:
        again(walks, site, timedelta())
        for _ in range(4):
            walk, asked = again(walks, site)
            assert (walk.state, walk.reason, walk.counts["changed"]) == (RunState.DONE, None, 0)
            assert sorted(r.query["no"] for r in asked) == ["1", "2", "3"]
        assert again(walks, site, timedelta(hours=4))[1] == []
        assert [editions(walks, str(n)) for n in (1, 2, 3)] == [1, 1, 1]
        assert told(walks) == []


def test_a_silent_edit_makes_an_edition_and_a_changed_date_is_told(tmp_path: Path) -> None:
    site = open_posts(3)
    with board(tmp_path) as walks:
        again(walks, site, timedelta())
        site.posts[1].text = "접수는 햇살시청에서만 합니다."
        site.posts[2].files = ("모집공고문.hwp", "정정된 자격요건.hwp")
        site.posts[3].closes = NOON.date() + 27 * DAY
        assert again(walks, site)[0].counts["changed"] == 3
        assert [editions(walks, str(n)) for n in (1, 2, 3)] == [2, 2, 2]
        (event,) = told(walks)
        assert [(c.field, c.new) for c in event.changes] == [("closes", str(site.posts[3].closes))]
        assert event.announcement.facts["closes"].value == str(site.posts[3].closes)


@pytest.mark.parametrize("tags", [False, True])
def test_a_list_that_did_not_change_stops_no_look(tmp_path: Path, tags: bool) -> None:
    """With and without validators: a list that answers 304 or shows the same rows, and posts that say 304."""
    site = open_posts(2)
    site.tags = tags
    with board(tmp_path) as walks:
        again(walks, site, timedelta())
        before = len(walks.asked)
        walk, asked = again(walks, site)
        assert len(asked) == 2 and walk.state is RunState.DONE
        assert [("if-none-match" in r.headers) for r in walks.asked[before:]] == [tags] * 3
        assert walk.counts["details"] == (0 if tags else 2)
        site.posts[1].text = "접수는 햇살시청에서만 합니다."
        assert again(walks, site)[0].counts["changed"] == 1
        for _ in range(3):  # after three days "not changed" is believed no more
            again(walks, site)
        assert any("if-none-match" not in r.headers for r in again(walks, site)[1])


def test_a_post_that_left_the_list_is_looked_at_by_the_way_it_was_asked_for(tmp_path: Path) -> None:
    """Also where the way is a posted form, which is kept."""
    site = open_posts(1)
    site.post, site.shown = True, 2
    with board(tmp_path) as walks:
        again(walks, site, timedelta())
        for number in (2, 3):
            site.add(number, NOON.date(), NOON.date() + 20 * DAY)
        site.posts[1].text = "접수는 햇살시청에서만 합니다."
        _, asked = again(walks, site)
        assert {(r.method, r.form["no"]) for r in asked} == {("POST", "1"), ("POST", "2"), ("POST", "3")}
        assert editions(walks, "1") == 2


def test_a_title_that_changed_on_its_own_page_alone_is_followed(tmp_path: Path) -> None:
    site = open_posts(1)
    site.shown = 1
    with board(tmp_path) as walks:
        again(walks, site, timedelta())
        site.add(2, NOON.date(), NOON.date() + 20 * DAY)
        site.posts[1].page_title = f"[정정] {site.posts[1].title}"
        again(walks, site)
        again(walks, site)
        assert editions(walks, "1") == 2
        (event,) = told(walks)
        assert event.title == site.posts[1].page_title


def test_a_page_that_always_bears_another_title_changes_no_title(tmp_path: Path) -> None:
    site = open_posts(1)
    site.shown, site.posts[1].page_title = 1, "햇살시 알림마당"
    with board(tmp_path) as walks:
        again(walks, site, timedelta())
        site.add(2, NOON.date(), NOON.date() + 20 * DAY)
        again(walks, site)
        assert editions(walks, "1") == 1


@pytest.mark.parametrize(("status", "state"), [(404, RunState.DONE), (410, RunState.DONE), (500, RunState.PARTIAL)])
def test_a_look_that_fails_teaches_nothing(tmp_path: Path, status: int, state: RunState) -> None:
    """A page that is gone is no fault of the site, any other failure is named; the next day it is tried again."""
    site = open_posts(3)
    with board(tmp_path) as walks:
        again(walks, site, timedelta())
        site.posts[2].status = status
        walk, asked = again(walks, site)
        assert (walk.state, len(asked), editions(walks, "2")) == (state, 3, 1)
        assert (walk.reason is None) == (state is RunState.DONE)
        assert told(walks) == []
        (about,) = [a for a in walks.store.announcements.select(ALL, 9) if a.seen[0].key == "2"]
        assert about.facts["closes"].value == str(NOON.date() + 20 * DAY) and not about.cancelled
        site.posts[2].status, site.posts[2].text = 200, "접수는 햇살시청에서만 합니다."
        walk, _ = again(walks, site)
        assert (walk.state, editions(walks, "2")) == (RunState.DONE, 2)


def test_a_later_page_that_never_answers_stops_no_look(tmp_path: Path) -> None:
    site = open_posts(2)

    def answer(request: Request) -> Response:
        if request.path == "/list.do" and "p" in request.query:
            return Response("", 500)
        page = site(request)
        more = '<div class="paging"><a href="list.do?p=2">다음</a></div>'
        return replace(page, body=f"{page.body!s}{more}") if request.path == "/list.do" else page

    write_source(tmp_path, "haessal", f"https://{HOST}/list.do", "", '[paging]\nparam = "p"')
    with walker(tmp_path) as walks:
        for _ in range(2):
            walk = walks.walk("haessal", answer)
            assert (walk.state, walk.reason and walk.reason.code) == (RunState.PARTIAL, "http_error")
            assert walk.counts["details"] == 2
            walks.now += DAY


def test_a_slow_host_is_left_after_twenty_minutes_and_gone_on_with_the_next_time(tmp_path: Path) -> None:
    site = open_posts(61)
    site.shown = 61
    with board(tmp_path) as walks:
        again(walks, site, timedelta())
        walks.now += DAY

        def slowly(request: Request) -> Response:
            walks.now += timedelta(minutes=1)
            return site(request)

        walk = walks.walk("haessal", slowly)
        assert (walk.state, walk.counts["details"]) == (RunState.DONE, 40)
        assert walk.reason and "21건은 다음에 먼저" in walk.reason.sentence
        assert len(again(walks, site, timedelta(hours=2))[1]) == 21


def test_a_304_that_nobody_asked_for_is_not_believed(tmp_path: Path) -> None:
    site = open_posts(2)
    with board(tmp_path) as walks:
        again(walks, site, timedelta())
        site.posts[1].status = 304
        walk, asked = again(walks, site)
        assert (walk.state, walk.reason and walk.reason.code, len(asked)) == (RunState.PARTIAL, "revisit", 2)
        site.posts[1].status, site.posts[1].text = 200, "접수는 햇살시청에서만 합니다."
        assert again(walks, site)[0].counts["changed"] == 1


def test_a_list_is_believed_unchanged_after_looks_that_failed(tmp_path: Path) -> None:
    site = open_posts(3)
    site.tags, site.posts[2].status = True, 200
    with board(tmp_path) as walks:
        again(walks, site, timedelta())
        site.posts[2].status = 500
        again(walks, site)
        before = len(walks.asked)
        again(walks, site)
        assert "if-none-match" in walks.asked[before].headers


def test_a_page_that_is_gone_is_asked_for_ever_less_often(tmp_path: Path) -> None:
    site = open_posts(1, NOON.date() + 200 * DAY)
    with board(tmp_path) as walks:
        again(walks, site, timedelta())
        site.posts[1].status = 404
        asked = [len(again(walks, site)[1]) for _ in range(36)]
        assert [n for n, count in enumerate(asked) if count] == [0, 1, 2, 3, 5, 9, 17, 33]


def test_a_site_that_does_not_answer_is_not_asked_for_all(tmp_path: Path) -> None:
    site = open_posts(9)
    with board(tmp_path) as walks:
        again(walks, site, timedelta())
        for post in site.posts.values():
            post.status = 503
        walk, asked = again(walks, site)
        assert len(asked) <= 3 and walk.state is RunState.PARTIAL
        assert walk.reason and "다음에 먼저 봅니다" in walk.reason.sentence
        for post in site.posts.values():
            post.status = 500
        _, asked = again(walks, site)
        assert len(asked) <= 5


def test_what_is_over_is_looked_at_four_times_and_then_never(tmp_path: Path) -> None:
    site = open_posts(1, NOON.date() + 2 * DAY)
    site.add(2, NOON.date(), title="햇살마을 2단지 국민임대주택 예비입주자 당첨자 발표")
    with board(tmp_path) as walks:
        again(walks, site, timedelta())
        asked = [sorted(r.query["no"] for r in again(walks, site)[1]) for _ in range(36)]
        assert [n + 1 for n, keys in enumerate(asked) if "1" in keys] == [1, 2, 3, 6, 10, 17, 33]
        assert [n + 1 for n, keys in enumerate(asked) if "2" in keys] == [1, 4, 8, 15, 31]
        assert walks.store.revisits.count() == 0


def test_a_source_may_keep_its_posts_from_being_looked_at_again(tmp_path: Path) -> None:
    site = open_posts(2)
    with board(tmp_path, "revisit = false") as walks:
        again(walks, site, timedelta())
        assert again(walks, site)[1] == []


def test_posts_about_other_things_are_not_looked_at_again(tmp_path: Path) -> None:
    site = open_posts(1)
    site.add(2, NOON.date(), title="햇살시 마을버스 노선 변경 안내")
    with board(tmp_path) as walks:
        again(walks, site, timedelta())
        assert [r.query["no"] for r in again(walks, site)[1]] == ["1"]


def test_an_extension_by_a_correction_reopens_the_original(tmp_path: Path) -> None:
    site = open_posts(1, NOON.date())
    with board(tmp_path) as walks:
        again(walks, site, timedelta())
        again(walks, site)  # over since midnight: due again in three days
        assert again(walks, site, timedelta(hours=21))[1] == []
        original = site.posts[1]
        site.add(2, NOON.date(), NOON.date() + 9 * DAY, title=f"[정정공고] {original.title}")
        again(walks, site, timedelta(hours=1))
        assert sorted(r.query["no"] for r in again(walks, site)[1]) == ["1", "2"]


def test_a_withdrawn_post_is_not_asked_for_again(tmp_path: Path) -> None:
    site = open_posts(2)
    with board(tmp_path) as walks:
        again(walks, site, timedelta())
        found = walks.store.notices.find("haessal", "1")
        assert found is not None and walks.store.withdraw(found, walks.now)
        assert [r.query["no"] for r in again(walks, site)[1]] == ["2"]


def test_what_a_budget_leaves_out_is_said_and_comes_first_the_next_day(tmp_path: Path) -> None:
    """Eight requests a day, six of them for looking again; the first day reads the list and seven posts of ten."""
    site = open_posts(10)
    with board(tmp_path, "budget = 8") as walks:
        walk, asked = again(walks, site, timedelta())
        assert (walk.state, walk.reason and walk.reason.code, len(asked)) == (RunState.PARTIAL, "budget", 7)
        assert walks.store.notices.count() == 10
        walk, second = again(walks, site)
        assert {"1", "2", "3"} <= {r.query["no"] for r in second}
        assert (walk.state, walk.reason and walk.reason.code) == (RunState.DONE, "budget")
        assert walk.reason and "다시 볼 글" in walk.reason.sentence
        left = {str(n) for n in range(1, 11)} - {r.query["no"] for r in second}
        _, third = again(walks, site)
        assert left <= {r.query["no"] for r in third}
        assert len(second) <= 7 and len(third) <= 7


def test_a_list_that_no_budget_is_left_for_is_neither_read_nor_failed(tmp_path: Path) -> None:
    site = open_posts(3)
    with board(tmp_path, "budget = 2") as walks:
        again(walks, site, timedelta())
        walk, asked = again(walks, site, timedelta(hours=2))
        assert (walk.state, walk.reason and walk.reason.code, asked) == (RunState.ABORTED, "budget", [])
        assert again(walks, site)[0].counts["listed"] == 3


def test_boards_of_one_host_share_its_budget_in_fair_order(tmp_path: Path) -> None:
    """The posts of both boards stand in one row: those near their end first, wherever they are."""
    site = Board()
    for number in range(1, 11):
        site.add(number, NOON.date(), NOON.date() + (2 if number % 5 == 0 else 20) * DAY)
    with board(tmp_path, "budget = 40", names=("haessal", "dalbit")) as walks:
        walks.walk_all(["haessal", "dalbit"], site)
        walks.sources = {name: replace(source, budget=8) for name, source in walks.sources.items()}
        walks.now += DAY
        before = len(walks.asked)
        walks.walk_all(["haessal", "dalbit"], site)
        asked = [r.query["no"] for r in walks.asked[before:] if r.path == "/view.do"]
        assert len(asked) == 6
        assert Counter(asked)["5"] == Counter(asked)["10"] == 2


def test_a_crash_costs_a_batch_of_looks_and_nothing_else(tmp_path: Path) -> None:
    site = open_posts(30)
    site.shown = 30
    with board(tmp_path) as walks:
        again(walks, site, timedelta())
        site.posts[30].text = site.posts[1].text = "접수는 햇살시청에서만 합니다."
        walks.now += DAY
        before = len(walks.asked)
        walks.walk_all(["haessal"], site, most=26)
        walks.store.runs.abort_unfinished()
        assert len(walks.asked) - before == 26
        _, asked = again(walks, site, timedelta(minutes=5))
        assert len(asked) == 10  # the batch of twenty before was kept
        assert [editions(walks, str(n)) for n in (1, 15, 30)] == [2, 1, 2]


def test_an_older_file_learns_how_posts_are_asked_for(tmp_path: Path) -> None:
    """Made before posts were looked at again: what is listed is read once more, and nothing is told anew."""
    site = open_posts(3)
    site.tags = True
    site.add(4, NOON.date(), title="햇살시 마을버스 노선 변경 안내")
    with board(tmp_path) as walks:
        again(walks, site, timedelta())
    with sqlite3.connect(tmp_path / "jiballim.db") as raw:
        raw.execute("DROP TABLE revisit")
        raw.execute("DELETE FROM _sqlite_migrations WHERE name = 'm0007_revisit'")
    with board(tmp_path) as walks:
        assert walks.store.revisits.count() == 0
        assert sorted(r.query["no"] for r in again(walks, site)[1]) == ["1", "2", "3"]
        assert walks.store.revisits.count() == 3
        assert [editions(walks, str(n)) for n in (1, 2, 3, 4)] == [1, 1, 1, 1]
        assert told(walks) == []


def test_a_count_of_views_that_rises_is_no_edit_on_any_real_page(corpus: Path) -> None:
    views = re.compile(r"((?:조회|열람|[Hh]it|읽음)[^0-9<]{0,12}(?:<[^>]{0,200}>\s*[:：]?\s*){0,6})(\d[\d,]*)")
    read = changed = 0
    for label in sorted([*corpus.glob("labels/*.json"), *corpus.glob("labels-excerpts/*.json")]):
        said = json.loads(label.read_text("utf-8"))
        page = corpus / label.parent.name.replace("labels-", "").replace("labels", "pages") / said["page"]
        if said.get("kind") != "detail" or not page.exists():
            continue
        text, url = page.read_text("utf-8", "ignore"), said.get("url") or f"https://{HOST}/view.do?no=1"
        later, counts = views.subn(lambda m: m[1] + str(int(m[2].replace(",", "")) + 1), text)
        read, changed = read + 1, changed + bool(counts)
        assert detail(Document(later.encode(), url)) == detail(Document(text.encode(), url)), label.name
    assert read > 50 and changed > 10
