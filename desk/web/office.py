"""What the desk is handed: its centres, the store, the clock, the blogs, and what was sent, which another room knows."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator, Mapping
from contextlib import AbstractContextManager, ExitStack, contextmanager
from dataclasses import dataclass
from datetime import date, datetime
from pathlib import Path

from desk.blog.target import BlogError, Target
from desk.centre import EVERY, Desk
from notices.errors import Refusal
from notices.store import Store, StoreError, lock

EVERYBODY = "모든 센터"
PATIENCE = 3.0
"""Seconds that an action waits for another writer."""


class Busy(Refusal):
    """Somebody else is writing; the same action works a little later."""


@dataclass(frozen=True, slots=True)
class Sent:
    """One message as staff see it: its state by code and in words, what it said it was about, to which target."""

    state: str
    words: str
    subject: str
    route: str
    target: str
    at: datetime
    error: str = ""
    centre: str = ""


@dataclass(frozen=True, slots=True)
class Office:
    """An installation as the desk sees it; `now` gives a time in the zone that people read."""

    home: Path
    database: Path
    desks: tuple[Desk, ...]
    now: Callable[[], datetime]
    reading: Callable[[], AbstractContextManager[Store]]
    targets: Callable[[Desk, date], Mapping[str, Target | BlogError]]
    sent: Callable[[Store], tuple[Sent, ...]]
    patience: float = PATIENCE
    listened: Callable[[], frozenset[str] | None] = lambda: None
    """The names of the sources that this installation reads, None where nobody knows."""

    def desk(self, name: str) -> Desk | None:
        """One of its centres by name."""
        return next((desk for desk in self.desks if desk.name == name), None)

    def within(self, door: str) -> tuple[Desk, ...]:
        """The centres that whoever came in by a door may act for: "" is that of all, others are named by their centre."""
        own = self.desk(door)
        if door and own is None:
            return ()
        names = (EVERY,) if own is None else (own.name, *own.acts_for)
        return self.desks if EVERY in names else tuple(desk for desk in self.desks if desk.name in names)

    def doors(self, kept: Mapping[str, str]) -> dict[str, str]:
        """The doors that have a password, of all centres first, and what each is called."""
        names = ("", *(desk.name for desk in self.desks))
        return {name: self.door_name(name) for name in names if name in kept}

    def door_name(self, door: str) -> str:
        """What a door is called, "" where there is only one centre."""
        if len(self.desks) < 2:
            return ""
        own = self.desk(door)
        return (own.title or own.name) if own else EVERYBODY

    @contextmanager
    def writing(self, *, alone: bool = False, publishing: bool = False) -> Iterator[Store]:
        """Open the store for one action; raises Busy.

        `alone` takes the writer's lock, for what a crawl may be working on too; else SQLite's own does, one short
        transaction after another. `publishing` lets one publisher at a time to the blogs.
        """
        with ExitStack() as stack:
            if alone:
                self._hold(stack, self.database)
            if publishing:
                self._hold(stack, self.home / "blog")
            yield stack.enter_context(Store.open(self.database))

    def _hold(self, stack: ExitStack, place: Path) -> None:
        ends = time.monotonic() + self.patience
        while True:
            try:
                stack.enter_context(lock(place))
                return
            except StoreError as wrong:
                if time.monotonic() > ends:
                    raise Busy(str(wrong)) from None
            time.sleep(0.05)
