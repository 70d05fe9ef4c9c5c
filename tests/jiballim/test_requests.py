"""What is asked of each host today, for people: the sum always, a host by name when it is near its budget or was cut."""

from __future__ import annotations

import json
from datetime import timedelta
from pathlib import Path

from click.testing import CliRunner

from jiballim import account, compose
from jiballim.cli import group
from notices.model import RunState
from notices.store import SourceInfo, Store
from tests.replay import write_source

HOSTS = {"haessal": 2_000, "dalbit": 1_600, "byeolbit": 100}


def home(path: Path) -> Path:
    """A home in which three hosts were asked today, one of them cut off by its budget."""
    now = compose.now()
    with Store.open(path / "jiballim.db") as store:
        for name, count in HOSTS.items():
            write_source(path, name, f"https://www.{name}.go.kr/list.do", "budget = 3000" if name == "haessal" else "")
            store.sources.put(SourceInfo(name, f"{name} 공지", name))
            store.quota.grant({f"{name}.go.kr": count}, now.date(), count)
            run = store.runs.begin(name, now)
            reason = ("budget", "다시 볼 글 3건은 다음에 먼저 봅니다.") if name == "byeolbit" else (None, None)
            store.runs.finish(run, RunState.DONE, now, *reason)
        store.quota.grant({"apis.example.kr/list": 900}, now.date(), 900)
    return path


def test_status_names_a_host_that_is_near_its_budget_or_was_cut(tmp_path: Path) -> None:
    done = CliRunner().invoke(group, ["--home", str(home(tmp_path)), "status"])
    assert done.exit_code == 0, done.output
    assert "오늘 사이트 3곳에 3,700번 물었습니다." in done.output
    assert "dalbit.go.kr: 하루 2,000번 가운데 1,600번(80%)." in done.output
    assert "byeolbit.go.kr: 하루 2,000번 가운데 100번(5%). 남은 것은 다음에 먼저 봅니다." in done.output
    assert "haessal.go.kr:" not in done.output
    assert "모두 좋습니다." in done.output


def test_status_gives_every_host_as_json(tmp_path: Path) -> None:
    done = CliRunner().invoke(group, ["--home", str(home(tmp_path)), "status", "--json"])
    found = json.loads(done.output)
    assert [(r["host"], r["asked"], r["budget"], r["cut"]) for r in found["requests"]] == [
        ("byeolbit.go.kr", 100, 2_000, True),
        ("dalbit.go.kr", 1_600, 2_000, False),
        ("haessal.go.kr", 2_000, 3_000, False),
    ]
    assert (found["revisits"], found["well"]) == (0, True)


def test_status_stands_a_source_file_that_is_wrong(tmp_path: Path) -> None:
    (home(tmp_path) / "sources" / "dalbit.toml").write_text("titel = 1", "utf-8")
    done = CliRunner().invoke(group, ["--home", str(tmp_path), "status"])
    assert done.exit_code == 1 and "dalbit.toml" in done.output
    assert "1,600번(80%)" in done.output


def test_the_account_of_a_run_says_what_was_left_for_the_next(tmp_path: Path) -> None:
    with Store.open(home(tmp_path) / "jiballim.db", readonly=True) as store:
        told = account.account(store, compose.now() - timedelta(hours=1))
    said = list(account.lines(told))
    assert "미룬 것   출처 1곳" in said
    assert "  · byeolbit 공지: 다시 볼 글 3건은 다음에 먼저 봅니다." in said
    assert told.well
