"""Wrong use and help are said in Korean; what the system refuses is one sentence; long cells are cut at once."""

from __future__ import annotations

import os
import re
import time
from pathlib import Path

import click
import pytest

from jiballim.cli import group, main
from jiballim.cli.output import cut, table, width


def said(arguments: list[str], capsys: pytest.CaptureFixture[str]) -> tuple[object, str]:
    """The exit code and the words on standard error."""
    with pytest.raises(SystemExit) as end:
        main(arguments)
    return end.value.code, capsys.readouterr().err


@pytest.mark.parametrize(
    ("arguments", "words"),
    [
        (["nonsense"], "nonsense: 그런 명령이 없습니다."),
        (["sources", "nonsense"], "쓰는 법: jiballim sources --help"),
        (["run", "--qiet"], "--qiet: 그런 옵션이 없습니다. --quiet을(를) 뜻하셨나요?"),
        (["--home"], "--home: 이 옵션은 뒤에 값을 하나 받습니다."),
        (["search"], "WORDS...: 이 값을 꼭 주어야 합니다."),
        (["explain", "x"], "ID: 'x'은(는) 쓸 수 없습니다. 정수를 주십시오."),
        (["search", "--limit", "0", "파주"], "--limit: 쓸 수 없는 값입니다. 정수를 주십시오."),
        (["try", "page", "none.html"], "'none.html'은(는) 쓸 수 없습니다. 있고 읽을 수 있는 파일을 주십시오."),
        (["try", "page", "--kind", "post"], "--kind: 'post'은(는) 쓸 수 없습니다. list, detail 가운데서 고르십시오."),
        (["demo", "x"], "x: 받지 않는 말입니다."),
    ],
)
def test_wrong_use_is_one_korean_sentence(arguments: list[str], words: str, capsys: pytest.CaptureFixture[str]) -> None:
    code, told = said(arguments, capsys)
    assert code == 2
    assert words in told
    assert len(told.splitlines()) == 1
    assert not re.search(r"Error|Usage|Try ", told)


def test_help_has_korean_headings(capsys: pytest.CaptureFixture[str]) -> None:
    for arguments in (["--help"], ["search", "--help"], ["sources", "--help"]):
        with pytest.raises(SystemExit):
            main(arguments)
        told = capsys.readouterr().out
        assert told.startswith("쓰는 법: jiballim")
        assert not re.search(r"Usage|Options:|OPTIONS|COMMAND|Commands:|Show |default", told)


def test_what_the_system_refuses_is_one_sentence(
    capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    @click.command()
    def broken() -> None:
        """Fail as a file does that may not be read."""
        raise PermissionError(13, os.strerror(13), str(tmp_path / "jiballim.db"))

    monkeypatch.setattr(group, "get_command", lambda _context, _name: broken)
    code, told = said(["broken"], capsys)
    assert code == 1
    assert f"{tmp_path / 'jiballim.db'}: 읽거나 쓸 수 없습니다" in told
    assert "권한" in told


def test_a_cell_is_cut_to_its_columns() -> None:
    assert (cut("햇살마을", 8), cut("햇살마을", 7), cut("", 3), cut("a" * 9, 4)) == ("햇살마을", "햇살마…", "", "aaa…")
    assert all(width(cut("가a" * 30, columns)) <= columns for columns in range(1, 70))


def test_a_title_of_ten_megabytes_is_cut_at_once() -> None:
    start = time.process_time()
    assert len(table(["제목"], [["햇" * 3_500_000]])) < 100
    assert time.process_time() - start < 1
