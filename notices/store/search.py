"""The search index: bigrams of titles and texts, so that 파주 is found inside 파주운정3."""

from __future__ import annotations

import re
import unicodedata
from collections import Counter
from collections.abc import Iterable

from notices.korean import bigrams
from notices.model import Notice
from notices.store.connection import Connection

WORDS = 16  # of a query
BODY = 20_000  # characters of a text that are searched
COMMON = 60  # a pair of letters in more titles than this tells nothing about which notice is meant


def query(words: str) -> str:
    """The full-text query for what a person typed, "" where nothing in it can be searched.

    Every word must be found, inside longer words too; a single letter finds words that hold it before another letter.
    """
    found = re.findall(r"[^\W_]+", unicodedata.normalize("NFKC", words[:1000]).casefold())[:WORDS]
    return " AND ".join(f'"{bigrams(word)}"{"" if len(word) > 1 else " *"}' for word in found)


class Search:
    """The table search; a row a notice, found by the notice's id."""

    def __init__(self, connection: Connection) -> None:
        self._db = connection
        self._common: set[str] = set()

    def notices(self, words: str, limit: int = 50) -> list[int]:
        """Ids of the notices that hold all words, newest first."""
        asked = query(words)
        if not asked:
            return []
        rows = self._db.rows(
            "SELECT rowid FROM search WHERE search MATCH ? ORDER BY rowid DESC LIMIT ?", (asked, limit)
        )
        return [row[0] for row in rows]

    def resembling(self, title: str, limit: int = 30) -> list[int]:
        """Ids of the notices whose titles share the most rare pairs of letters with this one."""
        votes: Counter[int] = Counter()
        for pair in set(bigrams(title[:200]).split()) - self._common:
            rows = self._db.rows(
                "SELECT rowid FROM search WHERE search MATCH ? LIMIT ?", (f'title : "{pair}"', COMMON + 1)
            )
            if len(rows) <= COMMON:
                votes.update(row[0] for row in rows)
            else:
                self._common.add(pair)
        return sorted(votes, key=lambda n: (-votes[n], -n))[:limit]

    def add(self, rows: Iterable[tuple[int, Notice]]) -> None:
        """Index these notices, which are not indexed yet."""
        self._db.many(
            "INSERT INTO search (rowid, title, body) VALUES (?, ?, ?)", [_row(n, notice) for n, notice in rows]
        )

    def drop(self, rows: Iterable[tuple[int, Notice]]) -> None:
        """Take these notices out, given exactly as they were indexed."""
        self._db.many(
            "INSERT INTO search (search, rowid, title, body) VALUES ('delete', ?, ?, ?)",
            [_row(n, notice) for n, notice in rows],
        )

    def tidy(self) -> None:
        """Merge the index into one piece, in which nothing is left of what was taken out."""
        self._db.execute("INSERT INTO search (search) VALUES ('optimize')")

    def rebuild(self) -> None:
        """Index all notices anew."""
        with self._db.transaction():
            self._db.execute("INSERT INTO search (search) VALUES ('delete-all')")
            last = 0
            while rows := self._db.rows(
                "SELECT id, title, body FROM notice JOIN edition ON notice_id = id AND number = edition"
                " WHERE id > ? ORDER BY id LIMIT 1000",
                (last,),
            ):
                self._db.many(
                    "INSERT INTO search (rowid, title, body) VALUES (?, ?, ?)",
                    [(row["id"], bigrams(row["title"]), bigrams(row["body"][:BODY])) for row in rows],
                )
                last = rows[-1]["id"]


def _row(notice_id: int, notice: Notice) -> tuple[int, str, str]:
    return notice_id, bigrams(notice.title), bigrams(notice.body[:BODY])
