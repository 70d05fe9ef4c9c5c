"""Read a post's own page: title, date, department, text and files, or what the page is instead of a post."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from datetime import date, timedelta

from cssselect import SelectorError
from lxml import etree

from notices.dates import find_dates
from spiders.pages import labels
from spiders.pages.body import Place, body_place
from spiders.pages.detail_state import Gathered, no_post, pictures
from spiders.pages.document import Document
from spiders.pages.files import File, attachments, find_files
from spiders.pages.flow import Flow, Mark
from spiders.pages.head import (
    bare_day,
    bare_department,
    day_above,
    department,
    fields,
    head_rows,
    labelled_below,
    mark_head,
    posted,
)
from spiders.pages.headline import Headline, headline
from spiders.pages.hints import Hints
from spiders.pages.labels import Pair
from spiders.pages.marks import mark_around
from spiders.pages.metadata import Metadata, metadata
from spiders.pages.plain import LIMIT, paragraphs, plain, visible
from spiders.pages.records import Detail, State
from spiders.pages.scripts import Script


def detail(document: Document, *, today: date | None = None, hints: Hints | None = None) -> Detail:
    """Return what a post's page says. `today` (KST) dates times of day and refuses posting dates of the future."""
    if document.kind != "html":
        return Detail(State.UNREADABLE, why=f"글 페이지가 HTML이 아니라 {document.kind.upper()}임")
    if not document.text.strip():
        return Detail(State.UNREADABLE, why="빈 페이지")
    return _Reading(document, today, hints or Hints()).result()


