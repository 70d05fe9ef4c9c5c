"""The morning and the alerts out of a real store: once a day, once a route, all targets in one commit."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import datetime, timedelta
from pathlib import Path

import pytest

from notices.intake import Intake
from notices.model import Notice, PageRead, RunState
from notices.store import SourceInfo, Store
from notify import plan as morning
from notify.deliver import deliver
from notify.plan import plan, preview
from notify.routes import Centre, Route
from notify.targets import KAKAO, MAIL, SMS, TEXT, Target, Targets
from notify.urgent import alert
from notify.workdays import SEOUL
from tests.notify.made import CENTRE, NOW, ROUTE

ENV = {"JIBALLIM_URLS_PAJU": "json://127.0.0.1/paju mailto://127.0.0.1/a@x.example.org/b@x.example.org?from=bot@x.example.org",
       "JIBALLIM_URLS_BUSAN": "json://127.0.0.1/busan"}  # fmt: skip
BUSAN = Centre("busan", regions=("26",), routes=(Route("staff", urls_env=("JIBALLIM_URLS_BUSAN",), empty="say"),))
SUN = SourceInfo("sun", "파주시 고시공고", "파주시", "41480", page_url="https://sun.example.kr/list")
SEA = SourceInfo("sea", "부산광역시 공고", "부산광역시", "26000", page_url="https://sea.example.kr/list")


@pytest.fixture
def store(tmp_path: Path) -> Iterator[Store]:
    """A store of two sources that were read well two days ago."""
    with Store.open(tmp_path / "jiballim.db") as opened:
        opened.sources.sync([SUN, SEA])
        for source in (SUN, SEA):
            number = opened.runs.begin(source.name, NOW - timedelta(days=2))
            opened.runs.finish(number, RunState.DONE, NOW - timedelta(days=2))
        yield opened


@pytest.fixture(scope="module")
def targets() -> Targets:
    """The targets of both centres."""
    return Targets([CENTRE, BUSAN], ENV)


def hear(
    store: Store, source: SourceInfo, *titles: str, at: datetime = NOW, closes: str = "2026.12.04", first: int = 1
) -> None:
    """Let a source announce; a title "=text" is a post whose key was heard before."""
    notices = tuple(
        Notice(source.name, str(n), title, f"https://{source.name}.example.kr/{n}", at.date(),
               body=f"접수기간: 2026.11.24 ~ {closes}", fields={"closes": closes}, detail=True)
        for n, title in enumerate(titles, first)
    )  # fmt: skip
    page = PageRead(source.name, source.page_url, at, notices, {n.key: n.title for n in notices})
    Intake(store, {SUN.name: SUN, SEA.name: SEA}).take(None, page)


def test_a_morning_is_made_once_for_every_target(store: Store, targets: Targets) -> None:
    hear(store, SUN, "파주시 햇살마을 국민임대주택 예비입주자 모집 공고")
    hear(store, SEA, "부산광역시 강서구 달빛마을 행복주택 입주자 모집 공고")
    made = plan(store, [CENTRE, BUSAN], targets, NOW)
    assert [(m.route, m.targets, m.digest.counts[0]) for m in made] == [
        ("paju/staff", 3, ("새 공고", 1)),
        ("busan/staff", 1, ("새 공고", 1)),
    ]
    assert plan(store, [CENTRE, BUSAN], targets, NOW + timedelta(hours=1)) == []
    kept = store.outbox.deliveries(batch="digest:2026-11-24:paju/staff")
    assert len(kept) == 3 and {d.html is None for d in kept} == {True, False}
    assert all("햇살마을" in d.text and "달빛마을" not in d.text for d in kept)


def test_an_event_is_told_once_to_a_route(store: Store, targets: Targets) -> None:
    hear(store, SUN, "파주시 햇살마을 국민임대주택 예비입주자 모집 공고")
    plan(store, [CENTRE], targets, NOW)
    hear(store, SUN, "파주시 별빛마을 영구임대주택 예비입주자 모집 공고", at=NOW + timedelta(hours=5), first=2)
    (tomorrow,) = plan(store, [CENTRE], targets, NOW + timedelta(days=1))
    assert [line.title for g in tomorrow.digest.groups if g.name == "새 공고" for line in g.lines] == [
        "파주시 별빛마을 영구임대주택 예비입주자 모집 공고"
    ]


def test_an_empty_morning_is_skipped_once_or_said(store: Store, targets: Targets) -> None:
    made = plan(store, [CENTRE, BUSAN], targets, NOW)
    assert [(m.route, m.targets) for m in made] == [("paju/staff", 0), ("busan/staff", 1)]
    assert plan(store, [CENTRE, BUSAN], targets, NOW + timedelta(hours=1)) == []
    assert [d.route for d in store.outbox.deliveries()] == ["busan/staff"]


def test_a_route_that_hears_no_source_at_all_is_told_so_at_first_and_every_monday(
    tmp_path: Path, targets: Targets
) -> None:
    with Store.open(tmp_path / "deaf.db") as deaf:
        told = [
            (day, made.digest.counts)
            for day in range(9)
            for made in plan(deaf, [CENTRE], targets, NOW + timedelta(days=day))
            if made.targets
        ]
        assert told == [(0, (("수집 이상", 1),)), (6, (("수집 이상", 1),))]  # a Tuesday, and the Monday after
        assert "읽히는 출처가 하나도 없어" in deaf.outbox.deliveries()[0].text


def test_nothing_is_due_before_its_time_or_on_a_holiday(store: Store, targets: Targets) -> None:
    hear(store, SUN, "파주시 햇살마을 국민임대주택 예비입주자 모집 공고")
    assert plan(store, [CENTRE], targets, NOW - timedelta(minutes=1)) == []
    assert plan(store, [CENTRE], targets, datetime(2026, 12, 25, 9, tzinfo=SEOUL)) == []
    assert len(plan(store, [CENTRE], targets, NOW - timedelta(minutes=1), force=True)) == 1
    assert plan(store, [CENTRE], targets, NOW, force=True) == []


def test_a_route_without_an_address_waits_and_is_told_later(store: Store, targets: Targets) -> None:
    hear(store, SUN, "파주시 햇살마을 국민임대주택 예비입주자 모집 공고")
    off = Targets([CENTRE], {})
    assert plan(store, [CENTRE], off, NOW) == [] and len(off.off) == 1
    (later,) = plan(store, [CENTRE], targets, NOW + timedelta(hours=2))
    assert later.digest.counts[0] == ("새 공고", 1)


def test_a_week_asleep_makes_one_digest(store: Store, targets: Targets) -> None:
    hear(store, SUN, "파주시 햇살마을 국민임대주택 예비입주자 모집 공고")
    plan(store, [CENTRE], targets, NOW)
    hear(store, SUN, "파주시 별빛마을 영구임대주택 모집 공고", at=NOW + timedelta(days=2), first=2)
    assert len(plan(store, [CENTRE], targets, NOW + timedelta(days=7))) == 1


def test_failing_sources_of_the_own_regions_are_named(store: Store, targets: Targets) -> None:
    for source in ("sun", "sea"):
        for hours in (20, 2):
            number = store.runs.begin(source, NOW - timedelta(hours=hours))
            store.runs.finish(number, RunState.FAILED, NOW, "empty")
    paju, busan = preview(store, [CENTRE, BUSAN], NOW)
    assert [(t.title, t.link) for t in paju.troubles] == [("파주시 고시공고", "https://sun.example.kr/list")]
    assert "어제부터" in paju.troubles[0].sentence and "2번" in paju.troubles[0].sentence
    assert [t.title for t in busan.troubles] == ["부산광역시 공고"]
    assert store.outbox.deliveries() == []


def test_shapes_by_channel(store: Store) -> None:
    hear(store, SUN, *(f"파주시 햇살마을 {n}단지 국민임대주택 예비입주자 모집 공고" for n in range(60)))
    (made,) = preview(store, [CENTRE], NOW)
    text, html = morning.shaped(made, Target("m", "", MAIL))
    assert html and len(text) > 1000
    chat, nothing = morning.shaped(made, Target("t", "", TEXT, 500))
    assert nothing is None and len(chat) <= 500 and chat.endswith(f"→ {CENTRE.page}")
    assert len(morning.shaped(made, Target("k", "", KAKAO, 200))[0]) <= 200
    assert len(morning.shaped(made, Target("s", "", SMS, 160))[0].encode("cp949")) <= 90


URGENT = replace(CENTRE, routes=(replace(ROUTE, urgent=("new", "correction", "deadline")),))


def test_a_new_recruitment_of_the_own_region_is_told_at_once(store: Store, targets: Targets) -> None:
    hear(store, SUN, "파주시 햇살마을 국민임대주택 예비입주자 모집 공고")
    assert alert(store, [URGENT], targets, NOW) == 0  # the first pass only notes where it stands
    hear(store, SUN, "파주시 별빛마을 영구임대주택 예비입주자 모집 공고", first=2)
    hear(store, SEA, "부산광역시 강서구 달빛마을 행복주택 입주자 모집 공고")
    assert alert(store, [URGENT], targets, NOW) == 3
    assert alert(store, [URGENT], targets, NOW) == 0
    sent = store.outbox.deliveries()
    assert {d.subject for d in sent} == {"[집알림] 새 모집: [파주시] 파주시 별빛마을 영구임대주택 예비입주자 모집 공고"}
    assert "https://sun.example.kr/2" in sent[0].text


def test_several_that_come_together_are_one_alert(store: Store, targets: Targets) -> None:
    alert(store, [URGENT], targets, NOW)
    hear(store, SUN, *(f"파주시 햇살마을 {n}단지 국민임대주택 예비입주자 모집 공고" for n in range(1, 30)))
    assert alert(store, [URGENT], targets, NOW) == 3
    (first, *_) = store.outbox.deliveries()
    assert first.subject == "[집알림] 새 모집 29" and "외 19건" in first.text


def test_a_correction_of_something_posted_is_told_at_once(store: Store, targets: Targets) -> None:
    hear(store, SUN, "파주시 햇살마을 국민임대주택 예비입주자 모집 공고")
    alert(store, [URGENT], targets, NOW)
    hear(store, SUN, "[정정공고] 파주시 햇살마을 국민임대주택 예비입주자 모집 공고", closes="2026.12.09", first=2)
    told = alert(store, [URGENT], targets, NOW, lambda centre, announcement: True)
    assert told == 3
    assert store.outbox.deliveries()[0].subject.startswith("[집알림] 블로그 수정 필요: [파주시] ")


def test_a_digest_marks_the_correction_of_something_posted(store: Store, targets: Targets) -> None:
    hear(store, SUN, "파주시 햇살마을 국민임대주택 예비입주자 모집 공고")
    plan(store, [CENTRE], targets, NOW)
    hear(store, SUN, "[정정공고] 파주시 햇살마을 국민임대주택 예비입주자 모집 공고", closes="2026.12.09", first=2)
    (made,) = plan(store, [CENTRE], targets, NOW + timedelta(days=1), reposted=lambda centre, announcement: True)
    (line,) = next(group.lines for group in made.digest.groups if group.name == "정정")
    assert line.note.startswith("블로그 수정 필요 · 접수마감")


def test_what_closes_tomorrow_is_told_once_a_day_from_the_morning_on(store: Store, targets: Targets) -> None:
    hear(store, SUN, "파주시 햇살마을 국민임대주택 예비입주자 모집 공고", closes="2026.11.25")
    assert alert(store, [URGENT], targets, NOW - timedelta(hours=2)) == 0
    assert alert(store, [URGENT], targets, NOW) == 3
    assert alert(store, [URGENT], targets, NOW + timedelta(hours=3)) == 0
    assert "내일 마감" in store.outbox.deliveries()[0].subject


def test_alerts_wait_for_the_morning_only_on_phones(store: Store) -> None:
    phone = {"JIBALLIM_URLS_PAJU": "kakaotalk://abcdefghijklmnopqrstuvwxyz012345/token/me json://127.0.0.1/x"}
    targets, night = Targets([URGENT], phone), datetime(2026, 11, 24, 23, tzinfo=SEOUL)
    alert(store, [URGENT], targets, night)
    hear(store, SUN, "파주시 별빛마을 영구임대주택 예비입주자 모집 공고", at=night)
    assert alert(store, [URGENT], targets, night) == 2
    due = {d.target.split(":")[1]: d.due for d in store.outbox.deliveries()}
    assert due["kakaotalk"] == datetime(2026, 11, 25, 8, tzinfo=SEOUL) and due["json"] == night


def test_a_crash_between_planning_and_delivering_loses_nothing(store: Store, targets: Targets) -> None:
    hear(store, SUN, "파주시 햇살마을 국민임대주택 예비입주자 모집 공고")
    with pytest.raises(KeyError), store.transaction():
        plan(store, [CENTRE], targets, NOW)
        raise KeyError
    assert store.outbox.deliveries() == []
    (made,) = plan(store, [CENTRE], targets, NOW)
    assert made.targets == 3 and not deliver(store.outbox, NOW, lambda target: None).well
