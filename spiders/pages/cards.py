"""Read cards (li, div, dl …): each record as pieces of text, told apart by labels, classes, tags and shape."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from lxml import etree
from lxml.html import HtmlElement

from notices.korean import one_line
from spiders.pages.anchors import anchor_of
from spiders.pages.blocks import Block
from spiders.pages.cells import BLOCK, continues, is_badge, is_cut, is_neighbour, pruned, silent, spoken, title_of
from spiders.pages.columns import RANGE, class_role
from spiders.pages.dayparts import lone_day, time_tag
from spiders.pages.days import is_ahead, is_dated, read_day
from spiders.pages.draft import CUT_TITLE, ODD_DATE, SHOWN_DATE, Draft
from spiders.pages.tables import keep_period, mark_of, settle_pins
from spiders.pages.words import DATE_ROLES, EMPTY, FIELD_ROLES, NOTICE_NO, role

_LABEL = re.compile(
    r"(?:^|(?<=\s))(?:([가-힣A-Za-z]{2,10}|[가-힣]{1,4} [가-힣]{1,4})\s?[:：]\s?|([가-힣]{2,6})\s(?=\d))"
)
_COUNTED = DATE_ROLES | {"hits"}
_HEADS = frozenset(("strong", "h1", "h2", "h3", "h4", "h5", "h6", "dt", "em", "b"))
_SUMMARY = re.compile(
    r"(?:^|[\s_-])(?:txt|text|con|cont|content|desc|summary|sub|pgraph|memo|intro|lead|exp)(?:$|[\s_-])", re.I
)
_SENTENCE = re.compile(r"(?:다|요|음|함)\s?[.…]{1,4}\s?$|\.{3}$")
_DDAY = re.compile(r"(?<![A-Za-z0-9])D\s?-\s?(?:\d{1,3}|day)(?!\d)", re.I)
_DIGITS = re.compile(r"\d{2}")
_INT = re.compile(r"(?:조회|hit|view)?s?\s?수?\s?:?\s?[\d,]{1,9}", re.I)


@dataclass(slots=True)
class Piece:
    """A run of text of a card, with what its label, class or header says it is."""

    text: str
    node: HtmlElement
    role: str | None = None
    named: bool = False


def read_cards(block: Block, today: date | None) -> list[Draft]:
    """Return the posts of a block of cards in order."""
    header = next((r for r in [*block.records[:1], *_before(block)] if _is_header(r)), None)
    words = [spoken(c, badges=True) for c in header] if header is not None else []
    drafts = []
    for record in block.records:
        if record is header or is_neighbour(record):
            continue
        if draft := _draft(record, words, today):
            drafts.append(draft)
    settle_pins(drafts, [mark_of(d.record) for d in drafts])
    return drafts


def pieces(record: HtmlElement, words: list[str] | None = None) -> list[Piece]:
    """Return a card's texts in order; a label ("작성일 : …", a dt, a header's word) names the text that follows it."""
    out: list[Piece] = []
    pending: str | None = None
    word: tuple[str, HtmlElement] = ("", record)
    cells = list(record)
    aligned = dict(zip(cells, words, strict=False)) if words and len(words) == len(cells) else {}
    for node, text in _texts(record):
        for chunk in re.split(r"\s*[|│ㅣ]\s*", text):
            part = chunk
            if not part:
                continue
            head, labelled = _labelled(part)
            out.extend(Piece(value, node, name, named=True) for name, value in labelled)
            if labelled:
                pending = None
            part = head
            if not part:
                continue
            if (alone := role(part)) and len(part) <= 12:
                pending, word = alone, (part, node)
                continue
            if pending and pending not in _COUNTED and is_dated(part):  # 담당자 | 2026-01-02: a writer, not a label
                out.append(Piece(word[0], word[1], _by_class(word[1], record)))
                pending = None
            inner = _inner_label(node, part)
            if inner:
                out.append(Piece(inner[1], node, inner[0], named=True))
                continue
            kind = pending or _aligned(node, record, aligned)
            out.append(Piece(part, node, kind or _by_class(node, record), named=bool(kind)))
            pending = None
    return out


def _texts(record: HtmlElement) -> Iterator[tuple[HtmlElement, str]]:
    walker = etree.iterwalk(record, events=("start",))
    for _, node in walker:
        if not isinstance(node.tag, str) or silent(node, badges=True, blocks=True):
            walker.skip_subtree()
            continue
        if node is not record and is_badge(node):
            walker.skip_subtree()
            continue
        own = (node.text or "").strip() or any((c.tail or "").strip() for c in node)
        if own and len(node) > 1 and _names_parts(node):
            yield from ((n, said) for n, said in _parts(node) if said)
            walker.skip_subtree()
        elif own:
            blocks = any(c.tag in BLOCK and c.tag != "br" for c in node)
            linked = node.tag not in ("a", "button") and any(c.tag in ("a", "button") for c in node)
            text = _beside(node) if linked else spoken(node, blocks=not blocks)
            if not blocks and not linked:
                walker.skip_subtree()
            if text:
                yield node, text


def _names_parts(node: HtmlElement) -> bool:
    """Tell whether an element is a line of labels in elements of their own: <i>부서</i>총무과 <i>등록일</i>2026.07.24."""
    if not all(len(c) == 0 and isinstance(c.tag, str) and c.tag not in ("a", "button") for c in node):
        return False
    return sum(bool((c.tail or "").strip() and role((c.text or "").strip())) for c in node) > 1


def _parts(node: HtmlElement) -> Iterator[tuple[HtmlElement, str]]:
    yield node, one_line(node.text or "")
    for child in node:
        yield child, one_line(child.text or "")
        yield node, one_line(child.tail or "")


def _beside(node: HtmlElement) -> str:
    """Return what an element says beside its children."""
    return one_line(" ".join([node.text or "", *(c.tail or "" for c in node)]))


def _labelled(text: str) -> tuple[str, list[tuple[str, str]]]:
    """Return what stands before the first known label of a text, and the labelled values ("작성일 : … 조회수 : …")."""
    marks = [(m, name) for m in _LABEL.finditer(text[:400]) if (name := _label_role(m))]
    if not marks:
        return text, []
    ends = [m.start() for m, _ in marks[1:]] + [len(text)]
    values = [(name, text[m.end() : end].strip()) for (m, name), end in zip(marks, ends, strict=True)]
    return text[: marks[0][0].start()].strip(), [(n, v) for n, v in values if v]


def _label_role(match: re.Match[str]) -> str | None:
    """Return a label's role; one without a colon ("작성일 2026.05.15") must speak of dates or views."""
    if match[1]:
        return role(match[1])
    name = role(match[2])
    return name if name in _COUNTED else None


