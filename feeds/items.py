"""Remember how entries were written, so that feeds which share them, or are asked for again, lay down the same bytes."""

from __future__ import annotations

from collections.abc import Mapping
from functools import cached_property
from threading import Lock

from feeds.entry import Entry
from feeds.jsonfeed import json_item
from feeds.syndication import Item

Made = tuple[int, Entry | None]
"""An event's announcement and entry, None for an entry that cannot be made."""


class Entries:
    """The latest entries, up to `most`, by event, and how they were written; threads may share them."""

    def __init__(self, most: int = 3_000) -> None:
        self.items = Items(most)
        self._kept: dict[int, tuple[object, Made]] = {}
        self._most, self._lock = most, Lock()

    def known(self, stamps: Mapping[int, object]) -> dict[int, Made]:
        """Return what is known of these events, each as long as its stamp is what it was."""
        found = ((n, self._kept.get(n), stamp) for n, stamp in stamps.items())
        return {n: kept[1] for n, kept, stamp in found if kept is not None and kept[0] == stamp}

    def keep(self, made: Mapping[int, Made], stamps: Mapping[int, object]) -> None:
        """Keep what was made of these events."""
        with self._lock:
            for n, one in made.items():
                self._kept.pop(n, None)
                self._kept[n] = stamps[n], one
            for n in list(self._kept)[: max(0, len(self._kept) - self._most)]:
                del self._kept[n]


class _Written:
    """An entry in each format, written when it is first asked for."""

    def __init__(self, entry: Entry) -> None:
        self.entry = entry

    @cached_property
    def item(self) -> Item:
        return Item(self.entry)

    @cached_property
    def json(self) -> str:
        return json_item(self.entry)


class Items:
    """The latest written entries, up to `most`; threads may share them."""

    def __init__(self, most: int = 3_000) -> None:
        self._kept: dict[str, _Written] = {}
        self._most, self._lock = most, Lock()

    def item(self, entry: Entry) -> Item:
        """Return the entry as feedgen writes it."""
        return self._written(entry).item

    def json(self, entry: Entry) -> str:
        """Return the entry as JSON Feed has it."""
        return self._written(entry).json

    def _written(self, entry: Entry) -> _Written:
        found = self._kept.get(entry.guid)
        if found is not None and (found.entry is entry or found.entry == entry):
            return found
        with self._lock:
            made = self._kept[entry.guid] = _Written(entry)
            while len(self._kept) > self._most:
                del self._kept[next(iter(self._kept))]
        return made
