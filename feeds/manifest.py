"""Remember what was published from what: so that nothing unchanged is built again and nothing vanished is left behind."""

from __future__ import annotations

import hashlib
import json
import os
from collections.abc import Iterator, Mapping
from dataclasses import asdict, dataclass, field
from pathlib import Path
from typing import Any

from notices.store.changes import Facets

NAME = "manifest.json"

File = tuple[str, int]
"""SHA-256 and size in bytes."""


@dataclass(frozen=True, slots=True)
class Made:
    """One feed as it was last made: the announcements it holds, its files by path with their digest and size."""

    holds: tuple[int, ...]
    files: dict[str, File]


@dataclass(slots=True)
class Manifest:
    """What lies in the folder: made in `form` (program and settings) on `day` from a store at `mark`."""

    form: str = ""
    day: str = ""
    mark: dict[str, Any] = field(default_factory=dict)
    facets: Facets = field(default_factory=Facets)
    feeds: dict[str, Made] = field(default_factory=dict)
    shared: dict[str, File] = field(default_factory=dict)

    def paths(self) -> set[str]:
        """Return every file's path, relative to the folder."""
        return {path for made in self.feeds.values() for path in made.files} | set(self.shared)

    def broken(self, folder: Path) -> set[str]:
        """Return the stems of the feeds that lack a file or have one of another size."""
        sizes = dict(lying(folder))
        return {stem for stem, made in self.feeds.items() if any(sizes.get(p) != s for p, (_, s) in made.files.items())}

    def write(self) -> bytes:
        """Return the manifest as it is kept."""
        kept = {
            "form": self.form,
            "day": self.day,
            "mark": self.mark,
            "facets": asdict(self.facets),
            "feeds": {stem: {"holds": made.holds, "files": made.files} for stem, made in self.feeds.items()},
            "shared": self.shared,
        }
        return json.dumps(kept, ensure_ascii=False, sort_keys=True, separators=(",", ":")).encode() + b"\n"


def read(folder: Path) -> Manifest:
    """Return the folder's manifest; a missing or unreadable one is empty, so that all is built anew."""
    try:
        kept = json.loads((folder / NAME).read_bytes())
        feeds = {
            stem: Made(
                tuple(map(int, made["holds"])), {str(p): (str(d), int(s)) for p, (d, s) in made["files"].items()}
            )
            for stem, made in kept["feeds"].items()
        }
        shared = {str(p): (str(d), int(s)) for p, (d, s) in kept["shared"].items()}
        if any(
            ".." in path or path.startswith("/")
            for path in (*shared, *(p for made in feeds.values() for p in made.files))
        ):
            return Manifest()
        return Manifest(str(kept["form"]), str(kept["day"]), dict(kept["mark"]), _facets(kept["facets"]), feeds, shared)
    except (OSError, ValueError, KeyError, TypeError, AttributeError):
        return Manifest()


def _facets(kept: Mapping[str, Any]) -> Facets:
    lists = {name: tuple(map(str, kept[name])) for name in ("regions", "supply", "audience", "sections")}
    return Facets(**lists, sources=dict(kept["sources"]))


def lying(folder: Path, below: str = "") -> Iterator[tuple[str, int]]:
    """Yield path and size of every file in the folder."""
    with os.scandir(folder / below) as found:
        for item in found:
            if item.is_dir(follow_symlinks=False):
                yield from lying(folder, f"{below}{item.name}/")
            else:
                yield below + item.name, item.stat().st_size


def file(content: bytes) -> File:
    """Return a file's digest and size."""
    return hashlib.sha256(content).hexdigest(), len(content)
