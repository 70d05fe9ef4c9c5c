"""Read the rows of a table: title, date, department, labelled cells, notice mark."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date

from lxml.html import HtmlElement

from notices.dates import find_dates
from spiders.pages.anchors import NOT_TITLE, anchor_of
from spiders.pages.blocks import Block
from spiders.pages.cells import SILENT, date_of, is_neighbour, spoken, title_of
from spiders.pages.columns import Columns, class_role, columns, expanded, is_header
from spiders.pages.dayparts import labelled_day, lone_day
from spiders.pages.days import is_ahead, read_day
from spiders.pages.draft import CUT_TITLE, ODD_DATE, SHOWN_DATE, Draft
from spiders.pages.words import DATE_ROLES, EMPTY, FIELD_ROLES, NOTICE, NOTICE_CLASS

_HIDDEN = re.compile(r"display\s?:\s?none", re.I)
_NUMBER = re.compile(r"[\[(]?\s?[\d,]+\s?[\])]?")


def read_table(block: Block, today: date | None) -> tuple[list[Draft], Columns]:
    """Return the posts of a table's rows in order, and what its columns were taken for."""
    grid = [cells for row in _in_pairs(block.records) or _spanned(block.records) if (cells := row)]
    if not grid:
        return [], Columns([], [])
    found = columns(block.parent, grid)
    _name_deadlines(found, grid, today)
    drafts = [d for row in grid if (d := _draft(row, found, today))]
    settle_pins(drafts, [_mark(d.record, found) for d in drafts], sure="number" in found.roles)
    return drafts, found


def _name_deadlines(found: Columns, grid: list[list[HtmlElement]], today: date | None) -> None:
    """Take a column of unnamed dates for deadlines where some of them lie ahead."""
    for at, name in enumerate(found.roles):
        if name == "dated" and any(
            at < len(row) and is_ahead(read_day(spoken(row[at]), today)[0], today) for row in grid[:60]
        ):
            found.roles[at] = "closes"


def _in_pairs(records: list[HtmlElement]) -> list[list[HtmlElement]]:
    """Return the rows of a table whose every post takes two lines (its number spans both) as one row each, else none."""
    if not any(r[0].get("rowspan") == "2" for r in records[:3] if len(r)):
        return []
    lines = [r for r in records if not is_header(r)]
    firsts, seconds = lines[::2], lines[1::2]
    if len(lines) < 4 or len(firsts) != len(seconds):
        return []
    if any(r[0].get("rowspan") != "2" for r in firsts) or any(c.get("rowspan", "1") != "1" for r in seconds for c in r):
        return []
    if any(all(c.get("rowspan") == "2" for c in r) for r in firsts) or any(anchor_of(r) is not None for r in seconds):
        return []
    return [[*expanded(a), *b.iterchildren("td", "th")] for a, b in zip(firsts, seconds, strict=True)]


def _spanned(records: list[HtmlElement]) -> Iterator[list[HtmlElement]]:
    """Yield each row's cells, those with rowspan standing in the rows below as well."""
    hanging: dict[int, tuple[HtmlElement, int]] = {}
    for turn, record in enumerate(records):
        if (turn < 3 or record[0].tag == "th") and is_header(record):
            continue
        if _opened_below(record):
            continue
        cells = expanded(record)
        for at in sorted(hanging):
            cell, left = hanging[at]
            if at <= len(cells):
                cells.insert(at, cell)
            if left > 1:
                hanging[at] = (cell, left - 1)
            else:
                del hanging[at]
        for at, cell in enumerate(cells):
            span = cell.get("rowspan", "1")
            if cell.getparent() is record and span.isdigit() and 1 < int(span) < 200:
                hanging[at] = (cell, int(span) - 1)
        yield cells


def _opened_below(record: HtmlElement) -> bool:
    """Tell whether a line is but the text of the post above it, shown on a click: one hidden cell across the table."""
    if len(record) != 1:
        return False
    cells = list(record.iterchildren("td", "th"))
    wide = len(cells) == 1 and cells[0].get("colspan", "1") not in ("", "1")
    return wide and (_HIDDEN.search(record.get("style", "")) is not None or _is_text(cells[0]))


def _is_text(cell: HtmlElement) -> bool:
    return sum(1 for _ in cell.iter("p", "br", "li")) >= 2 and len(spoken(cell)) > 60


def _draft(row: list[HtmlElement], found: Columns, today: date | None) -> Draft | None:
    record = next((c.getparent() for c in reversed(row) if c.getparent() is not None), None)
    at = found.first("title")
    if at is None or at >= len(row) or record is None or len(row) < len(found.roles) - 1 or len(row) < 2:
        return _loose(row, found, today)
    cell = row[at]
    anchor = anchor_of(cell)
    title, cut = title_of(cell, anchor if anchor is not None and _speaks(anchor, cell) else None, record)
    if not title and anchor is not None:
        title, cut = title_of(anchor, anchor, record)
    if not title or (anchor is None and EMPTY.search(title)) or is_neighbour(record):
        return None
    if NOT_TITLE.fullmatch(title) and len(set(row)) == 1:  # the pager in the last row
        return None
    draft = Draft(title, record, anchor if anchor is not None else _row_anchor(cell, record))
    if draft.anchor is None and not any(
        name for name in found.roles if name in ("posted", "dated", "announced", "number")
    ):
        return None
    if cut:
        draft.doubts.append(CUT_TITLE)
    _date(draft, row, found, today)
    _labelled(draft, row, found)
    return draft


