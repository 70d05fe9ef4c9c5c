"""How often an operation of an API was asked on a day, and whether its provider wants no more of it that day."""

from __future__ import annotations

from datetime import date

from notices.store.connection import Connection

KEPT = 40  # days of counts that are kept


class Quota:
    """Table quota: one row an operation and day (KST)."""

    def __init__(self, connection: Connection) -> None:
        self._db = connection

    def asked(self, operation: str, day: date) -> int:
        """How often an operation was asked on a day."""
        return int(
            self._db.value("SELECT asked FROM quota WHERE operation = ? AND day = ?", (operation, day.isoformat())) or 0
        )

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

    def rest(self, operation: str, day: date) -> None:
        """Note that an operation is not to be asked again on this day."""
        with self._db.transaction():
            self._put(operation, day, 0, 1)
            self._db.execute("DELETE FROM quota WHERE day < ?", (date.fromordinal(day.toordinal() - KEPT).isoformat(),))

    def _put(self, operation: str, day: date, asked: int, resting: int) -> None:
        self._db.execute(
            "INSERT INTO quota VALUES (?, ?, ?, ?) ON CONFLICT (operation, day) DO UPDATE SET"
            " asked = asked + excluded.asked, resting = max(resting, excluded.resting)",
            (operation, day.isoformat(), asked, resting),
        )
