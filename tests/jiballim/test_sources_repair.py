"""A redesigned list is proposed to be read anew from the store and a page; no file is touched."""

from __future__ import annotations

from pathlib import Path

import pytest

from jiballim import config
from jiballim.cli import main, sources_repair
from spiders.registry import load
from spiders.standins import MISSING, Request, Response, serve
from tests.replay import board_list, walker, write_source

URL = "https://www.haessal.go.kr/list.do"
OLD = board_list((3, 2, 1)).replace("<table>", '<table class="old">')
NEW = board_list((4, 3, 2, 1)).replace("<table>", '<table class="fresh">')


@pytest.fixture
def home(tmp_path: Path) -> Path:
    """A home with a source whose hints fit the old form, read once."""
    write_source(tmp_path, "haessal", URL, "details = false", '[hints]\nrow = "table.old tbody tr"')
    with walker(tmp_path) as walks:
        assert walks.walk("haessal", lambda r: Response(OLD)).counts["new"] == 3
    return tmp_path


def run(home: Path, *arguments: str) -> int:
    """Run the command; returns its exit code."""
    with pytest.raises(SystemExit) as ended:
        main(["--home", str(home), "sources", "repair", *arguments])
    return int(ended.value.code or 0)


def test_a_saved_page_is_enough(home: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    page = tmp_path / "new.html"
    page.write_text(NEW, "utf-8")
    before = (home / "sources/haessal.toml").read_bytes()
    assert run(home, "haessal", "--from-file", str(page)) == 0
    said = capsys.readouterr().out
    assert "아는 글 3건" in said and "[hints]" in said
    assert (home / "sources/haessal.toml").read_bytes() == before
    page.write_text("<p>점검 중입니다</p>", "utf-8")
    assert run(home, "haessal", "--from-file", str(page)) == 1
    assert run(home, "nirgends") == 2


def test_the_list_is_read_politely(home: Path) -> None:
    def site(request: Request) -> Response:
        return Response(NEW) if request.path == "/list.do" else MISSING

    settings = config.Config(home, contact="a@example.or.kr")
    with serve(site) as served:
        page = sources_repair.fetched(settings, "haessal", served.origin)
    source = load(home / "sources")["haessal"]
    found = sources_repair.proposal(source, sources_repair.stored(settings, "haessal"), page)
    assert found is not None and found.found == 3
    assert sources_repair.record(source, found)["lines"]
