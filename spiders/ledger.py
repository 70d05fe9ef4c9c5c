"""What a crawl asks of the store and writes to it: runs, pages taken whole, what is known of each list."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Mapping
from datetime import date, datetime

from notices.intake import Intake, Taken
from notices.model import Notice, PageRead, RunState
from notices.store import PageState, Store
from spiders.asks import Answer
from spiders.budget import PART, budgets
from spiders.drift import Seen
from spiders.kept import Pages
from spiders.reasons import Reason
from spiders.registry import Source
from spiders.revisits import MISSED, Due, planned

RECENT = 200
"""Stored posts that a list is held against."""

PORTION = 8
"""Requests to a host that are counted ahead at a time; so many too many are counted after a crash."""

LISTED = (RunState.PARTIAL, MISSED)
"""How a run ends whose list was whole, though not every post could be looked at again."""

Clock = Callable[[], datetime]
"""Gives the time with its zone, Asia/Seoul; handed in, so that a replayed day stays that day."""


class Ledger:
    """The store as one crawl sees it."""

    def __init__(self, store: Store, intake: Intake, clock: Clock, pages: Pages | None = None) -> None:
        self._store, self._intake, self.clock, self._pages = store, intake, clock, pages
        self._granted: Counter[tuple[str, date]] = Counter()
        self._again: dict[str, Due] = {}

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
        return {n.key: Seen(n.title, n.posted, n.fields) for n in self._store.notices.latest(source, RECENT)}

    def rhythm(self, source: Source, listed: Iterable[date]) -> frozenset[date]:
        """Keep the posting days that a list shows; returns all that are known of it."""
        known = self._store.rhythms.days(source.name, source.asked)
        days = known | {day for day in listed if day <= self.clock().date()}
        if days != known:
            self._store.rhythms.put(source.name, source.asked, days)
        return days

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

    def may_ask_host(self, host: str, most: int) -> bool:
        """Count a request to a host; False where today's budget is spent. `close` when all is asked."""
        place = host, self.clock().date()
        if not self._granted[place]:
            self._grant({host: most})
        if not self._granted[place]:
            return False
        self._granted[place] -= 1
        return True

    def _grant(self, most: Mapping[str, int]) -> None:
        today = self.clock().date()
        self._granted.update({(host, today): n for host, n in self._store.quota.grant(most, today, PORTION).items()})

    def close(self) -> None:
        """Give back what was counted ahead and not asked."""
        unused = +self._granted
        self._granted.clear()
        if unused:
            self._store.quota.give_back(unused)

    def plan(self, sources: Iterable[Source]) -> None:
        """Choose which posts of these sources are looked at again, before the first of them is read."""
        chosen = {source.name: source for source in sources}
        most, now = budgets(chosen.values()), self.clock()
        due = self._store.revisits.due((s.name for s in chosen.values() if s.details and s.revisit), now)

        def room(source: Source, place: str) -> int:
            limit = most.get(place, source.budget) if source.key is None else source.key.quota
            return int(limit * PART) - self._store.quota.asked(place, now.date())

        self._again = planned(due, chosen, room, now)
        self._grant(most)

    def again(self, source: str) -> Due:
        """What was chosen to be looked at again of a source."""
        return self._again.get(source, Due())

    def said(self, notice_id: int) -> Notice | None:
        """What a stored notice says now."""
        return self._store.notices.get(notice_id)

    def rest(self, operation: str) -> None:
        """Leave an API's operation alone until tomorrow."""
        self._store.quota.rest(operation, self.clock().date())

    def complete(self, source: str) -> bool:
        """Whether the last run of a source read its list whole, so that "not changed" may be believed."""
        last = self._store.runs.last(source)
        return last is not None and (last.state is RunState.DONE or (last.state, last.reason) == LISTED)
