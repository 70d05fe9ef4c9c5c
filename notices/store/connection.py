"""One connection to the file: every statement of the store goes through it, and every error comes out as a sentence."""

from __future__ import annotations

import os
import sqlite3
import time
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import Any, cast

from sqlite_utils import Database

from notices.store import migrations
from notices.store.errors import StoreError, sentences

Parameters = Sequence[Any] | Mapping[str, Any]
CHUNK = 500  # values in one IN (...)
PATIENCE = 5.0  # seconds to wait for another writer


class Connection:
    """A database file, opened and brought up to date."""

    def __init__(self, path: Path, *, readonly: bool = False) -> None:
        self.path = path
        with sentences(path):
            self.raw, self.database = _current(path) if readonly else _updated(path)
        self.raw.row_factory = sqlite3.Row

    def close(self) -> None:
        """Close the file."""
        self.raw.close()

    @contextmanager
    def transaction(self) -> Iterator[None]:
        """Commit all that is written inside together, or nothing; a transaction inside another is a part of it."""
        with sentences(self.path):
            if self.raw.in_transaction:
                with self.database.atomic():
                    yield
                return
            self.raw.execute("BEGIN IMMEDIATE")
            try:
                yield
                self.raw.execute("COMMIT")
            except BaseException:
                if self.raw.in_transaction:
                    self.raw.execute("ROLLBACK")
                raise

    @contextmanager
    def shredding(self) -> Iterator[None]:
        """Overwrite in the file what is deleted inside, which SQLite else leaves in free pages and in the log."""
        with sentences(self.path):
            self.raw.execute("PRAGMA secure_delete=ON")
            try:
                yield
                self.raw.execute("PRAGMA wal_checkpoint(TRUNCATE)")
            finally:
                self.raw.execute("PRAGMA secure_delete=OFF")

    @contextmanager
    def bounded(self, seconds: float) -> Iterator[None]:
        """Break off whatever a query inside takes longer than this; the refusal says so."""
        ends = time.monotonic() + seconds
        self.raw.set_progress_handler(lambda: int(time.monotonic() > ends), 2_000)
        try:
            yield
        finally:
            self.raw.set_progress_handler(None, 0)

    def rows(self, sql: str, parameters: Parameters = ()) -> list[sqlite3.Row]:
        """All rows of a query."""
        with sentences(self.path):
            return self.raw.execute(sql, parameters).fetchall()

    def row(self, sql: str, parameters: Parameters = ()) -> sqlite3.Row | None:
        """The first row of a query."""
        with sentences(self.path):
            return cast("sqlite3.Row | None", self.raw.execute(sql, parameters).fetchone())

    def value(self, sql: str, parameters: Parameters = ()) -> Any:
        """The first value of the first row, None without one."""
        row = self.row(sql, parameters)
        return None if row is None else row[0]

    def among(self, sql: str, values: Iterable[Any], *before: Any) -> list[sqlite3.Row]:
        """All rows of a query that ends in `IN (?*)`, asked in portions; `before` are the parameters before it."""
        asked, found = list(values), []
        for start in range(0, len(asked), CHUNK):
            part = asked[start : start + CHUNK]
            found += self.rows(sql.replace("?*", ",".join("?" * len(part))), (*before, *part))
        return found

    def execute(self, sql: str, parameters: Parameters = ()) -> sqlite3.Cursor:
        """Run one writing statement."""
        with sentences(self.path):
            return self.raw.execute(sql, parameters)

    def many(self, sql: str, rows: Iterable[Parameters]) -> None:
        """Run one writing statement for many rows."""
        with sentences(self.path):
            self.raw.executemany(sql, rows)


def _updated(path: Path) -> tuple[sqlite3.Connection, Database]:
    """Open for writing, made where missing and brought to today's schema."""
    raw = _open(path)
    try:
        database = Database(raw, execute_plugins=False)
        migrations.apply(database, path)
    except BaseException:
        raw.close()
        raise
    return raw, database


def _current(path: Path) -> tuple[sqlite3.Connection, Database]:
    """Open for reading only; a file of an older version is brought up first, where it may be written."""
    raw = _open_readonly(path)
    try:
        database = Database(raw, execute_plugins=False)
        if not migrations.older(database, path):
            return raw, database
        if not os.access(path, os.W_OK):
            raise StoreError(
                f"{path} 데이터베이스는 옛 판의 것입니다: 쓸 수 있는 사람이 jiballim run을 한 번 하십시오."
            )
    except BaseException:
        raw.close()
        raise
    raw.close()
    _updated(path)[0].close()
    raw = _open_readonly(path)
    return raw, Database(raw, execute_plugins=False)


def _open(path: Path) -> sqlite3.Connection:
    """Open for writing: a commit that was reported survives a power cut."""
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
    except OSError as wrong:
        raise StoreError(
            f"{path.parent} 폴더를 만들 수 없습니다({wrong.strerror}): 자리와 권한을 확인하십시오."
        ) from None
    raw = sqlite3.connect(path, timeout=PATIENCE, isolation_level=None, check_same_thread=False)
    try:
        raw.execute("PRAGMA journal_mode=WAL")
        raw.execute("PRAGMA synchronous=FULL")
        raw.execute("PRAGMA foreign_keys=ON")
        raw.execute("PRAGMA cache_size=-16000")  # KiB: the index is asked often
    except BaseException:
        raw.close()
        raise
    return raw


def _open_readonly(path: Path) -> sqlite3.Connection:
    """Open for reading only; in a folder that cannot be written, a file without a log is taken as it lies."""
    try:
        there = path.is_file()
    except OSError as wrong:
        raise StoreError(f"{path} 파일을 열 수 없습니다({wrong.strerror}): 폴더의 권한을 고치십시오.") from None
    if not there:
        raise StoreError(f"{path} 데이터베이스가 아직 없습니다: 먼저 jiballim run으로 공고를 모으십시오.")
    try:
        return _reading(path, "mode=ro")
    except sqlite3.OperationalError:
        log = path.with_name(f"{path.name}-wal")
        if log.exists() and log.stat().st_size:
            raise
        return _reading(path, "mode=ro&immutable=1")


def _reading(path: Path, mode: str) -> sqlite3.Connection:
    address = f"{path.absolute().as_uri()}?{mode}"
    raw = sqlite3.connect(address, uri=True, timeout=PATIENCE, isolation_level=None, check_same_thread=False)
    try:
        raw.execute("SELECT count(*) FROM sqlite_master").fetchone()
    except BaseException:
        raw.close()
        raise
    return raw
