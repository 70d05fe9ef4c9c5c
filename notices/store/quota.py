"""How often a host, or an operation of an API, was asked on a day, and whether its provider wants no more that day."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date

from notices.store.connection import Connection

KEPT = 40  # days of counts that are kept


class Quota:
    """Table quota: one row a day (KST) and operation: an API's host and path, or a host alone."""

    def __init__(self, connection: Connection) -> None:
        self._db = connection

    def asked(self, operation: str, day: date) -> int:
        """How often an operation was asked on a day."""
        return int(
            self._db.value("SELECT asked FROM quota WHERE operation = ? AND day = ?", (operation, day.isoformat())) or 0
        )

    def hosts(self, day: date) -> dict[str, int]:
        """How often each host was asked on a day, APIs left out."""
        rows = self._db.rows(
            "SELECT operation, asked FROM quota WHERE day = ? AND instr(operation, '/') = 0 AND asked > 0 ORDER BY 1",
            (day.isoformat(),),
        )
        return {row["operation"]: row["asked"] for row in rows}

    def take(self, operation: str, day: date, most: int) -> bool:
        """Count one more request, unless `most` are counted already or the operation rests."""
        with self._db.transaction():
            row = self._db.row(
                "SELECT asked, resting FROM quota WHERE operation = ? AND day = ?", (operation, day.isoformat())
            )
            if row is not None and (row["resting"] or row["asked"] >= most):
                return False
            self._put(operation, day, 1, 0)
        return True

    def grant(self, most: Mapping[str, int], day: date, portion: int) -> dict[str, int]:
        """Count a portion of requests for each of these names ahead, up to the `most` of each; returns what was granted.

        So a crash counts too many rather than too few. `give_back` what was not used.
        """
        granted = {}
        with self._db.transaction():
            for name, limit in most.items():
                granted[name] = max(0, min(portion, limit - self.asked(name, day)))
                if granted[name]:
                    self._put(name, day, granted[name], 0)
        return granted

    def give_back(self, unused: Mapping[tuple[str, date], int]) -> None:
        """Take what was granted and not used off the counts again, and forget the counts of long ago."""
        with self._db.transaction():
            for (name, day), count in unused.items():
                self._put(name, day, -count, 0)
            self._forget(max(day for _, day in unused))

    def rest(self, operation: str, day: date) -> None:
        """Note that an operation is not to be asked again on this day."""
        with self._db.transaction():
            self._put(operation, day, 0, 1)
            self._forget(day)

    def _forget(self, day: date) -> None:
        self._db.execute("DELETE FROM quota WHERE day < ?", (date.fromordinal(day.toordinal() - KEPT).isoformat(),))

    def _put(self, operation: str, day: date, asked: int, resting: int) -> None:
        self._db.execute(
            "INSERT INTO quota VALUES (?, ?, ?, ?) ON CONFLICT (operation, day) DO UPDATE SET"
            " asked = asked + excluded.asked, resting = max(resting, excluded.resting)",
            (operation, day.isoformat(), asked, resting),
        )
