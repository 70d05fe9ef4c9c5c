"""Thirty ways in which a site breaks: each is named within two runs and teaches nothing; normal traffic is not accused."""

from __future__ import annotations

import random
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from pathlib import Path

import pytest

from notices.model import RunState
from notices.workdays import is_business_day
from spiders import ledger as ledgers
from spiders.asks import Answer
from spiders.drift import Seen, drifted
from spiders.kept import MOST, Pages
from spiders.pages.records import Row
from spiders.reasons import Reason
from spiders.registry import Source
from spiders.standins import MISSING, Request, Response
from tests.replay import NOON, Walker, walker, write_source

URL = "https://www.haessal.go.kr/bbs/list.do?no=7"
TODAY = NOON.date()
NAMES = [
    "국민임대",
    "행복주택",
    "매입임대",
    "영구임대",
    "전세임대",
    "장기전세",
    "청년주택",
    "신혼희망",
    "주거급여",
    "이사비",
    "월세지원",
    "집수리",
]


@dataclass(frozen=True)
class Line:
    """A post as the site shows it."""

    number: int
    title: str
    posted: date


def workdays_back(count: int, until: date = TODAY) -> Iterator[date]:
    """The last business days before a day, newest first."""
    day = until
    while count:
        day -= timedelta(days=1)
        if is_business_day(day):
            count -= 1
            yield day


LINES = tuple(
    Line(5012 - n, f"햇살마을 {NAMES[n]} {2026 - n % 3}년 {n + 1}차 안내", day)
    for n, day in enumerate(workdays_back(12))
)


def page(
    lines: tuple[Line, ...] = LINES,
    *,
    heads: tuple[str, ...] = ("번호", "제목", "담당부서", "등록일", "조회"),
    row: Callable[[Line], str] | None = None,
    around: str = "{}",
) -> str:
    """The list as a table; a breakage changes a part of it."""
    row = row or (
        lambda x: (
            f'<tr><td>{x.number}</td><td><a href="view.do?nttNo={x.number}">{x.title}</a></td><td>주택과</td>'
            f"<td>{x.posted}</td><td>7</td></tr>"
        )
    )
    table = (
        f"<table><thead><tr>{''.join(f'<th>{h}</th>' for h in heads)}</tr></thead>"
        f"<tbody>{''.join(map(row, lines))}</tbody></table>"
    )
    return f'<!DOCTYPE html><meta charset="utf-8"><title>햇살시 공지</title>{around.format(table)}'


def cells(*parts: str) -> Callable[[Line], str]:
    """Rows of other cells, as templates over {x}."""
    return lambda x: "<tr>" + "".join(f"<td>{part.format(x=x)}</td>" for part in parts) + "</tr>"


LINK = '<a href="view.do?nttNo={x.number}">{x.title}</a>'
MENU = "".join(f'<li><a href="/menu.do?key={n}">시정 안내 {n}</a></li>' for n in range(12))
OLD_COPY = tuple(Line(x.number, x.title, x.posted - timedelta(days=42)) for x in LINES)
OTHER = tuple(Line(x.number + 7000, f"도서관 {n}월 강좌 수강생", x.posted) for n, x in enumerate(LINES))
REKEYED = tuple(Line(90_000 + n, x.title, x.posted) for n, x in enumerate(LINES))
SHIFTED = tuple(Line(a.number, b.title, a.posted) for a, b in zip(LINES, LINES[1:] + LINES[:1], strict=True))


def body(text: str | bytes, status: int = 200, **headers: str) -> Callable[[Request], Response]:
    """A site that answers the list with this."""
    return lambda r: Response(text, status, headers=headers) if r.path == "/bbs/list.do" else Response(front())


def front() -> str:
    """The site's front page."""
    return f"<!DOCTYPE html><meta charset='utf-8'><title>햇살시</title><h1>어서 오십시오</h1><ul>{MENU}</ul>"


