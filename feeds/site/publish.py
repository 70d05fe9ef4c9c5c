"""Write the page into the public folder: only what changed, each file whole, the same bytes for the same store and day."""

from __future__ import annotations

import hashlib
import os
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import astuple, dataclass
from datetime import date
from functools import cache
from pathlib import Path

from feeds import files, manifest
from feeds.channel import FOLDER, Site
from feeds.faq import Answer
from feeds.render import FOLDER as TEMPLATES
from feeds.select import Feed, feeds
from feeds.site import about, english
from feeds.site.chart import chart_page, since
from feeds.site.list_page import HERE, Listing, ListWriter, listings
from feeds.site.lists import Day
from feeds.site.manifest import ENDINGS, FOLDERS, NAME, Made, lying, read
from feeds.site.map import map_pages
from feeds.site.month import month_pages
from feeds.site.notices import NoticeFiles
from feeds.site.search import index
from feeds.site.shelf import SiteShelf
from feeds.site.timeline import stamp
from feeds.site.words import EN, KO
from notices import wording
from notices.errors import Refusal
from notices.store.views import Announcement, Event

PORTION = 500
"""Announcements read at a time."""

_STILL = ("site.css", "site.js", "icon.svg")


@dataclass(frozen=True, slots=True)
class Written:
    """What was done: paths written and removed, how many stayed as they were, how many pages of notices there are.

    `left_out` names each notice whose page could not be made, with its reason.
    """

    written: tuple[str, ...]
    unchanged: int
    removed: tuple[str, ...]
    notices: int
    left_out: tuple[str, ...] = ()


def publish_site(shelf: SiteShelf, folder: Path, by: Site, day: date, answers: Sequence[Answer] = ()) -> Written:
    """Publish the page into `folder` for a KST day, after its feeds; raises Refusal where the folder cannot be written."""
    try:
        return _Publishing(shelf, folder, by, day, answers).run()
    except OSError as wrong:
        raise Refusal(
            f"{wrong.filename or folder} 파일을 쓸 수 없습니다({wrong.strerror}): 디스크의 자리와 폴더의 권한을 살피고 "
            "다시 하십시오. 이미 있던 쪽은 그대로 온전합니다."
        ) from wrong


