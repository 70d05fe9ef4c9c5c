"""The newest events of many selections, fast: their ids first, what they say only where it is not known yet."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import replace

from notices.store.connection import CHUNK, Connection
from notices.store.events import Events
from notices.store.selection import CURATED, EVERYWHERE, HIDDEN, beside
from notices.store.views import Event, Selection

RARE = 4_000
"""Up to so many announcements of a tag are looked up one by one; for more, events are read from the newest back."""

Tag = tuple[str, list[object]]
"""A condition on the table tag, with its values."""

_CODES = (
    "WITH RECURSIVE one (value) AS (SELECT min(value) FROM tag WHERE name = 'region'"
    " UNION ALL SELECT (SELECT min(value) FROM tag WHERE name = 'region' AND value > one.value) FROM one"
    " WHERE one.value IS NOT NULL) SELECT value FROM one WHERE value IS NOT NULL"
)


class Newest:
    """Table event by selection, for outlets that ask hundreds of selections at once."""

    def __init__(self, connection: Connection, events: Events) -> None:
        self._db, self._events = connection, events
        self._codes_at: tuple[int, tuple[str, ...]] = (-1, ())

    def ids(self, selection: Selection, limit: int) -> list[int]:
        """Ids of a selection's newest events, newest first; words and times of a selection are not looked at."""
        if selection.beside:
            return sorted({n for one in _apart(selection) for n in self.ids(one, limit)}, reverse=True)[:limit]
        terms, values = _plain(selection, "event.announcement_id")
        tags = self._tags(selection)
        rare = self._rarest(tags)
        for condition, tagged in tags:
            if (condition, tagged) != rare:
                terms.append(
                    f"EXISTS (SELECT 1 FROM tag WHERE announcement_id = event.announcement_id AND {condition})"
                )
                values += tagged
        if rare:
            return self._of_few(*rare, terms, values, limit)
        join = "JOIN" if selection.closes_from or selection.closes_to else "CROSS JOIN"
        rows = self._db.rows(
            f"SELECT event.id FROM event {join} announcement ON announcement.id = event.announcement_id"
            f" WHERE {' AND '.join(terms) or '1'} ORDER BY event.id DESC LIMIT ?",
            (*values, limit),
        )
        return [row[0] for row in rows]

    def _of_few(
        self, condition: str, tagged: list[object], terms: list[str], values: list[object], limit: int
    ) -> list[int]:
        """The newest events of a rare tag: an index alone puts all of them in order, then rows are read until enough."""
        among = f"SELECT id FROM event WHERE announcement_id IN (SELECT announcement_id FROM tag WHERE {condition})"
        ids = [row[0] for row in self._db.rows(f"{among} ORDER BY id DESC", tagged)]
        found: list[int] = []
        portion = min(2 * limit, CHUNK)
        for start in range(0, len(ids), portion):
            part = ids[start : start + portion]
            rows = self._db.rows(
                "SELECT event.id FROM event CROSS JOIN announcement ON announcement.id = event.announcement_id WHERE"
                f" {' AND '.join([*terms, f'event.id IN ({_marks(part)})'])} ORDER BY event.id DESC LIMIT ?",
                (*values, *part, limit - len(found)),
            )
            found += [row[0] for row in rows]
            if len(found) >= limit:
                break
        return found

    def dated(self, selection: Selection, limit: int) -> list[int]:
        """Ids of a selection's announcements with a deadline, the soonest first; give it `closes_from`."""
        if selection.beside:
            return list(dict.fromkeys(n for one in _apart(selection) for n in self.dated(one, limit)))[:limit]
        terms, values = _plain(replace(selection, events=()), "announcement.id")
        tags = self._tags(selection)
        for condition, tagged in tags:  # "+": the index on deadlines leads, and tells which rows need not be read
            terms.append(f"+announcement.id IN (SELECT announcement_id FROM tag WHERE {condition})")
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

    def stamps(self, ids: Iterable[int]) -> dict[int, tuple[int, int]]:
        """What changes with anything that these events say: the last change of the announcement, and the sources."""
        sources = hash(tuple(map(tuple, self._db.rows("SELECT name, title, publisher, licence, kind FROM source"))))
        rows = self._db.among(
            "SELECT event.id, coalesce(serial, 0) FROM event LEFT JOIN change"
            " ON change.announcement_id = event.announcement_id WHERE event.id IN (?*)",
            ids,
        )
        return {row[0]: (row[1], sources) for row in rows}

    def _rarest(self, tags: list[Tag]) -> Tag | None:
        """The tag of the fewest announcements, None where even that one has many."""
        sql = "SELECT count(*) FROM (SELECT 1 FROM tag WHERE {} LIMIT ?)"
        counted = [(int(self._db.value(sql.format(c), (*v, RARE + 1))), n) for n, (c, v) in enumerate(tags)]
        fewest, n = min(counted, default=(RARE + 1, 0))
        return tags[n] if fewest <= RARE else None

    def _tags(self, selection: Selection) -> list[Tag]:
        """The conditions on the table tag, each with its values."""
        wanted = (
            ("supply", selection.supply),
            ("audience", selection.audience),
            ("source", selection.sources),
            ("region", self._codes(selection.regions) if selection.regions else ()),
        )
        return [
            (f"name = '{name}' AND value IN ({_marks(found)})", list[object](found)) for name, found in wanted if found
        ]

    def _codes(self, regions: tuple[str, ...]) -> tuple[str, ...]:
        """The tags that answer to these prefixes: a whole 시·도 to each 시·군·구 in it, the whole country to all."""
        wide = {code[:2] + "000" for code in regions if len(code) > 2} | set(EVERYWHERE)
        return (*sorted(wide), *(code for code in self._known() if code.startswith(regions) and code not in wide))

    def _known(self) -> tuple[str, ...]:
        """All codes that are tags, asked again whenever an announcement was worked out anew."""
        serial = int(self._db.value("SELECT coalesce(max(serial), 0) FROM change"))
        if self._codes_at[0] != serial:
            self._codes_at = serial, tuple(row[0] for row in self._db.rows(_CODES))
        return self._codes_at[1]


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
            terms.append(f"{column} IN ({_marks(wanted)})")
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


def _marks(values: Sequence[object]) -> str:
    return ",".join("?" * len(values))
