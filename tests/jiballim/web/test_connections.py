"""Five hundred connections at once, most of them slow: others are answered as before, and the slow ones make room."""

from __future__ import annotations

import resource
import socket
import threading
import time
from collections.abc import Iterator

import httpx2
import pytest
import uvicorn

from jiballim import config
from jiballim.web.app import build
from jiballim.web.connection import LIMITS, Impatient
from notices.store import Store


class Hurried(Impatient):
    """Looks often, so that the test is short."""

    look = 0.5


@pytest.fixture
def port(tmp_path_factory: pytest.TempPathFactory) -> Iterator[int]:
    """A running server over an empty store."""
    home = tmp_path_factory.mktemp("slow")
    Store.open(home / "jiballim.db").close()
    app = build(config.Config(home))
    server = uvicorn.Server(uvicorn.Config(app, port=0, log_level="error", http=Hurried, lifespan="off", **LIMITS))
    thread = threading.Thread(target=server.run, daemon=True)
    thread.start()
    while not server.started:
        time.sleep(0.01)
    yield server.servers[0].sockets[0].getsockname()[1]
    server.should_exit = True
    thread.join(5)


def opened(port: int, said: bytes) -> socket.socket:
    """A connection that begins a request and stops."""
    made = socket.create_connection(("127.0.0.1", port), timeout=10)
    made.sendall(said)
    return made


def test_slow_clients_hinder_nobody_and_are_let_go(port: int) -> None:
    many = min(500, resource.getrlimit(resource.RLIMIT_NOFILE)[0] // 3)
    begun = (b"", b"GET /health HTT", b"GET /health HTTP/1.1\r\nHost: a\r\n", b"GET / HTTP/1.1\r\nX: " + b"a" * 900)
    slow = [opened(port, begun[n % len(begun)]) for n in range(many)]
    took = []
    for _ in range(5):
        start = time.perf_counter()
        assert httpx2.get(f"http://127.0.0.1:{port}/health", timeout=10).status_code == 200
        took.append(time.perf_counter() - start)
    assert min(took) < 1
    for one in slow:
        assert one.recv(100) == b"", "the server hangs up first"
        one.close()


def test_a_connection_that_goes_on_asking_is_kept(port: int) -> None:
    with httpx2.Client(base_url=f"http://127.0.0.1:{port}", limits=httpx2.Limits(max_connections=1)) as client:
        for _ in range(8):
            assert client.get("/health").status_code == 200
            time.sleep(0.2)


def test_a_head_without_end_is_refused(port: int) -> None:
    with opened(port, b"GET / HTTP/1.1\r\n" + b"X: " + b"a" * 40_000) as one:
        assert one.recv(100).startswith(b"HTTP/1.1 400") or one.recv(100) == b""
