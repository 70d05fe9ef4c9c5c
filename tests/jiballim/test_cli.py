"""The command line: help at once, one sentence for every foreseen error, exit codes that mean something."""

from __future__ import annotations

import importlib
import json
import re
import subprocess
import sys
from pathlib import Path

import click
import pytest

from jiballim.cli import COMMANDS, group, main

REFERENCE = Path(__file__).parents[2] / "docs/reference/commands.md"


def run(*arguments: str, home: Path, stdin: str = "") -> subprocess.CompletedProcess[str]:
    """Run the program as a person would."""
    return subprocess.run(
        [sys.executable, "-c", "from jiballim.cli import main; main()", "--home", str(home), *arguments],
        input=stdin, capture_output=True, text=True, timeout=60, check=False,
    )  # fmt: skip


def commands(of: click.Group, path: str = "jiballim") -> list[tuple[str, click.Command]]:
    """Every command with its words."""
    found: list[tuple[str, click.Command]] = []
    for name in of.list_commands(click.Context(of)):
        command = of.get_command(click.Context(of), name)
        assert command is not None, name
        found.append((f"{path} {name}", command))
        found += commands(command, f"{path} {name}") if isinstance(command, click.Group) else []
    return found


def test_help_imports_no_heavy_package() -> None:
    check = "import sys; from jiballim.cli import main\ntry: main(['--help'])\nexcept SystemExit: pass\n"
    heavy = "print([m for m in ('scrapy', 'twisted', 'apprise', 'feedgen', 'lxml', 'sqlite3', 'jinja2') if m in sys.modules])"
    said = subprocess.run([sys.executable, "-c", check + heavy], capture_output=True, text=True, check=True).stdout
    assert said.splitlines()[-1] == "[]"


def test_every_command_is_in_the_reference(accept: bool) -> None:
    """The reference is written from the help texts; --accept renews it."""
    parts = [
        "# Commands\n\nWritten from the help texts by `make accept`. `--home DIRECTORY` stands before the command.\n"
    ]
    for words, command in commands(group):
        text = (
            click.Context(command, info_name=words, help_option_names=["-h", "--help"]).get_help()
            if not isinstance(command, click.Group)
            else command.help
        )
        parts.append(f"## {words}\n\n```text\n{(text or '').strip()}\n```\n")
    expected = "\n".join(parts)
    if accept:
        REFERENCE.write_text(expected, "utf-8")
    assert REFERENCE.read_text("utf-8") == expected


def test_every_command_explains_itself() -> None:
    for words, command in commands(group):
        assert command.help and re.search("[가-힣]", command.help), words
        assert all(re.search("[가-힣]", p.help or "") for p in command.params if isinstance(p, click.Option)), words


@pytest.mark.parametrize("name", COMMANDS)
def test_every_command_has_its_module(name: str) -> None:
    module = importlib.import_module(f"jiballim.cli.{name}{'_' if name in ('try', 'open') else ''}")
    assert isinstance(module.command, click.Command)


@pytest.mark.parametrize(
    ("arguments", "code", "said"),
    [
        (["search", "파주"], 1, "아직 저장된 것이 없습니다"),
        (["status"], 1, "아직 저장된 것이 없습니다"),
        (["explain", "1"], 1, "아직 저장된 것이 없습니다"),
        (["sources", "show", "none"], 2, "그런 출처가 없습니다"),
        (["nonsense"], 2, "nonsense"),
        (["search"], 2, "WORDS"),
        (["run"], 2, "contact"),
        (["try", "page"], 2, "읽을 파일"),
    ],
)
def test_a_foreseen_error_is_one_sentence(tmp_path: Path, arguments: list[str], code: int, said: str) -> None:
    done = run(*arguments, home=tmp_path)
    assert done.returncode == code, done.stderr
    assert said in done.stderr
    assert "Traceback" not in done.stderr


def test_a_wrong_setting_stops_before_anything_is_done(tmp_path: Path) -> None:
    (tmp_path / "jiballim.toml").write_text("contakt = 1", "utf-8")
    done = run("run", home=tmp_path)
    assert (done.returncode, done.stdout) == (2, "")
    assert "contakt" in done.stderr


def test_sources_as_json(tmp_path: Path) -> None:
    done = run("sources", "list", "--json", home=tmp_path)
    found = {source["name"]: source for source in json.loads(done.stdout)}
    assert {"name", "title", "publisher", "region", "kind", "enabled", "verified", "url"} <= set(found["lh-rental"])
    assert found["lh-rental"]["verified"] is False
    assert found["geumcheon-notice"]["region"] == "11545"


def test_batch_answers_each_line_in_order(tmp_path: Path) -> None:
    page = tmp_path / "a.html"
    page.write_bytes(b"\x00\xff<table>")
    line = json.dumps({"file": str(page), "url": "https://a.example/list", "kind": "list"})
    done = run("try", "page", "--batch", home=tmp_path, stdin=f"{line}\n{line}\n")
    answers = [json.loads(answer) for answer in done.stdout.splitlines()]
    assert [answer["kind"] for answer in answers] == ["list", "list"]
    wrong = run("try", "titles", home=tmp_path, stdin="no json\n")
    assert wrong.returncode == 2
    assert "1번째 줄" in wrong.stderr


def test_main_is_the_entry_point() -> None:
    with pytest.raises(SystemExit) as end:
        main(["--version"])
    assert end.value.code in (0, None)
