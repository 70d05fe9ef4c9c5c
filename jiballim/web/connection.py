"""Connections that may be slow, but not for ever: who asks nothing, or takes no answer, makes room for others."""

from __future__ import annotations

import asyncio
from typing import Any

import h11
from uvicorn.protocols.http.h11_impl import H11Protocol

LOOK = 10.0
"""Seconds in which a whole request must have come."""
LOOKS = 12
"""So many looks at one request that is still not answered, or whose answer nobody takes, are enough."""

LIMITS: dict[str, Any] = {"timeout_keep_alive": 5, "limit_concurrency": 1_000, "h11_max_incomplete_event_size": 16_384}
"""What uvicorn bounds by itself: idle seconds after an answer, connections in all, bytes of a request's head."""

DRAIN = 2**20
"""Bytes that are still taken, and dropped, of a body that is answered already."""
UNREADABLE = "요청을 읽을 수 없습니다.\n".encode()


class Impatient(H11Protocol):
    """A connection that is looked at now and then."""

    look = LOOK

    def connection_made(self, transport: asyncio.Transport) -> None:  # type: ignore[override]  # as uvicorn has it
        """Begin to look."""
        super().connection_made(transport)
        self._dropped = 0
        self._timer = self.loop.call_later(self.look, self._look, None, 0)

    def connection_lost(self, exc: Exception | None) -> None:
        """Stop looking."""
        self._timer.cancel()
        super().connection_lost(exc)

    def data_received(self, data: bytes) -> None:
        """Take what comes; hang up on whoever goes on with a body that nobody wants any more."""
        if self.cycle is not None and self.cycle.response_complete and self.conn.their_state is h11.SEND_BODY:
            self._dropped += len(data)
            if self._dropped > DRAIN:
                self.transport.abort()
                return
        super().data_received(data)

    def send_400_response(self, msg: str) -> None:
        """Answer what is no request at all, in one sentence that repeats nothing of it."""
        headers = [
            (b"content-type", b"text/plain; charset=utf-8"),
            (b"content-length", str(len(UNREADABLE)).encode()),
            (b"x-content-type-options", b"nosniff"),
            (b"connection", b"close"),
        ]
        events = (h11.Response(status_code=400, headers=headers), h11.Data(data=UNREADABLE), h11.EndOfMessage())
        for event in events:
            self.transport.write(self.conn.send(event) or b"")
        self.transport.close()

    def _look(self, before: object, looks: int) -> None:
        """Break off what has not moved since the last looks."""
        now = self.cycle
        waiting = now is None or now.response_complete
        looks = looks + 1 if now is before else 0
        if (waiting and now is before) or looks >= LOOKS:
            self.transport.abort()
            return
        self._timer = self.loop.call_later(self.look, self._look, now, looks)
