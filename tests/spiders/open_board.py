"""A stand-in board whose posts stay open for weeks and are edited in silence, and walks over it on further days."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import date, timedelta
from pathlib import Path

from notices.model import EventKind
from notices.store.views import Event, Selection
from spiders.standins import MISSING, Request, Response
from spiders.walk import Walk
from tests.replay import NOON, Walker, walker, write_source

HOST = "www.haessal.go.kr"
DAY = timedelta(days=1)
ALL = Selection(relevant=None)
OPEN = NOON.date() + 20 * DAY


@dataclass
class Post:
    """A post of the stand-in board: what its list and its page show, and how its page answers."""

    number: int
    posted: date
    closes: date | None = None
    text: str = "접수는 행정복지센터에서 합니다."
    files: tuple[str, ...] = ("모집공고문.hwp",)
    title: str = ""
    page_title: str = ""
    status: int = 200
    views: int = 0

    def __post_init__(self) -> None:
        self.title = self.title or f"햇살마을 {self.number}단지 국민임대주택 예비입주자 모집 공고"

    @property
    def page(self) -> str:
        """The post's own page; its count of views is another each time."""
        self.views += 1
        period = f"<p>신청기간: {self.posted:%Y. %m. %d.} ~ {self.closes:%Y. %m. %d.}</p>" if self.closes else ""
        files = "".join(f'<li><a href="/down.do?f={n}">{name}</a></li>' for n, name in enumerate(self.files))
        return (
            f'<!DOCTYPE html><meta charset="utf-8"><title>공지</title><div class="view"><h3>{self.page_title or self.title}</h3>'
            f"<dl><dt>등록일</dt><dd>{self.posted}</dd><dt>담당부서</dt><dd>주택과</dd><dt>조회수</dt><dd>{self.views}</dd></dl>"
            f'<div class="content"><p>햇살마을 {self.number}단지의 입주자를 모집합니다.</p>{period}<p>{self.text}</p></div>'
            f'<ul class="files">{files}</ul></div>'
        )


@dataclass
class Board:
    """A stand-in board that shows its newest posts; `tags` lets it answer "not changed"."""

    posts: dict[int, Post] = field(default_factory=dict)
    shown: int = 10
    tags: bool = False
    post: bool = False

    def add(self, number: int, posted: date, closes: date | None = None, title: str = "") -> Post:
        """Publish a post."""
        self.posts[number] = Post(number, posted, closes, title=title)
        return self.posts[number]

    def __call__(self, request: Request) -> Response:
        if request.path == "/list.do":
            return self._tagged(request, self._list())
        found = self.posts.get(int(request.query.get("no") or request.form.get("no") or 0))
        if request.path != "/view.do" or found is None or (self.post and request.method != "POST"):
            return MISSING
        return self._tagged(request, found.page) if found.status == 200 else Response("", found.status)

    def _tagged(self, request: Request, page: str) -> Response:
        tag = f'"{hash(page.split("조회수")[0] + page.split("<div")[-1])}"' if "조회수" in page else f'"{hash(page)}"'
        if self.tags and request.headers.get("if-none-match") == tag:
            return Response(status=304)
        return Response(page, headers={"ETag": tag} if self.tags else {})

    def _list(self) -> str:
        script = "<script>function view(no){var f=document.f;f.no.value=no;f.action='/view.do';f.submit();}</script>"
        form = '<form name="f" method="post" action="/view.do"><input type="hidden" name="no"></form>'
        rows = "".join(self._row(post) for post in sorted(self.posts.values(), key=lambda p: -p.number)[: self.shown])
        heads = "<tr><th>번호</th><th>제목</th><th>부서</th><th>등록일</th><th>조회</th></tr>"
        return (
            f'<!DOCTYPE html><meta charset="utf-8"><title>공지</title>{script + form if self.post else ""}'
            f"<table><thead>{heads}</thead><tbody>{rows}</tbody></table>"
        )

    def _row(self, post: Post) -> str:
        href = f"javascript:view('{post.number}')" if self.post else f"view.do?no={post.number}"
        return (
            f'<tr><td>{post.number}</td><td><a href="{href}">{post.title}</a></td><td>주택과</td>'
            f"<td>{post.posted}</td><td>{0 if self.tags else post.views}</td></tr>"
        )


@contextmanager
def board(home: Path, *lines: str, names: tuple[str, ...] = ("haessal",)) -> Iterator[Walker]:
    """A walker over boards of one host, one page each."""
    for name in names:
        path = "" if name == "haessal" else f"?b={name}"
        write_source(home, name, f"https://{HOST}/list.do{path}", "\n".join(lines), "[paging]\npages = 1")
    with walker(home) as walks:
        walks.store.sources.sync(source.info for source in walks.sources.values())
        yield walks


def again(walks: Walker, site: Board, after: timedelta = DAY) -> tuple[Walk, list[Request]]:
    """Walk the board once more, later; returns the walk and the pages of posts that were asked for."""
    walks.now += after
    before = len(walks.asked)
    walk = walks.walk("haessal", site)
    return walk, [r for r in walks.asked[before:] if r.path == "/view.do"]


def editions(walks: Walker, key: str, source: str = "haessal") -> int:
    """How many editions a notice has."""
    found = walks.store.notices.find(source, key)
    assert found is not None
    return len(walks.store.notices.editions(found))


def told(walks: Walker) -> list[Event]:
    """All events but the first word of each."""
    return [event for event in walks.store.events.select(ALL, 1000) if event.kind is not EventKind.NEW]


def open_posts(count: int, closes: date = OPEN) -> Board:
    """A board with so many open posts."""
    site = Board()
    for number in range(1, count + 1):
        site.add(number, NOON.date() - DAY, closes)
    return site
