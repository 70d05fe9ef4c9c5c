"""Read any Korean notice board's list page: bytes and address in, rows and the next page out, no code per site."""

from __future__ import annotations

import re
from dataclasses import replace
from datetime import date
from urllib.parse import urlsplit

from lxml.html import HtmlElement

from spiders.pages.address import ID_PARAMS, board_words, parameters
from spiders.pages.blocks import Block, blocks, flat_blocks, headed_but_empty, single_blocks, undated_blocks
from spiders.pages.cards import read_cards
from spiders.pages.carried import markup_in
from spiders.pages.data import read_feed, read_inline, read_json
from spiders.pages.document import Document
from spiders.pages.draft import Draft
from spiders.pages.families import family_of
from spiders.pages.hints import Hints
from spiders.pages.links import linked
from spiders.pages.pager import next_page
from spiders.pages.picked import read_picked
from spiders.pages.records import Listing, Row, State
from spiders.pages.scripts import Script
from spiders.pages.state import says_empty, state_of, total_in, unreadable
from spiders.pages.tables import read_table

ID_NAMES = frozenset(ID_PARAMS) - {"no", "num", "number", "id", "uid", "cid"}
_VIEWS = re.compile(r"[?&/=](?:view|read|detail)\b", re.I)
_BOARDISH = frozenset(("title", "number", "hits"))
WEAK = 40.0
"""A block's score below which lists without elements of their own are tried as well: three to five plain cards."""

BESIDE_EMPTY = "글이 없다는 안내가 함께 있음"
CUT_ROWS = "행이 너무 많아 앞부분만 읽음"


def listing(document: Document, *, today: date | None = None, hints: Hints | None = None) -> Listing:
    """Return what a list page says: its state, its rows in order, the next page where there is one.

    `today` (KST) reads times of today and days without a year; `hints` are a source's settings.
    """
    hints = hints or Hints()
    if why := unreadable(document):
        return Listing(State.UNREADABLE, why=why)
    mode = hints.list_mode
    if mode == "json" or (mode is None and document.kind == "json"):
        found = read_json(document, today, hints)
        if found.state is State.GUARD and (markup := markup_in(document.json)):
            inner = _page(Document(f"<body>{markup}".encode("utf-8", "replace"), document.url), today, hints)
            return inner if inner.state is State.OK else found
        return found
    if mode == "rss" or (mode is None and document.kind == "xml"):
        return read_feed(document, today, hints)
    return _page(document, today, hints)


def _page(document: Document, today: date | None, hints: Hints) -> Listing:
    notes: list[str] = []
    family = family_of(document.url, document.text)
    if family:
        notes.append(f"계열: {family.name}")
    rows, cut = _rows(document, today, hints, notes)
    if not rows:
        rows = read_inline(document, today, hints, notes)
    if not rows:
        state, why = state_of(document)
        return Listing(state, why=why, doubts=tuple(document.doubts), notes=tuple(notes))
    total = total_in(document)
    script = Script(document.tree, document.url)
    following = next_page(document, script, family, hints, sum(not row.pinned for row in rows), total)
    doubts = [*document.doubts, *([CUT_ROWS] if cut else [])]
    rows = [_marked(row, doubts) for row in rows]
    return Listing(State.OK, tuple(rows), following, total, doubts=tuple(doubts), notes=tuple(notes))


def _marked(row: Row, doubts: list[str]) -> Row:
    """Return a row with the doubts of its page that touch it: unreadable letters in its title."""
    if doubts and "\ufffd" in row.title:
        return replace(row, doubts=(*row.doubts, doubts[0]))
    return row


def _rows(document: Document, today: date | None, hints: Hints, notes: list[str]) -> tuple[list[Row], bool]:
    if hints.row:
        drafts = read_picked(document, today, hints)
        notes.append(f"행: {hints.row}")
        return _wanted(linked(drafts, document, hints, notes), hints), False
    words = board_words(document.url)
    bare = headed_but_empty(document.tree)
    keyless: tuple[list[Row], list[str]] | None = None
    for finder in (_dated_blocks, single_blocks, undated_blocks):
        if keyless and finder is single_blocks:  # a page of several posts
            continue
        found = finder(document.tree, words)
        for at, block in enumerate(found[:4]):
            if (bare and not (block.headed or block.own)) or _unwanted(block, hints):
                continue
            drafts = _drafts(block, today)
            said: list[str] = [*block.signs]
            rows = linked(drafts, document, hints, said) if drafts else []
            beside = not (block.headed or block.own) and says_empty(document)
            if rows and _is_board(rows, block):
                notes.extend(said)
                rows = _with_twins(_beside(rows) if beside else rows, block, found, document, today, hints)
                return _wanted(rows, hints), block.cut
            if (
                finder is _dated_blocks
                and at < 2
                and not (bare or keyless or block.tabular)
                and _says_all(rows, document)
            ):
                keyless = _beside(rows) if says_empty(document) else rows, block.signs
    notes.extend(keyless[1] if keyless else ())
    return keyless[0] if keyless else [], False


