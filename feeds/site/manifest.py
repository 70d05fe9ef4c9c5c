"""Remember what the page was made from: so that nothing unchanged is made again and nothing vanished is left behind."""

from __future__ import annotations

import json
import os
from collections.abc import Iterable
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from feeds.site.card import Card, kept

NAME = ".site.json"
FOLDERS = ("", "notice", "region", "supply", "audience", "section", "month", "en", "en/notice", "en/region")
"""Where the page's files lie, below the public folder."""

ENDINGS = (".html", ".ics", ".css", ".js", ".svg")


@dataclass(slots=True)
class Made:
    """What lies in the folder: made in `form` (program and settings) on `day` from a store at `mark`.

    `slugs` names the page of each announcement; `cards` are the current ones; `dated` those with a calendar file;
    `lists` holds each list's signature with its paths; `others` are all other paths.
    """

    form: str = ""
    day: str = ""
    mark: dict[str, Any] = field(default_factory=dict)
    slugs: dict[int, str] = field(default_factory=dict)
    cards: dict[int, Card] = field(default_factory=dict)
    dated: set[int] = field(default_factory=set)
    lists: dict[str, tuple[str, tuple[str, ...]]] = field(default_factory=dict)
    others: tuple[str, ...] = ()

    def paths(self) -> set[str]:
        """Return every path."""
        found = {f"notice/{slug}.html" for slug in self.slugs.values()}
        found |= {f"en/notice/{self.slugs[n]}.html" for n in self.cards if n in self.slugs}
        found |= {f"notice/{self.slugs[n]}.ics" for n in self.dated if n in self.slugs}
        return found | {path for _, paths in self.lists.values() for path in paths} | set(self.others)

    def write(self) -> bytes:
        """Return the manifest as it is kept."""
        whole = {
            "form": self.form,
            "day": self.day,
            "mark": self.mark,
            "slugs": {str(n): slug for n, slug in sorted(self.slugs.items())},
            "cards": [card.row() for _, card in sorted(self.cards.items())],
            "dated": sorted(self.dated),
            "lists": {stem: [signature, list(paths)] for stem, (signature, paths) in sorted(self.lists.items())},
            "others": sorted(self.others),
        }
        return json.dumps(whole, ensure_ascii=False, separators=(",", ":")).encode("utf-8", "replace") + b"\n"


def read(folder: Path) -> Made:
    """Return the folder's manifest; a missing or unreadable one is empty, so that all is made anew."""
    try:
        whole = json.loads((folder / NAME).read_bytes())
        cards = map(kept, whole["cards"])
        made = Made(
            str(whole["form"]),
            str(whole["day"]),
            dict(whole["mark"]),
            {int(n): str(slug) for n, slug in whole["slugs"].items()},
            {card.id: card for card in cards},
            set(map(int, whole["dated"])),
            {str(s): (str(one[0]), tuple(map(str, one[1]))) for s, one in whole["lists"].items()},
            tuple(map(str, whole["others"])),
        )
        return made if _inside(made.slugs.values()) and _inside(_listed(made)) else Made()
    except (OSError, ValueError, KeyError, TypeError, AttributeError, IndexError):
        return Made()


def _listed(made: Made) -> set[str]:
    return {path for _, paths in made.lists.values() for path in paths} | set(made.others)


def _inside(paths: Iterable[str]) -> bool:
    lines = "\n" + "\n".join(paths)
    return ".." not in lines and "\n/" not in lines


def lying(folder: Path) -> tuple[set[str], list[str]]:
    """Return the path of every file that lies in the page's folders, and the paths of those left half written."""
    found: set[str] = set()
    halves: list[str] = []
    for below in FOLDERS:
        if not (folder / below).is_dir():
            continue
        prefix = f"{below}/" if below else ""
        names = os.listdir(folder / below)  # noqa: PTH208 - a Path for each of 200,000 files costs half a second
        found.update([prefix + name for name in names] if prefix else names)
        halves += [prefix + name for name in names if name[0] == "." and name.endswith(".part")]
    return found, halves
