"""Turn one event into one entry: the same words for RSS, Atom and JSON Feed, safe to write as they stand."""

from __future__ import annotations

import mimetypes
import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from urllib.parse import quote, urlsplit

from feeds.render import template
from notices import gate, wording
from notices.korean import is_clean_rows, one_line
from notices.links import web_link
from notices.model import Attachment, EventKind, Value
from notices.store.views import Announcement, Event, Seen

RULE = "공고문이 기준입니다."
_TITLE = 300  # characters; a title of megabytes is cut, its link leads on
_BODY = 30_000
_CORRECTIONS = 5  # the latest ones; each has an entry of its own as well
_TAG = "tag:jiballim,2026:"
_BADGE = re.compile(r"^\s*[\[(<【〔「]?\s*(?:정정|수정|변경)\s*(?:공고|게시)?\s*[\])>】〕」]\s*")
_MARKS = {EventKind.NEW: "", EventKind.REVISION: "[정정] ", EventKind.FOLLOW_UP: "[후속] "}
_TYPES = {
    ".hwp": "application/x-hwp",
    ".hwpx": "application/hwp+zip",
    ".pdf": "application/pdf",
    ".zip": "application/zip",
    ".xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    ".xls": "application/vnd.ms-excel",
    ".docx": "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
    ".jpg": "image/jpeg",
    ".jpeg": "image/jpeg",
    ".png": "image/png",
}


@dataclass(frozen=True, slots=True)
class Link:
    """An address with the name it is shown under and its media type."""

    url: str
    title: str
    type: str = "text/html"


@dataclass(frozen=True, slots=True)
class Category:
    """A term of one of our vocabularies ("region", "supply", "audience", "section") with its Korean label."""

    scheme: str
    term: str
    label: str


@dataclass(frozen=True, slots=True)
class Entry:
    """What a subscriber gets; `content` is HTML of our own making, all other text is plain, one line, XML-legal."""

    guid: str
    title: str
    url: str | None
    published: datetime
    updated: datetime
    author: str
    summary: str
    content: str
    categories: tuple[Category, ...]
    enclosures: tuple[Link, ...]
    original: Link | None = None


def entry(event: Event, corrections: Sequence[Event] = (), feedback_url: str | None = None) -> Entry:
    """Build the entry of an event; `corrections` are the events that corrected it, which update it."""
    told, answers = event.announcement, facts(event.announcement)
    corrected = sorted((c for c in corrections if c.guid != event.guid), key=lambda c: (c.at, c.id))[-_CORRECTIONS:]
    return Entry(
        guid=uri(event.guid),
        title=title(event),
        url=_link(event),
        published=event.at,
        updated=max([event.at, *(c.at for c in corrected)]),
        author=_author(event),
        summary=" / ".join([*_heads(event, corrected), *(f"{name}: {words}" for name, words in answers)]),
        content=_content(event, answers, corrected, feedback_url),
        categories=categories(told),
        enclosures=enclosures(told) if event.kind is not EventKind.FOLLOW_UP else (),
        original=_original(event),
    )


def _link(event: Event) -> str | None:
    """Where an entry leads: a call to its publisher's own post, whoever was heard first; all else to what was told."""
    told = event.announcement
    first, second = (
        (told.url, event.url) if event.kind is EventKind.NEW and not told.corrected else (event.url, told.url)
    )
    return web_link(first) or web_link(second)


def _author(event: Event) -> str:
    name = line(event.announcement.publisher) or line(event.source) or "집알림"
    return f"{name} {wording.OURS}" if event.announcement.own else name


def uri(guid: str) -> str:
    """Return an event's guid as a URI, as Atom demands: a tag (RFC 4151), ASCII, the same for ever."""
    name = guid.removeprefix(_TAG)
    return _TAG + quote(name, safe="/:;,.~@!$&'()*+=-_#" if name.count("#") < 2 else "/:", errors="replace")


def title(event: Event) -> str:
    """Return the entry's title: corrections and follow-ups say what they are first."""
    words = line(event.title)
    if event.kind is EventKind.REVISION:
        words = _BADGE.sub("", words) or words
    return _MARKS[event.kind] + (words or "제목 없음")


def line(text: str | None) -> str:
    """Return text on one line, cleaned and at most 300 characters long."""
    text = one_line((text or "")[: _TITLE * 20])
    return text if len(text) <= _TITLE else text[: _TITLE - 1].rstrip() + "…"


def facts(told: Announcement) -> tuple[tuple[str, str], ...]:
    """Return the five questions with their answers in words; what was not read is "원문 확인"."""
    return (
        ("무엇", _join(", ".join(map(line, told.supply)), _said(told, "homes"), line(told.kind)) or wording.ASK),
        ("누가", ", ".join(map(line, told.audience)) or wording.ASK),
        ("언제까지", _until(told)),
        (
            "어디에",
            _join(", ".join(line(r.name) for r in told.regions), _said(told, "address"), _said(told, "apply"))
            or wording.ASK,
        ),
        ("얼마", _cost(told)),
    )


