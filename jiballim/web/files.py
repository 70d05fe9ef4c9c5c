"""The published folder over HTTP: validators, 304, gzip made once, and no way out of the folder."""

from __future__ import annotations

import gzip
import hashlib
import mimetypes
import os
from collections import OrderedDict
from dataclasses import dataclass
from email.utils import formatdate
from pathlib import Path

_TYPES = {
    ".xml": "text/xml; charset=utf-8",  # shown with its stylesheet; readers do not mind
    ".atom": "application/atom+xml; charset=utf-8",
    ".json": "application/json; charset=utf-8",
    ".ics": "text/calendar; charset=utf-8",
    ".opml": "text/x-opml; charset=utf-8",
    ".html": "text/html; charset=utf-8",
    ".css": "text/css; charset=utf-8",
    ".js": "text/javascript; charset=utf-8",
    ".svg": "image/svg+xml",
    ".txt": "text/plain; charset=utf-8",
}
_SMALL = 1_000  # bytes below which gzip gains nothing
_ASKED = 4_000  # paths remembered, of so many characters each
_LONGEST = 300
_KEPT = 64 * 2**20  # bytes of files remembered
_HIDDEN = {"manifest.json"}


@dataclass(frozen=True, slots=True)
class File:
    """A file as it is answered."""

    body: bytes
    packed: bytes | None
    etag: str
    modified: str
    media_type: str


class Files:
    """Reads files of one folder; those asked often stay in memory as long as they are unchanged on disk."""

    def __init__(self, root: Path) -> None:
        self._root = root.resolve()
        self._kept: OrderedDict[Path, tuple[tuple[int, int, int], File]] = OrderedDict()
        self._asked: dict[str, tuple[str, Path]] = {}  # a URL path: where it leads before and behind any link
        self._size = 0

    def held(self, path: str) -> File | None:
        """Return what a path was answered with before, if it is unchanged on disk: one look, no thread needed."""
        place = self._asked.get(path)
        held = self._kept.get(place[1]) if place is not None else None
        if place is None or held is None:
            return None
        try:
            return held[1] if _mark(os.stat(place[0])) == held[0] else None  # noqa: PTH116 - half the time of Path's
        except OSError:
            return None

    def get(self, path: str) -> File | None:
        """Return the file of a URL path; None where there is none that may be shown."""
        place = self._place(path)
        if place is None:
            return None
        try:
            stat = place.stat()
            mark = _mark(stat)
            held = self._kept.get(place)
            file = held[1] if held is not None and held[0] == mark else _read(place, stat.st_mtime)
            if held is None or file is not held[1]:
                self._remember(place, mark, file)
            self._note(path, place)
            return file
        except OSError:
            return None

    def _note(self, path: str, place: Path) -> None:
        if len(path) <= _LONGEST:
            if len(self._asked) >= _ASKED:
                self._asked.clear()
            self._asked[path] = str(self._unlinked(path)), place

    def _unlinked(self, path: str) -> Path:
        """Where a path leads by its words alone."""
        pieces = [piece for piece in path.split("/") if piece]
        place = self._root.joinpath(*pieces)
        return place / "index.html" if path.endswith("/") or not pieces else place

    def _place(self, path: str) -> Path | None:
        pieces = [piece for piece in path.split("/") if piece]
        if any(piece.startswith(".") or "\\" in piece or "\x00" in piece or piece in _HIDDEN for piece in pieces):
            return None
        try:
            place = self._unlinked(path).resolve()
            return place if place.is_relative_to(self._root) and place.is_file() else None
        except (OSError, ValueError):
            return None

    def _remember(self, place: Path, mark: tuple[int, int, int], file: File) -> None:
        self._kept[place] = (mark, file)
        self._kept.move_to_end(place)
        self._size += len(file.body) + len(file.packed or b"")
        while self._size > _KEPT and len(self._kept) > 1:
            _, (_, old) = self._kept.popitem(last=False)
            self._size -= len(old.body) + len(old.packed or b"")


def _mark(stat: os.stat_result) -> tuple[int, int, int]:
    return stat.st_mtime_ns, stat.st_size, stat.st_ino


def _read(place: Path, modified: float) -> File:
    body = place.read_bytes()
    kind = _TYPES.get(place.suffix) or mimetypes.guess_type(place.name)[0] or "application/octet-stream"
    packs = len(body) > _SMALL and not kind.startswith(("image/png", "font/"))
    return File(
        body,
        gzip.compress(body, 6, mtime=0) if packs else None,
        f'"{hashlib.sha256(body).hexdigest()[:20]}"',
        formatdate(modified, usegmt=True),
        kind,
    )
