"""Hand each list page with its notices to the store, whole; a store that refuses ends the walk with its sentence."""

from __future__ import annotations

from typing import Any

from notices.errors import Refusal
from spiders.ledger import Ledger
from spiders.reasons import Reason
from spiders.walk import Turn


def store(ledger: Ledger, turn: Turn) -> None:
    """Store a page and tell its walk; one page that cannot be stored spoils no other source."""
    walk = turn.walk
    try:
        taken = ledger.take(walk.run_id, turn.page)
    except Refusal as refusal:
        walk.abandon(Reason("store", str(refusal)))
    except Exception as wrong:  # one notice that cannot be understood must not end the crawl of the others
        walk.abandon(
            Reason("intake", f"읽은 글을 저장하다 오류가 났습니다({type(wrong).__name__}). 개발자에게 알려 주십시오.")
        )
    else:
        walk.taken(taken)


class Taking:
    """Scrapy's item pipeline: the item is a turn of a walk."""

    def __init__(self, crawler: Any) -> None:
        self._crawler = crawler

    @classmethod
    def from_crawler(cls, crawler: Any) -> Taking:
        """Make the pipeline."""
        return cls(crawler)

    def process_item(self, item: Turn) -> Turn:
        """Store a turn."""
        self._crawler.spider.store(item)
        return item
