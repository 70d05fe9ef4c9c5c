"""Serve stand-ins of sites on loopback: /<host>/<path> as the demo, the tests and the replay handler ask for them."""

from __future__ import annotations

import contextlib
import threading
import time
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from urllib.parse import parse_qsl, urlsplit

from notices.model import NOTHING


@dataclass(frozen=True, slots=True)
class Request:
    """What a stand-in is asked. `label` comes from an origin made by `Served.labelled`; header names are lower case."""

    method: str
    host: str
    path: str
    query: Mapping[str, str] = field(default_factory=lambda: NOTHING)
    form: Mapping[str, str] = field(default_factory=lambda: NOTHING)
    headers: Mapping[str, str] = field(default_factory=lambda: NOTHING)
    label: str = ""


@dataclass(frozen=True, slots=True)
class Response:
    """What a stand-in answers."""

    body: bytes | str = b""
    status: int = 200
    content_type: str = "text/html; charset=utf-8"
    headers: Mapping[str, str] = field(default_factory=lambda: NOTHING)
    drip: float = 0.0  # seconds between two bytes of the body


Handler = Callable[[Request], Response]
MISSING = Response("<title>404</title>", 404)


@dataclass(frozen=True, slots=True)
class Served:
    """A running server: its origin, and every request it got, in order."""

    origin: str
    requests: list[Request]

    def labelled(self, label: str) -> str:
        """The origin under which requests carry a label: a day, a case."""
        return f"{self.origin}/@{label}"

    def paths(self) -> list[str]:
        """Host and path of every request but those for robots.txt."""
        return [r.host + r.path for r in self.requests if r.path != "/robots.txt"]


@contextmanager
def serve(handler: Handler) -> Iterator[Served]:
    """Serve a handler on a free loopback port; a handler that raises answers 500."""
    requests: list[Request] = []
    server = _Server(("127.0.0.1", 0), _handler(handler, requests))
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.05}, daemon=True)
    thread.start()
    try:
        yield Served(f"http://127.0.0.1:{server.server_address[1]}", requests)
    finally:
        server.shutdown()
        server.server_close()


def folder(root: Path) -> Handler:
    """Serve files as <root>/<host>/<path>, an index.html for a folder."""

    def answer(request: Request) -> Response:
        path = (root / request.host / request.path.lstrip("/")).resolve()
        path = path / "index.html" if path.is_dir() else path
        if not path.is_relative_to(root.resolve()) or not path.is_file():
            return MISSING
        return Response(path.read_bytes(), content_type="text/plain" if path.suffix == ".txt" else "text/html")

    return answer


class _Server(ThreadingHTTPServer):
    daemon_threads = True
    request_queue_size = 256


def _handler(handler: Handler, requests: list[Request]) -> type[BaseHTTPRequestHandler]:
    class Answering(BaseHTTPRequestHandler):
        protocol_version = "HTTP/1.1"
        wbufsize = -1
        disable_nagle_algorithm = True

        def _answer(self) -> None:
            request = self._read()
            requests.append(request)
            try:
                response = handler(request)
            except Exception as wrong:  # a stand-in that breaks is a site that breaks
                response = Response(f"<title>500</title>{type(wrong).__name__}", 500)
            body = response.body.encode() if isinstance(response.body, str) else response.body
            body = b"" if response.status == 304 else body
            self.send_response(response.status)
            for name, value in {"Content-Type": response.content_type, **response.headers}.items():
                self.send_header(name, value)
            if response.status != 304:
                self.send_header("Content-Length", str(len(body)))
            self.end_headers()
            if response.drip:
                self._drip(body, response.drip)
            else:
                self.wfile.write(body)

        def _drip(self, body: bytes, pause: float) -> None:
            for n in range(len(body)):
                self.wfile.write(body[n : n + 1])
                self.wfile.flush()
                time.sleep(pause)

        def handle(self) -> None:
            with contextlib.suppress(ConnectionError):  # the one who asked is gone
                super().handle()

        def finish(self) -> None:
            with contextlib.suppress(ConnectionError):
                super().finish()

        do_GET = do_POST = _answer  # noqa: N815 - http.server's names

        def _read(self) -> Request:
            parts = urlsplit(self.path)
            pieces = parts.path.lstrip("/").split("/")
            label = pieces.pop(0)[1:] if pieces[0].startswith("@") else ""
            form = self.rfile.read(int(self.headers.get("Content-Length") or 0)).decode("utf-8", "replace")
            return Request(
                method=self.command,
                host=pieces[0],
                path="/" + "/".join(pieces[1:]),
                query=dict(parse_qsl(parts.query, keep_blank_values=True)),
                form=dict(parse_qsl(form, keep_blank_values=True)),
                headers={name.lower(): value for name, value in self.headers.items()},
                label=label,
            )

        def log_message(self, format: str, *args: object) -> None:
            """Stay silent."""

    return Answering
