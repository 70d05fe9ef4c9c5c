"""Migrations: a new file and one of the first version come to the same schema, and nothing in it is lost."""

from __future__ import annotations

import sqlite3
from datetime import UTC, datetime
from pathlib import Path

import pytest
from sqlite_utils import Database

from notices.store import Store, StoreError
from notices.store.migrations import migrations
from notices.store.schema import statements

VERSION_1 = Path(__file__).with_name("version1.sql")
FIRST = "m0001_create"


def schema(path: Path) -> dict[str, str]:
    """Every table and index by name, as SQLite keeps it, in one spelling."""
    with sqlite3.connect(path) as raw:
        rows = raw.execute("SELECT name, sql FROM sqlite_master WHERE sql IS NOT NULL AND name NOT LIKE 'search_%'")
        return {
            name: " ".join(sql.replace("IF NOT EXISTS ", "").split()).replace("( ", "(").replace(" )", ")")
            for name, sql in rows
        }


def first_version(path: Path) -> None:
    """Make a file as the first version left it, with a source and a run."""
    raw = sqlite3.connect(path)
    raw.executescript(VERSION_1.read_text("utf-8"))
    raw.execute("INSERT INTO source VALUES ('haetsal', '햇살시', '햇살시', '41480', 'board', '', '1', 1)")
    raw.execute(
        "INSERT INTO run (source, state, started) VALUES ('haetsal', 'done', '2026-09-01T00:00:00.000000+00:00')"
    )
    raw.commit()
    database = Database(raw)
    migrations.ensure_migrations_table(database)
    database.table("_sqlite_migrations").insert({"migration_set": "jiballim", "name": FIRST, "applied_at": ""})
    database.close()


def test_a_new_file_has_every_step_applied(tmp_path: Path) -> None:
    Store.open(tmp_path / "new.db").close()
    database = Database(tmp_path / "new.db")
    assert migrations.pending(database) == []
    assert migrations.applied(database)[0].name == FIRST


def test_a_file_of_the_first_version_becomes_a_new_one(tmp_path: Path) -> None:
    first_version(tmp_path / "old.db")
    with Store.open(tmp_path / "old.db") as store:
        last = store.runs.last("haetsal")
        assert last is not None
        assert last.source_title == "햇살시"
    Store.open(tmp_path / "new.db").close()
    assert schema(tmp_path / "old.db") == schema(tmp_path / "new.db")


def test_reading_a_file_of_the_first_version_brings_it_up_first(tmp_path: Path) -> None:
    first_version(tmp_path / "old.db")
    with Store.open(tmp_path / "old.db", readonly=True) as store:
        assert [run.source_title for run in store.runs.last_of_each()] == ["햇살시"]
        with pytest.raises(StoreError):
            store.runs.begin("haetsal", datetime(2026, 9, 2, tzinfo=UTC))
    Store.open(tmp_path / "new.db").close()
    assert schema(tmp_path / "old.db") == schema(tmp_path / "new.db")


def test_a_file_of_the_first_version_that_may_not_be_written_says_so(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    first_version(tmp_path / "old.db")
    monkeypatch.setattr("os.access", lambda *_: False)
    with pytest.raises(StoreError, match="옛 판"):
        Store.open(tmp_path / "old.db", readonly=True)


def test_the_schema_is_cut_into_whole_statements() -> None:
    assert all(sqlite3.complete_statement(f"{statement};") for statement in statements())
    assert all(statement.startswith("CREATE ") for statement in statements())
