"""The dates of an announcement in their order: posted, applications, papers, results, contracts, moving in."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from feeds.entry import line
from feeds.site import english
from feeds.site.card import Card, day
from feeds.site.state import state
from notices import wording
from notices.model import Value
from notices.store.views import Announcement

_STEPS = (
    ("공고", "Posted", "", ""), ("접수", "Applications", "opens", "closes"),
    ("서류제출", "Papers", "papers_from", "papers_to"), ("당첨자 발표", "Results", "announces", ""),
    ("계약", "Contracts", "contract_from", "contract_to"), ("입주", "Moving in", "move_in", ""),
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Step:
    """One step: its name, its dates in words, `mark` is "past", "here" or "" where no day is looked from."""

    name: str
    words: str
    mark: str = ""


def steps(told: Announcement, card: Card, on: date | None, language: str) -> list[Step]:
    """Return the steps whose dates are known; on a day, what is past and where one stands is marked."""
    made = []
    for korean, other, first, last in _STEPS:
        words = _posted(told, language) if not first else _span(told, card, first, last, language)
        if words:
            made.append(Step(other if language == "en" else korean, words, _mark(korean, card, on)))
    return made if len(made) > 1 else []


def _posted(told: Announcement, language: str) -> str:
    return _say("first_posted", told.posted.isoformat(), language) if told.posted else ""


def _span(told: Announcement, card: Card, first: str, last: str, language: str) -> str:
    start, end = (told.facts[name].value if name in told.facts else None for name in (first, last))
    if first == "opens" and wording.always_open(card.opens or None, card.closes or None, told.posted):
        return "always" if language == "en" else "상시"
    if start and end and start != end:
        return f"{_say(first, start, language)} ~ {_say(last, end, language)}"
    only = start or end
    name = first if start else last
    if not only:
        return ""
    words = _say(name, only, language)
    if first == "opens" and not end:
        return f"from {words}" if language == "en" else f"{words}부터"
    if last and not start:
        return f"until {words}" if language == "en" else f"{words}까지"
    return words


def _say(name: str, value: Value, language: str) -> str:
    return line(english.say(name, value) if language == "en" else wording.say(name, value))


def _mark(step: str, card: Card, on: date | None) -> str:
    """Only from what `stamp` tells, so that a page changes on no other day."""
    if on is None or card.cancelled:
        return ""
    kind, announced = state(card, on).kind, _announced(card, on)
    if step == "공고" or (announced and step in ("접수", "서류제출", "당첨자 발표")):
        return "past"
    if step == "접수":
        return {"closed": "past", "before": "", "unknown": ""}.get(kind, "here")
    return ""


def _announced(card: Card, on: date) -> bool:
    at = day(card.announces)
    return at is not None and at < on


def stamp(card: Card, on: date) -> tuple[str, bool]:
    """Return all that a day changes on the page of a current announcement."""
    return state(card, on).ko, _announced(card, on)
