"""The feeds of each centre: what is on in its regions, its 관내 주거복지사업, and what its people picked.

What a centre hid stands in none of its own feeds; the page of all, the feeds of places and other centres stay whole.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace

from feeds.select import RESIDENT, Feed, slug
from notices.korean import one_line
from notices.store.changes import Facets
from notices.store.selection import EVERYWHERE
from notices.store.views import Selection

GROUP = "센터"


@dataclass(frozen=True, slots=True)
class Centre:
    """A centre as its feeds see it: `regions` are prefixes of codes, none for all; `source` is that of its own notices."""

    name: str
    title: str
    regions: tuple[str, ...]
    source: str


def centre_feeds(centres: Iterable[Centre]) -> Iterator[Feed]:
    """Yield three feeds a centre, which are there from the first day on, also while they are empty."""
    for centre in centres:
        stem, own = f"centre/{slug(centre.name)}", (centre.source,)
        title = one_line(centre.title)[:100] or centre.name
        shown = Selection(regions=centre.regions, beside=own, unless_hidden=centre.name)
        calls, welfare = replace(shown, kinds=RESIDENT), replace(shown, sections=("주거복지사업",))
        picked = Selection(curated=centre.name, relevant=None, unless_hidden=centre.name)
        yield Feed(stem, title, f"{title}: 관내 임대주택 공고와 센터 소식", GROUP, calls)
        yield Feed(
            f"{stem}-welfare", f"{title} 관내 주거복지사업", f"{title}: 관내 주거복지사업과 센터 소식", GROUP, welfare
        )
        yield Feed(f"{stem}-curated", f"{title} 고른 소식", f"{title}: 센터가 골라 옮긴 소식", GROUP, picked)


def reached(centres: Iterable[Centre], touched: Iterable[Facets]) -> set[str]:
    """Return the feeds of centres that changed announcements of these facets may stand in; picks are told by nothing else."""
    changed = list(touched)
    stems = set()
    for centre in centres if changed else ():
        stem = f"centre/{slug(centre.name)}"
        stems.add(f"{stem}-curated")
        if any(_answers(centre, facets) for facets in changed):
            stems |= {stem, f"{stem}-welfare"}
    return stems


def _answers(centre: Centre, facets: Facets) -> bool:
    if not centre.regions or centre.source in facets.sources:
        return True
    wide = {prefix[:2] + "000" for prefix in centre.regions} | set(EVERYWHERE)
    return any(code in wide or code.startswith(centre.regions) for code in facets.regions)
