"""Titles and bodies of our own, written to be misread, and what they say."""

from collections.abc import Iterator
from datetime import date
from pathlib import Path

import pytest

from notices.model import Notice
from notices.reading import read
from notices.reading.batch import answer

_HERE = Path(__file__)
_TITLES = _HERE.with_name("challenge.tsv").read_text("utf-8").splitlines()[1:]
_FIELDS = ["opens", "closes", "papers_from", "papers_to", "announces", "contract_from", "contract_to", "move_in"]
_FIELDS += ["homes", "deposit", "rent", "contact"]


@pytest.mark.parametrize("line", _TITLES, ids=lambda line: line.split("\t")[2][:30])
def test_title(line: str) -> None:
    org, day, title, kind, marks, section, supply, audience, regions = line.split("\t")
    got = answer({"title": title, "org": org, "date": day})
    said = (got["kind"], got["relevant"], got["correction"], got["section"])
    assert said == (kind, "R" in marks, "C" in marks, section)
    for name, wanted in (("supply", supply), ("audience", audience), ("regions", regions)):
        assert set(got[name]) == set(filter(None, wanted.split(","))), name


def _bodies() -> Iterator[tuple[str, str, str]]:
    """Give head, expectations and text of each body."""
    for block in _HERE.with_name("bodies.txt").read_text("utf-8").split("\n== ")[1:]:
        head, wanted, text = block.split("\n", 2)
        yield head, wanted, text.rstrip("\n")


@pytest.mark.parametrize(("head", "wanted", "text"), list(_bodies()), ids=[head for head, _, _ in _bodies()])
def test_body(head: str, wanted: str, text: str) -> None:
    title, org, day = head.split(" | ")
    want = dict(pair.split("=", 1) for pair in wanted.split())
    ways = want.pop("apply", None)
    reading = read(Notice("s", "1", title, posted=date.fromisoformat(day), body=text), org)
    got = {name: str(value) for name in _FIELDS if (value := reading.first(name)) is not None}
    exact = {name: got[name] if "T" in want.get(name, "") else got[name].partition("T")[0] for name in got}
    assert exact == want
    if ways:
        assert {str(fact.value) for fact in reading.facts if fact.field == "apply"} == set(ways.split(","))
