"""Real receivers on loopback: a mail server and a web hook that behave, refuse, stall, or hang up."""

from __future__ import annotations

import json
import socket
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from email import message_from_bytes, policy
from email.message import EmailMessage
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any

from aiosmtpd.controller import Controller
from aiosmtpd.smtp import AuthResult


def free_port() -> int:
    """Return a port that nobody listens on."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


@dataclass
class Mailbox:
    """A mail server: what it took, whom it refuses, how it treats the letter itself."""

    port: int
    letters: list[EmailMessage] = field(default_factory=list)
    envelopes: list[list[str]] = field(default_factory=list)
    refuses: set[str] = field(default_factory=set)
    answer: str = "250 OK"
    stall: float = 0.0

    async def handle_RCPT(self, server: Any, session: Any, envelope: Any, address: str, options: Any) -> str:  # noqa: N802
        """Take or refuse a recipient."""
        if address in self.refuses:
            return "550 no such user"
        envelope.rcpt_tos.append(address)
        return "250 OK"

    async def handle_DATA(self, server: Any, session: Any, envelope: Any) -> str:  # noqa: N802
        """Take the letter."""
        if self.answer.startswith("250"):
            self.letters.append(message_from_bytes(envelope.content, policy=policy.default))
            self.envelopes.append(list(envelope.rcpt_tos))
        if self.stall:
            time.sleep(self.stall)
        return self.answer


@contextmanager
def mail_server(password: str | None = None) -> Iterator[Mailbox]:
    """Run a mail server; with a password it wants a login."""
    mailbox = Mailbox(free_port())

    def allow(server: Any, session: Any, envelope: Any, mechanism: str, data: Any) -> AuthResult:
        return AuthResult(success=data.password == (password or "").encode(), handled=False)

    login: dict[str, Any] = (
        {"auth_require_tls": False, "auth_required": True, "authenticator": allow} if password else {}
    )
    controller = Controller(mailbox, hostname="127.0.0.1", port=mailbox.port, **login)
    controller.start()
    try:
        yield mailbox
    finally:
        controller.stop()


@dataclass
class Hook:
    """A web hook: what it took, by path, with the headers."""

    port: int = 0
    taken: list[tuple[str, dict[str, Any], dict[str, str]]] = field(default_factory=list)
    hits: int = 0

    def url(self, path: str = "ok", query: str = "") -> str:
        """Return the Apprise address of a path."""
        return f"json://127.0.0.1:{self.port}/{path}{query}"

    def ids(self, path: str = "/ok") -> list[str]:
        """Return the ids of what arrived at a path, in order."""
        return [headers.get("X-Jiballim-Id", "") for where, _, headers in self.taken if where == path]


@contextmanager
def web_hook() -> Iterator[Hook]:
    """Run a web hook: /ok takes, /500 /401 refuse, /429 asks for patience, /slow takes and stalls, /cut and /half hang up."""
    hook = Hook()

    class Handler(BaseHTTPRequestHandler):
        def do_POST(self) -> None:
            """Take what is posted and behave as the path says."""
            hook.hits += 1
            body = json.loads(self.rfile.read(int(self.headers["Content-Length"])))
            what = self.path.split("?")[0].strip("/").split("/")[0]
            if what in ("ok", "slow", "cut", "half"):
                hook.taken.append((self.path.split("?")[0], body, dict(self.headers)))
            if what == "slow":
                time.sleep(1.0)
            if what == "cut":
                self.connection.shutdown(socket.SHUT_RDWR)
                return
            self.send_response(int(what) if what.isdigit() else 200)
            if what == "429":
                self.send_header("Retry-After", "900")
            self.send_header("Content-Length", "2" if what != "half" else "2000")
            self.end_headers()
            self.wfile.write(b"ok")
            self.close_connection = True

        def log_message(self, format: str, *args: Any) -> None:
            """Say nothing."""

        def handle_one_request(self) -> None:
            """A caller that hung up is no error."""
            try:
                super().handle_one_request()
            except OSError:
                self.close_connection = True

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    server.daemon_threads = True
    hook.port = server.server_address[1]
    threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.02}, daemon=True).start()
    try:
        yield hook
    finally:
        server.shutdown()
        server.server_close()
