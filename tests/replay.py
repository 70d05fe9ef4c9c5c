"""Stand-ins of LH's site and of a plain board, written here, and a crawl over them in a home folder of its own."""

from __future__ import annotations

import html
from collections import deque
from collections.abc import Iterable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from datetime import datetime
from pathlib import Path
from urllib.parse import parse_qsl, urlsplit
from zoneinfo import ZoneInfo

from notices.intake import Intake
from notices.store import Store
from spiders import budget, pipeline
from spiders.asks import Answer, Ask
from spiders.budget import budgets
from spiders.ledger import Ledger
from spiders.reasons import spent
from spiders.registry import BUDGET, Source, load
from spiders.standins import MISSING, Handler, Request, Response
from spiders.walk import Step, Turn, Walk

NOON = datetime(2026, 11, 24, 12, 0, tzinfo=ZoneInfo("Asia/Seoul"))
LH_LIST = "/lhapply/apply/wt/wrtanc/selectWrtancList.do"
LH_POST = "/lhapply/apply/wt/wrtanc/selectWrtancInfo.do"


@dataclass(frozen=True)
class Post:
    """What a stand-in of LH shows of one notice, in its list and on its own page."""

    key: str
    title: str
    supply: str = "국민임대"
    region: str = "경기도"
    status: str = "공고중"
    posted: str = "2026.11.20"
    closes: str = "2026.12.01"
    ids: tuple[str, str, str] = ("03", "06", "07")
    views: int = 7
    files: tuple[tuple[str, str], ...] = ()  # (name, fileid)

    @property
    def cell(self) -> str:
        """The row in the list."""
        a, b, c = self.ids
        return (
            f'<tr><td>1</td><td class="cate">{self.supply}</td><td class="bbs_tit"><a href="javascript:" data-id1="{self.key}"'
            f' data-id2="{a}" data-id3="{b}" data-id4="{c}" class="wrtancInfoBtn"><span>{html.escape(self.title)}'
            f' <em class="day">1일전</em></span></a></td><td>{self.region}</td><td></td><td>{self.posted}</td>'
            f'<td>{self.closes}</td><td class="stt">{self.status}</td><td>{self.views:,}</td></tr>'
        )

    @property
    def page(self) -> str:
        """The notice's own page, which says no more than the row."""
        files = "".join(
            f"<li><a href=\"javascript:fileDownLoad('{number}')\">{html.escape(name)}</a></li>"
            for name, number in self.files
        )
        return (
            f'<meta charset="utf-8"><div class="bbs_ViewA"><h3>{html.escape(self.title)}</h3><ul class="bbsV_data">'
            f"<li><strong>공고상태</strong><span>{self.status}</span></li>"
            f"<li><strong>마감일</strong><span>{self.closes}</span></li></ul><ul>{files}</ul></div>"
        )


def lh_list(posts: Iterable[Post], number: int = 1, pages: int = 1, total: int | None = None) -> str:
    """A page of LH's list."""
    shown = list(posts)
    heads = "".join(
        f"<th>{h}</th>" for h in ("번호", "유형", "공고명", "지역", "첨부", "게시일", "마감일", "상태", "조회수")
    )
    count = len(shown) if total is None else total
    return (
        '<!DOCTYPE html><meta charset="utf-8"><p class="bbs_total">전체 '
        f"<strong>{count} </strong>건 &nbsp;<strong>{number}</strong>/{pages}페이지</p>"
        f'<div class="bbs_ListA"><table><thead><tr>{heads}</tr></thead><tbody>{"".join(p.cell for p in shown)}</tbody>'
        "</table></div>"
    )


def lh_site(pages: Iterable[Iterable[Post]]) -> Handler:
    """LH's site with these pages; past the end it repeats the last one, as the real one does."""
    kept = [list(page) for page in pages] or [[]]
    posts = {post.key: post for page in kept for post in page}

    def answer(request: Request) -> Response:
        if request.path == LH_LIST:
            number = min(int(request.form.get("currPage", "1")), len(kept))
            return Response(lh_list(kept[number - 1], number, len(kept), len(posts)))
        if request.path == LH_POST and request.query.get("panId") in posts:
            return Response(posts[request.query["panId"]].page)
        return MISSING

    return answer


def board_list(numbers: Iterable[int], following: str = "") -> str:
    """A page of a plain table board with links."""
    rows = "".join(
        f'<tr><td>{n}</td><td><a href="view.do?no={n}">햇살 임대주택 {n}호 입주자 모집 공고</a></td><td>주택과</td>'
        f"<td>2026-11-{n % 20 + 1:02}</td><td>3</td></tr>"
        for n in numbers
    )
    return (
        '<!DOCTYPE html><meta charset="utf-8"><title>공지</title><table><thead><tr><th>번호</th><th>제목</th><th>부서</th>'
        f"<th>등록일</th><th>조회</th></tr></thead><tbody>{rows}</tbody></table>{following}"
    )


