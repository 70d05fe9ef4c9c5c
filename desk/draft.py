"""Word an announcement for the blog: facts, the original's title and source, what changed, and nothing invented."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date, timedelta, timezone

from desk.centre import Desk, heading, is_own
from notices import gate, wording
from notices.korean import one_line
from notices.links import web_link
from notices.model import EventKind
from notices.personal import mask
from notices.store.views import Announcement, Event, Pick

KST = timezone(timedelta(hours=9))
RULE = "자세한 내용과 자격은 공고문이 기준입니다."
TITLE = 150
LONGEST = 30_000  # characters of a carried text
CORRECTIONS = 10


@dataclass(frozen=True, slots=True)
class Line:
    """A line of text; `label` stands before it, `link` is where it leads."""

    text: str
    label: str = ""
    link: str | None = None


@dataclass(frozen=True, slots=True)
class Section:
    """A part of a post: a heading, its lines as a list or as paragraphs, or the rows of a table."""

    heading: str = ""
    lines: tuple[Line, ...] = ()
    rows: tuple[tuple[str, ...], ...] = ()
    listed: bool = True


@dataclass(frozen=True, slots=True)
class Draft:
    """A post as it is to be: plain text throughout, cleaned and masked, to be escaped by whoever writes it down."""

    slug: str
    title: str
    heading: str
    excerpt: str
    sections: tuple[Section, ...]
    uid: str
    source_url: str | None
    source_org: str
    licence: str
    edition: int
    posted: date
    updated: date
    tags: tuple[str, ...]


def slug(uid: str) -> str:
    """Return a post's name for its whole life: "notice-lh-rental-2015122300020676", ASCII, another for each uid."""
    source, _, key = uid.partition(":")
    if not re.fullmatch(r"[a-z0-9-]{1,60}", source) or not re.fullmatch(r"[a-z0-9]{1,60}", key):
        key = hashlib.sha256(uid.encode("utf-8", "replace")).hexdigest()[:16]
        source = re.sub(r"[^a-z0-9]+", "-", source.lower())[:40].strip("-") or "x"
        return f"notice-{source}-x{key}"
    return f"notice-{source}-{key}"


def compose(
    desk: Desk, announcement: Announcement, events: Iterable[Event], today: date, pick: Pick | None = None
) -> Draft:
    """Draft the post of an announcement; `events` is all that was told of it, oldest first.

    `pick` may hold the centre's own title and summary. `today` is when the source was looked at.
    """
    licence = gate.licence(announcement)
    corrections = [e for e in events if e.kind is EventKind.REVISION]
    title = words(pick.title if pick and pick.title else announcement.title, TITLE) or "제목 없음"
    answers = facts(announcement)
    if announcement.cancelled:
        title = title if title.startswith("[취소]") else f"[취소] {title}"
    return Draft(
        slug(announcement.uid),
        title,
        heading(desk, announcement),
        words(pick.summary if pick and pick.summary else " / ".join(f"{a.label}: {a.text}" for a in answers[:3]), 300),
        tuple(_sections(desk, announcement, corrections, answers, licence, today, pick)),
        announcement.uid,
        web_link(announcement.url),
        words(announcement.publisher, 100),
        licence,
        len(corrections) + 1,
        announcement.posted or announcement.first_seen.astimezone(KST).date(),
        announcement.updated.astimezone(KST).date(),
        tuple(words(t, 40) for t in dict.fromkeys((*announcement.supply, *announcement.audience))),
    )


def words(text: str, most: int) -> str:
    """Return text on one line, cleaned, private numbers masked, at most so long."""
    text = mask(one_line(text[: most * 4]))
    return text if len(text) <= most else text[: most - 1].rstrip() + "…"


def facts(told: Announcement) -> tuple[Line, ...]:
    """Return what, who, until when, where: only what was read, "원문 확인" for the rest."""
    address = _said(told, "address")
    places = ", ".join(region.name for region in told.regions if not address.startswith(region.name))
    return (
        Line(_join(", ".join(told.supply), _said(told, "homes"), told.kind) or wording.ASK, "무엇을"),
        Line(words(", ".join(told.audience), 200) or wording.ASK, "누가"),
        Line(until(told), "언제"),
        Line(_join(words(places, 200), address, _said(told, "apply")) or wording.ASK, "어디서"),
    )


