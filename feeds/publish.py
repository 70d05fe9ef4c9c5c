"""Write all feeds into a folder: whole or not at all, only what changed, the same bytes for the same store and day."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable
from dataclasses import astuple, dataclass
from datetime import date, timedelta
from functools import cache
from pathlib import Path

from feeds import files, manifest
from feeds.build import Builder
from feeds.centres import Centre, centre_feeds, reached
from feeds.channel import FOLDER, Channel, Site
from feeds.manifest import Made, Manifest
from feeds.opml import opml
from feeds.render import FOLDER as TEMPLATES
from feeds.select import Feed, Reach, feeds
from feeds.shelf import Shelf, StoreShelf
from notices.errors import Refusal, WrongUse
from notices.korean import one_line
from notices.links import web_link
from notices.store import Store

STYLE = "feed.css"
LIST = "feeds.opml"
ENDINGS = (".xml", ".atom", ".json", ".ics")


@dataclass(frozen=True, slots=True)
class Published:
    """What publishing did: paths written and removed, how many files stayed as they were, how many feeds there are.

    `left_out` names each entry that could not be made, with its reason; its feed holds the others. `pages` counts the
    pages of notices, where the page is published with the feeds.
    """

    written: tuple[str, ...]
    unchanged: int
    removed: tuple[str, ...]
    feeds: int
    left_out: tuple[str, ...] = ()
    pages: int = 0


def site(base_url: str, title: str, feedback_url: str | None = None, centres: Iterable[Centre] = ()) -> Site:
    """Return who publishes; raises WrongUse for an address that no reader could open."""
    address = web_link(base_url)
    if address is None:
        raise WrongUse(f"base_url {base_url!r}은(는) http(s) 주소가 아닙니다: 피드가 놓일 주소를 적으십시오.")
    if feedback_url and web_link(feedback_url) is None:
        raise WrongUse(f"feedback_url {feedback_url!r}은(는) http(s) 주소가 아닙니다: 고치거나 비우십시오.")
    return Site(address.rstrip("/") + "/", one_line(title) or "집알림", web_link(feedback_url), tuple(centres))


def publish(
    store: Store,
    folder: Path,
    *,
    base_url: str,
    title: str,
    day: date,
    feedback_url: str | None = None,
    centres: Iterable[Centre] = (),
) -> Published:
    """Publish the store's feeds below `folder`, the public folder whose address is `base_url`, for a KST day."""
    return publish_shelf(StoreShelf(store), folder, site(base_url, title, feedback_url, centres), day)


def publish_shelf(shelf: Shelf, folder: Path, by: Site, day: date) -> Published:
    """Publish below `folder` for the given KST day; raises Refusal where the folder cannot be written."""
    root = folder / FOLDER
    try:
        return _Publishing(shelf, root, by, day).run()
    except OSError as wrong:
        raise Refusal(
            f"{wrong.filename or root} 파일을 쓸 수 없습니다({wrong.strerror}): 디스크의 자리와 폴더의 권한을 살피고 "
            "다시 하십시오. 이미 있던 피드는 그대로 온전합니다."
        ) from wrong


