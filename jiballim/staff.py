"""What staff do at the command line: tell their own news, bring picks onto the blog, take a notice back."""

from __future__ import annotations

import os
from collections.abc import Iterable
from datetime import date, datetime
from typing import TYPE_CHECKING

from jiballim import compose, work
from jiballim.config import Config
from notices.errors import WrongUse

if TYPE_CHECKING:
    from desk.blog.publish import Outcome
    from desk.centre import Desk
    from desk.own import Added
    from desk.withdraw import Targets, Withdrawn
    from notices.model import Notice


def today(at: datetime) -> date:
    """Return the day in Korea."""
    return at.astimezone(compose.SEOUL).date()


def tell(config: Config, desk: Desk, notice: Notice, at: datetime) -> Added:
    """Store a centre's own notice."""
    from desk import own
    from notices.store import lock

    with lock(config.database), compose.store(config) as store:
        return own.add(store, desk, notice, at, today(at))


def post(
    config: Config, desk: Desk, announcement_ids: Iterable[int], at: datetime, *, overwrite: bool = False
) -> list[Outcome]:
    """Bring picks onto a centre's blogs, one publisher at a time."""
    from desk.blog.publish import publish
    from desk.blog.targets import targets
    from notices.store import lock

    with compose.store(config) as store, lock(config.home / "blog"):
        opened = targets(desk, os.environ, today(at))
        return publish(store, desk, opened, announcement_ids, at, today(at), overwrite=overwrite)


def take_down(config: Config, desk: Desk, at: datetime) -> Withdrawn:
    """Try again to take down what a centre posted of notices that were withdrawn."""
    from desk.withdraw import Withdrawn
    from desk.withdraw import take_down as down
    from notices.store import lock

    with compose.store(config) as store, lock(config.home / "blog"):
        return Withdrawn((), *down(store, _targets(config, at), desk.name))


def withdraw(
    config: Config, numbers: Iterable[int], at: datetime, *, notices: bool = False, own: bool = False
) -> Withdrawn:
    """Take announcements back, or single notices: out of the store, the saved pages, the feeds and the blogs.

    With `own`, only what the centres said themselves.
    """
    from desk.withdraw import Withdrawn, take_down
    from desk.withdraw import withdraw as erase
    from notices.store import lock
    from spiders.kept import FOLDER, Pages

    with lock(config.database), compose.store(config) as store:
        wanted = [n for number in numbers for n in (_notices(store, number, own=own) if not notices else [number])]
        gone = erase(store, wanted, at)
        sources = {known.source for known in store.notices.known(gone).values()}
    if not gone:
        raise WrongUse("그런 번호의 글이 없거나 이미 내렸습니다. jiballim search로 번호를 확인하십시오.")
    for source in sources:
        Pages(config.home / FOLDER).forget(source)
    with lock(config.home / "blog"), compose.store(config) as store:
        down, left = take_down(store, _targets(config, at))
    if config.public.exists():
        work.publish(config, at)
    return Withdrawn(gone, down, left)


def _notices(store: object, number: int, *, own: bool) -> list[int]:
    from notices.store import Store
    from notices.store.views import CENTRE

    assert isinstance(store, Store)
    return [seen.notice_id for seen in store.announcements.seen(number) if not own or seen.kind == CENTRE]


def _targets(config: Config, at: datetime) -> Targets:
    from desk.blog.targets import targets

    desks = config.desks or (compose.desk(config),)
    return {
        (desk.name, name): target for desk in desks for name, target in targets(desk, os.environ, today(at)).items()
    }
