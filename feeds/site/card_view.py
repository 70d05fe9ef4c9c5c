"""Write one card as a list shows it; a card that stands in many lists is written once for each depth."""

from __future__ import annotations

from dataclasses import dataclass

from markupsafe import Markup

from feeds.render import template
from feeds.site import english
from feeds.site.card import Card, day
from feeds.site.lists import Day, is_home
from feeds.site.places import where
from feeds.site.state import State, short
from feeds.site.words import LANGUAGES, term
from notices import wording


@dataclass(frozen=True, slots=True)
class Shown:
    """A card's lines in words."""

    slug: str
    title: str
    state: State
    label: str
    facts: str
    foot: str
    fresh: bool
    revised: bool
    change: str


def shown(card: Card, today: Day, language: str) -> Shown:
    """Return a card's lines in a language."""
    return Shown(
        card.slug,
        card.title,
        today.states[card.id],
        label(card, language),
        facts(card, language),
        foot(card, language),
        today.fresh(card),
        today.revised(card),
        _change(card, today, language),
    )


def label(card: Card, language: str) -> str:
    """Return what it is: "국민임대", or the section where it is no home."""
    tongue = LANGUAGES[language]
    words = card.supply if card.supply else ("",) if is_home(card) else (card.section,)
    audience = card.audience[:3] if is_home(card) else ()
    parts = (", ".join(term(w, tongue) for w in words if w), "·".join(term(a, tongue) for a in audience))
    return " · ".join(part for part in parts if part)


def facts(card: Card, language: str) -> str:
    """Return place, number of homes and cost on one line; what was not read is left out."""
    if language == "en":
        parts = [
            where(card.places, True),
            f"{card.homes:,} homes" if card.homes > 0 else "",
            f"deposit from {english.say('deposit', card.deposit)}" if card.deposit >= 0 else "",
            f"{english.say('rent', card.rent)} a month" if card.rent >= 0 else "",
        ]
    else:
        parts = [
            where(card.places),
            wording.say("homes", card.homes) if card.homes > 0 else "",
            _from("보증금", card.deposit),
            _from("월", card.rent),
        ]
    return " · ".join(part for part in parts if part)


def _from(name: str, won: int) -> str:
    return f"{name} {wording.won(won)}" + ("부터" if won else "") if won >= 0 else ""


def foot(card: Card, language: str) -> str:
    """Return who publishes and how one applies."""
    apply = f"{card.apply} 접수" if card.apply and not card.apply.endswith(("접수", "신청", "추천")) else card.apply
    return " · ".join(part for part in (card.publisher, apply) if part)


def _change(card: Card, today: Day, language: str) -> str:
    on = day(card.corrected)
    if on is None or not today.just_revised(card):
        return ""
    if language == "en":
        return f"Corrected on {english.day(on)}"
    return f"{on.month}월 {on.day}일 정정: {card.changes}" if card.changes else f"{short(on, on)} 정정"


class CardWriter:
    """Cards as HTML, remembered by card, language and depth."""

    def __init__(self, today: Day) -> None:
        self._today = today
        self._made: dict[tuple[int, str, str], Markup] = {}

    def write(self, card: Card, language: str, up: str) -> Markup:
        """Return a card's HTML; `up` leads from the list to the language's home."""
        key = (card.id, language, up)
        if key not in self._made:
            view = shown(card, self._today, language)
            html = template("site/card.html").render(
                c=view, words=view.state.words(language), t=LANGUAGES[language].html, up=up, english=language == "en"
            )
            self._made[key] = Markup(html)  # noqa: S704 - escaped by its template
        return self._made[key]
