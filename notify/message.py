"""One message as a channel gets it, and the id by which a receiver knows it again."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from datetime import datetime
from functools import lru_cache

from notices.korean import clean, one_line
from notices.personal import mask
from notices.store.views import Delivery


@dataclass(frozen=True, slots=True)
class Message:
    """What is sent to one target; `id` is the same whenever the same message is sent to it again."""

    id: str
    subject: str
    text: str
    html: str | None
    at: datetime


def message(delivery: Delivery, at: datetime) -> Message:
    """Return a delivery's message: subject on one line, no control or direction marks, private numbers masked."""
    return Message(
        identity(delivery.batch, delivery.target),
        _line(delivery.subject),
        _text(delivery.text),
        delivery.html,
        at,
    )


@lru_cache(64)  # a batch says the same to many
def _line(text: str) -> str:
    return mask(one_line(text))


@lru_cache(64)
def _text(text: str) -> str:
    return mask("\n".join(map(clean, text.split("\n"))) if "\r" in text else text)


def identity(batch: str, target: str) -> str:
    """Return the id of what a batch sends to a target: 32 letters that tell nothing about either."""
    return hashlib.sha256(f"{batch}\n{target}".encode()).hexdigest()[:32]
