"""What the source itself says in labelled fields, as facts: dates, counts, sums, words, and numbers of other sources."""

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
_MONEY = ("deposit", "rent")
_WORDS = ("contact", "address", "publisher", "apply")
_NUMBERS = ("corrects", "external_key")
_WON = re.compile(r"^\s*(\d{1,3}(?:,\d{3})+|\d{1,12})\s?원?\s*$")
_NUMBER = re.compile(r"[a-z][a-z-]{0,20}:[\w.-]{1,60}")
_HOMES = re.compile(r"^\s*(?:총\s?)?(\d{1,3}(?:,\d{3})+|\d{1,6})\s?(?:호|세대|실|가구|채|건|명)?\s*$")


def labelled(subject: Subject) -> tuple[Fact, ...]:
    """Return facts of the fields: dates (ISO text), counts and sums (won) as numbers; "-" and 상시 give none."""
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
    for name in _MONEY:
        won = _WON.match(subject.fields.get(name, "")[:WORDS_LIMIT])
        if won:
            yield Fact(name, int(won[1].replace(",", "")), won[0], f"field:{name}")
    for name in _WORDS:
        words = subject.fields.get(name, "")
        if 1 < len(words) <= WORDS_LIMIT and words.strip(" -"):
            yield Fact(name, words, words, f"field:{name}")
    for name in _NUMBERS:
        words = subject.fields.get(name, "")
        if _NUMBER.fullmatch(words):
            yield Fact(name, words, words, f"field:{name}")
