"""Find the regions that words name: longest name first, never inside another word, never by guess where two share a name."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date
from functools import lru_cache

from notices import region_table as table
from notices.model import Region
from notices.region_names import Form, Name, heads, lies_in
from notices.region_nouns import AT_START, ONLY_INSIDE, STEMS, is_word

_RUN = re.compile("[가-힣]{2,}")
_LETTER = re.compile("[가-힣]")
_DONG = re.compile(
    r"(?:\d+(?:[·,]\d+)*)?동(?:(?![가-힣]|\s*호)|(?=주민|일대|지역|지구|행정복지|쪽방|소재|두레|에\s|의\s|[1-9]))"
)
_RENEWED = re.compile(r"제?\d{1,2}(?:-\d)?\s?(?:구역|재정비|주택재)|뉴타운|재정비")
_DISTRICT_END = re.compile(
    r"\d|지구|동(?![가-힣])|택지|신도시|마을|휴먼시아|천년나무|LH|역|읍|면\b|산업단지|산단|도시개발|시영|주공|주택\b"
)
_QUARTER = re.compile(r"\d{0,2}(?:지구|동)(?![가-힣]{2})|\d{1,2}(?:단지|블록)|시영|주공")
_BEGINS = re.compile(r"(?:^|[^가-힣A-Za-z\s]|년도?|[0-9]월|차|반기|분기|지역|[동서남북중]부권|및)\s*$")
_NEAR = re.compile(r"\d{0,2}(?:지구|단지|블록)?[\s(\[「'\"]{0,2}|\d{0,2}(?:지구|단지|블록)?\s?[,·/및]\s?")
_LIST = re.compile(r"\s?(?:[,.·ㆍ・/]|및)?\s?")
_NAMED_DONG = re.compile(r"\d?동(?![가-힣])|로(?=\d|변)|대로|\d*리(?![가-힣])|면(?![가-힣])")
_ROAD = re.compile(r"(?:[동서남북중앙]{1,2})?(?:대?로|길)(?:\d*번?길)?(?=\s?\d|\s|$)")
_CASE = re.compile(r"제\d의\s?$")
_GWANGJU_OF_GYEONGGI = re.compile(r"\s?(?:태전|역세권|고산|삼동|경안|초월|오포|곤지암|탄벌|쌍령|역동|회덕|행정타운)")
_NEIGHBOURS = re.compile(
    r"(?:(?:수원|용인|성남|이천|여주|하남|양평|안성|구리|남양주)[시군]?\s?[·,ㆍ・/]\s?)+광주|"
    r"광주시?\s?[·,ㆍ・/]\s?(?:수원|용인|성남|이천|여주|하남|양평|안성|구리|남양주)"
)
_GWANGJU_CITY, _GWANGJU_METRO = "41610", "29000"

Found = tuple[Region, int, int]


@dataclass(slots=True)
class _Search:
    text: str
    on: date | None
    within: str | None
    found: list[tuple[str, int, int]] = field(default_factory=list)
    scope: tuple[str, int, int] | None = None
    splits: dict[int, tuple[str, ...]] = field(default_factory=dict)
    open: dict[tuple[int, int], list[Name]] = field(default_factory=dict)

    def add(self, name: Name, code: str, start: int, end: int) -> None:
        if name.splits:
            self.splits[len(self.found)] = name.splits
        self.found.append((code, start, end))


def find(text: str, on: date | None = None, within: str | None = None) -> list[Found]:
    """Return the regions named in a text as (region, start, end), in order.

    `on` is the day whose names are wanted (None: today's); `within` is the code of the 시·도 or city whose places are
    meant where a name is shared ("중구"). start:end covers the words that alone name the region: of "광주동림2단지" the
    part "광주동림". A 구 of a 일반시 counts as its city; a name that several share stays unread.
    """
    search = _Search(text, on, within[:2] + "000" if within and not within.startswith("36") else within)
    names = heads()
    for match in _RUN.finditer(text):
        if match[0][:2] in names or len(match[0]) > 2:
            known = len(search.found)
            _run(search, match.start(), match.end())
            if search.within == "11000" and len(search.found) == known:
                _tail(search, match)
    _settle(search)
    return list(_regions(search))


def _settle(search: _Search) -> None:
    """Read the names that several share where all other names lie in one 시·도 of theirs ("강서구·양천구", "… (경남)")."""
    if not search.open:
        return
    provinces = {table.province(code).code for code, _, _ in search.found}
    if len(provinces) != 1:
        return
    for (start, end), names in search.open.items():
        inside = {name.codes[0]: name for name in names if lies_in(name.codes[0], *provinces)}
        if len(inside) == 1 and not any(start < b and a < end for _, a, b in search.found):
            code, name = inside.popitem()
            search.add(name, code, start, end)
    if not search.splits:
        search.found.sort(key=lambda one: one[1])


def _regions(search: _Search) -> Iterator[Found]:
    codes = {code for code, _, _ in search.found}
    for position, (code, start, end) in enumerate(search.found):
        others = search.splits.get(position, ())
        if others and codes & set(others[1:]):
            continue
        yield _region(code, search.on), start, end


@lru_cache(maxsize=4096)
def _region(code: str, on: date | None) -> Region:
    row = table.rows()[code]
    if not row.successors:
        return table.named(code, on)
    if on and row.until and on <= row.until:
        return Region(row.name, row.successors[0])
    return table.named(row.successors[0], on)


def _tail(search: _Search, run: re.Match[str]) -> None:
    """Read the 구 that a house in Seoul bears at the end of its name ("…강남")."""
    for length in (3, 2):
        text = run[0][-length:]
        if len(run[0]) > length + 1 and text not in AT_START | ONLY_INSIDE:
            for name in dict(heads().get(text[:2], ())).get(text, ()):
                if name.form is Form.SHORT and name.codes[0][:2] == "11" and not name.is_province:
                    return search.add(name, name.codes[0], run.end() - length, run.end())
    return None


def _run(search: _Search, start: int, stop: int) -> None:
    """Read the names at the beginning of one run of Hangul, each glued to the one before."""
    at, before = start, None
    while at < stop:
        hit = _longest(search, at, glued=before)
        if hit is None:
            return
        name, code, end, words_start = hit
        for target in name.codes if len(name.codes) > 1 else (code,):
            search.add(name, target, words_start, end)
        if table.rows()[code].is_province and name.form < Form.DISTRICT:
            search.scope = (code, words_start, end)
        elif search.scope is None or not lies_in(code, search.scope[0]):
            search.scope = (table.city(code), words_start, end)
        else:
            search.scope = (search.scope[0], search.scope[1], end)
        at, before = end, code


def _longest(search: _Search, at: int, glued: str | None) -> tuple[Name, str, int, int] | None:
    text = search.text
    for name_text, candidates in heads().get(text[at : at + 2], ()):
        if text.startswith(name_text, at):
            for name in candidates:
                hit = _believe(search, name, candidates, at, glued)
                if hit is not None:
                    return hit
    return None


def _believe(
    search: _Search, name: Name, candidates: tuple[Name, ...], at: int, glued: str | None
) -> tuple[Name, str, int, int] | None:
    text, end = search.text, at + len(name.text)
    if _CASE.search(text, max(0, at - 5), at):
        return None
    scope = _scope(search, name, at, glued)
    if glued and scope is None:
        return None
    if name.text in ("광주", "광주시"):
        return _gwangju(search, name, at, end, scope)
    if not _form_holds(search, name, at, end, scope) or _quarter(search, name, candidates, at, end):
        return None
    if name.form >= Form.DONG or (name.form is Form.DISTRICT and not glued):
        dong = _DONG.match(text, end)
        end = dong.end() if dong else end
    if scope:
        return name, name.codes[0], end, scope[1]
    shared = name.form <= Form.SHORT and not name.is_province and sum(c.form <= Form.SHORT for c in candidates) > 1
    if shared and (search.within is None or not lies_in(name.codes[0], search.within)):
        if [c for c in candidates if c.form <= Form.SHORT and _goes_on(text, c, end)] == [name]:
            return name, name.codes[0], end, at
        search.open.setdefault((at, end), []).append(name)
        return None
    return name, name.codes[0], end, at


def _goes_on(text: str, name: Name, end: int) -> bool:
    """Whether a quarter of this very region is glued to its name ("강서염창" is of 서울, "강서명지" of 부산)."""
    return any(
        text.startswith(inner, end) and any(c.form >= Form.DISTRICT and c.codes == name.codes for c in quarters)
        for inner, quarters in heads().get(text[end : end + 2], ())
    )


def _quarter(search: _Search, name: Name, candidates: tuple[Name, ...], at: int, end: int) -> bool:
    """Whether the name of a far 시·군 is here a quarter's: of the 시·도 that is meant, or right behind another's name."""
    if name.form is not Form.SHORT or name.is_province:
        return False
    if search.within and not lies_in(name.codes[0], search.within):
        other = any(lies_in(other.codes[0], search.within) for other in candidates)
        return other or bool(_QUARTER.match(search.text, end))
    if search.scope is None:
        return False
    code, _, stop = search.scope
    behind = name.codes[0][:2] != code[:2] and search.text[stop:at].isspace()
    return behind and bool(_QUARTER.match(search.text, end))


def _placed(search: _Search, name: Name, at: int, end: int) -> bool:
    """Whether a place stands alone or numbered ("하우스_장안", "신정3지구") in the 시·도 that is meant anyway."""
    if search.within is None or not lies_in(name.codes[0], search.within) or name.text in STEMS:
        return False
    return not _LETTER.match(search.text, end) or bool(_DISTRICT_END.match(search.text, end))


def _scope(search: _Search, name: Name, at: int, glued: str | None) -> tuple[str, int, int] | None:
    """Return the 시·도 or city named before, if the name lies in it."""
    if search.scope is None or name.is_province:
        return (glued, at, at) if glued and name.is_province and table.rows()[glued].is_province else None
    code, _, end = search.scope
    if lies_in(name.codes[0], code):
        return search.scope
    beside = not glued or (name.form <= Form.SHORT and name.text not in AT_START)
    if beside and name.codes[0][:2] == code[:2] and _LIST.fullmatch(search.text, end, at):
        return search.scope
    return None


def _form_holds(search: _Search, name: Name, at: int, end: int, scope: tuple[str, int, int] | None) -> bool:
    text = search.text
    near = scope is not None and bool(_NEAR.fullmatch(text, scope[2], at))
    if name.form is Form.FULL:
        return True
    if name.form is Form.SHORT:
        if is_word(name.text, text, end) or (not name.is_province and _NAMED_DONG.match(text, end)):
            return False
        if near or (search.within and lies_in(name.codes[0], search.within) and name.text not in AT_START):
            return True
        if name.text in ONLY_INSIDE:
            return False
        return name.text not in AT_START or bool(_BEGINS.search(text, max(0, at - 8), at))
    if _ROAD.match(text, end):
        return False
    if name.form is Form.DISTRICT:
        return not is_word(name.text, text, end)
    numbered = bool(_DISTRICT_END.match(text, end))
    if near and _is_province_scope(scope):
        whole = not _LETTER.match(text, end) and scope is not None and scope[2] == at
        return numbered or whole or (name.text not in STEMS and not text.startswith("전세", end))
    alone = name.form is Form.DONG and bool(_DONG.match(text, end) or _RENEWED.match(text, end))
    return alone or _placed(search, name, at, end)


def _is_province_scope(scope: tuple[str, int, int] | None) -> bool:
    return scope is not None and table.rows()[scope[0]].is_province


def _gwangju(
    search: _Search, name: Name, at: int, end: int, scope: tuple[str, int, int] | None
) -> tuple[Name, str, int, int] | None:
    """Tell 광주 of 경기 from the metropolis; "광주시" alone is left open."""
    text, city = search.text, name.codes[0] == _GWANGJU_CITY
    start = scope[1] if scope else at
    near = _NEIGHBOURS.search(text, max(0, at - 40), end + 12)
    in_gyeonggi = search.within == "41000" or bool(_GWANGJU_OF_GYEONGGI.match(text, end))
    if city and (scope or in_gyeonggi):
        return name, _GWANGJU_CITY, end, start
    if city and near:
        return name, _GWANGJU_CITY, max(end, near.end()), min(at, near.start())
    if city or in_gyeonggi or near or (search.scope and search.scope[0] == "41000") or is_word("광주", text, end):
        return None
    if text.startswith("시", end) or name.text == "광주시":
        return None if search.within not in ("12000",) else (name, _GWANGJU_METRO, end, start)
    return name, _GWANGJU_METRO, end, start
