"""What notices changed in silence, by the events that told it."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field

from notices.store.columns import changes
from notices.store.connection import Connection


@dataclass(slots=True)
class Told:
    """The event by which a notice was told first (0: never), and for each field the last one that told an edit of it."""

    first: int = 0
    edits: dict[str, int] = field(default_factory=dict)


def told(connection: Connection, notice_ids: Iterable[int]) -> dict[int, Told]:
    """Return what was told of notices, by id; events count up in the order of time."""
    found: dict[int, Told] = {}
    rows = connection.among(
        "SELECT id, notice_id, edition, changes FROM event WHERE notice_id IN (?*) ORDER BY id", notice_ids
    )
    for row in rows:
        of = found.setdefault(row["notice_id"], Told())
        if row["edition"] > 1:
            of.edits |= dict.fromkeys((change.field for change in changes(row["changes"])), row["id"])
        else:
            of.first = of.first or row["id"]
    return found
