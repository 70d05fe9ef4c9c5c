"""The digest: grouped, counted, bounded, the same for the same input, harmless whatever the pages said."""

from __future__ import annotations

import re
from dataclasses import replace
from datetime import timedelta
from html.parser import HTMLParser
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from notices.model import Change, EventKind, Region, RunState
from notices.store.views import Announcement
from notify import digest, render, shapes
from notify.digest import TOP, Digest, build
from notify.lines import deadline, troubles, where
from tests.notify.made import CENTRE, NOW, ROUTE, announcement, event, run

GOLDEN = Path(__file__).parents[1] / "golden" / "notify"


def morning() -> Digest:
    """A morning with something in every group."""
    events = [
        event(1, title="햇살마을 3단지 국민임대주택 예비입주자 모집", closes="2026-12-04T17:00"),
        event(2, title="달빛마을 행복주택(청년·신혼부부) 추가모집", supply=("행복주택", "매입임대"), closes="2026-11-24T17:00"),
        event(3, EventKind.REVISION, (Change("closes", "2026-11-24", "2026-11-28"),), title="[정정공고] 별빛마을 영구임대주택 입주자 모집"),
        event(4, EventKind.FOLLOW_UP, title="햇살마을 2단지 당첨자 발표", about_kind="발표", closes=None),
        event(5, title="전세보증금 반환보증 보증료 지원 안내", about_kind="지원사업", section="주거복지사업", supply=(), closes=None),
    ]  # fmt: skip
    open_now = [
        events[1].announcement,
        announcement(11, "구름마을 매입임대 예비입주자 모집", supply=("매입임대",), closes="2026-11-25"),
        announcement(12, "바람마을 장기전세주택 입주자 모집", supply=("장기전세",), closes="2026-11-30"),
        announcement(13, "이슬마을 통합공공임대 입주자 모집", supply=("통합공공임대",), opens="2026-11-24", closes="2026-12-20"),
    ]  # fmt: skip
    runs = [
        run(1, "pond", RunState.FAILED, title="연못시 고시공고", reason="empty"),
        run(13, "pond", RunState.FAILED, title="연못시 고시공고", reason="empty"),
        run(25, "pond", title="연못시 고시공고"),
        run(2),
    ]
    return build(CENTRE, ROUTE, NOW, events, open_now, runs, pages={"pond": "https://pond.example.kr/list.do?id=1&p=2"})


@pytest.mark.parametrize("name", ["digest.txt", "digest.html", "subject.txt"])
def test_a_morning_reads_as_expected(name: str, accept: bool) -> None:
    made = morning()
    text = {
        "digest.txt": render.text(made), "digest.html": render.html(made), "subject.txt": made.subject + "\n",
    }[name]  # fmt: skip
    path = GOLDEN / name
    if accept:
        path.write_text(text, "utf-8")
    assert path.read_text("utf-8") == text


def test_the_subject_counts_and_failures_come_first() -> None:
    made = morning()
    assert made.subject == "[집알림] 11월 24일 아침: 새 공고 2, 정정 1, 오늘 마감 1, 내일 마감 1, 수집 이상 1"
    assert made.counts[0] == ("수집 이상", 1)
    text = render.text(made)
    assert text.index("■ 수집 이상") < text.index("■ 정정")
    assert "연못시 고시공고: 어제부터 목록이 비어 있습니다. 사이트가 바뀐 듯합니다 (2번 확인)" in " ".join(text.split())
    assert "접수마감 11.24 → 11.28" in " ".join(text.split())


def test_a_source_that_reads_again_is_told_of_and_counts_as_no_trouble() -> None:
    again = [run(50, state=RunState.FAILED, title="이슬시 공지", reason="empty"), run(2, title="이슬시 공지")]
    made = build(CENTRE, ROUTE, NOW, [], [], again, NOW - timedelta(days=1))
    assert made.counts == (("다시 읽히는 곳", 1),) and not made.empty
    assert "수집 이상" not in made.subject + render.text(made) + (render.html(made) or "") + shapes.kakao(made)
    assert "이슬시 공지: 다시 읽힙니다" in render.text(made)
    assert "이슬시 공지 다시 읽힙니다" in shapes.kakao(made)


def test_a_source_that_recovered_is_no_trouble() -> None:
    assert troubles([run(3, state=RunState.FAILED, reason="timeout"), run(1)], NOW) == ()
    silent = [run(24 * 5, title="조용시 게시판")]
    assert [str(t) for t in troubles(silent, NOW)] == [
        "조용시 게시판: 11월 19일 뒤로 수집이 돌지 않았습니다. 집알림이 켜져 있는지 보십시오"
    ]
    running = [run(2, state=RunState.FAILED, reason="http_error"), run(0, state=RunState.RUNNING)]
    assert [t.sentence for t in troubles(running, NOW)] == ["오늘부터 사이트가 오류로 답합니다 (1번 확인)"]


