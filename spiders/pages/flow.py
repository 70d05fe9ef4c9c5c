"""A page's visible text in reading order: every piece knows its element, its paragraph and what it was taken for."""

from __future__ import annotations

import re
from collections.abc import Iterator
from enum import IntEnum
from functools import cached_property

from lxml import etree, html

NODES = 100_000
"""Elements of a page that are read; what lies beyond is cut off, with a doubt."""


def words_of(text: str) -> frozenset[str]:
    """Return the words of a text as a set: how this package writes its lists of class names."""
    return frozenset(text.split())


_CLIMB = 80

_SKIPPED = words_of("script style noscript template head select datalist object svg math iframe audio video")
_INLINE = words_of(
    "a abbr acronym b bdo big cite code del dfn em font i img input ins kbd label mark o:p q s samp small span "
    "strike strong sub sup time tt u var wbr br"
)
_KEPT = ("pre", "textarea")  # their line breaks are lines
_NO_WORDS: frozenset[str] = frozenset()
_NONE_SHOWN = re.compile(r"display\s{0,3}:\s{0,3}none|visibility\s{0,3}:\s{0,3}hidden", re.I)
_UNSEEN = words_of(
    "blind hidden hide hid skip sr only sronly ir screen sound invisible visuallyhidden a11y offscreen away"
)
_WORDS = re.compile(r"[A-Z]?[a-z]+|[A-Z]+(?![a-z])|\d+")
_BLANK = re.compile(r"[ \t\n\r\f\v\xa0\u3000\u200b]+")


class Mark(IntEnum):
    """What a piece of text was taken for; only TEXT can be the post's body."""

    TEXT = 0
    TITLE = 1
    HEAD = 2  # label and value rows of the post
    FILE = 3
    BUTTON = 4  # share, print, list: between the post's parts
    LICENCE = 5
    UNSEEN = 6
    TAIL = 7  # neighbours, survey, comments, the list under the post
    CHROME = 8  # menu, breadcrumb, header, footer
    GONE = 9  # display: none


