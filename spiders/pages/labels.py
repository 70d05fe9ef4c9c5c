"""The label and value rows of a post's head: th/td, td/td, dt/dd, "라벨 : 값" and a label in an element of its own."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from functools import lru_cache
from itertools import islice

from spiders.pages import words
from spiders.pages.flow import Flow

TITLE, BODY, FILES = "title", "body", "files"
POSTED, ANNOUNCED, SHOWN, MODIFIED = "posted", "announced", "shown", "modified"
DEPARTMENT, WRITER, OTHER = "department", "writer", "other"

_OWN = {  # what labels of details say beyond the headers of lists
    TITLE: "게시물명 noticesubject",
    BODY: "글내용 본문 상세내용 세부내용 게시물내용 본문내용 주요내용 contents content noticecontents noticecontent",
    FILES: "첨부자료 첨부파일목록 파일첨부 붙임파일 공고문 공고문파일 공고파일 관련파일 고시공고문 모집공고문 원문파일 "
    "attachment attachments files attachedfile attachfile 첨부파일다운로드 파일목록 첨부화일 화일 화일첨부",
    POSTED: "작성시간 등록시간 최초작성일 등록년월일 보도시점 배포일시 공표일 작성년월일 datecreated created registered createddate",
    ANNOUNCED: "최초공고일 공고등록일 공고게시일",
    SHOWN: "게시시작일 공고게시기간 고시공고기간 공람기간",
    MODIFIED: "수정일시 최근수정일 최종수정 수정날짜 최종수정일시 modified updated datemodified",
    DEPARTMENT: "제공부서 게시기관 처리부서 소속 소속기관 department",
    WRITER: "작성자명 부서/작성자",
    OTHER: "읽음 게재제호 담당자/연락처 담당전화 담당자연락처 전화 문의전화 이메일 e-mail email 메일 링크 관련링크 홈페이지 url "
    "추천 추천수 댓글수 첨부수 태그 키워드 모집공고일정 접수처운영기간 접수시작일 신청시작일 신청방법 접수방법 계약체결기간 "
    "입주예정월 입주예정일 입주시기 입주예정 모집인원 모집세대수 보증금 임대보증금 월임대료 임대료 접수처 접수장소 "
    "사업분야 공개여부 모집대상 당첨자발표일 게시물번호 조회인원 보도자료구분 글번호",
}
_KNOWN = {word: role for role, words in _OWN.items() for word in words.split()}
_COLUMNS = {
    "title": TITLE, "body": BODY, "file": FILES, "posted": POSTED, "announced": ANNOUNCED, "shown": SHOWN,
    "modified": MODIFIED, "department": DEPARTMENT, "writer": WRITER,
}  # fmt: skip

_HEADINGS = ("h1", "h2", "h3", "h4")
_DECORATION = re.compile(r"[\s:：ㅣ|*·▶▷■□○●◎※\[\]()<>〈〉【】「」-]+")
_INLINE = re.compile(
    r"(?:^|(?<=[|ㅣ│·/\s\x1f]))([가-힣A-Za-z/]{1,12}(?: [가-힣A-Za-z]{1,12}){0,3})(?:\s{0,3}[:：ㅣ]\s{0,3}|\s{1,3}(?=\d{2,4}[.\-/년]))"
)
_SPELLS = re.compile(
    r"[:：ㅣ]|\s\d{2,4}[.\-/년]"
)  # without one of these there is no pair: asked first, since it is cheap
_EDGE = re.compile("\x1f")
_BULLET = re.compile(r"[■□○●◦▶▷※*ㅇ❍◎◆◇☞▣-]|o ")
_WIDEST = 13  # cells of a row of labels, less one
_PAIRS = 1000  # labelled values of a page that are looked at
_LONGEST = 16
_SPELLED = 400  # characters of a paragraph that may spell out labels


@dataclass(frozen=True, slots=True)
class Pair:
    """A label with its value: role and normal form of the label, the value's text, element and pieces.

    The label begins at piece `label_at`; the value stands in the pieces start..stop-1.
    """

    role: str
    label: str
    label_at: int
    start: int
    stop: int
    text: str
    node: int
    own: bool = False  # the label has a paragraph or cell of its own


@lru_cache(maxsize=4096)
def known(text: str) -> tuple[str, str] | None:
    """Return role and normal form of a label's text; None where it is no label of a post's head."""
    if len(text) > 40:
        return None
    word = _DECORATION.sub("", text).lower()
    if word[:4] in ("첨부파일", "첨부문서") and word[4:].isdigit():
        word = word[:4]
    elif word.startswith("첨부") and word[2:].isdigit():
        word = "첨부"
    if len(word) > _LONGEST:
        return None
    role = _KNOWN.get(word) or _COLUMNS.get(column := words.role(word) or "", OTHER if column else "")
    return (role, word) if role else None


def pairs(flow: Flow) -> list[Pair]:
    """Return the label and value pairs of a page in order; header rows of lists (label beside label) are none."""
    found: list[Pair] = []
    done = -1
    for start, stop in flow.blocks:
        if start < done:
            continue
        if len(found) >= _PAIRS:
            break
        for pair in _pairs_of(flow, start, stop):
            found.append(pair)
            if pair.role != BODY and pair.start <= stop:
                done = max(done, pair.stop)
    return found


def _pairs_of(flow: Flow, start: int, stop: int) -> Iterator[Pair]:
    """Yield the pairs whose labels stand in one paragraph."""
    text = flow.joined(start, stop, _SPELLED)
    label = known(text)
    if label and label[0] == BODY and any(flow.link[piece] for piece in range(start, stop)):
        return  # a link to skip to the text
    if label:
        pair = _beside(flow, start, stop, *label)
        if pair:
            yield replace(pair, own=True)
        return
    within = list(_marked(flow, start, stop))
    yield from within or _spelled(flow, start, stop)


def _beside(flow: Flow, start: int, stop: int, role: str, word: str) -> Pair | None:
    """Pair a paragraph that is a label with the element that follows its own: td, dd, div."""
    spoken = [piece for piece in range(start, stop) if flow.text[piece].strip()]  # a label between blanks of its line
    holder = flow.holder(spoken[0], spoken[-1] + 1)
    for index in flow.ancestors(holder, 6):
        if flow.last[index] > stop or flow.first[index] < start or flow.end[holder] < flow.end[index]:
            break
        holder = index
    outer = flow.parent[holder]
    value = flow.end[holder]
    if outer < 0 or (flow.tag(holder) in ("tr", "li", "dl") and role not in (BODY, FILES)):
        return None
    if value < flow.end[outer] and flow.tag(value) in _HEADINGS and role != TITLE and flow.tag(holder) != "dt":
        return None  # a mark before a title: <span>마감</span><h2>
    if value >= flow.end[outer]:
        return _above(flow, start, stop, role, word, holder)
    if flow.first[value] > stop:  # loose text comes first: <b>라벨</b> 값
        return _pair(flow, role, word, start, stop, flow.first[value], outer)
    return _pair(flow, role, word, start, flow.first[value], flow.last[value], value)


def _above(flow: Flow, start: int, stop: int, role: str, word: str, cell: int) -> Pair | None:
    """Pair the last label of a row of labels with the value below it."""
    below = under(flow, cell)
    return _pair(flow, role, word, start, flow.first[below], flow.last[below], below) if below is not None else None


def under(flow: Flow, cell: int) -> int | None:
    """Return the cell below a label where a row of labels stands over one row of values; None in lists."""
    if flow.tag(cell) not in ("th", "td"):
        return None
    row = flow.parent[cell]
    cells = list(islice(flow.children(row), _WIDEST))
    below = list(_following(flow, row))
    if not 2 <= len(cells) < _WIDEST or not below or not all(known(flow.said(one, 60)) for one in cells):
        return None
    widths = [list(islice(flow.children(one), _WIDEST)) for one in below]
    if len(widths[0]) != len(cells) or len(cells) in map(len, widths[1:]):
        return None
    return widths[0][cells.index(cell)]


def _following(flow: Flow, row: int) -> Iterator[int]:
    """The rows that follow one in its table, three at most, across thead and tbody."""
    body = flow.parent[row]
    after, end = flow.end[row], flow.end[body]
    if after >= end and flow.tag(body) == "thead" and end < flow.end[flow.parent[body]]:
        after, end = end + 1, flow.end[end]
    for _ in range(3):
        if after >= end:
            return
        yield after
        after = flow.end[after]


def _pair(flow: Flow, role: str, word: str, label: int, start: int, stop: int, node: int) -> Pair | None:
    text = flow.joined(start, stop, _SPELLED).lstrip(":：ㅣ| ")
    if text and role not in (BODY, FILES) and known(text):
        if any(flow.tag(one) in ("input", "textarea") for one in range(node, min(flow.end[node], node + 8))):
            return Pair(role, word, label, start, stop, "", node)
        cell = next((one for one in flow.ancestors(flow.owner[label], 4) if flow.tag(one) in ("th", "td")), None)
        below = under(flow, cell) if cell is not None else None
        if below is None:
            return None
        start, stop, node = flow.first[below], flow.last[below], below
        text = flow.joined(start, stop, _SPELLED)
    return Pair(role, word, label, start, stop, text, node)


def _marked(flow: Flow, start: int, stop: int) -> Iterator[Pair]:
    """Yield the pairs of a paragraph whose labels have an inline element each: <i>등록일</i>2026-07-14."""
    places: list[tuple[int, int, tuple[str, str]]] = []
    for piece in range(start, min(stop, start + 60)):
        owner = flow.owner[piece]
        if places and piece < places[-1][1]:
            continue
        if flow.first[owner] == piece and flow.last[owner] < stop + (piece > start) and flow.last[owner] <= piece + 3:
            label = known(flow.joined(piece, flow.last[owner], 60))
            if label:
                places.append((piece, flow.last[owner], label))
    for order, (piece, after, label) in enumerate(places):
        until = places[order + 1][0] if order + 1 < len(places) else stop
        if after < until:
            pair = _pair(flow, *label, piece, after, until, flow.holder(start, stop))
            if pair:
                yield pair


def _spelled(flow: Flow, start: int, stop: int) -> Iterator[Pair]:
    """Yield the pairs that a paragraph spells out: "작성자 : 가나다 ㅣ 조회수 : 426"."""
    text = _edged(flow, start, stop)
    if len(text) >= _SPELLED or not _SPELLS.search(text) or _BULLET.match(text):
        return
    marks = [(match, label) for match in _INLINE.finditer(text) if (label := _known_end(match[1]))]
    if not marks or marks[0][0].start() > 2:
        return
    if marks[0][1][0] == TITLE:  # a title may hold a colon itself
        marks = [marks[0], *(mark for mark in marks[1:] if mark[1][0] in (POSTED, WRITER, DEPARTMENT))]
    node = flow.holder(start, stop)
    for place, (match, (role, word)) in enumerate(marks):
        until = marks[place + 1][0].start() if place + 1 < len(marks) else len(text)
        yield Pair(role, word, start, start, stop, _EDGE.sub("", text[match.end() : until]).strip(" |ㅣ│·/"), node)


def _edged(flow: Flow, start: int, stop: int) -> str:
    """A paragraph's text with a mark wherever an element begins or ends."""
    if stop - start == 1:
        return flow.text[start].strip()[:_SPELLED]
    parts: list[str] = []
    for piece in range(start, min(stop, start + 200)):
        if parts and flow.owner[piece] != flow.owner[piece - 1]:
            parts.append("\x1f")
        parts.append(flow.text[piece])
    return "".join(parts).strip()[:_SPELLED]


def _known_end(said: str) -> tuple[str, str] | None:
    """Know a label by all of its words or by the last: "가나다 조회수", where only a blank parts value and label."""
    return known(said) or (known(said.rsplit(" ", 1)[-1]) if " " in said else None)