@pytest.mark.parametrize(
    ("closes", "opens", "words"),
    [
        ("2026-11-24T17:00", None, "오늘 17시 마감"),
        ("2026-11-25", None, "내일 마감"),
        ("2026-11-24T24:00", None, "오늘 24시 마감"),
        ("2026-11-28", None, "11.28(토) 마감"),
        ("2027-01-04T09:30", None, "2027.1.4(월) 9시 30분 마감"),
        ("2029-10-01", None, "상시 모집"),
        ("2026-11-20", None, "마감"),
        ("2026-12-04", "2026-12-01", "접수 전(12.1(화)부터 12.4(금)까지)"),
        ("2026-12-04", "2026-12-04", "접수 전(12.4(금) 하루)"),
        (None, None, "마감: 원문 확인"),
        ("언젠가", None, "마감: 원문 확인"),
    ],
)
def test_deadlines_are_said_as_people_say_them(closes: str | None, opens: str | None, words: str) -> None:
    assert deadline(announcement(closes=closes, opens=opens), NOW.date()) == words


def test_places_are_short_and_unmistakable() -> None:
    assert where((Region("서울특별시 강서구", "11500"),)) == "서울 강서구"
    assert where((Region("경기도 파주시", "41480"), Region("경기도 고양시", "41280"))) == "파주시 외 1"
    assert where((Region("경기도", "41000"),)) == "경기도"
    assert where((Region("세종특별자치시", "36110"),)) == "세종특별자치시"
    assert where(()) == "전국"


def test_a_cancelled_or_closed_announcement_has_no_deadline_to_watch() -> None:
    gone = [announcement(1, closes="2026-11-24", cancelled=True), announcement(2, closes="2026-11-20")]
    assert build(CENTRE, ROUTE, NOW, (), gone).empty


def test_openings_since_the_last_digest_are_told_after_a_weekend() -> None:
    opened = [announcement(1, opens="2026-11-21", closes="2026-12-20")]
    assert build(CENTRE, ROUTE, NOW, (), opened).empty
    friday = build(CENTRE, ROUTE, NOW, (), opened, since=NOW - timedelta(days=4))
    assert friday.counts == (("접수 시작", 1),)
    clock_set_back = build(CENTRE, ROUTE, NOW, (), opened, since=NOW + timedelta(days=900))
    assert clock_set_back.empty


def test_what_is_new_is_said_again_only_when_it_closes_at_once() -> None:
    opens_now = event(1, opens="2026-11-24", closes="2026-12-20")
    closes_now = event(2, closes="2026-11-25")
    made = build(CENTRE, ROUTE, NOW, [opens_now, closes_now], [opens_now.announcement, closes_now.announcement])
    assert made.counts == (("내일 마감", 1), ("새 공고", 2))


def test_five_thousand_items_are_bounded_and_counted() -> None:
    made = build(CENTRE, ROUTE, NOW, [event(n) for n in range(1, 5001)], ())
    text, html = render.text(made), render.html(made)
    assert len(made.events) == 5000
    assert "새 공고 5,000" in text and "외 4,980건 → https://jip.example.kr/paju/" in text
    assert len(made.groups[0].lines) == TOP
    assert len(text) < 6000 and len(html) < 12_000


def test_an_empty_morning_is_empty_and_can_be_said() -> None:
    made = build(CENTRE, ROUTE, NOW, (), (), [run(1)])
    assert made.empty and made.subject == "[집알림] 11월 24일 아침: 새 소식 없음"
    assert render.NOTHING in render.html(made)
    assert "출처 1곳을 들었습니다" in render.text(made)


def test_the_order_of_what_comes_in_does_not_matter() -> None:
    events = [event(n, title=f"마을 {n}단지 모집") for n in range(40)]
    assert render.html(build(CENTRE, ROUTE, NOW, events, ())) == render.html(
        build(CENTRE, ROUTE, NOW, events[::-1], ())
    )


def test_a_route_is_told_only_what_it_wants() -> None:
    elsewhere = (Region("부산광역시 강서구", "26440"),)
    events = [
        event(1),
        event(2, regions=elsewhere),
        event(3, regions=(Region("경기도", "41000"),)),
        event(4, regions=()),
    ]
    assert build(CENTRE, ROUTE, NOW, events, ()).events == (1, 3, 4)
    only = replace(ROUTE, regions=("26",), supply=("행복주택",))
    assert build(CENTRE, only, NOW, [*events, event(5, regions=elsewhere, supply=("행복주택",))], ()).events == (5,)


HOSTILE = "<script>alert(1)</script>\r\nBcc: all@x.org\u202egnp.exe\x00\x0b\ud800 @everyone 010-1234-5678 1600-1004 <img src=x>"