def _inner_label(node: HtmlElement, text: str) -> tuple[str, str] | None:
    """Return a label that stands in a child of its own before the value (`<b>등록일</b>2026-01-02`)."""
    if not len(node) or (node.text or "").strip():
        return None
    head = spoken(node[0], badges=True)
    named = role(head) if head and len(head) <= 12 else None
    return (named, text[len(head) :].lstrip(" :：")) if named and text.startswith(head) else None


def _aligned(node: HtmlElement, record: HtmlElement, aligned: dict[HtmlElement, str]) -> str | None:
    if not aligned:
        return None
    for parent in (node, *node.iterancestors()):
        if parent in aligned:
            return role(aligned[parent])
        if parent is record:
            break
    return None


def _by_class(node: HtmlElement, record: HtmlElement) -> str | None:
    for at, parent in enumerate((node, *node.iterancestors())):
        if parent is record or at > 2:
            return None
        for name in ("data-cell-header", "data-label", "aria-label", "title"):
            if found := role(parent.get(name, "")):
                return found
        if found := class_role(parent.get("class", "")):
            return found
        if parent.tag == "time":
            return "posted"
    return None


def _before(block: Block) -> Iterator[HtmlElement]:
    """Yield what may be a header line: the first sibling of the cards, and the block before theirs."""
    yield from list(block.parent)[:1]
    previous = block.parent.getprevious()
    if previous is not None and isinstance(previous.tag, str):
        yield previous
        yield from list(previous)[:1]


def _is_header(node: HtmlElement) -> bool:
    if not isinstance(node.tag, str) or not 2 <= len(node) <= 12:
        return False
    roles = {role(spoken(c, badges=True)) for c in node if isinstance(c.tag, str)} - {None}
    return len(roles) >= 2 and "title" in roles


def _draft(record: HtmlElement, words: list[str], today: date | None) -> Draft | None:
    anchor = anchor_of(record)
    if anchor is None:
        parent = record.getparent()
        anchor = parent if parent is not None and parent.tag == "a" else None
    if anchor is None:
        return None
    found = pieces(record, words)
    best = _title(found, anchor)
    if best is None:
        title, cut = title_of(anchor, anchor, record)
    else:
        inside = next((a for a in best.node.iter("a", "button")), None) if best.named else None
        title, cut = title_of(best.node if inside is None else inside, None, record)
        if best.text not in title and title not in best.text and not continues(best.text, title):
            title, cut = best.text, is_cut(best.text)
    if not title or len(title) < 2 or (len(title) < 40 and EMPTY.search(title) and not _DIGITS.search(spoken(record))):
        return None
    draft = Draft(title, record, _opener(best, anchor, record))
    draft.doubts.extend([CUT_TITLE] if cut else [])
    rest = [p for p in found if p is not best]
    _date(draft, rest, today)
    for piece in rest:
        if piece.role in ("department", "writer") and draft.department is None and not is_dated(piece.text):
            draft.department = piece.text
        elif piece.named and piece.role == "period":
            keep_period(draft.fields, piece.text)
        elif piece.named and piece.role in FIELD_ROLES:
            draft.fields.setdefault(piece.role, piece.text)
    if draft.department is None:
        draft.department = _department(rest)
    return draft


