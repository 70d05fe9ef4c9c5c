"""Compare two notices piece by piece: numbers, publishers, regions, names and whatever must never differ."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date, timedelta
from functools import lru_cache

from notices import regions
from notices.matching.numbers import family, numbers
from notices.matching.side import Side
from notices.matching.title import REMEMBERED, Anatomy, anatomy

_STAGES = {"접수현황", "발표", "계약입주", "연기변경", "취소"}
_CORPORATIONS = (
    ("LH", "LH|한국토지주택|토지주택공사"),
    ("SH", "SH|서울주택|서울특별시주택"),
    ("GH", "GH|경기주택|경기도시"),
    ("IH", "IH|인천도시"),
    ("BMC", "BMC|부산도시"),
)
_CORPORATION = re.compile(
    "|".join(f"(?P<{name}>{words})" for name, words in _CORPORATIONS)
    + r"|(?P<other>[가-힣]{2,9}?(?:도시|개발)(?:개발)?공사)"
)
_PLACE_OF = re.compile(r"(?:특별자치[도시]|특별시|광역시|[도시])?(?:도시|개발)(?:개발)?공사$")
_LOCAL = re.compile(r"(?:특별자치[시도]|특별시|광역시|[가-힣][시군구도])(?:청|\s|$)")
_SHORT = {"경상북": "경북", "경상남": "경남", "충청북": "충북", "충청남": "충남", "전라북": "전북", "전라남": "전남"}
_PROVINCES = {
    "서울": "11", "부산": "26", "대구": "27", "인천": "28", "광주": "12", "대전": "30", "울산": "31", "세종": "36",
    "경기": "41", "강원": "51", "충북": "43", "충청북": "43", "충남": "44", "충청남": "44", "전북": "52", "전라북": "52",
    "전남": "12", "전라남": "12", "경북": "47", "경상북": "47", "경남": "48", "경상남": "48", "제주": "50",
}  # fmt: skip
_RENUMBERED = {"29": "12", "46": "12", "42": "51", "45": "52"}
_WIDE = re.compile(
    r"^(?:전국|수도권|(?:서울|부산|대구|인천|광주|대전|울산|세종|경기|강원|충북|충남|전북|전남|경북|경남|제주|충청|전라|경상)+"
    r"(?:특별|광역|자치|통합|[남북]?도|시|[동서남북중]부|권역?|지역)*|전남광주통합특별시)$"
)
_BOUGHT = {"매입임대", "든든전세", "공공기숙사", "지원주택", "사회주택", "기타임대"}  # told apart by some sources only
PORTALS = ("myhome", "applyhome")  # they give the corporation's own dates
_EVENT_NEAR = timedelta(days=2)


@dataclass(frozen=True, slots=True)
class Look:
    """A side with its title taken apart and its dates weighed.

    `first` is the day of the first announcement, `first_sure` that it was said and not taken from the list; `posted`
    is a correction's own day, or, where `posted_first`, the day of its original (마이홈).
    """

    side: Side
    title: Anatomy
    numbers: frozenset[str]
    stage: str
    family: str
    corrected: bool
    replaced: bool
    posted: date | None
    posted_first: bool
    first: date | None
    first_sure: bool

    @property
    def since(self) -> date | None:
        """The earliest day known."""
        return min((day for day in (self.first, self.posted) if day), default=None)


def look(side: Side) -> Look:
    """Weigh a side; those with short titles are remembered."""
    return _remembered(side) if len(side.title) <= REMEMBERED else _weigh(side)


def _weigh(side: Side) -> Look:
    title = anatomy(side.title)
    stage = title.stage
    if side.kind in _STAGES:
        stage = stage or side.kind or ""
    elif side.kind == "모집" and stage != "게시":
        stage = ""
    status = "".join((side.status or "").split())
    replaced = "정정공고중" in status
    corrected = title.corrected or (not replaced and status.startswith(("정정", "변경공고", "수정")))
    home = family(side.source, side.url)
    posted_first = home == "myhome"
    said = _said(title, stage, side.posted)
    first, sure = said or side.first_posted, said is not None
    if first is None and side.posted and (posted_first or not corrected) and not stage:
        first = side.posted
    elif side.first_posted and said is None:
        sure = True
    return Look(side, title, numbers_of(side), stage, home, corrected, replaced, side.posted, posted_first, first, sure)


def _said(title: Anatomy, stage: str, posted: date | None) -> date | None:
    """Return the day of announcement that a title says; of a follow-up, a day about its posting is its own."""
    for day in (*title.dates.announced, *title.dates.loose):
        if day in title.dates.announced or not stage or posted is None or abs(posted - day) > _EVENT_NEAR:
            return day if stage else _year_put_right(day, posted)
    return None


def _year_put_right(day: date, posted: date | None) -> date:
    """Return the day of a call, in the year of its posting where the title's year is but last year's by mistake."""
    if posted and (day.month, day.day) != (2, 29) and day.year == posted.year - 1:
        moved = day.replace(year=posted.year)
        return moved if abs(moved - posted) <= _EVENT_NEAR else day
    return day


_remembered = lru_cache(maxsize=4096)(_weigh)


def numbers_of(side: Side) -> frozenset[str]:
    """Return every number that a notice is known by."""
    found = {*side.external_keys, *numbers(side.url)}
    if side.key and side.source:
        found.add(f"{side.source}/{side.key}")
        if not numbers(side.url):
            found.add(f"{family(side.source, side.url)}:{side.key}")
    return frozenset(found)


@lru_cache(maxsize=1024)
def corporation(org: str) -> str | None:
    """Return the housing corporation that a publisher is; None for portals, governments and what is not known."""
    match = _CORPORATION.search(org.upper())
    if match is None:
        return None
    place = _PLACE_OF.sub("", match["other"] or "")
    return _SHORT.get(place, place) or match.lastgroup


def one_source(x: Look, y: Look) -> bool:
    """Whether two notices stand in one number space, so that different numbers are different posts."""
    a, b = numbers(x.side.url), numbers(y.side.url)
    if a and b:
        return x.family == y.family
    return bool(x.side.source) and x.side.source == y.side.source


def publishers_clash(x: Look, y: Look) -> bool:
    """Whether two housing corporations publish them; portals and local governments pass on what others announce."""
    a, b = corporation(x.side.org), corporation(y.side.org)
    return a is not None and b is not None and a != b


def offices_clash(x: Look, y: Look) -> bool:
    """Whether two local governments publish them, neither part of the other, under a title that names no place.

    "청년 월세 지원사업 신청자 모집" is announced by each city for its own; a programme of a 시·도 and of its city are two too.
    """
    a, b = _office(x.side.org, x.side.regions), _office(y.side.org, y.side.regions)
    if a is None or b is None or a == b or x.side.org == y.side.org:
        return False
    nested = a[:2] == b[:2] and "000" in (a[2:], b[2:])
    if nested and "지원사업" not in (x.side.kind, y.side.kind):
        return False
    return not (x.title.blocks or y.title.blocks or _placed(x.side.title) or _placed(y.side.title))


@lru_cache(maxsize=4096)
def _office(org: str, named: tuple[str, ...]) -> str | None:
    """Return the code of the region whose government a publisher is; None for all others."""
    if not _LOCAL.search(org) or corporation(org):
        return None
    found = regions.find(org[:40])
    if found:
        return found[-1][0].code
    codes = {name if name.isdigit() else _code(name) for name in named}  # "중구", told by its source
    return codes.pop() if len(codes) == 1 else None


def _code(name: str) -> str | None:
    found = regions.find(name[:40])
    return found[-1][0].code if found else None


@lru_cache(maxsize=4096)
def _placed(title: str) -> bool:
    """Whether a title names a place or a corporation itself, so that whoever posts it means the same."""
    return bool(_CORPORATION.search(title.upper()) or regions.find(title[:REMEMBERED]))


@lru_cache(maxsize=4096)
def _province(region: str) -> str | None:
    if region[:2].isdigit():
        return _RENUMBERED.get(region[:2], region[:2])
    if "외" in region.split() or region.endswith("외") or region.startswith("전국"):
        return None
    return next((_PROVINCES[region[:n]] for n in (3, 2) if region[:n] in _PROVINCES), None)


def regions_clash(x: Look, y: Look) -> bool:
    """Whether both name their 시·도 and share none, where the titles do not name more themselves."""
    if x.title.loose == y.title.loose and any(name[-1] not in "시군구" for name in x.title.names):
        return False
    a = {_province(region) for region in x.side.regions}
    b = {_province(region) for region in y.side.regions}
    return bool(a and b) and None not in a and None not in b and not a & b


def supply_clash(x: Look, y: Look) -> bool:
    """Whether the sources name two supply types where the titles name none."""
    a, b = set(x.side.supply), set(y.side.supply)
    if x.title.supply or y.title.supply or not a or not b or a & b:
        return False
    return not (a & _BOUGHT and b & _BOUGHT)


def clash(x: Look, y: Look) -> str | None:
    """Return which discriminator of two calls differs, as a sentence; None where none does."""
    a, b = x.title, y.title
    if a.supply != b.supply and not ((a.row or b.row) and (a.supply <= b.supply or b.supply <= a.supply)):
        return "공급유형이 다름"
    if a.groups != b.groups:
        return "공급 대상이나 형이 다름"
    if a.blocks != b.blocks:
        return "블록이 다름"
    if a.steps != b.steps:
        return "순위나 일차가 다름"
    if a.modes != b.modes:
        return "모집 방식이 다름"
    for kind, found in a.hard.items():
        other = b.hard[kind]
        if found != other and (kind != "연도" or (found and other)):
            return f"{kind}{'가' if kind in ('연도', '회차', '시기', '호') else '이'} 다름"
    return None


def names_meet(x: Look, y: Look) -> bool:
    """Whether two calls name the same places and complexes; without any name, the same numbered round."""
    if x.title.name != y.title.name:
        return _town_before(x, y)
    return bool(x.title.name) or (bool(x.title.numbered) and x.title.soft == y.title.soft)


def _town_before(x: Look, y: Look) -> bool:
    """Whether one names, before the same places, but the town that the source of one files them under."""
    a, b = list(x.title.names), list(y.title.names)
    short, long = (a, b) if len(a) < len(b) else (b, a)
    if not short or long[1:] != short or all(name[-1] in "시군구" for name in short):
        return False
    towns = {word for side in (x.side, y.side) for region in side.regions for word in region.split()}
    return bool({long[0], *(long[0] + end for end in "시군구")} & towns)


def specific(x: Look) -> bool:
    """Whether a title names more than towns: a complex, a block, a dwelling or a numbered round."""
    if x.title.blocks or x.title.hard["회차"] or x.title.hard["호"]:
        return True
    return any(not wide(name) and name[-1] not in "시군구" for name in x.title.names)


def wide(name: str) -> bool:
    """Whether a name is a 시·도 or larger, which alone tells no two calls apart."""
    return _WIDE.match(name) is not None
