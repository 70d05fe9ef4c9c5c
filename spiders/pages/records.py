"""What a page says, as read: the records that every reader of pages returns, engine and one-offs alike."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum

from notices.model import NOTHING, Attachment


class State(StrEnum):
    """What kind of answer a page is; only OK and EMPTY say something about the board."""

    OK = "ok"
    EMPTY = "empty"  # a real "no posts" message
    SHELL = "shell"  # rows or text would come by script
    GUARD = "guard"  # login, firewall, error or wrong page
    UNREADABLE = "unreadable"


@dataclass(frozen=True, slots=True)
class Call:
    """A request that a page asks for: an address and, where it must be posted, the form."""

    url: str
    form: Mapping[str, str] | None = None


@dataclass(frozen=True, slots=True)
class Row:
    """One post in a list. `key` is stable and minimal; `detail` is how to ask for the post's page.

    `url` is the canonical address for people (None where neither the page nor a template gives one); `fields` holds
    labelled cells under the names of `notices.vocabulary.FIELDS`; `body` is text that an API gives with the row.
    `part` tells the rows of one notice apart where it stands in several (a row a complex, a row a home).
    """

    title: str
    key: str | None
    url: str | None = None
    posted: date | None = None
    department: str | None = None
    pinned: bool = False
    fields: Mapping[str, str] = field(default_factory=lambda: NOTHING)
    attachments: tuple[Attachment, ...] = ()
    detail: Call | None = None
    doubts: tuple[str, ...] = ()
    body: str = ""
    part: str = ""


@dataclass(frozen=True, slots=True)
class Listing:
    """A list page: its state and why, the rows in order, the next page or None at the proven end, the board's total.

    Where a notice stands in several rows, `parts` are these rows, which `total` counts, and `rows` those of this page
    laid together.
    """

    state: State
    rows: tuple[Row, ...] = ()
    next_page: Call | None = None
    total: int | None = None
    why: str = ""
    doubts: tuple[str, ...] = ()
    notes: tuple[str, ...] = ()  # what was detected and by which sign, for `try page`
    parts: tuple[Row, ...] = ()


@dataclass(frozen=True, slots=True)
class Detail:
    """A post's own page: the post alone, without menu, file list, neighbours, survey and licence mark.

    `following` is a further call whose answer belongs to the same post; its fields and files are laid to these.
    """

    state: State
    title: str | None = None
    posted: date | None = None
    department: str | None = None
    body: str = ""
    attachments: tuple[Attachment, ...] = ()
    fields: Mapping[str, str] = field(default_factory=lambda: NOTHING)
    why: str = ""
    doubts: tuple[str, ...] = ()
    notes: tuple[str, ...] = ()
    following: Call | None = None
