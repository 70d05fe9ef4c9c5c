"""The words that every room shares: a notice as its source says it, the facts read from it, what became of it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from enum import StrEnum
from types import MappingProxyType

Value = str | int | bool
"""A fact's value: text, a number of homes or won, or a date as ISO text ("2026-09-09", "2026-09-09T17:00")."""

NOTHING: Mapping[str, str] = MappingProxyType({})


@dataclass(frozen=True, slots=True)
class Attachment:
    """A file beside a post: its name and, where the page gives one, an address; the file itself is not fetched."""

    name: str
    url: str | None = None


@dataclass(frozen=True, slots=True)
class Notice:
    """One post at one source as it reads now; (source, key) is its identity.

    `fields` holds what the source itself says in labelled fields, under the names of `vocabulary.FIELDS`, in the
    source's own words ({"supply": "행복주택", "closes": "2026.09.09", "status": "공고중"}).
    `body` is plain text, paragraphs by newline, table rows by newline and cells by tab.
    `detail` says whether the post's own page was read, or only its row in the list.
    """

    source: str
    key: str
    title: str
    url: str | None = None
    posted: date | None = None
    department: str | None = None
    body: str = ""
    attachments: tuple[Attachment, ...] = ()
    fields: Mapping[str, str] = field(default_factory=lambda: NOTHING)
    doubts: tuple[str, ...] = ()
    pinned: bool = False
    detail: bool = False


@dataclass(frozen=True, slots=True)
class Fact:
    """A value read from a notice, with the document and the exact words it was read from.

    `document` is "title", "body", "field:<name>" or "attachment:<name>"; `words` (at most 60 characters or one table
    cell) alone reproduces `value`.
    """

    field: str
    value: Value
    words: str
    document: str


@dataclass(frozen=True, slots=True)
class Region:
    """A 시·도 or 시·군·구 by its official name on the notice's date and its 법정동 code of today (5 digits: "41480")."""

    name: str
    code: str


@dataclass(frozen=True, slots=True)
class Reading:
    """What a notice was understood to say; whatever was not read stays empty."""

    relevant: bool
    kind: str
    correction: bool
    section: str
    supply: tuple[str, ...] = ()
    audience: tuple[str, ...] = ()
    regions: tuple[Region, ...] = ()
    facts: tuple[Fact, ...] = ()

    def first(self, name: str) -> Value | None:
        """The value of the first fact of this name."""
        return next((fact.value for fact in self.facts if fact.field == name), None)


class Relation(StrEnum):
    """How two notices stand to each other."""

    SAME = "same"
    REVISION = "revision"
    FOLLOW_UP = "follow_up"
    DIFFERENT = "different"


class EventKind(StrEnum):
    """What is told about an announcement, each once, as an entry of its own in the feeds."""

    NEW = "new"
    REVISION = "revision"
    FOLLOW_UP = "follow_up"


@dataclass(frozen=True, slots=True)
class Change:
    """One value that a correction or a silent edit changed; None where it was or is unknown."""

    field: str
    old: Value | None
    new: Value | None


class RunState(StrEnum):
    """Where a run of one source stands; only DONE and PARTIAL runs may teach anything."""

    RUNNING = "running"
    DONE = "done"
    PARTIAL = "partial"
    FAILED = "failed"
    ABORTED = "aborted"


@dataclass(frozen=True, slots=True)
class OwnPage:
    """How a notice's own page was asked for, so that it can be again, and what the answer says of itself.

    `form` is posted; `heading` is the title that the page bears.
    """

    url: str
    form: Mapping[str, str] | None = None
    etag: str | None = None
    last_modified: str | None = None
    heading: str | None = None


@dataclass(frozen=True, slots=True)
class PageRead:
    """What one list page gave, committed whole: its notices together with the validators that cover them.

    `rows` maps each listed key to the fingerprint of its row (view counts left out), for every row on the page, also
    those whose details were not asked again. `own` holds the own pages that were read, by key; of those looked at again,
    `same` names the unchanged and `missed` the ones that could not be had. Without `url` it is no page of a list.
    """

    source: str
    url: str
    at: datetime
    notices: tuple[Notice, ...]
    rows: Mapping[str, str]
    etag: str | None = None
    last_modified: str | None = None
    own: Mapping[str, OwnPage] = field(default_factory=dict)
    same: tuple[str, ...] = ()
    missed: tuple[str, ...] = ()
