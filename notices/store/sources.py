"""The sources that are listened to, and what their pages looked like when last read."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import astuple, dataclass, field
from datetime import datetime

from notices.model import NOTHING, PageRead
from notices.store.columns import moment, packed, unpacked, when
from notices.store.connection import Connection


@dataclass(frozen=True, slots=True)
class SourceInfo:
    """What the store and the outlets need to know of a source; `region_code` is None for the whole country."""

    name: str
    title: str
    publisher: str
    region_code: str | None = None
    kind: str = "board"
    page_url: str = ""
    licence: str = "unknown"
    enabled: bool = True


@dataclass(frozen=True, slots=True)
class PageState:
    """A page as it was last read: its validators and the fingerprint of each row by key."""

    url: str
    at: datetime
    etag: str | None = None
    last_modified: str | None = None
    rows: Mapping[str, str] = field(default_factory=lambda: NOTHING)


class Sources:
    """Table source, and page with the validators that let a site answer "not changed"."""

    def __init__(self, connection: Connection) -> None:
        self._db = connection

    def sync(self, infos: Iterable[SourceInfo]) -> None:
        """Write the sources as their files describe them; one whose file is gone stays, disabled."""
        with self._db.transaction():
            self._db.execute("UPDATE source SET enabled = 0")
            self._db.many(
                "INSERT INTO source VALUES (?, ?, ?, ?, ?, ?, ?, ?) ON CONFLICT (name) DO UPDATE SET"
                " title = excluded.title, publisher = excluded.publisher, region_code = excluded.region_code,"
                " kind = excluded.kind, page_url = excluded.page_url, licence = excluded.licence,"
                " enabled = excluded.enabled",
                [astuple(info) for info in infos],
            )

    def put(self, info: SourceInfo) -> None:
        """Write one source that no file describes, such as a centre's own notices."""
        self._db.execute("INSERT OR REPLACE INTO source VALUES (?, ?, ?, ?, ?, ?, ?, ?)", astuple(info))

    def all(self) -> list[SourceInfo]:
        """Every source, by name."""
        rows = self._db.rows("SELECT * FROM source ORDER BY name")
        return [SourceInfo(**{**dict(row), "enabled": bool(row["enabled"])}) for row in rows]

    def page(self, source: str, url: str) -> PageState | None:
        """The page as it was last read, None if never."""
        row = self._db.row("SELECT * FROM page WHERE source = ? AND url = ?", (source, url))
        if row is None:
            return None
        return PageState(row["url"], when(row["at"]), row["etag"], row["last_modified"], unpacked(row["rows"]))

    def rows(self, source: str) -> dict[str, str]:
        """The latest fingerprint of every row seen at a source, by key; rows move from page to page."""
        found: dict[str, str] = {}
        for row in self._db.rows("SELECT rows FROM page WHERE source = ? ORDER BY at, url", (source,)):
            found.update(unpacked(row["rows"]))
        return found

    def forget_pages(self, source: str) -> None:
        """Forget validators and fingerprints of a source, so that its next run reads everything again."""
        with self._db.transaction():
            self._db.execute("DELETE FROM page WHERE source = ?", (source,))

    def put_page(self, page: PageRead) -> None:
        """Write a page's state; belongs into the transaction that writes its notices."""
        self._db.execute(
            "INSERT OR REPLACE INTO page VALUES (?, ?, ?, ?, ?, ?)",
            (page.source, page.url, moment(page.at), page.etag, page.last_modified, packed(page.rows)),
        )
