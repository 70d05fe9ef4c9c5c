"""Sessions and the log of the desk: what is kept, what is dropped."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from pathlib import Path

from notices.store import Store

NOON = datetime(2026, 11, 25, 3, tzinfo=UTC)


def test_sessions_come_and_go(tmp_path: Path) -> None:
    with Store.open(tmp_path / "a.db") as store:
        for n in range(3):
            store.sessions.open(bytes([n]), f"직원 {n}", "one" if n else "other", NOON + timedelta(hours=n))
        found = store.sessions.get(b"\x01")
        assert found is not None and (found.label, found.password) == ("직원 1", "one")
        store.sessions.touch(b"\x01", NOON + timedelta(hours=5))
        store.sessions.prune(NOON, NOON + timedelta(hours=3), "one")
        assert store.sessions.count() == 1
        store.sessions.close(b"\x01")
        assert store.sessions.get(b"\x01") is None


def test_the_log_reads_backwards(tmp_path: Path) -> None:
    with Store.open(tmp_path / "a.db") as store:
        for n in range(5):
            store.log.note(NOON + timedelta(minutes=n), "김주무관", "pick", "paju", n)
        newest = store.log.recent(2)
        assert [action.announcement_id for action in newest] == [4, 3]
        assert [action.announcement_id for action in store.log.recent(9, newest[-1].id)] == [2, 1, 0]
        store.log.prune(NOON + timedelta(minutes=4))
        assert len(store.log.recent()) == 1
