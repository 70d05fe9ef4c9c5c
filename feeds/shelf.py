"""What publishing asks of the store, in its own words: few questions, so that tests can answer them by hand."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Protocol

from feeds.select import Facets
from notices.store.views import Announcement, Event, Selection

Mark = Mapping[str, object]
"""Where the store stands, as JSON; equal marks mean equal contents."""


class Shelf(Protocol):
    """The store as publishing sees it."""

    def mark(self) -> Mark:
        """Return where the store stands."""

    def facets(self) -> Facets:
        """Return the regions, supply types, audiences, sections and sources of all relevant announcements."""

    def touched(self, since: Mark) -> Sequence[Announcement] | None:
        """Return the announcements told, changed or merged since a mark; None where that cannot be said."""

    def events(self, selection: Selection, limit: int) -> Sequence[Event]:
        """Return a selection's events, newest first."""

    def announcements(self, selection: Selection, limit: int) -> Sequence[Announcement]:
        """Return a selection's announcements, the latest deadline first."""

    def told(self, ids: Sequence[int]) -> Mapping[int, Sequence[Event]]:
        """Return what was told of announcements, by their id, oldest first."""
