"""Look at sources without storing their notices: the list once, one post, and where a list moved its other addresses."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from datetime import date
from pathlib import Path

from notices.intake import Taken
from notices.model import PageRead, RunState
from notices.store import Check, PageState
from spiders.asks import Answer, Ask
from spiders.budget import SPENT
from spiders.ledger import Ledger
from spiders.opening import NUMBER
from spiders.pages.records import Listing, Row
from spiders.reasons import Reason
from spiders.registry import Source
from spiders.remedies import Remedy
from spiders.spider import SourcesSpider
from spiders.walk import Step, Walk

ELSEWHERE = frozenset(
    {
        "moved",
        "http_error",
        "empty",
        "shell",
        "guard",
        "unreadable",
        "shape",
        "dns",
        "refused",
        "timeout",
        "tls",
        "network",
        "bootstrap",
    }
)
"""Reasons for which other addresses of a list are tried. Never for a site that asks not to be read."""


UNREACHED = frozenset({"dns", "refused", "timeout", "network"})
ENOUGH = 5
"""Sources without any answer that together mean that this machine has no network."""


class Blank(Ledger):
    """A ledger that knows nothing and keeps nothing; only requests to APIs are counted."""

    def begin(self, source: str) -> int:
        """Note nothing."""
        return 0

    def take(self, run_id: int, page: PageRead) -> Taken:
        """Store nothing."""
        return Taken()

    def finish(self, run_id: int, state: RunState, reason: Reason | None, counts: Mapping[str, int]) -> None:
        """Note nothing."""

    def rows(self, source: str) -> dict[str, str]:
        """Nothing is known, so that every row counts as new."""
        return {}

    def rhythm(self, source: Source, listed: Iterable[date]) -> frozenset[date]:
        """Nothing but what the list shows."""
        return frozenset(listed)

    def keep(self, source: str, answer: Answer, reason: Reason, title: str = "") -> None:
        """Keep nothing."""

    def page(self, source: str, place: str) -> PageState | None:
        """No page was ever read."""
        return None

    def plan(self, sources: Iterable[Source]) -> None:
        """Look at no known post again."""

    def complete(self, source: str) -> bool:
        """Nothing may be taken as unchanged."""
        return False


class Trial(Walk):
    """A walk that reads the first page of a list and one of its posts."""

    def __init__(self, source: Source, ledger: Ledger) -> None:
        super().__init__(replace(source, paging=replace(source.paging, pages=1)), ledger)
        self.given = source
        self._gathering = None  # one page is no list
        self.rows: tuple[Row, ...] = ()

    @property
    def stopped(self) -> bool:
        """Whether the look came to no end."""
        spent = self.reason is not None and self.reason.code == SPENT  # told like any other failure
        return not self.over or (self.state is RunState.ABORTED and not spent)

    def _opened(self, ask: Ask, answer: Answer, listing: Listing) -> Iterator[Step]:
        self.rows = listing.rows
        plain = [row for row in listing.rows if row.key and not row.pinned] or [row for row in listing.rows if row.key]
        if not plain:
            yield from super()._opened(ask, answer, listing)
            return
        one = next((row for row in plain if self.source.wants(row.title)), plain[0])
        self.source = replace(self.source, include=(), exclude=())
        yield from super()._opened(ask, answer, replace(listing, rows=(one,), next_page=None))


class TrialSpider(SourcesSpider):
    """Reads sources as trials."""

    kind = Trial


class Keeping(Trial):
    """A trial that keeps the two pages it read."""

    def __init__(self, source: Source, ledger: Ledger) -> None:
        super().__init__(source, ledger)
        self.pages: dict[str, Answer] = {}

    def answered(self, ask: Ask, answer: Answer) -> Iterator[Step]:
        """Keep an answer, then go on from it."""
        name = "detail" if ask.key else "before" if ask.number == NUMBER else "list"
        if name != "detail" or name not in self.pages:
            self.pages[name] = answer
        yield from super().answered(ask, answer)

    def save(self, folder: Path) -> None:
        """Write the pages and their addresses."""
        folder.mkdir(parents=True, exist_ok=True)
        for name, answer in self.pages.items():
            (folder / f"{name}.html").write_bytes(answer.body)
            (folder / f"{name}.url").write_text(answer.url + "\n", "utf-8")


class KeepingSpider(SourcesSpider):
    """Reads sources as trials that keep their pages."""

    kind = Keeping


def result(trial: Trial, source: Source, at: Ledger) -> Check:
    """Return what a look found."""
    state = {RunState.DONE: "works", RunState.PARTIAL: "part"}.get(trial.state, "fails")
    return Check(
        source.name,
        at.clock(),
        source.asked,
        state,
        trial.reason.code if trial.reason else "",
        trial.reason.sentence if trial.reason else "",
        listed=len(trial.rows),
        dated=sum(row.posted is not None for row in trial.rows),
        title=trial.rows[0].title[:80] if trial.rows else "",
    )


def astray(checks: Sequence[tuple[Source, Check]]) -> list[Source]:
    """Return the sources to look for elsewhere; none where nothing at all answered, for then the fault is here."""
    if len(checks) > ENOUGH and all(check.reason in UNREACHED for _, check in checks):
        return []
    return [source for source, check in checks if check.state == "fails" and check.reason in ELSEWHERE]


def mended(check: Check, tried: Sequence[tuple[Remedy, Trial]], known: Mapping[str, str]) -> Check:
    """Return the check with the first remedy that works; where posts of the list are known, it must show one of them."""
    for remedy, trial in tried:
        keys = {row.key for row in trial.rows}
        if trial.state is RunState.DONE and (not known or keys & known.keys()):
            return replace(
                check, state="moved", remedy=remedy.line, listed=len(trial.rows),
                dated=sum(row.posted is not None for row in trial.rows), title=trial.rows[0].title[:80],
            )  # fmt: skip
    return check
