"""A source file that is wrong is named wherever somebody looks, and harms no other source."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from click.testing import CliRunner

from jiballim import compose, config
from jiballim.cli import group
from jiballim.cli.watch import Log
from notices.model import RunState
from notices.store import Store
from spiders.registry import SourceError
from tests.replay import NOON, write_source


@pytest.fixture
def home(tmp_path: Path) -> Path:
    """A home with a good source and two wrong ones, of which one has a good one's name."""
    write_source(tmp_path, "haessal", "https://www.haessal.go.kr/list.do")
    write_source(tmp_path, "byeolbit", "https://www.byeolbit.go.kr/list.do", 'endpont = "x"')
    write_source(tmp_path, "lh-rental", "https://www.haessal.go.kr/list.do")
    (tmp_path / config.NAME).write_text('contact = "ops@haessal.example"\nsources = ["haessal", "byeolbit"]\n', "utf-8")
    with Store.open(tmp_path / "jiballim.db") as store:
        run = store.runs.begin("haessal", NOON)
        store.runs.finish(run, RunState.DONE, NOON)
    return tmp_path


def said(home: Path, *arguments: str) -> tuple[int, str]:
    """What a command answers, errors too."""
    done = CliRunner().invoke(group, ["--home", str(home), *arguments])
    return done.exit_code, done.output


def test_every_look_names_it(home: Path) -> None:
    for arguments in (("sources", "list"), ("sources", "check", "nothing"), ("doctor",), ("status",)):
        code, output = said(home, *arguments)
        assert "byeolbit.toml의 endpont: 모르는 이름입니다." in output, arguments
        assert "이름 lh-rental을(를)" in output and "Traceback" not in output
        assert code == (0 if arguments[1:] == ("list",) else 1)
    told = json.loads(CliRunner().invoke(group, ["--home", str(home), "status", "--json"]).stdout)
    assert (told["well"], len(told["source_faults"])) == (False, 2)


def test_the_others_are_read(home: Path) -> None:
    settings = config.load(home)
    assert [source.name for source in compose.chosen(settings)] == ["haessal"]
    assert compose.sources(settings)["lh-rental"].host == "apply.lh.or.kr"
    with pytest.raises(SourceError, match="endpont"):
        compose.chosen(settings, ["byeolbit"])


def test_watch_says_it_once(home: Path, capsys: pytest.CaptureFixture[str]) -> None:
    log, faults = Log(as_json=False), {str(fault) for fault in compose.faults(config.load(home)).values()}
    for now in (faults, faults, set(), faults):
        log.faults(now)
    assert capsys.readouterr().out.count("endpont") == 2
