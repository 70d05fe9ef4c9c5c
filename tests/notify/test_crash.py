"""kill -9 at any point: nothing is lost, nothing comes twice where the receiver lets us know, one unknown a kill elsewhere."""

from __future__ import annotations

import os
import random
import signal
import subprocess
import sys
import threading
import time
from collections import Counter
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any

import pytest

from notices.store import Store
from notify.message import identity
from tests.notify.crash import KEEPS, PLAIN

ROOT = Path(__file__).resolve().parents[2]


class Receiver:
    """Takes messages by target and id, and may kill the sender when one arrives, before or after it answers."""

    def __init__(self) -> None:
        self.taken: dict[str, Counter[str]] = {name: Counter() for name in (*KEEPS, *PLAIN)}
        self.kill: Callable[[], None] | None = None
        self.kill_at, self.after_answer = 0, False

    def take(self, name: str, message_id: str) -> None:
        """Note an arrival."""
        self.taken[name][message_id] += 1
        self.kill_at -= 1
        if self.kill_at == 0 and self.kill and not self.after_answer:
            self.kill()

    def answered(self) -> None:
        """Note that an answer was written."""
        if self.kill_at == 0 and self.kill and self.after_answer:
            self.kill()


@contextmanager
def listening(receiver: Receiver) -> Iterator[int]:
    """Serve a receiver on loopback and yield its port."""

    class Handler(BaseHTTPRequestHandler):
        def do_POST(self) -> None:
            """Take a message."""
            with suppress(OSError):
                if len(self.rfile.read(int(self.headers["Content-Length"]))) < int(self.headers["Content-Length"]):
                    return
                receiver.take(self.path.rsplit("/", 1)[1], self.headers["X-Jiballim-Id"])
                self.send_response(204)
                self.end_headers()
                self.wfile.flush()
                receiver.answered()

        def log_message(self, format: str, *args: Any) -> None:
            """Say nothing."""

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    server.daemon_threads = True
    threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.02}, daemon=True).start()
    try:
        yield server.server_address[1]
    finally:
        server.shutdown()
        server.server_close()


@dataclass
class Sender:
    """The warm process that forks senders."""

    process: subprocess.Popen[str]
    rounds: int = 0

    def start(self, number: int, *, everything: bool = False) -> int:
        """Start a sender; returns its pid."""
        assert self.process.stdin and self.process.stdout
        self.process.stdin.write(f"{number} {int(everything)}\n")
        self.process.stdin.flush()
        return int(self.process.stdout.readline())

    def end(self) -> int:
        """Wait for the sender; returns its exit code, -9 for one that was killed."""
        assert self.process.stdout
        return int(self.process.stdout.readline())


def kill_again_and_again(path: Path, times: int, seed: int) -> tuple[Receiver, int]:
    """Run so many senders and kill each at a random point; returns what arrived and how many died."""
    chance, receiver, killed = random.Random(seed), Receiver(), 0
    with listening(receiver) as port:
        process = subprocess.Popen(
            [sys.executable, "-m", "tests.notify.crash", str(path), str(port)],
            cwd=ROOT, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True,
        )  # fmt: skip
        sender = Sender(process)
        try:
            for number in range(times):
                killed += _one(sender, receiver, chance, number)
            receiver.kill = None
            sender.start(times, everything=True)
            assert sender.end() == 0
        finally:
            process.stdin.close()  # type: ignore[union-attr]
            process.wait(10)
    return receiver, killed


def _one(sender: Sender, receiver: Receiver, chance: random.Random, number: int) -> int:
    """Kill one sender: after some milliseconds, when a message arrives, or when its answer has just left."""
    receiver.kill_at, receiver.after_answer = chance.randint(1, 4), chance.random() < 0.5
    by_the_clock = chance.random() < 0.5
    receiver.kill = None
    pid = sender.start(number)

    def kill() -> None:
        with suppress(ProcessLookupError):
            os.kill(pid, signal.SIGKILL)

    if by_the_clock:
        time.sleep(chance.random() * 0.08)
        kill()
    else:
        receiver.kill = kill
    return int(sender.end() == -signal.SIGKILL)


def check(path: Path, receiver: Receiver, batches: int, killed: int) -> None:
    """Hold what arrived against what the outbox says."""
    with Store.open(path, readonly=True) as store:
        deliveries = store.outbox.deliveries(limit=100_000)
    assert len(deliveries) == batches * (len(KEEPS) + len(PLAIN))
    assert {d.state for d in deliveries} <= {"sent", "unknown"}
    unknown = 0
    for delivery in deliveries:
        times = receiver.taken[delivery.target][identity(delivery.batch, delivery.target)]
        if delivery.target in KEEPS:
            assert delivery.state == "sent" and times >= 1  # the receiver drops what it has by the id
        elif delivery.state == "sent":
            assert times == 1
        else:
            unknown += 1
            assert times <= 1
    assert 0 < unknown <= killed  # or the kills were too kind to mean anything


def test_fifty_kills(tmp_path: Path) -> None:
    path = tmp_path / "jiballim.db"
    receiver, killed = kill_again_and_again(path, 50, seed=20261124)
    assert killed >= 25
    check(path, receiver, 51, killed)


@pytest.mark.soak
def test_a_thousand_kills(tmp_path: Path) -> None:
    path = tmp_path / "jiballim.db"
    receiver, killed = kill_again_and_again(path, 1000, seed=1)
    assert killed >= 500
    check(path, receiver, 1001, killed)
