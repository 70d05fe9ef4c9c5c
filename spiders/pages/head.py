"""A post's head: its date, its department, its labelled facts; and the marks that keep them out of the body."""

from __future__ import annotations

import re
from collections.abc import Iterable
from datetime import date, timedelta

from notices.dates import find_dates
from spiders.pages import labels, words
from spiders.pages.flow import Flow, Mark, words_of
from spiders.pages.labels import Pair

_FACTS = {
    "신청방법": "apply", "접수방법": "apply", "보증금": "deposit", "임대보증금": "deposit", "월임대료": "rent", "임대료": "rent",
    "입주예정월": "move_in", "입주예정일": "move_in", "입주시기": "move_in", "입주예정": "move_in", "최초공고일": "first_posted",
    "담당자/연락처": "contact", "담당전화": "contact", "담당자연락처": "contact", "전화": "contact", "문의전화": "contact",
    "당첨자발표일": "announces", "모집대상": "audience", "모집세대수": "homes", "접수시작일": "opens", "신청시작일": "opens",
}  # fmt: skip
_PERIODS = {"접수기간": ("opens", "closes"), "신청기간": ("opens", "closes"), "모집기간": ("opens", "closes"),
            "청약기간": ("opens", "closes"), "신청접수기간": ("opens", "closes"), "청약접수기간": ("opens", "closes"),
            "계약기간": ("contract_from", "contract_to"), "계약체결기간": ("contract_from", "contract_to")}  # fmt: skip
_RANGE = re.compile(r"\s*(?:~|∼|～|〜|부터)\s*")
_OFFICE = re.compile(
    r"(?:과|팀|실|국|센터|동|면|읍|단|원|청|소|관|부|처|공사|재단|본부|사무소|보건소|도서관|위원회|협회|조합|지사|시|군|구|공단|회|은행|사업소|대학|학교|학과|담당관|기획단)(?:\s?\(.{0,30}\))?$"
)
_PERSON = re.compile(
    r"(?:관리자|운영자|admin\w*|master|webmaster|[가-힣]\*+[가-힣]?|[가-힣]{1,2}[○OＯ*]{1,2}[가-힣]?)$", re.I
)
_FAMILIES = (
    "김이박최정강조윤장임한오서신권황안송류전홍고문양손배백허유남심노하곽성차주우구민진지엄채원천방공현함"
    "변염여추도소석선설마길연위표명기반왕금옥육인맹제모"
)
_CLOCK = re.compile(r"(?:오늘|today)?\s{0,3}(?:[01]?\d|2[0-3]):[0-5]\d(?::[0-5]\d)?", re.I)
_DEADLINE = re.compile(
    r"마감|기간|까지|부터|~|∼|～|(?:접수|신청|발표|행사|교육|모집|입주|계약)(?![가-힣]{0,4}(?:팀|과|부|실|센터|원|청|처|단)(?![가-힣]))"
)
_REST = re.compile(
    r"(?:hits?|views?|read|조회\s?수?|읽음|등록일?|작성일?|게시일?|최종|수정일?|by|date|posted|on)|[\d\s:|ㅣ│·.,/()\[\]\-–]+|[월화수목금토일]요일",
    re.I,
)
_COUNT = re.compile(r"(?:조회\s?수?|hits?|등록일?|작성일?|게시일?|입력일?)\s?[:：]\s?[\d,]*", re.I)
_NAMED = re.compile(r"[가-힣]{2,}\s?[:：]")
_HEAD_WORDS = words_of("date info writer author hit hits count cnt reg regdate data meta etc name util view day time")


def posted(found: Iterable[Pair], today: date | None) -> tuple[date | None, tuple[str, ...]]:
    """Return the posting date from the labelled values of a head, with doubts; a deadline is never one."""
    rows = list(found)
    for role, take_first in ((labels.POSTED, False), (labels.ANNOUNCED, False), (labels.SHOWN, True)):
        for pair in rows:
            if pair.role != role:
                continue
            day = _day(pair.text, today)
            if day and (today is None or day <= today + timedelta(days=1)):
                doubts = (f"등록일이 없어 '{pair.label}'의 시작일을 씀",) if take_first else ()
                return day, doubts
    return None, ()


