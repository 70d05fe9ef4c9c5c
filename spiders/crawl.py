"""Crawl sources into the store of a home folder, in a process of its own: `crawl`, or `days` for several in a row.

The reactor starts once a process and a crawl may be killed at any moment, so the crawl never shares the caller's
process. The child takes the writer's lock, and stops by itself when its parent is gone.
"""

from __future__ import annotations

import json
import os
import subprocess
import sys
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import IO, Any

from notices.errors import Refusal, WrongUse
from notices.store import Check, Store
from notices.store.views import RunView
from spiders import keys
from spiders.budget import budgets
from spiders.registry import Source
from spiders.settings import VERSION

LOG = "crawl.log"
LOG_LIMIT = 5_000_000  # bytes; then the log goes on afresh, and the one before is kept
DATABASE = "jiballim.db"


class CrawlError(Refusal):
    """The crawl as a whole came to no end; what was stored stays."""


@dataclass(frozen=True, slots=True)
class Step:
    """How far a source is: told whenever it stored a page or ended. `state` is a RunState's value."""

    source: str
    state: str
    listed: int
    new: int
    changed: int
    details: int
    requests: int


@dataclass(frozen=True, slots=True)
class Day:
    """One crawl: the sources by name (none: every enabled one), the moment it is (None: the clock's)."""

    names: tuple[str, ...] = ()
    now: datetime | None = None
    replay_origin: str = ""


def crawl(
    names: Iterable[str] = (),
    *,
    home: Path,
    contact: str = "",
    now: datetime | None = None,
    replay_origin: str = "",
    progress: Callable[[Step], None] | None = None,
    overrides: Mapping[str, Any] | None = None,
) -> list[RunView]:
    """Crawl once and return the runs. Raises SourceError, StoreError, WrongUse and CrawlError, one sentence each."""
    day = Day(tuple(names), now, replay_origin)
    return days([day], home=home, contact=contact, progress=progress, overrides=overrides)[0]


def days(
    crawls: Sequence[Day],
    *,
    home: Path,
    contact: str = "",
    progress: Callable[[Step], None] | None = None,
    overrides: Mapping[str, Any] | None = None,
) -> list[list[RunView]]:
    """Crawl several times in a row in one process; returns the runs of each."""
    job = _job(crawls, home, contact, overrides)
    runs = _heard(_started(home), job, home, progress)
    with Store.open(home / DATABASE, readonly=True) as store:
        return [[view for run in ids if (view := store.runs.get(run)) is not None] for ids in runs]


def check(
    names: Iterable[str],
    *,
    home: Path,
    contact: str = "",
    now: datetime | None = None,
    replay_origin: str = "",
    progress: Callable[[Step], None] | None = None,
    save: Path | None = None,
) -> dict[str, Check]:
    """Look at sources without storing their notices; keeps what was found and returns it by name.

    `save` is a folder for the pages of one source: list.html, detail.html and their addresses.
    """
    names = list(names)
    if not names:
        return {}
    job = _job([Day(tuple(names), now, replay_origin)], home, contact, None) | {
        "check": True,
        "save": save and str(save),
    }
    _heard(_started(home), job, home, progress)
    with Store.open(home / DATABASE, readonly=True) as store:
        return {name: found for name, found in store.checks.all().items() if name in names}


def _job(crawls: Sequence[Day], home: Path, contact: str, overrides: Mapping[str, Any] | None) -> dict[str, Any]:
    if any(not day.replay_origin for day in crawls):
        require_contact(contact)
    home.mkdir(parents=True, exist_ok=True)
    return {
        "home": str(home),
        "contact": contact,
        "overrides": dict(overrides or {}),
        "days": [[list(d.names), d.now and d.now.isoformat(), d.replay_origin] for d in crawls],
    }


def require_contact(contact: str) -> None:
    """Refuse to read a real site without the operator's contact."""
    if not contact:
        raise WrongUse("contact: 실제 사이트를 읽으려면 운영자 연락처가 있어야 합니다. 설정에 contact를 적으십시오.")


def settings(sources: Iterable[Source], contact: str, replay_origin: str) -> dict[str, Any]:
    """Scrapy's settings for these sources: who asks, how often each host is asked, by which TLS; no pause in a replay."""
    if not replay_origin:
        require_contact(contact)
    sources = list(sources)
    slots: dict[str, dict[str, Any]] = {}
    profiles: dict[str, list[str]] = {}
    for source in sources:
        for host in source.hosts:
            delay = max(source.delay, slots.get(host, {}).get("delay", 0.0))
            slots[host] = {"delay": 0.0 if replay_origin else delay, "concurrency": 1, "jitter": 0.0}
            if source.transport.tls != "default" or source.transport.ca:
                profiles[host] = [source.transport.tls, str(source.transport.ca or "")]
    return {
        "USER_AGENT": f"jiballim/{VERSION} (+{contact})" if contact else f"jiballim/{VERSION}",
        "REPLAY_ORIGIN": replay_origin,
        "DOWNLOAD_DELAY": 0.0 if replay_origin else 1.0,
        "DOWNLOAD_SLOTS": slots,
        "BUDGETS": budgets(sources),
        "TLS_PROFILES": profiles,
        "KEYS": {source.name: key for source in sources if (key := keys.held(source, os.environ)) is not None},
        "SECRETS": keys.values((source.key for source in sources if source.key), os.environ),
    }


def _started(home: Path) -> subprocess.Popen[str]:
    """Start the child; in its own session, so that a signal of the terminal reaches it once, through us."""
    root = str(Path(__file__).resolve().parents[1])
    path = os.pathsep.join(filter(None, (root, os.environ.get("PYTHONPATH"))))
    try:
        if (home / LOG).exists() and (home / LOG).stat().st_size > LOG_LIMIT:
            (home / LOG).replace(home / f"{LOG}.1")
        log = (home / LOG).open("ab")
    except OSError as wrong:
        raise CrawlError(f"{home / LOG} 파일을 쓸 수 없습니다({wrong.strerror}): 폴더의 권한을 고치십시오.") from None
    with log:
        return subprocess.Popen(
            [sys.executable, "-m", "spiders.child"],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=log,
            text=True,
            encoding="utf-8",
            env={**os.environ, "PYTHONPATH": path, "PYTHONIOENCODING": "utf-8"},
            start_new_session=True,
        )


def _heard(
    child: subprocess.Popen[str], job: Mapping[str, Any], home: Path, progress: Callable[[Step], None] | None
) -> list[list[int]]:
    """Follow the child to its end; returns the ids of the runs of each day."""
    assert child.stdin is not None and child.stdout is not None
    runs: list[list[int]] = []
    try:
        child.stdin.write(json.dumps(job) + "\n")
        child.stdin.flush()
        for said in _lines(child.stdout):
            if "refusal" in said:
                raise (WrongUse if said["wrong"] else CrawlError)(said["refusal"])
            if "runs" in said:
                runs.append(said["runs"])
            elif progress is not None:
                progress(Step(**said))
    except BrokenPipeError:
        pass  # the child died before it read its job; its exit code says so
    finally:
        child.stdin.close()  # whatever stopped us stops the child, gracefully
        code = child.wait()
        child.stdout.close()
    if code != 0 or len(runs) != len(job["days"]):
        raise CrawlError(
            f"수집이 도중에 끊겼습니다(종료 코드 {code}). 저장된 것은 그대로이니 다시 하십시오. 자세히: {home / LOG}"
        )
    return runs


def _lines(stream: IO[str]) -> Iterable[dict[str, Any]]:
    for line in stream:
        if line.startswith("{"):
            yield json.loads(line)
