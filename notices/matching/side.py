"""What the matching looks at: one notice as a side, and what comes out: a judgement, a placement."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from notices.matching.numbers import family, numbers
from notices.model import Notice, Reading, Relation


@dataclass(frozen=True, slots=True)
class Side:
    """One notice as the matching sees it; whatever is not known stays empty.

    `regions` are names or 법정동 codes; `first_posted` is the day of the first announcement where the source says it;
    `corrects` and `external_keys` are "<family>:<number>" ("lh:2015122300020676").
    """

    title: str
    source: str = ""
    org: str = ""
    key: str = ""
    url: str | None = None
    posted: date | None = None
    status: str | None = None
    regions: tuple[str, ...] = ()
    closes: date | None = None
    opens: date | None = None
    first_posted: date | None = None
    supply: tuple[str, ...] = ()
    kind: str | None = None
    corrects: str | None = None
    external_keys: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Judgement:
    """How two notices stand to each other and why, in a short Korean sentence; not `certain` is "maybe related"."""

    relation: Relation
    reason: str
    certain: bool


@dataclass(frozen=True, slots=True)
class Placement:
    """Which stored notice a new one belongs to: `other` is its id, None where it stands alone.

    `relation` is between the two, whichever was first: a call that meets its correction is a revision too, the dates
    say which is the original. `also` are further notices that surely belong to the same announcement (follow-ups that
    came before their call), `proven` those that a number says are it or its correction, whatever they were held for
    before, `maybe` those that it may belong to, but not surely.
    """

    relation: Relation
    other: int | None
    reason: str
    maybe: tuple[int, ...] = ()
    also: tuple[int, ...] = ()
    proven: tuple[int, ...] = ()


def side(notice: Notice, reading: Reading, org: str = "") -> Side:
    """Return the side of a notice as read; `org` is the publisher of its source."""
    first = _day(reading.first("first_posted"))
    if first is None and family(notice.source, notice.url) == "myhome":
        first = notice.posted
    named = (reading.first("external_key"), notice.fields.get("external_key"))
    corrects = reading.first("corrects") or notice.fields.get("corrects")
    return Side(
        title=notice.title,
        source=notice.source,
        org=str(reading.first("publisher") or org),
        key=notice.key,
        url=notice.url,
        posted=notice.posted,
        status=notice.fields.get("status") or None,
        regions=tuple(region.code or region.name for region in reading.regions),
        closes=_day(reading.first("closes")),
        opens=_day(reading.first("opens")),
        first_posted=first,
        supply=reading.supply,
        kind=reading.kind,
        corrects=str(corrects) if corrects else None,
        external_keys=tuple(sorted({*numbers(notice.url), *(str(name) for name in named if name)})),
    )


def _day(value: object) -> date | None:
    """Return the day of an ISO date or moment."""
    try:
        return date.fromisoformat(str(value)[:10]) if value else None
    except ValueError:
        return None
