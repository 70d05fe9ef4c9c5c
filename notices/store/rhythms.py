"""On which days each list had posts, by which its silence is told; only as long as it is asked the same way."""

from __future__ import annotations

import json
from collections.abc import Iterable
from datetime import date

from notices.store.connection import Connection

KEPT = 300
"""Posting days of a list that are kept."""


class Rhythms:
    """Table rhythm: one row a source."""

    def __init__(self, connection: Connection) -> None:
        self._db = connection

    def days(self, source: str, asked: str) -> frozenset[date]:
        """Return the posting days known of a list; none where it was asked otherwise (`asked`) when they were seen."""
        said = self._db.value("SELECT days FROM rhythm WHERE source = ? AND asked = ?", (source, asked))
        return frozenset(map(date.fromisoformat, json.loads(said))) if said else frozenset()

    def put(self, source: str, asked: str, days: Iterable[date]) -> None:
        """Keep the newest posting days of a list in place of those that were known."""
        said = json.dumps([day.isoformat() for day in sorted(days)[-KEPT:]])
        self._db.execute("INSERT OR REPLACE INTO rhythm VALUES (?, ?, ?)", (source, asked, said))
