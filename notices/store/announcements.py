"""Announcements as the outlets see them: read in batches, each as its latest word stands."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterable

from notices.model import Fact, Notice, Reading
from notices.spoken import Voice, says
from notices.store.columns import day, moment, when
from notices.store.connection import Connection
from notices.store.edits import Told, told
from notices.store.notices import Notices
from notices.store.selection import condition
from notices.store.views import Announcement, Seen, Selection

ORDERS = {
    "updated": "updated DESC, id DESC",
    "posted": "posted IS NULL, posted DESC, id DESC",
    "closes": "closes IS NULL, closes, id",
}
_SEEN = (
    "SELECT notice.id, notice.source, notice.key, announcement_id, relation, reason, edition.title, edition.url, posted,"
    " coalesce(source.title, notice.source) AS source_title, coalesce(publisher, '') AS publisher,"
    " coalesce(licence, 'unknown') AS licence, coalesce(source.kind, 'board') AS kind"
    " FROM notice JOIN edition ON notice_id = notice.id AND number = edition"
    " LEFT JOIN source ON source.name = notice.source"
    " WHERE announcement_id IN (?*) ORDER BY posted IS NULL, posted, notice.id"
)


class Announcements:
    """Table announcement, for reading."""

    def __init__(self, connection: Connection, notices: Notices) -> None:
        self._db, self._notices = connection, notices

    def count(self) -> int:
        """How many announcements are known."""
        return int(self._db.value("SELECT count(*) FROM announcement"))

    def get(self, announcement_id: int) -> Announcement | None:
        """One announcement."""
        return self.among([announcement_id]).get(announcement_id)

    def find(self, uid: str) -> int | None:
        """The id of an announcement by its uid, or by the "<source>:<key>" of any notice in it."""
        found: int | None = self._db.value("SELECT id FROM announcement WHERE uid = ?", (uid,))
        if found is None:
            source, _, key = uid.partition(":")
            found = self._db.value("SELECT announcement_id FROM notice WHERE source = ? AND key = ?", (source, key))
        return found

    def select(self, selection: Selection, limit: int = 100, order: str = "updated") -> list[Announcement]:
        """The announcements meant, ordered by "updated" or "posted" (newest first) or "closes" (soonest first).

        `since` and `until` bound the time of the last news.
        """
        ids = self.ids(selection, limit, order)
        found = self.among(ids)
        return [found[n] for n in ids]

    def ids(self, selection: Selection, limit: int, order: str) -> list[int]:
        """The ids of what `select` returns."""
        terms, values = condition(selection)
        if selection.since:
            terms, values = f"{terms} AND announcement.updated >= ?", [*values, moment(selection.since)]
        if selection.until:
            terms, values = f"{terms} AND announcement.updated < ?", [*values, moment(selection.until)]
        sql = f"SELECT id FROM announcement WHERE {terms} ORDER BY {ORDERS[order]} LIMIT ?"
        return [row["id"] for row in self._db.rows(sql, (*values, limit))]

    def among(self, ids: Iterable[int]) -> dict[int, Announcement]:
        """These announcements, by id, in a few queries whatever their number."""
        rows = self._db.among("SELECT * FROM announcement WHERE id IN (?*)", dict.fromkeys(ids))
        leads = {row["lead_id"] for row in rows}
        tags, seen = self._tags(rows), self._seen(rows)
        said, read = self._notices.current(leads), self._completed(leads, seen)
        return {row["id"]: _view(row, said[row["lead_id"]], read[row["lead_id"]], tags, seen) for row in rows}

    def _completed(self, leads: set[int], seen: dict[int, list[Seen]]) -> dict[int, Reading]:
        """Readings of leading notices, completed by those that carry the same post elsewhere."""
        several = [places for places in seen.values() if len(places) > 1]
        read = self._notices.readings([*leads, *(s.notice_id for places in several for s in places)])
        corrected = [places for places in several if any(s.relation == "revision" for s in places)]
        news = told(self._db, (s.notice_id for places in corrected for s in places))
        for places in several:
            voices = [_voice(s, read[s.notice_id], news.get(s.notice_id, Told())) for s in places]
            lead = next((v for v in voices if v.id in leads), None)
            if lead is not None:
                read[lead.id] = says(lead, voices)
        return read

    def seen(self, announcement_id: int) -> tuple[Seen, ...]:
        """Where an announcement was seen, oldest first."""
        return tuple(_seen(row) for row in self._db.among(_SEEN, [announcement_id]))

    def _seen(self, rows: Iterable[sqlite3.Row]) -> dict[int, list[Seen]]:
        found: dict[int, list[Seen]] = {}
        for row in self._db.among(_SEEN, [row["id"] for row in rows]):
            found.setdefault(row["announcement_id"], []).append(_seen(row))
        return found

    def _tags(self, rows: Iterable[sqlite3.Row]) -> dict[tuple[int, str], list[str]]:
        found: dict[tuple[int, str], list[str]] = {}
        sql = "SELECT * FROM tag WHERE name IN ('supply', 'audience') AND announcement_id IN (?*)"
        for row in self._db.among(sql, [row["id"] for row in rows]):
            found.setdefault((row["announcement_id"], row["name"]), []).append(row["value"])
        return found


def _voice(seen: Seen, reading: Reading, told: Told) -> Voice:
    place = seen.notice_id, seen.source, seen.key, seen.url, seen.posted
    return Voice(*place, seen.relation, reading, told.first, told.edits)


def _view(
    row: sqlite3.Row,
    notice: Notice,
    reading: Reading,
    tags: dict[tuple[int, str], list[str]],
    seen: dict[int, list[Seen]],
) -> Announcement:
    facts: dict[str, Fact] = {}
    for fact in reading.facts:
        facts.setdefault(fact.field, fact)
    places = tuple(seen.get(row["id"], ()))
    return Announcement(
        id=row["id"],
        uid=row["uid"],
        title=row["title"],
        url=notice.url,
        kind=row["kind"],
        section=row["section"],
        status=row["status"],
        supply=tuple(tags.get((row["id"], "supply"), ())),
        audience=tuple(tags.get((row["id"], "audience"), ())),
        regions=reading.regions,
        facts=facts,
        posted=day(row["posted"]),
        first_seen=when(row["first_seen"]),
        updated=when(row["updated"]),
        corrected=bool(row["corrected"]),
        cancelled=bool(row["cancelled"]),
        publisher=next((s.publisher for s in places if s.notice_id == row["lead_id"]), ""),
        body=notice.body,
        attachments=notice.attachments,
        seen=places,
    )


def _seen(row: sqlite3.Row) -> Seen:
    return Seen(
        notice_id=row["id"],
        source=row["source"],
        source_title=row["source_title"],
        publisher=row["publisher"],
        key=row["key"],
        title=row["title"],
        url=row["url"],
        posted=day(row["posted"]),
        relation=row["relation"],
        reason=row["reason"],
        licence=row["licence"],
        kind=row["kind"],
    )
