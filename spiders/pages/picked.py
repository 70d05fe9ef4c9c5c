"""Read rows where a source's settings say by selector which elements are rows, titles and dates."""

from __future__ import annotations

import re
from datetime import date
from typing import cast

from cssselect import SelectorError
from lxml.cssselect import CSSSelector
from lxml.html import HtmlElement

from spiders.pages.anchors import anchor_of
from spiders.pages.blocks import Block
from spiders.pages.cards import read_cards
from spiders.pages.cells import spoken, title_of
from spiders.pages.days import read_day
from spiders.pages.document import Document
from spiders.pages.draft import CUT_TITLE, Draft
from spiders.pages.hints import Hints
from spiders.pages.tables import mark_of, read_table, settle_pins


def read_picked(document: Document, today: date | None, hints: Hints) -> list[Draft]:
    """Return the posts of the rows that `hints.row` selects; what the hints leave open is detected."""
    records = _select(document.tree, hints.row or "")
    if not records:
        return []
    if hints.title is None:
        table = records[0].tag == "tr"
        parent = next((p for p in records[0].iterancestors("table")), records[0].getparent())
        block = Block(parent if parent is not None else records[0], records, tabular=table)
        drafts = read_table(block, today)[0] if table else read_cards(block, today)
    else:
        drafts = [d for record in records if (d := _titled(record, hints))]
        settle_pins(drafts, [mark_of(d.record) for d in drafts])
    for draft in drafts:
        _overrule(draft, today, hints)
    return drafts


def _titled(record: HtmlElement, hints: Hints) -> Draft | None:
    cell = next(iter(_select(record, hints.title or "")), None)
    if cell is None:
        return None
    anchor = cell if cell.tag in ("a", "button") else anchor_of(cell)
    title, cut = title_of(cell, anchor, record)
    draft = Draft(title, record, anchor if anchor is not None else anchor_of(record))
    draft.doubts.extend([CUT_TITLE] if cut else [])
    return draft if title else None


def _overrule(draft: Draft, today: date | None, hints: Hints) -> None:
    if hints.date:
        day, doubt = next((read_day(spoken(n), today) for n in _select(draft.record, hints.date)), (None, None))
        draft.posted = day
        draft.doubts = [*([doubt] if doubt else []), *(d for d in draft.doubts if d == CUT_TITLE)]
    if hints.department:
        draft.department = next((spoken(n) for n in _select(draft.record, hints.department)), None)
    if hints.link:
        draft.anchor = next(iter(_select(draft.record, re.sub(r"::attr\(.*", "", hints.link))), draft.anchor)


def _select(node: HtmlElement, selector: str) -> list[HtmlElement]:
    try:
        return cast(list[HtmlElement], CSSSelector(selector, translator="html")(node))
    except (SelectorError, ValueError):
        return []