def labelled_below(found: Iterable[Pair], flow: Flow, today: date | None) -> date | None:
    """Return the day of a labelled posting date that stands under the text, outside menus and tails."""
    for pair in found:
        if pair.label in _VAGUE:
            continue
        if pair.role == labels.POSTED and flow.mark[pair.label_at] < Mark.TAIL and len(pair.text) <= 40:
            day = _day(pair.text, today)
            if day and (today is None or day <= today + timedelta(days=1)):
                return day
    return None


def _day(text: str, today: date | None) -> date | None:
    dates = find_dates(text[:120], today)
    if dates:
        return dates[0].day
    return today if today and _CLOCK.fullmatch(text.strip()) else None


def bare_day(flow: Flow, after: int, today: date | None) -> tuple[date, int, int, bool] | None:
    """Return a date without label close behind the title, its pieces, and whether its place speaks for it.

    The paragraph holds next to nothing else: names of a department, counts; a period or a deadline is none.
    """
    other = 0
    for first, stop in flow.blocks:
        start = max(first, after)
        if start >= stop or flow.mark[start] != Mark.TEXT:
            continue
        text = flow.joined(start, stop, 200)
        dates = find_dates(text, today)
        if not dates and 1 < stop - start <= 12:  # a count and a date in elements of one line: 조회 수 92|2026.11.17
            text = _spread(flow, start, stop)[:200]
            dates = find_dates(text, today)
        if _DEADLINE.search(text) and (apart := _apart(flow, start, stop, today)):
            return apart
        if not dates or _DEADLINE.search(text) or labels.known(text.split(":")[0]):
            other += len(text)
            if other > 40:
                return None
            continue
        rest = text
        for one in reversed(dates):
            rest = rest[: one.start] + rest[one.end :]
        if _NAMED.search(_COUNT.sub(" ", rest)):  # a date with another name: 휴관일: 5. 5.
            return None
        rest = _REST.sub("", rest)
        if len(rest) > 24 or len(dates) > 2 or len(text) > 120:
            continue
        sure = bool(dates[0].time) or any(
            not _HEAD_WORDS.isdisjoint(flow.words(one)) for one in flow.ancestors(flow.owner[start], 3)
        )
        if "년" in dates[0].words and not sure:  # the day an office signs with stands in its text
            continue
        begin, end = _around(flow, start, stop, after)
        return dates[0].day, begin, end, sure or len(rest) <= 12
    return None


def _apart(flow: Flow, start: int, stop: int, today: date | None) -> tuple[date, int, int, bool] | None:
    """Return a date that shares its line with a period but stands in a piece of its own, with a name at most."""
    if not any(not _HEAD_WORDS.isdisjoint(flow.words(one)) for one in flow.ancestors(flow.owner[start], 3)):
        return None
    for piece in range(start, stop) if stop - start > 1 else ():
        text = flow.text[piece].strip()
        dates = find_dates(text, today)
        if len(dates) == 1 and not _DEADLINE.search(text) and not _NAMED.search(text):
            rest = _REST.sub("", text[: dates[0].start] + text[dates[0].end :])
            if len(rest) <= 12:
                return dates[0].day, piece, piece + 1, True
    return None


def day_above(flow: Flow, title: int, today: date | None) -> tuple[date, int, int] | None:
    """Return a date that stands alone right above the title, in the element that holds both, with its pieces."""
    above = [(first, stop) for first, stop in flow.blocks if stop <= title and flow.mark[first] == Mark.TEXT][-3:]
    for first, stop in reversed(above):
        text = flow.joined(first, stop, 120)
        dates = find_dates(text, today)
        if len(dates) == 1 and not _DEADLINE.search(text) and len(text) - len(dates[0].words) <= 16:
            home = flow.holder(first, title + 1)
            if flow.totals[title] - flow.totals[first] <= 80 and flow.tag(home) not in ("body", "main", "html"):
                return dates[0].day, first, stop
    return None


