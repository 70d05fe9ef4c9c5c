"""Where nothing is heard nothing is well: no network, nothing read yet, nothing read for days; at every place that says so."""

from __future__ import annotations

import json
from datetime import timedelta
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from jiballim import compose, config, hearing
from jiballim.cli import group
from jiballim.web import answers
from notices.model import RunState
from notices.store import Check, Store
from spiders import registry
from tests.replay import write_source


def home(path: Path, *names: str) -> Path:
    """A home that listens to boards of its own alone, at addresses where nobody answers."""
    for name in names or ("haessal", "dalbit"):
        write_source(path, name, f"https://{name}.invalid/list.do")
    (path / "jiballim.toml").write_text('contact = "housing@paju.example.kr"', "utf-8")
    return path


@pytest.fixture(autouse=True)
def only_own(monkeypatch: pytest.MonkeyPatch) -> None:
    """No built-in source is there to be asked."""
    real = registry.gather
    monkeypatch.setattr(registry, "gather", lambda own: real(own, Path("nowhere")))


def say(path: Path, *arguments: str) -> Result:
    """Type a command."""
    return CliRunner().invoke(group, ["--home", str(path), *arguments])


def looked(path: Path, **states: str) -> None:
    """Note how each board answered when it was looked at."""
    with Store.open(path / "jiballim.db") as store:
        for source in compose.sources(config.load(path)).values():
            state = states[source.name]
            store.checks.put(Check(source.name, compose.now(), source.asked, state, "dns", "주소를 찾지 못했습니다."))


def test_without_a_network_nothing_is_well(tmp_path: Path) -> None:
    looked(home(tmp_path), haessal="fails", dalbit="fails")
    run, status, doctor = say(tmp_path, "run"), say(tmp_path, "status"), say(tmp_path, "doctor")
    assert [done.exit_code for done in (run, status, doctor)] == [1, 1, 1]
    assert all(hearing.DEAF in done.output for done in (run, status, doctor))
    assert "좋습니다" not in status.output and "듣지 못하는 곳 2곳" in status.output
    assert hearing.DEAF in say(tmp_path, "run", "--quiet").output
    assert json.loads(say(tmp_path, "status", "--json").stdout)["well"] is False


def test_a_board_that_cannot_be_read_here_is_named_beside_those_that_can(tmp_path: Path) -> None:
    looked(home(tmp_path), haessal="works", dalbit="fails")
    with Store.open(tmp_path / "jiballim.db") as store:
        number = store.runs.begin("haessal", compose.now())
        store.runs.finish(number, RunState.DONE, compose.now())
    status = say(tmp_path, "status")
    assert status.exit_code == 0
    assert "듣지 못하는 곳 1곳: dalbit" in status.output and "듣는 곳은 모두 좋습니다." in status.output
    assert json.loads(say(tmp_path, "status", "--json").stdout)["unread"] == ["dalbit"]


def test_nothing_read_yet_and_nothing_read_for_days(tmp_path: Path) -> None:
    with Store.open(home(tmp_path) / "jiballim.db") as store:
        assert say(tmp_path, "status").output.startswith(hearing.NOTHING_YET)
        assert answers.health(store, compose.now())["well"] is False
        long_ago = compose.now() - timedelta(days=5)
        for name in ("haessal", "dalbit"):
            store.runs.finish(store.runs.begin(name, long_ago), RunState.DONE, long_ago)
    status = say(tmp_path, "status")
    assert status.exit_code == 1 and "5일 동안 아무 출처도 읽지 않았습니다" in status.output
