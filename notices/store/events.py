"""Events: what is told about announcements, each once, under a guid made from the notice and its edition alone."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterable
from datetime import datetime

from notices.model import Change, EventKind, Notice
from notices.store.announcements import Announcements
from notices.store.columns import changes, day, moment, packed_changes, text_of_day, when
from notices.store.connection import Connection
from notices.store.selection import condition
from notices.store.views import Announcement, Event, Selection

_KINDS = {"original": EventKind.NEW, "revision": EventKind.REVISION, "follow_up": EventKind.FOLLOW_UP}


class Events:
    """Table event."""

    def __init__(self, connection: Connection, announcements: Announcements) -> None:
        self._db, self._announcements = connection, announcements

    def select(self, selection: Selection, limit: int = 100, after: int | None = None) -> list[Event]:
        """Events of the announcements meant, newest first; `after` is the id of an event that is known already."""
        terms, values = _terms(selection, after)
        rows = self._db.rows(
            "SELECT event.*, notice.source FROM event JOIN announcement ON announcement.id = event.announcement_id"
            f" JOIN notice ON notice.id = event.notice_id WHERE {terms} ORDER BY event.id DESC LIMIT ?",
            (*values, limit),
        )
        return self._views(rows)

    def ids(self, selection: Selection, limit: int) -> list[int]:
        """The ids of what `select` returns, for who knows most of these events already."""
        terms, values = _terms(selection, None)
        rows = self._db.rows(
            "SELECT event.id FROM event JOIN announcement ON announcement.id = event.announcement_id"
            f" WHERE {terms} ORDER BY event.id DESC LIMIT ?",
            (*values, limit),
        )
        return [row[0] for row in rows]

    def of(self, announcement_id: int) -> list[Event]:
        """All that was told of an announcement, oldest first."""
        return self.of_each([announcement_id]).get(announcement_id, [])

    def of_each(self, announcement_ids: Iterable[int]) -> dict[int, list[Event]]:
        """All that was told of each of these announcements, by id, oldest first, in a few queries."""
        rows = self._db.among(
            "SELECT event.*, notice.source FROM event JOIN notice ON notice.id = notice_id"
            " WHERE event.announcement_id IN (?*)",
            announcement_ids,
        )
        found: dict[int, list[Event]] = {}
        for event in sorted(self._views(rows), key=lambda event: event.id):
            found.setdefault(event.announcement.id, []).append(event)
        return found

    def last_id(self) -> int:
        """The id of the newest event, 0 without one."""
        return int(self._db.value("SELECT coalesce(max(id), 0) FROM event"))

    def tell(
        self,
        kind: EventKind,
        announcement_id: int,
        notice_id: int,
        notice: Notice,
        at: datetime,
        edition: int = 1,
        changed: Iterable[Change] = (),
        reason: str = "",
    ) -> None:
        """Tell one thing; what was told under the same guid is not told again."""
        guid = f"{notice.source}:{notice.key}" + (f"#{edition}" if edition > 1 else "")
        self._db.execute(
            "INSERT INTO event (guid, kind, at, announcement_id, notice_id, edition, title, url, posted, changes, reason)"
            " VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?) ON CONFLICT (guid) DO NOTHING",
            (
                guid,
                kind,
                moment(at),
                announcement_id,
                notice_id,
                edition,
                notice.title,
                notice.url,
                text_of_day(notice.posted),
                packed_changes(changed),
                reason,
            ),
        )

    def complete(self, notice_ids: Iterable[int], changed: Iterable[Change]) -> None:
        """Let a correction that one of these notices told say what it changes, if that was not known when it was told."""
        for notice_id in notice_ids:
            self._db.execute(
                "UPDATE event SET changes = ? WHERE notice_id = ? AND kind = ? AND edition = 1 AND changes = '[]'",
                (packed_changes(changed), notice_id, EventKind.REVISION),
            )

    def move(self, notice_id: int, announcement_id: int) -> None:
        """Let what a notice told go with it into another announcement."""
        self._db.execute("UPDATE event SET announcement_id = ? WHERE notice_id = ?", (announcement_id, notice_id))

    def turn(self, guid: str, relation: str) -> None:
        """Let an event say what its notice now is to its announcement; `same` leaves it as it was told."""
        if relation in _KINDS:
            self._db.execute("UPDATE event SET kind = ? WHERE guid = ?", (_KINDS[relation], guid))

    def ensure_new(self, announcement_id: int, notice_id: int, notice: Notice, at: datetime) -> None:
        """Tell an announcement as new if nothing of it was told as new."""
        told = "SELECT 1 FROM event WHERE announcement_id = ? AND kind = ?"
        if self._db.value(told, (announcement_id, EventKind.NEW)) is None:
            self.tell(EventKind.NEW, announcement_id, notice_id, notice, at)

    def revised(self, announcement_id: int) -> bool:
        """Whether a silent edit of an announcement was told."""
        sql = "SELECT 1 FROM event WHERE announcement_id = ? AND edition > 1"
        return self._db.value(sql, (announcement_id,)) is not None

    def erase(self, notice_id: int) -> None:
        """Remove what a notice told, and its words from what others told of its announcement."""
        self._db.execute(
            "UPDATE event SET changes = '[]' WHERE announcement_id = (SELECT announcement_id FROM notice WHERE id = ?)",
            (notice_id,),
        )
        self._db.execute("DELETE FROM event WHERE notice_id = ?", (notice_id,))

    def _views(self, rows: list[sqlite3.Row]) -> list[Event]:
        found = self._announcements.among(row["announcement_id"] for row in rows)
        first = self._first(list(found))
        return [_view(row, found[row["announcement_id"]], first.get(row["announcement_id"])) for row in rows]

    def _first(self, announcement_ids: Iterable[int]) -> dict[int, str]:
        """Under which guid each announcement was first told."""
        sql = (
            "SELECT announcement_id, guid FROM event WHERE id IN"
            " (SELECT min(id) FROM event WHERE announcement_id IN (?*) GROUP BY announcement_id)"
        )
        return {row["announcement_id"]: row["guid"] for row in self._db.among(sql, announcement_ids)}


def _terms(selection: Selection, after: int | None) -> tuple[str, list[object]]:
    terms, values = condition(selection)
    if selection.events:
        terms += f" AND event.kind IN ({','.join('?' * len(selection.events))})"
        values += selection.events
    for bound, term in ((selection.since, "event.at >= ?"), (selection.until, "event.at < ?")):
        if bound is not None:
            terms, values = f"{terms} AND {term}", [*values, moment(bound)]
    if after is not None:
        terms, values = f"{terms} AND event.id > ?", [*values, after]
    return terms, values


def _view(row: sqlite3.Row, announcement: Announcement, first: str | None) -> Event:
    original = next((s for s in announcement.seen if s.relation == "original"), None)
    follows = row["kind"] != EventKind.NEW and first is not None and first != row["guid"]
    return Event(
        id=row["id"],
        guid=row["guid"],
        kind=EventKind(row["kind"]),
        at=when(row["at"]),
        title=row["title"],
        url=row["url"],
        posted=day(row["posted"]),
        source=row["source"],
        announcement=announcement,
        changes=changes(row["changes"]) if follows else (),
        original_guid=first if follows else None,
        original_title=original.title if follows and original else None,
        original_url=original.url if follows and original else None,
        reason=row["reason"],
    )
