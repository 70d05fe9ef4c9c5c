"""Eight real days of LH's list, then three bad ones, through the real spider into the real store."""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from pathlib import Path
from typing import Any
from urllib.parse import parse_qs, urlsplit
from zoneinfo import ZoneInfo

import pytest

from notices.model import EventKind, RunState
from notices.store import Store
from notices.store.views import RunView, Selection
from spiders.crawl import Day, days
from spiders.standins import MISSING, Request, Response, serve
from tests.replay import LH_LIST, LH_POST, Post, lh_list

SEOUL = ZoneInfo("Asia/Seoul")
BAD = ("down", "bare", "sorry")
TYPO = ("lh-rental:2015122300019834", "lh-rental:2015122300019835")


def posts(snapshot: dict[str, Any]) -> list[Post]:
    """The rows of a snapshot, saying what it says and nothing more."""
    return [
        Post(
            key=item["sourceNoticeKey"],
            title=item["title"],
            supply=item["noticeType"],
            region=item["region"],
            status=item["status"],
            posted=item["postedAt"].replace("-", "."),
            closes=(item["deadlineAt"] or "").replace("-", "."),
            ids=ids(item["detailUrl"]),
            views=item["viewCount"],
            files=tuple((a["name"], parse_qs(urlsplit(a["url"]).query)["fileid"][0]) for a in item["attachments"]),
        )
        for item in snapshot["items"]
    ]


def ids(url: str) -> tuple[str, str, str]:
    """The three ids that stand beside the notice's number."""
    query = parse_qs(urlsplit(url).query)
    return query["ccrCnntSysDsCd"][0], query["uppAisTpCd"][0], query["aisTpCd"][0]


@dataclass
class Week:
    """What the crawls left: runs in order, the store, and what was asked."""

    runs: list[RunView]
    store: Store
    asked: list[Request]
    days: list[date]  # of the snapshots


@pytest.fixture(scope="module")
def week(corpus: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Week]:
    """All snapshots in order and, in their midst, the three bad answers."""
    snapshots = [json.loads(p.read_text("utf-8")) for p in sorted((corpus / "series/lh-rental").glob("*.json"))]
    lists = [posts(snapshot) for snapshot in snapshots]
    times = [datetime.fromisoformat(s["generatedAt"]).astimezone(SEOUL) for s in snapshots]

    def answer(request: Request) -> Response:
        if request.label in BAD and request.path == LH_LIST:
            return {
                "down": Response("<title>500</title>", 500),
                "bare": Response(lh_list([], total=50)),
                "sorry": Response("<title>eGovFrame 템플릿</title><p>잘못된 경로로 접근하였습니다.</p>"),
            }[request.label]
        if not request.label.isdigit():
            return MISSING
        shown = lists[int(request.label)]
        if request.path == LH_LIST:
            return Response(lh_list(shown))
        known = (p for day in reversed(lists[: int(request.label) + 1]) for p in day)
        found = next((p for p in known if p.key == request.query.get("panId")), None)
        return Response(found.page) if request.path == LH_POST and found else MISSING

    home = tmp_path_factory.mktemp("home")
    with serve(answer) as served:
        crawls = [Day(("lh-rental",), at, served.labelled(str(n))) for n, at in enumerate(times)]
        crawls[12:12] = [
            Day(("lh-rental",), times[11] + timedelta(minutes=n), served.labelled(name))
            for n, name in enumerate(BAD, 1)
        ]
        runs = [run for day in days(crawls, home=home) for run in day]
        with Store.open(home / "jiballim.db", readonly=True) as store:
            yield Week(runs, store, served.requests, [at.date() for at in times])


def test_the_good_days_are_believed_and_the_bad_ones_named(week: Week) -> None:
    bad = {12: "http_error", 13: "shell", 14: "guard"}
    assert [(run.state, run.reason) for run in week.runs] == [
        (RunState.FAILED, bad[n]) if n in bad else (RunState.DONE, None) for n in range(25)
    ]
    assert all(week.runs[n].sentence and (week.runs[n].listed, week.runs[n].new) == (0, 0) for n in bad)


def test_eighty_notices_make_seventy_announcements_each_told_once(week: Week) -> None:
    assert week.store.notices.count() == 80
    assert week.store.announcements.count() == 70
    events = week.store.events.select(Selection(relevant=None), limit=1000)
    told = [event.kind for event in events]
    assert (told.count(EventKind.NEW), told.count(EventKind.REVISION), told.count(EventKind.FOLLOW_UP)) == (70, 10, 0)
    assert len({event.guid for event in events}) == 80


def test_ten_corrections_join_and_six_stand_alone(week: Week) -> None:
    announcements = week.store.announcements.select(Selection(relevant=None), limit=1000)
    seen = [place for a in announcements for place in a.seen]
    corrections = [place for place in seen if place.title.startswith("[정정공고]")]
    assert len(corrections) == 16
    assert sum(place.relation == "revision" for place in corrections) == 10
    assert sum(place.relation == "original" for place in corrections) == 6
    assert week.store.announcements.find(TYPO[0]) == week.store.announcements.find(TYPO[1])


def test_a_change_of_status_is_an_edition_and_no_news(week: Week) -> None:
    ids = [place.notice_id for a in week.store.announcements.select(Selection(relevant=None), 1000) for place in a.seen]
    editions = {n: week.store.notices.editions(n) for n in ids}
    changed = {n: [e.notice.fields.get("status") for e in said] for n, said in editions.items() if len(said) > 1}
    assert len(changed) == 23
    assert all(len(set(said)) > 1 for said in changed.values())


def test_a_page_is_read_when_its_row_is_new_or_changed_else_once_a_day_while_it_is_open(week: Week) -> None:
    asked = [r for r in week.asked if r.path == LH_POST]
    assert len(asked) == sum(run.details for run in week.runs)
    assert sum(run.new for run in week.runs) == 80
    changed, returned = 24, 7  # the snapshots hold the first page only: rows fall off its end and come back
    again = len(asked) - (80 + changed + returned)
    assert 80 < again <= len({(r.query["panId"], week.days[int(r.label)]) for r in asked})


def test_no_file_was_asked_for(week: Week) -> None:
    assert not [r for r in week.asked if "lhFile" in r.path]
