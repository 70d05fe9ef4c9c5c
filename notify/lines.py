"""Say one announcement on one line: [지역] 유형 제목 — 마감, with its link; and one failing source in words."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import date, datetime, time, timedelta

from notices.korean import one_line
from notices.links import web_link
from notices.model import NOTHING, Region, RunState
from notices.personal import mask
from notices.store.views import STALE, Announcement, Event, RunView
from notices.wording import ASK, OURS, changes, moment
from notify.workdays import seoul

OUTDATED = "블로그 수정 필요"
"""What is said of a correction of something that the centre has posted."""

TITLE = 120
ALWAYS = 365
"""A deadline more than a year away means that applications are taken at any time."""

REMINDED = (3, 7, 14, 28)
"""How many days after a trouble was named it is named again; then every so many as at last."""

LASTING = timedelta(days=3)
"""How long a source must read well before another failure is another trouble."""

ROW_OF_FAILURES = timedelta(days=60)
"""How far back a row of failures is looked at."""

AGAIN = "다시 읽힙니다"
"""What is said of a trouble that is over."""

_PASSING = frozenset({"timeout", "network", "dns", "refused", "silent", "stopped", "aborted"})
_METROPOLITAN = re.compile(r"(통합)?특별시|광역시$")
_CALL = re.compile(r"@(everyone|here|channel|all)\b", re.IGNORECASE)
_WEEKDAYS = "월화수목금토일"
_REASONS = {
    "http_error": "사이트가 오류로 답합니다",
    "empty": "목록이 비어 있습니다. 사이트가 바뀐 듯합니다",
    "shell": "목록이 빈 껍데기로 옵니다. 사이트가 바뀐 듯합니다",
    "guard": "로그인·차단·오류 화면이 대신 옵니다",
    "unreadable": "쪽을 읽을 수 없습니다. 사이트가 바뀐 듯합니다",
    "timeout": "사이트가 제때 답하지 않습니다",
    "robots": "사이트가 읽지 말라고 합니다(robots.txt)",
}


@dataclass(frozen=True, slots=True)
class Line:
    """One announcement as it is told: every part cleaned, on one line, never longer than a phone can bear."""

    where: str
    what: str
    title: str
    when: str
    note: str = ""  # what a correction changed, or when it was posted
    link: str | None = None

    def __str__(self) -> str:
        head = " ".join(part for part in (f"[{self.where}]", self.what, self.title) if part)
        return f"{head} — {self.tail}" if self.tail else head

    @property
    def tail(self) -> str:
        """What stands after the dash: the deadline and the note."""
        return " · ".join(part for part in (self.note, self.when) if part)


@dataclass(frozen=True, slots=True)
class Trouble:
    """A source that could not be heard, in words: since when, what, how often it was tried."""

    source: str
    title: str
    sentence: str
    link: str | None = None  # the page to look at
    healed: bool = False  # it is over

    def __str__(self) -> str:
        return f"{self.title}: {self.sentence}"


def plain(text: str, most: int = TITLE) -> str:
    """Return foreign text fit for a message: one line, no private number, nobody called by @, at most so long."""
    text = _CALL.sub(r"@ \1", mask(one_line(text[: most * 4])))
    return text if len(text) <= most else text[: most - 1].rstrip() + "…"


def line(announcement: Announcement, today: date, note: str = "", url: str | None = None) -> Line:
    """Return an announcement's line as of a day."""
    return Line(
        where(announcement.regions),
        _what(announcement),
        plain(announcement.title) or "(제목 없음)",
        deadline(announcement, today),
        note,
        web_link(url or announcement.url),
    )


def _what(announcement: Announcement) -> str:
    what = "·".join(announcement.supply[:2]) or (announcement.kind if announcement.kind != "모집" else "")
    return f"{OURS} {what}".strip() if announcement.own else what


def told(event: Event, today: date) -> Line:
    """Return an event's line: a correction says what changed, a follow-up speaks for itself, an old post says its day."""
    if event.changes or event.kind == "revision":
        return line(event.announcement, today, plain(changes(event.changes), 160), event.url)
    posted = event.posted
    late = posted is not None and (seoul(event.at).date() - posted).days > 1
    url = None if event.kind == "new" and not event.announcement.corrected else event.url
    said = line(event.announcement, today, f"{short(posted, today)} 게시" if late and posted else "", url)
    if event.kind == "follow_up":  # what is told is the result, not the call with its deadline
        return replace(said, title=plain(event.title) or said.title, when="")
    return said


def where(regions: tuple[Region, ...]) -> str:
    """Return the place in short: "파주시", "서울 강서구", "파주시 외 2", "전국"."""
    if not regions:
        return "전국"
    first, *rest = plain(regions[0].name, 40).split(" ") or [""]
    city = _METROPOLITAN.sub("", first) if _METROPOLITAN.search(first) else ""
    name = " ".join(part for part in (city, *rest) if part) or first
    return name if len(regions) == 1 else f"{name} 외 {len(regions) - 1}"


def short(day: date, today: date) -> str:
    """Return "11.28(금)", with the year where it is another."""
    year = "" if day.year == today.year else f"{day.year}."
    return f"{year}{day.month}.{day.day}({_WEEKDAYS[day.weekday()]})"


def day_of(announcement: Announcement, name: str) -> date | None:
    """Return the day of a dated fact ("closes", "opens"), None where it was not read."""
    fact = announcement.facts.get(name)
    at = moment(fact.value) if fact else None
    return at[0] if at else None


