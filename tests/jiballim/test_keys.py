"""Sources that want a key, leave the work to another or are closed: off, said so, and never an error."""

from __future__ import annotations

from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from jiballim import compose, config
from jiballim.cli import group

NEEDS = "JIBALLIM_DATAGOKR_KEY"


@pytest.fixture
def home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """An installation without keys."""
    for name in (NEEDS, "JIBALLIM_HUG_KEY", "JIBALLIM_NAVER_KEY"):
        monkeypatch.delenv(name, raising=False)
    (tmp_path / config.NAME).write_text('contact = "ops@haessal.or.kr"\n', "utf-8")
    return tmp_path


def run(home: Path, *words: str) -> Result:
    """Run a command."""
    return CliRunner().invoke(group, ["--home", str(home), *words])


def off(home: Path, name: str) -> str:
    """Why a source is off."""
    settings = config.load(home)
    return compose.why_off(compose.sources(settings)[name], settings)


def chosen(home: Path, *names: str) -> set[str]:
    """What would be read."""
    return {source.name for source in compose.chosen(config.load(home), names)}


def test_a_source_without_its_key_is_off(home: Path) -> None:
    assert off(home, "myhome") == "꺼짐, 열쇠 없음"
    assert off(home, "myhome-web") == ""
    assert not {"myhome", "lh-api", "bokjiro-local", "hug-api", "naver-news"} & chosen(home)
    assert {"myhome-web", "hug-lease", "lh-rental"} <= chosen(home)
    assert chosen(home, "myhome") == set()


def test_with_the_key_the_api_takes_the_place_of_the_page(home: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv(NEEDS, "abc%2Bdef%3D%3D")
    assert off(home, "myhome") == ""
    assert off(home, "myhome-web") == "꺼짐, API로 읽음"
    assert {"myhome", "lh-api", "hug-lease"} <= chosen(home)
    assert not {"myhome-web", "naver-news"} & chosen(home)
    assert chosen(home, "myhome-web") == {"myhome-web"}


def test_the_commands_say_so_and_do_not_fail(home: Path) -> None:
    listed = run(home, "sources", "list")
    assert listed.exit_code == 0
    (line,) = [line for line in listed.output.splitlines() if line.startswith("myhome ")]
    assert "열쇠 없음" in line
    doctor = run(home, "doctor")
    assert NEEDS in doctor.output
    crawled = run(home, "crawl", "myhome")
    assert "열쇠 없음" in crawled.output + crawled.stderr
    assert crawled.exit_code == 0, crawled.output


@pytest.mark.parametrize(
    ("name", "why"), [("dudc-notice", "robots.txt"), ("dcco-notice", "방화벽"), ("lh-results", "목록의 주소")]
)
def test_a_closed_source_says_why(home: Path, name: str, why: str) -> None:
    shown = run(home, "sources", "show", name)
    assert (shown.exit_code, off(home, name)) == (0, "닫힘")
    assert why in shown.output
    assert name not in chosen(home)
    with pytest.raises(Exception, match=why):
        chosen(home, name)