def board_post(number: int) -> str:
    """A post of that board."""
    return (
        f'<!DOCTYPE html><meta charset="utf-8"><title>공지</title><div class="view"><h3>햇살 임대주택 {number}호 입주자 모집 공고</h3>'
        f"<dl><dt>등록일</dt><dd>2026-11-{number % 20 + 1:02}</dd><dt>담당부서</dt><dd>주택과</dd></dl>"
        f'<div class="content"><p>햇살마을 {number}호의 입주자를 모집합니다.</p><p>접수는 행정복지센터에서 합니다.</p></div></div>'
    )


def write_source(home: Path, name: str, endpoint: str, lines: str = "", tables: str = "") -> None:
    """Put a source file into a home folder."""
    folder = home / "sources"
    folder.mkdir(parents=True, exist_ok=True)
    text = f'title = "{name}"\npublisher = "햇살시"\npage = "{endpoint}"\nendpoint = "{endpoint}"\n{lines}\n{tables}\n'
    (folder / f"{name}.toml").write_text(text, "utf-8")


def by_host(sites: Mapping[str, Handler]) -> Handler:
    """One handler for many hosts; a host that says nothing of robots.txt has none."""

    def answer(request: Request) -> Response:
        return sites[request.host](request) if request.host in sites else MISSING

    return answer


@dataclass
class Walker:
    """Walks sources over stand-ins into a store, without a network; `asked` holds every request, in order."""

    store: Store
    sources: dict[str, Source]
    asked: list[Request] = field(default_factory=list)
    now: datetime = NOON

    def walk(self, name: str, handler: Handler, label: str = "") -> Walk:
        """Walk a source to its end."""
        return self.walk_all([name], handler, label)[0]

    def walk_all(self, names: Iterable[str], handler: Handler, label: str = "", most: int | None = None) -> list[Walk]:
        """Walk sources in turns, as one crawl does, within the budgets of their hosts; killed after the `most` answers."""
        infos = {source.name: source.info for source in self.sources.values()}
        ledger, sources = (
            Ledger(self.store, Intake(self.store, infos), lambda: self.now),
            [self.sources[n] for n in names],
        )
        ledger.plan(sources)
        walks = [Walk(source, ledger) for source in sources]
        asks = deque((walk, walk.open()) for walk in walks)
        while asks and most != 0:
            walk, ask = asks.popleft()
            most = None if most is None else most - 1
            for step in self._steps(walk, ledger, ask, handler, label):
                if isinstance(step, Turn):
                    pipeline.store(ledger, step)
                else:
                    asks.append((walk, step))
        if most != 0:
            assert all(walk.over for walk in walks)
            ledger.close()
        return walks

    def _steps(self, walk: Walk, ledger: Ledger, ask: Ask, handler: Handler, label: str) -> Iterator[Step]:
        host = budget.name(urlsplit(ask.url).hostname)
        most = budgets([walk.source]).get(host, BUDGET)
        if walk.source.key is None and not ledger.may_ask_host(host, most):
            return walk.failed(ask, spent(host, most))
        return walk.answered(ask, self._answer(ask, handler, label))

    def _answer(self, ask: Ask, handler: Handler, label: str) -> Answer:
        parts = urlsplit(ask.url)
        headers = {"if-none-match": ask.etag, "if-modified-since": ask.last_modified}
        request = Request(
            "GET" if ask.form is None else "POST",
            parts.netloc,
            parts.path,
            dict(parse_qsl(parts.query, keep_blank_values=True)),
            dict(ask.form or {}),
            {name: value for name, value in headers.items() if value},
            label,
        )
        self.asked.append(request)
        response = handler(request)
        body = response.body.encode() if isinstance(response.body, str) else response.body
        if response.status == 302:
            to = response.headers["Location"]
            followed = self._answer(replace(ask, url=f"{parts.scheme}://{parts.netloc}{to}"), handler, label)
            return replace(followed, redirected=True)
        return Answer(
            response.status, ask.url, body, response.headers.get("ETag"), response.headers.get("Last-Modified"), False
        )


@contextmanager
def walker(home: Path) -> Iterator[Walker]:
    """A walker over the sources of a home folder and the built-in ones."""
    with Store.open(home / "jiballim.db") as store:
        yield Walker(store, load(home / "sources"))
