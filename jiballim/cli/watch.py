"""`jiballim watch`: the one long-running process of a centre."""

from __future__ import annotations

import json
import signal
import threading
import time
from datetime import datetime, timedelta
from pathlib import Path
from typing import TYPE_CHECKING

import click

from jiballim import compose, config, work
from notices.errors import Refusal

if TYPE_CHECKING:
    from jiballim.rhythm import Plan

TICK = 60.0  # seconds between looks at the outbox and the clock
HISTORY = timedelta(days=3)


@click.command()
@click.option("--json-log", is_flag=True, help="사람이 읽는 글 대신 JSON 줄로 기록합니다")
@click.option("--once", is_flag=True, help="지금 할 것만 하고 끝냅니다")
@click.pass_obj
def command(home: Path, json_log: bool, once: bool) -> None:
    """계속 켜 두는 프로그램: 출처마다 제때 읽고, 피드를 새로 하고, 알림을 제때 보냅니다.

    잠들었다 깨면 밀린 것을 한 번만 합니다. Ctrl+C나 SIGTERM을 받으면 하던 것을 마치고 끝냅니다.
    """
    config.load(home).require_contact()
    stop = Stop()
    log = Log(json_log)
    log("시작", home=str(home))
    while not stop.asked.is_set():
        wake = tick(home, log, stop)
        if once:
            break
        stop.asked.wait(min(TICK, max(1.0, (wake - compose.now()).total_seconds())))
    log("끝")


class Stopped(Exception):  # noqa: N818 - a wish, no error
    """Somebody asked to stop while sources were read."""


class Stop:
    """A signal asks to stop: at once while sources are read, else after what is being done (a message is never cut)."""

    def __init__(self) -> None:
        self.asked = threading.Event()
        self.reading = False
        for number in (signal.SIGTERM, signal.SIGINT):
            signal.signal(number, self._heard)

    def _heard(self, *_: object) -> None:
        self.asked.set()
        if self.reading:
            raise Stopped


class Log:
    """Lines that a person can read, or JSON."""

    def __init__(self, as_json: bool) -> None:
        self._json = as_json
        self._faults: set[str] = set()

    def __call__(self, what: str, **more: object) -> None:
        """Write one line."""
        at = compose.now().isoformat(timespec="seconds")
        if self._json:
            click.echo(json.dumps({"at": at, "what": what, **more}, ensure_ascii=False, default=str))
        else:
            click.echo(f"{at[:19].replace('T', ' ')}  {what}" + "".join(f"  {value}" for value in more.values()))

    def faults(self, sentences: set[str]) -> None:
        """Say what is wrong with source files, each once as long as it stays so."""
        for sentence in sorted(sentences - self._faults):
            self("출처 파일 이상", why=sentence)
        self._faults = sentences


def tick(home: Path, log: Log, stop: Stop) -> datetime:
    """Do all that is due now; returns when to look again. A refusal is told and the rest goes on."""
    settings = config.load(home)
    now = compose.now()
    wake = now + timedelta(seconds=TICK)
    try:
        log.faults({str(fault) for fault in compose.faults(settings).values()})
        _vet(settings, now, log, stop)
        planned = _plan(settings, now)
        wake = planned.wake
        if planned.due:
            _crawl(settings, planned, log, stop)
        sent = work.notify(settings, compose.now())
        report = sent.report
        if report.sent or report.failed or report.unknown or report.given_up:
            log(
                "알림", sent=f"보냄 {len(report.sent)}", failed=f"실패 {len(report.failed)}",
                unknown=f"모름 {len(report.unknown)}", given_up=f"그만둠 {len(report.given_up)}",
            )  # fmt: skip
    except Stopped:
        log("수집을 멈춥니다. 저장된 것은 그대로이고 다음에 이어집니다.")
    except Refusal as refusal:
        log("이상", why=str(refusal))
        wake = compose.now() + timedelta(minutes=5)
    return wake


def _vet(settings: config.Config, now: datetime, log: Log, stop: Stop) -> None:
    """Look at sources that were never seen here, or are to be tried again, in the hours in which boards are read."""
    from jiballim import rhythm
    from jiballim.cli.sources_check import summary

    names = work.unseen(settings, now) if rhythm.awake(now) == now else []
    if not names:
        return
    stop.reading = True
    try:
        log("새로 본 곳", found=summary(work.check(settings, names).values()))
    finally:
        stop.reading = False


def _plan(settings: config.Config, now: datetime) -> Plan:
    from jiballim import rhythm

    sources = work.readable(settings)
    with compose.store(settings) as store:
        recent = store.runs.recent(now - HISTORY)
    runs = {source.name: [run for run in recent if run.source == source.name] for source in sources}
    return rhythm.plan(sources, runs, now)


def _crawl(settings: config.Config, planned: Plan, log: Log, stop: Stop) -> None:
    """Read what is due, and publish."""
    began = time.monotonic()
    stop.reading = True
    try:
        runs = work.crawl(settings, planned.due)
    finally:
        stop.reading = False
    for run in runs:
        if run.sentence:
            log("수집 이상", source=run.source_title, why=run.sentence)
    new, changed = sum(run.new for run in runs), sum(run.changed for run in runs)
    log(
        "수집",
        sources=f"{len(runs)}곳",
        new=f"새 글 {new}",
        changed=f"바뀐 글 {changed}",
        took=f"{time.monotonic() - began:.0f}초",
    )
    published = work.publish(settings, compose.now())
    if published.written:
        log("발행", written=f"파일 {len(published.written)}개")
