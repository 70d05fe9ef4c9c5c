"""A store made by hand: it answers what publishing asks, from a list of events in memory."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from feeds.shelf import Mark
from notices.store.changes import Facets
from notices.store.views import Announcement, Event, Selection


class MadeShelf:
    """Events, oldest first; `asked` counts the questions about events."""

    def __init__(self, events: Sequence[Event]) -> None:
        self.all = list(events)
        self.serial = len(self.all)
        self.changed: list[tuple[int, Announcement]] = []
        self.asked = 0

    def add(self, event: Event) -> None:
        self.all.append(event)
        self.serial += 1
        self.changed.append((self.serial, event.announcement))

    def withdraw(self, announcement_id: int) -> None:
        gone = [e for e in self.all if e.announcement.id == announcement_id]
        self.all = [e for e in self.all if e.announcement.id != announcement_id]
        self.serial += 1
        self.changed.append((self.serial, gone[0].announcement))

    def mark(self) -> Mark:
        return {"serial": self.serial}

    def facets(self) -> Facets:
        each = [facets_of(event.announcement) for event in self.all]
        sources = {name: title for facets in each for name, title in facets.sources.items()}
        regions, supply, audience, sections = (
            tuple(sorted({value for facets in each for value in getattr(facets, name)}))
            for name in ("regions", "supply", "audience", "sections")
        )
        return Facets(regions, supply, audience, sections, sources)

    def touched(self, since: Mark) -> Mapping[int, Facets] | None:
        before = since.get("serial")
        if not isinstance(before, int):
            return None
        there = {e.announcement.id for e in self.all}
        changed = [told for serial, told in self.changed if serial > before]
        return {told.id: facets_of(told) if told.id in there else Facets() for told in changed}

    def newest(self, selection: Selection, limit: int) -> list[int]:
        self.asked += 1
        meant = [
            e.id
            for e in reversed(self.all)
            if _meant(e.announcement, selection) and (not selection.events or e.kind in selection.events)
        ]
        return meant[:limit]

    def events(self, ids: Sequence[int]) -> Mapping[int, Event]:
        return {e.id: e for e in self.all if e.id in ids}

    def stamps(self, ids: Sequence[int]) -> Mapping[int, object]:
        return {e.id: repr(e) for e in self.all if e.id in ids}

    def dated(self, selection: Selection, limit: int) -> list[int]:
        return sorted({e.announcement.id for e in self.all if _meant(e.announcement, selection)})[:limit]

    def announcements(self, ids: Sequence[int]) -> Mapping[int, Announcement]:
        return {e.announcement.id: e.announcement for e in self.all if e.announcement.id in ids}

    def told(self, ids: Sequence[int]) -> Mapping[int, Sequence[Event]]:
        return {n: [e for e in self.all if e.announcement.id == n] for n in ids}


def facets_of(told: Announcement) -> Facets:
    codes = tuple(r.code for r in told.regions) or ("",)
    return Facets(codes, told.supply, told.audience, (told.section,), {s.source: s.source_title for s in told.seen})


def _meant(told: Announcement, selection: Selection) -> bool:
    closes = told.facts.get("closes")
    day = str(closes.value)[:10] if closes else ""
    return (
        (not selection.kinds or told.kind in selection.kinds)
        and (not selection.supply or not {*selection.supply}.isdisjoint(told.supply))
        and (not selection.audience or not {*selection.audience}.isdisjoint(told.audience))
        and (not selection.sections or told.section in selection.sections)
        and (not selection.sources or any(s.source in selection.sources for s in told.seen))
        and (not selection.regions or _answers(told, selection.regions))
        and (selection.closes_from is None or day >= selection.closes_from.isoformat())
        and (selection.closes_to is None or ("" < day <= selection.closes_to.isoformat()))
    )


def _answers(told: Announcement, wanted: tuple[str, ...]) -> bool:
    wide = {"", "00000", *(code[:2] + "000" for code in wanted if len(code) > 2)}
    codes = [r.code for r in told.regions] or [""]
    return any(code in wide or code.startswith(wanted) for code in codes)
