"""What the source itself says in labelled fields: dates and numbers of homes as facts."""

from __future__ import annotations

import re
from collections.abc import Iterator

from notices.dates import find_dates
from notices.model import Fact
from notices.reading.subject import WORDS_LIMIT, Subject

_DATES = (
    "opens",
    "closes",
    "papers_from",
    "papers_to",
    "announces",
    "contract_from",
    "contract_to",
    "move_in",
    "first_posted",
)
_HOMES = re.compile(r"^\s*(?:총\s?)?(\d{1,3}(?:,\d{3})+|\d{1,6})\s?(?:호|세대|실|가구|채|건|명)?\s*$")


def labelled(subject: Subject) -> tuple[Fact, ...]:
    """Return facts of the fields that are dates (ISO text) and counts; "-" and 상시 give none."""
    return tuple(_facts(subject))


def _facts(subject: Subject) -> Iterator[Fact]:
    for name in _DATES:
        words = subject.fields.get(name, "")[:WORDS_LIMIT]
        found = find_dates(words, subject.on) if words else []
        if len(found) == 1:
            value = found[0].day.isoformat() + (f"T{found[0].time:%H:%M}" if found[0].time else "")
            yield Fact(name, value, found[0].words, f"field:{name}")
    homes = _HOMES.match(subject.fields.get("homes", "")[:WORDS_LIMIT])
    if homes:
        yield Fact("homes", int(homes[1].replace(",", "")), homes[0], "field:homes")
