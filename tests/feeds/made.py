"""Announcements and events made by hand: invented places and publishers, every field settable."""

from __future__ import annotations

from datetime import date, datetime, timedelta
from typing import Any

from feeds.channel import KST, Channel
from notices.model import Attachment, Change, EventKind, Fact, Region
from notices.store.views import Announcement, Event, Seen

AT = datetime(2026, 9, 1, 10, 0, tzinfo=KST)


def fact(name: str, value: str | int) -> Fact:
    return Fact(name, value, str(value), "body")


def seen(**given: Any) -> Seen:
    words: dict[str, Any] = {
        "notice_id": 1, "source": "haetsal", "source_title": "햇살도시공사 공고", "publisher": "햇살도시공사", "key": "101",
        "title": "햇살마을 1단지 국민임대 예비입주자 모집", "url": "https://example.org/notice/101",
        "posted": date(2026, 9, 1), "relation": "original", "reason": "", "licence": "1",
    }  # fmt: skip
    return Seen(**(words | given))


def announcement(**given: Any) -> Announcement:
    words: dict[str, Any] = {
        "id": 1, "uid": "haetsal:101", "title": "햇살마을 1단지 국민임대 예비입주자 모집",
        "url": "https://example.org/notice/101", "kind": "모집", "section": "임대주택공고", "status": "공고중",
        "supply": ("국민임대",), "audience": ("청년", "고령자"), "regions": (Region("경기도 파주시", "41480"),),
        "facts": {
            "opens": fact("opens", "2026-09-09"), "closes": fact("closes", "2026-09-12T17:00"),
            "homes": fact("homes", 84), "deposit": fact("deposit", 10_800_000), "rent": fact("rent", 54_000),
            "announces": fact("announces", "2026-11-20"),
        },
        "posted": date(2026, 9, 1), "first_seen": AT, "updated": AT, "corrected": False, "cancelled": False,
        "publisher": "햇살도시공사", "body": "햇살마을 1단지에서 입주자를 모십니다.\n주택형\t호수\n26A\t84",
        "attachments": (Attachment("모집공고문.hwp", "https://example.org/file/1.hwp"), Attachment("평면도.pdf", "https://example.org/file/2.pdf")),
        "seen": (seen(),),
    }  # fmt: skip
    return Announcement(**(words | given))


def event(number: int = 1, kind: EventKind = EventKind.NEW, **given: Any) -> Event:
    told = given.pop("announcement", None) or announcement()
    words: dict[str, Any] = {
        "id": number, "guid": f"tag:jiballim,2026:haetsal/{100 + number}", "kind": kind,
        "at": AT + timedelta(hours=number - 1), "title": told.title, "url": f"https://example.org/notice/{100 + number}",
        "posted": date(2026, 9, 1), "source": "haetsal", "announcement": told, "changes": (), "original_guid": None,
        "original_title": None, "original_url": None, "reason": "",
    }  # fmt: skip
    return Event(**(words | given))


def corrected() -> list[Event]:
    """An original, its correction and the list of winners that followed, newest first, as the store hands them out."""
    told = announcement(corrected=True)
    first = event(1, announcement=told)
    back = {"original_guid": first.guid, "original_title": first.title, "original_url": first.url}
    closes = Change("closes", "2026-09-12", "2026-09-19")
    second = event(
        2, EventKind.REVISION, announcement=told, title="[정정공고] " + told.title, changes=(closes,), **back
    )
    third = event(3, EventKind.FOLLOW_UP, announcement=told, title="[당첨자발표] " + told.title, **back)
    return [third, second, first]


def channel(**given: Any) -> Channel:
    words: dict[str, Any] = {
        "stem": "region/41480", "title": "집알림: 파주시", "about": "파주시의 새 공고", "base_url": "https://feeds.example.org/feeds/",
        "guid": "https://feeds.example.org/feeds/region/41480", "home": "https://feeds.example.org/",
    }  # fmt: skip
    return Channel(**(words | given))
