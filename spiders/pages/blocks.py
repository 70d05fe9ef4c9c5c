"""Which block of a page is the board: groups of like elements that each hold a post's link, the best of them chosen."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import cast

from lxml.html import HtmlElement

from spiders.pages.anchors import NOT_TITLE, anchor_of, anchors
from spiders.pages.cells import is_badge, is_neighbour, spoken
from spiders.pages.days import is_dated
from spiders.pages.paths import SILENT_HERE, elements
from spiders.pages.words import role

ROWS = 3000
"""Rows of one page that are read; a cut is a doubt."""

_DATES = (
    f"*[{SILENT_HERE}]/text()[string-length(.) < 400 and (contains(translate(., '0123456789-/– ', '0000000000...'), '00.0')"
    " or contains(translate(., '0123456789', '0000000000'), '00000000') or contains(translate(., '0123456789', '0000000000'), '0:00')"
    " or contains(translate(., '0123456789 ', '0000000000'), '0년0'))]/.."
)
_STAMPED = "*[@datetime or (starts-with(@title, '20') and string-length(@title) < 26)]"
_DATED = elements(f"//{_DATES} | //{_STAMPED}")
_DATED_HERE = elements(f"descendant-or-self::{_DATES} | descendant-or-self::{_STAMPED}")
_LINKED = elements(f"//*[{SILENT_HERE} and (self::a or self::button or self::input[@type='submit'] or @onclick)]")
_HEADED = elements("//table[.//th]")
_ASIDE = re.compile(
    r"(?:^|[\s_-])(?:nav|gnb|lnb|snb|footer|header|foot|aside|side(?:bar|menu)?|quick|popup|banner|breadcrumb|location|sitemap|familysite|latest|recent|best|popular|satisfaction|pag(?:ing|ination|inate|er))(?:$|[\s_-])",
    re.I,
)
_DATE_LABEL = re.compile(r"(?:일|일자|일시|날짜)\s{0,3}[:：]?\s{0,3}\d{2,4}\s?[./-]")
_CLIMB = 14


@dataclass(slots=True)
class Block:
    """Like elements of a page: a table's rows or cards, in the page's order."""

    parent: HtmlElement
    records: list[HtmlElement]
    tabular: bool
    score: float = 0.0
    signs: list[str] = field(default_factory=list)
    own: bool = False  # its links name this page's board
    headed: bool = False
    roles: frozenset[str | None] = frozenset()  # what its columns were taken for
    cut: bool = False


def blocks(root: HtmlElement, board: Iterable[str] = ()) -> list[Block]:
    """Return the page's candidate blocks, best first; `board` are words that a link of this board must hold."""
    headed = [Block(t, [], tabular=True) for t in _HEADED(root)[:200] if _says_title(t)]
    ranked = _ranked(headed, tuple(board))
    if ranked and ranked[0].headed and len(ranked[0].records) >= 5 and ranked[0].score > 75:
        return ranked
    found = _grouped(_DATED(root)[: ROWS * 3], tables=True)
    seen = {id(block.parent) for block in found}
    found.extend(b for b in headed if id(b.parent) not in seen)
    return _ranked(found, tuple(board))


def single_blocks(root: HtmlElement, board: Iterable[str] = ()) -> list[Block]:
    """Return, for a page of one post that no list item holds, the smallest elements with its date and link."""
    return _ranked(_single(_DATED(root)[:50]), tuple(board))


def _says_title(table: HtmlElement) -> bool:
    return "title" in _header_roles(table)


def _header_roles(table: HtmlElement) -> set[str | None]:
    """Return what the header cells of a table name, those that stand in a line of headers, not before a value."""
    cells = [
        th
        for th in list(table.iter("th"))[:40]
        if len(th.getparent()) > 1 and all(c.tag == "th" for c in th.getparent())
    ]
    return {role(spoken(th)) for th in cells[:16]} - {None}


def undated_blocks(root: HtmlElement, board: Iterable[str] = ()) -> list[Block]:
    """Return candidate blocks of links without any date, for boards that show none."""
    linked = _LINKED(root)[: ROWS * 2]
    long = [a for a in linked if len(spoken(a)) >= 8 and _names_post(a)]
    if 2 <= len(long) == len(linked):  # a page of nothing but such links
        return [Block(b.parent, b.records, False, own=True) for b in _grouped(long, tables=False) if len(b.records) > 1]
    return [b for b in _ranked(_grouped(long, tables=False), tuple(board)) if len(b.records) >= 3 and b.score > 25]


def _names_post(anchor: HtmlElement) -> bool:
    """Tell whether a link may open a post: a parameter or an argument with a number, on this site."""
    href = anchor.get("href", "")
    if re.match(r"https?://", href):
        return False
    if any(str(k).startswith("data-") and re.search(r"\d", str(v)) for k, v in anchor.attrib.items()):
        return True
    return bool(re.search(r"[=/]\w*\d{2,}", href) or re.search(r"\(.{0,80}\d{2}", anchor.get("onclick", "") + href))


