"""A desk, its store and announcements of an invented town, for the tests of this room."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from datetime import date, datetime, timedelta
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

from desk.centre import Blog, Desk
from desk.draft import Draft, Line, Section
from notices.intake import Intake
from notices.model import Notice, PageRead
from notices.store import SourceInfo, Store
from notices.store.views import Post

SEOUL = ZoneInfo("Asia/Seoul")
NOW = datetime(2026, 9, 3, 9, tzinfo=SEOUL)
TODAY = NOW.date()
CITY = SourceInfo("haetsal", "햇살시 고시공고", "햇살시", "41480", page_url="https://haetsal.example.kr/", licence="1")
CORP = SourceInfo("sun-corp", "햇살도시공사 공고", "햇살도시공사", None, licence="unknown")
SOURCES = {source.name: source for source in (CITY, CORP)}
TITLE = "햇살마을 3단지 행복주택 예비입주자 모집"
HOSTILE = (
    "<script>alert(1)</script> \"'><img src=x onerror=alert(1)> [embed]https://evil.example/[/embed] {{< raw >}} {% raw %}"
    " ]]> --- `rm` **굵게** [글](javascript:alert(1)) www.evil.example\u202e @everyone &lt;b&gt; :: # 1. \\"
)


def desk(**said: Any) -> Desk:
    """The desk of 파주."""
    words: dict[str, Any] = {
        "name": "paju", "title": "파주시 주거복지센터", "codes": ("41480",), "regions": ("4148",),
        "audience": ("청년",), "blogs": (), "feedback_url": "https://paju.example.kr/ask",
    }  # fmt: skip
    return Desk(**(words | said))


def blog(kind: str, **said: Any) -> Blog:
    return Blog(**({"name": kind, "kind": kind} | said))


def notice(key: str = "101", title: str = TITLE, **said: Any) -> Notice:
    words: dict[str, Any] = {
        "source": CITY.name, "key": key, "title": title, "url": f"https://haetsal.example.kr/view?no={key}",
        "posted": date(2026, 9, 1), "fields": {"closes": "2026-09-12T17:00", "opens": "2026-09-09", "supply": "행복주택"},
        "body": "햇살마을에서 청년과 신혼부부를 모십니다.\n주택형\t호수\n26A\t84\n문의: 031-123-4567", "detail": True,
    }  # fmt: skip
    return Notice(**(words | said))


def take(store: Store, *notices: Notice, at: datetime = NOW - timedelta(days=1)) -> None:
    """Store notices as a crawl would."""
    store.sources.sync(SOURCES.values())
    for each in notices:
        Intake(store, SOURCES).take(None, PageRead(each.source, "list", at, (each,), {}))


def correction(key: str = "102", **said: Any) -> Notice:
    fields = {"closes": "2026-09-19T17:00", "opens": "2026-09-09", "supply": "행복주택"}
    return notice(key, f"[정정공고] {TITLE}", **({"fields": fields, "posted": date(2026, 9, 3)} | said))


def corrected(store: Store) -> None:
    take(store, correction(), at=NOW)


def store(folder: Path) -> Store:
    return Store.open(folder / "jiballim.db")


def draft(**said: Any) -> Draft:
    words: dict[str, Any] = {
        "slug": "notice-haetsal-101", "title": TITLE, "heading": "임대주택 공고", "excerpt": "무엇을: 행복주택",
        "sections": (Section("한눈에 보기", (Line("행복주택", "무엇을"),)), Section(lines=(Line("끝."),), listed=False)),
        "uid": "haetsal:101", "source_url": "https://haetsal.example.kr/view?no=101", "source_org": "햇살시",
        "licence": "1", "edition": 1, "posted": date(2026, 9, 1), "updated": date(2026, 9, 2), "tags": ("행복주택",),
    }  # fmt: skip
    return Draft(**(words | said))


def post(**said: Any) -> Post:
    words: dict[str, Any] = {
        "centre": "paju", "notice_id": 1, "announcement_id": 1, "target": "wordpress", "state": "posting",
        "slug": "notice-haetsal-101", "remote": None, "url": None, "digest": None, "event_id": 0, "at": NOW,
        "outdated": False,
    }  # fmt: skip
    return Post(**(words | said))


def known(before: Post, put: Any) -> Post:
    """The post as the store would know it after a posting."""
    return replace(before, state=put.state, remote=put.remote, url=put.url, digest=put.digest)


ENVIRONMENT: Mapping[str, str] = {"WP_USER": "writer", "WP_PASSWORD": "abcd efgh ijkl mnop qrst uvwx"}
