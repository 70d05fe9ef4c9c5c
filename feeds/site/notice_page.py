"""The page of one notice: the five questions answered from facts, each with its words; dates, corrections, sources."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date

from feeds.channel import KST, Site
from feeds.entry import blocks, line
from feeds.site import english
from feeds.site.card import Card, day, marked, plain_title
from feeds.site.card_view import label
from feeds.site.frame import Shell, render
from feeds.site.glossary import easy, found
from feeds.site.places import PROVINCES, short
from feeds.site.state import State, state
from feeds.site.timeline import steps
from feeds.site.words import EN, LANGUAGES, TERMS, term
from notices import gate, wording
from notices.korean import one_line
from notices.links import web_link
from notices.model import Change, EventKind, Fact, Value
from notices.store.views import Announcement, Event
from notices.vocabulary import FIELDS

HISTORY = 20
"""So many corrections stand on a page, the latest first; feeds hold the others."""

_PLACES = 40
_PHONE = re.compile(r"(?<![\d-])(?:0\d{1,2}[-)]\s?\d{3,4}-\d{4}|1[5-8]\d\d-\d{4})(?![\d-])")
_ENGLISH_FIELDS = {
    "opens": "Opens", "closes": "Closes", "announces": "Results", "homes": "Homes", "deposit": "Deposit",
    "rent": "Monthly rent", "title": "Title", "body": "Text", "attachments": "Attachments", "move_in": "Moving in",
    "papers_from": "Papers from", "papers_to": "Papers until", "contract_from": "Contracts from",
    "contract_to": "Contracts until", "apply": "How to apply", "contact": "Contact", "address": "Address",
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class Answer:
    """One thing said: its words, the words it was read from and where, easy words beside it."""

    say: str
    words: str = ""
    where: str = ""
    korean: bool = False
    easy: str = ""
    link: str | None = None


@dataclass(frozen=True, slots=True)
class Altered:
    """One value that a correction changed, in words."""

    label: str
    old: str
    new: str
    brief_old: str = ""
    brief_new: str = ""


@dataclass(frozen=True, slots=True)
class Correction:
    """One correction: its heading, what it changed, its own post."""

    head: str
    changes: Sequence[Altered]
    words: str
    url: str | None


class NoticeWriter:
    """Writes pages of notices; only those of current announcements know the day."""

    def __init__(self, by: Site, on: date, pages: frozenset[str]) -> None:
        self._by, self._on, self._pages = by, on, pages
        self._shells: dict[tuple[str, bool], Shell] = {}

    def write(
        self, told: Announcement, card: Card, events: Sequence[Event], language: str, *, current: bool, dated: bool
    ) -> bytes:
        """Return one page; `current` also has an English twin, `dated` a calendar file."""
        view = _View(told, card, events, language)
        folder = "en/notice/" if language == EN else "notice/"
        shell = self._shell(folder, current)
        standing = state(card, self._on) if current else _timeless(card)
        text = gate.carried(told, gate.licence(told))
        history = view.history()
        n = {
            "title": card.title,
            "state": standing,
            "words": standing.words(language),
            "label": label(card, language),
            "by": " · ".join(p for p in (card.publisher, view.posted()) if p),
            "cancelled": told.cancelled,
            "correction": history[0] if history else None,
            "history": history,
            "answers": view.answers(),
            "url": web_link(told.url),
            "phones": view.phones(),
            "apply": view.apply(),
            "steps": steps(told, card, self._on if current else None, language),
            "ics": f"{'../../notice/' if language == EN else ''}{card.slug}.ics" if dated else None,
            "later": view.places(follow_ups=True),
            "seen": view.places(follow_ups=False),
            "files": view.files(),
            "blocks": blocks(text.body or ""),
            "attribution": text.attribution,
            "terms": found(f"{card.title} {' '.join(card.supply)} {' '.join(card.audience)} {card.apply}"),
            "crumb": self._crumb(card, language),
        }
        twin = f"{'../../notice/' if language == EN else '../en/notice/'}{card.slug}.html"
        return shell.fill(card.title, twin, render("notice.html", shell.frame, n=n))

    def _shell(self, folder: str, current: bool) -> Shell:
        if (folder, current) not in self._shells:
            self._shells[folder, current] = Shell(self._by, f"{folder}x.html", other=current)
        return self._shells[folder, current]

    def _crumb(self, card: Card, language: str) -> list[tuple[str, str]]:
        labels = LANGUAGES[language].labels
        found = [(labels["home"], "../index.html")]
        for code, name in card.places[:1]:
            above = f"region/{code[:2]}"
            if above in self._pages and code[:2] in PROVINCES:
                korean, other, *_ = PROVINCES[code[:2]]
                found.append((other if language == EN else korean, f"../{above}.html"))
            if not code.endswith("000") and f"region/{code}" in self._pages:
                found.append((short((code, name)).split(" ", 1)[-1], f"../region/{code}.html"))
        return found


def _timeless(card: Card) -> State:
    """Where an announcement of long ago stands, on whatever day it is looked at."""
    if card.cancelled:
        return State("cancelled", "취소", "Cancelled")
    at = day(card.closes)
    if at is None:
        return State("closed", "지난 공고", "Past notice")
    return State("closed", f"마감 ({at.year}.{at.month}.{at.day})", f"Closed ({english.day(at, year=True)})")


class _View:
    """One announcement in the words of one language."""

    def __init__(self, told: Announcement, card: Card, events: Sequence[Event], language: str) -> None:
        self._told, self._card, self._events = told, card, events
        self._language = LANGUAGES[language]
        self._t = self._language.labels

    def posted(self) -> str:
        on = self._told.posted
        if on is None:
            return ""
        words = english.day(on, year=True) if self._language.english else wording.long_date(on.isoformat())
        return f"{self._t['posted']} {words}"

    def answers(self) -> list[tuple[str, list[Answer]]]:
        """The five questions, each with at least one answer."""
        ask = Answer(self._t["ask"], link=web_link(self._told.url))
        asked = (
            ("what", self._what()), ("who", self._who()), ("until", self._until()), ("where", self._where()),
            ("cost", self._cost()),
        )  # fmt: skip
        return [(self._t[name], list(answers) or [ask]) for name, answers in asked]

    def _what(self) -> Iterator[Answer]:
        for word in self._card.supply:
            yield Answer(term(word, self._language), easy=easy(word))
        if not self._card.supply:
            yield Answer(term(self._card.section, self._language))
        yield from self._said("homes")

    def _who(self) -> Iterator[Answer]:
        for word in self._card.audience:
            yield Answer(term(word, self._language), easy=easy(word))

    def _until(self) -> Iterator[Answer]:
        opens, closes = self._card.opens or None, self._card.closes or None
        if wording.always_open(opens, closes, self._told.posted):
            yield Answer("Always open" if self._language.english else "상시 모집")
        yield from self._said("opens", *(("Opens", "") if self._language.english else ("", "부터 접수")))
        yield from self._said("closes", *(("Closes", "") if self._language.english else ("", "까지 접수")))

    def _where(self) -> Iterator[Answer]:
        places = [short(place, self._language.english) for place in self._card.places] or [
            "All of Korea" if self._language.english else "전국"
        ]
        yield Answer(" · ".join(places[:12]) + (f" +{len(places) - 12}" if len(places) > 12 else ""))
        yield from self._said("address")

    def _cost(self) -> Iterator[Answer]:
        english_from = self._language.english
        yield from self._said("deposit", "Deposit from" if english_from else "보증금", "" if english_from else "부터")
        yield from self._said(
            "rent", "Monthly rent from" if english_from else "월 임대료", "" if english_from else "부터"
        )

    def _said(self, name: str, before: str = "", after: str = "") -> Iterator[Answer]:
        fact = self._told.facts.get(name)
        if fact is None:
            return
        text = english.say(name, fact.value) if self._language.english else wording.say(name, fact.value)
        words = f"{before} {line(text)}".strip() + ("" if fact.value == 0 else after)
        korean = self._language.english and isinstance(fact.value, str) and name not in wording.DATES
        yield Answer(words, line(fact.words), _document(fact), korean)

    def apply(self) -> list[Answer]:
        """How one applies, and who is asked."""
        found = []
        fact = self._told.facts.get("apply")
        if fact is not None:
            word = line(str(fact.value))
            known = self._language.english and word in TERMS
            found.append(
                Answer(term(word, self._language), easy=easy(word), korean=self._language.english and not known)
            )
        if contact := self._contact():
            found.append(Answer(f"{self._t['contact']}: {contact}"))
        return found

    def _contact(self) -> str:
        fact = self._told.facts.get("contact")
        return "" if fact is None else line(str(fact.value))

    def phones(self) -> list[dict[str, str]]:
        """The public numbers of the contact, as they are dialled."""
        numbers = dict.fromkeys(
            match.group().replace(")", "-").replace(" ", "") for match in _PHONE.finditer(self._contact())
        )
        return [{"number": n, "words": n} for n in numbers if not n.startswith("010")][:3]

    def history(self) -> list[Correction]:
        """The corrections, the latest first."""
        told = [e for e in self._events if e.kind is EventKind.REVISION]
        return [self._correction(e) for e in sorted(told, key=lambda e: (e.at, e.id), reverse=True)[:HISTORY]]

    def _correction(self, event: Event) -> Correction:
        on = event.posted or event.at.astimezone(KST).date()
        head = (
            f"Corrected on {english.day(on, year=True)}" if self._language.english else f"{on.month}월 {on.day}일 정정"
        )
        return Correction(
            head,
            [self._altered(change) for change in event.changes[:30]],
            "The source does not say what changed: see the original."
            if self._language.english
            else f"바뀐 내용은 {wording.ASK}",
            web_link(event.url),
        )

    def _altered(self, change: Change) -> Altered:
        extra = {"title": "제목", "body": "본문", "attachments": "첨부"}
        name = FIELDS.get(change.field) or extra.get(change.field) or line(change.field)
        if self._language.english:
            name = _ENGLISH_FIELDS.get(change.field, name)
        if change.field == "body":
            return Altered(name, "", "changed" if self._language.english else "글이 바뀜")
        say = english.say if self._language.english else wording.say
        old, new = ("" if v in (None, "") else line(say(change.field, v)) for v in (change.old, change.new))
        brief = (_brief(change.field, v, w) for v, w in ((change.old, old), (change.new, new)))
        return Altered(name, old, new, *brief)

    def places(self, *, follow_ups: bool) -> list[dict[str, str | None]]:
        """Where it was published, or what followed; each address once."""
        found: dict[tuple[str, str | None], dict[str, str | None]] = {}
        for seen in self._told.seen:
            if (seen.relation == "follow_up") is follow_ups:
                note = " · ".join(
                    p
                    for p in (
                        line(seen.source_title) if follow_ups else plain_title(seen.title),
                        ""
                        if follow_ups or not marked(seen.title)
                        else "corrected"
                        if self._language.english
                        else "정정",
                        seen.posted.isoformat() if seen.posted else "",
                    )
                    if p
                )
                name = line(seen.source_title) or line(seen.publisher) or one_line(seen.source)
                found[(seen.source, seen.url)] = {
                    "name": name, "title": line(seen.title), "url": web_link(seen.url), "note": note,
                }  # fmt: skip
        return list(found.values())[:_PLACES]

    def files(self) -> list[dict[str, str | None]]:
        """Attachments by name and link; of lists of winners none."""
        if self._told.kind == "발표":
            return []
        return [{"name": line(a.name), "url": web_link(a.url)} for a in self._told.attachments if line(a.name)]


def _brief(field: str, value: Value | None, words: str) -> str:
    """Return "11.28 17시" for a date, which stands above the title; other values as they are."""
    at = wording.moment(value) if field in wording.DATES else None
    if at is None:
        return words
    clock = at[1]
    return f"{at[0].month}.{at[0].day}" + ("" if clock is None else f" {clock.hour:02}:{clock.minute:02}")


def _document(fact: Fact) -> str:
    """Say in words where a fact was read."""
    kind, _, name = fact.document.partition(":")
    if kind == "title":
        return "제목"
    if kind == "body":
        return "공고 글"
    if kind == "field":
        return f"출처의 ‘{FIELDS.get(name, line(name))}’ 칸"
    return f"첨부 ‘{line(name)}’"
