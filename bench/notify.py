"""A morning for a city's 26 centres, and the outbox beside bare Apprise, to the same targets on loopback."""

from __future__ import annotations

import sqlite3
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime
from pathlib import Path

from bench.report import Line
from notices.intake import Intake
from notices.model import Notice, PageRead
from notices.regions import children
from notices.store import SourceInfo, Store
from notify.deliver import deliver
from notify.plan import plan
from notify.routes import Centre, Route
from notify.targets import Target, Targets
from notify.workdays import SEOUL

NOW = datetime(2026, 11, 24, 8, 30, tzinfo=SEOUL)
ITEMS, PAGE = 5_000, 50
TARGETS, BATCHES, TURNS = 10, 40, 6
KINDS = ("국민임대주택", "행복주택", "영구임대주택", "매입임대주택", "장기전세주택")
MEMORY = Path("/dev/shm")  # a folder without a disk behind it, to tell our own cost from the disk's
CITY = SourceInfo("city", "햇살도시공사", "햇살도시공사", "11000")

_SERVER = """
import socketserver
class Take(socketserver.StreamRequestHandler):
    disable_nagle_algorithm = True
    def handle(self):
        size = 0
        while (line := self.rfile.readline()) not in (b"\\r\\n", b""):
            if line.lower().startswith(b"content-length:"):
                size = int(line.split(b":")[1])
        self.rfile.read(size)
        self.wfile.write(b"HTTP/1.1 204 No Content\\r\\nConnection: close\\r\\n\\r\\n")
class Server(socketserver.ThreadingTCPServer):
    request_queue_size = 128
    daemon_threads = True
with Server(("127.0.0.1", 0), Take) as server:
    print(server.server_address[1], flush=True)
    server.serve_forever()
"""


def lines() -> Iterator[Line]:
    """Make 26 digests over 5,000 new items; send 400 messages to ten targets."""
    with tempfile.TemporaryDirectory() as folder:
        yield _morning(Path(folder) / "morning.db")
        with _receiver() as port:
            yield _throughput(Path(folder), port, confirms=True)
            yield _throughput(Path(folder), port, confirms=False)
            if MEMORY.is_dir():
                with tempfile.TemporaryDirectory(dir=MEMORY) as quick:
                    yield _throughput(Path(quick), port, confirms=True)
                    yield _throughput(Path(quick), port, confirms=False)


def _morning(path: Path) -> Line:
    centres = _centres()
    targets = Targets(
        centres, {"JIP_URLS": "json://127.0.0.1/x mailto://127.0.0.1/a@x.example.org?from=b@x.example.org"}
    )
    with Store.open(path) as store:
        _fill(store)
        wall, started = time.perf_counter(), time.process_time()
        made = plan(store, centres, targets, NOW)
        taken, wall = time.process_time() - started, time.perf_counter() - wall
    told = sum(len(each.digest.events) for each in made)
    return Line(
        f"digests of {len(made)} centres over {ITEMS:,} new items",
        taken,
        "s CPU",
        3.0,
        note=f"{told:,} told, {wall:.2f} s",
    )


def _centres() -> list[Centre]:
    route = Route("staff", urls_env=("JIP_URLS",))
    districts = [Centre(f"gu-{gu.code}", gu.name, (gu.code,), (route,)) for gu in children("11000")]
    return [*districts, Centre("seoul", "중앙", ("11",), (route,))]


def _fill(store: Store) -> None:
    store.sources.sync([CITY])
    intake, districts = Intake(store, {CITY.name: CITY}), children("11000")
    for start in range(0, ITEMS, PAGE):
        notices = tuple(_notice(n, districts[n % len(districts)].name) for n in range(start, start + PAGE))
        intake.take(
            None,
            PageRead(CITY.name, f"https://city.example.kr/{start}", NOW, notices, {n.key: n.title for n in notices}),
        )


def _notice(n: int, place: str) -> Notice:
    title = f"{place} 햇살{n}단지 {KINDS[n % 5]} 예비입주자 모집공고"
    fields = {"closes": f"2026.12.{n % 28 + 1:02}"}
    return Notice(
        CITY.name, str(n), title, f"https://city.example.kr/notice/{n}", NOW.date(), fields=fields, detail=True
    )


@contextmanager
def _receiver() -> Iterator[int]:
    server = subprocess.Popen([sys.executable, "-c", _SERVER], stdout=subprocess.PIPE, text=True)
    try:
        assert server.stdout
        yield int(server.stdout.readline())
    finally:
        server.kill()
        server.wait()


def _throughput(folder: Path, port: int, *, confirms: bool) -> Line:
    """Send to ten receivers that drop repeats, as many at a time as bare Apprise does, or one by one as it then does too.

    Both take turns, so that a busy machine is busy for both; the best turn of each counts.
    """
    urls = [f"json://127.0.0.1:{port}/{n}" for n in range(TARGETS)]
    turns = [
        (_bare(urls, abreast=confirms), _ours(folder / f"{confirms}{turn}.db", urls, confirms=confirms))
        for turn in range(TURNS)
    ]
    bare, ours = min(b for b, _ in turns), min(o for _, o in turns)
    messages = TARGETS * BATCHES
    how = "receivers drop repeats" if confirms else "one by one"
    disk = ", no disk" if MEMORY in folder.parents else ""
    wait = "" if disk else f"; one synced commit here takes {_commit(folder) * 1000:.2f} ms"
    note = f"{messages / ours:.0f} against {messages / bare:.0f} messages a second{wait}"
    return Line(f"outbox beside bare Apprise, {how}{disk}", bare / ours, "x bare", 0.7, 1.0, at_least=True, note=note)


def _commit(folder: Path) -> float:
    """Seconds that a bare commit takes to reach the disk: what one by one pays for each message, against power cuts."""
    database = sqlite3.connect(folder / "bare.db", isolation_level=None)
    database.executescript("PRAGMA journal_mode=WAL; PRAGMA synchronous=FULL; CREATE TABLE IF NOT EXISTS one (n)")
    started = time.perf_counter()
    for n in range(100):
        database.execute("INSERT INTO one VALUES (?)", (n,))
    taken = time.perf_counter() - started
    database.close()
    return taken / 100


def _bare(urls: list[str], *, abreast: bool) -> float:
    import apprise

    services = apprise.Apprise(asset=apprise.AppriseAsset(async_mode=abreast))
    services.add(urls)
    started = time.perf_counter()
    for _ in range(BATCHES):
        assert services.notify("본문\n", title="제목", body_format=apprise.NotifyFormat.TEXT)
    return time.perf_counter() - started


def _ours(path: Path, urls: list[str], *, confirms: bool) -> float:
    targets = {str(n): Target(str(n), url, confirms=confirms) for n, url in enumerate(urls)}
    with Store.open(path) as store:
        started = time.perf_counter()
        for batch in range(BATCHES):
            with store.transaction():
                for name in targets:
                    store.outbox.intend(f"batch-{batch}", name, "r", "제목", "본문\n", None, NOW, confirmable=confirms)
        assert len(deliver(store.outbox, NOW, targets.get).sent) == BATCHES * len(urls)
        return time.perf_counter() - started
