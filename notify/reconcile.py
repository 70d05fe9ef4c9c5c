"""Account for the outbox: who was sent what, what nobody knows, what waits and what was given up, in words and as data."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from notices.store.outbox import Outbox
from notices.store.views import Delivery
from notify.workdays import seoul

STATES: Mapping[str, str] = {
    "unknown": "도착했는지 모름",
    "given_up": "보내지 못해 그만둠",
    "failed": "실패, 다시 보낼 예정",
    "sending": "보내는 중이거나 도중에 끊김",
    "intended": "보낼 예정",
    "sent": "보냄",
}
"""States in words, what needs a person first."""


@dataclass(frozen=True, slots=True)
class Account:
    """The deliveries changed since a moment, newest first."""

    deliveries: tuple[Delivery, ...]

    @property
    def well(self) -> bool:
        """Whether nothing needs a person."""
        return not any(d.state in ("unknown", "given_up") for d in self.deliveries)

    def of(self, state: str) -> tuple[Delivery, ...]:
        """Return the deliveries in a state."""
        return tuple(d for d in self.deliveries if d.state == state)

    def lines(self) -> Iterator[str]:
        """Yield the account in words: counts, then each delivery by state, those that need a person first."""
        counts = " · ".join(f"{words} {len(self.of(state)):,}" for state, words in STATES.items() if self.of(state))
        yield counts or "보낸 것도 보낼 것도 없습니다."
        for state in STATES:
            yield from map(_line, self.of(state))

    def data(self) -> dict[str, Any]:
        """Return the account for --json: counts by state and the deliveries without their texts."""
        return {
            "well": self.well,
            "counts": {state: len(self.of(state)) for state in STATES},
            "deliveries": [_data(d) for d in self.deliveries],
        }


def account(outbox: Outbox, since: datetime | None = None, limit: int = 1000) -> Account:
    """Read the outbox's account; what is not settled yet is always in it."""
    open_ = outbox.deliveries(states=("unknown", "given_up", "failed", "sending", "intended"), limit=limit)
    recent = outbox.deliveries(since=since, limit=limit)
    several = {d.id: d for d in (*open_, *recent)}
    return Account(tuple(sorted(several.values(), key=lambda d: -d.id)))


def _line(delivery: Delivery) -> str:
    at = seoul(delivery.due if delivery.state in ("failed", "intended") else delivery.updated)
    when = f"{at.month}.{at.day} {at:%H:%M}"
    why = f" — {delivery.error}" if delivery.error and delivery.state != "sent" else ""
    tries = f", {delivery.attempts}번째" if delivery.attempts > 1 else ""
    return f"{STATES[delivery.state]}: {delivery.subject} → {delivery.target} ({when}{tries}){why}"


def _data(delivery: Delivery) -> dict[str, Any]:
    return {
        "id": delivery.id,
        "batch": delivery.batch,
        "route": delivery.route,
        "target": delivery.target,
        "state": delivery.state,
        "attempts": delivery.attempts,
        "due": delivery.due.isoformat(),
        "updated": delivery.updated.isoformat(),
        "subject": delivery.subject,
        "error": delivery.error,
    }
