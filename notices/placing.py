"""Understand a notice and find its place among the announcements of the store, and tell what is news about it."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from typing import Protocol

from notices import editions, matching, reading, regions
from notices.errors import Refusal
from notices.joining import Joining, Newcomer
from notices.matching.numbers import family
from notices.model import Change, EventKind, Notice, Reading, Region, Relation
from notices.store import Known, SourceInfo, Store

ENOUGH = 12  # candidates of each kind, the newest or the most alike
NEEDED = ("first_posted", "external_key", "corrects", "publisher", "closes", "opens")
"""Facts that the matching looks at."""

UNREAD = Reading(relevant=True, kind="기타", correction=False, section="기타소식")
"""What stands for the reading of a notice that could not be read: shown, and nothing claimed about it."""


ALONE = matching.Placement(Relation.DIFFERENT, None, "")


class Read(Protocol):
    """How a notice is understood."""

    def __call__(self, notice: Notice, *, org: str = "", home: Region | None = None) -> Reading:
        """Return what a notice says; `org` publishes its source, `home` is the source's own region."""


class Placing:
    """Reads notices, joins them to announcements, and tells what is news; call it inside a transaction."""

    def __init__(
        self, store: Store, org_of: Mapping[str, SourceInfo], read: Read | None = None, *, alone: bool = False
    ) -> None:
        self._store, self._org_of, self._alone = store, org_of, alone
        self._joining = Joining(store, self.side)
        self.unread: list[str] = []
        self._read: Read = read or reading.read

    def read(self, notice: Notice) -> Reading:
        """Read one notice by the source it comes from."""
        source = self._org_of.get(notice.source)
        if source is None:
            return self._read(notice)
        home = None if source.region_code is None else regions.by_code(source.region_code, notice.posted)
        return self._read(notice, org=source.publisher, home=home)

    def _read_safely(self, notice: Notice) -> Reading:
        try:
            return self.read(notice)
        except Refusal:
            raise
        except Exception:  # one notice that cannot be read is kept as it is and is named
            self.unread.append(notice.key)
            return UNREAD

    def side(self, notice: Notice, reading: Reading) -> matching.Side:
        """The side of a notice for matching."""
        source = self._org_of.get(notice.source)
        return matching.side(notice, reading, source.publisher if source else "")

    def understand(self, notices: Mapping[int, Notice], edition: Mapping[int, int]) -> dict[int, Reading]:
        """Read notices, and write what was understood and under what they are found."""
        readings = {n: self._read_safely(notice) for n, notice in notices.items()}
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
        found = self._news(old, new, self._read_safely(old), reading)
        if membership.lead(known.announcement_id) != known.id:
            found = editions.not_in(membership.says(known.announcement_id), found)
        if found:
            self._store.events.tell(
                EventKind.REVISION, known.announcement_id, known.id, new, at, known.edition + 1, found,
                "게시글이 말없이 고쳐짐",
            )  # fmt: skip
        membership.refresh(known.announcement_id, at if found else None)

    def _news(self, old: Notice, new: Notice, before: Reading, after: Reading) -> tuple[Change, ...]:
        """What a silent edit changed that is news; a page read for the first time only completes what its list said."""
        if new.detail and not old.detail:
            return ()
        found = editions.changes(before, after)
        if not old.detail:
            found = editions.unknown_dropped(found)
        marked = after.correction and not before.correction
        if marked or matching.stem(old.title) != matching.stem(new.title):
            return (Change("title", old.title, new.title), *found)
        return found

    def find(self, notice_id: int, notice: Notice, reading: Reading) -> matching.Placement:
        """Return which stored notice a new one belongs to; only a bounded number of likely ones is looked at."""
        return matching.place(self.side(notice, reading), self._candidates(notice_id, notice, reading))

    def place(self, notice_id: int, notice: Notice, reading: Reading, at: datetime) -> None:
        """Join a new notice to the announcement it belongs to, or found one; tell it once."""
        placement = ALONE if self._alone else self._find_safely(notice_id, notice, reading)
        if placement.maybe:
            self._store.membership.doubt(notice_id, placement.maybe, placement.reason)
        new = Newcomer(notice_id, notice, reading, self.side(notice, reading), at)
        if placement.other is None:
            self._joining.found(new)
        else:
            self._joining.join(new, placement)

    def _find_safely(self, notice_id: int, notice: Notice, reading: Reading) -> matching.Placement:
        try:
            return self.find(notice_id, notice, reading)
        except Refusal:
            raise
        except Exception:  # one notice that cannot be matched stands alone and is named
            self.unread.append(notice.key)
            return matching.Placement(Relation.DIFFERENT, None, "견주지 못함")

    def _candidates(self, notice_id: int, notice: Notice, reading: Reading) -> list[tuple[int, matching.Side]]:
        ids = self._store.notices.alike(
            self._names(notice, reading), matching.stem(notice.title), matching.core(notice.title), ENOUGH
        )
        ids += self._store.index.resembling(notice.title, ENOUGH)
        ids = self._store.notices.placed(n for n in dict.fromkeys(ids) if n != notice_id)
        said = self._store.notices.heads(ids)
        read = self._store.notices.readings(ids, NEEDED)
        return [(n, self.side(said[n], read[n])) for n in ids]