def _beside(rows: list[Row]) -> list[Row]:
    return [replace(row, doubts=(*row.doubts, BESIDE_EMPTY)) for row in rows]


def _says_all(rows: list[Row], document: Document) -> bool:
    """Tell whether dated rows that a script opens and nothing numbers are posts, where the page has no other board."""
    enough = len(rows) >= 3 or (rows and len(rows) == total_in(document))
    return bool(enough) and all(row.posted and row.key is None and len(row.title) >= 6 for row in rows)


def _with_twins(
    rows: list[Row], block: Block, found: list[Block], document: Document, today: date | None, hints: Hints
) -> list[Row]:
    """Return the rows with those of the board's other tables (진행중, 마감): the same header, the same kind of link."""
    if not block.headed or len(found) > 40:
        return rows
    kind, known = {_kind(row) for row in rows}, {row.key for row in rows}
    for other in found:
        if other is block or not _is_twin(other, block) or len(kind) != 1:
            continue
        more = [r for r in linked(_drafts(other, today), document, hints, []) if r.key not in known]
        if more and {_kind(row) for row in more} == kind:
            first = block.parent in set(other.parent.itersiblings("table"))
            rows = [*more, *rows] if first else [*rows, *more]
            known |= {row.key for row in more}
    return rows


def _is_twin(other: Block, block: Block) -> bool:
    return (
        other.headed
        and other.tabular
        and other.parent.get("class") == block.parent.get("class")
        and other.signs[1:] == block.signs[1:]
        and other.parent.getparent() is block.parent.getparent()
    )


def _kind(row: Row) -> tuple[str, frozenset[tuple[str, str]]]:
    """Return what the addresses of one board's posts share."""
    mine = parameters(row.url or "")
    path = urlsplit(row.url or "").path.replace(row.key or "\0", "")
    return path, frozenset((n, v) for n, v in mine.items() if v != row.key)


def _dated_blocks(root: HtmlElement, words: tuple[str, ...]) -> list[Block]:
    """Return the blocks that elements hold, and where these are weak, those that only their order holds."""
    found = blocks(root, words)
    if not found:
        return flat_blocks(root, words)
    if found[0].score < WEAK:
        found += [b for b in flat_blocks(root, words) if len(b.records) > 1]
    return sorted(found, key=lambda b: -b.score)


def _drafts(block: Block, today: date | None) -> list[Draft]:
    if block.tabular:
        drafts, found = read_table(block, today)
        block.roles = frozenset(found.roles)
        return drafts
    return read_cards(block, today)


def _unwanted(block: Block, hints: Hints) -> bool:
    return hints.list_mode in ("table", "cards") and block.tabular is not (hints.list_mode == "table")


def _is_board(rows: list[Row], block: Block) -> bool:
    """Tell whether rows are posts: named by a header, or led to by numbers; without any date also by the board's own."""
    if block.headed and (any(row.key or row.posted for row in rows) or block.roles >= _BOARDISH):
        return True
    keyed = sum(row.key is not None for row in rows)
    if keyed == len(rows) > 2 and block.roles >= _BOARDISH:
        return True
    if any(row.posted or "closes" in row.fields for row in rows):
        return keyed * 3 >= len(rows)
    certain = sum(
        bool(ID_NAMES & set(parameters(row.url or "")))
        or (row.url is None and row.key is not None)
        or (row.key is not None and len(row.key) >= 6 and bool(_VIEWS.search(row.url or "")))
        for row in rows
    )
    wordy = sum(len(row.title) for row in rows) >= 10 * len(rows)
    return wordy and (certain * 10 >= 7 * len(rows) or (block.own and keyed == len(rows)))


def _wanted(rows: list[Row], hints: Hints) -> list[Row]:
    """Return the rows of the wanted category, where the source's settings name one ("분류=임대공고")."""
    if not hints.category or "=" not in hints.category:
        return rows
    name, value = (part.strip() for part in hints.category.split("=", 1))
    return [r for r in rows if value in (r.fields.get(name) or "")]
