"""How each source answered when it was last looked at on this machine, apart from its runs."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from notices.store.columns import moment, when
from notices.store.connection import Connection

WORKS = ("works", "part")
"""The states of a source that may be read: list and post, or the list alone."""


@dataclass(frozen=True, slots=True)
class Check:
    """One look at a source: `state` is works, part (its posts cannot be read), moved or fails.

    `asked` stands for how the source was asked; a source that is asked otherwise since needs a new look. `remedy` is
    the line of its file that would mend it, where one was found.
    """

    source: str
    at: datetime
    asked: str
    state: str
    reason: str = ""
    sentence: str = ""
    remedy: str = ""
    listed: int = 0
    dated: int = 0
    title: str = ""  # of the first post

    @property
    def works(self) -> bool:
        """Whether the source may be read."""
        return self.state in WORKS


class Checks:
    """Table source_check: the latest look at each source."""

    def __init__(self, connection: Connection) -> None:
        self._db = connection

    def put(self, check: Check) -> None:
        """Keep a look, in place of the one before."""
        with self._db.transaction():
            self._db.execute(
                "INSERT OR REPLACE INTO source_check VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
                (
                    check.source, moment(check.at), check.asked, check.state, check.reason, check.sentence,
                    check.remedy, check.listed, check.dated, check.title,
                ),
            )  # fmt: skip

    def all(self) -> dict[str, Check]:
        """The latest look at each source, by name."""
        rows = self._db.rows("SELECT * FROM source_check ORDER BY source")
        return {row["source"]: Check(**{**dict(row), "at": when(row["at"])}) for row in rows}