class _Publishing:
    """One pass over one folder."""

    def __init__(self, shelf: Shelf, root: Path, by: Site, day: date) -> None:
        self.shelf, self.root, self.day = shelf, root, day
        self.builder = Builder(shelf, by, dated_from(day))
        self.form, self.centres = form(by, day), by.centres
        self.written: list[str] = []
        self.unchanged = 0

    def run(self) -> Published:
        self.root.mkdir(parents=True, exist_ok=True)
        files.sweep(self.root)
        before = manifest.read(self.root)
        now = Manifest(self.form, self.day.isoformat(), dict(self.shelf.mark()))
        wanted = self._wanted(before, now)
        self._keep(before, now, wanted)
        self._build(now, wanted)
        self._shared(now)
        removed = self._remove((before.paths() | self._forgotten(before, now)) - now.paths())
        if files.replace(self.root / manifest.NAME, now.write()):
            files.settle(self.root)
        return Published(tuple(self.written), self.unchanged, removed, len(now.feeds), tuple(self.builder.left_out))

    def _feeds(self, now: Manifest) -> list[Feed]:
        return [*feeds(now.facets, self.day), *centre_feeds(self.centres)]

    def _wanted(self, before: Manifest, now: Manifest) -> set[str] | None:
        """Set the facets of now and return the stems that must be built again; None for all."""
        same = before.form == now.form
        touched = self.shelf.touched(before.mark) if same and before.mark != now.mark else {}
        now.facets = before.facets if same and before.mark == now.mark else self.shelf.facets()
        if not same or touched is None:
            return None
        wanted = before.broken(self.root) | {
            s for s, made in before.feeds.items() if not touched.keys().isdisjoint(made.holds)
        }
        reaches = [Reach(facets) for facets in touched.values()]
        for feed in feeds(now.facets, self.day):
            if (feed.daily and before.day != now.day) or any(feed.stem in reach for reach in reaches):
                wanted.add(feed.stem)
        return wanted | reached(self.centres, touched.values())

    def _keep(self, before: Manifest, now: Manifest, wanted: set[str] | None) -> None:
        """Take over what need not be built again."""
        for feed in self._feeds(now):
            made = before.feeds.get(feed.stem)
            if made and wanted is not None and feed.stem not in wanted:
                now.feeds[feed.stem] = made
                self.unchanged += len(made.files)

    def _build(self, now: Manifest, wanted: set[str] | None) -> None:
        again = [feed for feed in self._feeds(now) if wanted is None or feed.stem in wanted]
        for feed, holds, documents in self.builder.build(again):
            if documents:
                put = {
                    f"{feed.stem}.{ending}": self._put(f"{feed.stem}.{ending}", d) for ending, d in documents.items()
                }
                now.feeds[feed.stem] = Made(holds, put)

    def _shared(self, now: Manifest) -> None:
        """The stylesheet and the list of feeds."""
        now.shared[STYLE] = self._put(STYLE, (TEMPLATES / STYLE).read_bytes())
        groups: dict[str, list[Channel]] = {}
        for feed in self._feeds(now):
            if feed.stem in now.feeds:
                groups.setdefault(feed.group, []).append(self.builder.channel(feed))
        now.shared[LIST] = self._put(LIST, opml(self.builder.title, groups))

    def _put(self, path: str, content: bytes) -> manifest.File:
        if files.replace(self.root / path, content):
            self.written.append(path)
        else:
            self.unchanged += 1
        return manifest.file(content)

    def _forgotten(self, before: Manifest, now: Manifest) -> set[str]:
        """Our files that a lost manifest or an older program left behind: they lie in our folders under our endings."""
        if before.form == now.form:
            return set()
        return {path for path, _ in manifest.lying(self.root) if path.count("/") == 1 and path.endswith(ENDINGS)}

    def _remove(self, paths: set[str]) -> tuple[str, ...]:
        for path in paths:
            (self.root / path).unlink(missing_ok=True)
        return tuple(sorted(paths))


@cache
def _program() -> bytes:
    """The room itself: another version of it, or of its templates, builds everything anew."""
    parts = sorted([*Path(__file__).parent.glob("*.py"), *TEMPLATES.iterdir()])
    return hashlib.sha256(b"\0".join(part.read_bytes() for part in parts if part.is_file())).digest()


def form(by: Site, day: date) -> str:
    """Return a digest of the program, the settings and the month, which shape every file."""
    return hashlib.sha256(_program() + repr((astuple(by), dated_from(day))).encode("utf-8", "replace")).hexdigest()


def dated_from(day: date) -> date:
    """Calendars reach back to the first day of last month: they lose old dates monthly, not each night."""
    return (day.replace(day=1) - timedelta(days=1)).replace(day=1)
