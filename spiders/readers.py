"""Which reader reads the pages of a source: the board engine, or one of the portals that are no boards."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from typing import Protocol

from spiders.pages import (
    applyhome,
    bokjiro,
    feed,
    gh,
    hug,
    ih,
    ih_api,
    korea_kr,
    lh,
    lh_api,
    myhome,
    naver,
    seoul_housing,
    soco,
)
from spiders.pages.document import Document
from spiders.pages.hints import Hints
from spiders.pages.parts import Together
from spiders.pages.records import Detail, Listing


class ListReader(Protocol):
    """Reads a list page; `today` (KST) dates what the page dates only by the hour or the day."""

    def __call__(self, document: Document, *, today: date | None = None, hints: Hints | None = None) -> Listing:
        """Return what the list says."""


class DetailReader(Protocol):
    """Reads a post's own page."""

    def __call__(self, document: Document, *, today: date | None = None, hints: Hints | None = None) -> Detail:
        """Return what the post says."""


@dataclass(frozen=True, slots=True)
class Family:
    """The two readers of one kind of site, and how rows of one notice are laid together where it may have several.

    `listed` are the fields that the list itself gives, not the post's own page.
    """

    listing: ListReader
    detail: DetailReader
    together: Together | None = None
    listed: tuple[str, ...] = ()


def _board_listing(document: Document, *, today: date | None = None, hints: Hints | None = None) -> Listing:
    from spiders.pages.board import listing

    return listing(document, today=today, hints=hints)


def _board_detail(document: Document, *, today: date | None = None, hints: Hints | None = None) -> Detail:
    from spiders.pages.detail import detail

    return detail(document, today=today, hints=hints)


_LOADERS: dict[str, Callable[[], Family]] = {
    "board": lambda: Family(_board_listing, _board_detail),
    "lh": lambda: Family(lh.listing, lh.detail, listed=lh.LISTED),
    "gh": lambda: Family(gh.listing, gh.detail, listed=gh.LISTED),
    "ih": lambda: Family(ih.listing, _board_detail, listed=tuple(ih.FACTS)),
    "seoul_housing": lambda: Family(seoul_housing.listing, _board_detail, listed=tuple(seoul_housing.FACTS)),
    "feed": lambda: Family(feed.listing, _board_detail),
    "korea_kr": lambda: Family(korea_kr.listing, _board_detail),
    "soco": lambda: Family(soco.listing, _board_detail, listed=tuple(soco.FACTS)),
    "hug": lambda: Family(hug.table, _board_detail, hug.together, tuple(hug.WEB_FACTS)),
    "hug_api": lambda: Family(hug.listing, _board_detail, listed=tuple(hug.FACTS)),
    "lh_api": lambda: Family(lh_api.listing, lh_api.detail, listed=lh_api.LISTED),
    "myhome": lambda: Family(myhome.listing, _board_detail, myhome.together, tuple(myhome.FACTS)),
    "myhome_web": lambda: Family(myhome.search, _board_detail, listed=tuple(myhome.WEB_FACTS)),
    "bokjiro": lambda: Family(bokjiro.listing, bokjiro.detail, listed=tuple(bokjiro.FACTS)),
    "ih_api": lambda: Family(ih_api.listing, _board_detail, listed=tuple(ih_api.FACTS)),
    "applyhome": lambda: Family(applyhome.listing, _board_detail, listed=tuple(applyhome.FACTS)),
    "naver": lambda: Family(naver.listing, _board_detail),
}
FAMILIES = tuple(_LOADERS)
"""The names that a source's `family` may have."""


def family(name: str) -> Family:
    """The readers of a family."""
    return _LOADERS[name]()