@dataclass
class _Reading:
    """One page while it is read: each step marks what it took, and the body is what remains."""

    document: Document
    today: date | None
    hints: Hints
    doubts: list[str] = field(default_factory=list)
    notes: list[str] = field(default_factory=list)
    office: str | None = None

    def __post_init__(self) -> None:
        self.flow = Flow(self.document.tree)
        self.head: Metadata = metadata(self.document.tree)
        self.pairs: list[Pair] = labels.pairs(self.flow)

    def result(self) -> Detail:
        cores = [pair.label_at for pair in self.pairs if pair.text and pair.role in _CORES]
        mark_around(self.flow, cores)
        files = self._files()
        title = self._title()
        rows = head_rows(self.flow, self.pairs, title.start if title else 0)
        mark_head(self.flow, rows, self.pairs)
        day = self._posted(rows, title)
        place = self._place(title, rows)
        body = self._body(place)
        why = no_post(self.document, self.flow, Gathered(title, self.pairs, rows, day, body, files))
        if why:
            return Detail(why[0], why=why[1], notes=tuple(self.notes))
        self._tell_gaps(title, body, files)
        return Detail(
            State.OK,
            title=visible(title.text) if title else None,
            posted=day,
            department=department(rows) or self.office,
            body=body,
            attachments=attachments(files),
            fields=fields(rows),
            doubts=tuple(dict.fromkeys([*self.document.doubts, *self.doubts])),
            notes=tuple(self.notes),
        )

    def _title(self) -> Headline | None:
        chosen = self._chosen(self.hints.title)
        flow = self.flow
        if chosen is not None and flow.said(chosen):
            title = Headline(flow.said(chosen, 400), flow.first[chosen], flow.last[chosen], "제목: 출처 설정")
        else:
            found = headline(flow, self.pairs, self.head)
            if found is None:
                return None
            title = found
        self.notes.append(title.sign)
        self.doubts += title.doubts
        flow.set_range(title.start, title.stop, Mark.TITLE)
        return title

    def _files(self) -> list[File]:
        files = find_files(self.flow, self.pairs, Script(self.document.tree, self.document.url))
        inside = self._chosen(self.hints.files)
        if inside is not None:
            files = [file for file in files if file.node < 0 or self.flow.within(file.node, inside)]
        return files

    def _posted(self, rows: list[Pair], title: Headline | None) -> date | None:
        chosen = self._chosen(self.hints.date)
        if chosen is not None and (dates := find_dates(self.flow.said(chosen), self.today)):
            self.notes.append("등록일: 출처 설정")
            return dates[0].day
        day, doubts = posted(rows, self.today)
        if day is None and title:
            day = self._bare(title)
        if day is None and (below := labelled_below(self.pairs, self.flow, self.today)):
            day = below
            doubts = (*doubts, "등록일을 글 아래에서 읽음")
        if day is None and self.head.published:
            dates = find_dates(self.head.published, self.today)
            day = dates[0].day if dates else None
            if day:
                self.notes.append("등록일: 페이지 머리의 발행 시각")
        self.doubts += doubts
        return day

    def _bare(self, title: Headline) -> date | None:
        found = bare_day(self.flow, title.stop, self.today)
        above = None if found else day_above(self.flow, title.start, self.today)
        if above and (self.today is None or above[0] <= self.today + timedelta(days=1)):
            found = (*above, True)
        if not found:
            return None
        day, start, stop, sure = found
        if self.today and day > self.today + timedelta(days=1):
            return None
        self.flow.set_range(start, stop, Mark.HEAD)
        self.office = bare_department(self.flow, start, stop)
        if not sure:
            self.doubts.append("등록일을 이름 없는 자리에서 읽음")
        self.notes.append("등록일: 제목 곁의 날짜")
        return day

    def _place(self, title: Headline | None, rows: list[Pair]) -> Place | None:
        chosen = self._chosen(self.hints.body)
        if chosen is not None:
            pieces = [
                p for p in range(self.flow.first[chosen], self.flow.last[chosen]) if self.flow.mark[p] == Mark.TEXT
            ]
            return Place(pieces, chosen, "본문: 출처 설정")
        return body_place(self.flow, self.pairs, title.stop if title else 0)

    def _body(self, place: Place | None) -> str:
        text = plain(self.flow, place.pieces, place.root) if place else ""
        richer = any(len(source) >= 80 for source in (self.head.article, self.head.description))
        if place and text and (len(text) >= 20 or not richer):
            self.notes.append(place.sign)
            return paragraphs(text) if self._is_field(place) else text
        if not text and (kept := self._kept_field()):
            self.notes.append("본문: 스크립트가 옮기는 textarea")
            return paragraphs(kept)
        for source, name in ((self.head.article, "JSON-LD"), (self.head.description, "og:description")):
            if len(source) >= 80:
                self.doubts.append(f"본문을 {name}에서 읽음: 잘렸을 수 있음")
                return paragraphs(source)
        return ""

    def _kept_field(self) -> str:
        """The markup of the text in a hidden textarea that the page's script names, to show it elsewhere."""
        code = "\n".join((script.text or "")[:100_000] for script in list(self.document.tree.iter("script"))[:40])
        for area in list(self.document.tree.iter("textarea"))[:20]:
            name, said = area.get("id") or area.get("name") or "", area.text or ""
            marked = len(said) >= 20 and said.lstrip().startswith("<") and len(name) > 1
            if marked and re.search(rf"""['"#]{re.escape(name)}['"]""", code):
                return said
        return ""

    def _is_field(self, place: Place) -> bool:
        """Whether the text stands in a textarea, where markup is text."""
        return all(self.flow.tag(self.flow.owner[piece]) == "textarea" for piece in place.pieces)

    def _chosen(self, selector: str | None) -> int | None:
        """The first element that a selector of the source's settings names; None where it finds nothing."""
        if not selector:
            return None
        try:
            hits = self.document.tree.cssselect(selector)
        except (etree.LxmlError, SelectorError):
            hits = []
        return next((self.flow.nodes.index(hit) for hit in hits if hit in self.flow.nodes), None)

    def _tell_gaps(self, title: Headline | None, body: str, files: list[File]) -> None:
        if self.flow.cut:
            self.doubts.append("태그가 10만 개를 넘어 뒷부분을 읽지 않음")
        if len(body) >= 0.99 * LIMIT:
            self.doubts.append("본문이 100만 자를 넘어 뒷부분을 자름")
        if title is None:
            self.doubts.append("제목을 찾지 못함")
        if len(body) < 40:
            self._tell_thin(title, body, files)

    def _tell_thin(self, title: Headline | None, body: str, files: list[File]) -> None:
        if pictures(self.flow, title.stop if title else 0):
            self.doubts.append(
                "본문이 그림뿐이라 글자로 읽지 못함"
                if not body
                else "본문이 짧고 그림이 있음: 내용이 그림에 있을 수 있음"
            )
        elif files and not body:
            self.doubts.append("본문 없이 첨부파일만 있음")
        elif not body:
            self.doubts.append("본문이 비어 있음")


_CORES = (labels.TITLE, labels.POSTED, labels.WRITER)
