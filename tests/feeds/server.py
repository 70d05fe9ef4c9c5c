"""A loopback web server over a folder, with ETags of the contents, as a good public server has them."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from threading import Thread

TYPES = {
    ".xml": "application/rss+xml",
    ".atom": "application/atom+xml",
    ".json": "application/feed+json",
    ".css": "text/css",
    ".ics": "text/calendar",
}


@dataclass
class Served:
    """The server's address and the status of each answer."""

    url: str
    statuses: list[int] = field(default_factory=list)


@contextmanager
def serving(folder: Path) -> Iterator[Served]:
    """Serve a folder on loopback."""
    served = Served("")

    class Handler(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            path = folder / self.path.lstrip("/")
            body = path.read_bytes() if path.is_file() else b""
            tag = f'"{hashlib.sha256(body).hexdigest()[:32]}"'
            status = 404 if not body else 304 if self.headers.get("If-None-Match") == tag else 200
            served.statuses.append(status)
            self.send_response(status)
            self.send_header("ETag", tag)
            self.send_header("Content-Type", TYPES.get(path.suffix, "text/plain") + "; charset=utf-8")
            self.send_header("Content-Length", str(len(body) if status == 200 else 0))
            self.end_headers()
            if status == 200:
                self.wfile.write(body)

        def log_message(self, *_: object) -> None:
            pass

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    served.url = f"http://127.0.0.1:{server.server_address[1]}/"
    thread = Thread(target=server.serve_forever, kwargs={"poll_interval": 0.02}, daemon=True)
    thread.start()
    try:
        yield served
    finally:
        server.shutdown()
        server.server_close()
        thread.join()
