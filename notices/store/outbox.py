"""The outbox: every message is intended, marked sending before it leaves, and sent only when the receiver agreed."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterable
from contextlib import AbstractContextManager
from datetime import datetime
from html import escape

from notices.store.columns import moment, when
from notices.store.connection import Connection
from notices.store.views import Delivery

STRUCK = "(내린 공고)"
TOLD = 120  # characters of a title that messages show
SAYING = 8  # characters; a shorter title may be a part of other words
STATES = ("intended", "sending", "sent", "failed", "unknown", "given_up")


class Outbox:
    """Tables delivery and cursor. A target is named by its id; addresses and secrets stay in the environment."""

    def __init__(self, connection: Connection) -> None:
        self._db = connection

    def intend(
        self,
        batch: str,
        target: str,
        route: str,
        subject: str,
        text: str,
        html: str | None,
        due: datetime,
        *,
        confirmable: bool = False,
    ) -> bool:
        """Intend one message, once for each batch and target; False if it was intended before.

        `confirmable` says that the receiver recognises a repeat (by the delivery's id), so that a crash while sending
        is cured by sending again. Intend all messages of a batch and `advance` its route in one `transaction`.
        """
        with self._db.transaction():
            written = self._db.execute(
                "INSERT INTO delivery (batch, target, route, state, due, subject, text, html, confirmable, updated)"
                " VALUES (?, ?, ?, 'intended', ?, ?, ?, ?, ?, ?) ON CONFLICT (batch, target) DO NOTHING",
                (batch, target, route, moment(due), subject, text, html, confirmable, moment(due)),
            )
            return written.rowcount == 1

    def together(self) -> AbstractContextManager[None]:
        """Commit what is marked and what is taken inside at once: one write to the disk for each message."""
        return self._db.transaction()

    def redact(self, title: str) -> None:
        """Strike a withdrawn notice's title out of all messages, as text and as HTML; a very short one says nothing."""
        if len(title) < SAYING:
            return
        short = title if len(title) <= TOLD else title[: TOLD - 1].rstrip() + "…"
        marked = escape(short, quote=False).replace('"', "&#34;").replace("'", "&#39;")
        for words in dict.fromkeys((title, short, escape(short, quote=False), marked)):
            for column in ("subject", "text", "html"):
                self._db.execute(
                    f"UPDATE delivery SET {column} = replace({column}, ?, ?) WHERE instr({column}, ?)",
                    (words, STRUCK, words),
                )

    def claim_due(self, now: datetime, limit: int = 100, *, confirmable: bool | None = None) -> list[Delivery]:
        """Take messages that are due, oldest first, of one kind or all; committed as "sending" before this returns."""
        only = "" if confirmable is None else f"AND confirmable = {int(confirmable)}"
        with self._db.transaction():
            ids = [
                row["id"]
                for row in self._db.rows(
                    "SELECT id FROM delivery WHERE state IN ('intended', 'failed') AND due <= ?"
                    f" {only} ORDER BY due, id LIMIT ?",
                    (moment(now), limit),
                )
            ]
            self._db.many(
                "UPDATE delivery SET state = 'sending', attempts = attempts + 1, updated = ? WHERE id = ?",
                [(moment(now), n) for n in ids],
            )
        rows = self._db.among("SELECT * FROM delivery WHERE id IN (?*)", ids)
        return [_delivery(row) for row in sorted(rows, key=lambda row: ids.index(row["id"]))]

    def mark_sent(self, delivery_id: int, at: datetime) -> None:
        """The receiver agreed: never again to this target."""
        self._mark(delivery_id, "sent", at, None)

    def mark_failed(self, delivery_id: int, error: str, retry_at: datetime, at: datetime) -> None:
        """The receiver refused or was not reached: again at `retry_at`."""
        self._mark(delivery_id, "failed", at, error, retry_at)

    def mark_unknown(self, delivery_id: int, error: str, at: datetime) -> None:
        """Nobody can say whether it arrived: not repeated, and reported."""
        self._mark(delivery_id, "unknown", at, error)

    def give_up(self, delivery_id: int, error: str, at: datetime) -> None:
        """Stop trying, and report it."""
        self._mark(delivery_id, "given_up", at, error)

    def postpone(self, delivery_id: int, due: datetime) -> None:
        """Put back what was taken but not sent, until the quiet hours end; it counts as no attempt."""
        with self._db.transaction():
            self._db.execute(
                "UPDATE delivery SET state = 'intended', attempts = attempts - 1, due = ? WHERE id = ? AND state = 'sending'",
                (moment(due), delivery_id),
            )

    def pull_in(self, latest: datetime, due: datetime) -> int:
        """Make due what waits for a time after `latest`, as a clock that was wrong had dated it; returns how many."""
        with self._db.transaction():
            return self._db.execute(
                "UPDATE delivery SET due = ? WHERE state IN ('intended', 'failed') AND due > ?",
                (moment(due), moment(latest)),
            ).rowcount

    def retry(self, delivery_id: int, due: datetime) -> None:
        """Intend again what was given up or is unknown, because a person asked for it."""
        with self._db.transaction():
            self._db.execute(
                "UPDATE delivery SET state = 'intended', due = ?, updated = ?"
                " WHERE id = ? AND state IN ('given_up', 'unknown', 'failed')",
                (moment(due), moment(due), delivery_id),
            )

    def recover(self, now: datetime) -> list[Delivery]:
        """Settle what a crash left "sending": intended again where the receiver recognises a repeat, else unknown.

        Call it only under the writer's lock. Returns what it settled.
        """
        with self._db.transaction():
            ids = [row["id"] for row in self._db.rows("SELECT id FROM delivery WHERE state = 'sending'")]
            self._db.execute(
                "UPDATE delivery SET state = iif(confirmable, 'intended', 'unknown'),"
                " error = '보내는 도중에 프로그램이 끊겼습니다.', updated = ? WHERE state = 'sending'",
                (moment(now),),
            )
        rows = self._db.among("SELECT * FROM delivery WHERE id IN (?*) ORDER BY id", ids)
        return [_delivery(row) for row in rows]

    def get(self, delivery_id: int) -> Delivery | None:
        """One delivery."""
        row = self._db.row("SELECT * FROM delivery WHERE id = ?", (delivery_id,))
        return None if row is None else _delivery(row)

    def deliveries(
        self,
        *,
        batch: str | None = None,
        states: Iterable[str] = (),
        since: datetime | None = None,
        limit: int = 1000,
    ) -> list[Delivery]:
        """Deliveries, newest first, of a batch, in some states, changed at or after a time."""
        wanted, terms, values = tuple(states), ["1"], []
        if batch is not None:
            terms.append("batch = ?")
            values.append(batch)
        if wanted:
            terms.append(f"state IN ({','.join('?' * len(wanted))})")
            values += wanted
        if since is not None:
            terms.append("updated >= ?")
            values.append(moment(since))
        sql = f"SELECT * FROM delivery WHERE {' AND '.join(terms)} ORDER BY id DESC LIMIT ?"
        return [_delivery(row) for row in self._db.rows(sql, (*values, limit))]

    def batches(self, route: str | None = None, limit: int = 1000) -> list[str]:
        """The batches that were intended, newest first, of one route or of all."""
        only = "" if route is None else "WHERE route = ?"
        sql = f"SELECT batch FROM delivery {only} GROUP BY batch ORDER BY max(id) DESC LIMIT ?"
        return [row["batch"] for row in self._db.rows(sql, (limit,) if route is None else (route, limit))]

    def cursor(self, route: str) -> int | None:
        """The id of the last event that a route was told of; None if it was told nothing yet."""
        found: int | None = self._db.value("SELECT event_id FROM cursor WHERE route = ?", (route,))
        return found

    def advance(self, route: str, event_id: int) -> None:
        """Note that a route was told all events up to this one; it never goes back."""
        with self._db.transaction():
            self._db.execute(
                "INSERT INTO cursor VALUES (?, ?) ON CONFLICT (route) DO UPDATE SET"
                " event_id = max(event_id, excluded.event_id)",
                (route, event_id),
            )

    def _mark(self, delivery_id: int, state: str, at: datetime, error: str | None, due: datetime | None = None) -> None:
        with self._db.transaction():
            self._db.execute(
                "UPDATE delivery SET state = ?, error = ?, updated = ?, due = coalesce(?, due)"
                " WHERE id = ? AND state = 'sending'",
                (state, error, moment(at), None if due is None else moment(due), delivery_id),
            )


def _delivery(row: sqlite3.Row) -> Delivery:
    return Delivery(
        id=row["id"],
        batch=row["batch"],
        target=row["target"],
        route=row["route"],
        state=row["state"],
        attempts=row["attempts"],
        due=when(row["due"]),
        subject=row["subject"],
        text=row["text"],
        html=row["html"],
        error=row["error"],
        updated=when(row["updated"]),
    )
