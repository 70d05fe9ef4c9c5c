"""The outbox: intended once, taken once, never again after it was sent; a crash while sending is known as such."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from notices.store import Store
from notices.store.outbox import Outbox

NOW = datetime(2026, 11, 24, 0, 30, tzinfo=UTC)
LATER = NOW + timedelta(hours=1)


@pytest.fixture
def store(tmp_path: Path) -> Iterator[Store]:
    with Store.open(tmp_path / "jiballim.db") as store:
        yield store


@pytest.fixture
def outbox(store: Store) -> Outbox:
    return store.outbox


def intend(
    outbox: Outbox, target: str = "mail", batch: str = "digest:2026-11-24:staff", *, confirmable: bool = False
) -> bool:
    return outbox.intend(batch, target, "staff", "새 공고 1건", "본문", None, NOW, confirmable=confirmable)


def states(outbox: Outbox) -> dict[str, str]:
    return {delivery.target: delivery.state for delivery in outbox.deliveries()}


def test_a_message_is_intended_once_for_each_target(outbox: Outbox) -> None:
    assert [intend(outbox), intend(outbox), intend(outbox, "telegram")] == [True, False, True]
    assert outbox.batches("staff") == ["digest:2026-11-24:staff"]
    assert outbox.batches("others") == []


def test_what_is_taken_is_committed_as_sending_and_taken_once(store: Store, outbox: Outbox) -> None:
    intend(outbox)
    assert outbox.claim_due(NOW - timedelta(seconds=1)) == []
    (taken,) = outbox.claim_due(NOW)
    assert (taken.state, taken.attempts) == ("sending", 1)
    with Store.open(store.path, readonly=True) as other:
        assert states(other.outbox) == {"mail": "sending"}
    assert outbox.claim_due(LATER) == []
    outbox.mark_sent(taken.id, NOW)
    assert outbox.claim_due(LATER) == []
    outbox.mark_failed(taken.id, "늦은 말", NOW, NOW)
    assert states(outbox) == {"mail": "sent"}


def test_what_failed_is_due_again_later(outbox: Outbox) -> None:
    intend(outbox)
    (taken,) = outbox.claim_due(NOW)
    outbox.mark_failed(taken.id, "받는 곳이 거절했습니다(503)", LATER, NOW)
    assert outbox.claim_due(NOW) == []
    (again,) = outbox.claim_due(LATER)
    assert again.attempts == 2
    outbox.give_up(again.id, "그만둠", LATER)
    assert outbox.claim_due(LATER + timedelta(days=9)) == []
    outbox.retry(again.id, LATER)
    assert len(outbox.claim_due(LATER)) == 1


def test_a_crash_while_sending_is_repeated_only_where_a_repeat_is_recognised(outbox: Outbox) -> None:
    intend(outbox, "mail")
    intend(outbox, "hook", confirmable=True)
    outbox.claim_due(NOW)
    assert {d.target: d.state for d in outbox.recover(LATER)} == {"mail": "unknown", "hook": "intended"}
    assert [d.target for d in outbox.claim_due(LATER)] == ["hook"]
    assert [d.target for d in outbox.deliveries(states=["unknown"])] == ["mail"]
    assert outbox.recover(LATER)[0].target == "hook"


def test_a_batch_and_its_route_go_forward_together(store: Store, outbox: Outbox) -> None:
    assert outbox.cursor("staff") is None
    with pytest.raises(RuntimeError), store.transaction():
        intend(outbox)
        outbox.advance("staff", 7)
        raise RuntimeError
    assert (outbox.deliveries(), outbox.cursor("staff")) == ([], None)
    outbox.advance("staff", 7)
    outbox.advance("staff", 5)
    assert outbox.cursor("staff") == 7
