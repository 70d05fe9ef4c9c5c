"""Which feeds there are: everything, each place, supply type, audience, section and source, by deadline, corrections."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from types import MappingProxyType

from notices import regions
from notices.korean import one_line
from notices.model import EventKind
from notices.store.changes import Facets
from notices.store.views import Selection

SOON = timedelta(days=7)
RESIDENT = ("모집",)
"""Residents look for homes to apply for; a list of winners whose notice was never seen is no news to them."""

SUPPLY_SLUGS: Mapping[str, str] = MappingProxyType({
    "영구임대": "permanent-rental", "국민임대": "national-rental", "행복주택": "happy-housing",
    "통합공공임대": "integrated-rental", "공공임대": "public-rental", "장기전세": "long-term-jeonse",
    "매입임대": "purchased-rental", "전세임대": "jeonse-rental", "든든전세": "dundun-jeonse",
    "공공지원민간임대": "supported-private-rental", "청년안심주택": "youth-safe-housing",
    "사회주택": "social-housing", "고령자복지주택": "senior-welfare-housing", "공공기숙사": "public-dormitory",
    "지원주택": "supportive-housing", "재개발임대": "redevelopment-rental", "공공분양": "public-sale",
    "신혼희망타운": "newlywed-hope-town", "기타임대": "other-rental",
})  # fmt: skip
AUDIENCE_SLUGS: Mapping[str, str] = MappingProxyType({
    "수급자": "basic-livelihood", "저소득": "low-income", "한부모": "single-parent", "신혼부부": "newlywed",
    "신생아": "newborn", "청년": "youth", "대학생": "student", "고령자": "senior", "장애인": "disabled",
    "다자녀": "multi-child", "자립준비청년": "care-leaver", "소년소녀가정": "child-headed",
    "북한이탈주민": "north-korean-defector", "국가유공자": "veteran", "전세사기피해자": "jeonse-fraud-victim",
    "가정폭력피해자": "domestic-violence-victim", "비주택거주자": "non-housing-resident", "근로자": "worker",
    "예술인": "artist",
})  # fmt: skip
SECTION_SLUGS: Mapping[str, str] = MappingProxyType({
    "임대주택공고": "rental", "주거복지사업": "welfare", "기타소식": "other",
})  # fmt: skip
_SLUG = re.compile(r"[a-z0-9](?:[a-z0-9._-]{0,78}[a-z0-9])?")


@dataclass(frozen=True, slots=True)
class Feed:
    """One feed: its path without ending, its words, what it holds; `daily` feeds change with the day."""

    stem: str
    title: str
    about: str
    group: str
    selection: Selection
    daily: bool = False


def feeds(facets: Facets, day: date) -> Iterator[Feed]:
    """Yield every feed of the given KST day, in the order of the OPML."""
    told = Selection(kinds=RESIDENT)
    yield Feed("all", "모든 임대주택 공고", "새 모집 공고와 그 정정·후속 소식", "전체", told)
    soon = Selection(kinds=RESIDENT, events=(EventKind.NEW,), closes_from=day, closes_to=day + SOON)
    yield Feed("closing", "곧 마감", "이레 안에 접수가 끝나는 공고", "전체", soon, daily=True)
    revised = Selection(kinds=RESIDENT, events=(EventKind.REVISION,))
    yield Feed("corrections", "정정 공고", "이미 나온 공고에서 바뀐 것", "전체", revised)
    for code, name in sorted(places(facets.regions).items()):
        group = "시·도" if _whole(code) else "시·군·구"
        yield _feed("region", _region_slug(code), name, group, Selection(regions=(_prefix(code),), kinds=RESIDENT))
    for term in sorted(facets.supply):
        yield _feed("supply", slug(term, SUPPLY_SLUGS), term, "공급유형", Selection(supply=(term,), kinds=RESIDENT))
    for term in sorted(facets.audience):
        yield _feed("audience", slug(term, AUDIENCE_SLUGS), term, "대상", Selection(audience=(term,), kinds=RESIDENT))
    for term in sorted(facets.sections):
        yield _feed("section", slug(term, SECTION_SLUGS), term, "분야", Selection(sections=(term,)))
    for source, name in sorted(facets.sources.items()):
        yield _feed("source", slug(source), name, "출처", Selection(sources=(source,)))


def _feed(folder: str, name: str, title: str, group: str, selection: Selection) -> Feed:
    title = one_line(title)[:100] or name
    return Feed(f"{folder}/{name}", title, f"{group}: {title}", group, selection)


def slug(term: str, known: Mapping[str, str] = MappingProxyType({})) -> str:
    """Return a stable ASCII name for a path; an unknown term is named by its digest, never by its own letters."""
    if term in known:
        return known[term]
    return term if _SLUG.fullmatch(term) and ".." not in term else "x-" + _digest(term)


def _digest(term: str) -> str:
    return hashlib.sha256(term.encode("utf-8", "replace")).hexdigest()[:10]


def _whole(code: str) -> bool:
    return code.endswith("000")


def _prefix(code: str) -> str:
    """A 시·도 answers for all below it, a city for its 구: only codes of a 구 inside a city do not end in 0."""
    return code[:2] if _whole(code) else code[:4] if code.endswith("0") else code


def _region_slug(code: str) -> str:
    return code[:2] if _whole(code) else slug(code)


def places(codes: Iterable[str]) -> dict[str, str]:
    """Return code and name of each place and of the city and the 시·도 above it."""
    found = {}
    for code in codes:
        for above in (code[:2] + "000", code[:4] + "0", code):
            region = regions.by_code(above)
            if region is not None and region.code == above:
                found[above] = region.name
            elif above == code and code.strip("0"):
                found[above] = code
    return found


class Reach:
    """Which feeds an announcement of these facets may stand in, whatever its kind, day and relevance."""

    def __init__(self, facets: Facets) -> None:
        self._stems = {
            "all",
            "closing",
            "corrections",
            *(f"region/{_region_slug(code)}" for code in places(facets.regions)),
        }
        self._stems |= {f"supply/{slug(term, SUPPLY_SLUGS)}" for term in facets.supply}
        self._stems |= {f"audience/{slug(term, AUDIENCE_SLUGS)}" for term in facets.audience}
        self._stems |= {f"section/{slug(term, SECTION_SLUGS)}" for term in facets.sections}
        self._stems |= {f"source/{slug(source)}" for source in facets.sources}
        wide = {code for code in facets.regions if not code.strip("0") or _whole(code)}
        self._below = tuple(f"region/{code[:2] if code.strip('0') else ''}" for code in wide)

    def __contains__(self, stem: str) -> bool:
        return stem in self._stems or stem.startswith(self._below)
