"""Place a new notice among stored ones: joined only where one original is determined."""

from __future__ import annotations

from collections.abc import Sequence

from notices.matching.judge import judge
from notices.matching.side import Placement, Side
from notices.model import Relation


def place(new: Side, candidates: Sequence[tuple[int, Side]]) -> Placement:
    """Return which of the candidates (id, side) a new notice belongs to; where it is not determined, none."""
    for number, stored in candidates:
        found = judge(new, stored)
        if found.relation is not Relation.DIFFERENT:
            return Placement(found.relation, number, found.reason)
    return Placement(Relation.DIFFERENT, None, "같은 공고가 없음")
