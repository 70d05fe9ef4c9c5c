"""The text of a cell as a person sees it: badges, icons, hidden doubles and scripts left out."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator

from lxml import etree
from lxml.html import HtmlElement

from notices.korean import one_line
from spiders.pages.words import BADGE, NEIGHBOUR, STATUS, role

SILENT = frozenset(
    ("script", "style", "select", "option", "textarea", "template", "noscript", "svg", "iframe", "colgroup", "caption")
)
BLOCK = frozenset(
    (
        "p",
        "div",
        "ul",
        "ol",
        "li",
        "dl",
        "dt",
        "dd",
        "table",
        "tr",
        "td",
        "th",
        "br",
        "h1",
        "h2",
        "h3",
        "h4",
        "h5",
        "h6",
    )
)
_PRUNE = re.compile(
    r"(?:\s{0,3}(?:에\s?대한)?\s{0,3}(?:글\s?내용|상세\s?내용|내용|게시[글물]|글)?\s?(?:자세히\s?보기|상세\s?보기|글\s?보기|바로\s?가기|상세\s?열람|보기|새\s?창(?:으로)?(?:\s?열[림기])?|페이지\s?이동|이동)\s?[.\])]{0,2}\s{0,3}){1,3}$"
)
_CUT = re.compile(r"\s{0,3}(?:\.{2,5}|…|‥)\s{0,3}$")
_ODD = re.compile("[\u00ad\u061c\u180e\u200b-\u200f\u202a-\u202e\u2060-\u206f\ufeff\ufff9-\uffff]")
_HOLLOW = re.compile(r"[\[(<【]\s{0,3}[\])>】]\s{0,3}(?=\S)")
_WHOLE_DATE = re.compile(r"(?:19|20)?\d\d\s?[.\-/년]\s?\d{1,2}\s?[.\-/월]\s?\d|(?:19|20)\d{6}(?!\d)")
_HIDDEN = re.compile(r"display\s?:\s?none", re.I)


def spoken(element: HtmlElement, badges: bool = False, blocks: bool = True) -> str:
    """Return the visible text of an element on one line; `blocks=False` leaves out block children."""
    if not len(element):
        return tidy(element.text or "")
    return tidy("".join(_runs(element, badges, blocks)))


def date_of(element: HtmlElement) -> str:
    """Return the text of a date's element, the whole date of its attributes where it shows only a part ("3일 전")."""
    text = spoken(element) or spoken(element, badges=True)
    if _WHOLE_DATE.search(text):
        return text
    for node in element.iter():
        if isinstance(node.tag, str):
            for name in ("datetime", "title", "data-date", "data-time", "data-datetime"):
                if (value := node.get(name)) and _WHOLE_DATE.match(value) and len(value) < 40:
                    return str(value)[:10]
    return text


def tidy(text: str) -> str:
    """Return text on one clean line; most cells need no more than their blanks joined."""
    text = " ".join(text.split())
    if text.isascii() or (unicodedata.is_normalized("NFC", text) and not _ODD.search(text)):
        return text
    return one_line(text)


def _runs(element: HtmlElement, badges: bool, blocks: bool) -> Iterator[str]:
    walker = etree.iterwalk(element, events=("start", "end"))
    for event, node in walker:
        inside = node is not element
        if event == "start":
            if inside and silent(node, badges, blocks):
                walker.skip_subtree()
                continue
            if node.tag in BLOCK and inside:
                yield " "
            yield node.text or ""
        elif inside:
            if node.tag in BLOCK:
                yield " "
            yield node.tail or ""


def silent(node: HtmlElement, badges: bool, blocks: bool) -> bool:
    """Tell whether a person does not see an element's text, or reads it as a mark."""
    if node.tag in SILENT or (not blocks and node.tag in BLOCK and node.tag != "br"):
        return True
    if _HIDDEN.search(node.get("style", "")):
        return True
    return not badges and is_badge(node)


def is_badge(node: HtmlElement) -> bool:
    """Tell whether an element holds nothing but a mark such as 새글, NEW, [공지], 첨부파일 or a status."""
    head = node.text or ""
    if len(head) > 24 or (len(node) and len(head.strip()) > 14):
        return False
    text = "".join(node.itertext()).strip() if len(node) else head.strip()
    if not text or len(text) > 14:
        return False
    if BADGE.fullmatch(text) or STATUS.fullmatch(text):
        return True
    parts = [part for run in node.itertext() if (part := run.strip())] if len(node) else []
    return len(parts) > 1 and all(map(BADGE.fullmatch, parts))