def _around(flow: Flow, start: int, stop: int, after: int) -> tuple[int, int]:
    """The small element that holds a bare date and its neighbours (department, count), if it begins behind the title."""
    first, last = start, stop
    for index in flow.ancestors(flow.holder(start, stop), 4):
        if (
            flow.size(index) > 110
            or flow.first[index] < after
            or flow.size(index) > flow.totals[stop] - flow.totals[start] + 40
        ):
            break
        first, last = min(first, flow.first[index]), max(last, flow.last[index])
    return first, last


def bare_department(flow: Flow, start: int, stop: int) -> str | None:
    """Return an office's name that stands without a label beside a bare date."""
    for first, last in flow.blocks:
        if start <= first < stop:
            for part in re.split(r"\s{0,3}[|│ㅣ/·]\s{0,3}|\s{2,}", _spread(flow, first, min(last, stop))):
                if 2 < len(part) <= 20 and _OFFICE.search(part) and not _looks_named(part) and not find_dates(part):
                    return part
    return None


def _spread(flow: Flow, start: int, stop: int) -> str:
    return "  ".join(flow.text[piece].strip() for piece in range(start, stop))


def department(found: Iterable[Pair]) -> str | None:
    """Return the labelled department, or a writer that is an office and no person."""
    rows = list(found)
    for role in (labels.DEPARTMENT, labels.WRITER):
        for pair in rows:
            name = pair.text.strip(" -|/")
            if pair.role != role or not 2 <= len(name) <= 40 or _PERSON.search(name):
                continue
            if role == labels.DEPARTMENT or (_OFFICE.search(name) and not _looks_named(name)):
                return name
    return None


def _looks_named(name: str) -> bool:
    """Whether three letters may be a person's name: 김민국 ends like an office too."""
    return len(name) == 3 and name[0] in _FAMILIES and name[-1] not in "과팀"


def fields(found: Iterable[Pair]) -> dict[str, str]:
    """Return what the head says in labelled cells, under the names of `notices.vocabulary.FIELDS`."""
    said: dict[str, str] = {}
    for pair in found:
        value = pair.text.strip()
        if not value or len(value) > 200:
            continue
        if pair.label in _PERIODS:
            first, last = _PERIODS[pair.label]
            parts = [part for part in _RANGE.split(value, maxsplit=1) if part]
            if len(parts) == 2:
                said.setdefault(first, parts[0])
                said.setdefault(last, parts[1])
            continue
        column = words.role(pair.label)
        name = _FACTS.get(pair.label) or (column if column in words.FIELD_ROLES else None)
        if name:
            said.setdefault(name, value)
    return said


_PLAIN_HEAD = (labels.POSTED, labels.ANNOUNCED, labels.MODIFIED, labels.DEPARTMENT, labels.WRITER)
_COUNTED = frozenset(("hits", "number", "notice_no", "category", "contact", "writer", "department", "reply", "status"))
_BODY_WORDS = words_of("con cont conts content contents substance txt text article memo editor")
_NEAR_GAP = 40
_VAGUE = frozenset(("일시", "일자", "날짜", "시작일", "date", "time"))  # within a line also the day of an event
_VAGUE_GAP = 12
_GAP = 120  # characters of other text that may stand between two rows of one head


def head_rows(flow: Flow, found: list[Pair], title: int) -> list[Pair]:
    """Return the labelled rows that belong to the post's head: near its title, or in the same table as such a row."""
    posts = [title, *(pair.label_at for pair in found if pair.text and pair.role in (labels.POSTED, labels.WRITER))]
    rows = [
        pair
        for pair in found
        if flow.mark[pair.label_at] < Mark.TAIL and pair.role != labels.BODY and _fits(flow, pair, title, posts)
    ]
    loose = _loose(flow)
    kept: dict[int, Pair] = {}
    for direction in (1, -1):
        edge = title
        for pair in sorted(rows, key=lambda pair: pair.label_at * direction):
            if (pair.label_at - title) * direction < 0:
                continue
            start, stop = (edge, pair.label_at) if direction == 1 else (pair.stop, edge)
            if loose[max(start, stop)] - loose[start] > _gap(pair):
                if pair.own:
                    break
                continue
            kept[id(pair)] = pair
            edge = max(edge, pair.stop) if direction == 1 else min(edge, pair.label_at)
    tables = {_table(flow, pair) for pair in kept.values()} - {-1}
    kept |= {id(pair): pair for pair in rows if pair.own and _table(flow, pair) in tables}
    return sorted(kept.values(), key=lambda pair: pair.label_at)


