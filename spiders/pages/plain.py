"""A post's text from its pieces: paragraphs and table rows by newline, cells by tab, no false blank between runs."""

from __future__ import annotations

import re

from lxml import html

from notices.korean import clean, is_clean, one_line
from spiders.pages.flow import Flow, Mark

_MARKUP = re.compile(r"</(?:p|div|span|td|table|strong|b|font)\s?>|<br\s?/?>", re.I)
_CELLS = frozenset(("td", "th"))
_TABLE_SCAN = 4000
_CONTROL = re.compile("[\x7f-\x9f]")
LIMIT = 1_000_000
"""Characters of a body that are kept."""


def plain(flow: Flow, pieces: list[int], root: int) -> str:
    """Return the text of the pieces (ascending), which stand in the element `root`."""
    writer = _Writer(flow, root)
    size = 0
    for piece in pieces:
        writer.add(piece)
        size += len(flow.text[piece])
        if size > LIMIT:
            break
    return tidy(writer.finish()[:LIMIT])


def tidy(text: str) -> str:
    """Return body text cleaned: each cell and line by itself, empty lines dropped; cleaning again changes nothing."""
    lines = []
    for line in text.replace("\r\n", "\n").replace("\r", "\n").split("\n"):
        cells = [cell if is_clean(cell) else clean(clean(_CONTROL.sub(" ", cell))) for cell in line.split("\t")]
        joined = "\t".join(cells).rstrip("\t")
        if joined.strip():
            lines.append(joined)
    return "\n".join(lines)


class _Writer:
    """Collects pieces into lines; inside a data table a paragraph's end is a blank and a cell's end a tab."""

    def __init__(self, flow: Flow, root: int) -> None:
        self.flow, self.root = flow, root
        self.out: list[str] = []
        self.place = (-1, -1)
        self.cell = -1
        self.kinds: dict[int, bool] = {}

    def add(self, piece: int) -> None:
        flow = self.flow
        cell = self._cell(flow.owner[piece])
        place = (flow.block[piece], flow.line[piece])
        if self.out:
            self.out.append(self._between(cell, place))
        self.out.append(flow.text[piece])
        self.place, self.cell = place, cell

    def _between(self, cell: int, place: tuple[int, int]) -> str:
        if cell != self.cell:
            if cell >= 0 and self.cell >= 0 and self.flow.parent[cell] == self.flow.parent[self.cell]:
                return "\t" * self._steps(self.cell, cell)
            return "\n"
        if place == self.place:
            return ""
        return " " if cell >= 0 else "\n"

    def _steps(self, left: int, right: int) -> int:
        """How many cells on the right one stands; an empty cell between keeps its place."""
        steps, index = 0, left
        while index < right and steps < 200:
            index = self.flow.end[index]
            steps += 1
        return max(1, steps)

    def _cell(self, owner: int) -> int:
        """The cell of a data table that an element stands in, -1 outside of one."""
        for index in self.flow.ancestors(owner):
            if index == self.root:
                return -1
            if self.flow.tag(index) in _CELLS and self._is_data(self.flow.parent[index]):
                return index
        return -1

    def _is_data(self, row: int) -> bool:
        """Whether a row belongs to a data table below the root: no table inside it, two cells in some row."""
        table = next((one for one in self.flow.ancestors(row, 4) if self.flow.tag(one) == "table"), -1)
        if table <= self.root or self.flow.tag(row) != "tr":
            return False
        known = self.kinds.get(table)
        if known is None:
            known = self.kinds[table] = self._columns(table)
        return known

    def _columns(self, table: int) -> bool:
        flow = self.flow
        wide = False
        for index in range(table + 1, min(flow.end[table], table + _TABLE_SCAN)):
            tag = flow.tag(index)
            if tag == "table":
                return False
            if tag in _CELLS and not wide:
                wide = flow.end[index] < flow.end[flow.parent[index]]
        return wide

    def finish(self) -> str:
        return "".join(self.out)


def paragraphs(text: str) -> str:
    """Return text that is not from a tree (a description, an articleBody, a textarea) as a body; markup in it is read."""
    if not _MARKUP.search(text):
        return tidy(text[:LIMIT])
    flow = Flow(html.document_fromstring(f"<div>{text[:LIMIT]}</div>"))
    return plain(flow, [piece for piece, mark in enumerate(flow.mark) if mark == Mark.TEXT], 0)


def visible(text: str) -> str:
    """Return one line without control characters."""
    return one_line(_CONTROL.sub(" ", text))
