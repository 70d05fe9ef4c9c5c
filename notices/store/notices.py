"""Notices and their editions: what each post at each source says, and said before."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from notices.model import Fact, Notice, Reading
from notices.store.columns import (
    attachments,
    day,
    maybe_when,
    moment,
    packed,
    packed_attachments,
    packed_regions,
    regions,
    text_of_day,
    unpacked,
    when,
)
from notices.store.connection import Connection

_CURRENT = "SELECT source, key, edition.* FROM notice JOIN edition ON notice_id = id AND number = edition"

_HEAD = (
    "SELECT source, key, notice_id, title, url, posted, department, '' AS body, '[]' AS attachments, fields, doubts,"
    " pinned, detail FROM notice JOIN edition ON notice_id = id AND number = edition"
)


@dataclass(frozen=True, slots=True)
class Known:
    """What is known of a stored notice without its texts; `listed` and `detailed` are digests of what it said last."""

    id: int
    source: str
    key: str
    edition: int
    listed: bytes | None
    detailed: bytes | None
    announcement_id: int | None
    relation: str | None
    reason: str
    decided: bool
    first_seen: datetime
    withdrawn: datetime | None


@dataclass(frozen=True, slots=True)
class Edition:
    """What a notice said from a moment on; `number` counts from 1."""

    notice_id: int
    number: int
    at: datetime
    notice: Notice


class Notices:
    """Tables notice, edition, reading, fact and identity."""

    def __init__(self, connection: Connection) -> None:
        self._db = connection

    def count(self) -> int:
        """How many notices are kept, the withdrawn left out."""
        return int(self._db.value("SELECT count(*) FROM notice WHERE withdrawn IS NULL"))

    def find(self, source: str, key: str) -> int | None:
        """The id of a notice."""
        found: int | None = self._db.value("SELECT id FROM notice WHERE source = ? AND key = ?", (source, key))
        return found

    def known(self, ids: Iterable[int]) -> dict[int, Known]:
        """What is known of these notices, by id."""
        return {row["id"]: _known(row) for row in self._db.among("SELECT * FROM notice WHERE id IN (?*)", ids)}

    def known_keys(self, source: str, keys: Sequence[str]) -> dict[str, Known]:
        """What is known of these keys of a source, by key."""
        sql = "SELECT * FROM notice WHERE source = ? AND key IN (?*)"
        return {row["key"]: _known(row) for row in self._db.among(sql, keys, source)}

    def current(self, ids: Iterable[int]) -> dict[int, Notice]:
        """What these notices say now, by id; the withdrawn say nothing and are left out."""
        return {row["notice_id"]: _notice(row) for row in self._db.among(f"{_CURRENT} WHERE id IN (?*)", ids)}

    def get(self, notice_id: int) -> Notice | None:
        """What a notice says now."""
        return self.current([notice_id]).get(notice_id)

    def editions(self, notice_id: int) -> list[Edition]:
        """All that a notice said, oldest first."""
        rows = self._db.rows(
            "SELECT source, key, edition.* FROM notice JOIN edition ON notice_id = id WHERE id = ? ORDER BY number",
            (notice_id,),
        )
        return [Edition(row["notice_id"], row["number"], when(row["at"]), _notice(row)) for row in rows]

    def readings(self, ids: Iterable[int], fields: Iterable[str] | None = None) -> dict[int, Reading]:
        """How these notices were understood, by id; with `fields`, facts of these fields only."""
        wanted = list(ids)
        facts: dict[int, list[Fact]] = {}
        only = "" if fields is None else " AND field IN ({})".format(",".join(f"'{name}'" for name in fields))
        for row in self._db.among(
            f"SELECT * FROM fact WHERE notice_id IN (?*){only} ORDER BY notice_id, position",
            wanted,
        ):
            facts.setdefault(row["notice_id"], []).append(_fact(row))
        rows = self._db.among("SELECT * FROM reading WHERE notice_id IN (?*)", wanted)
        return {row["notice_id"]: _reading(row, facts.get(row["notice_id"], ())) for row in rows}

    def heads(self, ids: Iterable[int]) -> dict[int, Notice]:
        """What these notices say now without their texts and files, by id."""
        return {row["notice_id"]: _notice(row) for row in self._db.among(f"{_HEAD} WHERE id IN (?*)", ids)}

    def latest(self, source: str, limit: int) -> list[Notice]:
        """What the newest notices of a source say now, without their texts and files."""
        rows = self._db.rows(f"{_HEAD} WHERE source = ? ORDER BY id DESC LIMIT ?", (source, limit))
        return [_notice(row) for row in rows]

    def placed(self, ids: Iterable[int]) -> list[int]:
        """Those of these notices that others may join, in the same order: what a centre says itself stands alone."""
        wanted = list(ids)
        sql = (
            "SELECT id FROM notice WHERE announcement_id IS NOT NULL"
            " AND source NOT IN (SELECT name FROM source WHERE kind = 'centre') AND id IN (?*)"
        )
        found = {row["id"] for row in self._db.among(sql, wanted)}
        return [n for n in wanted if n in found]

    def alike(self, names: Iterable[str], stem: str, core: str, limit: int) -> list[int]:
        """Ids of notices known under one of these names, then of this canonical title, then calls about the same."""
        ids = [row["notice_id"] for row in self._db.among("SELECT notice_id FROM identity WHERE name IN (?*)", names)]
        for form, term in ((stem, "stem = ?"), (core, "core = ? AND relation IN ('original', 'revision')")):
            if form:
                sql = f"SELECT id FROM notice WHERE {term} ORDER BY id DESC LIMIT ?"
                ids += [row["id"] for row in self._db.rows(sql, (form, limit))]
        return ids

    def next_id(self) -> int:
        """The id of the next notice; belongs into the transaction that inserts it."""
        return 1 + int(self._db.value("SELECT coalesce(max(id), 0) FROM notice"))

    def insert(self, rows: Iterable[tuple[int, Notice, bytes]], run_id: int | None, at: datetime) -> None:
        """Insert notices (id, notice, digest) with their first edition."""
        stamp, inserted = moment(at), list(rows)
        self._db.many(
            "INSERT INTO notice (id, source, key, first_run, last_run, first_seen, edition, listed, detailed)"
            " VALUES (?, ?, ?, ?, ?, ?, 1, ?, ?)",
            [
                (n, notice.source, notice.key, run_id, run_id, stamp, *_digests(notice, digest))
                for n, notice, digest in inserted
            ],
        )
        self._db.many(
            "INSERT INTO edition VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
            [_edition(n, 1, stamp, run_id, notice) for n, notice, _ in inserted],
        )

    def touch(self, rows: Iterable[tuple[int, Notice, bytes]], run_id: int | None) -> None:
        """Note that these notices (id, as taken, digest) were taken again."""
        self._db.many(
            "UPDATE notice SET last_run = ?, listed = coalesce(?, listed), detailed = coalesce(?, detailed)"
            " WHERE id = ?",
            [(run_id, *_digests(notice, digest), n) for n, notice, digest in rows],
        )

    def rewrite(self, rows: Iterable[tuple[int, int, Notice]]) -> None:
        """Complete the current edition of these notices (id, number, notice) in place."""
        self._db.many(
            "UPDATE edition SET title = ?, url = ?, posted = ?, department = ?, body = ?, attachments = ?, fields = ?,"
            " doubts = ?, pinned = ?, detail = ? WHERE notice_id = ? AND number = ?",
            [(*_said(notice), n, number) for n, number, notice in rows],
        )

    def add_editions(self, rows: Iterable[tuple[int, int, Notice]], run_id: int | None, at: datetime) -> None:
        """Add the next edition of these notices (id, its number, notice)."""
        added, stamp = list(rows), moment(at)
        self._db.many(
            "INSERT INTO edition VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
            [_edition(n, number, stamp, run_id, notice) for n, number, notice in added],
        )
        self._db.many("UPDATE notice SET edition = ? WHERE id = ?", [(number, n) for n, number, _ in added])

    def put_readings(self, readings: Mapping[int, Reading], edition: Mapping[int, int]) -> None:
        """Write how these notices were understood, in place of what was understood before."""
        self._db.many("DELETE FROM fact WHERE notice_id = ?", [(n,) for n in readings])
        self._db.many(
            "INSERT OR REPLACE INTO reading VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)",
            [
                (n, edition[n], r.relevant, r.kind, r.correction, r.section, packed(r.supply), packed(r.audience),
                 packed_regions(r.regions))
                for n, r in readings.items()
            ],
        )  # fmt: skip
        self._db.many(
            "INSERT INTO fact VALUES (?, ?, ?, ?, ?, ?)",
            [
                (n, position, f.field, packed(f.value) if not isinstance(f.value, str) else _text(f.value), f.words, f.document)
                for n, r in readings.items()
                for position, f in enumerate(r.facts)
            ],
        )  # fmt: skip

    def put_forms(self, forms: Iterable[tuple[int, str, str, Iterable[str]]]) -> None:
        """Write under what these notices (id, stem, core, identities) are found for matching."""
        written = list(forms)
        self._db.many("UPDATE notice SET stem = ?, core = ? WHERE id = ?", [(s, c, n) for n, s, c, _ in written])
        self._db.many("DELETE FROM identity WHERE notice_id = ?", [(n,) for n, *_ in written])
        self._db.many(
            "INSERT OR IGNORE INTO identity VALUES (?, ?)", [(name, n) for n, _, _, names in written for name in names]
        )

    def erase(self, notice_id: int, at: datetime) -> None:
        """Remove all that a notice said and what was understood of it; source and key stay as a tombstone."""
        for table in ("edition", "fact", "reading", "identity", "maybe"):
            self._db.execute(f"DELETE FROM {table} WHERE notice_id = ?", (notice_id,))
        self._db.execute("DELETE FROM maybe WHERE other_id = ?", (notice_id,))
        self._db.execute(
            "UPDATE notice SET edition = 0, listed = NULL, detailed = NULL, stem = NULL, core = NULL,"
            " announcement_id = NULL, relation = NULL, reason = '', withdrawn = ? WHERE id = ?",
            (moment(at), notice_id),
        )


def _text(value: str) -> str:
    return packed([value])[1:-1]


def _digests(notice: Notice, digest: bytes) -> tuple[bytes | None, bytes | None]:
    return (None, digest) if notice.detail else (digest, None)


def _said(notice: Notice) -> tuple[object, ...]:
    return (
        notice.title,
        notice.url,
        text_of_day(notice.posted),
        notice.department,
        notice.body,
        packed_attachments(notice.attachments),
        packed(notice.fields),
        packed(notice.doubts),
        notice.pinned,
        notice.detail,
    )


def _edition(notice_id: int, number: int, at: str, run_id: int | None, notice: Notice) -> tuple[object, ...]:
    return (notice_id, number, at, run_id, *_said(notice))


def _known(row: sqlite3.Row) -> Known:
    return Known(
        id=row["id"],
        source=row["source"],
        key=row["key"],
        edition=row["edition"],
        listed=row["listed"],
        detailed=row["detailed"],
        announcement_id=row["announcement_id"],
        relation=row["relation"],
        reason=row["reason"],
        decided=bool(row["decided"]),
        first_seen=when(row["first_seen"]),
        withdrawn=maybe_when(row["withdrawn"]),
    )


def _notice(row: sqlite3.Row) -> Notice:
    return Notice(
        source=row["source"],
        key=row["key"],
        title=row["title"],
        url=row["url"],
        posted=day(row["posted"]),
        department=row["department"],
        body=row["body"],
        attachments=attachments(row["attachments"]),
        fields=unpacked(row["fields"]),
        doubts=tuple(unpacked(row["doubts"])),
        pinned=bool(row["pinned"]),
        detail=bool(row["detail"]),
    )


def _fact(row: sqlite3.Row) -> Fact:
    return Fact(row["field"], unpacked(row["value"]), row["words"], row["document"])


def _reading(row: sqlite3.Row, facts: Iterable[Fact]) -> Reading:
    return Reading(
        relevant=bool(row["relevant"]),
        kind=row["kind"],
        correction=bool(row["correction"]),
        section=row["section"],
        supply=tuple(unpacked(row["supply"])),
        audience=tuple(unpacked(row["audience"])),
        regions=regions(row["regions"]),
        facts=tuple(facts),
    )
