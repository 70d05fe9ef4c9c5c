"""The page at size: 200,000 announcements, some 2,500 of them current; a first publishing, none changed, one new."""

from __future__ import annotations

import tempfile
import time
from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path

from bench import feeds as size
from bench.report import Line
from feeds.publish import site
from feeds.site.publish import Written, publish_site
from feeds.site.shelf import StoreSiteShelf
from notices.store import Store


def lines() -> Iterator[Line]:
    """Measure notice pages a second, nothing changed and one new notice, in seconds of CPU; bytes of the first view."""
    with tempfile.TemporaryDirectory() as made:
        folder = Path(made)
        with Store.open(folder / "jiballim.db") as store:
            size.fill(store)
            first, seconds = timed(store, folder)
            floor = bare(folder, first)
            yield Line(
                "page: notice pages a second", first.notices / seconds, "/s", 1_000, first.notices / floor,
                at_least=True, note=f"{len(first.written)} files; floor: the same bytes written bare",
            )  # fmt: skip
            yield Line("page: nothing changed", timed(store, folder)[1], "s", 1)
            size.add(store, [size.ANNOUNCEMENTS + 1])
            done, seconds = timed(store, folder)
            yield Line("page: one new notice", seconds, "s", 2, note=f"{len(done.written)} files")
            done, seconds = timed(store, folder, days=1)
            yield Line("page: a new day", seconds, "s", 10, note=f"{len(done.written)} files")
            view = sum(
                (folder / "public" / name).stat().st_size for name in ("index.html", "site.css", "site.js", "icon.svg")
            )
            yield Line("page: the first view", view / 1_000, "kB", 100)


def timed(store: Store, folder: Path, days: int = 0) -> tuple[Written, float]:
    """What one publishing did, and its CPU seconds."""
    by = site("https://home.example.org/", "집알림")
    start = time.process_time()
    done = publish_site(StoreSiteShelf(store), folder / "public", by, size.DAY + timedelta(days=days))
    return done, time.process_time() - start


def bare(folder: Path, done: Written) -> float:
    """CPU seconds of writing the same files with bare calls."""
    contents = [(folder / "public" / path).read_bytes() for path in done.written]
    beside = folder / "bare"
    beside.mkdir()
    start = time.process_time()
    for n, content in enumerate(contents):
        (beside / str(n)).write_bytes(content)
    return time.process_time() - start
