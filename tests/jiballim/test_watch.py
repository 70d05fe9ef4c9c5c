"""The long-running process: does what is due, tells what goes wrong, and stops when asked."""

from __future__ import annotations

import json
import signal
import subprocess
import sys
import time
from pathlib import Path
from types import SimpleNamespace

import pytest

from jiballim import compose, config, work
from jiballim.cli import watch
from notices.errors import Refusal
from spiders import registry


@pytest.fixture
def home(tmp_path: Path) -> Path:
    """A home that listens to nobody."""
    off = json.dumps(list(registry.load()))
    (tmp_path / config.NAME).write_text(f'contact = "a@example.or.kr"\noff = {off}\n', "utf-8")
    return tmp_path


def test_it_stops_cleanly_when_asked(home: Path) -> None:
    child = subprocess.Popen(
        [sys.executable, "-c", "from jiballim.cli import main; main()", "--home", str(home), "watch", "--json-log"],
        stdout=subprocess.PIPE, text=True,
    )  # fmt: skip
    assert child.stdout is not None
    assert json.loads(child.stdout.readline())["what"] == "시작"
    time.sleep(0.3)
    child.send_signal(signal.SIGTERM)
    rest, _ = child.communicate(timeout=20)
    assert json.loads(rest.splitlines()[-1])["what"] == "끝"
    assert child.returncode == 0


def test_a_refusal_is_told_and_it_goes_on(
    home: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    def refuse(*_: object, **__: object) -> None:
        raise Refusal("디스크가 찼습니다: 비우십시오.")

    monkeypatch.setattr(work, "notify", refuse)
    stop = SimpleNamespace(reading=False)
    wake = watch.tick(home, watch.Log(as_json=False), stop)  # type: ignore[arg-type]  # stands in for Stop
    assert "디스크가 찼습니다" in capsys.readouterr().out
    assert wake > compose.now()


def test_a_signal_interrupts_reading_only(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(signal, "signal", lambda *_: None)
    stop = watch.Stop()
    stop._heard()
    assert stop.asked.is_set()
    stop.reading = True
    with pytest.raises(watch.Stopped):
        stop._heard()