def headed_but_empty(root: HtmlElement) -> bool:
    """Tell whether the page has a board's header without a single post below it."""
    for table in _HEADED(root)[:200]:
        roles = _header_roles(table)
        if "title" in roles and roles & {"posted", "number", "hits", "department", "writer"}:
            return all(anchor_of(row) is None for row in rows_of(table))
    return False


def _grouped(nodes: Iterable[HtmlElement], tables: bool) -> list[Block]:
    groups: dict[tuple[HtmlElement, str], dict[HtmlElement, None]] = {}
    for node in nodes:
        child = node
        for _ in range(_CLIMB):
            parent = child.getparent()
            if parent is None or child.tag == "body":
                break
            key = _table_of(child) if child.tag == "tr" else parent
            known = groups.setdefault((key, child.tag), {})
            if child in known:
                break
            known[child] = None
            child = parent
    found = []
    for (parent, tag), members in groups.items():
        if tag == "td" and parent.tag != "tr":
            continue
        if parent.tag == "body" and any(m.get("id") for m in members):
            continue  # the parts of a page, not posts
        if tag == "tr":
            found.append(Block(parent, [], tabular=True))
        elif tag in ("li", "dl", "article") or len(members) >= 2:
            found.append(Block(parent, _siblings(parent, tag, list(members)), tabular=False))
    return _merged(found) if tables else found


def _table_of(row: HtmlElement) -> HtmlElement:
    parent = cast(HtmlElement, row.getparent())
    for node in row.iterancestors():
        if node.tag == "table":
            return cast(HtmlElement, node)
        if node.tag not in ("tbody", "thead", "tfoot", "form"):
            break
    return parent


def _siblings(parent: HtmlElement, tag: str, dated: list[HtmlElement]) -> list[HtmlElement]:
    """Return the dated members and those like them that show no date, in the page's order."""
    if tag in ("td", "th"):
        return dated
    classes = {m.get("class", "").split(" ")[0] for m in dated}
    members = set(dated)
    out: list[HtmlElement] = []
    for child in parent.iterchildren(tag):
        if child in members or (child.get("class", "").split(" ")[0] in classes and anchor_of(child) is not None):
            out.append(child)
            if len(out) > ROWS:
                break
    return out


def _merged(found: list[Block]) -> list[Block]:
    """Join cards that stand in several like parents (three to a line) into one block."""
    homes: dict[tuple[HtmlElement, str, str, str], Block] = {}
    out = []
    for block in found:
        grand = block.parent.getparent()
        if block.tabular or grand is None or not block.records:
            out.append(block)
            continue
        key = (grand, block.parent.tag, block.records[0].tag, " ".join(str(c.tag) for c in block.records[0]))
        if key in homes:
            homes[key].records.extend(block.records)
        else:
            homes[key] = block
            out.append(block)
    return out


def _single(nodes: Iterable[HtmlElement]) -> list[Block]:
    """Return, for a page of one post, the smallest elements that hold a date and a link, unless many lead to one place."""
    found: list[Block] = []
    leads: dict[frozenset[tuple[str, str]], set[HtmlElement]] = {}
    for node in nodes:
        for parent in (node, *node.iterancestors()):
            if parent.tag in ("body", "html"):
                break
            if len(anchors(parent)) > 8:
                break
            if anchor_of(parent) is not None:
                leads.setdefault(frozenset(_goals(parent)), set()).add(parent)
                whole = _whole(parent)
                found.append(Block(whole, [whole], tabular=whole.tag == "tr"))
                break
    crowded = {goal for goal, parts in leads.items() if len(parts) > 2}
    return [b for b in found if not crowded or frozenset(_goals(b.parent)) not in crowded]


def _whole(record: HtmlElement) -> HtmlElement:
    """Return the largest element around a record that leads nowhere else: a card's title may stand beside its summary."""
    goals = _goals(record)
    for parent in record.iterancestors():
        if parent.tag in ("body", "html", "tbody", "table", "form", "main") or _goals(parent) != goals:
            break
        record = parent
    return record


def _goals(node: HtmlElement) -> set[tuple[str, str]]:
    return {(a.get("href", ""), a.get("onclick", "")) for a in anchors(node)}


def flat_blocks(root: HtmlElement, board: Iterable[str] = ()) -> list[Block]:
    """Return blocks of posts that no element holds: link and date side by side (a, span, a, span; dt, dd), wrapped here."""
    found = []
    homes = [home for n in _DATED(root)[:300] for home in (n, n.getparent(), *list(n.iterancestors())[1:2])]
    for parent in dict.fromkeys(homes):
        if parent is None or parent.tag in ("tr", "head", "html"):
            continue
        starts = [c for c in parent if c.tag in ("a", "dt", "td", "button", "h3", "h4") and _opens(c)]
        if len(starts) >= 2 or (starts and len(parent) > len(starts)):
            found.append(Block(parent, [_wrapped(s, set(starts)) for s in starts], tabular=False))
    return _ranked(found, tuple(board))


