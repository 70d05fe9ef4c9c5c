"""Runs: each crawl of each source, what it brought and whether it may be believed."""

from __future__ import annotations

import sqlite3
from collections.abc import Mapping
from datetime import datetime

from notices.model import RunState
from notices.store.columns import maybe_when, moment, when
from notices.store.connection import Connection
from notices.store.views import RunView

COUNTS = ("listed", "new", "changed", "details", "requests")
_VIEW = (
    "SELECT run.*, coalesce(source.title, run.source) AS source_title FROM run LEFT JOIN source ON name = run.source"
)


class Runs:
    """Table run."""

    def __init__(self, connection: Connection) -> None:
        self._db = connection

    def begin(self, source: str, at: datetime) -> int:
        """Note that a run starts; returns its id."""
        with self._db.transaction():
            cursor = self._db.execute(
                "INSERT INTO run (source, state, started) VALUES (?, ?, ?)", (source, RunState.RUNNING, moment(at))
            )
        assert cursor.lastrowid is not None
        return cursor.lastrowid

    def finish(
        self,
        run_id: int,
        state: RunState,
        at: datetime,
        reason: str | None = None,
        sentence: str | None = None,
        counts: Mapping[str, int] | None = None,
    ) -> None:
        """Note how a run ended; `counts` may hold listed, new, changed, details and requests."""
        counts = counts or {}
        if unknown := set(counts) - set(COUNTS):
            raise ValueError(f"unknown counts: {unknown}")
        with self._db.transaction():
            self._db.execute(
                "UPDATE run SET state = ?, finished = ?, reason = ?, sentence = ?, listed = ?, new = ?, changed = ?,"
                " details = ?, requests = ? WHERE id = ?",
                (state, moment(at), reason, sentence, *(counts.get(name, 0) for name in COUNTS), run_id),
            )

    def abort_unfinished(self) -> int:
        """Mark the runs that a crash left running, and count them; call it only under the writer's lock."""
        with self._db.transaction():
            return self._db.execute(
                "UPDATE run SET state = ?, reason = 'aborted', sentence = '수집이 도중에 끊겼습니다.' WHERE state = ?",
                (RunState.ABORTED, RunState.RUNNING),
            ).rowcount

    def get(self, run_id: int) -> RunView | None:
        """One run."""
        row = self._db.row(f"{_VIEW} WHERE run.id = ?", (run_id,))
        return None if row is None else _view(row)

    def last(self, source: str, *, believed: bool = False) -> RunView | None:
        """The latest run of a source; `believed` asks for the latest that taught something (done or partial)."""
        only = " AND state IN ('done', 'partial')" if believed else ""
        row = self._db.row(f"{_VIEW} WHERE run.source = ?{only} ORDER BY run.id DESC LIMIT 1", (source,))
        return None if row is None else _view(row)

    def last_of_each(self) -> list[RunView]:
        """The latest run of every source, by source."""
        latest = "WHERE run.id IN (SELECT max(id) FROM run GROUP BY source) ORDER BY run.source"
        return [_view(row) for row in self._db.rows(f"{_VIEW} {latest}")]

    def before(self, at: datetime) -> dict[str, RunView]:
        """The latest run of each source that started before a time."""
        latest = "WHERE run.id IN (SELECT max(id) FROM run WHERE started < ? GROUP BY source)"
        return {row["source"]: _view(row) for row in self._db.rows(f"{_VIEW} {latest}", (moment(at),))}

    def believed(self) -> frozenset[str]:
        """The sources that were ever read here."""
        rows = self._db.rows("SELECT DISTINCT source FROM run WHERE state IN ('done', 'partial')")
        return frozenset(row["source"] for row in rows)

    def troubled(self, since: datetime) -> list[RunView]:
        """The runs from a time on of every source of which one of them was not whole, newest first."""
        ill = "SELECT source FROM run WHERE started >= :since AND state NOT IN ('done', 'running')"
        rows = self._db.rows(
            f"{_VIEW} WHERE started >= :since AND run.source IN ({ill}) ORDER BY run.id DESC", {"since": moment(since)}
        )
        return [_view(row) for row in rows]

    def recent(self, since: datetime) -> list[RunView]:
        """Runs started at or after a time, newest first."""
        rows = self._db.rows(f"{_VIEW} WHERE started >= ? ORDER BY run.id DESC", (moment(since),))
        return [_view(row) for row in rows]


def _view(row: sqlite3.Row) -> RunView:
    return RunView(
        id=row["id"],
        source=row["source"],
        source_title=row["source_title"],
        state=RunState(row["state"]),
        started=when(row["started"]),
        finished=maybe_when(row["finished"]),
        reason=row["reason"],
        sentence=row["sentence"],
        **{name: row[name] for name in COUNTS},
    )
