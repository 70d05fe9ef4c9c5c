"""One announcement as lists show it: small, of one line each, kept between two publishings."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Sequence
from dataclasses import dataclass, fields
from datetime import date
from typing import Any

from feeds.channel import KST
from feeds.entry import line
from notices import wording
from notices.model import EventKind, Value
from notices.store.views import Announcement, Event

_BADGE = re.compile(r"^\s*[\[(<【〔「]\s*(?:정정|수정|변경)\s*(?:공고|게시)?\s*[\])>】〕」]\s*")
_NAME = re.compile(r"[a-z0-9](?:[a-z0-9_-]{0,62}[a-z0-9])?")
_SOURCE = re.compile(r"[a-z0-9](?:[a-z0-9-]{0,62}[a-z0-9])?")

Place = tuple[str, str]
"""Code and name; the whole country has no place."""


@dataclass(frozen=True, slots=True)
class Card:
    """What a list says of an announcement; days are ISO text, "" for what was not read, money is won, -1 unread."""

    id: int
    slug: str
    title: str
    kind: str
    section: str
    supply: tuple[str, ...]
    audience: tuple[str, ...]
    places: tuple[Place, ...]
    publisher: str
    opens: str
    closes: str
    announces: str
    posted: str
    first_seen: str
    status: str
    homes: int
    deposit: int
    rent: int
    apply: str
    cancelled: bool
    corrected: str
    changes: str

    @property
    def digest(self) -> str:
        """What tells this card from every other."""
        return hashlib.blake2b(repr(self.row()).encode("utf-8", "replace"), digest_size=12).hexdigest()

    def row(self) -> list[Any]:
        """The card as it is kept."""
        return [getattr(self, name) for name in _FIELDS]


_FIELDS = tuple(field.name for field in fields(Card))


def kept(row: Sequence[Any]) -> Card:
    """Return the card that `row` gave."""
    values = list(row)
    values[5:8] = tuple(values[5]), tuple(values[6]), tuple((str(c), str(n)) for c, n in values[7])
    return Card(*values)


def card(told: Announcement, events: Sequence[Event]) -> Card:
    """Return an announcement's card; `events` are those told of it, oldest first."""
    revision = next((e for e in reversed(events) if e.kind is EventKind.REVISION), None)
    return Card(
        id=told.id,
        slug=slug(told.uid),
        title=plain_title(told.title),
        kind=line(told.kind),
        section=line(told.section),
        supply=tuple(map(line, told.supply)),
        audience=tuple(map(line, told.audience)),
        places=_places(told),
        publisher=line(str(_value(told, "publisher") or "")) or line(told.publisher),
        opens=_iso(told, "opens"),
        closes=_iso(told, "closes"),
        announces=_iso(told, "announces")[:10],
        posted=told.posted.isoformat() if told.posted else "",
        first_seen=told.first_seen.astimezone(KST).date().isoformat(),
        status=line(told.status),
        homes=_number(told, "homes"),
        deposit=_number(told, "deposit"),
        rent=_number(told, "rent"),
        apply=line(str(_value(told, "apply") or "")),
        cancelled=told.cancelled,
        corrected=_corrected(told, revision),
        changes=line(wording.changes(revision.changes)) if revision else "",
    )


def _corrected(told: Announcement, revision: Event | None) -> str:
    """The day of the last correction: as its source dates it, else when it was heard."""
    if revision is None:
        return ""
    return (revision.posted or revision.at.astimezone(KST).date()).isoformat()


def plain_title(title: str) -> str:
    """Return a title without its mark of correction, which is shown beside it."""
    words = line(title)
    return _BADGE.sub("", words) or words or "제목 없음"


def marked(title: str) -> bool:
    """Whether a title wears a mark of correction."""
    return _BADGE.match(line(title)) is not None


def slug(uid: str) -> str:
    """Return the name of an announcement's page: the same for ever, safe in any folder and address."""
    source, _, key = uid.partition(":")
    if _NAME.fullmatch(key) and _SOURCE.fullmatch(source):
        return f"{source}.{key}"
    return "x." + hashlib.sha256(uid.encode("utf-8", "replace")).hexdigest()[:20]


def _value(told: Announcement, name: str) -> Value | None:
    fact = told.facts.get(name)
    return None if fact is None else fact.value


def _iso(told: Announcement, name: str) -> str:
    value = _value(told, name)
    return str(value).strip() if wording.moment(value) else ""


def _number(told: Announcement, name: str) -> int:
    value = _value(told, name)
    return value if isinstance(value, int) and not isinstance(value, bool) else -1


def _places(told: Announcement) -> tuple[Place, ...]:
    """The places; a 시·도 is dropped where one of its 시·군·구 is named."""
    found = {line(r.code): line(r.name) for r in told.regions}
    exact = {code[:2] for code in found if not code.endswith("000")}
    return tuple((c, n) for c, n in found.items() if not (c.endswith("000") and c[:2] in exact))


def day(iso: str) -> date | None:
    """Return the day of an ISO text, None for an empty one."""
    return date.fromisoformat(iso[:10]) if iso else None
