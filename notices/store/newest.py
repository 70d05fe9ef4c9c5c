"""The newest events of many selections, fast: their ids first, what they say only where it is not known yet."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace

from notices.store.connection import Connection
from notices.store.events import Events
from notices.store.selection import CURATED, EVERYWHERE, HIDDEN, beside
from notices.store.views import Event, Selection

RARE = 4_000
"""Up to so many announcements of a tag are looked up one by one; for more, events are read from the newest back."""

_CODES = (
    "WITH RECURSIVE one (value) AS (SELECT min(value) FROM tag WHERE name = 'region'"
    " UNION ALL SELECT (SELECT min(value) FROM tag WHERE name = 'region' AND value > one.value) FROM one"
    " WHERE one.value IS NOT NULL) SELECT value FROM one WHERE value IS NOT NULL"
)


class Newest:
    """Table event by selection, for outlets that ask hundreds of selections at once."""

    def __init__(self, connection: Connection, events: Events) -> None:
        self._db, self._events = connection, events

    def ids(self, selection: Selection, limit: int) -> list[int]:
        """Ids of a selection's newest events, newest first; words and times of a selection are not looked at."""
        if selection.beside:
            return sorted({n for one in _apart(selection) for n in self.ids(one, limit)}, reverse=True)[:limit]
        terms, values = _plain(selection, "event.announcement_id")
        tags = self._tags(selection)
        rare = bool(tags) and self._count(tags) <= RARE
        for condition, tagged in tags:
            terms.append(_tagged("event.announcement_id", condition, rare))
            values += tagged
        join = "JOIN" if rare or selection.closes_from or selection.closes_to else "CROSS JOIN"
        rows = self._db.rows(
            f"SELECT event.id FROM event {join} announcement ON announcement.id = event.announcement_id"
            f" WHERE {' AND '.join(terms) or '1'} ORDER BY event.id DESC LIMIT ?",
            (*values, limit),
        )
        return [row[0] for row in rows]

    def dated(self, selection: Selection, limit: int) -> list[int]:
        """Ids of a selection's announcements with a deadline, the soonest first; give it `closes_from`."""
        if selection.beside:
            return list(dict.fromkeys(n for one in _apart(selection) for n in self.dated(one, limit)))[:limit]
        terms, values = _plain(replace(selection, events=()), "announcement.id")
        tags = self._tags(selection)
        for condition, tagged in tags:
            terms.append(_tagged("announcement.id", condition, rare=False))
            values += tagged
        rows = self._db.rows(
            f"SELECT id FROM announcement WHERE {' AND '.join(terms)} ORDER BY closes, id LIMIT ?",
            (*values, limit),
        )
        return [row[0] for row in rows]

    def events(self, ids: Iterable[int]) -> dict[int, Event]:
        """These events, by id."""
        rows = self._db.among(
            "SELECT event.*, notice.source FROM event JOIN notice ON notice.id = notice_id WHERE event.id IN (?*)", ids
        )
        return {event.id: event for event in self._events._views(rows)}

    def _count(self, tags: list[tuple[str, list[object]]]) -> int:
        return min(
            int(self._db.value(f"SELECT count(*) FROM (SELECT 1 FROM tag WHERE {c} LIMIT ?)", (*v, RARE + 1)))
            for c, v in tags
        )

    def _tags(self, selection: Selection) -> list[tuple[str, list[object]]]:
        """The conditions on the table tag, each for one announcement."""
        wanted = (
            ("supply", selection.supply),
            ("audience", selection.audience),
            ("source", selection.sources),
            ("region", self._codes(selection.regions) if selection.regions else ()),
        )
        return [
            (f"name = '{name}' AND value IN ({','.join('?' * len(found))})", list[object](found))
            for name, found in wanted
            if found
        ]

    def _codes(self, regions: tuple[str, ...]) -> tuple[str, ...]:
        """The tags that answer to these prefixes: a whole 시·도 to each 시·군·구 in it, the whole country to all."""
        wide = {code[:2] + "000" for code in regions if len(code) > 2} | set(EVERYWHERE)
        known = [row[0] for row in self._db.rows(_CODES)]
        return (*sorted(wide), *(code for code in known if code.startswith(regions) and code not in wide))


def _apart(selection: Selection) -> tuple[Selection, Selection]:
    """A selection with sources beside it as two without."""
    return replace(selection, beside=()), beside(selection)


def _plain(selection: Selection, announcement_id: str) -> tuple[list[str], list[object]]:
    """The terms on the tables event and announcement themselves."""
    terms: list[str] = []
    values: list[object] = []
    if selection.curated:
        terms.append(f"{announcement_id} IN ({CURATED})")
        values += [selection.curated, selection.curated]
    if selection.unless_hidden:
        terms.append(f"{announcement_id} NOT IN ({HIDDEN})")
        values.append(selection.unless_hidden)
    for column, wanted in (
        ("announcement.section", selection.sections),
        ("announcement.kind", selection.kinds),
        ("event.kind", selection.events),
    ):
        if wanted:
            terms.append(f"{column} IN ({','.join('?' * len(wanted))})")
            values += wanted
    for term, value in (
        ("announcement.relevant = ?", selection.relevant),
        ("announcement.closes >= ?", selection.closes_from and selection.closes_from.isoformat()),
        ("announcement.closes <= ?", selection.closes_to and selection.closes_to.isoformat()),
    ):
        if value is not None:
            terms.append(term)
            values.append(value)
    return terms, values


def _tagged(announcement_id: str, condition: str, rare: bool) -> str:
    if rare:
        return f"{announcement_id} IN (SELECT announcement_id FROM tag WHERE {condition})"
    return f"EXISTS (SELECT 1 FROM tag WHERE announcement_id = {announcement_id} AND {condition})"