class Flow:
    """Elements and text pieces of a page in document order, as parallel lists.

    An element i covers the elements i..end[i]-1 and the pieces first[i]..last[i]-1; `mark` is one byte a piece.
    """

    def __init__(self, tree: html.HtmlElement) -> None:
        self.nodes: list[etree._Element] = []
        self.tags: list[str] = []
        self.parent: list[int] = []
        self.end: list[int] = []
        self.first: list[int] = []
        self.last: list[int] = []
        self.text: list[str] = []
        self.owner: list[int] = []  # the element that a piece stands in
        self.block: list[int] = []
        self.line: list[int] = []
        self.link: list[bool] = []
        self.mark = bytearray()
        self.cut = False
        self._words: list[frozenset[str] | None] = []  # None until asked
        self._styled: set[int] = set()
        self._read(tree)

    def _read(self, tree: html.HtmlElement) -> None:
        self._block = self._line = self._links = self._pre = 0
        opened: list[int] = [-1]
        walk = etree.iterwalk(tree, events=("start", "end"))
        skipped = False  # a subtree that is left out still ends
        for event, element in walk:
            tag = element.tag
            if event == "start":
                if not isinstance(tag, str) or tag in _SKIPPED or len(self.nodes) >= NODES:
                    self.cut = self.cut or len(self.nodes) >= NODES
                    walk.skip_subtree()
                    skipped = True
                else:
                    opened.append(self._open(element, tag, opened[-1]))
                continue
            if not skipped:
                self._close(opened.pop(), tag)
            skipped = False
            if element.tail and opened[-1] >= 0:
                self._add(element.tail, opened[-1])

    def _open(self, element: etree._Element, tag: str, parent: int) -> int:
        index = len(self.nodes)
        self.nodes.append(element)
        self.tags.append(tag)
        names = element.keys()
        self._words.append(None if names else _NO_WORDS)
        if "style" in names or "hidden" in names:
            self._styled.add(index)
        self.parent.append(parent)
        self.end.append(index + 1)
        self.first.append(len(self.text))
        self.last.append(len(self.text))
        if tag not in _INLINE:
            self._block += 1
            self._pre += tag in _KEPT
        elif tag == "a":
            self._links += 1
        elif tag == "br":
            self._line += 1
        if text := element.text:
            self._add(text, index)
        return index

    def _close(self, index: int, tag: str) -> None:
        self.end[index] = len(self.nodes)
        self.last[index] = len(self.text)
        if tag not in _INLINE:
            self._block += 1
            self._pre -= tag in _KEPT
        elif tag == "a":
            self._links -= 1
        if self._words[index] is _NO_WORDS:  # most elements: no attribute
            return
        if index in self._styled and gone(self.nodes[index]):
            self.set(index, Mark.GONE)
        elif self.last[index] - self.first[index] <= 3 and not _UNSEEN.isdisjoint(self.words(index)):
            self.set(index, Mark.UNSEEN)

    def _add(self, text: str, owner: int) -> None:
        if self._pre:
            for number, line in enumerate(text.split("\n")):
                self._line += number > 0
                self._piece(line, owner)
        else:
            self._piece(text, owner)

    def _piece(self, text: str, owner: int) -> None:
        if "  " in text or not text.isprintable():  # which all blanks but the plain one are not
            text = " " if text.isspace() else _BLANK.sub(" ", text)
        if not text or (text == " " and (not self.block or self.block[-1] != self._block)):
            return
        self.text.append(text)
        self.owner.append(owner)
        self.block.append(self._block)
        self.line.append(self._line)
        self.link.append(self._links > 0)
        self.mark.append(Mark.TEXT)

    def set(self, index: int, mark: Mark, *, over: Mark = Mark.UNSEEN) -> None:
        """Mark an element's pieces; what already has a mark above `over` keeps it."""
        self.set_range(self.first[index], self.last[index], mark, over=over)

    def set_range(self, start: int, stop: int, mark: Mark, *, over: Mark = Mark.UNSEEN) -> None:
        """Mark the pieces start..stop-1."""
        for piece in range(start, stop):
            if self.mark[piece] <= over:
                self.mark[piece] = mark

    def tag(self, index: int) -> str:
        """An element's tag name."""
        return self.tags[index]

    def words(self, index: int) -> frozenset[str]:
        """The words of an element's class and id, in lower case: "bbs_viewCont" -> bbs, view, cont."""
        known = self._words[index]
        if known is None:
            element = self.nodes[index]
            names = f"{element.get('class') or ''} {element.get('id') or ''}"[:300]
            known = _NO_WORDS if names == " " else frozenset(word.lower() for word in _WORDS.findall(names))
            self._words[index] = known
        return known

    def size(self, index: int) -> int:
        """Characters of an element's text."""
        return self.totals[self.last[index]] - self.totals[self.first[index]]

    @cached_property
    def totals(self) -> list[int]:
        """Running count of characters before each piece."""
        return _running(len(text.strip()) for text in self.text)

    @cached_property
    def linked(self) -> list[int]:
        """Running count of characters inside links."""
        return _running(len(text.strip()) * link for text, link in zip(self.text, self.link, strict=True))

    def links_share(self, index: int) -> float:
        """How much of an element's text stands in links, 0 to 1."""
        start, stop = self.first[index], self.last[index]
        return (self.linked[stop] - self.linked[start]) / max(1, self.totals[stop] - self.totals[start])

    def said(self, index: int, limit: int = 2000) -> str:
        """An element's text on one line, cut after `limit` characters."""
        return self.joined(self.first[index], self.last[index], limit)

    def joined(self, start: int, stop: int, limit: int = 2000) -> str:
        """The text of pieces start..stop-1 on one line, blanks between paragraphs and lines."""
        if stop - start == 1:  # most paragraphs; a piece has single blanks already
            return self.text[start].strip()[:limit]
        parts: list[str] = []
        size, place = 0, (-1, -1)
        for piece in range(start, stop):
            here = (self.block[piece], self.line[piece])
            if parts and here != place:
                parts.append(" ")
            place = here
            parts.append(self.text[piece])
            size += len(self.text[piece])
            if size > limit:
                break
        return _BLANK.sub(" ", "".join(parts)).strip()[:limit]

    def ancestors(self, index: int, limit: int = _CLIMB) -> Iterator[int]:
        """The element and what it stands in, from within, `limit` levels up at most."""
        while index >= 0 and limit:
            yield index
            index, limit = self.parent[index], limit - 1

    def within(self, inner: int, outer: int) -> bool:
        """Whether an element is another or stands in it."""
        return outer <= inner < self.end[outer]

    def children(self, index: int) -> Iterator[int]:
        """The direct children of an element."""
        child = index + 1
        while child < self.end[index]:
            yield child
            child = self.end[child]

    @cached_property
    def blocks(self) -> list[tuple[int, int]]:
        """The paragraphs as ranges of pieces."""
        found: list[tuple[int, int]] = []
        start = 0
        for piece in range(1, len(self.text) + 1):
            if piece == len(self.text) or self.block[piece] != self.block[start]:
                found.append((start, piece))
                start = piece
        return found if self.text else []

    @cached_property
    def order(self) -> list[int]:
        """The number of the paragraph that each piece stands in, and one more at the end."""
        return [number for number, (start, stop) in enumerate(self.blocks) for _ in range(start, stop)] + [
            len(self.blocks)
        ]

    def holder(self, start: int, stop: int) -> int:
        """The innermost element that holds the pieces start..stop-1 whole."""
        for index in self.ancestors(self.owner[start]):
            if self.first[index] <= start and self.last[index] >= stop:
                return index
        return 0


def gone(element: etree._Element) -> bool:
    """Whether an element is taken out of sight by its own style or attribute."""
    style = element.get("style")
    return (style is not None and bool(_NONE_SHOWN.search(style))) or element.get("hidden") is not None


def _running(counts: Iterator[int]) -> list[int]:
    total = 0
    found = [0]
    for count in counts:
        total += count
        found.append(total)
    return found
