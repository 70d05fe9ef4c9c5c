"""Eight real days of LH's list, notice by notice: seventy announcements, every correction with its original."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator
from datetime import date
from pathlib import Path

import pytest

from notices.matching import Side, place
from notices.model import Relation


def in_order(corpus: Path) -> Iterator[Side]:
    """Yield the notices in order of first appearance, of one snapshot the older below first."""
    seen = set()
    for file in sorted((corpus / "series" / "lh-rental").glob("*.json")):
        for row in reversed(json.loads(file.read_text("utf-8"))["items"]):
            if row["sourceNoticeKey"] not in seen:
                seen.add(row["sourceNoticeKey"])
                yield as_side(row)


def as_side(row: dict[str, str]) -> Side:
    return Side(
        title=row["title"],
        source="lh-rental",
        org="LH",
        key=row["sourceNoticeKey"],
        url=row["detailUrl"],
        posted=date.fromisoformat(row["postedAt"]),
        closes=date.fromisoformat(row["deadlineAt"]),
        status=row["status"],
        regions=(row["region"],),
    )


def grouped(sides: Iterable[Side]) -> list[set[str]]:
    """Return the announcements that placing one by one gives, each as the last five digits of its numbers."""
    stored: list[Side] = []
    groups: list[set[int]] = []
    for new in sides:
        found = place(new, list(enumerate(stored)))
        mine = {number for number in (found.other, *found.also) if number is not None}
        touched = [group for group in groups if group & mine]
        groups = [group for group in groups if not group & mine]
        groups.append({len(stored)}.union(*touched))
        stored.append(new)
    return [{stored[number].key[-5:] for number in group} for group in groups]


JOINED = [
    {"19739", "19813"},
    {"19854", "19885"},
    {"19792", "19829"},
    {"19675", "19836"},
    {"19787", "19806", "19809"},
    {"19774", "19857"},
    {"19780", "19815"},
    {"19790", "19834", "19835"},
]


@pytest.mark.parametrize("backwards", [False, True])
def test_eighty_notices_are_seventy_announcements(corpus: Path, backwards: bool) -> None:
    sides = list(in_order(corpus))
    groups = grouped(reversed(sides) if backwards else sides)
    assert len(sides) == 80
    assert len(groups) == 70
    assert sorted(map(sorted, (group for group in groups if len(group) > 1))) == sorted(map(sorted, JOINED))


def test_the_corrections_join_as_revisions(corpus: Path) -> None:
    stored: list[Side] = []
    revisions = 0
    for new in in_order(corpus):
        found = place(new, list(enumerate(stored)))
        assert found.relation in (Relation.REVISION, Relation.DIFFERENT)
        revisions += found.relation is Relation.REVISION
        stored.append(new)
    assert revisions == 10
