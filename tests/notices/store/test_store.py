"""Opening: any file that is not a sound store of ours is refused with one sentence that names it."""

from __future__ import annotations

import sqlite3
from pathlib import Path

import pytest

from notices.store import Store, StoreError, lock


def test_opening_twice_keeps_everything(tmp_path: Path) -> None:
    for _ in range(2):
        with Store.open(tmp_path / "home" / "jiballim.db") as store:
            assert store.notices.count() == 0


def test_what_is_no_database_is_refused_by_name(tmp_path: Path) -> None:
    path = tmp_path / "letter.db"
    path.write_text("이 파일은 편지입니다. " * 200, "utf-8")
    with pytest.raises(StoreError, match="letter"):
        Store.open(path)


def test_a_foreign_database_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "other.db"
    with sqlite3.connect(path) as other:
        other.execute("CREATE TABLE cats (name TEXT)")
    with pytest.raises(StoreError, match="cats"):
        Store.open(path)


def test_a_newer_database_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "new.db"
    Store.open(path).close()
    with sqlite3.connect(path) as raw:
        raw.execute(
            "INSERT INTO _sqlite_migrations (migration_set, name, applied_at) VALUES ('jiballim', 'm9999_x', '')"
        )
    for readonly in (True, False):
        with pytest.raises(StoreError, match="m9999_x"):
            Store.open(path, readonly=readonly)


def test_reading_needs_a_file(tmp_path: Path) -> None:
    with pytest.raises(StoreError, match="none"):
        Store.open(tmp_path / "none.db", readonly=True)


def test_a_second_writer_gets_one_sentence(tmp_path: Path) -> None:
    path = tmp_path / "jiballim.db"
    with lock(path), pytest.raises(StoreError, match="다른 집알림"), lock(path):
        pass
    with lock(path):
        pass