def _value(told: Announcement, name: str) -> Value | None:
    fact = told.facts.get(name)
    return None if fact is None else fact.value


def _said(told: Announcement, name: str) -> str:
    value = _value(told, name)
    return "" if value is None else line(wording.say(name, value))


def _join(*parts: str) -> str:
    return " · ".join(part for part in parts if part)


def _until(told: Announcement) -> str:
    opens, closes = _said(told, "opens"), _said(told, "closes")
    if wording.always_open(_value(told, "opens"), _value(told, "closes"), told.posted):
        return _join("취소됨" if told.cancelled else "", f"상시 모집 ({closes}까지)")
    words = f"{opens}부터 {closes}까지" if opens and closes else closes and f"{closes}까지"
    if told.cancelled:
        return _join("취소됨", words)
    return words or (f"{opens}부터 · 마감은 {wording.ASK}" if opens else wording.ASK)


def _cost(told: Announcement) -> str:
    deposit, rent = _said(told, "deposit"), _said(told, "rent")
    return _join(deposit and f"보증금 {deposit}부터", rent and f"월 {rent}부터") or wording.ASK


def _heads(event: Event, corrected: Sequence[Event]) -> list[str]:
    """The lines that stand above the facts: what became of the notice, and what this entry corrects or follows."""
    heads = ["센터가 직접 알리는 소식입니다."] if event.announcement.own else []
    if event.announcement.cancelled:
        heads.append("이 공고는 취소되었습니다.")
    if event.kind is EventKind.REVISION:
        heads.append(f"바뀐 점: {line(wording.changes(event.changes))}")
    heads += [f"정정됨: {line(wording.changes(c.changes))}" for c in corrected]
    return heads


def _original(event: Event) -> Link | None:
    url = web_link(event.original_url)
    return Link(url, line(event.original_title) or url) if url and event.kind is not EventKind.NEW else None


def categories(told: Announcement) -> tuple[Category, ...]:
    """Return the terms by which a reader may sort: region, supply, audience, section."""
    found = [Category("region", line(r.code), line(r.name)) for r in told.regions]
    for scheme, terms in (("supply", told.supply), ("audience", told.audience), ("section", (told.section,))):
        found += [Category(scheme, line(term), line(term)) for term in terms]
    return tuple(dict.fromkeys(c for c in found if c.term))


def enclosures(told: Announcement) -> tuple[Link, ...]:
    """Return the attachments that have a web address, as links alone; each address once."""
    links = {url: Link(url, line(a.name) or url, media_type(a)) for a in told.attachments if (url := web_link(a.url))}
    return tuple(links.values())


def media_type(attachment: Attachment) -> str:
    """Return the media type by the file's name; unknown is application/octet-stream."""
    name = attachment.name.lower() if "." in attachment.name else urlsplit(attachment.url or "").path.lower()
    ending = "." + one_line(name).rpartition(".")[2]
    return _TYPES.get(ending) or mimetypes.types_map.get(ending, "application/octet-stream")


def _content(
    event: Event, answers: Sequence[tuple[str, str]], corrected: Sequence[Event], feedback_url: str | None
) -> str:
    told = event.announcement
    text = gate.carried(told, gate.licence(told)) if event.kind is not EventKind.FOLLOW_UP else gate.NOTHING
    return template("entry.html").render(
        kind=event.kind.value,
        cancelled=told.cancelled,
        changes=[line(wording.change(c)) for c in event.changes],
        ask=wording.ASK,
        original=_original(event),
        original_title=line(event.original_title),
        corrected=[{"words": line(wording.changes(c.changes)), "url": web_link(c.url)} for c in corrected],
        facts=answers,
        seen=_seen(told.seen),
        url=_link(event),
        files=[{"name": line(a.name), "url": web_link(a.url)} for a in told.attachments if a.name],
        blocks=blocks(text.body or ""),
        attribution=text.attribution,
        rule=RULE,
        feedback=web_link(feedback_url),
    )


def _seen(seen: Sequence[Seen]) -> list[dict[str, str | None]]:
    """Where the announcement was seen, each place once."""
    places = {
        (s.source, s.url): {
            "name": line(s.source_title) or line(s.publisher),
            "title": line(s.title),
            "url": web_link(s.url),
        }
        for s in seen
    }
    return list(places.values())


def blocks(body: str) -> list[list[list[str]]]:
    """Return a plain-text body as paragraphs of rows of cells; a row of one cell is a line of text."""
    if len(body) > _BODY:
        body = body[:_BODY].rstrip() + "…\n이어지는 글은 원문에 있습니다."
    rows = [row.split("\t") for row in body.split("\n") if row.strip()]
    if not is_clean_rows(body):
        rows = [[one_line(cell) for cell in row] for row in rows]
    grouped: list[list[list[str]]] = []
    for row in rows:
        table = len(row) > 1
        if table and grouped and len(grouped[-1][-1]) > 1:
            grouped[-1].append(row)
        else:
            grouped.append([row])
    return grouped
