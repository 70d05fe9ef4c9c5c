"""kill -9 before any statement of a crawl: after a repeat run everything is there once, and was told once."""

from __future__ import annotations

import itertools
import math
import multiprocessing
import os
import random
import signal
from collections.abc import Iterator
from pathlib import Path

from notices.intake import Intake
from notices.model import EventKind, PageRead, RunState
from notices.store import Store, lock
from notices.store.views import Selection
from tests.notices.test_intake import AT, LH, SOURCES, call

KILLS = 15
PAGES, ROWS = 30, 10


def pages() -> Iterator[PageRead]:
    """The pages of a list; every tenth notice is corrected on the next page."""
    for number in range(PAGES):
        notices = [
            call(str(n), f"햇살마을 {n}단지 국민임대 예비입주자 모집")
            for n in range(number * ROWS, (number + 1) * ROWS)
        ]
        if number:
            old = (number - 1) * ROWS
            notices.append(call(str(100_000 + old), f"[정정공고]햇살마을 {old}단지 국민임대 예비입주자 모집"))
        yield PageRead(
            LH.name, f"list{number}", AT, tuple(notices), {n.key: n.title for n in notices}, etag=f'"{number}"'
        )


def crawl(path: Path, statements: float = math.inf) -> None:
    """Take every page whose validator is not known yet, and die without a word before the given statement."""
    left = itertools.count(1)

    def count(statement: str) -> None:
        if next(left) >= statements:
            os.kill(os.getpid(), signal.SIGKILL)

    with lock(path), Store.open(path) as store:
        store._db.raw.set_trace_callback(count)
        store.sources.sync(SOURCES.values())
        store.runs.abort_unfinished()
        run, intake = store.runs.begin(LH.name, AT), Intake(store, SOURCES)
        for page in pages():
            known = store.sources.page(LH.name, page.url)
            if known is None or known.etag != page.etag:
                intake.take(run, page)
        store.runs.finish(run, RunState.DONE, AT)


def test_a_crawl_killed_again_and_again_loses_nothing_and_tells_nothing_twice(tmp_path: Path) -> None:
    path, chance = tmp_path / "jiballim.db", random.Random(20261124)
    kept = set()
    for _ in range(KILLS):
        child = multiprocessing.get_context("fork").Process(target=crawl, args=(path, chance.randint(1, 2500)))
        child.start()
        child.join()
        assert child.exitcode == -signal.SIGKILL
        kept.add(_sound(path))
    assert len(kept) > KILLS / 3  # the kills fell into many pages
    crawl(path)
    with Store.open(path) as store:
        assert store.notices.count() == PAGES * ROWS + PAGES - 1
        assert store.announcements.count() == PAGES * ROWS
        told = store.events.select(Selection(relevant=None), 10_000)
        assert sum(event.kind is EventKind.NEW for event in told) == PAGES * ROWS
        assert sum(event.kind is EventKind.REVISION for event in told) == PAGES - 1
        states = {run.state for run in store.runs.recent(AT)}
        assert states <= {RunState.ABORTED, RunState.DONE}


def _sound(path: Path) -> int:
    """Every page whose validator is stored has all its notices, and the file is whole; returns the notices."""
    with Store.open(path) as store:
        assert store._db.value("PRAGMA integrity_check") == "ok"
        for page in pages():
            if store.sources.page(LH.name, page.url):
                assert len(store.notices.known_keys(LH.name, list(page.rows))) == len(page.rows)
        return store.notices.count()
