"""Find where a post's text stands: a labelled cell, a place named for it, or the largest stretch between head and tail."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from spiders.pages import labels
from spiders.pages.flow import Flow, Mark, words_of
from spiders.pages.labels import Pair
from spiders.pages.marks import is_button

_BODY_WORDS = words_of(
    "con cont conts content contents contxt substance txt text body memo article editor cn desc description "
    "detail details desccon entry post ctx xe read doc bmtext tmptext viewcon contenttext"
)
_SOFT = (Mark.BUTTON, Mark.LICENCE, Mark.UNSEEN, Mark.GONE, Mark.FILE)


@dataclass(frozen=True, slots=True)
class Place:
    """The pieces of a body in order, the innermost element that holds them, and the sign it was found by."""

    pieces: list[int]
    root: int
    sign: str


def body_place(flow: Flow, found: list[Pair], after: int) -> Place | None:
    """Return where the body stands; `after` is the first piece behind the title (0 where none is known)."""
    stretch = _stretch(flow, after)
    labelled = _labelled(flow, found, _mass(flow, stretch))
    if labelled is not None:
        return Place(_texts(flow, labelled), labelled, "본문: '내용' 칸")
    named = _named(flow, after, stretch)
    if named:
        return named
    if not stretch:
        return None
    return Place(stretch, flow.holder(stretch[0], stretch[-1] + 1), "본문: 머리와 꼬리 사이의 글")


def _texts(flow: Flow, index: int) -> list[int]:
    return [piece for piece in range(flow.first[index], flow.last[index]) if flow.mark[piece] == Mark.TEXT]


def _mass(flow: Flow, pieces: list[int]) -> float:
    """Characters, those in links counted a third."""
    return sum(len(flow.text[piece].strip()) * (0.34 if flow.link[piece] else 1) for piece in pieces)


def _labelled(flow: Flow, found: list[Pair], rest: float) -> int | None:
    """The element beside a body label that holds most text; 내용 as a row within the text is none.

    `rest` is the weight of the largest stretch of text on the page.
    """
    cells = [
        (_mass(flow, _texts(flow, pair.node)), pair.node)
        for pair in found
        if pair.role == labels.BODY and flow.mark[pair.label_at] <= Mark.HEAD and pair.stop > pair.start
    ]
    mass, node = max(cells, default=(0.0, -1))
    if mass >= 0.5 * rest and mass:
        return node
    heads = [
        (mass, pair.node)
        for pair in found
        if pair.role == labels.BODY
        for mass, node in cells
        if node == pair.node and _is_heading(flow, pair)
    ]
    mass, node = max(heads, default=(0.0, -1))
    return node if mass >= 60 else None


def _is_heading(flow: Flow, pair: Pair) -> bool:
    """Whether a body label is a heading over the text, or a row of the table in which the head stands."""
    for index in flow.ancestors(flow.owner[pair.label_at], 6):
        tag = flow.tag(index)
        if tag in ("h2", "h3", "h4", "h5", "h6"):
            return True
        if tag == "table":
            return any(flow.mark[piece] in (Mark.TITLE, Mark.HEAD) for piece in range(flow.first[index], pair.label_at))
    return False


def _stretch(flow: Flow, after: int) -> list[int]:
    """The run of text with the most mass between marked pieces, behind the title where one is known."""
    fence = _fence(flow, after)
    runs = [(_mass(flow, run), run) for run in _runs(flow)]
    near = [(mass, run) for mass, run in runs if after <= run[0] < fence and mass >= 30]
    behind = [(mass, run) for mass, run in runs if run[0] >= after and mass >= 2]
    best = max(near or behind or (runs if not after else []), key=lambda one: one[0], default=(0.0, []))[1]
    return _trimmed(flow, best)


def _trimmed(flow: Flow, run: list[int]) -> list[int]:
    """A stretch without the bare button words (목록, 인쇄) at its ends."""
    first, last = 0, len(run)
    while first < last and is_button(flow.text[run[first]].strip()):
        first += 1
    while last > first and is_button(flow.text[run[last - 1]].strip()):
        last -= 1
    return run[first:last]


def _fence(flow: Flow, after: int) -> int:
    """The piece where what follows a post begins: the first tail or list button behind the title and some text."""
    seen = 0
    for piece in range(after, len(flow.text)):
        mark = flow.mark[piece]
        if mark == Mark.TEXT:
            seen += len(flow.text[piece])
        elif seen > 60 and (mark in (Mark.TAIL, Mark.CHROME) or (mark == Mark.BUTTON and "목록" in flow.text[piece])):
            return piece
    return len(flow.text)


def _runs(flow: Flow) -> Iterator[list[int]]:
    run: list[int] = []
    for piece, mark in enumerate(flow.mark):
        if mark == Mark.TEXT:
            run.append(piece)
        elif mark not in _SOFT and run:
            yield run
            run = []
    if run:
        yield run


def _named(flow: Flow, after: int, stretch: list[int]) -> Place | None:
    """The outermost element named for a post's text that holds no head or tail; most mass wins."""
    best: tuple[float, int] | None = None
    index, wanted = 0, set(stretch)
    total = _mass(flow, stretch)
    while index < len(flow.nodes):
        if not _is_named(flow, index) or not _is_clear(flow, index, after):
            index += 1
            continue
        mass = _mass(flow, [piece for piece in _texts(flow, index) if piece in wanted])
        if mass and (best is None or mass > best[0]):
            best = (mass, index)
        index = flow.end[index]
    if best is None or best[0] < 0.5 * total:
        return None
    root = best[1]
    return Place(
        _texts(flow, root),
        root,
        f"본문: class '{(flow.nodes[root].get('class') or flow.nodes[root].get('id') or '')[:40]}'",
    )


def _is_named(flow: Flow, index: int) -> bool:
    words = flow.words(index)
    return bool(words) and not _BODY_WORDS.isdisjoint(words) and flow.tag(index) in _PLACES


def _is_clear(flow: Flow, index: int, after: int) -> bool:
    start, stop = flow.first[index], flow.last[index]
    if start >= stop or start < after:
        return False
    return not any(flow.mark[piece] in _HARD for piece in range(start, stop))


_PLACES = ("div", "td", "section", "article", "dd", "li", "textarea", "pre")
_HARD = (Mark.TITLE, Mark.HEAD, Mark.TAIL, Mark.CHROME)
