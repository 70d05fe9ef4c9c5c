"""Where: the regions a notice names, else those of its publisher or of the source itself."""

from __future__ import annotations

import re
from datetime import date
from functools import lru_cache, partial

from notices import regions
from notices.model import Fact, Region
from notices.reading.subject import WORDS_LIMIT, Subject, Text
from notices.reading.voice import is_news
from notices.reading.words import quoted

_PUBLISHERS = (
    (re.compile(r"SH(?![A-Za-z])|서울주택|청년안심주택"), "11000"),
    (re.compile(r"GH(?![A-Za-z])|경기주택|경기도시공사"), "41000"),
    (re.compile(r"[iI]H(?![A-Za-z])|인천도시공사"), "28000"),
    (re.compile(r"BMC(?![A-Za-z])|부산도시"), "26000"),
    (re.compile(r"DUDC(?![A-Za-z])|대구도시"), "27000"),
    (re.compile(r"GMCC(?![A-Za-z])|광주(?:광역시)?도시공사"), "29000"),
    (re.compile(r"DCCO?(?![A-Za-z])|대전도시"), "30000"),
    (re.compile(r"UMCA?(?![A-Za-z])|울산도시"), "31000"),
    (re.compile(r"JP?DC(?![A-Za-z])|제주(?:특별자치도)?개발|제주국제"), "50000"),
)  # fmt: skip
_NATIONAL = re.compile(r"^(?:LH|한국토지|HUG|주택도시보증|마이홈|국토|korea|정책|대한민국|복지로|온통|정부)")
_FOUNDATION = re.compile(r"^\s*(?:\(?(?:재단|사단)법인\)?|\([재사]\)|㈜|\(주\))\s*")
_LABEL = re.compile(
    r"(?:^|\n)[^\n]{0,6}(?:소재지|공급\s?위치|위치|주소|사업\s?지역|공급\s?지역|대상\s?지역)\s?[:\t]\s?([^\n]{2,60})"
)
_STANDS = re.compile(r"(?:^|\n)[^\n]{0,4}(?:(?:공급|주택|단지|건물|사업)\s?위치|소재지)\s?[:\t]\s?([^\n]{2,60})")

Found = tuple[Fact, Region]


def region(subject: Subject) -> tuple[Found, ...]:
    """Return (fact "region", region) pairs; a 시·도 is left out beside one of its 시·군·구."""
    within = _within(subject)
    if field := list(_most_exact(_in_field(subject, within))):
        return _most_exact([*field, *_refined(subject, field, within)])
    found = _in_text(subject.title, subject.on, within)
    if not found:
        found = _labelled(subject, within) or _of_publisher(subject)
    elif all(_by_quarter(*one) for one in found):
        found = _stands_elsewhere(subject, found) or found
    return _most_exact(found)


def _by_quarter(fact: Fact, place: Region) -> bool:
    """Whether a 시·군·구 was told by a quarter alone, which may be but a station's or a house's name ("○○사거리역")."""
    province, _, town = place.name.partition(" ")
    return bool(town) and town[:-1] not in fact.words and province[:2] not in fact.words


def _stands_elsewhere(subject: Subject, found: list[Found]) -> list[Found]:
    """Return where the text says that the homes stand, in another 시·군·구 of the same 시·도 than the title's quarter."""
    label = _STANDS.search(subject.body.plain, 0, 6000) if subject.body.plain else None
    if label is None:
        return []
    provinces = {place.code[:2] for _, place in found}
    said = _in_text(_part(subject.body, *label.span(1)), subject.on, None)
    return [one for one in said if one[1].code[:2] in provinces and not one[1].code.endswith("000")]


def _within(subject: Subject) -> str | None:
    own = _publisher(subject.org)
    return subject.home.code if subject.home else own


def _in_field(subject: Subject, within: str | None) -> list[Found]:
    words = subject.fields.get("region", "")[: 4 * WORDS_LIMIT]
    if not words:
        return []
    return _in_text(Text("field:region", words, words), subject.on, within)


def _refined(subject: Subject, field: list[Found], within: str | None) -> list[Found]:
    """Return the 시·군·구 by which title or text make a field's 시·도 more exact; "… 외" in the field lets others in."""
    provinces = [place.code for _, place in field if place.code.endswith("000")]
    if not provinces:
        return []
    scope = provinces[0] if len(provinces) == 1 else within
    others = subject.fields["region"].rstrip().endswith("외")
    for named in (_in_text(subject.title, subject.on, scope), _labelled(subject, scope)):
        inside = [one for one in named if others or any(one[1].code[:2] == code[:2] for code in provinces)]
        if inside:
            return inside
    return []


def _in_text(text: Text, on: date | None, within: str | None) -> list[Found]:
    found = []
    for place, start, end in regions.find(text.plain, on, within):
        holds = partial(_names, place, on, within)
        span = quoted(text.plain, start, end, holds)
        fact = text.fact("region", place.name, *span) if span else None
        if fact:
            found.append((fact, place))
    return found


@lru_cache(maxsize=4096)
def _names(place: Region, on: date | None, within: str | None, words: str) -> bool:
    return any(found == place for found, _, _ in regions.find(words, on, within))


def _labelled(subject: Subject, within: str | None) -> list[Found]:
    match = _LABEL.search(subject.body.plain, 0, 6000)
    if match is None:
        return []
    return _in_text(_part(subject.body, *match.span(1)), subject.on, within)


def _part(text: Text, start: int, end: int) -> Text:
    return Text(text.document, text.words[start:end], text.plain[start:end])


def _of_publisher(subject: Subject) -> list[Found]:
    if subject.home:
        place = regions.by_code(subject.home.code, subject.on) or subject.home
        return [(Fact("region", place.name, subject.home.name, "source"), place)]
    code = _publisher(subject.org)
    named = regions.by_code(code, subject.on) if code else None
    return [(Fact("region", named.name, subject.org[:WORDS_LIMIT], "field:publisher"), named)] if named else []


@lru_cache(maxsize=4096)
def _publisher(org: str) -> str | None:
    """Return the code of the region a publisher is of; None for those of the whole country."""
    if not org or _NATIONAL.match(org):
        return None
    for pattern, code in _PUBLISHERS:
        if pattern.match(org):
            return code
    found = [] if is_news(org) else regions.find(_FOUNDATION.sub("", org)[:40])
    return found[-1][0].code if found else None


def _most_exact(found: list[Found]) -> tuple[Found, ...]:
    unique: dict[str, Found] = {}
    for fact, place in found:
        unique.setdefault(place.name, (fact, place))
    names = list(unique)
    return tuple(pair for name, pair in unique.items() if not any(other.startswith(name + " ") for other in names))
