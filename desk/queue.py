"""Rank what a centre might pass on today, and say in words why each stands where it stands."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta

from desk.blog.publish import MADE
from desk.centre import Desk, heading, is_own, reach
from notices.model import EventKind
from notices.store import Store
from notices.store.views import Announcement, Pick, Post, Selection
from notices.wording import changes, moment

OUTDATED = "블로그 수정 필요"
WAITING = "붙여 넣을 글이 준비됨"
RECENT = timedelta(days=21)
FRESH = timedelta(days=2)
MOST = 3_000
_PLACES = {"own": (40, "관내"), "province": (15, "시·도 전체 대상"), "country": (10, "전국 대상")}
_KINDS = {"모집": 20, "지원사업": 10, "교육행사": 10, "발표": -30, "접수현황": -30, "채용": -30, "계약입주": -20}
_STATES = {"picked": (500, "골라 둠"), "later": (-200, "나중에")}


@dataclass(frozen=True, slots=True)
class Item:
    """One line of the queue: an announcement, how high it stands, and why; `state` is what was decided or posted."""

    announcement: Announcement
    rank: int
    reasons: tuple[str, ...]
    state: str  # "", "picked", "later", "posted", "outdated"
    heading: str


Reason = tuple[int, str]


def queue(store: Store, desk: Desk, now: datetime, limit: int = 20) -> list[Item]:
    """Return the queue of a centre, the most pressing first; what is hidden, posted or over is left out."""
    picks = store.curation.picks(desk.name)
    posts = {p.announcement_id: p for p in store.curation.posts(desk.name) if p.state in MADE}
    stale = {n for n, post in posts.items() if post.outdated}
    items = []
    for announcement in _candidates(store, desk, now, {*picks, *(n for n in stale if n is not None)}):
        pick, post = picks.get(announcement.id), posts.get(announcement.id)
        if announcement.id not in stale and (_settled(pick, post) or _over(announcement, now, pick)):
            continue
        why = list(_reasons(store, desk, announcement, now, pick, outdated=announcement.id in stale))
        if post and post.state in ("written", "rewritten") and not post.outdated:
            why.append((300, WAITING))
        state = "outdated" if announcement.id in stale else pick.state if pick else ""
        rank = sum(points for points, _ in why)
        why.sort(key=lambda reason: -abs(reason[0]))
        items.append(Item(announcement, rank, tuple(w for _, w in why if w), state, heading(desk, announcement)))
    return sorted(items, key=_order)[:limit]


def _order(item: Item) -> tuple[object, ...]:
    closes = item.announcement.facts.get("closes")
    return (-item.rank, str(closes.value) if closes else "9999", -item.announcement.id)


def _candidates(store: Store, desk: Desk, now: datetime, also: set[int]) -> Iterator[Announcement]:
    """What is recent or closes within a week, in the centre's regions or its own; and what was decided on."""
    mine = Selection(regions=desk.regions, beside=(desk.source,), since=now - RECENT)
    soon = Selection(regions=desk.regions, closes_from=now.date(), closes_to=now.date() + timedelta(days=7))
    found = store.announcements.select(mine, MOST) + store.announcements.select(soon, MOST, "closes")
    return iter({a.id: a for a in (*found, *store.announcements.among(also).values())}.values())


def _settled(pick: Pick | None, post: Post | None) -> bool:
    return (pick is not None and pick.state == "hidden") or (post is not None and post.state == "posted")


def _over(announcement: Announcement, now: datetime, pick: Pick | None) -> bool:
    """Whether it is too late, or called off before anything was posted."""
    closes = announcement.facts.get("closes")
    at = moment(closes.value) if closes else None
    past = at is not None and at[0] < now.date()
    return (past or announcement.cancelled) and (pick is None or pick.state != "picked")


def _reasons(
    store: Store, desk: Desk, told: Announcement, now: datetime, pick: Pick | None, *, outdated: bool
) -> Iterator[Reason]:
    if outdated:
        yield 1000, f"{OUTDATED}: {_changed(store, told)}"
    if pick and pick.state in _STATES:
        yield _STATES[pick.state]
    if is_own(desk, told):
        yield 60, "우리 센터 소식"
    else:
        yield _PLACES.get(reach(desk.regions, told.regions), (0, ""))
    yield from _wanted(desk, told)
    yield from _deadline(told, now)
    yield from _news(told, now)


def _changed(store: Store, told: Announcement) -> str:
    if told.cancelled:
        return "취소됨"
    revisions = [event for event in store.events.of(told.id) if event.kind is EventKind.REVISION]
    return changes(revisions[-1].changes) if revisions else "원문에서 빠진 것이 있음"


def _wanted(desk: Desk, told: Announcement) -> Iterator[Reason]:
    points = _KINDS.get(told.kind, 0)
    yield points, f"{told.kind}라 제목과 링크만" if told.kind == "발표" else told.kind
    audience = [term for term in told.audience if term in desk.audience]
    if audience:
        yield 20, f"대상: {', '.join(audience)}"
    supply = [term for term in told.supply if term in desk.supply]
    if supply:
        yield 15, f"유형: {', '.join(supply)}"
    said = [word for word in desk.words if word in told.title]
    if said:
        yield 15, f"낱말: {', '.join(said)}"


def _deadline(told: Announcement, now: datetime) -> Iterator[Reason]:
    closes = told.facts.get("closes")
    at = moment(closes.value) if closes else None
    left = (at[0] - now.date()).days if at else None
    if left is None or not 0 <= left <= 7:
        return
    yield (
        (10 if left == 0 else 25 if left == 1 else 20 if left <= 3 else 12),
        ("오늘 마감" if left == 0 else "내일 마감" if left == 1 else f"마감 {left}일 전"),
    )


def _news(told: Announcement, now: datetime) -> Iterator[Reason]:
    if now - told.first_seen <= FRESH:
        yield 15, "새로 나옴"
    elif told.corrected and now - told.updated <= FRESH:
        yield 15, "정정됨"
    if told.cancelled:
        yield -50, "취소됨"
