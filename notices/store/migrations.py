"""Bring a file to the current schema, whatever version made it; steps are only ever appended."""

from __future__ import annotations

from pathlib import Path

from sqlite_utils import Database
from sqlite_utils.migrations import Migrations

from notices.store.errors import StoreError
from notices.store.schema import statements

migrations = Migrations("jiballim")


@migrations()
def m0001_create(db: Database) -> None:
    """Make every table of today's schema, so that later steps find their work done in a new file."""
    for statement in statements():
        db.execute(statement)


@migrations()
def m0002_change(db: Database) -> None:
    """Keep the order in which announcements were worked out anew."""
    db.execute(
        "CREATE TABLE IF NOT EXISTS change (serial INTEGER PRIMARY KEY AUTOINCREMENT,"
        " announcement_id INTEGER NOT NULL UNIQUE)"
    )


@migrations()
def m0003_curation(db: Database) -> None:
    """Keep what centres decide and post."""
    for statement in (
        "CREATE TABLE IF NOT EXISTS pick (centre TEXT NOT NULL, notice_id INTEGER NOT NULL REFERENCES notice (id),"
        " state TEXT NOT NULL, title TEXT, summary TEXT, at TEXT NOT NULL, PRIMARY KEY (centre, notice_id)) WITHOUT ROWID",
        "CREATE INDEX IF NOT EXISTS pick_notice ON pick (notice_id)",
        "CREATE TABLE IF NOT EXISTS post (centre TEXT NOT NULL, notice_id INTEGER NOT NULL REFERENCES notice (id),"
        " target TEXT NOT NULL, state TEXT NOT NULL, slug TEXT NOT NULL, remote TEXT, url TEXT, digest TEXT,"
        " event_id INTEGER NOT NULL, at TEXT NOT NULL, PRIMARY KEY (centre, notice_id, target)) WITHOUT ROWID",
        "CREATE INDEX IF NOT EXISTS post_notice ON post (notice_id)",
    ):
        db.execute(statement)


@migrations()
def m0004_quota(db: Database) -> None:
    """Count the requests to APIs that allow so many a day."""
    db.execute(
        "CREATE TABLE IF NOT EXISTS quota (operation TEXT NOT NULL, day TEXT NOT NULL, asked INTEGER NOT NULL,"
        " resting INTEGER NOT NULL, PRIMARY KEY (operation, day)) WITHOUT ROWID"
    )


@migrations()
def m0005_check(db: Database) -> None:
    """Keep how each source answered when it was looked at."""
    db.execute(
        "CREATE TABLE IF NOT EXISTS source_check (source TEXT PRIMARY KEY, at TEXT NOT NULL, asked TEXT NOT NULL,"
        " state TEXT NOT NULL, reason TEXT NOT NULL, sentence TEXT NOT NULL, remedy TEXT NOT NULL,"
        " listed INTEGER NOT NULL, dated INTEGER NOT NULL, title TEXT NOT NULL) WITHOUT ROWID"
    )


@migrations()
def m0006_desk(db: Database) -> None:
    """Keep who is at the desk and what was done there."""
    for statement in (
        "CREATE TABLE IF NOT EXISTS desk_session (token BLOB PRIMARY KEY, label TEXT NOT NULL, password TEXT NOT NULL,"
        " opened TEXT NOT NULL, seen TEXT NOT NULL) WITHOUT ROWID",
        "CREATE TABLE IF NOT EXISTS desk_log (id INTEGER PRIMARY KEY AUTOINCREMENT, at TEXT NOT NULL, who TEXT NOT NULL,"
        " centre TEXT NOT NULL, what TEXT NOT NULL, announcement_id INTEGER, note TEXT NOT NULL)",
    ):
        db.execute(statement)


@migrations()
def m0007_revisit(db: Database) -> None:
    """Keep how own pages are asked for again; what is listed and relevant is read once more, to learn how."""
    for statement in (
        "CREATE TABLE IF NOT EXISTS revisit (notice_id INTEGER PRIMARY KEY REFERENCES notice (id), url TEXT NOT NULL,"
        " form TEXT, etag TEXT, last_modified TEXT, heading BLOB, read TEXT NOT NULL, at TEXT NOT NULL,"
        " due TEXT NOT NULL, last TEXT NOT NULL, failures INTEGER NOT NULL)",
        "CREATE INDEX IF NOT EXISTS revisit_due ON revisit (due)",
        "UPDATE page SET etag = NULL, last_modified = NULL, rows = (SELECT json_group_object(key, CASE WHEN key IN"
        " (SELECT notice.key FROM notice JOIN announcement ON announcement.id = announcement_id"
        " JOIN edition ON notice_id = notice.id AND number = edition WHERE notice.source = page.source AND relevant"
        " AND detail) THEN '' ELSE value END) FROM json_each(page.rows))",
    ):
        db.execute(statement)


@migrations()
def m0008_door(db: Database) -> None:
    """Keep with which centre's password somebody came to the desk."""
    for table in ("desk_session", "desk_log"):
        if "door" not in db.table(table).columns_dict:
            db.execute(f"ALTER TABLE {table} ADD COLUMN door TEXT NOT NULL DEFAULT ''")


@migrations()
def m0009_rhythm(db: Database) -> None:
    """Keep on which days each list had posts."""
    db.execute(
        "CREATE TABLE IF NOT EXISTS rhythm (source TEXT PRIMARY KEY, asked TEXT NOT NULL, days TEXT NOT NULL) WITHOUT ROWID"
    )


def apply(db: Database, path: Path) -> None:
    """Apply what is pending; a file with steps that this program does not know is refused."""
    refuse_foreign(db, path)
    if migrations.pending(db):
        migrations.apply(db)


def older(db: Database, path: Path) -> bool:
    """Whether a file has steps to take; one with steps that this program does not know is refused."""
    refuse_foreign(db, path)
    return bool(migrations.pending(db))


def refuse_foreign(db: Database, path: Path) -> None:
    """Refuse a database that a newer program made, or that is not ours."""
    applied = {step.name for step in migrations.applied(db)}
    if newer := sorted(applied - {name for name in globals() if name.startswith("m0")}):
        raise StoreError(
            f"{path} 데이터베이스는 더 새로운 판의 집알림이 만들었습니다({newer[-1]}): 집알림을 새 판으로 올리십시오."
        )
    if not applied and (tables := db.table_names()):
        raise StoreError(f"{path} 파일은 집알림의 데이터베이스가 아닙니다(표 {tables[0]}): --home을 확인하십시오.")
