"""Killed or stopped at any moment: nothing stored is lost, and the next crawl brings the rest, once."""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
import threading
import time
from pathlib import Path

import pytest

from notices.model import RunState
from notices.store import Store, StoreError, lock
from notices.store.views import Selection
from spiders.crawl import CrawlError, crawl
from spiders.standins import Handler, Request, Response, serve
from tests.replay import LH_POST, Post, lh_site

ROOT = Path(__file__).resolve().parents[2]
PAGES = [
    [Post(f"20151223000{page}{n:04}", f"햇살{page}단지 {n}호 국민임대 모집") for n in range(6)] for page in range(4)
]


def after(count: int, deed: int, home: Path) -> Handler:
    """LH's site; at its n-th notice the crawling process gets a signal."""
    site, seen, guard = lh_site(PAGES), [0], threading.Lock()

    def answer(request: Request) -> Response:
        if request.path == LH_POST:
            with guard:
                seen[0] += 1
            if seen[0] == count:
                os.kill(int((home / "jiballim.db.lock").read_text()), deed)
                time.sleep(0.2)
        return site(request)

    return answer


def keys(home: Path) -> list[str]:
    """The keys of all notices stored, in order of storing."""
    with Store.open(home / "jiballim.db", readonly=True) as store:
        found = store.announcements.select(Selection(relevant=None), limit=1000)
        return sorted(place.key for a in found for place in a.seen)


@pytest.mark.parametrize("count", [1, 15])
def test_kill_9_loses_the_open_page_only_and_the_next_crawl_brings_it(tmp_path: Path, count: int) -> None:
    with serve(after(count, signal.SIGKILL, tmp_path)) as served, pytest.raises(CrawlError, match="끊겼습니다"):
        crawl(["lh-rental"], home=tmp_path, replay_origin=served.origin)
    assert len(keys(tmp_path)) == (count - 1) // 6 * 6
    with serve(lh_site(PAGES)) as served:
        (run,) = crawl(["lh-rental"], home=tmp_path, replay_origin=served.origin)
    assert (run.state, run.new) == (RunState.DONE, 24 - (count - 1) // 6 * 6)
    assert keys(tmp_path) == sorted(post.key for page in PAGES for post in page)
    with Store.open(tmp_path / "jiballim.db", readonly=True) as store:
        first = store.runs.get(1)
        assert first is not None and first.state is RunState.ABORTED
        assert store.events.last_id() == 24


def test_sigterm_ends_the_crawl_cleanly_and_keeps_what_was_read(tmp_path: Path) -> None:
    with serve(after(9, signal.SIGTERM, tmp_path)) as served:
        (run,) = crawl(["lh-rental"], home=tmp_path, replay_origin=served.origin)
    assert (run.state, run.reason) == (RunState.ABORTED, "stopped")
    assert run.sentence
    assert 8 <= len(keys(tmp_path)) <= 11
    with serve(lh_site(PAGES)) as served:
        (run,) = crawl(["lh-rental"], home=tmp_path, replay_origin=served.origin)
        asked = [r.query["panId"] for r in served.requests if r.path == LH_POST]
    assert run.state is RunState.DONE
    assert len(keys(tmp_path)) == 24
    assert len(asked) == len(set(asked)) == run.new


def test_a_second_crawl_at_the_same_time_is_refused(tmp_path: Path) -> None:
    with lock(tmp_path / "jiballim.db"), serve(lh_site(PAGES)) as served:
        with pytest.raises(CrawlError, match="다른 집알림"):
            crawl(["lh-rental"], home=tmp_path, replay_origin=served.origin)
        assert served.requests == []


def test_an_unwritable_home_is_one_sentence(tmp_path: Path) -> None:
    (tmp_path / "jiballim.db").mkdir()
    with serve(lh_site(PAGES)) as served, pytest.raises((CrawlError, StoreError)) as wrong:
        crawl(["lh-rental"], home=tmp_path, replay_origin=served.origin)
    assert "\n" not in str(wrong.value)
    assert "jiballim.db" in str(wrong.value)


ORPHAN = """
import sys
from pathlib import Path
from spiders.crawl import crawl
crawl(["lh-rental"], home=Path(sys.argv[1]), replay_origin=sys.argv[2], overrides={"GRACE": 1.0})
"""


def test_a_crawl_whose_parent_is_killed_lets_the_lock_go(tmp_path: Path) -> None:
    """The parent is killed while an answer is under way that comes much later; the child waits for it a while only."""
    asked, held = threading.Event(), threading.Event()
    site = lh_site(PAGES)

    def answer(request: Request) -> Response:
        if request.path == LH_POST:
            asked.set()
            held.wait(20)
        return site(request)

    with serve(answer) as served:
        parent = subprocess.Popen([sys.executable, "-c", ORPHAN, str(tmp_path), served.origin])
        assert asked.wait(20)
        child = int((tmp_path / "jiballim.db.lock").read_text())
        parent.kill()
        parent.wait()
        end = time.monotonic() + 10
        while Path(f"/proc/{child}").exists() and time.monotonic() < end:
            time.sleep(0.1)
        free = not Path(f"/proc/{child}").exists()
        held.set()
    assert free
    with serve(site) as served:
        (run,) = crawl(["lh-rental"], home=tmp_path, replay_origin=served.origin)
    assert (run.state, run.new) == (RunState.DONE, 24)


def test_a_crawl_whose_parent_is_gone_before_it_opens_ends_at_once(tmp_path: Path) -> None:
    job = {"home": str(tmp_path), "contact": "", "overrides": {"GRACE": 15.0}}
    with serve(lh_site(PAGES)) as served:
        day = [["lh-rental"], None, served.origin]
        done = subprocess.run(
            [sys.executable, "-m", "spiders.child"],
            cwd=ROOT, input=json.dumps({**job, "days": [day]}) + "\n", capture_output=True, text=True, check=False,
        )  # fmt: skip
    assert done.returncode == 0, done.stderr[-2000:]
    with lock(tmp_path / "jiballim.db"):
        pass
