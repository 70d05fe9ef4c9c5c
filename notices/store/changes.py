"""What changed since an outlet last looked, and by what announcements can be told apart."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field

from notices.store.connection import Connection

MANY = 2_000
"""Beyond so many changes, building everything anew is the shorter way."""

_VALUES = (  # from value to value along the key, instead of over every tag
    "WITH RECURSIVE one (value) AS (SELECT min(value) FROM tag WHERE name = ?1"
    " UNION ALL SELECT (SELECT min(value) FROM tag WHERE name = ?1 AND value > one.value) FROM one"
    " WHERE one.value IS NOT NULL)"
    " SELECT ?1 AS name, value FROM one WHERE value IS NOT NULL AND EXISTS (SELECT 1 FROM tag JOIN announcement"
    " ON announcement.id = announcement_id WHERE name = ?1 AND tag.value = one.value AND relevant)"
)
_NAMES = ("region", "supply", "audience", "source")


@dataclass(frozen=True, slots=True)
class Facets:
    """Values by which selections find announcements; region "" is the whole country, sources carry their titles."""

    regions: tuple[str, ...] = ()
    supply: tuple[str, ...] = ()
    audience: tuple[str, ...] = ()
    sections: tuple[str, ...] = ()
    sources: Mapping[str, str] = field(default_factory=dict)


class Changes:
    """Table change, and the tags of announcements."""

    def __init__(self, connection: Connection) -> None:
        self._db = connection

    def mark(self) -> dict[str, object]:
        """Where the contents stand: equal marks mean that no announcement, event or source has changed."""
        sources = self._db.rows("SELECT name, title, publisher, licence FROM source ORDER BY name")
        return {
            "serial": int(self._db.value("SELECT coalesce(max(serial), 0) FROM change")),
            "event": int(self._db.value("SELECT coalesce(max(id), 0) FROM event")),
            "sources": [list(row) for row in sources],
        }

    def since(self, mark: Mapping[str, object]) -> dict[int, Facets] | None:
        """The announcements changed since a mark with their facets of now, none for one that is gone.

        None where that cannot be said, or of too many.
        """
        now, before = self.mark(), mark.get("serial")
        if not isinstance(before, int) or mark.get("sources") != now["sources"]:
            return None
        rows = self._db.rows("SELECT announcement_id FROM change WHERE serial > ? LIMIT ?", (before, MANY + 1))
        return None if len(rows) > MANY else self._facets(row[0] for row in rows)

    def facets(self) -> Facets:
        """The facets of all relevant announcements."""
        found = [row for name in _NAMES for row in self._db.rows(_VALUES, (name,))]
        sections = self._db.rows("SELECT DISTINCT section FROM announcement WHERE relevant")
        return self._group([(row[0], row[1]) for row in found], [row[0] for row in sections])

    def _facets(self, announcement_ids: Iterable[int]) -> dict[int, Facets]:
        ids = list(announcement_ids)
        tags: dict[int, list[tuple[str, str]]] = {}
        for row in self._db.among("SELECT * FROM tag WHERE announcement_id IN (?*)", ids):
            tags.setdefault(row["announcement_id"], []).append((row["name"], row["value"]))
        sections = {r[0]: r[1] for r in self._db.among("SELECT id, section FROM announcement WHERE id IN (?*)", ids)}
        return {n: self._group(tags.get(n, []), [sections[n]] if n in sections else []) for n in ids}

    def _group(self, tags: list[tuple[str, str]], sections: list[str]) -> Facets:
        values: dict[str, list[str]] = {}
        for name, value in sorted(tags):
            values.setdefault(name, []).append(value)
        names = values.get("source", [])
        titles = {r[0]: r[1] for r in self._db.among("SELECT name, title FROM source WHERE name IN (?*)", names)}
        return Facets(
            tuple(values.get("region", ())),
            tuple(values.get("supply", ())),
            tuple(values.get("audience", ())),
            tuple(sorted(s for s in sections if s)),
            {name: titles.get(name, name) for name in names},
        )
