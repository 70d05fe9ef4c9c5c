"""Join a new notice to the announcement it was matched with, whichever of the two came first, and tell what is news."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import datetime

from notices import editions, matching
from notices.matching.compare import look
from notices.model import Change, EventKind, Notice, Reading, Relation
from notices.store import Store
from notices.store.membership import Member, number

SideOf = Callable[[Notice, Reading], matching.Side]


@dataclass(frozen=True, slots=True)
class Newcomer:
    """A new notice as read, and when it was taken."""

    id: int
    notice: Notice
    reading: Reading
    side: matching.Side
    at: datetime


class Joining:
    """Joins notices; call it inside a transaction."""

    def __init__(self, store: Store, side_of: SideOf) -> None:
        self._store, self._side_of = store, side_of
        self._membership, self._events = store.membership, store.events

    def found(self, new: Newcomer) -> None:
        """Found an announcement of its own, and tell it."""
        announcement_id = self._membership.found(new.id, new.at)
        self._membership.refresh(announcement_id, new.at)
        self._events.tell(EventKind.NEW, announcement_id, new.id, new.notice, new.at)

    def join(self, new: Newcomer, placement: matching.Placement) -> None:
        """Join the announcement of the notice it was placed with; what was told already is not told again."""
        assert placement.other is not None
        groups = self._announcements([placement.other, *placement.also, *placement.proven])
        target = groups[placement.other]
        if placement.relation is Relation.FOLLOW_UP and not look(new.side).stage:
            self._late_call(new, placement, list(dict.fromkeys(groups.values())))
            return
        members = self._membership.members(target)
        original = next(m for m in members if m.relation == "original")
        if placement.relation is Relation.REVISION and self._before(new, original):
            self._become_original(new, original, target, placement)
        elif placement.relation is Relation.SAME:
            self._membership.put(new.id, target, "same", placement.reason)
            self._membership.refresh(target)
            self._complete(target)
        else:
            self._tell(new, placement, target, members)
        self._absorb(target, dict.fromkeys(groups.values()), placement.reason)
        self._unite(target, {groups[proven] for proven in placement.proven}, placement.reason, new.at)

    def _announcements(self, ids: list[int]) -> dict[int, int]:
        known = self._store.notices.known(ids)
        return {n: known[n].announcement_id or 0 for n in ids}

    def _tell(self, new: Newcomer, placement: matching.Placement, target: int, members: list[Member]) -> None:
        """Join as a revision or a follow-up, and tell it, unless it is a correction that was corrected since."""
        other = next(m for m in members if m.id == placement.other)
        revision = placement.relation is Relation.REVISION
        of_follow_up = revision and other.relation == "follow_up"
        before = self._membership.says(target) if revision and not of_follow_up else other.reading
        relation = "follow_up" if of_follow_up else str(placement.relation)
        self._membership.put(new.id, target, relation, placement.reason)
        self._membership.refresh(target, new.at)
        if relation == "revision" and self._membership.lead(target) != new.id:
            return
        found: tuple[Change, ...] = ()
        if revision:
            found = editions.unknown_dropped(editions.changes(before, new.reading))
        kind = EventKind(placement.relation)
        self._events.tell(kind, target, new.id, new.notice, new.at, 1, found, placement.reason)

    def _complete(self, target: int) -> None:
        """Let a correction that was told without what it changes say so, once another place of the same post says it."""
        if (found := self._membership.correction(target)) is not None:
            notices, before, after = found
            changes = editions.unknown_dropped(editions.changes(before, after))
            self._events.complete(notices, changes)

    def _become_original(self, new: Newcomer, original: Member, target: int, placement: matching.Placement) -> None:
        self._membership.put(original.id, target, str(placement.relation), placement.reason)
        self._membership.put(new.id, target, "original", placement.reason)
        self._membership.refresh(target)

    def _before(self, new: Newcomer, original: Member) -> bool:
        """Whether a new notice is what the announcement began with, though it arrives late."""
        mine, other = look(new.side), look(self._side_of(original.notice, original.reading))
        if mine.corrected != other.corrected or new.notice.posted is None or original.notice.posted is None:
            return other.corrected and not mine.corrected
        if new.notice.posted != original.notice.posted or new.notice.source != original.source:
            return new.notice.posted < original.notice.posted
        return number(new.notice.key) < number(original.notice.key)

    def _late_call(self, new: Newcomer, placement: matching.Placement, groups: list[int]) -> None:
        """Gather the follow-ups that came before their call; those that have a call already stay where they are."""
        waiting = [group for group in groups if self._waits(group)]
        if not waiting:
            self._membership.doubt(new.id, [placement.other or 0], placement.reason)
            self.found(new)
            return
        target = waiting[0]
        original = next(m for m in self._membership.members(target) if m.relation == "original")
        self._become_original(new, original, target, placement)
        self._absorb(target, waiting, placement.reason)

    def _absorb(self, target: int, groups: Iterable[int], reason: str) -> None:
        for group in groups:
            if group != target and self._waits(group):
                self._membership.absorb(target, group, reason)

    def _unite(self, target: int, groups: Iterable[int], reason: str, at: datetime) -> None:
        """Put announcements together that a number proves to be one, unless somebody decided that they stand apart."""
        for group in groups:
            if group != target and not (self._decided(group) or self._decided(target)):
                self._membership.unite(target, group, reason, at)

    def _waits(self, announcement_id: int) -> bool:
        """Whether an announcement is made of follow-ups alone, and nobody decided that it stands apart."""
        members = self._membership.members(announcement_id)
        return not self._decided(announcement_id) and all(
            look(self._side_of(m.notice, m.reading)).stage for m in members
        )

    def _decided(self, announcement_id: int) -> bool:
        members = self._membership.members(announcement_id)
        return any(known.decided for known in self._store.notices.known(m.id for m in members).values())
