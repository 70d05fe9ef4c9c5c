"""The map: 16 시·도 as equal tiles in their rough places, each with the number open now; below it every 시·군·구 with a bar."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from feeds.channel import Site
from feeds.select import Feed
from feeds.site.frame import frame, page
from feeds.site.list_page import Listing
from feeds.site.lists import Day
from feeds.site.places import PROVINCES, short
from feeds.site.words import EN, KO

Rows = list[dict[str, object]]


def map_pages(
    by: Site, today: Day, listed: Sequence[Listing], date_words: dict[str, str]
) -> Iterator[tuple[str, bytes]]:
    """Yield the map in both languages."""
    places = {
        one.stem.partition("/")[2]: (one, today.open(one.cards)) for one in listed if one.stem.startswith("region/")
    }
    most = max((n for code, (_, n) in places.items() if len(code) > 2), default=0)
    for language in (KO, EN):
        path = "en/map.html" if language == EN else "map.html"
        title = "Homes by region" if language == EN else "지역마다 지금 신청할 수 있는 공공임대주택"
        around = frame(by, path, title, active="regions", day=date_words[language], other=True)
        yield path, page(
            "map.html", around, tiles=_tiles(places, language), provinces=_below(places, most, language),
            english=language == EN,
        )  # fmt: skip


def _tiles(places: dict[str, tuple[Listing, int]], language: str) -> Rows:
    tiles: Rows = []
    for code, (korean, english, row, column) in PROVINCES.items():
        key = "36110" if code == "36" else code
        listing, number = places.get(key, (None, 0))
        tiles.append({
            "name": english if language == EN else korean.replace("전남광주", "전남 광주"), "number": number, "row": row, "column": column,
            "href": f"{listing.stem}.html" if listing else None,
        })  # fmt: skip
    return tiles


def _below(places: dict[str, tuple[Listing, int]], most: int, language: str) -> list[tuple[str, Rows]]:
    """Each 시·도 with its 시·군·구."""
    found: list[tuple[str, Rows]] = []
    for code, (korean, english, _, _) in sorted(PROVINCES.items()):
        rows: Rows = []
        for key, (listing, number) in sorted(places.items()):
            if key.startswith(code) and len(key) > 2 and key != "36110":
                name = _name(listing.feeds[0]).split(" ", 1)[-1]
                width = round(100 * number / most, 1) if most else 0
                rows.append({"name": name, "number": number, "width": width, "href": f"{listing.stem}.html"})
        if rows:
            found.append((english if language == EN else korean, rows))
    return found


def _name(feed: Feed) -> str:
    return short((feed.stem.partition("/")[2], feed.title))
