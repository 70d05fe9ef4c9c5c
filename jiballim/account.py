"""The account of a crawl in plain Korean: what was heard, what is new, corrected and failed; every number is a query."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import datetime

from notices.model import EventKind, RunState
from notices.store import Store
from notices.store.views import Event, RunView, Selection
from notices.wording import changes, say

SHOWN = 8
"""How many lines of a kind are shown; the rest is counted."""


@dataclass(frozen=True, slots=True)
class Account:
    """What happened from a time on, as the store holds it."""

    runs: tuple[RunView, ...]
    new: tuple[Event, ...]
    corrected: tuple[Event, ...]
    follow_ups: tuple[Event, ...]
    before: Mapping[str, RunView] = field(default_factory=dict)  # the last run of each source before that time

    @property
    def heard(self) -> tuple[RunView, ...]:
        """The runs that may be believed."""
        return tuple(run for run in self.runs if run.state in (RunState.DONE, RunState.PARTIAL))

    @property
    def troubled(self) -> tuple[RunView, ...]:
        """The runs that failed, or read a part only."""
        return tuple(run for run in self.runs if _is_ill(run))

    @property
    def delayed(self) -> tuple[RunView, ...]:
        """The latest run of each source that was read well, but left known posts for the next time."""
        latest = {run.source: run for run in self.runs}
        return tuple(run for run in latest.values() if run.state is RunState.DONE and run.reason)

    @property
    def fresh(self) -> tuple[RunView, ...]:
        """The troubled runs whose source was well before, or had another trouble: what nobody was told yet."""
        last, found = dict(self.before), []
        for run in self.runs:
            earlier = last.get(run.source)
            if _is_ill(run) and not (earlier and _is_ill(earlier) and earlier.reason == run.reason):
                found.append(run)
            if run.state is not RunState.RUNNING:
                last[run.source] = run
        return tuple(found)

    @property
    def recovered(self) -> tuple[RunView, ...]:
        """The last run of each source that was in trouble before and reads again."""
        latest = {run.source: run for run in self.runs if run.state is not RunState.RUNNING}
        return tuple(
            run
            for run in latest.values()
            if run.state is RunState.DONE and run.source in self.before and _is_ill(self.before[run.source])
        )

    @property
    def well(self) -> bool:
        """Whether every run of every source was read whole."""
        return not self.troubled

    def healed(self, run: RunView) -> bool:
        """Whether a source was read whole after this run failed."""
        return any(
            later.source == run.source and later.id > run.id and later.state == RunState.DONE for later in self.runs
        )


def account(store: Store, since: datetime) -> Account:
    """Ask the store for all that happened from a time on."""

    def told(kind: EventKind) -> tuple[Event, ...]:
        events = store.events.select(Selection(events=(kind,), since=since), limit=100_000)
        return tuple(sorted(events, key=lambda event: (event.at, event.source, event.guid)))

    return Account(
        tuple(reversed(store.runs.recent(since))),
        told(EventKind.NEW),
        told(EventKind.REVISION),
        told(EventKind.FOLLOW_UP),
        store.runs.before(since),
    )


def lines(of: Account) -> Iterator[str]:
    """Give the account line by line."""
    sources = len({run.source for run in of.runs})
    yield (
        f"들은 것   출처 {sources}곳을 {len(of.runs)}번 읽어 목록 {sum(run.listed for run in of.heard):,}줄을 보았습니다."
        f" (성공 {len(of.heard)}, 실패 {len(of.troubled)})"
    )
    yield f"새 공고   {len(of.new):,}건"
    yield from _some([_new(event) for event in of.new])
    yield f"정정      {len(of.corrected):,}건"
    yield from _some([f"{event.title}: {changes(event.changes)}" for event in of.corrected])
    if of.follow_ups:
        yield f"후속      {len(of.follow_ups):,}건 (발표·접수현황 등)"
        yield from _some([event.title for event in of.follow_ups])
    if of.delayed:
        yield f"미룬 것   출처 {len(of.delayed):,}곳"
        yield from _some([f"{run.source_title}: {run.sentence}" for run in of.delayed])
    yield from _troubles(of)


def _troubles(of: Account) -> Iterator[str]:
    """What went wrong: each trouble by name once, then by number until it changes or is over."""
    known = len({run.source for run in of.troubled} - {run.source for run in of.fresh})
    yield f"수집 이상 {len(of.troubled):,}건"
    yield from _some([_trouble(of, run) for run in of.fresh])
    if known:
        yield f"  · 지난번과 같은 것 {known:,}곳 (자세히: jiballim status)"
    if of.recovered:
        yield f"다시 읽힘 {len(of.recovered):,}곳"
        yield from _some([run.source_title for run in of.recovered])


def record(of: Account) -> dict[str, object]:
    """Return the account for --json."""
    return {
        "runs": [
            {
                "source": run.source, "state": run.state.value, "started": run.started, "listed": run.listed,
                "new": run.new, "changed": run.changed, "details": run.details, "reason": run.reason,
                "sentence": run.sentence, "healed": of.healed(run), "fresh": run in of.fresh,
            }
            for run in of.runs
        ],
        **{
            name: [_event(event) for event in events]
            for name, events in (("new", of.new), ("corrected", of.corrected), ("follow_ups", of.follow_ups))
        },
        "well": of.well,
    }  # fmt: skip


def _event(event: Event) -> dict[str, object]:
    return {
        "announcement": event.announcement.id,
        "guid": event.guid,
        "title": event.title,
        "url": event.url,
        "changes": [{"field": c.field, "old": c.old, "new": c.new} for c in event.changes],
    }


def _some(entries: list[str]) -> Iterator[str]:
    yield from (f"  · {entry}" for entry in entries[:SHOWN])
    if len(entries) > SHOWN:
        yield f"  · 그 밖에 {len(entries) - SHOWN:,}건"


def _new(event: Event) -> str:
    told = event.announcement
    closes = told.facts.get("closes")
    boards = len({seen.source for seen in told.seen})
    seen = f" (게시판 {boards}곳)" if boards > 1 else ""
    return f"{event.title} — 접수마감 {say('closes', closes.value if closes else None)}{seen}"


def _is_ill(run: RunView) -> bool:
    return run.state not in (RunState.DONE, RunState.RUNNING)


def _trouble(of: Account, run: RunView) -> str:
    healed = " → 그 뒤 다시 읽혔습니다." if of.healed(run) else ""
    return f"{run.source_title}: {run.sentence or run.reason or '읽지 못했습니다.'}{healed}"
