"""Arrange cards: what is open by deadline, what opens soon, what is always open, what has just closed."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date, timedelta

from feeds.site.card import Card, day
from feeds.site.state import State, fresh, revised, state

CLOSED = timedelta(days=30)
CLOSED_SHOWN = 20
HOUSING, WELFARE = "임대주택공고", "주거복지사업"
_GROUPS = ("open", "before", "always", "unknown")
_PLACE = {"today": "open", "soon": "open", "open": "open", "before": "before", "always": "always", "unknown": "unknown"}

Group = tuple[str, list[Card]]
"""The name of a group's label and its cards."""


def is_home(card: Card) -> bool:
    """Whether one can apply for a home here."""
    return card.kind == "모집"


def is_welfare(card: Card) -> bool:
    """Whether this is help or news of housing welfare."""
    return card.section == WELFARE or card.kind == "지원사업"


class Day:
    """Cards on one day: the state of each is worked out once."""

    def __init__(self, cards: Iterable[Card], on: date) -> None:
        self.on = on
        self.cards = list(cards)
        self.states: dict[int, State] = {card.id: state(card, on) for card in self.cards}

    def groups(self, cards: Sequence[Card], newest: bool = False) -> list[Group]:
        """Return the groups of a list, those without cards left out."""
        found: dict[str, list[Card]] = {name: [] for name in (*_GROUPS, "welfare", "closed")}
        for card in cards:
            if name := self._group(card):
                found[name].append(card)
        for name, group in found.items():
            group.sort(key=self._newest if newest or name == "closed" else self._soonest)
        del found["closed"][CLOSED_SHOWN:]
        return [(name, group) for name, group in found.items() if group]

    def _group(self, card: Card) -> str | None:
        kind = self.states[card.id].kind
        if kind in ("closed", "cancelled"):
            return "closed" if is_home(card) and self._lately(card) else None
        if is_home(card):
            return _PLACE[kind]
        return "welfare" if is_welfare(card) else None

    def _lately(self, card: Card) -> bool:
        at = day(card.closes) or day(card.posted)
        return at is not None and at >= self.on - CLOSED

    def _soonest(self, card: Card) -> tuple[object, ...]:
        if self.states[card.id].kind == "before":
            return (0, card.opens, card.closes, -card.id)
        if card.closes and self.states[card.id].kind != "always":
            return (0, card.closes[:10], card.closes if "T" in card.closes else card.closes + "T99", -card.id)
        return (1, _back(card.posted), "", -card.id)

    def _newest(self, card: Card) -> tuple[object, ...]:
        return (_back(card.posted), _back(card.first_seen), -card.id)

    def counts(self, groups: Sequence[Group]) -> tuple[int, int, int, int]:
        """Return how many close today, within seven days, are not yet open, were corrected lately."""
        homes = [card for name, group in groups if name in _GROUPS for card in group]
        kinds = [self.states[card.id].kind for card in homes]
        fixed = sum(revised(card, self.on) for card in homes)
        return kinds.count("today"), kinds.count("today") + kinds.count("soon"), kinds.count("before"), fixed

    def open(self, cards: Iterable[Card]) -> int:
        """Return for how many homes' notices one can apply now."""
        return sum(is_home(c) and self.states[c.id].kind not in ("closed", "cancelled", "before") for c in cards)

    def fresh(self, card: Card) -> bool:
        """Whether a card is marked as new."""
        return fresh(card, self.on)

    def revised(self, card: Card) -> bool:
        """Whether a card is marked as corrected."""
        return bool(card.corrected)

    def just_revised(self, card: Card) -> bool:
        """Whether the correction itself stands on the card."""
        return revised(card, self.on)


def _back(iso: str) -> int:
    """Later days first, unknown last."""
    on = day(iso)
    return -on.toordinal() if on else 0