def mangled(text: str) -> bytes:
    """UTF-8 read as Latin-1 and written as UTF-8: letters that no longer are Korean."""
    return text.encode().decode("latin-1").encode()


def halved(text: str) -> bytes:
    """CP949 in a page that was cut up by a proxy: half of the letters are lost."""
    return text.replace('<meta charset="utf-8">', "").encode("cp949").replace(b"\xc0", b"\x81\x20")


BREAKAGES: dict[str, Callable[[Request], Response]] = {
    "gone 404": body("<title>404</title>", 404),
    "gone 410": body("<title>410</title>", 410),
    "server error": body("<title>500</title>", 500),
    "forbidden": body("<title>403</title>", 403),
    "empty answer": body(""),
    "empty table": body(page(())),
    "says there are no posts": body(page((), around="{}<p>등록된 게시물이 없습니다.</p>")),
    "login page with 200": body("<title>로그인</title><form><input name=id><input type=password><p>로그인이 필요합니다</p></form>"),
    "firewall page with 200": body("<title>Web Firewall</title><p>비정상적인 접근이 차단되었습니다. 보안 정책</p>"),
    "alert and back": body("<script>alert('잘못된 접근입니다.');history.back();</script>"),
    "maintenance page": body("<title>점검</title><p>서비스 점검 중입니다. 이용에 불편을 드려 죄송합니다.</p>"),
    "error page with 200": body("<title>오류</title><p>요청하신 페이지를 찾을 수 없습니다.</p>"),
    "script shell": body('<div id="app"></div><script src="/bundle.js"></script>'),
    "shell of a table": body(page((), around='<div id="list">{}</div><script>$.ajax({{url:"/api/list"}})</script>')),
    "front page instead": body(front()),
    "redirect to the front page": body("", 302, Location="/"),
    "mojibake": body(mangled(page())),
    "half the letters lost": body(halved(page())),
    "a file instead": body(b"%PDF-1.7 " + b"\x00\x01" * 500),
    "another board": body(page(OTHER)),
    "posts under new numbers": body(page(REKEYED)),
    "titles one row down": body(page(SHIFTED)),
    "no dates any more": body(page(row=cells("{x.number}", LINK, "주택과", "-", "7"))),
    "no links any more": body(page(row=cells("{x.number}", "{x.title}", "주택과", "{x.posted}", "7"))),
    "departments as titles": body(
        page(heads=("번호", "부서", "제목", "등록일", "조회"), row=cells(
            "{x.number}", "{x.title}", '<a href="view.do?nttNo={x.number}">주택과 자세히 보기</a>', "{x.posted}", "7"
        ))
    ),
    "a deadline as the date": body(
        page(heads=("번호", "제목", "부서", "등록일", "조회"), row=cells("{x.number}", LINK, "주택과", "2026-11-01", "7"))
    ),
    "two rows left": body(page(LINES[:1])),
    "an old copy": body(page(OLD_COPY)),
    "only the menu is left": body(f"<!DOCTYPE html><title>햇살시 공지</title><ul>{MENU}</ul>"),
    "a search form instead": body("<!DOCTYPE html><title>검색</title><form><input name=q><button>검색</button></form>"),
}  # fmt: skip


def healthy(lines: tuple[Line, ...] = LINES) -> Callable[[Request], Response]:
    """The site as it should be."""
    return lambda r: Response(page(lines)) if r.path == "/bbs/list.do" else MISSING


def began(home: Path, walks: Walker) -> tuple[int, list[str]]:
    """Read the site while it is well; returns how many notices are stored and their titles."""
    assert walks.walk("haessal", healthy()).state is RunState.DONE
    return stored(walks)


def stored(walks: Walker) -> tuple[int, list[str]]:
    """What the store holds of the site."""
    notices = walks.store.notices.latest("haessal", 100)
    return walks.store.notices.count(), sorted(n.title for n in notices)