def _speaks(anchor: HtmlElement, cell: HtmlElement) -> bool:
    """Tell whether a cell's link holds its title, rather than a mark or a button beside it."""
    said, all_said = len(spoken(anchor)), len(spoken(cell))
    return said * 2 > all_said or (said >= 8 and said * 5 > all_said)


def _loose(row: list[HtmlElement], found: Columns, today: date | None) -> Draft | None:
    """Read a row whose cells do not line up with the others': by its link and its date."""
    if not row or len(row) < 2:
        return None
    record = row[-1].getparent()
    anchor = anchor_of(record) if record is not None else None
    if record is None or anchor is None or is_neighbour(record):
        return None
    title, cut = title_of(anchor, anchor, record)
    days = [day for cell in row if (day := read_day(spoken(cell), today)[0])]
    if len(title) < 4 or len(days) != 1:
        return None
    return Draft(title, record, anchor, posted=days[0], doubts=["칸 수가 다른 행"] + ([CUT_TITLE] if cut else []))


def _row_anchor(cell: HtmlElement, record: HtmlElement) -> HtmlElement | None:
    if cell.get("onclick") or record.get("onclick"):
        return cell if cell.get("onclick") else record
    return anchor_of(record)


def _date(draft: Draft, row: list[HtmlElement], found: Columns, today: date | None) -> None:
    """Set the posting date: the column that says so, else one that may, never a deadline."""
    for name in ("posted", "announced"):
        places = [at for at, r in enumerate(found.roles) if r == name and at < len(row)]
        for at in places:
            day, doubt = read_day(date_of(row[at]), today)
            if day or doubt:
                draft.posted = day
                draft.doubts.extend([doubt] if doubt else [])
                return
        if places and name == "posted":
            return
    loose = [at for at, r in enumerate(found.roles) if r == "dated" and at < len(row)]
    days = [pair for at in loose if (pair := read_day(date_of(row[at]), today)) != (None, None)]
    if days:
        draft.posted, doubt = min(days, key=lambda pair: pair[0] or date.max)
        draft.doubts.extend([doubt] if doubt else [])
        if len({day for day, _ in days}) > 1:
            draft.doubts.append(ODD_DATE)
        return
    places = [at for at, r in enumerate(found.roles) if r == "shown" or (r == "range" and not found.named[at])]
    if places and places[0] < len(row):
        draft.posted = read_day(spoken(row[places[0]]), today)[0]
        draft.doubts.extend([SHOWN_DATE] if draft.posted else [])
    elif DATE_ROLES.isdisjoint(found.roles):
        draft.posted = labelled_day(draft.record, today) or lone_day(draft.record, draft.anchor, today)


def _labelled(draft: Draft, row: list[HtmlElement], found: Columns) -> None:
    for cell, name in zip(row, found.roles, strict=False):
        if name == "department" and draft.department is None:
            draft.department = spoken(cell) or cell.get("title") or None
        elif name == "period" and (text := spoken(cell)):
            keep_period(draft.fields, text)
        elif name in FIELD_ROLES and (text := spoken(cell, badges=True)):
            draft.fields.setdefault(name, text)


def keep_period(fields: dict[str, str], text: str) -> None:
    """Keep the two ends of a period of applications in the source's own words."""
    dates = find_dates(text)
    if len(dates) >= 2:
        fields.setdefault("opens", dates[0].words)
        fields.setdefault("closes", dates[1].words)
    elif len(dates) == 1 and re.match(r"\s{0,3}[~∼〜]|.{0,20}까지", text[max(0, dates[0].start - 3) :]):
        fields.setdefault("closes", dates[0].words)


def _mark(record: HtmlElement, found: Columns) -> str:
    """Return a row's notice sign: "number" where it is plainly counted, "notice" by word or class, "" for none."""
    at = found.first("number")
    if at is None and found.roles[:1] == ["int"]:
        at = 0
    cells = expanded(record)
    if at is not None and at < len(cells):
        text = spoken(cells[at], badges=True)
        if _NUMBER.fullmatch(text):
            return "number"
        words = [text, *(img.get("alt", "") for img in cells[at].iter("img"))]
        if any(NOTICE.fullmatch(w.strip()) or "공지" in w for w in words if w):
            return "notice"
        if any(NOTICE_CLASS.search(f" {n.get('class', '')} ") for n in cells[at].iter() if isinstance(n.tag, str)):
            return "notice"
        if (
            not text
            and any(True for _ in cells[at].iter("img", "i", "span", "em"))
            and NOTICE_CLASS.search(f" {record.get('class', '')} ")
        ):
            return "notice"
    return mark_of(record)


def mark_of(record: HtmlElement) -> str:
    """Return "notice" where a row's class or one of its marks says that it is pinned, else ""."""
    if NOTICE_CLASS.search(f" {record.get('class', '')} "):
        return "notice"
    for node in record.iter("span", "em", "strong", "i", "img", "b", "p", "div", "td", "li", "font"):
        if node.tag in SILENT or class_role(node.get("class", "")) == "category":
            continue
        text = node.get("alt", "") if node.tag == "img" else (node.text or "").strip()
        if text and len(text) < 8 and len(node) == 0 and NOTICE.fullmatch(text):
            return "notice"
    return ""


def settle_pins(drafts: list[Draft], marks: list[str], sure: bool = False) -> None:
    """Set `pinned` where only some rows carry a notice sign; a sign on all rows says nothing, a running number denies it.

    `sure`: the sign stands where rows are numbered, so that even all of them may be pinned.
    """
    counted = "number" in marks
    if not (counted or sure) and all(m == "notice" for m in marks) and len(marks) > 3:
        return
    for draft, mark in zip(drafts, marks, strict=True):
        draft.pinned = mark == "notice"
