"""What centres decide: which announcements they pick, hide or put off, in which words, and what stands on their blogs."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterable
from datetime import datetime

from notices.store.columns import moment, when
from notices.store.connection import Connection
from notices.store.errors import StoreError
from notices.store.views import Pick, Post

STATES = ("picked", "hidden", "later")
_POSTS = (
    "SELECT post.*, notice.announcement_id, post.event_id < coalesce((SELECT max(event.id) FROM event"
    " JOIN announcement ON announcement.id = event.announcement_id WHERE event.announcement_id = notice.announcement_id"
    " AND (event.kind = 'revision' OR announcement.cancelled)), 0) AS outdated"
    " FROM post JOIN notice ON notice.id = post.notice_id"
)


class Curation:
    """Tables pick and post. An announcement is named by the notice that founded it, which merges and splits respect."""

    def __init__(self, connection: Connection) -> None:
        self._db = connection

    def decide(
        self, centre: str, announcement_id: int, state: str, at: datetime, title: str | None, summary: str | None
    ) -> None:
        """Pick, hide or put off an announcement; words that are None stay as they were, empty ones are dropped."""
        if state not in STATES:
            raise ValueError(state)
        with self._db.transaction():
            self._db.execute(
                "INSERT INTO pick VALUES (?, ?, ?, ?, ?, ?) ON CONFLICT (centre, notice_id) DO UPDATE SET"
                " state = excluded.state, title = coalesce(excluded.title, title),"
                " summary = coalesce(excluded.summary, summary), at = excluded.at",
                (centre, self._founder(announcement_id), state, title, summary, moment(at)),
            )
            self._touch(announcement_id)

    def picks(self, centre: str) -> dict[int, Pick]:
        """What a centre decided, by announcement; of two decisions about one the later."""
        rows = self._db.rows(
            "SELECT pick.*, announcement_id FROM pick JOIN notice ON notice.id = notice_id"
            " WHERE centre = ? AND announcement_id IS NOT NULL ORDER BY pick.at, notice_id",
            (centre,),
        )
        return {row["announcement_id"]: _pick(row) for row in rows}

    def posts(self, centre: str = "") -> list[Post]:
        """What stands on a centre's blogs, or on all, the oldest first."""
        only, values = ("WHERE post.centre = ?", (centre,)) if centre else ("", ())
        return [_post(row) for row in self._db.rows(f"{_POSTS} {only} ORDER BY post.at, notice_id, target", values)]

    def post(self, centre: str, announcement_id: int, target: str) -> Post | None:
        """What one blog of a centre holds of an announcement."""
        sql = f"{_POSTS} WHERE post.centre = ? AND announcement_id = ? AND target = ? ORDER BY post.at LIMIT 1"
        row = self._db.row(sql, (centre, announcement_id, target))
        return None if row is None else _post(row)

    def posted(self, centre: str) -> set[int]:
        """The announcements that stand on a centre's blogs."""
        sql = (
            "SELECT announcement_id FROM post JOIN notice ON notice.id = notice_id"
            " WHERE centre = ? AND state IN ('posted', 'rewritten')"
        )
        return {row[0] for row in self._db.rows(sql, (centre,))}

    def begin(self, centre: str, announcement_id: int, target: str, slug: str, at: datetime) -> Post:
        """Note that a post is about to be made, before anything leaves; one that is known keeps its slug."""
        with self._db.transaction():
            known = self.post(centre, announcement_id, target)
            if known is None:
                self._db.execute(
                    "INSERT INTO post VALUES (?, ?, ?, 'posting', ?, NULL, NULL, NULL, 0, ?)"
                    " ON CONFLICT (centre, notice_id, target) DO NOTHING",
                    (centre, self._founder(announcement_id), target, slug, moment(at)),
                )
                known = self.post(centre, announcement_id, target)
            assert known is not None
            return known

    def settle(
        self,
        post: Post,
        state: str,
        at: datetime,
        *,
        remote: str | None,
        url: str | None,
        digest: str | None,
        event_id: int,
    ) -> None:
        """Note what the blog holds now, and up to which event the post knows."""
        with self._db.transaction():
            self._db.execute(
                "UPDATE post SET state = ?, remote = ?, url = ?, digest = ?, event_id = ?, at = ?"
                " WHERE centre = ? AND notice_id = ? AND target = ?",
                (state, remote, url, digest, event_id, moment(at), post.centre, post.notice_id, post.target),
            )  # fmt: skip
            if post.announcement_id is not None:
                self._touch(post.announcement_id)

    def forget(self, post: Post) -> None:
        """Drop the record of a post that was taken down, or never came to be."""
        self._db.execute(
            "DELETE FROM post WHERE centre = ? AND notice_id = ? AND target = ?",
            (post.centre, post.notice_id, post.target),
        )

    def leave(self, notice_id: int, others: Iterable[int]) -> None:
        """Let go of a notice that is withdrawn: no words stay; what it founded goes on under one of the others.

        Without others its posts are to be taken down; with others they are outdated, for they may hold its words.
        """
        among = [notice_id, *others]
        for other in among:
            self._db.execute("UPDATE pick SET title = NULL, summary = NULL WHERE notice_id = ?", (other,))
            self._db.execute("UPDATE post SET event_id = -1 WHERE notice_id = ?", (other,))
        if len(among) > 1:
            for table in ("pick", "post"):
                self._db.execute(
                    f"UPDATE OR IGNORE {table} SET notice_id = ? WHERE notice_id = ?", (among[1], notice_id)
                )
        self._db.execute("DELETE FROM pick WHERE notice_id = ?", (notice_id,))
        self._db.execute("UPDATE post SET state = 'gone' WHERE notice_id = ? AND state != 'written'", (notice_id,))

    def _founder(self, announcement_id: int) -> int:
        sql = (
            "SELECT coalesce((SELECT id FROM notice WHERE announcement_id = announcement.id AND source || ':' || key = uid),"
            " lead_id) FROM announcement WHERE id = ?"
        )
        found: int | None = self._db.value(sql, (announcement_id,))
        if found is None:
            raise StoreError(f"{announcement_id}: 그런 번호의 공고가 없습니다. jiballim search로 번호를 찾으십시오.")
        return found

    def _touch(self, announcement_id: int) -> None:
        """Let the outlets see that something about an announcement is other than before."""
        self._db.execute("INSERT OR REPLACE INTO change (announcement_id) VALUES (?)", (announcement_id,))


def _pick(row: sqlite3.Row) -> Pick:
    return Pick(row["announcement_id"], row["state"], row["title"] or None, row["summary"] or None, when(row["at"]))


def _post(row: sqlite3.Row) -> Post:
    return Post(
        centre=row["centre"],
        notice_id=row["notice_id"],
        announcement_id=row["announcement_id"],
        target=row["target"],
        state=row["state"],
        slug=row["slug"],
        remote=row["remote"],
        url=row["url"],
        digest=row["digest"],
        event_id=row["event_id"],
        at=when(row["at"]),
        outdated=bool(row["outdated"]) or row["event_id"] < 0,
    )
