"""What the store hands to the outlets: announcements, events, runs and deliveries, read-only."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from notices.model import Attachment, Change, EventKind, Fact, Region, RunState

CENTRE = "centre"
"""The kind of a source that is a centre's own notices."""


@dataclass(frozen=True, slots=True)
class Selection:
    """Which announcements or events are meant; empty means all. Different fields narrow, values of one field widen.

    `regions` are code prefixes ("41", "41480"); an announcement for the whole country answers to every region.
    Of `words` that thousands of notices hold, the newest 3,000 of these are looked at.
    """

    regions: tuple[str, ...] = ()
    supply: tuple[str, ...] = ()
    audience: tuple[str, ...] = ()
    sections: tuple[str, ...] = ()
    sources: tuple[str, ...] = ()
    kinds: tuple[str, ...] = ()
    events: tuple[EventKind, ...] = ()
    words: str = ""
    relevant: bool | None = True
    closes_from: date | None = None
    closes_to: date | None = None
    since: datetime | None = None  # events told at or after
    until: datetime | None = None  # events told before
    curated: str = ""  # only what this centre picked or posted
    unless_hidden: str = ""  # not what this centre hid
    beside: tuple[str, ...] = ()  # sources whose announcements are meant too, whatever they are about


@dataclass(frozen=True, slots=True)
class Seen:
    """Where an announcement was seen: one notice at one source."""

    notice_id: int
    source: str
    source_title: str
    publisher: str
    key: str
    title: str
    url: str | None
    posted: date | None
    relation: str  # "original", "same", "revision", "follow_up"
    reason: str
    licence: str  # 공공누리 type of the source: "0".."4", "own" for a centre's own, or "unknown"
    kind: str = "board"  # of the source; "centre" for a centre's own notices


@dataclass(frozen=True, slots=True)
class Announcement:
    """The real-world thing residents care about, as its latest word stands.

    `facts` holds one fact a field, of the current notice; dates in facts are ISO text.
    """

    id: int
    uid: str  # stable, from the first notice: "<source>:<key>"
    title: str
    url: str | None
    kind: str
    section: str
    status: str | None
    supply: tuple[str, ...]
    audience: tuple[str, ...]
    regions: tuple[Region, ...]
    facts: Mapping[str, Fact]
    posted: date | None
    first_seen: datetime
    updated: datetime
    corrected: bool
    cancelled: bool
    publisher: str
    body: str
    attachments: tuple[Attachment, ...]
    seen: tuple[Seen, ...]

    @property
    def own(self) -> bool:
        """Whether a centre says this itself."""
        return any(seen.kind == CENTRE for seen in self.seen)


@dataclass(frozen=True, slots=True)
class Event:
    """One thing that was told, once: an entry of its own. `guid` comes from the notice and its edition alone."""

    id: int
    guid: str
    kind: EventKind
    at: datetime
    title: str
    url: str | None
    posted: date | None
    source: str
    announcement: Announcement
    changes: tuple[Change, ...]
    original_guid: str | None
    original_title: str | None
    original_url: str | None
    reason: str


STALE = timedelta(days=3)
"""How old the last reading may be before a person should know, though nothing failed: a long weekend switched off."""


@dataclass(frozen=True, slots=True)
class RunView:
    """One run of one source, for the account, the digest and `status`."""

    id: int
    source: str
    source_title: str
    state: RunState
    started: datetime
    finished: datetime | None
    reason: str | None  # a code: "http_error", "empty", "shell", "guard", "unreadable", "timeout", "robots", …
    sentence: str | None  # the same in plain Korean
    listed: int
    new: int
    changed: int
    details: int
    requests: int


@dataclass(frozen=True, slots=True)
class Pick:
    """What a centre decided about an announcement, with its own words for it where it has some."""

    announcement_id: int
    state: str  # "picked", "hidden", "later"
    title: str | None
    summary: str | None
    at: datetime


@dataclass(frozen=True, slots=True)
class Post:
    """What a centre put on a blog; `outdated` where the source has corrected or called off what the post says."""

    centre: str
    notice_id: int  # the notice that founded the announcement
    announcement_id: int | None  # None when the notice was withdrawn
    target: str
    state: str  # "posting", "written", "posted", "rewritten", "gone"
    slug: str
    remote: str | None
    url: str | None
    digest: str | None
    event_id: int  # the newest event that the post knows
    at: datetime
    outdated: bool


@dataclass(frozen=True, slots=True)
class Delivery:
    """One message to one target, with where it stands in the outbox."""

    id: int
    batch: str  # what it belongs to: "digest:2026-11-24:<route>"
    target: str  # the target's id, never its address or secret
    route: str
    state: str  # "intended", "sending", "sent", "failed", "unknown", "given_up"
    attempts: int
    due: datetime
    subject: str
    text: str
    html: str | None
    error: str | None
    updated: datetime