def deadline(announcement: Announcement, today: date) -> str:
    """Return until when, as people say it: "오늘 17시 마감", "상시 모집", "접수 전(12.1부터)", "마감: 원문 확인"."""
    if announcement.cancelled:
        return "취소됨"
    fact = announcement.facts.get("closes")
    closes = moment(fact.value) if fact else None
    if closes is None:
        return f"마감: {ASK}" if announcement.section == "임대주택공고" and announcement.kind == "모집" else ""
    day, clock = closes
    left = (day - today).days
    opens = day_of(announcement, "opens")
    if left < 0:
        return "마감"
    if left > ALWAYS:
        return "상시 모집"
    if opens is not None and opens > today:
        return f"접수 전({short(opens, today)}{' 하루' if day == opens else f'부터 {short(day, today)}까지'})"
    return f"{_count(left, day, today)}{_hour(clock)} 마감"


def _count(left: int, day: date, today: date) -> str:
    return ("오늘", "내일")[left] if left < 2 else short(day, today)


def _hour(clock: time | None) -> str:
    if clock is None:
        return ""
    if clock == time(23, 59):
        return " 24시"
    return f" {clock.hour}시 {clock.minute}분" if clock.minute else f" {clock.hour}시"


def troubles(
    runs: Iterable[RunView], now: datetime, pages: Mapping[str, str] = NOTHING, since: datetime | None = None
) -> tuple[Trouble, ...]:
    """Return the sources whose latest run failed or lies days back, by title, with the length of the row of failures.

    `pages` are the addresses of the sources' own lists. With `since`, when the reader was last told: a trouble is named
    once, then ever more rarely, and once more when it is over.
    """
    by_source: dict[str, list[RunView]] = {}
    for run in sorted(runs, key=lambda r: (r.started, r.id)):
        if run.state != RunState.RUNNING:
            by_source.setdefault(run.source, []).append(run)
    said = ((history[-1], _trouble(history, now, since)) for history in by_source.values())
    found = [
        Trouble(
            last.source,
            plain(last.source_title or last.source, 60),
            sentence,
            None if sentence == AGAIN else web_link(pages.get(last.source)),
            healed=sentence == AGAIN,
        )
        for last, sentence in said
        if sentence
    ]
    return tuple(sorted(found, key=lambda t: (t.title, t.source)))


def _trouble(history: list[RunView], now: datetime, since: datetime | None) -> str | None:
    failed = _row_of_failures(history)
    if failed and history[-1].state != RunState.DONE:
        due = since is None or _due(_named(failed), since, now)
        return _sentence(failed[0], failed[-1], len(failed), now) if due else None
    if failed and since is not None and _is_healed(history, failed, since, now):
        return AGAIN
    if now - history[-1].started > STALE:
        day = seoul(history[-1].started)
        return f"{day.month}월 {day.day}일 뒤로 수집이 돌지 않았습니다. 집알림이 켜져 있는지 보십시오"
    return None


def _row_of_failures(history: list[RunView]) -> list[RunView]:
    """Return the failures of the last trouble, newest first: a list that was well for less than LASTING had no other."""
    failed: list[RunView] = []
    well: RunView | None = None  # the earliest whole reading since the failure before
    for run in reversed(history):
        if run.state == RunState.DONE:
            well = run
        elif failed and well and failed[-1].started - well.started >= LASTING:
            break
        else:
            failed.append(run)
            well = None
    return failed


def _named(failed: list[RunView]) -> datetime | None:
    """Return when a row of failures became worth naming: a passing reason only when it came twice."""
    row = failed[::-1] if failed[-1].reason not in _PASSING else failed[::-1][1:]
    return row[0].started if row else None


def _due(named: datetime | None, since: datetime, now: datetime) -> bool:
    if named is None:
        return False
    if now - named > ROW_OF_FAILURES - timedelta(days=7):  # the beginning is out of sight
        return seoul(now).toordinal() // REMINDED[-1] > seoul(since).toordinal() // REMINDED[-1]
    return named > since or _reminders(named, now) > _reminders(named, since)


def _reminders(named: datetime, at: datetime) -> int:
    """How often a trouble was to be named again by a time."""
    days = (at - named).days
    return sum(day <= days for day in REMINDED) + max(0, days // REMINDED[-1] - 1)


def _is_healed(history: list[RunView], failed: list[RunView], since: datetime, now: datetime) -> bool:
    """Whether it is now to be said that a source reads again: at once, but where it came and went when it lasts."""
    named = _named(failed)
    if named is None or named > since:
        return False
    began = next(run.started for run in history if run.started > failed[0].started)
    came_and_went = any(
        run.state == RunState.DONE for run in history if failed[-1].started < run.started < failed[0].started
    )
    at = began + LASTING if came_and_went else began
    return since < at <= now


def _sentence(last: RunView, first: RunView, times: int, now: datetime) -> str:
    default = "일부만 읽었습니다" if last.state == RunState.PARTIAL else "읽지 못했습니다"
    reason = plain(last.sentence or "", 160) or _REASONS.get(last.reason or "", last.reason or default)
    since = _since(seoul(first.started).date(), seoul(now).date())
    return f"{since}부터 {reason.rstrip('.')} ({times}번 확인)"


def _since(day: date, today: date) -> str:
    left = (today - day).days
    return {0: "오늘", 1: "어제"}.get(left) or f"{day.month}월 {day.day}일"
