"""What the words say beyond the labelled fields: when, how many homes, how much, how to apply, whom to ask."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from notices.model import Fact
from notices.reading.money import money
from notices.reading.period import period, schedule
from notices.reading.subject import Subject, Text
from notices.reading.terms import contact, homes, ways

_PRICE = frozenset(("deposit", "rent"))
_OF_HOMES = _PRICE | {"homes"}
_MOST = 60_000  # characters of a text that are looked at


def conditions(subject: Subject, labelled: Iterable[Fact], kind: str = "", homes: bool = False) -> tuple[Fact, ...]:
    """Return the facts of title and body; a field that the source labels itself, or the title states, is not read again.

    News name sums and counts of many things, programmes without `homes` the rent an applicant may pay: none is read.
    """
    known = {fact.field for fact in labelled}
    unread = _OF_HOMES if kind == "정책소식" else _PRICE if kind == "지원사업" and not homes else frozenset()
    found: list[Fact] = []
    for text in (subject.title, subject.body):
        new = [fact for fact in _of(subject, text) if fact.field not in known and fact.field not in unread]
        found += new
        known |= {fact.field for fact in new}
    return tuple(found)


def _of(subject: Subject, text: Text) -> Iterator[Fact]:
    words, document = text.words[:_MOST], text.document
    if document == "title":
        yield from _title_period(subject, words)
    else:
        yield from schedule(words, subject.on, document)
        yield from money(words, document)
        yield from contact(words, document)
    yield from homes(words, document)
    yield from ways(words, document)


def _title_period(subject: Subject, words: str) -> Iterator[Fact]:
    said = period(words, subject.on) if any(letter.isdigit() for letter in words) else None
    if said is not None and not said.always:
        if said.opens:
            yield Fact("opens", str(said.opens), said.words, "title")
        if said.closes:
            yield Fact("closes", str(said.closes), said.words, "title")
