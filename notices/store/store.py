"""The store: one SQLite file, opened, and its tables by domain."""

from __future__ import annotations

from contextlib import AbstractContextManager
from datetime import datetime
from pathlib import Path
from types import TracebackType

from notices.store.announcements import Announcements
from notices.store.changes import Changes
from notices.store.checks import Checks
from notices.store.connection import Connection
from notices.store.curation import Curation
from notices.store.desk import Log, Sessions
from notices.store.events import Events
from notices.store.membership import Membership
from notices.store.newest import Newest
from notices.store.notices import Known, Notices
from notices.store.outbox import Outbox
from notices.store.quota import Quota
from notices.store.revisits import Revisits
from notices.store.rhythms import Rhythms
from notices.store.runs import Runs
from notices.store.search import Search
from notices.store.shown import Shown
from notices.store.sources import Sources
from notices.store.views import Announcement


class Store:
    """All that was heard, understood, decided and sent. Raises StoreError, one sentence, for whatever goes wrong."""

    def __init__(self, connection: Connection) -> None:
        self._db = connection
        self.sources = Sources(connection)
        self.runs = Runs(connection)
        self.checks = Checks(connection)
        self.notices = Notices(connection)
        self.announcements = Announcements(connection, self.notices)
        self.events = Events(connection, self.announcements)
        self.newest = Newest(connection, self.events)
        self.membership = Membership(connection, self.notices, self.events)
        self.changes = Changes(connection)
        self.shown = Shown(connection, self.changes)
        self.index = Search(connection)
        self.outbox = Outbox(connection)
        self.quota = Quota(connection)
        self.revisits = Revisits(connection)
        self.rhythms = Rhythms(connection)
        self.curation = Curation(connection)
        self.sessions = Sessions(connection)
        self.log = Log(connection)

    @classmethod
    def open(cls, path: Path, *, readonly: bool = False) -> Store:
        """Open the file, made where missing and brought up to date, unless `readonly`."""
        return cls(Connection(path, readonly=readonly))

    @property
    def path(self) -> Path:
        """Where the file lies."""
        return self._db.path

    def transaction(self) -> AbstractContextManager[None]:
        """Commit all that is written inside together, or nothing."""
        return self._db.transaction()

    def bounded(self, seconds: float) -> AbstractContextManager[None]:
        """Break off queries inside that take longer than this, with a StoreError: for whoever asks from outside."""
        return self._db.bounded(seconds)

    def search(self, words: str, limit: int = 50) -> list[Announcement]:
        """Announcements with a notice that holds all words, in title or text, those seen last first; any text is safe."""
        found = self.notices.known(self.index.notices(words, limit * 4))
        ids = dict.fromkeys(
            known.announcement_id
            for known in sorted(found.values(), key=lambda known: -known.id)
            if known.announcement_id is not None
        )
        announcements = self.announcements.among(list(ids)[:limit])
        return [announcements[n] for n in ids if n in announcements]

    def withdraw(self, notice_id: int, at: datetime) -> bool:
        """Remove text, editions, facts, search row and events of a notice; a tombstone without text stays.

        Its title is struck out of messages, and posts about it are marked to be taken down.

        False if there is no such notice, or it was withdrawn before. Nothing of the text is left in the file's bytes.
        """
        with self._db.shredding(), self.transaction():
            notice, known = self.notices.get(notice_id), self.notices.known([notice_id]).get(notice_id)
            if notice is None or known is None:
                return False
            self.index.drop([(notice_id, notice)])
            self.outbox.redact(notice.title)
            self.curation.leave(notice_id, self._others(known))
            self.events.erase(notice_id)
            self.membership.leave(notice_id, at)
            self.revisits.erase(notice_id)
            self.notices.erase(notice_id, at)
            self.index.tidy()
        return True

    def _others(self, known: Known) -> list[int]:
        """The notices that say the same announcement, the oldest first."""
        if known.announcement_id is None:
            return []
        return [m.id for m in self.membership.members(known.announcement_id) if m.id != known.id]

    def close(self) -> None:
        """Close the file."""
        self._db.close()

    def __enter__(self) -> Store:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, value: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()