def _opens(node: HtmlElement) -> bool:
    anchor = anchor_of(node)
    if anchor is None:
        return False
    text = spoken(anchor)
    return len(text) >= 4 and not NOT_TITLE.fullmatch(text) and not is_badge(anchor)


def _wrapped(start: HtmlElement, starts: set[HtmlElement]) -> HtmlElement:
    """Move a link and what follows it up to the next one into an element of their own."""
    members = [start]
    while (following := members[-1].getnext()) is not None and following not in starts:
        members.append(following)
    box = start.makeelement("div")
    start.addprevious(box)
    box.extend(members)
    return box


def _ranked(found: list[Block], board: tuple[str, ...]) -> list[Block]:
    for block in found:
        if block.tabular and not block.records:
            block.records = rows_of(block.parent)
        if len(block.records) == 1 and not block.tabular:
            block.records = [_whole(block.records[0])]
        block.cut = len(block.records) > ROWS
        block.records = block.records[:ROWS]
        _score(block, board)
    return sorted((b for b in found if b.score > 0), key=lambda b: -b.score)


def rows_of(table: HtmlElement) -> list[HtmlElement]:
    """Return a table's own rows that hold cells, not those of tables inside it."""
    rows = []
    for row in table.iter("tr"):
        if _table_of(row) is table and any(c.tag == "td" for c in row) and not _is_spacer(row):
            rows.append(row)
            if len(rows) > ROWS:
                break
    return rows


def _is_spacer(row: HtmlElement) -> bool:
    """Tell whether a row is but a line between two others: one cell without any text or link."""
    return (
        len(row) == 1
        and row[0].get("colspan") is not None
        and not any(map(str.strip, row.itertext()))
        and row.find(".//a") is None
    )


def _score(block: Block, board: tuple[str, ...]) -> None:
    sample = block.records[:12]
    good, dated, lengths, links, own = 0, 0, 0, 0, 0
    opened = [anchor_of(record) for record in sample]
    bare = block.tabular and not any(node is not None for node in opened) and _dates_rows(block.parent)
    for record, anchor in zip(sample, opened, strict=True):
        if bare and len(record) > 2 and _DATED_HERE(record):
            good, dated, lengths = good + 1, dated + 1, lengths + 10
        if anchor is None or is_neighbour(record):
            continue
        text = spoken(anchor, badges=True) or anchor.get("title", "") or anchor.get("value", "")
        text = spoken(record) if is_badge(anchor) else text
        if len(NOT_TITLE.sub("", text)) < 2 and len(spoken(record)) < 12:
            continue
        good += 1
        lengths += min(len(text), 60)
        links += 1 if block.tabular else len(anchors(record))
        dated += block.tabular or _shows_date(record, anchor)
        own += any(word in (anchor.get("href", "") + anchor.get("onclick", "")) for word in board)
    if not good:
        return
    count = good * len(block.records) / len(sample)
    block.score = 8 * min(count, 12) + min(count, 60) / 4
    block.signs = [f"{'표' if block.tabular else '카드'} {len(block.records)}행"]
    block.own = bool(board) and own * 2 > good
    block.score += _header_score(block) + (12 * own / good if board else 0)
    block.score -= 30 * (lengths / good < 5) + 6 * max(0.0, links / good - 6)
    block.score -= 25 * (1 - dated / good) + 15 * (1 - good / len(sample))
    if not block.tabular and len(sample) > 1:
        goals = [g for record in sample if (g := frozenset(x for x in _goals(record) if re.search(r"\d", "".join(x))))]
        block.score -= 60 * (1 < len(set(goals)) <= len(goals) // 2)
    if _aside(block.parent):
        block.score -= 45


def _dates_rows(table: HtmlElement) -> bool:
    """Tell whether a table's header names titles and their days: its rows are posts, though a script opens them."""
    return {"title", "posted"} <= _header_roles(table)


def _shows_date(record: HtmlElement, anchor: HtmlElement) -> bool:
    """Tell whether a card shows a date of its own, beside any date in its title."""
    for node in _DATED_HERE(record):
        text = spoken(node)
        if (
            is_dated(text)
            or _DATE_LABEL.search(text)
            or (node is not anchor and node.getparent() is not anchor and len(text) < 80)
        ):
            return True
    return False


def _header_score(block: Block) -> float:
    if not block.tabular:
        return 0.0
    labels = {c.get("data-cell-header", "") or c.get("aria-label", "") for r in block.records[:1] for c in r}
    roles = _header_roles(block.parent) | ({role(label) for label in labels} - {None})
    if "title" in roles and len(roles) >= 2:
        block.headed = True
        block.signs.append("머리글 " + ", ".join(sorted(str(r) for r in roles)))
        return 40.0
    return 12.0 if len(roles) >= 2 or len(block.records[0]) >= 4 else 4.0


def _aside(node: HtmlElement) -> bool:
    for at, parent in enumerate((node, *node.iterancestors())):
        if parent.tag in ("nav", "footer", "aside", "header"):
            return True
        if at < 4 and _ASIDE.search(f"{parent.get('class', '')} {parent.get('id', '')}"):
            return True
    return False
