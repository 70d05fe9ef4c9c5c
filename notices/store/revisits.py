"""The own pages of notices that are to be looked at again: how each is asked for, and when."""

from __future__ import annotations

import hashlib
import sqlite3
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import TYPE_CHECKING

from notices import revisiting
from notices.store.columns import day, moment, packed, unpacked, when
from notices.store.connection import Connection

if TYPE_CHECKING:
    from notices.model import OwnPage, PageRead

_TERMS = (
    "SELECT notice.id, reading.kind, edition.posted, notice.first_seen, source.kind AS of,"
    " max(reading.relevant, coalesce(announcement.relevant, 0)) AS relevant, announcement.closes,"
    " (SELECT max(value) FROM fact WHERE notice_id = notice.id AND field = 'closes') AS own,"
    " revisit.failures, revisit.due"
    " FROM notice JOIN reading ON reading.notice_id = notice.id"
    " JOIN edition ON edition.notice_id = notice.id AND number = notice.edition"
    " LEFT JOIN announcement ON announcement.id = announcement_id LEFT JOIN source ON source.name = notice.source"
    " LEFT JOIN revisit ON revisit.notice_id = notice.id WHERE notice.id IN (?*)"
)


@dataclass(frozen=True, slots=True)
class Revisit:
    """A page that is due. `read` is when it was last had whole, `heading` a digest of the title it bore then."""

    notice_id: int
    source: str
    key: str
    url: str
    form: Mapping[str, str] | None
    etag: str | None
    last_modified: str | None
    heading: bytes | None
    read: datetime
    due: datetime
    last: date  # on which the notice counts as open


def heading(title: str | None) -> bytes | None:
    """Return a digest of a title; None without one."""
    return hashlib.blake2b(title.encode("utf-8", "surrogatepass"), digest_size=8).digest() if title else None


class Revisits:
    """Table revisit: one row a notice that is looked at again; a page that is never asked for again has none."""

    def __init__(self, connection: Connection) -> None:
        self._db = connection

    def due(self, sources: Iterable[str], now: datetime) -> list[Revisit]:
        """The pages of these sources that are due; also those whose announcement was extended since."""
        sql = (
            "SELECT revisit.*, notice.source, notice.key, announcement.closes FROM revisit"
            " JOIN notice ON notice.id = revisit.notice_id LEFT JOIN announcement ON announcement.id = announcement_id"
            " WHERE (due <= ? OR (failures = 0 AND at <= ? AND closes >= ? AND closes > last AND closes <= date(last, ?)))"
            " AND notice.source IN (?*)"
        )
        extended = (moment(now - revisiting.DAILY), now.date().isoformat(), f"+{revisiting.FURTHEST.days} days")
        before = (moment(now), *extended)
        return [
            Revisit(
                row["notice_id"], row["source"], row["key"], row["url"],
                None if row["form"] is None else unpacked(row["form"]), row["etag"], row["last_modified"],
                row["heading"], when(row["read"]), min(when(row["due"]), now),
                date.fromisoformat(max(row["last"], row["closes"] or "")),
            )
            for row in self._db.among(sql, sources, *before)
        ]  # fmt: skip

    def note(self, page: PageRead, ids: Mapping[str, int]) -> None:
        """Write what became of the own pages that were asked for with a page, and when each is due next.

        `ids` are the notices by key. Belongs into the transaction that writes them, behind their readings.
        """
        wanted = {ids[key]: key for key in (*page.own, *page.same, *page.missed) if key in ids}
        gone: list[tuple[int]] = []
        for row in self._db.among(_TERMS, wanted):
            n, key = row["id"], wanted[row["id"]]
            failures = (row["failures"] or 0) + 1 if key in page.missed else 0
            last = _last(row)
            due = revisiting.due(page.at, last, failures) if row["relevant"] else None
            if due is None:
                gone.append((n,))
            elif key in page.own:
                self._put(n, page.own[key], page.at, due, last)
            else:
                self._db.execute(
                    "UPDATE revisit SET at = ?, due = ?, last = ?, failures = ? WHERE notice_id = ?",
                    (moment(page.at), moment(due), last.isoformat(), failures, n),
                )
        self._db.many("DELETE FROM revisit WHERE notice_id = ?", gone)

    def _put(self, notice_id: int, own: OwnPage, at: datetime, due: datetime, last: date) -> None:
        self._db.execute(
            "INSERT OR REPLACE INTO revisit VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, 0)",
            (
                notice_id, own.url, None if own.form is None else packed(own.form), own.etag, own.last_modified,
                heading(own.heading), moment(at), moment(at), moment(due), last.isoformat(),
            ),
        )  # fmt: skip

    def erase(self, notice_id: int) -> None:
        """Forget how a notice's page is asked for."""
        self._db.execute("DELETE FROM revisit WHERE notice_id = ?", (notice_id,))

    def count(self) -> int:
        """How many pages are looked at again."""
        return int(self._db.value("SELECT count(*) FROM revisit"))


def _last(row: sqlite3.Row) -> date:
    """The last day on which a notice counts as open."""
    own = str(unpacked(row["own"]))[:10] if row["own"] else None
    posted = day(row["posted"]) or when(row["first_seen"]).date()
    over = row["kind"] in revisiting.OVER or row["of"] == "press"
    return revisiting.ends((day(row["closes"]), day(own)), posted, over=over)
