"""Twenty mornings with a source that breaks and heals: each surface says what its readers need, and no more."""

from __future__ import annotations

from datetime import datetime, timedelta
from pathlib import Path

import pytest
from click.testing import CliRunner

from jiballim import account, compose
from jiballim.cli import group
from notices.model import RunState
from notices.store import Store
from notices.store.sources import SourceInfo
from notify.lines import troubles

FIRST = datetime(2026, 11, 2, 8, 0, tzinfo=compose.SEOUL)
BROKEN = range(2, 18)
"""Mornings on which the list of 별빛시 is empty; on the fifth 달빛시 does not answer either."""


def morning(store: Store, day: int) -> datetime:
    """A run of three sources; returns when it began."""
    at = FIRST + timedelta(days=day)
    for name, title in (("haessal", "햇살시 공지"), ("byeolbit", "별빛시 고시"), ("dalbit", "달빛시 보도")):
        store.sources.put(SourceInfo(name, title, title[:3]))
        run = store.runs.begin(name, at)
        reason = (
            "empty" if name == "byeolbit" and day in BROKEN else "timeout" if name == "dalbit" and day == 5 else None
        )
        store.runs.finish(
            run, RunState.FAILED if reason else RunState.DONE, at, reason, reason and f"{title} 탈이 났습니다."
        )
    return at


def test_named_once_then_counted_then_healed(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    said: dict[str, list[str]] = {"run": [], "status": [], "digest": []}
    for day in range(20):
        with Store.open(tmp_path / "jiballim.db") as store:
            at = morning(store, day)
            lines = "\n".join(account.lines(account.account(store, at)))
            history = [*store.runs.last_of_each(), *store.runs.troubled(at - timedelta(days=60))]
            told = troubles({run.id: run for run in history}.values(), at, since=at - timedelta(days=1))
        named, healed = "별빛시 고시 탈이" in lines, "다시 읽힘 1곳\n  · 별빛시" in lines
        said["run"].append("n" if named else "h" if healed else "c" if "지난번과 같은 것 1곳" in lines else "-")
        mine = [str(trouble) for trouble in told if trouble.source == "byeolbit"]
        said["digest"].append("-" if not mine else "h" if "다시" in mine[0] else "n")
        monkeypatch.setattr(compose, "now", lambda at=at: at)
        shown = CliRunner().invoke(group, ["--home", str(tmp_path), "status"])
        assert shown.exit_code == (1 if day in BROKEN else 0)
        rows = shown.output.splitlines()
        said["status"].append("n" if "별빛시" in rows[1] and "11-04부터 실패" in rows[1] else "-")
    assert "".join(said["status"]) == "--nnnnnnnnnnnnnnnn--"  # always the truth, troubles first
    assert "".join(said["run"]) == "--nccccccccccccccch-"
    assert "".join(said["digest"]) == "--n--n---n------n-h-"


def test_a_trouble_that_turns_into_another_is_named_anew(tmp_path: Path) -> None:
    with Store.open(tmp_path / "jiballim.db") as store:
        for day, reason in enumerate(("empty", "empty", "tls")):
            at = FIRST + timedelta(days=day)
            store.runs.finish(store.runs.begin("haessal", at), RunState.FAILED, at, reason, f"{reason} 탈")
        told = account.account(store, FIRST + timedelta(days=2))
        assert [run.reason for run in told.fresh] == ["tls"] and not told.recovered and not told.well
        assert [run.reason for run in account.account(store, FIRST).fresh] == ["empty", "tls"]
