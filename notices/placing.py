"""Understand a notice and find its place among the announcements of the store, and tell what is news about it."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from typing import Protocol

from notices import editions, matching, reading, regions
from notices.matching.numbers import family
from notices.model import Change, EventKind, Notice, Reading, Region, Relation
from notices.store import Known, SourceInfo, Store
from notices.store.membership import FOLLOWING, Member

ENOUGH = 12  # candidates of each kind, the newest or the most alike
NEEDED = ("first_posted", "external_key", "corrects", "publisher", "closes", "opens")
"""Facts that the matching looks at."""


class Read(Protocol):
    """How a notice is understood."""

    def __call__(self, notice: Notice, *, org: str = "", home: Region | None = None) -> Reading:
        """Return what a notice says; `org` publishes its source, `home` is the source's own region."""


class Placing:
    """Reads notices, joins them to announcements, and tells what is news; call it inside a transaction."""

    def __init__(self, store: Store, org_of: Mapping[str, SourceInfo], read: Read | None = None) -> None:
        self._store, self._org_of = store, org_of
        self._read: Read = read or reading.read

    def read(self, notice: Notice) -> Reading:
        """Read one notice by the source it comes from."""
        source = self._org_of.get(notice.source)
        if source is None:
            return self._read(notice)
        home = None if source.region_code is None else regions.by_code(source.region_code, notice.posted)
        return self._read(notice, org=source.publisher, home=home)

    def side(self, notice: Notice, reading: Reading) -> matching.Side:
        """The side of a notice for matching."""
        source = self._org_of.get(notice.source)
        return matching.side(notice, reading, source.publisher if source else "")

    def understand(self, notices: Mapping[int, Notice], edition: Mapping[int, int]) -> dict[int, Reading]:
        """Read notices, and write what was understood and under what they are found."""
        readings = {n: self.read(notice) for n, notice in notices.items()}
        self._store.notices.put_readings(readings, edition)
        self._store.notices.put_forms(
            (n, matching.stem(notice.title), matching.core(notice.title), self._names(notice, readings[n]))
            for n, notice in notices.items()
        )
        return readings

    def _names(self, notice: Notice, reading: Reading) -> set[str]:
        side = self.side(notice, reading)
        names = {f"{family(notice.source, notice.url)}:{notice.key}", *side.external_keys}
        return names | ({side.corrects} if side.corrects else set())

    def complete(self, known: Known) -> None:
        """Let an announcement show what was filled in."""
        if known.announcement_id is not None:
            self._store.membership.refresh(known.announcement_id)

    def edit(self, known: Known, old: Notice, new: Notice, reading: Reading, at: datetime) -> None:
        """Tell a silent edit, if what changed is news and was not told by another notice before.

        The old edition is read anew: rules of reading that changed meanwhile are no news.
        """
        if known.announcement_id is None:
            return
        membership = self._store.membership
        before = self.read(old)
        found = editions.changes(before, reading) if old.detail or not new.detail else ()
        if not old.detail:
            found = editions.unknown_dropped(found)
        if matching.stem(old.title) != matching.stem(new.title) and (old.detail or not new.detail):
            found = (Change("title", old.title, new.title), *found)
        lead = membership.lead(known.announcement_id)
        if lead != known.id:
            found = editions.not_in(self._store.notices.readings([lead])[lead], found)
        if found:
            self._store.events.tell(
                EventKind.REVISION, known.announcement_id, known.id, new, at, known.edition + 1, found,
                "게시글이 말없이 고쳐짐",
            )  # fmt: skip
        membership.refresh(known.announcement_id, at if found else None)

    def find(self, notice_id: int, notice: Notice, reading: Reading) -> matching.Placement:
        """Return which stored notice a new one belongs to; only a bounded number of likely ones is looked at."""
        return matching.place(self.side(notice, reading), self._candidates(notice_id, notice, reading))

    def place(self, notice_id: int, notice: Notice, reading: Reading, at: datetime) -> None:
        """Join a new notice to the announcement it belongs to, or found one; tell it once."""
        placement = self.find(notice_id, notice, reading)
        membership = self._store.membership
        if placement.maybe:
            membership.doubt(notice_id, placement.maybe, placement.reason)
        if placement.other is None:
            found = membership.found(notice_id, at)
            membership.refresh(found, at)
            self._store.events.tell(EventKind.NEW, found, notice_id, notice, at)
        else:
            self._join(notice_id, notice, reading, placement, at)

    def _candidates(self, notice_id: int, notice: Notice, reading: Reading) -> list[tuple[int, matching.Side]]:
        ids = self._store.notices.alike(
            self._names(notice, reading), matching.stem(notice.title), matching.core(notice.title), ENOUGH
        )
        ids += self._store.index.resembling(notice.title, ENOUGH)
        ids = self._store.notices.placed(n for n in dict.fromkeys(ids) if n != notice_id)
        said = self._store.notices.heads(ids)
        read = self._store.notices.readings(ids, NEEDED)
        return [(n, self.side(said[n], read[n])) for n in ids]

    def _join(
        self, notice_id: int, notice: Notice, reading: Reading, placement: matching.Placement, at: datetime
    ) -> None:
        membership, events = self._store.membership, self._store.events
        assert placement.other is not None
        announcement_id = self._store.notices.known([placement.other])[placement.other].announcement_id
        assert announcement_id is not None
        members = membership.members(announcement_id)
        other = next(m for m in members if m.id == placement.other)
        original = next(m for m in members if m.relation == "original")
        lead = next(m for m in members if m.id == membership.lead(announcement_id))
        relation = str(placement.relation)
        if _comes_before(notice_id, notice, reading, placement.relation, original):
            membership.put(original.id, announcement_id, relation, placement.reason)
            membership.put(notice_id, announcement_id, "original", placement.reason)
            membership.refresh(announcement_id)
            return
        corrects_following = relation == "revision" and other.relation == "follow_up"
        membership.put(notice_id, announcement_id, "follow_up" if corrects_following else relation, placement.reason)
        membership.refresh(announcement_id, None if relation == "same" else at)
        if relation == "same":
            return
        found: tuple[Change, ...] = ()
        if relation == "revision":
            said = other if corrects_following else lead
            if not corrects_following and membership.lead(announcement_id) != notice_id:
                return  # a correction that was corrected since
            found = editions.unknown_dropped(editions.changes(said.reading, reading))
        events.tell(EventKind(relation), announcement_id, notice_id, notice, at, 1, found, placement.reason)


def _comes_before(notice_id: int, notice: Notice, reading: Reading, relation: Relation, original: Member) -> bool:
    """Whether a new notice is what the announcement began with, though it arrives late."""
    if relation is Relation.FOLLOW_UP:
        return original.reading.kind in FOLLOWING and reading.kind not in FOLLOWING
    if relation is not Relation.REVISION:
        return False
    if notice.posted is None or original.notice.posted is None:
        return original.reading.correction and not reading.correction
    mine = (reading.correction, notice.posted, notice_id)
    return mine < (original.reading.correction, original.notice.posted, original.id)
