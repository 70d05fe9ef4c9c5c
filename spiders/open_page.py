"""A page of a list while the posts behind it are read, and the batch of posts that stands for one behind the list."""

from __future__ import annotations

from collections import deque
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import datetime

from notices.model import Notice, OwnPage, PageRead
from spiders.asks import Answer, Ask, place
from spiders.pages.records import Row
from spiders.registry import Source
from spiders.revisits import AGAIN

AHEAD = 2
"""Posts asked for at a time: enough to keep one request under way, few enough to stop at once."""


@dataclass(slots=True)
class OpenPage:
    """What was gathered of a page so far; it is stored when nothing is waited for any more."""

    number: int
    answer: Answer
    rows: dict[str, str] = field(default_factory=dict)  # key -> fingerprint; "" is asked again next time
    waiting: dict[str, Row] = field(default_factory=dict)
    unasked: deque[Ask] = field(default_factory=deque)
    notices: list[Notice] = field(default_factory=list)
    following: Ask | None = None
    first: dict[str, Ask] = field(default_factory=dict)  # how each own page is asked for
    own: dict[str, OwnPage] = field(default_factory=dict)
    same: list[str] = field(default_factory=list)
    missed: list[str] = field(default_factory=list)

    def begin(self, asks: Sequence[Ask]) -> list[Ask]:
        """Put the asks of own pages in a row, and return those to begin with."""
        self.first = {str(ask.key): ask for ask in asks}
        self.unasked.extend(asks)
        return [self.unasked.popleft() for _ in range(min(AHEAD, len(asks)))]

    def drop_unasked(self) -> list[str]:
        """Wait no more for what was not asked for yet; returns the keys."""
        keys = [str(ask.key) for ask in self.unasked]
        self.unasked.clear()
        self.waiting = {key: row for key, row in self.waiting.items() if key not in keys}
        return keys

    @property
    def empty(self) -> bool:
        """Whether there is nothing to store."""
        return not (self.notices or self.same or self.missed)

    def read(self, source: Source, at: datetime, *, whole: bool) -> PageRead:
        """Return the page as it is stored; with its validators only where it is `whole`."""
        return PageRead(
            source=source.name,
            url="" if self.number == AGAIN else place(source, self.number),
            at=at,
            notices=tuple(self.notices),
            rows=self.rows,
            etag=self.answer.etag if whole else None,
            last_modified=self.answer.last_modified if whole else None,
            own=self.own,
            same=tuple(self.same),
            missed=tuple(self.missed),
        )
