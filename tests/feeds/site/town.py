"""A small invented town on one day: a home that closes today, one corrected, one not yet open, one always open, one closed,
one without a deadline, one cancelled, one help of housing welfare."""

from __future__ import annotations

import json
from datetime import date, datetime
from pathlib import Path
from typing import Any

from feeds.channel import KST, Site
from feeds.faq import Answer
from feeds.publish import publish_shelf
from feeds.site.publish import Written, publish_site
from feeds.site.shelf import Heard
from notices.model import Change, EventKind, Fact, Region, RunState
from notices.store.views import Announcement, Event
from tests.feeds.made import announcement, event, fact, seen
from tests.feeds.shelf import MadeShelf
from tests.feeds.site.shelf import MadeSiteShelf, run

DAY = date(2026, 9, 12)
SITE = Site("https://feeds.example.org/", "집알림", "https://feeds.example.org/ask")
SEOUL, PAJU = Region("서울특별시 강서구", "11500"), Region("경기도 파주시", "41480")
FAQ = (
    Answer("예비입주자는 무엇인가요?", "빈집이 나면 순서대로 들어갈 사람입니다.\n순서는 당첨자 발표에 나옵니다.", "햇살도시공사 안내",
           "https://example.org/help", date(2026, 9, 1), "처음 오신 분"),
)  # fmt: skip


def told(number: int, title: str, *, opens: str = "", closes: str = "", **given: object) -> Announcement:
    facts: dict[str, Fact] = {"homes": fact("homes", 20 + number)}
    facts |= {name: fact(name, value) for name, value in (("opens", opens), ("closes", closes)) if value}
    words: dict[str, object] = {
        "id": number, "uid": f"haetsal:{number}", "title": title, "url": f"https://example.org/notice/{number}",
        "facts": facts, "seen": (seen(notice_id=number, key=str(number), url=f"https://example.org/notice/{number}"),),
        "attachments": (), "regions": (PAJU,), "audience": (), "first_seen": datetime(2026, 9, 2, 9, tzinfo=KST),
    }  # fmt: skip
    return announcement(**(words | given))


def announcements() -> list[Announcement]:
    corrected = announcement(
        id=2, uid="haetsal:102", corrected=True, first_seen=datetime(2026, 9, 1, 9, tzinfo=KST),
        title="[정정공고] 햇살마을 1단지 국민임대 예비입주자 모집",
        facts={
            "opens": fact("opens", "2026-09-09T10:00"), "closes": fact("closes", "2026-09-19T17:00"),
            "homes": fact("homes", 84), "deposit": fact("deposit", 10_800_000), "rent": fact("rent", 54_000),
            "announces": fact("announces", "2026-11-20"), "apply": fact("apply", "행정복지센터"),
            "contact": fact("contact", "햇살도시공사 031-000-1234"), "papers_from": fact("papers_from", "2026-10-01"),
            "papers_to": fact("papers_to", "2026-10-05"), "contract_from": fact("contract_from", "2026-12-01"),
            "move_in": fact("move_in", "2027-01"),
        },
        seen=(
            seen(), seen(notice_id=3, key="103", relation="revision", url="https://example.org/notice/103", posted=date(2026, 9, 11)),
            seen(notice_id=9, key="109", relation="follow_up", title="[접수현황] 햇살마을 1단지", url="https://example.org/notice/109"),
        ),
    )  # fmt: skip
    return [
        told(1, "구름언덕 2단지 행복주택 입주자 모집", opens="2026-09-01", closes="2026-09-12T17:00", supply=("행복주택",),
             audience=("청년", "신혼부부"), regions=(SEOUL,)),
        corrected,
        told(3, "별빛뜰 영구임대 예비입주자 모집", opens="2026-10-01", closes="2026-10-05", supply=("영구임대",)),
        told(4, "솔바람 행복주택 상시모집", opens="2026-09-01", closes="2029-10-01", supply=("행복주택",), regions=(SEOUL,)),
        told(5, "새벽숲 매입임대 입주자 모집", opens="2026-08-20", closes="2026-09-05", supply=("매입임대",)),
        told(6, "은하수 전세임대 모집 안내", supply=("전세임대",), regions=()),
        told(7, "달무리 국민임대 모집", closes="2026-09-30", cancelled=True),
        told(8, "햇살구 이사비 지원사업 안내", kind="지원사업", section="주거복지사업", supply=(), closes="2026-11-30",
             first_seen=datetime(2026, 9, 12, 6, tzinfo=KST), posted=date(2026, 9, 11)),
        told(9, "여러 해 전 햇살마을 모집", closes="2024-02-01", posted=date(2024, 1, 10)),
    ]  # fmt: skip


def events(all_told: list[Announcement]) -> list[Event]:
    by = {one.id: one for one in all_told}
    first = [event(n, announcement=one, title=one.title, url=one.url) for n, one in by.items()]
    changes = (
        Change("closes", "2026-09-12", "2026-09-19T17:00"), Change("announces", "2026-11-13", "2026-11-20"),
        Change("body", None, None),
    )  # fmt: skip
    revision = event(
        20, EventKind.REVISION, announcement=by[2], title=by[2].title, changes=changes, posted=date(2026, 9, 11),
        at=datetime(2026, 9, 11, 9, tzinfo=KST), original_guid="haetsal:102", original_title="처음", original_url=by[2].url,
    )  # fmt: skip
    return [*first, revision]


def shelf() -> MadeSiteShelf:
    every = announcements()
    heard = [
        Heard("햇살도시공사 공고", "https://example.org/list", run(), run()),
        Heard("구름구청 고시공고", "https://gu.example.org/list", run(RunState.FAILED, "목록이 비어 있습니다."), None),
    ]
    return MadeSiteShelf(every, events(every), heard)


def publish(folder: Path, made: MadeSiteShelf | None = None, day: date = DAY, by: Site = SITE) -> Written:
    """Publish feeds and page of the town."""
    made = made or shelf()
    publish_shelf(MadeShelf(made.each), folder, by, day)
    return publish_site(made, folder, by, day, FAQ)


def current(folder: Path) -> Any:
    """What the index of the filters says: a script that sets one value, written as JSON."""
    said = (folder / "current.js").read_text("utf-8")
    return json.loads(said.removeprefix("window.current=").removesuffix(";\n"))
