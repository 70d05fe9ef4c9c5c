"""The server at size: 200,000 announcements; what strangers ask, what the channel asks, and the desk's pages."""

from __future__ import annotations

import json
import os
import random
import shutil
import statistics
import subprocess
import tempfile
import threading
import time
from collections.abc import Callable, Iterator, Sequence
from datetime import timedelta
from http.client import HTTPConnection
from pathlib import Path
from typing import Any
from unittest import mock

import uvicorn
from starlette.testclient import TestClient
from starlette.types import ASGIApp

from bench.feeds import ANNOUNCEMENTS, START, fill
from bench.report import Line
from desk.web import passwords
from jiballim import compose, config
from jiballim.web.app import started
from notices.store import Store

ASKED = 60  # requests a figure
PASSWORD = "여름 언덕 파란 대문"
SETTINGS = """
[desk]
enabled = true

[[centre]]
name = "paju"
regions = ["경기도 파주시"]

[[centre]]
name = "gyeonggi"
regions = ["경기도"]
"""
WORDS = ("햇살마을", "행복주택", "예비입주자 모집", "국민임대 모집공고", "77단지", "매입임대", "없는말", "청년")
PLACES = ("11500", "41480", "26350", "28185", "41", "11")
DAY = (START + timedelta(minutes=28.6 * ANNOUNCEMENTS)).astimezone(compose.SEOUL)


def lines() -> Iterator[Line]:
    """Measure answers, with a client in the same process; 304 answers over a socket."""
    random.seed(1)
    with tempfile.TemporaryDirectory() as made:
        home = Path(made)
        (home / config.NAME).write_text(SETTINGS, "utf-8")
        with Store.open(home / "jiballim.db") as store:
            fill(store)
            store._db.execute("UPDATE notice SET announcement_id = id")
            store.index.rebuild()
        yield from measure(home)


