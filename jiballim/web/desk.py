"""Hand the desk what it shows: the centres, the store, the clock, the blogs, and the account of what was sent."""

from __future__ import annotations

import os
from datetime import date, timedelta

from starlette.types import ASGIApp

from desk.blog.target import BlogError, Target
from desk.blog.targets import targets
from desk.centre import Desk
from desk.web.app import build
from desk.web.office import Office, Sent
from jiballim import compose
from jiballim.config import Config
from jiballim.web.reader import Reader
from notices.errors import Refusal
from notices.store import Store
from notify.reconcile import STATES, account

SINCE = timedelta(days=14)


def application(config: Config, reader: Reader) -> ASGIApp:
    """Return the desk of an installation."""
    return build(office(config, reader))


def office(config: Config, reader: Reader) -> Office:
    """Return what the desk is handed."""
    names = _listened(config)
    return Office(
        config.home,
        config.database,
        config.desks or (compose.desk(config),),
        compose.now,
        reader.store,
        _targets,
        _sent,
        listened=lambda: names,
    )


def _targets(desk: Desk, day: date) -> dict[str, Target | BlogError]:
    return targets(desk, os.environ, day)


def _listened(config: Config) -> frozenset[str] | None:
    """The sources that are read, as they are when the server starts; a file that is wrong is no reason to fail."""
    try:
        return frozenset(source.name for source in compose.chosen(config))
    except Refusal:
        return None


def _sent(store: Store) -> tuple[Sent, ...]:
    found = account(store.outbox, compose.now() - SINCE, 300).deliveries
    return tuple(
        Sent(
            d.state,
            STATES.get(d.state, d.state),
            d.subject,
            d.route,
            d.target,
            d.updated,
            d.error or "",
            d.route.split("/")[0],
        )
        for d in found
    )
