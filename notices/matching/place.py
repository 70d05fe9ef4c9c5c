"""Place a new notice among stored ones: joined only where one original is determined, in whatever order they come."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from notices.matching.compare import Look, look
from notices.matching.judge import EXACT, judge
from notices.matching.side import Judgement, Placement, Side
from notices.model import Relation

_MERGE = {Relation.SAME, Relation.REVISION}
_SOON = {"접수현황", "입찰결과", "게시"}
_MOST = 5  # candidates named as "maybe"


@dataclass(frozen=True, slots=True)
class _Seen:
    """A candidate and how the new notice stands to it."""

    id: int
    side: Side
    found: Judgement

    @property
    def look(self) -> Look:
        return look(self.side)


def place(new: Side, candidates: Sequence[tuple[int, Side]]) -> Placement:
    """Return which of the candidates (id, side) a new notice belongs to; where that is not determined, none."""
    seen = [_Seen(number, stored, judge(new, stored)) for number, stored in candidates]
    merging = [one for one in seen if one.found.relation in _MERGE]
    following = [one for one in seen if one.found.relation is Relation.FOLLOW_UP]
    doubtful = [one for one in seen if one.found.relation is Relation.DIFFERENT and not one.found.certain]
    chosen, unsure = _original(new, merging, seen)
    if look(new).stage and chosen is None:
        chosen, unsure = _call(new, following, unsure)
        also: list[_Seen] = []
    else:
        also = _earlier_follow_ups(new, following, seen)
        if chosen is None and also:
            chosen, also = also[0], also[1:]
        unsure += [one for one in following if one is not chosen and one not in also]
    maybe = _ids([*unsure, *doubtful], chosen)
    if chosen is None:
        reason = "어느 공고의 것인지 하나로 정해지지 않음" if unsure else "같은 공고가 없음"
        return Placement(Relation.DIFFERENT, None, reason, maybe)
    found = chosen.found
    proven = tuple(
        one.id for one in merging if one is not chosen and one.found.reason in EXACT and found.reason in EXACT
    )
    return Placement(found.relation, chosen.id, found.reason, maybe, tuple(one.id for one in also), proven)


def _ids(seen: list[_Seen], chosen: _Seen | None) -> tuple[int, ...]:
    return tuple(dict.fromkeys(one.id for one in seen if one is not chosen))[:_MOST]


def _groups(seen: list[_Seen]) -> list[list[_Seen]]:
    """Return the candidates that merge with each other, together."""
    groups: list[list[_Seen]] = []
    for one in seen:
        mine = [group for group in groups if any(judge(one.side, other.side).relation in _MERGE for other in group)]
        groups = [group for group in groups if group not in mine]
        groups.append([one, *(other for group in mine for other in group)])
    return groups


def _original(new: Side, merging: list[_Seen], seen: list[_Seen]) -> tuple[_Seen | None, list[_Seen]]:
    """Return the candidate that a notice merges with, and those that it may belong to."""
    exact = [one for one in merging if one.found.reason in EXACT]
    free = exact or [one for one in merging if not _claimed(new, one, seen)]
    groups = _groups(free)
    if len(groups) > 1:
        groups = [group for group in groups if any(_titled(new, one.side) for one in group)] or groups
        tied = [group for group in groups if any(_tied(new, one.side) for one in group)]
        waiting = [group for group in groups if _waits(group)]
        groups = tied if len(tied) == 1 else waiting if len(waiting) == 1 else groups
    if len(groups) != 1:
        return None, list(merging)
    return min(groups[0], key=lambda one: _distance(new, one)), []


def _claimed(new: Side, one: _Seen, seen: list[_Seen]) -> bool:
    """Whether another candidate, apart from the new notice, has as good a claim on this one."""
    if _tied(new, one.side):
        return False
    rivals = (other for other in seen if other is not one and other.found.relation not in _MERGE)
    return any(judge(other.side, one.side).relation in _MERGE for other in rivals)


def _titled(a: Side, b: Side) -> bool:
    """Whether two notices have one title, counts aside."""
    return look(a).title.loose == look(b).title.loose


def _tied(a: Side, b: Side) -> bool:
    """Whether two notices say the same day of first announcement, or share the end of the period."""
    x, y = look(a), look(b)
    if x.first and y.first:
        return x.first == y.first
    return a.closes is not None and a.closes == b.closes


def _waits(group: list[_Seen]) -> bool:
    """Whether the source says of a group's last notice that a correction of it exists (정정공고중)."""
    last = max(group, key=lambda one: (one.look.posted or date.min, one.look.corrected))
    return last.look.replaced


def _distance(new: Side, one: _Seen) -> tuple[int, int, int, int]:
    """Order the members of one group: the same notice, then tied ones, then the nearest in time."""
    posted, other = look(new).posted, one.look.posted
    days = abs((posted - other).days) if posted and other else 9999
    return (one.found.relation is not Relation.SAME, not _tied(new, one.side), days, one.id)


def _call(new: Side, following: list[_Seen], unsure: list[_Seen]) -> tuple[_Seen | None, list[_Seen]]:
    """Return the call that a follow-up belongs to, or else a follow-up of the same call."""
    for kind in ([one for one in following if not one.look.stage], [one for one in following if one.look.stage]):
        best = max((_fit(new, one.side) for one in kind), default=None)
        groups = _groups([one for one in kind if _fit(new, one.side) == best])
        if len(groups) > 1:
            groups = _latest(new, groups)
        if len(groups) == 1:
            chosen = min(groups[0], key=lambda one: _distance(new, one))
            return chosen, [one for one in kind if one not in groups[0]]
        if groups:
            return None, kind
    return None, unsure


def _fit(a: Side, b: Side) -> tuple[bool, bool, bool, bool]:
    """Return how well a follow-up fits a call, to be compared."""
    x, y = look(a), look(b)
    dated = x.first_sure and y.first is not None and x.first == y.first
    return (dated, x.title.name == y.title.name, x.title.supply == y.title.supply, judge(a, b).certain)


def _latest(new: Side, groups: list[list[_Seen]]) -> list[list[_Seen]]:
    """Return the latest of several calls where a follow-up's stage comes soon after its call, else all."""
    this = look(new)
    if this.stage not in _SOON or this.first_sure or any(one.look.stage for group in groups for one in group):
        return groups
    starts = [min(one.look.posted or date.min for one in group) for group in groups]
    latest = max(starts)
    return [group for group, start in zip(groups, starts, strict=True) if start == latest]


def _earlier_follow_ups(new: Side, following: list[_Seen], seen: list[_Seen]) -> list[_Seen]:
    """Return the stored follow-ups that belong to a new call and to no other stored call."""
    calls = [one for one in seen if not one.look.stage and one.found.relation not in _MERGE]
    return [one for one in following if one.look.stage and one.found.certain and _is_ours(new, one, calls)]


def _is_ours(new: Side, follow_up: _Seen, calls: list[_Seen]) -> bool:
    mine = _fit(follow_up.side, new)
    rivals = [one for one in calls if judge(follow_up.side, one.side).relation is Relation.FOLLOW_UP]
    return all(mine > _fit(follow_up.side, one.side) for one in rivals)
