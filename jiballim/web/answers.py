"""Answers to programs: feeds of any choice, announcements as JSON, health."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import date, datetime, timedelta
from typing import Any

from feeds.build import Builder
from feeds.channel import Site
from feeds.items import Entries
from feeds.select import Feed
from feeds.shelf import StoreShelf
from jiballim.web.asked import Asked
from notices.model import RunState
from notices.store import Store
from notices.store.views import STALE, Announcement
from notices.wording import say


class _Chosen(StoreShelf):
    """The store's shelf that also answers to words; `file` tells one database file from another in the same place."""

    def __init__(self, store: Store, file: object) -> None:
        super().__init__(store)
        self._file = file

    def stamps(self, ids: Sequence[int]) -> Mapping[int, object]:
        return {n: (stamp, self._file) for n, stamp in super().stamps(ids).items()}

    def newest(self, selection: Any, limit: int) -> list[int]:
        if not selection.words:
            return super().newest(selection, limit)
        return self._store.events.ids(selection, limit)

    def dated(self, selection: Any, limit: int) -> list[int]:
        if not selection.words:
            return super().dated(selection, limit)
        return self._store.announcements.ids(selection, limit, "closes")


def feed(store: Store, site: Site, asked: Asked, day: date, kept: Entries, file: object) -> bytes:
    """Return one feed document of what is asked; `kept` are entries of earlier answers from the same `file`."""
    chosen = asked.selection
    said = (
        *chosen.regions,
        *chosen.supply,
        *chosen.audience,
        *chosen.sections,
        *([chosen.words] if chosen.words else []),
    )
    about = Feed("choice", " · ".join(said) or "모든 공고", "고른 조건의 공고와 정정", "전체", chosen)
    builder = Builder(_Chosen(store, file), site, day - timedelta(days=40), kept)
    return builder.one(about, asked.format)


def announcements(store: Store, asked: Asked, order: str = "updated") -> dict[str, Any]:
    """Return the announcements asked for."""
    found = store.announcements.select(replace(asked.selection), asked.limit, order)
    return {"announcements": [announcement(each) for each in found], "limit": asked.limit}


def announcement(told: Announcement) -> dict[str, Any]:
    """Return one announcement: every fact with its words."""
    return {
        "id": told.id,
        "uid": told.uid,
        "title": told.title,
        "url": told.url,
        "publisher": told.publisher,
        "kind": told.kind,
        "section": told.section,
        "status": told.status,
        "regions": [{"name": region.name, "code": region.code} for region in told.regions],
        "supply": list(told.supply),
        "audience": list(told.audience),
        "posted": told.posted.isoformat() if told.posted else None,
        "updated": told.updated.isoformat(),
        "corrected": told.corrected,
        "cancelled": told.cancelled,
        "facts": {
            name: {"value": fact.value, "said": say(name, fact.value), "words": fact.words, "document": fact.document}
            for name, fact in told.facts.items()
        },
        "attachments": [{"name": file.name, "url": file.url} for file in told.attachments],
        "sources": [
            {"source": seen.source, "title": seen.source_title, "url": seen.url, "relation": seen.relation}
            for seen in told.seen
        ],
    }


def health(store: Store, now: datetime) -> dict[str, Any]:
    """Return whether the sources are read, lately and all of them, without any address."""
    runs = store.runs.last_of_each()
    lately = any(now - run.started <= STALE for run in runs)
    return {
        "well": lately and all(run.state in (RunState.DONE, RunState.RUNNING) for run in runs),
        "sources": [
            {
                "name": run.source, "title": run.source_title, "state": run.state.value, "reason": run.reason,
                "read": run.finished.isoformat() if run.finished else None,
            }
            for run in runs
        ],
    }  # fmt: skip
