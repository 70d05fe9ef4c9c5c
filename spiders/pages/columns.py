"""What each column of a board's table holds: by header, caption, cell attributes and, failing all, the values' shape."""

from __future__ import annotations

import re
from collections import Counter
from dataclasses import dataclass, field

from lxml.html import HtmlElement

from spiders.pages.cells import spoken
from spiders.pages.days import is_dated
from spiders.pages.words import DATE_ROLES, NOTICE_NO, role

_LABELS = (
    "data-cell-header",
    "data-label",
    "data-th",
    "data-title",
    "data-header",
    "data-table-type",
    "data-name",
    "aria-label",
    "title",
)
_CLASS: tuple[tuple[re.Pattern[str], str], ...] = tuple(
    (re.compile(rf"(?:^|[\s_-])(?:{words})(?:$|[\s_-])", re.I), name)
    for words, name in (
        ("subject|title|tit|sbj|subj|psubject|board_list_tit|list_tit|ttl", "title"),
        ("date|regdate|reg_date|created|datetime|writedate|list_date|regdt|pubdate|day|td_datetime", "posted"),
        ("writer|dept|depart|department|part|team|division", "department"),
        ("hits?|count|views?|visit|hit-etc|access|acess|readcount|inquiry", "hits"),
        ("num|number|no|seq", "number"),
        ("file|attach|attachfile|atchfileid|files", "file"),
        ("cate|category|ctg", "category"),
        ("status|state|stt", "status"),
    )
)
_SOME_DAY = re.compile(r"(?:일|일자|일시|시각|날짜|date|time)\s{0,3}(?:\([^()]{0,12}\))?\s{0,3}$", re.I)
_OTHER_DAY = re.compile(
    r"마감|종료|접수|신청|발표|행사|교육|개최|계약|입주|개찰|회의|시행|처리|답변|휴일|생년|까지|요일|수정|변경|end|due|close",
    re.I,
)
_INT = re.compile(r"[\d,]{1,9}")
_DEPARTMENT = re.compile(
    r".{0,30}(?:과|실|국|팀|관|소|단|처|부|센터|동|면|읍|원|회|청|시|군|구|관리자|담당관|본부|학교|학과|공사|재단|위원회|사업소|지사)(?:\([^)]{0,20}\))?"
)
RANGE = re.compile(r"\d\s?\.?\s?(?:\([^)]{1,4}\)\s?)?[~∼〜–]\s?\d|\d{2}\s-\s\d{4}")


@dataclass(slots=True)
class Columns:
    """Roles by column, and which roles were read from words of the page rather than guessed from values."""

    roles: list[str | None]
    named: list[bool]
    signs: list[str] = field(default_factory=list)

    def first(self, name: str) -> int | None:
        """Return the first column of a role."""
        return self.roles.index(name) if name in self.roles else None


def class_role(classes: str) -> str | None:
    """Return what the class of an element says it holds."""
    return next((name for pattern, name in _CLASS if pattern.search(classes)), None) if classes else None


def expanded(row: HtmlElement) -> list[HtmlElement]:
    """Return a row's cells, one with colspan standing in each of its columns."""
    cells: list[HtmlElement] = []
    for cell in row.iterchildren("td", "th"):
        span = cell.get("colspan", "1")
        cells.extend([cell] * (min(int(span), 30) if span.isdigit() and span != "0" else 1))
    return cells


def headers(table: HtmlElement, width: int) -> list[str] | None:
    """Return the header text of each column, from the row of headers or the list in caption or summary."""
    if table.tag == "table":
        for row in table.iter("tr"):
            cells = expanded(row)
            if len(cells) < 2 or (all(c.tag == "td" for c in cells) and not _headlike(cells)):
                if any(c.tag == "td" for c in cells):
                    break
                continue
            if sum(c.tag == "th" for c in cells) >= 2 or _headlike(cells):
                words = [_header_text(c) for c in cells]
                if len(words) == width and _rowspans(row) == 0:
                    return words
                return _two_lines(row, width) or _stacked(row, width) or (words if len(words) == width else None)
    return _listed(table, width)


