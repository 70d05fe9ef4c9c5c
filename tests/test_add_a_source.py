"""The how-to for a new source, followed to the letter: its example is saved as a file and read, and the sentence holds."""

from __future__ import annotations

import re
from dataclasses import fields
from datetime import datetime
from pathlib import Path
from urllib.parse import parse_qsl, urlsplit
from zoneinfo import ZoneInfo

import pytest

from notices.model import RunState
from notices.store import Store
from spiders.crawl import crawl
from spiders.registry import Source, SourceError, read
from spiders.standins import MISSING, Request, Response, serve
from tests.replay import board_list, board_post

HOWTO = Path(__file__).resolve().parents[1] / "docs/how-to/add-a-source.md"
NOW = datetime(2026, 11, 24, 9, 0, tzinfo=ZoneInfo("Asia/Seoul"))


def example() -> str:
    """The first TOML block of the how-to."""
    found = re.search(r"```toml\n(.*?)```", HOWTO.read_text("utf-8"), re.S)
    assert found is not None
    return found[1]


def saved(home: Path, text: str) -> Path:
    """Save the file where the how-to says."""
    folder = home / "sources"
    folder.mkdir(parents=True, exist_ok=True)
    path = folder / "haessal-notice.toml"
    path.write_text(text, "utf-8")
    return path


def test_the_example_is_short_and_all_that_is_needed(tmp_path: Path) -> None:
    assert HOWTO.read_text("utf-8").count("\n") <= 120
    assert example().count("\n") <= 40
    source = read(saved(tmp_path, example()))
    assert (source.name, source.kind, source.region) == ("haessal-notice", "notice", "41999")


def test_a_board_is_heard_with_the_file_alone(tmp_path: Path) -> None:
    """Both pages are read, each post once, every notice with its key, its day and its own address."""
    source = read(saved(tmp_path, example()))
    place = urlsplit(source.endpoint)

    def site(request: Request) -> Response:
        if request.path == place.path and dict(parse_qsl(place.query)).items() <= request.query.items():
            return Response(board_list((6, 5, 4) if request.query.get("pageIndex", "1") == "1" else (3, 2, 1)))
        return Response(board_post(int(request.query["no"]))) if request.path.endswith("view.do") else MISSING

    with serve(site) as served:
        (run,) = crawl(["haessal-notice"], home=tmp_path, now=NOW, replay_origin=served.origin)
    assert (run.state, run.listed, run.new, run.details) == (RunState.DONE, 6, 6, 6)
    assert {request.host for request in served.requests} == {place.hostname}
    with Store.open(tmp_path / "jiballim.db", readonly=True) as store:
        assert store.notices.count() == 6


@pytest.mark.parametrize("key", ["title", "publisher", "page", "endpoint"])
def test_what_is_called_required_is(tmp_path: Path, key: str) -> None:
    without = re.sub(rf"^{key} = .*\n", "", example(), flags=re.M)
    with pytest.raises(SourceError, match=rf"haessal-notice\.toml의 {key}: "):
        read(saved(tmp_path, without))


def test_every_key_of_the_table_exists() -> None:
    """A name in the table of keys is a field of a source or of one of its tables."""
    table = HOWTO.read_text("utf-8").split("## What a file may say")[1].split("\n## ")[0]
    named = {name for row in re.findall(r"^\| (.*?) \|", table, re.M) for name in re.findall(r"`\[?(\w+)\]?`", row)}
    assert named
    assert named <= {field.name for field in fields(Source)} | {"paging", "transport", "later", "params", "form"}
