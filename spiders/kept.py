"""Keep the pages that could not be read, for the engineer: few, not for long, and never one that names people."""

from __future__ import annotations

import contextlib
import re
from datetime import datetime, timedelta
from pathlib import Path

from spiders.asks import Answer

LONGEST, MOST = timedelta(days=14), 20
"""How long a page is kept, and how many of one source."""

LARGEST = 2_000_000
_TITLE = re.compile(rb"<(title|h[1-4])\b[^>]{0,200}>(.{0,400}?)</\1", re.I | re.S)
_PEOPLE = re.compile("발표|당첨|명단|선정\\s?결과|합격|순번|대상자\\s?(?:확정|결정|공개)")


FOLDER = "pages"
"""Where they lie in a home folder."""


class Pages:
    """A folder a source, a file a failed reading: <time>-<reason>.html."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder

    def keep(self, source: str, answer: Answer, code: str, at: datetime, title: str = "") -> None:
        """Keep a page, unless it or the post's title speaks of people who were chosen; a full disk harms no crawl."""
        if _PEOPLE.search(title) or names_people(answer.body):
            return
        with contextlib.suppress(OSError):
            folder = self._folder / source
            folder.mkdir(parents=True, exist_ok=True, mode=0o700)
            path = folder / f"{at:%Y%m%dT%H%M%S}-{code}.html"
            path.write_bytes(f"<!-- {answer.url.replace('--', '')} -->\n".encode() + answer.body[:LARGEST])
            self.tidy(at)

    def forget(self, source: str) -> None:
        """Drop all pages of a source, any of which may show a notice that was withdrawn."""
        for path in (self._folder / source).glob("*.html"):
            path.unlink(missing_ok=True)

    def tidy(self, now: datetime) -> None:
        """Drop what is too old or too much."""
        oldest = f"{now - LONGEST:%Y%m%dT%H%M%S}"
        for folder in self._folder.iterdir() if self._folder.is_dir() else ():
            for number, path in enumerate(sorted(folder.glob("*.html"), reverse=True)):
                if number >= MOST or path.name < oldest:
                    path.unlink(missing_ok=True)


def names_people(body: bytes) -> bool:
    """Whether a page's title or headings speak of people who were chosen."""
    for heading in _TITLE.finditer(body[:LARGEST]):
        for encoding in ("utf-8", "cp949"):
            with contextlib.suppress(UnicodeDecodeError):
                if _PEOPLE.search(heading[2].decode(encoding)):
                    return True
                break
    return False
