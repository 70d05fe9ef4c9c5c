"""What a query string asks for, read strictly: known names, known values, bounded length; anything else is a 400."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from notices import regions
from notices.errors import WrongUse
from notices.store.views import Selection
from notices.vocabulary import AUDIENCES, KINDS, SECTIONS, SUPPLY

LONGEST = 200  # characters of a search
MANY = 20  # values of one name
MOST = 100  # entries of an answer
_NAMES = ("region", "supply", "audience", "section", "kind", "q", "limit", "format")
_FORMATS = {
    "xml": "application/rss+xml",
    "atom": "application/atom+xml",
    "json": "application/feed+json",
    "ics": "text/calendar",
}


@dataclass(frozen=True, slots=True)
class Asked:
    """A selection, how many of it, and in which format."""

    selection: Selection
    limit: int
    format: str

    @property
    def media_type(self) -> str:
        """The format's media type."""
        return f"{_FORMATS[self.format]}; charset=utf-8"


def asked(items: Iterable[tuple[str, str]], resident: tuple[str, ...] = ()) -> Asked:
    """Read the query's (name, value) pairs; raises WrongUse, one Korean sentence that repeats nothing of the query.

    `resident` are the kinds that are meant where none is named.
    """
    given: dict[str, list[str]] = {}
    for name, value in items:
        if name not in _NAMES:
            raise WrongUse(f"모르는 조건이 있습니다. 쓸 수 있는 것: {', '.join(_NAMES)}.")
        given.setdefault(name, []).extend(part.strip() for part in value.split(",") if part.strip())
    if any(len(values) > MANY for values in given.values()):
        raise WrongUse(f"한 조건의 값은 {MANY}개까지입니다.")
    words = " ".join(given.get("q", []))
    if len(words) > LONGEST or "\x00" in words:
        raise WrongUse(f"찾는 말은 {LONGEST}자까지입니다.")
    selection = Selection(
        regions=tuple(_region(code) for code in given.get("region", [])),
        supply=_among(given, "supply", SUPPLY, "공급유형"),
        audience=_among(given, "audience", AUDIENCES, "대상"),
        sections=_among(given, "section", SECTIONS, "분야"),
        kinds=_among(given, "kind", KINDS, "종류") or resident,
        words=words,
    )
    return Asked(selection, _limit(given), _format(given))


def _among(given: Mapping[str, list[str]], name: str, allowed: tuple[str, ...], label: str) -> tuple[str, ...]:
    values = tuple(given.get(name, []))
    if not set(values) <= set(allowed):
        raise WrongUse(f"{label} 값이 틀렸습니다. {', '.join(allowed)} 가운데서 고르십시오.")
    return values


def _region(code: str) -> str:
    region = regions.by_code(code) if code.isascii() and code.isdigit() and len(code) in (2, 5) else None
    if region is None:
        raise WrongUse("지역은 법정동 코드 두 자리(시·도)나 다섯 자리(시·군·구)로 적으십시오. 예: 41, 41480.")
    return region.code[:2] if region.code.endswith("000") else region.code


def _limit(given: Mapping[str, list[str]]) -> int:
    said = given.get("limit", [str(MOST)])[-1]
    if not (said.isascii() and said.isdigit() and len(said) < 5 and int(said) >= 1):
        raise WrongUse(f"limit은 1부터 {MOST}까지의 수입니다.")
    return min(int(said), MOST)


def _format(given: Mapping[str, list[str]]) -> str:
    said = given.get("format", ["xml"])[-1]
    if said not in _FORMATS:
        raise WrongUse(f"format은 {', '.join(_FORMATS)} 가운데 하나입니다.")
    return said
