"""Gather what a route is told this morning: failures first, corrections, deadlines, openings, news; counted and bounded."""

from __future__ import annotations

import heapq
from collections.abc import Callable, Iterable, Mapping, Sequence, Set
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta
from functools import partial
from typing import TypeVar

from notices.model import NOTHING, EventKind
from notices.store.views import Announcement, Event, RunView
from notify.lines import OUTDATED, Line, Trouble, day_of, line, told, troubles, where
from notify.routes import Centre, Route, taste, wanted
from notify.workdays import seoul

TOP = 20
"""So many lines stand in a group; the rest is counted and lies behind the link."""

SOON = 7
TROUBLES, CORRECTED, NEW, FOLLOWED, NEWS = "수집 이상", "정정", "새 공고", "발표·후속", "주거복지 소식"
HEALED = "다시 읽히는 곳"
TODAY, TOMORROW, CLOSING, OPENING = "오늘 마감", "내일 마감", "곧 마감", "접수 시작"
ORDER = (CORRECTED, TODAY, TOMORROW, CLOSING, OPENING, NEW, FOLLOWED, NEWS)
_SUBJECT = (NEW, CORRECTED, TODAY, TOMORROW, TROUBLES)
_FOLLOW_KINDS = frozenset({"접수현황", "발표", "계약입주", "취소", "연기변경", "매각", "입찰"})

T = TypeVar("T")
Key = Callable[[T], tuple[object, ...]]


@dataclass(frozen=True, slots=True)
class Group:
    """A heading with its first lines; `total` counts all."""

    name: str
    total: int
    lines: tuple[Line, ...]

    @property
    def rest(self) -> int:
        """How many stand behind the link."""
        return self.total - len(self.lines)


@dataclass(frozen=True, slots=True)
class Digest:
    """One morning of one route, ready to be set as text or HTML; `events` are those it tells, shown or counted."""

    at: datetime
    centre: Centre
    route: Route
    troubles: tuple[Trouble, ...]
    groups: tuple[Group, ...]
    events: tuple[int, ...]
    sources: int  # how many were listened to

    @property
    def empty(self) -> bool:
        """Whether there is nothing to tell."""
        return not self.troubles and not self.groups

    @property
    def sources_told(self) -> tuple[tuple[str, tuple[Trouble, ...]], ...]:
        """The sources that are told of, under their headings: those in trouble, and those whose trouble is over."""
        ill = tuple(trouble for trouble in self.troubles if not trouble.healed)
        well = tuple(trouble for trouble in self.troubles if trouble.healed)
        return tuple((name, several) for name, several in ((TROUBLES, ill), (HEALED, well)) if several)

    @property
    def counts(self) -> tuple[tuple[str, int], ...]:
        """The numbers that stand on top, zeros left out, failures first."""
        sources = ((name, len(several)) for name, several in self.sources_told)
        return (*sources, *((group.name, group.total) for group in self.groups))

    @property
    def subject(self) -> str:
        """The subject line: "[집알림] 11월 24일 아침: 새 공고 3, 정정 1, 오늘 마감 2"."""
        numbers = dict(self.counts)
        named = [f"{name} {numbers[name]:,}" for name in _SUBJECT if name in numbers]
        named = named or [f"{name} {number:,}" for name, number in self.counts[:3]]
        day = seoul(self.at)
        return f"[집알림] {day.month}월 {day.day}일 {_part(day.hour)}: {', '.join(named) or '새 소식 없음'}"