@pytest.fixture
def home(tmp_path: Path) -> Path:
    """A home that listens to one board without asking for posts."""
    write_source(tmp_path, "haessal", URL, "details = false", "[paging]\npages = 1\n[expect]\nrows = 3\ndated = 0.5")
    return tmp_path


def named(home: Path, breakage: Callable[[Request], Response]) -> tuple[list[str | None], bool]:
    """Break a site that was well, for two runs: the reasons given, and whether the store stayed as it was."""
    with walker(home) as walks:
        before = began(home, walks)
        runs = [walks.walk("haessal", breakage) for _ in range(2)]
        return [run.reason.code if run.reason else None for run in runs], stored(walks) == before


@pytest.mark.parametrize("what", BREAKAGES)
def test_a_breakage_is_named_within_two_runs_and_teaches_nothing(what: str, home: Path) -> None:
    reasons, unharmed = named(home, BREAKAGES[what])
    if what in ("an old copy",):
        assert "shape" in reasons or "quiet" in reasons
    assert any(reasons), what
    assert unharmed, what


def test_there_are_thirty() -> None:
    assert len(BREAKAGES) == 30


def test_a_silent_list_is_named_and_heals(home: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """The board stays as it is while weeks go by."""
    clock = {"now": NOON}
    monkeypatch.setattr(
        ledgers.Ledger, "clock", property(lambda self: lambda: clock["now"], lambda self, value: None), raising=False
    )
    with walker(home) as walks:
        states = []
        for week in range(5):
            clock["now"] = NOON + timedelta(weeks=week)
            walk = walks.walk("haessal", healthy())
            states.append((walk.state, walk.reason.code if walk.reason else None))
        later = (Line(6001, "햇살마을 새 임대 안내", clock["now"].date()), *LINES)
        assert walks.walk("haessal", healthy(later)).state is RunState.DONE
    assert states[0] == (RunState.DONE, None)
    assert states[-1] == (RunState.PARTIAL, "quiet")


def test_not_changed_is_believed_for_three_days(home: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A server that answers 304 for ever must not hide a list that moved on, or one that stands still."""
    clock = {"now": NOON}
    monkeypatch.setattr(
        ledgers.Ledger, "clock", property(lambda self: lambda: clock["now"], lambda self, value: None), raising=False
    )

    def frozen(request: Request) -> Response:
        tagged = "if-none-match" in request.headers
        return Response(status=304) if tagged else Response(page(), headers={"ETag": '"1"'})

    with walker(home) as walks:
        for hours in (0, 4, 71, 73):
            clock["now"] = NOON + timedelta(hours=hours)
            walks.walk("haessal", frozen)
        assert ["if-none-match" in request.headers for request in walks.asked] == [False, True, True, False]


def test_normal_change_is_not_called_drift(home: Path) -> None:
    """New posts, corrected titles, posts taken away and a page of nothing but new ones are a list's daily life."""
    chance, accused, weeks = random.Random(7), 0, 200
    numbers, lines = 5012, [Line(x.number, x.title, x.posted - timedelta(days=730)) for x in LINES]
    source = Source("haessal", "공지", "햇살시", URL, URL)
    known: dict[str, Seen] = {}
    for week in range(weeks):
        day = date(2025, 1, 6) + timedelta(weeks=week)
        for _ in range(chance.choice((0, 1, 2, 3, 5, 8, 15))):
            numbers += chance.choice((1, 1, 2))
            lines.insert(0, Line(numbers, f"햇살마을 {chance.choice(NAMES)} {chance.randint(1, 30)}차 모집 공고", day))
        if chance.random() < 0.3:
            at = chance.randrange(5)
            lines[at] = Line(lines[at].number, f"(정정) {lines[at].title}", lines[at].posted)
        if chance.random() < 0.1:
            del lines[chance.randrange(5)]
        shown = [Row(x.title, str(x.number), posted=x.posted) for x in lines[:12]]
        accused += drifted(source, shown, known) is not None
        known |= {row.key: Seen(row.title, row.posted) for row in shown if row.key}
    assert accused * 100 <= weeks


def test_pages_of_failed_readings_are_kept_few_and_short_and_never_of_people(tmp_path: Path) -> None:
    pages, at = Pages(tmp_path / "pages"), datetime(2026, 11, 1, 9, 0, tzinfo=NOON.tzinfo)
    for n in range(30):
        pages.keep("haessal", Answer(200, URL, b"<title>list</title>"), "shell", at + timedelta(hours=n))
    assert len(list((tmp_path / "pages/haessal").iterdir())) == MOST
    pages.keep(
        "haessal", Answer(200, URL, "<h2>예비입주자 당첨자 명단</h2>".encode("cp949")), "shell", at + timedelta(days=20)
    )
    pages.keep("haessal", Answer(200, URL, b"<p>x</p>"), "shell", at + timedelta(days=20), "햇살마을 당첨자 발표")
    assert len(list((tmp_path / "pages/haessal").iterdir())) == MOST
    pages.keep("haessal", Answer(200, URL, b"<p>x</p>"), "guard", at + timedelta(days=20))
    assert [p.name for p in (tmp_path / "pages/haessal").iterdir()] == ["20261121T090000-guard.html"]


def test_a_list_in_its_new_form_is_taken_when_a_person_says_so(home: Path) -> None:
    with walker(home) as walks:
        began(home, walks)
        assert walks.walk("haessal", BREAKAGES["posts under new numbers"]).reason is not None
    path = home / "sources/haessal.toml"
    path.write_text(path.read_text("utf-8").replace("dated = 0.5", "dated = 0.5\nknown = false"), "utf-8")
    with walker(home) as walks:
        assert walks.walk("haessal", BREAKAGES["posts under new numbers"]).state is RunState.DONE


def test_a_reason_is_one_sentence() -> None:
    rows = [Row("x", str(n)) for n in range(9)]
    reason = drifted(Source("a", "b", "c", URL, URL), rows, {})
    assert isinstance(reason, Reason) and "\n" not in reason.sentence


@pytest.mark.parametrize("unchanged", [False, True])
def test_a_busy_list_that_stops_is_named_within_a_week(
    home: Path, monkeypatch: pytest.MonkeyPatch, *, unchanged: bool
) -> None:
    """Its page never shows more than two days: the rhythm is what the runs of four weeks saw, also behind a 304."""
    clock = {"now": NOON}
    monkeypatch.setattr(
        ledgers.Ledger, "clock", property(lambda self: lambda: clock["now"], lambda self, value: None), raising=False
    )
    began, stopped = date(2026, 9, 28), date(2026, 11, 2)
    days = [began + timedelta(days=n) for n in range(50) if is_business_day(began + timedelta(days=n))]
    posts = [Line(100 + 6 * n + k, f"햇살 임대 {n}-{k} 안내", day) for n, day in enumerate(days) for k in range(6)]

    def board(request: Request) -> Response:
        shown = tuple(x for x in posts if x.posted <= min(clock["now"].date(), stopped))[:-13:-1]
        tag = f'"{shown[0].number}"'
        if unchanged and request.headers.get("if-none-match") == tag:
            return Response(status=304)
        return Response(page(shown), headers={"ETag": tag})

    with walker(home) as walks:
        named = None
        for day in (day for day in days if day >= began + timedelta(days=1)):
            clock["now"] = datetime.combine(day, NOON.timetz())
            walk = walks.walk("haessal", board)
            assert day > stopped or walk.reason is None, (day, walk.reason)
            if walk.reason and named is None:
                named = (day, walk.state, walk.reason.code)
    missed = [day for day in days if stopped < day < (named[0] if named else date.max)]
    assert named and named[1:] == (RunState.PARTIAL, "quiet") and len(missed) <= 5, (named, missed)
