"""A stand-in of WordPress's REST API on loopback, as far as the desk uses it, that fails as it is told."""

from __future__ import annotations

import base64
import json
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any
from urllib.parse import parse_qs, urlsplit

LOGIN = "Basic " + base64.b64encode(b"writer:abcd efgh ijkl mnop qrst uvwx").decode()


@dataclass
class Blog:
    """The posts, and what is to go wrong: fault -> how many requests it strikes (-1: all).

    Faults: "html", "401", "403", "500", "301", "cut", "huge", "drip", "silent" (before anything is done), "late" (the
    post is made, the answer never comes), "500 after", "html after" (made, then an error), "twin" (another post takes the slug first).
    """

    posts: dict[int, dict[str, Any]] = field(default_factory=dict)
    faults: dict[str, int] = field(default_factory=dict)
    only: str = ""  # the faults strike this method only
    asked: list[str] = field(default_factory=list)
    silence: float = 1.5
    url: str = ""
    hold: int = 0  # the request, by its number, whose answer waits until `go`, when all it asked for is done
    reached: threading.Event = field(default_factory=threading.Event)
    go: threading.Event = field(default_factory=threading.Event)

    def strikes(self, fault: str, method: str) -> bool:
        """Whether a fault strikes this request."""
        left = self.faults.get(fault, 0)
        if not left or (self.only and method != self.only):
            return False
        self.faults[fault] = left - 1
        return True

    def add(self, said: dict[str, Any]) -> dict[str, Any]:
        """Make a post; a slug that is taken gets a number, as WordPress does."""
        number, slug = len(self.posts) + 1, str(said["slug"])
        taken = [p["slug"] for p in self.posts.values()]
        if slug in taken:
            slug = f"{slug}-{2 + sum(t.startswith(slug + '-') for t in taken)}"
        self.posts[number] = {"id": number, "link": f"{self.url}/?p={number}", **_shaped(said), "slug": slug}
        return self.posts[number]


def _shaped(said: dict[str, Any]) -> dict[str, Any]:
    return {name: {"raw": value} if name in ("title", "content", "excerpt") else value for name, value in said.items()}


@contextmanager
def serve() -> Iterator[Blog]:
    """Serve a blog for as long as it is open."""
    blog = Blog()
    server = ThreadingHTTPServer(("127.0.0.1", 0), _handler(blog))
    server.daemon_threads = True
    blog.url = f"http://127.0.0.1:{server.server_address[1]}"
    threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.05}, daemon=True).start()
    try:
        yield blog
    finally:
        server.shutdown()
        server.server_close()


def _handler(blog: Blog) -> type[BaseHTTPRequestHandler]:
    class Answering(BaseHTTPRequestHandler):
        protocol_version = "HTTP/1.1"

        def _any(self) -> None:
            said = self.rfile.read(int(self.headers.get("Content-Length") or 0))
            blog.asked.append(f"{self.command} {self.path}")
            parts = urlsplit(self.path)
            query = {name: values[0] for name, values in parse_qs(parts.query).items()}
            if self._fails():
                pass
            elif self.headers.get("Authorization") != LOGIN:
                self._json(401, {"code": "rest_cannot_create"})
            else:
                self._route(parts.path.removeprefix("/wp-json/wp/v2"), query, json.loads(said) if said else {})

        do_GET = do_POST = do_DELETE = _any  # noqa: N815 - the names that http.server calls

        def _fails(self) -> bool:
            for fault in ("html", "401", "403", "500", "301", "cut", "huge", "drip", "silent"):
                if blog.strikes(fault, self.command):
                    getattr(self, f"_{fault}")()
                    return True
            return False

        def _route(self, path: str, query: dict[str, str], said: dict[str, Any]) -> None:
            kind, _, number = path.strip("/").partition("/")
            if kind == "categories":
                return self._json(200, [{"id": 5}] if query.get("slug") == "rental" else [])
            if kind != "posts":
                return self._json(404, {"code": "rest_no_route"})
            if number:
                return self._one(int(number), said)
            if self.command == "GET":
                found = [p for p in blog.posts.values() if p["slug"] == query["slug"]]
                trash = query.get("status") == "trash"
                return self._json(200, [p for p in found if (p.get("status") == "trash") == trash])
            return self._create(said)

        def _create(self, said: dict[str, Any]) -> None:
            if blog.strikes("twin", self.command):
                blog.add(dict(said))
            post = blog.add(said)
            if blog.strikes("late", self.command):
                self._silent()
            elif blog.strikes("500 after", self.command):
                self._500()
            elif blog.strikes("html after", self.command):
                self._html()
            else:
                self._json(201, post)

        def _one(self, number: int, said: dict[str, Any]) -> None:
            if number not in blog.posts:
                self._json(404, {"code": "rest_post_invalid_id"})
            elif self.command == "DELETE":
                self._json(200, {"deleted": True, "previous": blog.posts.pop(number)})
            else:
                blog.posts[number] |= _shaped(said)
                self._json(200, blog.posts[number])

        def _json(self, status: int, value: object, kind: str = "application/json; charset=UTF-8") -> None:
            if len(blog.asked) == blog.hold:
                blog.reached.set()
                blog.go.wait(20)
            self._send(status, json.dumps(value).encode(), kind)

        def _send(self, status: int, body: bytes, kind: str, **headers: str) -> None:
            self.send_response(status)
            for name, value in {"Content-Type": kind, "Content-Length": str(len(body)), **headers}.items():
                self.send_header(name, value)
            self.end_headers()
            self.wfile.write(body)

        def _html(self) -> None:
            self._send(200, b"<!DOCTYPE html><title>hello</title>", "text/html")

        def _401(self) -> None:
            self._json(401, {"code": "incorrect_password", "message": "abcd efgh ijkl mnop qrst uvwx"})

        def _403(self) -> None:
            self._json(403, {"code": "rest_cannot_create"})

        def _500(self) -> None:
            self._send(500, b"<h1>Error establishing a database connection</h1>", "text/html")

        def _301(self) -> None:
            self._send(301, b"", "text/html", Location=f"http://127.0.0.1:1{self.path}")

        def _cut(self) -> None:
            self.send_response(200)
            self.send_header("Content-Type", "application/json")
            self.send_header("Content-Length", "1000")
            self.end_headers()
            self.wfile.write(b"[")
            self.close_connection = True

        def _huge(self) -> None:
            self._send(200, b" " * 6_000_000, "application/json")

        def _drip(self) -> None:
            self.send_response(200)
            self.send_header("Content-Type", "application/json")
            self.end_headers()
            for _ in range(40):
                time.sleep(0.1)
                self.wfile.write(b" ")
                self.wfile.flush()

        def _silent(self) -> None:
            time.sleep(blog.silence)
            self.close_connection = True

        def log_message(self, *_: object) -> None:
            pass

        def handle(self) -> None:
            with suppress(OSError):
                super().handle()

    return Answering