def _opener(best: Piece | None, anchor: HtmlElement, record: HtmlElement) -> HtmlElement:
    if best is None:
        return anchor
    for node in (best.node, *best.node.iterancestors()):
        if node.tag in ("a", "button") or node.get("onclick"):
            return node
        if node is record:
            break
    return next((a for a in best.node.iter("a", "button") if a.get("href") or a.get("onclick")), anchor)


def _title(found: list[Piece], anchor: HtmlElement) -> Piece | None:
    said = {
        pruned(v)
        for n in anchor.iter()
        if isinstance(n.tag, str)
        for v in (n.get("title", ""), n.get("alt", ""))
        if len(v) > 5
    }
    inside, opens = set(anchor.iter()), spoken(anchor)
    opens = "" if _SENTENCE.search(opens) else opens
    best, top = None, -1.0
    for at, piece in enumerate(found):
        if (
            is_dated(piece.text)
            or _INT.fullmatch(piece.text)
            or NOTICE_NO.fullmatch(piece.text)
            or piece.role in ("department", "writer", "hits", "number", "posted")
        ):
            continue
        score = min(len(piece.text), 40) / 4 - at * 1.5
        chain = [piece.node, *list(piece.node.iterancestors())[:2]]
        score += 12 * (piece.role == "title") + 8 * any(n.tag in _HEADS for n in chain) + 8 * (piece.node in inside)
        whole = piece.text in said or (is_cut(piece.text) and any(continues(piece.text, s) for s in said))
        score += 12 * whole + 6 * any(n.tag == "a" for n in piece.node.iter())
        score -= 12 * any(_SUMMARY.search(f" {n.get('class', '')} ") for n in chain[:2]) + 12 * bool(
            _SENTENCE.search(piece.text) and len(piece.text) > 30
        )
        score += 12 * (piece.text == opens and len(piece.text) > 2)
        score -= (
            10 * (len(piece.text) < 6)
            + 8 * (piece.role in ("category", "file", "status"))
            + 8 * (piece.named and piece.role != "title")
        )
        if score > top:
            best, top = piece, score
    return best


def _date(draft: Draft, rest: list[Piece], today: date | None) -> None:
    rest = _lasting(draft, rest)
    if "closes" in draft.fields and not any(is_dated(p.text) for p in rest):
        return
    for name in ("posted", "announced"):
        for piece in rest:
            if piece.role == name and (pair := read_day(piece.text, today)) != (None, None):
                draft.posted = pair[0]
                draft.doubts.extend([pair[1]] if pair[1] else [])
                return
    if timed := time_tag(draft.record, today):
        draft.posted = timed
        return
    ahead = next(
        (p.text for p in rest if not p.named and is_dated(p.text) and is_ahead(read_day(p.text, today)[0], today)), None
    )
    if ahead:
        draft.fields.setdefault("closes", ahead)
    loose = [
        read_day(p.text, today) for p in rest if not p.named and is_dated(p.text) and p.role in (None, "number", "hits")
    ]
    days = [pair for pair in loose if pair != (None, None) and not is_ahead(pair[0], today)]
    if days:
        draft.posted, doubt = days[0]
        draft.doubts.extend([doubt] if doubt else [])
        if len({day for day, _ in days}) > 1:
            draft.doubts.append(ODD_DATE)
        return
    if apart := lone_day(draft.record, draft.anchor, today):
        draft.posted = apart
        return
    shown = next((read_day(p.text, today)[0] for p in rest if p.role == "shown"), None)
    if shown:
        draft.posted = shown
        draft.doubts.append(SHOWN_DATE)


def _lasting(draft: Draft, rest: list[Piece]) -> list[Piece]:
    """Return the pieces without an unnamed span of days: a period where days are counted down to its end, else one of showing."""
    found = [p for p in rest if p.role in ("posted", None) and not p.named and RANGE.search(p.text)]
    if not found:
        return rest
    rest = [p for p in rest if p not in found]
    if _DDAY.search(spoken(draft.record, badges=True)[:400]):
        keep_period(draft.fields, found[0].text)
        return rest
    return [*rest, Piece(found[0].text, found[0].node, "shown")]


def _department(rest: list[Piece]) -> str | None:
    counts = Counter(p.text for p in rest if p.role is None and not p.named and 2 <= len(p.text) <= 20)
    return next(
        (t for t in counts if re.fullmatch(r"[가-힣0-9· ()]+(?:과|실|국|팀|관|소|동|면|읍|센터|원|처|부)", t)), None
    )
