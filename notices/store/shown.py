"""What a page of all announcements asks: which are current, which exist, which changed, how many came when."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import date

from notices.store.changes import Changes
from notices.store.connection import Connection


class Shown:
    """Table announcement, for pages; only relevant announcements are shown."""

    def __init__(self, connection: Connection, changes: Changes) -> None:
        self._db, self._changes = connection, changes

    def current(self, day: date, closed_from: date, posted_from: date, limit: int) -> list[int]:
        """Ids of those still open on a day, then those without a deadline posted since, then those closed since."""
        asked = (
            ("closes >= ? ORDER BY closes, id", day),
            ("closes IS NULL AND posted >= ? ORDER BY posted DESC, id DESC", posted_from),
        )
        found: list[int] = []
        for terms, value in asked:
            sql = f"SELECT id FROM announcement WHERE relevant AND {terms} LIMIT ?"
            found += [row[0] for row in self._db.rows(sql, (value.isoformat(), limit - len(found)))]
        sql = (
            "SELECT id FROM announcement WHERE relevant AND closes >= ? AND closes < ? ORDER BY closes DESC, id DESC"
            " LIMIT ?"
        )
        values = (closed_from.isoformat(), day.isoformat(), limit - len(found))
        return found + [row[0] for row in self._db.rows(sql, values)]

    def after(self, announcement_id: int, limit: int) -> list[int]:
        """The next ids, in order."""
        sql = "SELECT id FROM announcement WHERE relevant AND id > ? ORDER BY id LIMIT ?"
        return [row[0] for row in self._db.rows(sql, (announcement_id, limit))]

    def among(self, ids: Iterable[int]) -> list[int]:
        """Those of these ids that are shown."""
        return [row[0] for row in self._db.among("SELECT id FROM announcement WHERE relevant AND id IN (?*)", ids)]

    def changed(self, mark: Mapping[str, object]) -> list[int] | None:
        """Ids changed or gone since a mark of `changes`, however many; None where that cannot be said."""
        before = mark.get("serial")
        if not isinstance(before, int) or mark.get("sources") != self._changes.mark()["sources"]:
            return None
        rows = self._db.rows("SELECT announcement_id FROM change WHERE serial > ? ORDER BY announcement_id", (before,))
        return [row[0] for row in rows]

    def posted(self, since: date) -> list[tuple[str, str, int]]:
        """Day, section and number of those posted since, by day."""
        sql = (
            "SELECT posted, section, count(*) FROM announcement WHERE relevant AND posted >= ?"
            " GROUP BY posted, section ORDER BY posted, section"
        )
        return [(row[0], row[1], row[2]) for row in self._db.rows(sql, (since.isoformat(),))]
