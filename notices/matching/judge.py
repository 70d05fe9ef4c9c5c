"""Judge two notices: exact numbers first, then titles, then what must never differ, then dates."""

from __future__ import annotations

from notices.matching.numbers import family, numbers
from notices.matching.side import Judgement, Side
from notices.matching.title import stem
from notices.model import Relation


def names(side: Side) -> frozenset[str]:
    """Return every number that a notice is known by."""
    found = {*side.external_keys, *numbers(side.url)}
    if side.key:
        found.add(f"{side.source}/{side.key}")
        found.add(f"{family(side.source, side.url)}:{side.key}")
    return frozenset(found)


def judge(a: Side, b: Side) -> Judgement:
    """Return how two notices stand to each other; the order of the two does not matter."""
    if names(a) & names(b):
        return Judgement(Relation.SAME, "공고번호가 같음", True)
    if stem(a.title) == stem(b.title) and a.posted == b.posted:
        return Judgement(Relation.SAME, "제목과 공고일이 같음", True)
    return Judgement(Relation.DIFFERENT, "제목이 다름", True)
