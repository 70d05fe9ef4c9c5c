"""The exact files of a small invented town; renewed by --accept after reading the difference."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from feeds.channel import Site
from feeds.publish import publish_shelf
from notices.model import Region
from tests.feeds.made import announcement, corrected, event, fact, seen
from tests.feeds.shelf import MadeShelf

GOLDEN = Path(__file__).parents[1] / "golden" / "feeds"
FILES = (
    "all.xml", "all.atom", "all.json", "all.ics", "closing.xml", "corrections.atom", "region/41480.ics",
    "supply/happy-housing.json", "feeds.opml",
)  # fmt: skip


@pytest.fixture(scope="module")
def published(tmp_path_factory: pytest.TempPathFactory) -> Path:
    always = announcement(
        id=50, uid="gureum:150", title="구름마을 행복주택 상시모집", supply=("행복주택",), audience=("청년", "대학생"),
        regions=(Region("서울특별시 강서구", "11500"),), publisher="구름구청", url="https://gu.example.org/150", attachments=(),
        facts={"opens": fact("opens", "2026-09-01"), "closes": fact("closes", "2029-10-01"), "apply": fact("apply", "행정복지센터")},
        seen=(seen(source="gureum", source_title="구름구청 고시공고", url="https://gu.example.org/150", licence="4"),),
    )  # fmt: skip
    gone = announcement(
        id=60, uid="haetsal:160", title="햇살마을 2단지 영구임대 모집", supply=("영구임대",), cancelled=True
    )
    shelf = MadeShelf(
        [*reversed(corrected()), event(50, announcement=always, url=always.url), event(60, announcement=gone)]
    )
    folder = tmp_path_factory.mktemp("public")
    publish_shelf(
        shelf, folder, Site("https://feeds.example.org/", "집알림", "https://feeds.example.org/ask"), date(2026, 9, 7)
    )
    return folder / "feeds"


@pytest.mark.parametrize("path", FILES)
def test_files_are_as_accepted(published: Path, path: str, accept: bool) -> None:
    kept, now = GOLDEN / path, (published / path).read_bytes()
    if accept:
        kept.parent.mkdir(parents=True, exist_ok=True)
        kept.write_bytes(now)
    assert kept.is_file(), f"{path} was never accepted: read {published / path}, then make accept"
    assert now == kept.read_bytes()