class _Tags(HTMLParser):
    def __init__(self) -> None:
        super().__init__()
        self.seen: set[str] = set()
        self.remote: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """Note tags and what would be loaded."""
        self.seen.add(tag)
        self.remote += [value or "" for name, value in attrs if name in ("src", "background", "srcset")]


def test_hostile_text_is_only_text() -> None:
    bad = event(
        1, title=HOSTILE, url="javascript:alert(1)", supply=("<b>행복주택</b>",), regions=(Region(HOSTILE, "41480"),)
    )
    worse = run(1, state=RunState.FAILED, title=HOSTILE, sentence=HOSTILE)
    changed = event(2, EventKind.REVISION, (Change("title", HOSTILE, HOSTILE * 50),), title=HOSTILE)
    made = build(CENTRE, ROUTE, NOW, [bad, changed], (), [worse])
    html, text = render.html(made), render.text(made)
    tags = _Tags()
    tags.feed(html)
    assert not tags.seen & {"script", "img", "style", "iframe", "b", "link"} and tags.remote == []
    assert "javascript:" not in html and "javascript:" not in text
    assert not re.search("[\x00-\x08\x0b-\x1f\u202a-\u202e\u2066-\u2069\ud800-\udfff]", html + text)
    assert "\n" not in made.subject and "\r" not in html + text
    assert "010-1234-5678" not in html + text and "1600-1004" in text
    assert "@everyone" not in text


@settings(derandomize=True, max_examples=40, deadline=None)
@given(
    title=st.text(max_size=200),
    place=st.text(max_size=30),
    closes=st.one_of(st.none(), st.text(max_size=12), st.dates().map(str)),
)
def test_any_text_makes_a_mail(title: str, place: str, closes: str | None) -> None:
    said = event(1, title=title, regions=(Region(place, "41480"),), closes=closes)
    made = build(CENTRE, ROUTE, NOW, [said], [said.announcement])
    text, html = render.text(made), render.html(made)
    (text + html).encode()
    assert all(render.width(line) <= render.WIDTH or "http" in line for line in text.split("\n"))
    assert "\n" not in made.subject


def test_every_group_has_its_place_in_the_order() -> None:
    assert [g.name for g in morning().groups] == list(digest.ORDER)


def test_an_announcement_without_anything_still_makes_a_line() -> None:
    bare: Announcement = announcement(
        1, "", supply=(), url=None, regions=(), closes=None, kind="기타", section="기타소식"
    )
    assert "[전국] 기타 (제목 없음)" in render.text(build(CENTRE, ROUTE, NOW, [event(1, announcement=bare)], ()))


def test_a_call_corrected_before_it_was_told_stands_once() -> None:
    changed = event(1, EventKind.REVISION, (Change("closes", "2026-11-30", "2026-12-04"),), closes="2026-12-04")
    first = replace(event(1, closes="2026-12-04"), id=901, guid="lh-rental:901")
    made = build(CENTRE, ROUTE, NOW, [first, changed], [changed.announcement])
    assert [(group.name, group.total) for group in made.groups] == [("정정", 1)]
    assert set(made.events) == {first.id, changed.id}


def test_a_follow_up_speaks_for_itself() -> None:
    """Its own title, and no deadline of a call that is over."""
    call = event(1, title="햇살마을 2단지 국민임대주택 입주자 모집", closes="2026-10-01")
    result = replace(call, kind=EventKind.FOLLOW_UP, title="햇살마을 2단지 서류심사 대상자 발표")
    made = build(CENTRE, ROUTE, NOW, [result], [])
    (line,) = made.groups[0].lines
    assert line.title == "햇살마을 2단지 서류심사 대상자 발표"
    assert "마감" not in str(line)


def test_a_call_leads_to_its_publisher_whoever_was_heard_first() -> None:
    first = replace(event(1), url="https://portal.example.kr/1")
    (line,) = build(CENTRE, ROUTE, NOW, [first], []).groups[0].lines
    assert line.link == "https://sun.example.kr/notice/1"
    corrected = replace(first, announcement=replace(first.announcement, corrected=True))
    (line,) = build(CENTRE, ROUTE, NOW, [corrected], []).groups[0].lines
    assert line.link == "https://portal.example.kr/1"


def test_what_is_over_stands_behind_what_is_open() -> None:
    """A board that is heard for the first time shows the posts of months: none takes the place of an open call."""
    old = [event(n, title=f"끝난 모집 {n}", closes="2026-09-01") for n in range(1, 2 * TOP)]
    new = event(90, title="파주 국민임대 모집", closes="2026-12-01")
    (group,) = build(CENTRE, ROUTE, NOW, [*old, new], []).groups
    assert (group.lines[0].title, group.total) == ("파주 국민임대 모집", 2 * TOP)
