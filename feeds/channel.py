"""What a feed says of itself, the same in every format."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta, timezone

from feeds.centres import Centre
from feeds.entry import Entry

KST = timezone(timedelta(hours=9))
NEVER = datetime(2026, 1, 1, tzinfo=KST)
"""The date of a feed without entries: any fixed day, since now would change its bytes."""


FOLDER = "feeds"
"""Where feeds lie below the public folder, on disk as in addresses."""


@dataclass(frozen=True, slots=True)
class Site:
    """Who publishes: the public folder's address (ends in "/"), a title, where errors may be told, for which centres."""

    base_url: str
    title: str
    feedback_url: str | None = None
    centres: tuple[Centre, ...] = ()


@dataclass(frozen=True, slots=True)
class Channel:
    """A feed's title, words and address; `stem` is its path without ending ("region/41480"), base_url ends in "/"."""

    stem: str
    title: str
    about: str
    base_url: str
    guid: str
    home: str
    hub: str | None = None

    def address(self, ending: str) -> str:
        """Return the address of this feed in one format ("xml", "atom", "json", "ics")."""
        return f"{self.base_url}{self.stem}.{ending}"

    @property
    def style(self) -> str:
        """The stylesheet's address relative to the feed, so that it also works from a folder."""
        return "../" * self.stem.count("/") + "feed.css"


def updated(entries: Sequence[Entry]) -> datetime:
    """Return when a feed last changed: of its entries, never now."""
    return max((e.updated for e in entries), default=NEVER)