def is_header(row: HtmlElement) -> bool:
    """Tell whether a row of td is a header line."""
    cells = list(row.iterchildren("td", "th"))
    return len(cells) >= 2 and (all(c.tag == "th" for c in cells) or _headlike(cells))


def columns(table: HtmlElement, grid: list[list[HtmlElement]]) -> Columns:
    """Return what the columns of a grid of rows hold."""
    width = Counter(len(row) for row in grid).most_common(1)[0][0]
    words = headers(table, width)
    sample = [row for row in grid if len(row) == width][:20]
    if words and not _fits(words, sample):
        words = None
    roles, named = [], []
    for at in range(width):
        own = _cell_role([row[at] for row in sample])
        found = own or (role(words[at]) if words else None)
        named.append(bool(found) or bool(words and words[at].strip() and (own is None)))
        roles.append(
            found or (class_role(sample[0][at].get("class", "")) if sample and not (words and words[at]) else None)
        )
    out = Columns(roles, named)
    _open_dates(out, words or [])
    _fill(out, sample)
    return out


def _open_dates(found: Columns, words: list[str]) -> None:
    """Leave a column whose header is an unknown word for a day to its values, where no header names a date."""
    if DATE_ROLES.isdisjoint(found.roles):
        for at, name in enumerate(found.roles):
            if name is None and at < len(words) and _SOME_DAY.search(words[at]) and not _OTHER_DAY.search(words[at]):
                found.named[at] = False


def _fits(words: list[str], sample: list[list[HtmlElement]]) -> bool:
    """Tell whether a list of headers stands over the right columns: a title is no number."""
    at = next((i for i, word in enumerate(words) if role(word) == "title"), None)
    if at is None or not sample:
        return True
    values = [spoken(row[at], badges=True) for row in sample]
    return sum(bool(_INT.fullmatch(v)) for v in values) * 2 <= len(values)


def _headlike(cells: list[HtmlElement]) -> bool:
    roles = {role(_header_text(c)) for c in cells} - {None}
    return len(roles) >= 2 and "title" in roles


def _header_text(cell: HtmlElement) -> str:
    text = spoken(cell, badges=True)
    return text or next((img.get("alt", "") for img in cell.iter("img")), "")


def _rowspans(row: HtmlElement) -> int:
    return sum(c.get("rowspan", "1") not in ("", "1") for c in row.iterchildren("td", "th"))


def _stacked(row: HtmlElement, width: int) -> list[str] | None:
    """Return the headers of posts of two lines each: those of the first line, then those of the second."""
    below = row.getnext()
    cells = [*expanded(row), *(below.iterchildren("td", "th") if below is not None and below.tag == "tr" else ())]
    return [_header_text(c) for c in cells] if len(cells) == width else None


def _two_lines(row: HtmlElement, width: int) -> list[str] | None:
    """Return the headers of two header lines, the lower one's standing under the upper one's colspan."""
    below = row.getnext()
    lower = [_header_text(c) for c in expanded(below)] if below is not None and below.tag == "tr" else []
    words: list[str] = []
    for cell in row.iterchildren("td", "th"):
        span = cell.get("colspan", "1")
        count = int(span) if span.isdigit() else 1
        if count > 1 and cell.get("rowspan", "1") in ("", "1") and len(lower) >= count:
            words, lower = words + lower[:count], lower[count:]
        else:
            words += [_header_text(cell)] * count
    return words if len(words) == width else None


def _listed(table: HtmlElement, width: int) -> list[str] | None:
    caption = next((spoken(c, badges=True) for c in table.iterchildren("caption")), "")
    for text in (table.get("summary", ""), caption):
        parts = [
            re.sub(r"\s*(?:등|을|를|의|정보|으로|로|구성|제공|목록).*$", "", p.strip().rsplit("-", 1)[-1].strip())
            for p in text[:400].split(",")
        ]
        parts = [p.rsplit(" ", 1)[-1] if at == 0 else p for at, p in enumerate(parts)]
        if len(parts) == width and sum(role(p) is not None for p in parts) >= max(2, width - 2):
            return parts
    return None


