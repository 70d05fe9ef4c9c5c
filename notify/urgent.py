"""Tell at once what cannot wait for the morning: a new 모집 of the own regions, a correction of what was posted, D-1."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from dataclasses import replace
from datetime import datetime, timedelta

from notices.model import EventKind
from notices.store import Store
from notices.store.views import Event, Selection
from notify import shapes
from notify.lines import OUTDATED, Line, line, told
from notify.plan import MOST
from notify.render import GROUND, item, wrap
from notify.routes import Centre, Reposted, Route, due_at, nothing_reposted, taste, wanted
from notify.targets import KAKAO, SMS, Target, Targets, key
from notify.workdays import after_quiet, seoul

SHOWN = 10
"""So many lines stand in one alert; the rest is counted."""


def alert(
    store: Store, centres: Iterable[Centre], targets: Targets, now: datetime, reposted: Reposted = nothing_reposted
) -> int:
    """Intend the alerts of all routes that want them, and count the messages; call it only under the writer's lock.

    What comes together is told together. A route's first pass only notes where it stands, so that nobody is alarmed
    by everything that an installation hears in its first hour. `reposted` says whether a centre has posted something.
    """
    pairs = [(c, r) for c in centres for r in c.routes if r.urgent and targets.of(key(c, r))]
    if not pairs:
        return 0
    cursors = [store.outbox.cursor(_cursor(key(c, r))) for c, r in pairs]
    known = [cursor for cursor in cursors if cursor is not None]
    events = store.events.select(Selection(), MOST, min(known)) if known else []
    last = store.events.last_id()
    return sum(
        _events(store, centre, route, targets, now, events, cursor, last, reposted)
        + _deadlines(store, centre, route, targets, now)
        for (centre, route), cursor in zip(pairs, cursors, strict=True)
    )


def _cursor(name: str) -> str:
    return f"{name}@urgent"


def _events(
    store: Store,
    centre: Centre,
    route: Route,
    targets: Targets,
    now: datetime,
    events: Iterable[Event],
    cursor: int | None,
    last: int,
    reposted: Reposted,
) -> int:
    name, today = key(centre, route), seoul(now).date()
    mine = [
        (label, told(event, today))
        for event in sorted(wanted(centre, route, events), key=lambda e: e.id)
        if cursor is not None and event.id > cursor and (label := _rule(centre, route, event, reposted))
    ]
    with store.transaction():
        sent = _intend(store, centre, targets.of(name), f"urgent:{last}:{name}", name, mine, now) if mine else 0
        store.outbox.advance(_cursor(name), last)
    return sent


def _rule(centre: Centre, route: Route, event: Event, reposted: Reposted) -> str | None:
    announcement = event.announcement
    if announcement.cancelled:
        return None
    if event.kind == EventKind.NEW and "new" in route.urgent:
        return "새 모집" if announcement.kind == "모집" and announcement.section == "임대주택공고" else None
    if event.kind == EventKind.REVISION and "correction" in route.urgent and reposted(centre, announcement):
        return OUTDATED
    return None


def _deadlines(store: Store, centre: Centre, route: Route, targets: Targets, now: datetime) -> int:
    """Tell once a day, on holidays too, from the route's time on, what closes tomorrow."""
    today = seoul(now).date()
    at = due_at(replace(route, days="daily"), today)
    name, tomorrow = key(centre, route), today + timedelta(days=1)
    batch = f"deadline:{today}:{name}"
    if "deadline" not in route.urgent or at is None or now < at or store.outbox.deliveries(batch=batch, limit=1):
        return 0
    closing = store.announcements.select(Selection(closes_from=tomorrow, closes_to=tomorrow), MOST, "closes")
    mine = [("내일 마감", line(a, today)) for a in filter(taste(centre, route), closing) if not a.cancelled]
    return _intend(store, centre, targets.of(name), batch, name, mine, now) if mine else 0


def _intend(
    store: Store,
    centre: Centre,
    targets: Iterable[Target],
    batch: str,
    name: str,
    mine: list[tuple[str, Line]],
    now: datetime,
) -> int:
    subject = _subject(mine)
    with store.transaction():
        return sum(
            store.outbox.intend(
                batch,
                target.id,
                name,
                subject,
                _text(subject, mine, centre, target),
                None,
                after_quiet(now) if target.quiet else now,
                confirmable=target.confirms,
            )
            for target in targets
        )


def _subject(mine: list[tuple[str, Line]]) -> str:
    if len(mine) == 1:
        label, only = mine[0]
        return f"[집알림] {label}: [{only.where}] {only.title}"
    counts = Counter(label for label, _ in mine)
    return f"[집알림] {', '.join(f'{label} {number:,}' for label, number in counts.items())}"


def _text(subject: str, mine: list[tuple[str, Line]], centre: Centre, target: Target) -> str:
    if target.shape in (KAKAO, SMS):
        return shapes.alert(subject, [f"· {one.title}" for _, one in mine], centre.page, target.shape)
    lines = [piece for label, one in mine[:SHOWN] for piece in (f"■ {label}", *item(one))]
    if len(mine) > SHOWN:
        lines.append(f"· 외 {len(mine) - SHOWN:,}건" + (f" → {centre.page}" if centre.page else ""))
    return shapes.fit("\n".join([*lines, "", *wrap(GROUND)]) + "\n", target.most, centre.page)