class _Publishing:
    """One pass over one folder."""

    def __init__(self, shelf: SiteShelf, root: Path, by: Site, day: date, answers: Sequence[Answer]) -> None:
        self.shelf, self.root, self.by, self.day, self.answers = shelf, root, by, day, answers
        self.written: list[str] = []
        self.left_out: list[str] = []
        self.unchanged = 0
        self.dates = {KO: wording.long_date(day.isoformat()) or "", EN: english.day(day, year=True)}

    def run(self) -> Written:
        self.root.mkdir(parents=True, exist_ok=True)
        before, (there, halves) = read(self.root), lying(self.root)
        for part in halves:
            (self.root / part).unlink(missing_ok=True)
        stems = _feeds_there(self.root)
        now = Made(form(self.by), self.day.isoformat(), dict(self.shelf.mark()))
        paths = before.paths()
        lost = paths - there
        if before.form == now.form and before.mark == now.mark and before.day == now.day and not lost:
            now.slugs, now.cards, now.dated, now.lists = before.slugs, before.cards, before.dated, before.lists
            now.others = before.others
            beside = self._beside(now)
            self.unchanged += len(paths) - beside
            removed = self._remove(set(before.others) - set(now.others))
        else:
            self._all(before, now, lost, stems)
            removed = self._remove((paths | self._forgotten(before, now, there)) - now.paths())
        if len(self.written) > 1:
            os.sync()
        if now != before and files.replace(self.root / NAME, now.write()):
            files.settle(self.root)
        return Written(tuple(self.written), self.unchanged, removed, len(now.slugs), tuple(self.left_out))

    def _all(self, before: Made, now: Made, lost: set[str], stems: frozenset[str]) -> None:
        made = list(feeds(self.shelf.facets(), self.day))
        self._notices(before, now, lost, frozenset(feed.stem for feed in made if feed.group in HERE))
        today = Day([now.cards[n] for n in sorted(now.cards)], self.day)
        self._lists(before, now, today, made, stems, lost)
        others = [
            *map_pages(self.by, today, [one for one, _ in listings(self.by, today, made)], self.dates),
            *month_pages(self.by, today, self.dates[KO]),
            chart_page(self.by, self.shelf.posted(since(self.day)), self.day, self.dates[KO]),
            about.subscribe_page(self.by, made, stems, self.dates[KO]),
            about.missing_page(self.by),
            ("current.js", index(today, KO)),
            ("en/current.js", index(today, EN)),
            *((name, (TEMPLATES / "site" / name).read_bytes()) for name in _STILL),
        ]
        self._put_all(others)
        now.others = tuple(path for path, _ in others)
        self._beside(now)

    def _beside(self, now: Made) -> int:
        """Write what no mark of the store tells: crawls, and the centre's own file; return how many pages these are."""
        pages = [about.health_page(self.by, self.shelf.heard()), about.faq_page(self.by, self.answers)]
        self._put_all(pages)
        now.others = tuple(sorted({*now.others, *(path for path, _ in pages)}))
        return len(pages)

    def _notices(self, before: Made, now: Made, lost: set[str], pages: frozenset[str]) -> None:
        """Take over the pages that stay, and write the others."""
        changed = self.shelf.changed(before.mark) if before.form == now.form else None
        current = frozenset(self.shelf.current(self.day))
        writer = NoticeFiles(self.by, self.day, pages, current, self._put, self.left_out)
        if changed is None:
            ids: Iterable[Sequence[int]] = self._every()
        else:
            gone = set(changed)
            now.slugs = {n: slug for n, slug in before.slugs.items() if n not in gone}
            now.cards = {n: one for n, one in before.cards.items() if n not in gone and n in current}
            now.dated = {n for n in before.dated if n not in gone and n in current}
            wanted = self._again(before, set(changed), current, lost)
            writer.calendars_that_stay = frozenset(
                n for n in before.dated - gone if f"notice/{before.slugs.get(n)}.ics" not in lost
            )
            self.unchanged += len(now.slugs) - len(wanted & now.slugs.keys())
            ids = _portions(self.shelf.shown(sorted(wanted)))
        for some in ids:
            writer.write(*self._read(some), now)

    def _again(self, before: Made, changed: set[int], current: frozenset[int], lost: set[str]) -> set[int]:
        """The ids whose pages must be made again: changed, no longer or newly current, otherwise said today, lost."""
        wanted = changed | (current ^ before.cards.keys())
        if before.day != self.day.isoformat():
            was = date.fromisoformat(before.day)
            wanted |= {n for n, one in before.cards.items() if stamp(one, was) != stamp(one, self.day)}
        if lost:
            wanted |= {n for n, slug in before.slugs.items() if f"notice/{slug}.html" in lost}
            wanted |= {n for n in before.cards if f"en/notice/{before.slugs.get(n)}.html" in lost}
            wanted |= {n for n in before.dated if f"notice/{before.slugs.get(n)}.ics" in lost}
        return wanted

    def _every(self) -> Iterator[Sequence[int]]:
        last = 0
        while ids := self.shelf.after(last, PORTION):
            last = ids[-1]
            yield ids

    def _read(self, ids: Sequence[int]) -> tuple[list[Announcement], dict[int, Sequence[Event]]]:
        found = self.shelf.announcements(ids)
        corrected = [n for n, told in found.items() if told.corrected]
        return [found[n] for n in ids if n in found], dict(self.shelf.told(corrected)) if corrected else {}

    def _lists(
        self, before: Made, now: Made, today: Day, made: Sequence[Feed], stems: frozenset[str], lost: set[str]
    ) -> None:
        digests = {one.id: one.digest for one in today.cards}
        writer = ListWriter(self.by, today, stems, made)
        names = repr(([(feed.stem, feed.title) for feed in made], sorted(stems)))
        for listing, languages in listings(self.by, today, made):
            signature = _signature(now.form, self.day, names, listing, digests)
            kept = before.lists.get(listing.stem)
            if kept and kept[0] == signature and lost.isdisjoint(kept[1]):
                now.lists[listing.stem] = kept
                self.unchanged += len(kept[1])
                continue
            parts = [
                part for language in languages for part in writer.write(listing, language, twin=len(languages) > 1)
            ]
            self._put_all(parts)
            now.lists[listing.stem] = (signature, tuple(path for path, _ in parts))

    def _put_all(self, pages: Iterable[tuple[str, bytes]]) -> None:
        for path, content in pages:
            self._put(path, content)

    def _put(self, path: str, content: bytes) -> None:
        if files.replace(self.root / path, content, forced=False):
            self.written.append(path)
        else:
            self.unchanged += 1

    def _forgotten(self, before: Made, now: Made, there: Iterable[str]) -> set[str]:
        """Pages that a lost manifest or an older program left behind; in the public folder itself others may lie."""
        if before.form == now.form:
            return set()
        folders = tuple(f"{name}/" for name in FOLDERS if name)
        return {
            path
            for path in there
            if path.startswith(folders) and path.endswith((*ENDINGS, ".json")) and (self.root / path).is_file()
        }

    def _remove(self, paths: set[str]) -> tuple[str, ...]:
        for path in paths:
            (self.root / path).unlink(missing_ok=True)
        return tuple(sorted(paths))


def _portions(ids: Sequence[int]) -> Iterator[Sequence[int]]:
    for start in range(0, len(ids), PORTION):
        yield ids[start : start + PORTION]


def _signature(shape: str, day: date, names: str, listing: Listing, digests: dict[int, str]) -> str:
    parts = (shape, day.isoformat(), names, listing.stem, *(digests[one.id] for one in listing.cards))
    return hashlib.blake2b("\n".join(parts).encode("utf-8", "replace"), digest_size=16).hexdigest()


def _feeds_there(folder: Path) -> frozenset[str]:
    """The stems of the feeds that were published, and "<stem>.ics" for those with a calendar."""
    made = manifest.read(folder / FOLDER).feeds
    return frozenset(made) | {path for one in made.values() for path in one.files if path.endswith(".ics")}


@cache
def _program() -> bytes:
    """The code and templates that shape a page: another version of them makes everything anew."""
    feeds_room, heart = Path(__file__).parents[1], Path(wording.__file__).parent
    parts = [
        *feeds_room.glob("*.py"), *feeds_room.glob("site/*.py"), *(TEMPLATES / "site").iterdir(), *heart.glob("*.py"),
        heart / "regions.csv",
    ]  # fmt: skip
    return hashlib.sha256(b"\0".join(part.read_bytes() for part in sorted(parts) if part.is_file())).digest()


def form(by: Site) -> str:
    """Return a digest of the program and the settings, which shape every page."""
    return hashlib.sha256(_program() + repr(astuple(by)).encode("utf-8", "replace")).hexdigest()
