"""Listen in on what the receivers under Apprise answer: Apprise says only that a message failed, not whether it left."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass
from datetime import UTC, datetime
from email.utils import parsedate_to_datetime
from functools import cache, wraps
from typing import Any

LONGEST_WAIT = 6 * 3600.0
"""A receiver's Retry-After counts up to six hours, in seconds."""


@dataclass(slots=True)
class Heard:
    """What came of the last exchange with a receiver.

    "nothing" was asked, it was "unreached" (no connection), "answered" with a status, or left "unheard": it may have
    what was sent, but its answer never came.
    """

    state: str = "nothing"
    status: int | None = None
    retry_after: float | None = None  # seconds, as the receiver asked

    def unreached(self) -> None:
        """Nothing reached the receiver."""
        self.state, self.status = "unreached", None

    def answered(self, status: int, retry_after: float | None = None) -> None:
        """The receiver answered."""
        self.state, self.status, self.retry_after = "answered", status, retry_after

    def unheard(self) -> None:
        """The message left, its answer did not come."""
        self.state, self.status = "unheard", None


_heard: ContextVar[Heard | None] = ContextVar("heard", default=None)


@contextmanager
def listening() -> Iterator[Heard]:
    """Hear what the receivers answer inside; Apprise carries the context into its threads."""
    _overhear_requests()
    heard = Heard()
    token = _heard.set(heard)
    try:
        yield heard
    finally:
        _heard.reset(token)


def ear() -> Heard:
    """Return what a channel of our own notes its exchange in."""
    return _heard.get() or Heard()


@cache
def _overhear_requests() -> None:
    """Note every exchange of the requests library that happens while somebody listens; the calls stay as they are."""
    from requests import Session
    from requests.exceptions import RequestException

    send = Session.send

    @wraps(send)
    def heard_send(self: Any, request: Any, **options: Any) -> Any:
        heard = _heard.get()
        if heard is None:
            return send(self, request, **options)
        heard.unheard()
        try:
            response = send(self, request, **options)
        except RequestException as wrong:
            if _never_left(wrong):
                heard.unreached()
            raise
        heard.answered(response.status_code, _seconds(response.headers.get("Retry-After")))
        return response

    Session.send = heard_send  # type: ignore[method-assign]


def _never_left(wrong: Exception) -> bool:
    """Whether an error of requests says that no connection came about."""
    from requests import exceptions
    from urllib3.exceptions import NameResolutionError, NewConnectionError

    refused = (exceptions.ConnectTimeout, exceptions.SSLError, exceptions.ProxyError, exceptions.InvalidURL,
               exceptions.MissingSchema, exceptions.InvalidSchema)  # fmt: skip
    if isinstance(wrong, refused):
        return True
    cause = wrong.args[0] if wrong.args else None
    return isinstance(getattr(cause, "reason", cause), (NewConnectionError, NameResolutionError))


def _seconds(value: str | None) -> float | None:
    """Read a Retry-After: seconds or a date; None for anything else."""
    if not value:
        return None
    if value.strip().isdigit():
        return min(float(value.strip()[:9]), LONGEST_WAIT)
    try:
        at = parsedate_to_datetime(value)
    except ValueError:
        return None
    at = at if at.tzinfo else at.replace(tzinfo=UTC)
    return max(0.0, min((at - datetime.now(UTC)).total_seconds(), LONGEST_WAIT))
