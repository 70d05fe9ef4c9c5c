"""Make the morning's messages: each route's digest, once a business day, intended for all its targets in one commit."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from functools import partial

from notices.store import Store
from notices.store.views import Announcement, Event, RunView, Selection
from notify import render, shapes
from notify.digest import Digest, build
from notify.lines import ROW_OF_FAILURES, Trouble
from notify.routes import EVERYWHERE, Centre, Reposted, Route, is_due, nothing_reposted, regions
from notify.targets import KAKAO, MAIL, SMS, Target, Targets, key
from notify.workdays import after_quiet, seoul

MOST = 50_000
"""So many events and open announcements are looked at; what is older lies behind the link."""

DEAF = Trouble("", "집알림", "읽히는 출처가 하나도 없어 새 소식을 알 수 없습니다. 설치한 분께 살펴봐 달라고 하십시오")
"""What a route is told that no source was ever read for: at first, then every Monday."""

FIRST = timedelta(days=1)
"""How far back the first digest of a route reaches."""


@dataclass(frozen=True, slots=True)
class Made:
    """What came of one route: the digest and how many targets it is intended for; 0 where it was skipped as empty."""

    route: str
    digest: Digest
    targets: int


@dataclass(frozen=True, slots=True)
class Material:
    """What the store knows this morning, read once for all centres."""

    events: tuple[Event, ...]
    open: tuple[Announcement, ...]
    runs: tuple[RunView, ...]
    regions: Mapping[str, str | None]  # of the sources
    pages: Mapping[str, str]
    last: int  # the newest event


def gather(store: Store, now: datetime, after: int | None) -> Material:
    """Read what is new since an event, what is still open, and how the sources fared."""
    since = now - FIRST if after is None else None
    history = store.runs.troubled(now - ROW_OF_FAILURES)
    latest = list({run.id: run for run in (*store.runs.last_of_each(), *history)}.values())
    sources = store.sources.all()
    enabled = {source.name for source in sources if source.enabled} or {run.source for run in latest}
    return Material(
        tuple(store.events.select(Selection(since=since), MOST, after)),
        tuple(store.announcements.select(Selection(closes_from=seoul(now).date()), MOST, "closes")),
        tuple(run for run in latest if run.source in enabled),
        {source.name: source.region_code for source in sources},
        {source.name: source.page_url for source in sources},
        store.events.last_id(),
    )


def digest(
    store: Store,
    centre: Centre,
    route: Route,
    now: datetime,
    material: Material,
    reposted: Reposted = nothing_reposted,
) -> Digest:
    """Build a route's digest of what it was not told yet."""
    cursor, name = store.outbox.cursor(key(centre, route)), key(centre, route)
    events = [e for e in material.events if (e.id > cursor if cursor is not None else e.at >= now - FIRST)]
    runs = [run for run in material.runs if _hears(regions(centre, route), material.regions.get(run.source))]
    since, posted = _last_made(store, name, now), partial(reposted, centre)
    made = build(centre, route, now, events, material.open, runs, since, material.pages, posted)
    deaf = not runs and (since is None or seoul(now).weekday() == 0)
    return replace(made, troubles=(DEAF,)) if deaf else made


def preview(
    store: Store, centres: Iterable[Centre], now: datetime, reposted: Reposted = nothing_reposted
) -> list[Digest]:
    """Build every route's digest as it would be now, due or not, and intend nothing."""
    pairs = [(centre, route) for centre in centres for route in centre.routes]
    material = gather(store, now, _oldest(store, pairs))
    return [digest(store, centre, route, now, material, reposted) for centre, route in pairs]


def plan(
    store: Store,
    centres: Iterable[Centre],
    targets: Targets,
    now: datetime,
    *,
    force: bool = False,
    reposted: Reposted = nothing_reposted,
) -> list[Made]:
    """Make all digests that are due and intend them; a route without a target waits and is told later.

    `force` makes them whatever the hour, still once a day. Call it only under the writer's lock.
    """
    pairs = [
        (centre, route)
        for centre in centres
        for route in centre.routes
        if targets.of(key(centre, route)) and _due(store, centre, route, now, force=force)
    ]
    if not pairs:
        return []
    material = gather(store, now, _oldest(store, pairs))
    return [
        _intend(
            store, digest(store, centre, route, now, material, reposted), targets.of(key(centre, route)), material.last
        )
        for centre, route in pairs
    ]


def batch(name: str, now: datetime) -> str:
    """Return the name under which a route's digest of a day lies in the outbox."""
    return f"digest:{seoul(now).date()}:{name}"


def _due(store: Store, centre: Centre, route: Route, now: datetime, *, force: bool) -> bool:
    name, today = key(centre, route), seoul(now).date()
    made = store.outbox.cursor(_day_key(name)) == today.toordinal() or bool(
        store.outbox.deliveries(batch=batch(name, now), limit=1)
    )
    return not made if force else is_due(route, now, today if made else None)


def _day_key(name: str) -> str:
    """The cursor that holds the day of a route's last digest, as an ordinal, so that an empty day is skipped once."""
    return f"{name}@day"


def _last_made(store: Store, name: str, now: datetime) -> datetime | None:
    ordinal = store.outbox.cursor(_day_key(name))
    if ordinal is None:
        return None
    return now - timedelta(days=seoul(now).date().toordinal() - ordinal)


def _oldest(store: Store, pairs: Iterable[tuple[Centre, Route]]) -> int | None:
    """The event after which some route was told nothing; None where one was told nothing yet."""
    cursors = [store.outbox.cursor(key(centre, route)) for centre, route in pairs]
    told = [cursor for cursor in cursors if cursor is not None]
    return min(told) if told and len(told) == len(cursors) else None


def _hears(codes: tuple[str, ...], region: str | None) -> bool:
    if not codes or region is None or region in EVERYWHERE:
        return True
    return any(region.startswith(c) or (region.endswith("000") and region[:2] == c[:2]) for c in codes)


def _intend(store: Store, made: Digest, targets: tuple[Target, ...], last: int) -> Made:
    name = key(made.centre, made.route)
    skipped = made.empty and made.route.empty == "skip"
    with store.transaction():
        for target in () if skipped else targets:
            text, html = shaped(made, target)
            due = after_quiet(made.at) if target.quiet else made.at
            store.outbox.intend(
                batch(name, made.at), target.id, name, made.subject, text, html, due, confirmable=target.confirms
            )
        store.outbox.advance(name, last)
        store.outbox.advance(_day_key(name), seoul(made.at).date().toordinal())
    return Made(name, made, 0 if skipped else len(targets))


def shaped(made: Digest, target: Target) -> tuple[str, str | None]:
    """Return a digest's text and HTML as a target's channel carries them."""
    if target.shape == KAKAO:
        return shapes.kakao(made), None
    if target.shape == SMS:
        return shapes.sms(made), None
    text = render.text(made)
    return (
        (text, render.html(made)) if target.shape == MAIL else (shapes.fit(text, target.most, made.centre.page), None)
    )
