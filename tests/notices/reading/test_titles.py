"""Titles of our own making, written as publishers write them, and what they say."""

from datetime import date
from pathlib import Path

import pytest

from notices.reading.batch import answer

_LINES = Path(__file__).with_name("titles.tsv").read_text("utf-8").splitlines()[1:]


@pytest.mark.parametrize("line", _LINES, ids=lambda line: line.split("\t")[1][:30])
def test_title(line: str) -> None:
    org, title, kind, marks, supply, audience, regions = line.split("\t")
    got = answer({"title": title, "org": org, "date": date(2026, 9, 1).isoformat()})
    assert (got["kind"], got["relevant"], got["correction"]) == (kind, "R" in marks, "C" in marks)
    for name, wanted in (("supply", supply), ("audience", audience), ("regions", regions)):
        assert set(got[name]) == set(filter(None, wanted.split(","))), name
