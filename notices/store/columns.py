"""How the values of the model lie in columns: times in UTC, dates, lists and maps as text."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping
from datetime import UTC, date, datetime
from typing import Any

from notices.model import Attachment, Change, Region


def moment(at: datetime) -> str:
    """A time as sortable text in UTC; a time without a zone is refused."""
    if at.tzinfo is None:
        raise ValueError(f"a time without a zone: {at}")
    return at.astimezone(UTC).isoformat(timespec="microseconds")


def when(text: str) -> datetime:
    """The time that `moment` wrote."""
    return datetime.fromisoformat(text)


def maybe_when(text: str | None) -> datetime | None:
    """The time, if there is one."""
    return None if text is None else datetime.fromisoformat(text)


def day(text: str | None) -> date | None:
    """The date, if there is one."""
    return None if text is None else date.fromisoformat(text)


def text_of_day(value: date | None) -> str | None:
    """The date as text, if there is one."""
    return None if value is None else value.isoformat()


_encode = json.JSONEncoder(ensure_ascii=False, separators=(",", ":")).encode


def packed(value: Any) -> str:
    """Any list or map as JSON; halves of characters, which no database takes, become marks."""
    if not value:
        return "{}" if isinstance(value, Mapping) else "[]" if isinstance(value, Iterable) else _encode(value)
    return _encode(value if not isinstance(value, Mapping) else dict(value))


_decode = json.JSONDecoder().raw_decode


def unpacked(text: str) -> Any:
    """What was packed: no blanks stand around it."""
    return _decode(text)[0]


def packed_attachments(attachments: Iterable[Attachment]) -> str:
    """Attachments as pairs of name and address."""
    return packed([(a.name, a.url) for a in attachments])


def attachments(text: str) -> tuple[Attachment, ...]:
    """The attachments that were packed."""
    return tuple(Attachment(name, url) for name, url in unpacked(text)) if text != "[]" else ()


def packed_regions(regions: Iterable[Region]) -> str:
    """Regions as pairs of name and code."""
    return packed([(r.name, r.code) for r in regions])


def regions(text: str) -> tuple[Region, ...]:
    """The regions that were packed."""
    return tuple(Region(name, code) for name, code in unpacked(text))


def packed_changes(changes: Iterable[Change]) -> str:
    """Changes as triples of field, old and new."""
    return packed([(c.field, c.old, c.new) for c in changes])


def changes(text: str) -> tuple[Change, ...]:
    """The changes that were packed."""
    return tuple(Change(*triple) for triple in unpacked(text))
