"""Write the files of notices: the Korean page of each, for current ones an English page and a calendar file, too."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from datetime import date

from feeds.calendar import calendar, days
from feeds.channel import Site
from feeds.site.card import Card, card
from feeds.site.manifest import Made
from feeds.site.notice_page import NoticeWriter
from feeds.site.words import EN, KO
from notices.korean import one_line
from notices.store.views import Announcement, Event

Put = Callable[[str, bytes], None]
"""Writes a file by its path, if it changed."""


class NoticeFiles:
    """Makes the files of notices; one that cannot be made is named and spoils no other."""

    def __init__(
        self, by: Site, day: date, pages: frozenset[str], current: frozenset[int], put: Put, left_out: list[str]
    ) -> None:
        self._pages = NoticeWriter(by, day, pages)
        self._current, self._put, self._left_out = current, put, left_out
        self.calendars_that_stay: frozenset[int] = frozenset()  # a calendar file does not know the day

    def write(self, found: Sequence[Announcement], events: Mapping[int, Sequence[Event]], now: Made) -> None:
        """Write the files of these announcements and note them in `now`."""
        for told in found:
            try:
                self._write(told, events.get(told.id, ()), now)
            except OSError:
                raise
            except Exception as wrong:
                self._left_out.append(
                    f"{one_line(told.uid[:200])}: {type(wrong).__name__}: {one_line(str(wrong))[:200]}"
                )

    def _write(self, told: Announcement, events: Sequence[Event], now: Made) -> None:
        small, current = card(told, events), told.id in self._current
        dated = current and next(days(told), None) is not None
        files = self._files(told, small, events, current, dated)
        for path, content in files:
            self._put(path, content)
        now.slugs[told.id] = small.slug
        if current:
            now.cards[told.id] = small
        if dated:
            now.dated.add(told.id)

    def _files(
        self, told: Announcement, small: Card, events: Sequence[Event], current: bool, dated: bool
    ) -> list[tuple[str, bytes]]:
        languages = (KO, EN) if current else (KO,)
        made = [
            (
                f"{'en/' if language == EN else ''}notice/{small.slug}.html",
                self._pages.write(told, small, events, language, current=current, dated=dated),
            )
            for language in languages
        ]
        if dated and told.id not in self.calendars_that_stay:
            made.append((f"notice/{small.slug}.ics", calendar(small.title, small.publisher, [(told, events)])))
        return made
