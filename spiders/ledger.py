"""What a crawl asks of the store and writes to it: runs, pages taken whole, what is known of each list."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import datetime

from notices.intake import Intake, Taken
from notices.model import PageRead, RunState
from notices.store import PageState, Store
from spiders.asks import Answer
from spiders.drift import Seen
from spiders.kept import Pages
from spiders.reasons import Reason

RECENT = 200
"""Stored posts that a list is held against."""

Clock = Callable[[], datetime]
"""Gives the time with its zone, Asia/Seoul; handed in, so that a replayed day stays that day."""


class Ledger:
    """The store as one crawl sees it."""

    def __init__(self, store: Store, intake: Intake, clock: Clock, pages: Pages | None = None) -> None:
        self._store, self._intake, self.clock, self._pages = store, intake, clock, pages

    def begin(self, source: str) -> int:
        """Note that a run starts; returns its id."""
        return self._store.runs.begin(source, self.clock())

    def take(self, run_id: int, page: PageRead) -> Taken:
        """Store a page whole, or nothing of it."""
        return self._intake.take(run_id, page)

    def finish(self, run_id: int, state: RunState, reason: Reason | None, counts: Mapping[str, int]) -> None:
        """Note how a run ended."""
        code, sentence = (reason.code, reason.sentence) if reason else (None, None)
        self._store.runs.finish(run_id, state, self.clock(), code, sentence, counts)

    def rows(self, source: str) -> dict[str, str]:
        """The fingerprint of every row seen at a source, by key."""
        return self._store.sources.rows(source)

    def seen(self, source: str) -> dict[str, Seen]:
        """The newest stored posts of a source, by key."""
        return {n.key: Seen(n.title, n.posted) for n in self._store.notices.latest(source, RECENT)}

    def keep(self, source: str, answer: Answer, reason: Reason, title: str = "") -> None:
        """Keep a page that could not be read, for the engineer."""
        if self._pages is not None:
            self._pages.keep(source, answer, reason.code, self.clock(), title)

    def page(self, source: str, place: str) -> PageState | None:
        """A page of the list as it was last read."""
        return self._store.sources.page(source, place)

    def may_ask(self, operation: str, most: int) -> bool:
        """Count a request to an API; False where today's quota is spent."""
        return self._store.quota.take(operation, self.clock().date(), most)

    def rest(self, operation: str) -> None:
        """Leave an API's operation alone until tomorrow."""
        self._store.quota.rest(operation, self.clock().date())

    def complete(self, source: str) -> bool:
        """Whether the last run of a source read everything, so that "not changed" may be believed."""
        last = self._store.runs.last(source)
        return last is not None and last.state is RunState.DONE
