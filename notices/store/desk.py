"""Who is at the desk and what was done there: sessions by the digest of their token, and the log of actions."""

from __future__ import annotations

import sqlite3
from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime

from notices.store.columns import moment, when
from notices.store.connection import Connection


@dataclass(frozen=True, slots=True)
class Session:
    """Somebody who is logged in; `password` stands for the password that opened it, which may be another by now.

    `door` is the centre whose password that was, "" for that of all centres.
    """

    label: str
    password: str
    opened: datetime
    seen: datetime
    door: str = ""


@dataclass(frozen=True, slots=True)
class Action:
    """One thing done at the desk. It names announcements by number: a title would outlive what is withdrawn."""

    id: int
    at: datetime
    who: str
    centre: str
    what: str
    announcement_id: int | None
    note: str
    door: str = ""


class Sessions:
    """Table desk_session. A token itself is never stored."""

    def __init__(self, connection: Connection) -> None:
        self._db = connection

    def open(self, token: bytes, label: str, password: str, at: datetime, door: str = "") -> None:
        """Note a new session."""
        self._db.execute(
            "INSERT INTO desk_session (token, label, password, opened, seen, door) VALUES (?, ?, ?, ?, ?, ?)",
            (token, label, password, moment(at), moment(at), door),
        )

    def get(self, token: bytes) -> Session | None:
        """The session of a token's digest."""
        row = self._db.row("SELECT * FROM desk_session WHERE token = ?", (token,))
        if row is None:
            return None
        return Session(row["label"], row["password"], when(row["opened"]), when(row["seen"]), row["door"])

    def touch(self, token: bytes, at: datetime) -> None:
        """Note that a session was used."""
        self._db.execute("UPDATE desk_session SET seen = ? WHERE token = ?", (moment(at), token))

    def close(self, token: bytes) -> None:
        """End one session."""
        self._db.execute("DELETE FROM desk_session WHERE token = ?", (token,))

    def close_all(self, doors: Collection[str] | None = None) -> None:
        """End every session, or every one of these doors."""
        only, values = _among("door", doors)
        self._db.execute(f"DELETE FROM desk_session WHERE {only}", values)

    def prune(self, opened: datetime, seen: datetime, password: str, door: str = "") -> None:
        """Drop sessions opened or last seen before these times, or opened with another password of this door."""
        self._db.execute(
            "DELETE FROM desk_session WHERE opened < ? OR seen < ? OR (door = ? AND password != ?)",
            (moment(opened), moment(seen), door, password),
        )

    def count(self, doors: Collection[str] | None = None) -> int:
        """How many sessions are kept, of all or of these doors."""
        only, values = _among("door", doors)
        return int(self._db.value(f"SELECT count(*) FROM desk_session WHERE {only}", values))


class Log:
    """Table desk_log."""

    def __init__(self, connection: Connection) -> None:
        self._db = connection

    def note(
        self,
        at: datetime,
        who: str,
        what: str,
        centre: str = "",
        announcement_id: int | None = None,
        note: str = "",
        door: str = "",
    ) -> None:
        """Write one action; belongs into the transaction that does it."""
        self._db.execute(
            "INSERT INTO desk_log (at, who, centre, what, announcement_id, note, door) VALUES (?, ?, ?, ?, ?, ?, ?)",
            (moment(at), who, centre, what, announcement_id, note, door),
        )

    def recent(
        self, limit: int = 100, before: int | None = None, centres: Collection[str] | None = None
    ) -> list[Action]:
        """The latest actions, newest first; `before` an action's id, `centres` those that were acted for."""
        only, values = _among("centre", centres)
        sql = f"SELECT * FROM desk_log WHERE (? IS NULL OR id < ?) AND {only} ORDER BY id DESC LIMIT ?"
        return [_action(row) for row in self._db.rows(sql, (before, before, *values, limit))]

    def prune(self, before: datetime) -> None:
        """Forget what is older."""
        self._db.execute("DELETE FROM desk_log WHERE at < ?", (moment(before),))


def _among(column: str, wanted: Collection[str] | None) -> tuple[str, tuple[str, ...]]:
    """A condition that holds for all where nothing is wanted in particular."""
    return ("1", ()) if wanted is None else (f"{column} IN ({', '.join('?' * len(wanted))})", tuple(wanted))


def _action(row: sqlite3.Row) -> Action:
    return Action(
        row["id"], when(row["at"]), row["who"], row["centre"], row["what"], row["announcement_id"], row["note"],
        row["door"],
    )  # fmt: skip
