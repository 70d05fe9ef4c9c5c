"""The store as strangers may ask it: opened for reading only, one connection a thread, each question bounded in time."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from notices.store import Store

SECONDS = 2.0
"""How long the queries of one request may take."""


class Reader:
    """Gives each thread its own read-only store; a database that was replaced is opened anew."""

    def __init__(self, path: Path) -> None:
        self._path = path
        self._local = threading.local()

    @contextmanager
    def store(self) -> Iterator[Store]:
        """Lend the store for one request."""
        found = self._opened()
        with found.bounded(SECONDS):
            yield found

    def file(self) -> tuple[int, int]:
        """Tell one database file from another in the same place; a checkpoint of the same one makes another of it, too."""
        stat = self._path.stat()
        return stat.st_ino, stat.st_mtime_ns

    def _opened(self) -> Store:
        mark = self._path.stat().st_ino if self._path.exists() else 0
        held: tuple[int, Store] | None = getattr(self._local, "held", None)
        if held is not None and held[0] == mark:
            return held[1]
        if held is not None:
            held[1].close()
            self._local.held = None
        opened = Store.open(self._path, readonly=True)
        self._local.held = (mark, opened)
        return opened
