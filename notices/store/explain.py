"""Why an announcement says what it says: its notices, their facts with the words, and the reasons of each merge."""

from __future__ import annotations

from dataclasses import dataclass

from notices.model import Reading
from notices.store.notices import Edition
from notices.store.store import Store
from notices.store.views import Announcement, Event, Seen


@dataclass(frozen=True, slots=True)
class Witness:
    """One notice of an announcement: where it was seen and why it belongs there, how it was read, what it said.

    `maybe` names notices (id, reason) that were kept apart in doubt.
    """

    seen: Seen
    reading: Reading
    editions: tuple[Edition, ...]
    maybe: tuple[tuple[int, str], ...]


@dataclass(frozen=True, slots=True)
class Explanation:
    """An announcement with all that stands behind it, and what was told of it, oldest first."""

    announcement: Announcement
    witnesses: tuple[Witness, ...]
    events: tuple[Event, ...]


def explain(store: Store, announcement_id: int) -> Explanation | None:
    """Gather all that stands behind an announcement; None where there is none of this id."""
    announcement = store.announcements.get(announcement_id)
    if announcement is None:
        return None
    readings = store.notices.readings(seen.notice_id for seen in announcement.seen)
    witnesses = tuple(
        Witness(
            seen,
            readings[seen.notice_id],
            tuple(store.notices.editions(seen.notice_id)),
            tuple(store.membership.related(seen.notice_id)),
        )
        for seen in announcement.seen
    )
    return Explanation(announcement, witnesses, tuple(store.events.of(announcement_id)))
