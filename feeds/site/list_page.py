"""The list pages: the start, the newest, each place, supply type, audience and section, in parts of so many cards."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from urllib.parse import urlsplit

from feeds.channel import FOLDER, Site
from feeds.select import Feed
from feeds.site import english
from feeds.site.card import Card
from feeds.site.card_view import CardWriter
from feeds.site.frame import frame, page
from feeds.site.lists import Day, Group
from feeds.site.places import PROVINCES, short
from feeds.site.words import EN, KO, LANGUAGES, term
from notices import wording

SIZE = 60
"""Cards on a page."""

HERE = {"시·도": "region", "시·군·구": "region", "공급유형": "supply", "대상": "audience", "분야": "section"}
"""Groups of feeds that have a page -> the name of their label."""

Links = Sequence[tuple[str, str]]


@dataclass(frozen=True, slots=True)
class Listing:
    """One list: its path without ending, headings, its cards, the feeds of the same selection."""

    stem: str
    title: str
    english_title: str
    cards: Sequence[Card]
    feeds: Sequence[Feed]
    newest: bool = False
    crumb: tuple[tuple[str, str], ...] = ()


@dataclass(slots=True)
class ListContext:
    """What one part of a list shows."""

    heading: str
    number: int
    numbers: int
    counts: list[tuple[int, str, str]]
    groups: list[dict[str, object]]
    empty: bool
    up: str = ""
    crumb: list[tuple[str, str]] = field(default_factory=list)
    order: tuple[str, str] | None = None
    turn: list[tuple[object, str, bool]] = field(default_factory=list)
    filters: Sequence[tuple[str, Sequence[tuple[str, str, str]]]] = ()
    browse: Sequence[tuple[str, Links]] = ()


class ListWriter:
    """Writes list pages of one day."""

    def __init__(self, by: Site, today: Day, stems: frozenset[str], feeds: Sequence[Feed]) -> None:
        self._by, self._today, self._stems = by, today, stems
        self._cards = CardWriter(today)
        self._pages = [feed for feed in feeds if feed.group in HERE]

    def paths(self, listing: Listing, language: str) -> list[str]:
        """Return the paths of a list's parts."""
        total = sum(len(cards) for _, cards in self._groups(listing))
        before = "en/" if language == EN else ""
        return [before + _part(listing.stem, n) for n in range(1, max(1, -(-total // SIZE)) + 1)]

    def _groups(self, listing: Listing) -> list[Group]:
        return self._today.groups(listing.cards, listing.newest)

    def write(self, listing: Listing, language: str, *, twin: bool) -> Iterator[tuple[str, bytes]]:
        """Yield path and bytes of each part of a list; `twin`: it is there in the other language, too."""
        groups, paths = self._groups(listing), self.paths(listing, language)
        flat = [(name, card) for name, cards in groups for card in cards]
        for number, path in enumerate(paths, 1):
            part = flat[(number - 1) * SIZE : number * SIZE]
            context = self._context(listing, language, path, number, paths, groups, part)
            around = frame(
                self._by,
                path,
                context.heading if listing.stem not in ("index",) else self._by.title,
                about=f"{context.heading}: {LANGUAGES[language].labels['rule']}",
                active="home",
                day=self._date(language),
                other=twin and number == 1,
            )
            yield path, page("list.html", around, p=context, feeds=self._feeds(listing, path))

    def _context(
        self, listing: Listing, language: str, path: str, number: int, paths: Sequence[str], groups: Sequence[Group],
        part: Sequence[tuple[str, Card]],
    ) -> ListContext:  # fmt: skip
        labels, up = LANGUAGES[language].labels, "../" * listing.stem.count("/")
        found: dict[str, list[object]] = {}
        for name, card in part:
            found.setdefault(name, []).append(self._cards.write(card, language, up))
        totals = {name: len(cards) for name, cards in groups}
        context = ListContext(
            heading=listing.english_title if language == EN else listing.title,
            number=number,
            numbers=len(paths),
            counts=_counts(self._today.counts(groups), labels),
            groups=[{"name": name, "total": totals[name], "cards": cards} for name, cards in found.items()],
            empty=number == 1 and not totals.get("open"),
            up=up,
            turn=_turn(paths, number, labels["previous"], labels["next"]),
        )
        if listing.stem in ("index", "newest"):
            other = "newest" if listing.stem == "index" else "index"
            context.order = labels["by_newest" if other == "newest" else "by_deadline"], f"{other}.html"
        elif number == 1:
            context.crumb = [(labels["home"], f"{up}index.html"), *((w, up + h) for w, h in listing.crumb)]
        if number == 1:
            context.browse = self._browse(language, up)
            context.filters = self._filters(language) if listing.stem == "index" else ()
        return context

    def _date(self, language: str) -> str:
        on = self._today.on
        return english.day(on, year=True) if language == EN else wording.long_date(on.isoformat()) or ""

    def _feeds(self, listing: Listing, path: str) -> list[dict[str, str]]:
        root = "../" * path.count("/")
        made = []
        for feed in listing.feeds:
            if feed.stem in self._stems:
                ics = f"{root}{FOLDER}/{feed.stem}.ics" if f"{feed.stem}.ics" in self._stems else ""
                made.append({"title": feed.title, "rss": f"{root}{FOLDER}/{feed.stem}.xml", "ics": ics})
        return made

    def _browse(self, language: str, up: str) -> list[tuple[str, Links]]:
        found: dict[str, list[tuple[str, str]]] = {}
        for feed in self._pages:
            if language == EN and HERE[feed.group] != "region":
                continue
            if feed.group != "시·군·구" or feed.stem == "region/36110":
                found.setdefault(HERE[feed.group], []).append((_name(feed, language), f"{up}{feed.stem}.html"))
        every = "All cities and counties" if language == EN else "모든 시·군·구"
        found.setdefault("region", []).append((every, f"{up}map.html"))
        return list(found.items())

    def _filters(self, language: str) -> list[tuple[str, list[tuple[str, str, str]]]]:
        options: dict[str, list[tuple[str, str, str]]] = {name: [] for name in dict.fromkeys(HERE.values())}
        for feed in sorted(self._pages, key=lambda feed: feed.stem):
            value = feed.stem.partition("/")[2] if HERE[feed.group] == "region" else feed.title
            stem = feed.stem if feed.stem in self._stems else ""
            options[HERE[feed.group]].append((value, _name(feed, language), stem))
        labels = LANGUAGES[language].labels
        states = [(n, labels[n], "") for n in ("open", "before", "always", "unknown", "closed")]
        return [*((name, found) for name, found in options.items() if found), ("status", states)]


def _counts(numbers: Sequence[int], labels: Mapping[str, str]) -> list[tuple[int, str, str]]:
    """Return number, words and colour of each count; none where there is nothing to count."""
    names = (("today", "today"), ("week", ""), ("upcoming", ""), ("revised", "fix"))
    found = [(n, labels[name], kind if n else "") for n, (name, kind) in zip(numbers, names, strict=True)]
    return found if any(numbers) else []


def _name(feed: Feed, language: str) -> str:
    if HERE[feed.group] == "region":
        code = feed.stem.partition("/")[2]
        return short((code, feed.title), language == EN)
    return term(feed.title, LANGUAGES[language])


def _part(stem: str, number: int) -> str:
    return f"{stem}.html" if number == 1 else f"{stem}-{number}.html"


def _turn(paths: Sequence[str], number: int, previous: str, following: str) -> list[tuple[object, str, bool]]:
    names = [path.rsplit("/", 1)[-1] for path in paths]
    numbers: list[tuple[object, str, bool]] = [
        (n, name, n == number)
        for n, name in enumerate(names, 1)
        if n in (1, len(names)) or abs(n - number) <= 2
    ]  # fmt: skip
    before = [(previous, names[number - 2], False)] if number > 1 else []
    after = [(following, names[number], False)] if number < len(names) else []
    return [*before, *numbers, *after]


def listings(by: Site, today: Day, feeds: Sequence[Feed]) -> Iterator[tuple[Listing, tuple[str, ...]]]:
    """Yield every list with the languages it is written in."""
    whole = [feed for feed in feeds if feed.group == "전체"]
    lead = tuple(labels.labels["lead"] for labels in LANGUAGES.values())
    for stem, newest in (("index", False), ("newest", True)):
        yield Listing(stem, lead[0], lead[1], today.cards, whole, newest), (KO, EN)
    index = _Index(today.cards)
    for feed in feeds:
        if feed.group not in HERE:
            continue
        yield (
            Listing(
                feed.stem,
                f"{feed.title} {'공공임대주택' if HERE[feed.group] != 'section' else ''}".strip(),
                f"{_name(feed, EN)}: public rental housing",
                index.of(feed),
                [feed],
                crumb=_crumb(feed),
            ),
            (KO, EN) if HERE[feed.group] == "region" else (KO,),
        )


def _crumb(feed: Feed) -> tuple[tuple[str, str], ...]:
    code = feed.stem.partition("/")[2]
    if feed.group != "시·군·구" or code[:2] not in PROVINCES or code == "36110":
        return ()
    return ((short((code, feed.title.split(" ")[0])), f"region/{code[:2]}.html"),)


class _Index:
    """Cards by what lists ask for: of a place, only the cards of its 시·도 and of the whole country are looked at."""

    def __init__(self, cards: Sequence[Card]) -> None:
        self._by: dict[tuple[str, str], list[Card]] = {}
        for card in cards:
            names = {("section", card.section)}
            names |= {("supply", term) for term in card.supply} | {("audience", term) for term in card.audience}
            names |= {("region", code[:2]) for code, _ in card.places} or {("region", "")}
            for name in names:
                self._by.setdefault(name, []).append(card)

    def of(self, feed: Feed) -> list[Card]:
        """The cards that a feed's selection means, its kinds left aside."""
        meant = feed.selection
        for name, terms in (("supply", meant.supply), ("audience", meant.audience), ("section", meant.sections)):
            if terms:
                return [card for term in terms for card in self._by.get((name, term), ())]
        near = [*self._by.get(("region", ""), ()), *self._by.get(("region", meant.regions[0][:2]), ())]
        whole = frozenset(prefix[:2] + "000" for prefix in meant.regions)
        return [card for card in near if not card.places or _answers(card, meant.regions, whole)]


def _answers(card: Card, prefixes: tuple[str, ...], whole: frozenset[str]) -> bool:
    """Whether one of a card's places is meant: itself or its whole 시·도."""
    return any(code.startswith(prefixes) or code in whole for code, _ in card.places)


def path_of(by: Site) -> str:
    """Return the path of the public folder's address, for pages that are served anywhere."""
    return urlsplit(by.base_url).path or "/"
