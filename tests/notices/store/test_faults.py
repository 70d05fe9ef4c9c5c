"""Faults: a full disk, a file that must not be written, another writer; each one sentence, and nothing lost."""

from __future__ import annotations

import os
import resource
import sqlite3
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from pathlib import Path

import pytest

from notices.intake import Intake
from notices.model import PageRead
from notices.store import Store, StoreError
from notices.store import connection as connecting
from tests.notices.test_intake import AT, LH, SOURCES, call


def page(first: int, number: int = 50) -> PageRead:
    """A page of so many notices."""
    notices = tuple(
        call(str(first + n), f"햇살마을 {first + n}단지 국민임대 예비입주자 모집", body="햇살 " * 400, detail=True)
        for n in range(number)
    )
    return PageRead(LH.name, f"list{first}", AT, notices, {n.key: n.title for n in notices})


def test_a_full_disk_is_one_sentence_and_what_was_stored_stays(tmp_path: Path) -> None:
    path = tmp_path / "jiballim.db"
    with Store.open(path) as store:
        intake = Intake(store, SOURCES, understand=False)
        intake.take(None, page(0))
        pages = store._db.value("PRAGMA page_count")
        store._db.value(f"PRAGMA max_page_count={pages + 20}")
        with pytest.raises(StoreError, match=r"jiballim.db .*디스크가 찼") as refused:
            intake.take(None, page(1000))
        assert "\n" not in str(refused.value)
        assert store.notices.count() == 50
        store._db.value("PRAGMA max_page_count=1000000")
        assert len(intake.take(None, page(1000)).new) == 50


def _fill(path: Path) -> None:
    resource.setrlimit(resource.RLIMIT_FSIZE, (400_000, 400_000))
    with Store.open(path) as store:
        intake = Intake(store, SOURCES, understand=False)
        for first in range(0, 100_000, 1000):
            intake.take(None, page(first))


def test_a_file_that_may_not_grow_is_one_sentence_and_stays_sound(tmp_path: Path) -> None:
    path = tmp_path / "jiballim.db"
    code = f"from tests.notices.store.test_faults import _fill; from pathlib import Path; _fill(Path({str(path)!r}))"
    run = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=False)
    assert "StoreError" in run.stderr.splitlines()[-1]
    assert "디스크가 찼" in run.stderr.splitlines()[-1]
    with Store.open(path) as store:
        assert store.notices.count() % 50 == 0
        assert store._db.value("PRAGMA integrity_check") == "ok"
        Intake(store, SOURCES, understand=False).take(None, page(0))


@pytest.fixture
def home() -> Iterator[Path]:
    """A folder that another user reaches, as pytest's own are not."""
    with tempfile.TemporaryDirectory() as made:
        Path(made).chmod(0o755)
        yield Path(made) / "home"


def _write(path: Path) -> None:
    if os.getuid() == 0:
        os.setuid(65534)
    with Store.open(path) as store:
        Intake(store, SOURCES).take(None, page(0))


@pytest.mark.parametrize("folder", [False, True], ids=["file", "folder"])
def test_what_may_not_be_written_is_one_sentence(home: Path, folder: bool) -> None:
    Store.open(home / "jiballim.db").close()
    (home / "jiballim.db").chmod(0o444)
    home.chmod(0o555 if folder else 0o777)
    code = f"from tests.notices.store.test_faults import _write; from pathlib import Path; _write(Path({str(home / 'jiballim.db')!r}))"
    run = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=False)
    home.chmod(0o755)
    assert "StoreError" in run.stderr.splitlines()[-1], run.stderr
    assert "권한" in run.stderr.splitlines()[-1]


def test_a_reader_never_writes(tmp_path: Path) -> None:
    Store.open(tmp_path / "jiballim.db").close()
    with (
        Store.open(tmp_path / "jiballim.db", readonly=True) as store,
        pytest.raises(StoreError, match="읽기 전용"),
    ):
        store.runs.begin("haetsal", AT)


def _read(path: Path) -> None:
    if os.getuid() == 0:
        os.setuid(65534)
    with Store.open(path, readonly=True) as store:
        print(store.notices.count())


def test_a_reader_needs_no_right_to_write(home: Path) -> None:
    with Store.open(home / "jiballim.db") as store:
        Intake(store, SOURCES).take(None, page(0))
    (home / "jiballim.db").chmod(0o444)
    home.chmod(0o555)
    code = f"from tests.notices.store.test_faults import _read; from pathlib import Path; _read(Path({str(home / 'jiballim.db')!r}))"
    run = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=False)
    home.chmod(0o755)
    assert run.stdout.strip() == "50", run.stderr


def test_a_folder_that_may_not_be_entered_is_one_sentence(home: Path) -> None:
    Store.open(home / "jiballim.db").close()
    home.chmod(0o700 if os.getuid() == 0 else 0o000)
    code = f"from tests.notices.store.test_faults import _read; from pathlib import Path; _read(Path({str(home / 'jiballim.db')!r}))"
    run = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=False)
    home.chmod(0o755)
    assert "StoreError" in run.stderr.splitlines()[-1], run.stderr
    assert "폴더의 권한을 고치십시오" in run.stderr.splitlines()[-1]


def test_a_reader_sees_what_is_committed_while_another_writes(tmp_path: Path) -> None:
    path = tmp_path / "jiballim.db"
    with Store.open(path) as writer, Store.open(path, readonly=True) as reader:
        with writer.transaction():
            Intake(writer, SOURCES, understand=False).take(None, page(0))
            assert reader.notices.count() == 0
        assert reader.notices.count() == 50


def test_another_program_that_writes_is_one_sentence(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(connecting, "PATIENCE", 0.05)
    path = tmp_path / "jiballim.db"
    with Store.open(path) as store:
        other = sqlite3.connect(path, isolation_level=None)
        other.execute("BEGIN IMMEDIATE")
        with pytest.raises(StoreError, match="다른 프로그램"):
            store.runs.begin("haetsal", AT)
        other.execute("ROLLBACK")
        other.close()
        assert store.runs.begin("haetsal", AT) == 1


def test_a_folder_in_place_of_the_file_is_one_sentence(tmp_path: Path) -> None:
    (tmp_path / "jiballim.db").mkdir()
    with pytest.raises(StoreError, match="열 수 없습니다"):
        Store.open(tmp_path / "jiballim.db")
