"""What the page asks of the store, in its own words: few questions, so that tests can answer them by hand."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Protocol

from feeds.shelf import Contents, Mark, StoreContents
from notices.store.views import RunView

CURRENT = 5_000
"""So many announcements stand in lists, in the calendar and in the search; each has a page, however old."""

LOOK_BACK = timedelta(days=60)


@dataclass(frozen=True, slots=True)
class Heard:
    """A source: its title and page, its latest run and the latest that may be believed."""

    title: str
    url: str
    last: RunView | None
    good: RunView | None


class SiteShelf(Contents, Protocol):
    """The store as the page sees it."""

    def changed(self, since: Mark) -> Sequence[int] | None:
        """Return the ids changed or gone since a mark; None where that cannot be said."""

    def current(self, day: date) -> Sequence[int]:
        """Return the ids of those that stand in lists on a day."""

    def after(self, announcement_id: int, limit: int) -> Sequence[int]:
        """Return the next ids of all that have a page."""

    def shown(self, ids: Sequence[int]) -> Sequence[int]:
        """Return those of these ids that have a page."""

    def posted(self, since: date) -> Sequence[tuple[str, str, int]]:
        """Return day, section and number of those posted since."""

    def heard(self) -> Sequence[Heard]:
        """Return the sources that were listened to here."""


class StoreSiteShelf(StoreContents):
    """The real store, for pages."""

    def changed(self, since: Mark) -> Sequence[int] | None:
        return self._store.shown.changed(since)

    def current(self, day: date) -> Sequence[int]:
        return self._store.shown.current(day, day - LOOK_BACK, day - LOOK_BACK, CURRENT)

    def after(self, announcement_id: int, limit: int) -> Sequence[int]:
        return self._store.shown.after(announcement_id, limit)

    def shown(self, ids: Sequence[int]) -> Sequence[int]:
        return self._store.shown.among(ids)

    def posted(self, since: date) -> Sequence[tuple[str, str, int]]:
        return self._store.shown.posted(since)

    def heard(self) -> Sequence[Heard]:
        last = {run.source: run for run in self._store.runs.last_of_each()}
        return [
            Heard(s.title, s.page_url, last.get(s.name), self._store.runs.last(s.name, believed=True))
            for s in self._store.sources.all()
            if s.name in last
        ]