def _gap(pair: Pair) -> int:
    if not pair.own and pair.label in _VAGUE:
        return _VAGUE_GAP
    return _GAP if pair.own and pair.role in _PLAIN_HEAD else _NEAR_GAP


def _in_text_table(flow: Flow, pair: Pair, title: int, posts: list[int]) -> bool:
    """Whether a pair stands in a table of the post's text: one without title, date and writer, in a cell or named body."""
    table = _table(flow, pair)
    if table < 0 or any(flow.first[table] <= spot < flow.last[table] for spot in posts):
        return False
    for one in flow.ancestors(flow.parent[table], 8):
        if flow.first[one] <= title < flow.last[one]:
            return False
        if flow.tag(one) in ("td", "th", "dd") or not _BODY_WORDS.isdisjoint(flow.words(one)):
            return True
    return False


def _fits(flow: Flow, pair: Pair, title: int, posts: list[int]) -> bool:
    """Whether a pair can be a row of a head: facts only in cells of their own and not inside a named body."""
    if pair.role == labels.TITLE:
        return flow.mark[pair.label_at] == Mark.TITLE
    if pair.role == labels.FILES:
        return len(pair.text) <= 40 or any(flow.mark[piece] == Mark.FILE for piece in range(pair.start, pair.stop))
    if pair.role in _PLAIN_HEAD:
        return (pair.own or len(pair.text) <= 100) and not _in_text_table(flow, pair, title, posts)
    if not pair.own:
        return words.role(pair.label) in _COUNTED or pair.label in ("읽음", "글번호", "추천수", "댓글수", "첨부수")
    return not _in_text_table(flow, pair, title, posts) and not _in_named_text(flow, pair, title)


def _in_named_text(flow: Flow, pair: Pair, title: int) -> bool:
    """Whether an element named for a post's text holds a pair, and not the title as well."""
    for one in flow.ancestors(flow.parent[pair.node], 4):
        if flow.first[one] <= title < flow.last[one]:
            return False
        if not _BODY_WORDS.isdisjoint(flow.words(one)):
            return True
    return False


def _loose(flow: Flow) -> list[int]:
    """Running count of characters of unmarked text outside links before each piece."""
    found, total = [0], 0
    for piece, mark in enumerate(flow.mark):
        if mark == Mark.TEXT and not flow.link[piece]:
            total += len(flow.text[piece].strip())
        found.append(total)
    return found


def _table(flow: Flow, pair: Pair) -> int:
    """The innermost table that a pair's label stands in as a cell, -1 where in none."""
    cell = False
    for index in flow.ancestors(flow.owner[pair.label_at], 10):
        tag = flow.tag(index)
        cell = cell or tag in ("th", "td")
        if tag == "table":
            return index if cell else -1
    return -1


def mark_head(flow: Flow, rows: Iterable[Pair], found: Iterable[Pair]) -> None:
    """Mark the label and value pieces of a head's rows, and of file rows wherever they stand."""
    for pair in found:
        if pair.role == labels.FILES and pair.own and pair.label.startswith(("첨부", "파일", "attach", "file")):
            flow.set_range(pair.label_at, pair.label_at + 1, Mark.FILE)
            if pair.stop - pair.start <= 2 and len(pair.text) <= 10:
                flow.set_range(pair.start, pair.stop, Mark.FILE)
    for pair in rows:
        mark = Mark.FILE if pair.role == labels.FILES else Mark.HEAD
        flow.set_range(pair.label_at, max(pair.start, pair.label_at + 1), mark)
        flow.set_range(pair.start, pair.stop, mark)
