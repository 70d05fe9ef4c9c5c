"""What publishing asks of the store, in its own words: few questions, so that tests can answer them by hand."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Protocol

from notices.store import Store
from notices.store.changes import Facets
from notices.store.views import Announcement, Event, Selection

Mark = Mapping[str, object]
"""Where the store stands, as JSON; equal marks mean equal contents."""


class Contents(Protocol):
    """What every publishing asks, of feeds as of pages."""

    def mark(self) -> Mark:
        """Return where the store stands."""

    def facets(self) -> Facets:
        """Return the facets of all relevant announcements."""

    def announcements(self, ids: Sequence[int]) -> Mapping[int, Announcement]:
        """Return these announcements, by id."""

    def told(self, ids: Sequence[int]) -> Mapping[int, Sequence[Event]]:
        """Return what was told of announcements, by their id, oldest first."""


class Shelf(Contents, Protocol):
    """The store as the publishing of feeds sees it."""

    def touched(self, since: Mark) -> Mapping[int, Facets] | None:
        """Return the announcements changed or gone since a mark, by id; None where that cannot be said."""

    def newest(self, selection: Selection, limit: int) -> list[int]:
        """Return the ids of a selection's events, newest first."""

    def events(self, ids: Sequence[int]) -> Mapping[int, Event]:
        """Return these events, by id."""

    def stamps(self, ids: Sequence[int]) -> Mapping[int, object]:
        """Return for each of these events what changes with anything that it says."""

    def dated(self, selection: Selection, limit: int) -> list[int]:
        """Return the ids of a selection's announcements with a deadline, the soonest first."""


class StoreContents:
    """The real store."""

    def __init__(self, store: Store) -> None:
        self._store = store

    def mark(self) -> Mark:
        return self._store.changes.mark()

    def facets(self) -> Facets:
        return self._store.changes.facets()

    def announcements(self, ids: Sequence[int]) -> Mapping[int, Announcement]:
        return self._store.announcements.among(ids)

    def told(self, ids: Sequence[int]) -> Mapping[int, Sequence[Event]]:
        return self._store.events.of_each(ids)


class StoreShelf(StoreContents):
    """The real store, for feeds."""

    def touched(self, since: Mark) -> Mapping[int, Facets] | None:
        return self._store.changes.since(since)

    def newest(self, selection: Selection, limit: int) -> list[int]:
        return self._store.newest.ids(selection, limit)

    def events(self, ids: Sequence[int]) -> Mapping[int, Event]:
        return self._store.newest.events(ids)

    def stamps(self, ids: Sequence[int]) -> Mapping[int, object]:
        return self._store.newest.stamps(ids)

    def dated(self, selection: Selection, limit: int) -> list[int]:
        return self._store.newest.dated(selection, limit)
