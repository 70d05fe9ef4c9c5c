"""The outbox's waits: what was taken in quiet hours goes back uncounted; no wrong clock keeps a message for years."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from pathlib import Path

from notices.store import Store

NOW = datetime(2026, 11, 24, 13, tzinfo=UTC)


def test_what_is_put_back_counts_as_no_attempt(tmp_path: Path) -> None:
    with Store.open(tmp_path / "x.db") as store:
        store.outbox.intend("b", "t", "r", "s", "x", None, NOW)
        (taken,) = store.outbox.claim_due(NOW)
        store.outbox.postpone(taken.id, NOW + timedelta(hours=10))
        assert store.outbox.claim_due(NOW) == []
        (again,) = store.outbox.claim_due(NOW + timedelta(hours=10))
        assert (again.id, again.attempts) == (taken.id, 1)
        store.outbox.mark_sent(again.id, NOW)
        store.outbox.postpone(again.id, NOW)
        assert store.outbox.claim_due(NOW + timedelta(days=9)) == []


def test_what_waits_for_years_is_pulled_in(tmp_path: Path) -> None:
    with Store.open(tmp_path / "x.db") as store:
        store.outbox.intend("b", "late", "r", "s", "x", None, NOW + timedelta(days=900))
        store.outbox.intend("b", "soon", "r", "s", "x", None, NOW + timedelta(hours=2))
        assert store.outbox.pull_in(NOW + timedelta(hours=24), NOW) == 1
        assert [d.target for d in store.outbox.claim_due(NOW)] == ["late"]