def build(
    centre: Centre,
    route: Route,
    now: datetime,
    events: Iterable[Event],
    announcements: Iterable[Announcement],
    runs: Iterable[RunView] = (),
    since: datetime | None = None,
    pages: Mapping[str, str] = NOTHING,
    posted: Callable[[Announcement], bool] = lambda announcement: False,
) -> Digest:
    """Gather a route's digest.

    `events` are those not yet told to this route; `announcements` those still open, whose dates fall due; `runs` the
    recent runs of the sources it hears, of which the failing are named with their `pages`; `since` is when the last
    digest was made; `posted` tells what stands on the centre's blog, where a correction has to be followed.
    What the route does not want is left out here again.
    """
    today = seoul(now).date()
    runs = tuple(runs)
    mine = wanted(centre, route, events)
    due = filter(taste(centre, route), announcements)
    groups = [*_told(mine, today, posted), *_dated(due, {event.announcement.id for event in mine}, today, since)]
    return Digest(
        now,
        centre,
        route,
        troubles(runs, now, pages, since),
        tuple(sorted(groups, key=lambda group: ORDER.index(group.name))),
        tuple(sorted({event.id for event in mine})),
        len({run.source for run in runs}),
    )


def _part(hour: int) -> str:
    return "아침" if hour < 11 else "낮" if hour < 17 else "저녁"


def group_of(event: Event) -> str:
    """Return the heading an event stands under."""
    if event.kind == EventKind.REVISION:
        return CORRECTED
    announcement = event.announcement
    if event.kind == EventKind.FOLLOW_UP or announcement.kind in _FOLLOW_KINDS:
        return FOLLOWED
    return NEW if announcement.section == "임대주택공고" else NEWS


def _told(events: Sequence[Event], today: date, posted: Callable[[Announcement], bool]) -> Iterable[Group]:
    """Gather what is told, an announcement once: one that was corrected before it was ever told is a correction."""
    corrected = {event.announcement.id for event in events if event.kind == EventKind.REVISION}
    gathered: dict[str, list[Event]] = {}
    for event in events:
        if event.kind != EventKind.NEW or event.announcement.id not in corrected:
            gathered.setdefault(group_of(event), []).append(event)
    for name, several in gathered.items():
        yield _group(name, several, partial(_line, today=today, posted=posted), partial(_by_place, today=today))


def _line(event: Event, today: date, posted: Callable[[Announcement], bool]) -> Line:
    one = told(event, today)
    if event.kind == EventKind.REVISION and posted(event.announcement):
        return replace(one, note=" · ".join(part for part in (OUTDATED, one.note) if part))
    return one


def _dated(due: Iterable[Announcement], told_now: Set[int], today: date, since: datetime | None) -> Iterable[Group]:
    """Gather what falls due; of what is told anyway, only what closes today or tomorrow is said again."""
    yesterday = today - timedelta(days=1)
    opened_after = min(seoul(since).date() if since else yesterday, yesterday)
    gathered: dict[str, list[Announcement]] = {}
    for announcement in due:
        name = _dated_group(announcement, today, opened_after)
        if name and (announcement.id not in told_now or name in (TODAY, TOMORROW)):
            gathered.setdefault(name, []).append(announcement)
    for name, several in gathered.items():
        yield _group(name, several, lambda announcement: line(announcement, today), _by_deadline)


def _dated_group(announcement: Announcement, today: date, opened_after: date) -> str | None:
    if announcement.cancelled:
        return None
    closes, opens = day_of(announcement, "closes"), day_of(announcement, "opens")
    left = (closes - today).days if closes else None
    if left is not None and left < 0:
        return None
    if left is not None and left < 2:
        return (TODAY, TOMORROW)[left]
    if opens is not None and opens > today:
        return None
    if opens is not None and opened_after < opens:
        return OPENING
    return CLOSING if left is not None and left <= SOON else None


def _group(name: str, several: Sequence[T], say: Callable[[T], Line], key: Key[T]) -> Group:
    return Group(name, len(several), tuple(say(one) for one in heapq.nsmallest(TOP, several, key=key)))


def _by_place(event: Event, today: date) -> tuple[object, ...]:
    """By place and deadline; what is over by now, as old posts of a board that is heard for the first time, last."""
    announcement = event.announcement
    closes = day_of(announcement, "closes") or date.max
    return (closes < today, where(announcement.regions), closes, announcement.title, event.id)


def _by_deadline(announcement: Announcement) -> tuple[object, ...]:
    closes = announcement.facts.get("closes")
    return (str(closes.value) if closes else "9999", where(announcement.regions), announcement.title, announcement.id)
