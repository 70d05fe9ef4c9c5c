"""Lists in which a notice stands in several rows, on any of their pages: read to the end first, then laid together."""

from __future__ import annotations

from collections import Counter
from dataclasses import replace

from spiders.pages.parts import Together, laid
from spiders.pages.records import Listing, Row
from spiders.reasons import Reason

PART = "목록을 끝까지 읽지 못해 이 공고의 일부만 보았습니다."
"""The doubt of a notice of which further rows may stand on a page that was not read."""


class Gathering:
    """The rows of a list over its pages, each once, though a page may repeat what moved on while it was read."""

    def __init__(self, together: Together) -> None:
        self._together = together
        self._rows: dict[tuple[str, str, int], Row] = {}
        self._nameless = 0
        self._totals: set[int] = set()
        self.lost = ""  # why a page was not read whole

    def __len__(self) -> int:
        """How many rows are there."""
        return len(self._rows) + self._nameless

    def add(self, listing: Listing, lost: str = "") -> bool:
        """Keep the rows of a page. False where there is no further page: all are there, or this one brought nothing new."""
        before, seen = len(self), Counter[tuple[str, str]]()
        self._nameless += sum(row.key is None for row in listing.parts)
        for row in (row for row in listing.parts if row.key):
            place = (str(row.key), row.part)
            seen[place] += 1
            self._rows.setdefault((*place, seen[place]), row)
        if listing.total is not None:
            self._totals.add(listing.total)
        self.lost = self.lost or lost
        return listing.next_page is not None and len(self) > before and len(self) not in self._totals

    def lacking(self) -> Reason | None:
        """Why not every row of the list can be there; None where all are."""
        most = max(self._totals, default=len(self))
        if self.lost:
            return Reason("cut", f"목록의 일부만 읽었습니다({self.lost}).")
        if len(self._totals) > 1:
            return Reason("cut", "읽는 동안 목록이 바뀌어 공고마다 모두 모으지 못했습니다. 다음 수집 때 다시 읽습니다.")
        if len(self) < most:
            return Reason(
                "cut",
                f"목록 {most:,}줄 가운데 {len(self):,}줄만 읽었습니다. 되풀이되면 출처 파일의 [paging] pages를 늘리십시오.",
            )
        return None

    def notices(self, whole: bool) -> tuple[Row, ...]:
        """Return a row for each notice, in the order in which they were first seen."""
        return tuple(
            row if whole else replace(row, doubts=(*row.doubts, PART))
            for row in laid(self._rows.values(), self._together, whole)
        )
