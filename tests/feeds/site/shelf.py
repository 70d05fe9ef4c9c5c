"""A store made by hand for the page: announcements with what was told of them, in memory."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date, datetime, timedelta

from feeds.channel import KST
from feeds.shelf import Mark
from feeds.site.shelf import Heard
from notices.model import RunState
from notices.store.changes import Facets
from notices.store.views import Announcement, Event, RunView
from tests.feeds.shelf import facets_of


class MadeSiteShelf:
    """Announcements by id; `asked` counts how many were read."""

    def __init__(self, told: Sequence[Announcement], events: Sequence[Event] = (), heard: Sequence[Heard] = ()) -> None:
        self.all = {one.id: one for one in told}
        self.each = list(events)
        self.sources = list(heard)
        self.serial = 1
        self.touched: list[tuple[int, int]] = []
        self.asked = 0

    def put(self, told: Announcement, *events: Event) -> None:
        """Add or change one."""
        self.all[told.id] = told
        self.each += events
        self._touch(told.id)

    def drop(self, announcement_id: int) -> None:
        """Let one be gone."""
        del self.all[announcement_id]
        self._touch(announcement_id)

    def _touch(self, announcement_id: int) -> None:
        self.serial += 1
        self.touched.append((self.serial, announcement_id))

    def mark(self) -> Mark:
        return {"serial": self.serial}

    def facets(self) -> Facets:
        each = [facets_of(told) for told in self.all.values()]

        def every(name: str) -> tuple[str, ...]:
            return tuple(sorted({value for facets in each for value in getattr(facets, name)}))

        return Facets(every("regions"), every("supply"), every("audience"), every("sections"))

    def changed(self, since: Mark) -> Sequence[int] | None:
        before = since.get("serial")
        return sorted({n for serial, n in self.touched if serial > before}) if isinstance(before, int) else None

    def current(self, day: date) -> Sequence[int]:
        return [n for n, told in sorted(self.all.items()) if _day(told) >= day - timedelta(days=60)]

    def after(self, announcement_id: int, limit: int) -> Sequence[int]:
        return [n for n in sorted(self.all) if n > announcement_id][:limit]

    def shown(self, ids: Sequence[int]) -> Sequence[int]:
        return [n for n in ids if n in self.all]

    def announcements(self, ids: Sequence[int]) -> Mapping[int, Announcement]:
        self.asked += len(ids)
        return {n: self.all[n] for n in ids if n in self.all}

    def told(self, ids: Sequence[int]) -> Mapping[int, Sequence[Event]]:
        return {n: [e for e in self.each if e.announcement.id == n] for n in ids}

    def posted(self, since: date) -> Sequence[tuple[str, str, int]]:
        found = [(t.posted.isoformat(), t.section, 1) for t in self.all.values() if t.posted and t.posted >= since]
        return sorted(found)

    def heard(self) -> Sequence[Heard]:
        return self.sources


def _day(told: Announcement) -> date:
    fact = told.facts.get("closes")
    try:
        return date.fromisoformat(str(fact.value)[:10]) if fact else told.posted or date.min
    except ValueError:
        return told.posted or date.min


def run(state: RunState = RunState.DONE, sentence: str | None = None, number: int = 1) -> RunView:
    at = datetime(2026, 9, 7, 6, 10, tzinfo=KST)
    return RunView(number, "haetsal", "햇살도시공사 공고", state, at, at, None, sentence, 20, 1, 0, 1, 3)
