"""The index that filters and search use in the browser: current announcements, one short row each, as a script."""

from __future__ import annotations

import json

from feeds.site.card import Card
from feeds.site.card_view import shown
from feeds.site.lists import Day, is_home
from feeds.site.words import LANGUAGES

_STATUS = {"today": "open", "soon": "open", "cancelled": "closed"}


def index(today: Day, language: str) -> bytes:
    """Return the script that sets `current`: the words of marks, and rows in the order of the start page.

    A script is what a page that was opened from a folder may load; JSON it may not.

    A row is [slug, title, kind of state, its words, label, facts, foot, change, marks, regions, supply, audience,
    section, status]; marks are "n" (new) and "c" (corrected), lists are joined by blanks.
    """
    labels = LANGUAGES[language].labels
    rows = [_row(card, today, language) for _, cards in today.groups(today.cards) for card in cards]
    kept = {
        "words": {name: labels[name] for name in ("new", "corrected")},
        "rows": rows,
    }
    return f"window.current={json.dumps(kept, ensure_ascii=False, separators=(',', ':'))};\n".encode("utf-8", "replace")


def _row(card: Card, today: Day, language: str) -> list[str]:
    view = shown(card, today, language)
    marks = ("n" if view.fresh else "") + ("c" if view.revised else "")
    status = _STATUS.get(view.state.kind, view.state.kind)
    return [
        card.slug, card.title, view.state.kind, view.state.words(language), view.label, view.facts, view.foot,
        view.change, marks, " ".join(code for code, _ in card.places), " ".join(card.supply), " ".join(card.audience),
        card.section, status if is_home(card) or status == "closed" else "welfare",
    ]  # fmt: skip
