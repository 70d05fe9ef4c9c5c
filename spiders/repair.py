"""Read a redesigned list anew: stored titles show where the rows are now, and every proposal is held against them."""

from __future__ import annotations

import json
import re
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from itertools import chain, islice, product
from typing import cast

from lxml.cssselect import CSSSelector
from lxml.html import HtmlElement

from spiders.drift import ENOUGH, Seen, alike, plain
from spiders.pages.board import listing
from spiders.pages.cells import spoken
from spiders.pages.days import read_day
from spiders.pages.document import Document
from spiders.pages.hints import Hints
from spiders.pages.records import Listing, Row, State
from spiders.registry import Source

TRIED = 60
"""Readings of one page that are tried."""

_PLAIN_CLASS = re.compile(r"[A-Za-z_][\w-]{0,40}")
_STATE = re.compile(r"^(?:on|active|first|last|odd|even|new|notice|current|hover|selected|row\d+|\w*\d{2,})$", re.I)


@dataclass(frozen=True, slots=True)
class Proposal:
    """New [hints] for a source: the lines, how many known posts they find again, and what the page then says."""

    lines: tuple[str, ...]
    found: int
    listing: Listing


def repair(
    document: Document, source: Source, known: Mapping[str, Seen], today: date, *, detect: bool = True
) -> Proposal | None:
    """Return hints that read every known post of the page as it is known; None where no reading is sure.

    Detection without hints comes first, unless `detect` is off; then selectors drawn from where the titles stand.

    A post counts as on the page where its title is. Each that is there must come out once with its number, title and
    day; a reading with one wrong field is no proposal.
    """
    there = _present(document, known)
    if len(there) < ENOUGH:
        return None
    kept = replace(
        source.hints, row=None, title=None, date=None, department=None, link=None, id_params=(), list_mode=None
    )
    readings = _readings(document.tree, kept, there, today)
    for hints in islice(chain([kept] if detect else [], readings), TRIED):
        read = listing(document, today=today, hints=hints)
        if read.state is State.OK and sure(read.rows, there):
            return Proposal(tuple(_lines(hints)), len(there), read)
    return None


def sure(rows: Sequence[Row], there: Mapping[str, Seen]) -> bool:
    """Whether rows say of each known post what is known, and nothing twice."""
    keyed = {row.key: row for row in rows if row.key}
    if len(keyed) != len(rows):
        return False
    return all(key in keyed and _says(keyed[key], seen) for key, seen in there.items())


def _says(row: Row, seen: Seen) -> bool:
    return alike(row.title, seen.title) and len(plain(row.title)) <= len(plain(seen.title)) + 4 and (
        seen.posted is None or row.posted == seen.posted
    )  # fmt: skip


def _present(document: Document, known: Mapping[str, Seen]) -> dict[str, Seen]:
    """The known posts whose titles the page shows; titles that two posts share show nothing."""
    text = plain(document.tree.text_content())
    names = Counter(plain(seen.title) for seen in known.values())
    return {k: s for k, s in known.items() if len(name := plain(s.title)) >= 6 and names[name] == 1 and name in text}


def _readings(root: HtmlElement, kept: Hints, there: Mapping[str, Seen], today: date) -> Iterator[Hints]:
    """Selectors around the titles, from few to many."""
    anchors = _anchors(root, there)
    if len(anchors) < ENOUGH:
        return
    rows = _rows([node for node, _ in anchors])
    if rows is None:
        return
    pairs = [(row, node, seen) for row, (node, seen) in zip(rows, anchors, strict=True)]
    titles = _common([(row, node) for row, node, _ in pairs])
    dates = _common(_dated(pairs, today))
    links = _links(rows, anchors, there)
    for row in _row_selectors(rows):
        yield replace(kept, row=row)
        for date_at in dates[:3]:
            yield replace(kept, row=row, date=date_at)
        for title, day, link in product(titles[:3], [*dates[:3], None], [None, *links]):
            yield replace(kept, row=row, title=title, date=day, link=link)


def _anchors(root: HtmlElement, there: Mapping[str, Seen]) -> list[tuple[HtmlElement, Seen]]:
    """The smallest element that says each title."""
    wanted = {plain(seen.title): seen for seen in there.values()}
    found: dict[str, HtmlElement] = {}
    for node in root.iter(
        "a", "td", "strong", "span", "p", "div", "li", "dt", "dd", "h2", "h3", "h4", "h5", "em", "button", "b"
    ):
        name = plain(spoken(node))
        if name in wanted:
            found[name] = node  # document order: inner elements come after their own parents
    return [(node, wanted[name]) for name, node in found.items()]