def _cell_role(cells: list[HtmlElement]) -> str | None:
    for name in _LABELS:
        value = cells[0].get(name, "") if cells else ""
        if value and (found := role(value)):
            return found
    return None


def _fill(found: Columns, sample: list[list[HtmlElement]]) -> None:
    """Give roles by the values' shape to columns that no word names, and settle several titles into one."""
    texts = [[_said(row[at]) for row in sample] for at in range(len(found.roles))]
    for at, values in enumerate(texts):
        if not found.named[at] and _contradicted(found.roles[at], values):
            found.roles[at] = None
        if found.roles[at] is None and not found.named[at]:
            found.roles[at] = _shape(values)
    _one_title(found, sample, texts)
    if "number" not in found.roles and found.roles and found.roles[0] is None:
        found.roles[0] = "number" if _share(texts[0], _INT.fullmatch) > 0.3 else None
    if "department" not in found.roles:
        for at, name in enumerate(found.roles):
            if name == "writer" or (
                name is None and not found.named[at] and _share(texts[at], _DEPARTMENT.fullmatch) > 0.6
            ):
                found.roles[at] = "department"
                break


def _said(cell: HtmlElement) -> str:
    """Return a cell's text, or that of the button in it."""
    return spoken(cell) or next(
        (i.get("value", "") for i in cell.iter("input") if i.get("type") in ("submit", "button")), ""
    )


def _contradicted(name: str | None, values: list[str]) -> bool:
    """Tell whether what a class says of a column is denied by its values ("num" on a date)."""
    if name in DATE_ROLES:
        return not any(map(is_dated, values))
    if name in ("number", "hits", "department", "category"):
        filled = [v for v in values if v]
        return bool(filled) and sum(map(is_dated, filled)) * 2 > len(filled)
    return False


def _shape(values: list[str]) -> str | None:
    filled = [v for v in values if v]
    if not filled:
        return None
    if sum(map(is_dated, filled)) > 0.5 * len(filled):
        return "range" if _share(filled, RANGE.search) > 0.5 else "dated"
    if _share(filled, NOTICE_NO.fullmatch) > 0.5:
        return "notice_no"
    return "int" if _share(filled, _INT.fullmatch) > 0.7 else None


def _share(values: list[str], test: object) -> float:
    filled = [v for v in values if v]
    return sum(bool(test(v)) for v in filled) / len(filled) if filled and callable(test) else 0.0


def _one_title(found: Columns, sample: list[list[HtmlElement]], texts: list[list[str]]) -> None:
    named = [at for at, name in enumerate(found.roles) if name == "title"]
    if not named:
        named = [
            at
            for at, name in enumerate(found.roles)
            if name in (None, "body", "category") and not (found.named[at] and name != "body")
        ]
        named = named or [at for at, name in enumerate(found.roles) if name is None]
    if not named:
        return
    best = max(named, key=lambda at: _titleness(at, found, sample, texts))
    for at in named:
        if at != best and found.roles[at] == "title" and sample and sample[0][at] is not sample[0][best]:
            found.roles[at] = None
    if found.roles[best] != "title":
        found.signs.append(f"제목 열 {best + 1}: 값의 꼴")
    found.roles[best] = "title"


def _titleness(at: int, found: Columns, sample: list[list[HtmlElement]], texts: list[list[str]]) -> float:
    linked = sum(any(True for _ in row[at].iter("a", "button")) or row[at].get("onclick") is not None for row in sample)
    length = sum(min(len(t), 60) for t in texts[at]) / max(len(sample), 1)
    by_class = class_role(sample[0][at].get("class", "")) == "title" if sample else False
    return length + 25 * linked / max(len(sample), 1) + 15 * by_class
