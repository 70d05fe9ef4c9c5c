"""Remember how entries were written, so that feeds which share them, or are asked for again, lay down the same bytes."""

from __future__ import annotations

from functools import cached_property
from threading import Lock

from feeds.entry import Entry
from feeds.jsonfeed import json_item
from feeds.syndication import Item


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
