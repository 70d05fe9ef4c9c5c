"""Announcements, events and runs of an invented town, for the tests of this room."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta
from typing import Any

from notices.model import Change, EventKind, Fact, Region, RunState
from notices.store.views import Announcement, Event, RunView
from notify.routes import Centre, Route
from notify.workdays import SEOUL

NOW = datetime(2026, 11, 24, 8, 30, tzinfo=SEOUL)
PAJU = Region("경기도 파주시", "41480")
ROUTE = Route("staff", "파주시주거복지센터 아침", urls_env=("JIBALLIM_URLS_PAJU",))
CENTRE = Centre(
    "paju", "파주시주거복지센터", ("41480",), (ROUTE,), "https://jip.example.kr/paju/", "https://jip.example.kr/q"
)


def announcement(number: int = 1, title: str = "햇살마을 3단지 예비입주자 모집", **changed: Any) -> Announcement:
    """Make an announcement; `closes` and `opens` are ISO texts or None."""
    closes, opens = changed.pop("closes", "2026-12-04"), changed.pop("opens", None)
    facts = {n: Fact(n, v, v, "body") for n, v in (("closes", closes), ("opens", opens)) if v}
    values: dict[str, Any] = {
        "id": number, "uid": f"sun:{number}", "title": title, "url": f"https://sun.example.kr/notice/{number}",
        "kind": "모집", "section": "임대주택공고", "status": None, "supply": ("국민임대",), "audience": (),
        "regions": (PAJU,), "facts": facts, "posted": date(2026, 11, 23), "corrected": False, "cancelled": False,
        "first_seen": datetime(2026, 11, 23, 9, tzinfo=UTC), "updated": datetime(2026, 11, 23, 9, tzinfo=UTC),
        "publisher": "햇살도시공사", "body": "", "attachments": (), "seen": (),
    }  # fmt: skip
    return Announcement(**{**values, **changed})


def event(number: int = 1, kind: EventKind = EventKind.NEW, changes: tuple[Change, ...] = (), **said: Any) -> Event:
    """Make an event about an announcement of the same number (`about_kind` is the announcement's)."""
    said = {name.removeprefix("about_"): value for name, value in said.items()}
    about = said.pop("announcement", None) or announcement(number, **said)
    return Event(
        id=number, guid=f"guid-{number}", kind=kind, at=datetime(2026, 11, 23, 23, tzinfo=UTC), title=about.title,
        url=about.url, posted=about.posted, source="sun", announcement=about, changes=changes, original_guid=None,
        original_title=None, original_url=None, reason="",
    )  # fmt: skip


def run(number: int, source: str = "sun", state: RunState = RunState.DONE, **said: Any) -> RunView:
    """Make the run of a source `number` hours before now."""
    started = NOW - timedelta(hours=number)
    values: dict[str, Any] = {
        "id": 1000 - number, "source": source, "source_title": said.pop("title", "햇살시 고시공고"), "state": state,
        "started": started, "finished": started, "reason": None, "sentence": None, "listed": 10, "new": 0,
        "changed": 0, "details": 0, "requests": 1,
    }  # fmt: skip
    return RunView(**{**values, **said})