def _rows(anchors: Sequence[HtmlElement]) -> list[HtmlElement] | None:
    """The record around each anchor: the child, on its way up, of the element that holds them all."""
    ways = [[node, *node.iterancestors()] for node in anchors]
    home = next((node for node in ways[0] if all(node in way for way in ways[1:])), None)
    if home is None:
        return None
    rows = [way[way.index(home) - 1] for way in ways if way.index(home) > 0]
    return rows if len(rows) == len(anchors) and len(set(rows)) == len(rows) else None


def _row_selectors(rows: Sequence[HtmlElement]) -> list[str]:
    """Selectors of the rows on the page, most telling first."""
    home, tag = rows[0].getparent(), rows[0].tag
    if home is None:
        return []
    shared = [name for name in _classes(rows[0]) if all(name in _classes(row) for row in rows)]
    inner = [f"{tag}.{name}" for name in shared[:2]] or [str(tag)]
    outer: list[str] = []
    for node in [home, *list(home.iterancestors())[:3]]:
        outer += [f"{node.tag}#{node.get('id')}"] if _PLAIN_CLASS.fullmatch(node.get("id") or "") else []
        outer += [f"{node.tag}.{name}" for name in _classes(node)]
    direct = [f"{o} > {i}" for o in outer[:1] for i in inner] if outer and outer[0].startswith(str(home.tag)) else []
    return [*direct, *(f"{o} {i}" for o in outer[:4] for i in inner), f"{home.tag} > {inner[0]}", inner[0]]


def _common(pairs: Sequence[tuple[HtmlElement, HtmlElement]]) -> list[str]:
    """Selectors that lead from every row to its element, and to it first."""
    counts: Counter[str] = Counter()
    for row, node in pairs:
        counts.update(set(_ways(row, node)))
    sure = [way for way, count in counts.items() if count == len(pairs)]
    return sorted(sure, key=lambda way: (":nth" in way, len(way)))


def _ways(row: HtmlElement, node: HtmlElement) -> Iterator[str]:
    """Selectors that select a node first within its row."""
    up = [n for n in node.iterancestors() if row in n.iterancestors()] if node is not row else []
    own = [f"{node.tag}.{name}" for name in _classes(node)] + [str(node.tag)]
    places = [*own, _nth(node)]
    for parent in up[:2]:
        places += [f"{p} {o}" for p in ([f"{parent.tag}.{n}" for n in _classes(parent)] + [_nth(parent)]) for o in own]
    for place in places:
        found = cast(list[HtmlElement], CSSSelector(place, translator="html")(row))
        if found and found[0] is node:
            yield place


def _nth(node: HtmlElement) -> str:
    return f"{node.tag}:nth-of-type({1 + sum(1 for _ in node.itersiblings(str(node.tag), preceding=True))})"


def _dated(
    pairs: Sequence[tuple[HtmlElement, HtmlElement, Seen]], today: date
) -> list[tuple[HtmlElement, HtmlElement]]:
    """The smallest element of each row that says the day on which its post is known to have been posted."""
    found = []
    for row, node, seen in pairs:
        says = [
            n
            for n in row.iter()
            if isinstance(n.tag, str) and n is not row and n is not node and _day(n, today) == seen.posted
        ]
        if seen.posted is None or not says:
            return []
        found.append((row, says[-1] if len(says) == 1 else min(says, key=lambda n: len(n.text_content()))))
    return found


def _day(node: HtmlElement, today: date) -> date | None:
    text = spoken(node)
    return read_day(text, today)[0] if 0 < len(text) <= 40 else None


def _links(
    rows: Sequence[HtmlElement], anchors: Sequence[tuple[HtmlElement, Seen]], there: Mapping[str, Seen]
) -> list[str]:
    """Where else the post's number may stand: in an attribute of an element of the row."""
    keys = {plain(seen.title): key for key, seen in there.items()}
    counts: Counter[tuple[str, str]] = Counter()
    for row, (_, seen) in zip(rows, anchors, strict=True):
        key = keys[plain(seen.title)]
        counts.update(
            {(str(n.tag), k) for n in row.iter() if isinstance(n.tag, str) for k, v in n.attrib.items() if v == key}
        )
    return [f"{tag}::attr({name})" for (tag, name), count in counts.items() if count == len(rows)]


def _classes(node: HtmlElement) -> list[str]:
    return [c for c in (node.get("class") or "").split() if _PLAIN_CLASS.fullmatch(c) and not _STATE.match(c)]


def _lines(hints: Hints) -> Iterator[str]:
    """The lines of [hints]; without any the old ones are to be taken out."""
    said = [(name, getattr(hints, name)) for name in ("row", "title", "date", "link")]
    yield "[hints]" if any(value for _, value in said) else "# [hints]의 row, title, date, link를 지웁니다"
    yield from (f"{name} = {json.dumps(value, ensure_ascii=False)}" for name, value in said if value)