def until(told: Announcement) -> str:
    """Return the time of application in words; what is called off says so first."""
    opens, closes = _said(told, "opens"), _said(told, "closes")
    start, end = (f.value if (f := told.facts.get(name)) else None for name in ("opens", "closes"))
    if wording.always_open(start, end, told.posted):
        when = f"상시 모집 ({closes}까지)"
    elif opens and closes:
        when = closes if opens == closes else f"{opens}부터 {closes}까지"
    else:
        when = f"{closes}까지" if closes else f"{opens}부터, 마감은 {wording.ASK}" if opens else wording.ASK
    return f"취소되었습니다. ({when})" if told.cancelled else when


def _said(told: Announcement, name: str) -> str:
    fact = told.facts.get(name)
    return words(wording.say(name, fact.value), 200) if fact else ""


def _join(*parts: str) -> str:
    return " · ".join(part for part in parts if part)


def _sections(
    desk: Desk,
    told: Announcement,
    corrections: Sequence[Event],
    answers: tuple[Line, ...],
    licence: str,
    today: date,
    pick: Pick | None,
) -> Iterator[Section]:
    if told.cancelled:
        yield Section(lines=(Line("이 공고는 취소되었습니다."),), listed=False)
    if pick and pick.summary:
        yield Section(lines=(Line(words(pick.summary, 1000)),), listed=False)
    yield Section("한눈에 보기", answers)
    if corrections:
        yield Section("정정된 내용", tuple(_change(event) for event in corrections[-CORRECTIONS:]))
    text = gate.carried(told, licence)
    if text.body:
        yield from _carried(text.body)
    yield Section("원문", tuple(_source(desk, told, today)))
    yield Section("문의", (Line(_said(told, "contact") or f"{wording.ASK} (공고문에 적힌 곳)", "전화"),))
    yield Section(lines=tuple(_foot(desk, told, text.attribution)), listed=False)


def _change(event: Event) -> Line:
    at = event.posted or event.at.astimezone(KST).date()
    return Line(words(wording.changes(event.changes), 400), f"{at:%Y.%m.%d} 정정", web_link(event.url))


def _carried(body: str) -> Iterator[Section]:
    """The text as paragraphs and tables in their order."""
    if len(body) > LONGEST:
        body = body[:LONGEST].rstrip() + "…\n이어지는 글은 원문에 있습니다."
    name, lines, rows = "공고 내용", list[Line](), list[tuple[str, ...]]()
    for row in body.split("\n"):
        cells = tuple(one_line(cell) for cell in row.split("\t"))
        if not any(cells):
            continue
        if (len(cells) > 1) != bool(rows) and (lines or rows):
            yield Section(name, tuple(lines), tuple(rows), listed=False)
            name, lines, rows = "", [], []
        if len(cells) > 1:
            rows.append(cells)
        else:
            lines.append(Line(cells[0]))
    yield Section(name, tuple(lines), tuple(rows), listed=False)


def _source(desk: Desk, told: Announcement, today: date) -> Iterator[Line]:
    link = web_link(told.url)
    yield Line(words(told.title, 300) or "제목 없음", "제목", link)
    yield Line(f"{words(told.publisher, 100) or wording.ASK}{f' {wording.OURS}' if is_own(desk, told) else ''}", "기관")
    yield Line(f"{told.posted:%Y.%m.%d}" if told.posted else wording.ASK, "게시일")
    yield Line(f"{today:%Y.%m.%d}", "확인한 날")


def _foot(desk: Desk, told: Announcement, attribution: str | None) -> Iterator[Line]:
    yield Line(RULE)
    link = web_link(told.url)
    source = f"출처: {words(told.publisher, 100) or '원문'}" + (f", {link}" if link else "")
    yield Line(mask(one_line(attribution or source)), link=link)
    if feedback := web_link(desk.feedback_url):
        yield Line("틀린 내용이나 의견을 알려 주십시오.", link=feedback)