def title_of(cell: HtmlElement, anchor: HtmlElement | None, record: HtmlElement) -> tuple[str, bool]:
    """Return a row's title and whether it may be cut; a whole form in an attribute wins over a cut text."""
    source = anchor if anchor is not None else cell
    text = spoken(source)
    if anchor is not None and len(anchor) and any(child.tag in BLOCK for child in anchor):
        alone = spoken(anchor, blocks=False)
        text = alone if len(alone) >= 6 else text
    if not text:
        text = _from_attributes(source) or spoken(source, badges=True)
    text = undoubled(unlabelled(_unmarked(text, source), source))
    cut = is_cut(text)
    if cut and (whole := whole_title(text, source, record)):
        return whole, False
    return text, cut


def _unmarked(text: str, source: HtmlElement) -> str:
    """Return a title without a mark in brackets that stands before the element of the title itself ("[ 일반공지 ]")."""
    if text[:1] not in "[(<【" or not len(source):
        return text
    if hollow := _HOLLOW.match(text):
        return text[hollow.end() :]
    head = tidy(source.text or "")
    mark = BADGE.fullmatch(re.sub(r"\s+", "", head)) if head and head[-1] in "])>】" else None
    return text[len(head) :].lstrip() if mark and len(head) < 14 and text.startswith(head) else text


def unlabelled(text: str, source: HtmlElement) -> str:
    """Return a title without the label that a narrow screen shows before it ("제목" in an element of its own)."""
    if not len(source):
        return text
    for node in source.iterdescendants("span", "strong", "b", "em", "i"):
        head = "" if len(node) else tidy(node.text or "")
        if head and not text.startswith(head):
            break
        if head and head != text and role(head) == "title":
            return text[len(head) :].lstrip(" :：")
    return text


def is_cut(text: str) -> bool:
    """Tell whether a title ends in dots."""
    return bool(_CUT.search(text))


def continues(short: str, whole: str) -> bool:
    """Tell whether a title is the uncut form of another."""
    return _letters(whole).startswith(_letters(_CUT.sub("", short)))


def whole_title(text: str, source: HtmlElement, record: HtmlElement) -> str | None:
    """Return the uncut form of a title from an attribute of its link, cell, picture or row, or None."""
    stem = _letters(_CUT.sub("", text))
    if len(stem) < 4:
        return None
    for value in _attributes(source, record):
        candidate = one_line(_PRUNE.sub("", value))
        if len(_letters(candidate)) > len(stem) and _letters(candidate).startswith(stem) and not _CUT.search(candidate):
            return candidate
    return None


def undoubled(text: str) -> str:
    """Return a title that a responsive page says twice, once."""
    half = len(text) // 2
    if len(text) > 11 and text[:half].strip() == text[half:].strip():
        return text[:half].strip()
    return text


def pruned(text: str) -> str:
    """Return an attribute's title without what it says to screen readers ("… 자세히 보기")."""
    return one_line(_PRUNE.sub("", text))


def is_neighbour(element: HtmlElement) -> bool:
    """Tell whether a row only leads to the previous or next post."""
    if element.tag == "tr" and len(element) > 3:
        return False
    head = spoken(element, badges=True)[:40]
    return bool(NEIGHBOUR.match(head))


def _letters(text: str) -> str:
    return re.sub(r"\s+", "", text)


def _attributes(source: HtmlElement, record: HtmlElement) -> Iterator[str]:
    for node in (source, *source.iterancestors()):
        yield from (node.get(name, "") for name in ("title", "aria-label", "data-title"))
        if node is record:
            break
    for node in source.iter():
        if isinstance(node.tag, str) and node is not source:
            yield from (node.get(name, "") for name in ("title", "aria-label", "data-title", "alt"))
    for node in record.iter("a", "img", "span", "input", "p", "div", "button"):
        yield from (node.get("title", ""), node.get("alt", ""))
        if node.tag in ("span", "p", "div") and len(node) == 0 and node.text and len(node.text) > 8:
            yield node.text
        elif node.tag == "input":
            yield node.get("value", "")


def _from_attributes(source: HtmlElement) -> str:
    for node in source.iter():
        if node.tag == "input" and (node.get("type") or "").lower() in ("submit", "button"):
            return one_line(node.get("value", ""))
        if node.tag == "img" and len(node.get("alt", "")) > 5:
            return pruned(node.get("alt", ""))
    return pruned(source.get("title", ""))
