"""The exact pages of a small invented town; renewed by --accept after reading the difference."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.feeds.site import town

GOLDEN = Path(__file__).parents[2] / "golden" / "site"
FILES = (
    "index.html", "newest.html", "region/41480.html", "supply/happy-housing.html", "notice/haetsal.102.html",
    "notice/haetsal.1.html", "notice/haetsal.9.html", "notice/haetsal.102.ics", "en/index.html", "en/notice/haetsal.102.html",
    "map.html", "en/map.html", "month/index.html", "chart.html", "subscribe.html", "health.html", "faq.html", "404.html",
    "current.js",
)  # fmt: skip


@pytest.fixture(scope="module")
def published(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("public")
    assert town.publish(folder).left_out == ()
    return folder


@pytest.mark.parametrize("path", FILES)
def test_pages_are_as_accepted(published: Path, path: str, accept: bool) -> None:
    kept, now = GOLDEN / path, (published / path).read_bytes()
    if accept:
        kept.parent.mkdir(parents=True, exist_ok=True)
        kept.write_bytes(now)
    assert kept.is_file(), f"{path} was never accepted: read {published / path}, then make accept"
    assert now == kept.read_bytes()
