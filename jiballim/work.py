"""The work of an installation, step by step: crawl, publish, notify; the commands and the demo call the same steps."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING

from jiballim import compose
from jiballim.config import Config

if TYPE_CHECKING:
    from pathlib import Path

    from feeds.publish import Published
    from notices.store import Check, Store
    from notices.store.views import RunView
    from notify.deliver import Report
    from notify.plan import Made
    from notify.routes import Reposted
    from notify.targets import Off
    from spiders.crawl import Step
    from spiders.registry import Source


@dataclass(frozen=True, slots=True)
class Sent:
    """What notifying did: the digests made, what became of every message that was due, and which targets are off."""

    made: tuple[Made, ...]
    alerts: int
    report: Report
    off: tuple[Off, ...]

    @property
    def well(self) -> bool:
        """Whether all that was due has gone out."""
        return self.report.well and not self.off


def readable(config: Config) -> list[Source]:
    """Return the sources that are read without being named: those that the settings name, else those seen to work here."""
    from jiballim import vetted

    found = compose.chosen(config)
    if config.sources or not config.database.exists():
        return found if config.sources else []
    with compose.store(config, readonly=True) as store:
        checks, believed = store.checks.all(), store.runs.believed()
    return [source for source in found if vetted.fit(source, checks, believed)]


def unseen(config: Config, now: datetime) -> list[str]:
    """Return the names of the sources that must be looked at before they are read."""
    from jiballim import vetted

    if config.sources:
        return []
    with compose.store(config) as store:
        checks, believed = store.checks.all(), store.runs.believed()
    return [source.name for source in vetted.due(compose.chosen(config), checks, believed, now)]


def vet(config: Config, now: datetime, progress: Callable[[Step], None] | None = None) -> dict[str, Check]:
    """Look at the sources that were never seen here, so that a fresh machine reads what works from its first run on."""
    return check(config, unseen(config, now), progress=progress)


def check(
    config: Config,
    names: Iterable[str],
    *,
    now: datetime | None = None,
    replay_origin: str = "",
    progress: Callable[[Step], None] | None = None,
    save: Path | None = None,
) -> dict[str, Check]:
    """Look at sources once, store no notice of them, and keep how each answered."""
    from spiders import crawl as spiders

    names = list(names)
    if names and not replay_origin:
        config.require_contact()
    return spiders.check(
        names,
        home=config.home,
        contact=config.contact,
        now=now,
        replay_origin=replay_origin,
        progress=progress,
        save=save,
    )


def crawl(
    config: Config,
    names: Iterable[str],
    *,
    now: datetime | None = None,
    replay_origin: str = "",
    progress: Callable[[Step], None] | None = None,
) -> list[RunView]:
    """Read the named sources, else all that may be read without a name, and store what they say."""
    from spiders import crawl as spiders

    names = tuple(names)
    if not replay_origin:
        config.require_contact()
    chosen = [source.name for source in (readable(config) if not names else compose.chosen(config, names))]
    if not chosen:
        return []
    return spiders.crawl(
        chosen, home=config.home, contact=config.contact, now=now, replay_origin=replay_origin, progress=progress
    )


def publish(config: Config, at: datetime) -> Published:
    """Write the feeds and the page of the day into the public folder."""
    from dataclasses import replace

    from feeds import faq
    from feeds.centres import Centre
    from feeds.publish import publish as write
    from feeds.publish import site
    from feeds.site.publish import publish_site
    from feeds.site.shelf import StoreSiteShelf

    day = at.astimezone(compose.SEOUL).date()
    answers = faq.read(config.home / faq.NAME, day)
    by = site(config.base_url, config.title, config.feedback_url)
    with compose.store(config, readonly=True) as store:
        done = write(
            store,
            config.public,
            base_url=config.base_url,
            title=config.title,
            day=day,
            feedback_url=config.feedback_url,
            centres=[Centre(desk.name, desk.title, desk.regions, desk.source) for desk in config.desks],
        )
        page = publish_site(StoreSiteShelf(store), config.public, by, day, answers)
    return replace(
        done,
        written=(*(f"feeds/{path}" for path in done.written), *page.written),
        unchanged=done.unchanged + page.unchanged,
        removed=(*(f"feeds/{path}" for path in done.removed), *page.removed),
        left_out=(*done.left_out, *page.left_out),
        pages=page.notices,
    )


def notify(config: Config, now: datetime, *, force: bool = False) -> Sent:
    """Make the digests and alerts that are due, and carry out all that waits in the outbox."""
    from notices.store import lock
    from notify.deliver import deliver
    from notify.plan import plan
    from notify.targets import Targets
    from notify.urgent import alert

    targets = Targets(config.centres, os.environ)
    with lock(config.database), compose.store(config) as store:
        reposted = to_correct(store)
        made = plan(store, config.centres, targets, now, force=force, reposted=reposted)
        alerts = alert(store, config.centres, targets, now, reposted)
        report = deliver(store.outbox, now, targets.resolve, targets.beside)
    return Sent(tuple(made), alerts, report, tuple(targets.off))


def to_correct(store: Store) -> Reposted:
    """Tell which posts on which centre's blog the source has corrected since, as it is now."""
    from desk.blog.publish import flagged

    stale = {(post.centre, post.announcement_id) for post in flagged(store)}
    return lambda centre, announcement: (centre.name, announcement.id) in stale