def measure(home: Path) -> Iterator[Line]:
    """Measure over a store that is filled."""
    with mock.patch.object(compose, "now", lambda: DAY):
        app = started(config.load(home))
        with TestClient(app, base_url="http://127.0.0.1", follow_redirects=False) as client:
            yield _line("serve: feed of any choice", [_feed(client) for _ in range(ASKED)], 60)
            yield _line("serve: search", [_search(client) for _ in range(ASKED)], 20)
            yield _line("serve: answers to the channel", [_skill(client) for _ in range(ASKED)], 100)
            passwords.keep(home, PASSWORD)
            _login(client)
            for centre in ("paju", "gyeonggi"):
                for name, path in _pages(centre):
                    asked = [_took(client, path()) for _ in range(ASKED // 3)]
                    yield _line(f"serve: desk of {centre}, {name}", asked, 80)
        yield from _unchanged(app, home)


def _line(name: str, took: Sequence[tuple[float, float]], target: float) -> Line:
    """CPU time, since the clock on the wall measures the other programs too; both are in the note."""
    cpu, wall = (sorted(column) for column in zip(*took, strict=True))
    p95 = int(len(took) * 0.95)
    note = f"median {statistics.median(cpu):.1f}, on the wall {statistics.median(wall):.1f}, p95 {wall[p95]:.1f}"
    return Line(f"{name}, p95", cpu[p95], "ms CPU", target, note=note)


def _timed(ask: Callable[[], Any]) -> tuple[float, float]:
    """CPU and wall milliseconds of a request, its client's included."""
    start, cpu = time.perf_counter(), time.process_time()
    answer = ask()
    took = ((time.process_time() - cpu) * 1000, (time.perf_counter() - start) * 1000)
    assert answer.status_code == 200, (answer.status_code, answer.text[:200])
    return took


def _took(client: TestClient, path: str) -> tuple[float, float]:
    return _timed(lambda: client.get(path))


def _feed(client: TestClient) -> tuple[float, float]:
    """The newest 100 of a place and a type, or of words; no two requests alike."""
    more = random.choice(({"supply": "행복주택"}, {"q": random.choice(WORDS)}, {"audience": "청년"}, {}))
    wish = {"region": random.choice(PLACES), "format": random.choice(("xml", "atom", "json")), "limit": "100", **more}
    return _timed(lambda: client.get("/feeds", params=wish))


def _search(client: TestClient) -> tuple[float, float]:
    words = random.choice((*WORDS, f"{random.randint(1, ANNOUNCEMENTS)}단지"))
    return _timed(lambda: client.get("/api/announcements", params={"q": words, "limit": "20"}))


def _skill(client: TestClient) -> tuple[float, float]:
    said = random.choice(("파주시", "곧 마감", "강서구 행복주택", "햇살마을", "부산 국민임대 있어?", "내 지역 공고"))
    payload = json.dumps({"userRequest": {"utterance": said, "user": {"id": "x"}}, "action": {"params": {}}})
    return _timed(lambda: client.post("/kakao/skill", content=payload))


def _login(client: TestClient) -> None:
    page = client.get("/desk/login").text
    key = page.split('name="key" value="')[1].split('"')[0]
    assert client.post("/desk/login", data={"key": key, "password": PASSWORD}).status_code == 303


def _pages(centre: str) -> Iterator[tuple[str, Callable[[], str]]]:
    def any_() -> int:
        return random.randint(1, ANNOUNCEMENTS)

    yield "queue", lambda: f"/desk/{centre}/"
    yield "search", lambda: f"/desk/{centre}/search?q={random.choice(WORDS)}"
    yield "view", lambda: f"/desk/{centre}/a/{any_()}"
    yield "draft", lambda: f"/desk/{centre}/a/{any_()}/draft"
    yield "sources", lambda: f"/desk/{centre}/sources"


def _unchanged(app: ASGIApp, home: Path) -> Iterator[Line]:
    """304 answers a second over four connections; nginx's on the same file beside it, where it is installed."""
    (home / "public").mkdir()
    (home / "public" / "feed.xml").write_bytes(b"<rss>" + b"x" * 28_000 + b"</rss>")
    server = uvicorn.Server(uvicorn.Config(app, port=0, log_level="error", access_log=False))
    threading.Thread(target=server.run, daemon=True).start()
    while not server.started:
        time.sleep(0.01)
    ours = _rate(server.servers[0].sockets[0].getsockname()[1])
    server.should_exit = True
    theirs = _nginx(home)
    yield Line("serve: 304 answers", ours, "/s", 1000, theirs, at_least=True, note=_beside(theirs))


def _beside(theirs: float | None) -> str:
    client = "one process asks and answers"
    return f"{client}; nginx is not installed" if theirs is None else f"{client}; floor: nginx"


def _rate(port: int, seconds: float = 2.0) -> float:
    counts = [0] * 4
    ends = time.perf_counter() + seconds

    def ask(n: int) -> None:
        link = HTTPConnection("127.0.0.1", port)
        link.request("GET", "/feed.xml")
        first = link.getresponse()
        first.read()
        assert first.status == 200, first.status
        headers = {"If-None-Match": first.headers["ETag"]}
        while time.perf_counter() < ends:
            link.request("GET", "/feed.xml", headers=headers)
            answer = link.getresponse()
            answer.read()
            assert answer.status == 304
            counts[n] += 1

    threads = [threading.Thread(target=ask, args=(n,)) for n in range(len(counts))]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return sum(counts) / seconds


def _nginx(home: Path) -> float | None:
    found = shutil.which("nginx")
    if found is None:
        return None
    port = 18_900
    temporary = " ".join(
        f"{name}_temp_path {home}/{name};" for name in ("client_body", "proxy", "fastcgi", "uwsgi", "scgi")
    )
    (home / "nginx.conf").write_text(
        f"{'user root root; ' if os.geteuid() == 0 else ''}pid {home}/nginx.pid; daemon off; error_log {home}/nginx.err; events {{}}"
        f" http {{ {temporary} access_log off; server {{ listen 127.0.0.1:{port}; root {home}/public; }} }}",
        "utf-8",
    )
    process = subprocess.Popen([found, "-p", str(home), "-c", str(home / "nginx.conf")])
    try:
        time.sleep(0.5)
        return _rate(port)
    finally:
        process.terminate()
        process.wait()
