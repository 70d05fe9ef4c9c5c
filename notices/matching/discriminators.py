"""Take out of a title what tells two calls apart: dates, rounds, blocks, supply types, groups, sizes and modes.

Each taker gets the rest of a title and returns what it found and the rest without it; what is left are names.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date

from notices.dates import real_day

_Y4 = r"(?:19|20)\d\d"
_DATE = re.compile(
    rf"(?<!\d)(?:(?P<y1>{_Y4}|\d\d)\s?[.\-/]\s?(?P<m1>\d{{1,2}})\s?[.\-/]\s?(?P<d1>\d{{1,2}})(?!\d)\s?\.?"
    rf"|(?P<y2>{_Y4}|\d\d)\s?년\s?(?P<m2>\d{{1,2}})\s?월\s?(?P<d2>\d{{1,2}})\s?일"
    rf"|(?P<y3>{_Y4})(?P<m3>0[1-9]|1[0-2])(?P<d3>0[1-9]|[12]\d|3[01])(?!\d)"
    rf"|(?P<y4>[12]\d)(?P<m4>0[1-9]|1[0-2])(?P<d4>0[1-9]|[12]\d|3[01])(?!\d)"
    rf"|(?P<m5>\d{{1,2}})\s?[.월]\s?(?P<d5>\d{{1,2}})(?!\d)\s?[.일]?(?=\s?(?:[)\]]|기준|접수|현재|공고)))"
)
_WEEKDAY = r"\s?(?:\([월화수목금토일]\))?[.,)\]]{0,2}\s?"
_ANNOUNCED_AFTER = re.compile(
    rf"{_WEEKDAY}(?:일자|자?\s?(?:최초|변경|입주자|정정|예비입주자|예비|정례화?)?\s?(?:모집|공고))"
)
_ANNOUNCED_BEFORE = re.compile(r"(?:공고(?:일자?)?|모집)\s?[:(\[]?\s?$")
_EVENT = r"(?:기준|접수|현재|발표|마감|신청|개찰|계약|당첨|추첨|선정)"
_EVENT_AT_ONCE = re.compile(rf"\s?\.?\s?(?:\([월화수목금토일]\))?\s?{_EVENT}")
_EVENT_AFTER = re.compile(_WEEKDAY + _EVENT)
_EVENT_BEFORE = re.compile(r"(?:접수일|기준일?|발표일|마감일|신청일)\s?[:(\[]?\s?$")


@dataclass(frozen=True, slots=True)
class Dates:
    """The days in a title: of the announcement by its words, of another event by its words, and the rest."""

    announced: tuple[date, ...] = ()
    events: tuple[str, ...] = ()
    loose: tuple[date, ...] = ()


def dates(text: str) -> tuple[Dates, str]:
    """Take the dates."""
    announced: list[date] = []
    loose: list[date] = []
    events: list[str] = []
    out, last = [], 0
    for match in _DATE.finditer(text):
        before, after = text[max(0, match.start() - 8) : match.start()], text[match.end() : match.end() + 16]
        if match["m5"]:
            events.append(f"{int(match['m5'])}.{int(match['d5'])}")
            day = None
        else:
            day = _day(match)
            if day is None:
                continue
            if _ANNOUNCED_AFTER.match(after) and not _EVENT_BEFORE.search(before):
                announced.append(day)
            elif _EVENT_BEFORE.search(before) or _EVENT_AT_ONCE.match(after):
                events.append(day.isoformat())
            elif _ANNOUNCED_BEFORE.search(before):
                announced.append(day)
            elif _EVENT_AFTER.match(after):
                events.append(day.isoformat())
            else:
                loose.append(day)
        out.append(text[last : match.start()])
        last = match.end()
    return Dates(tuple(announced), tuple(events), tuple(loose)), " ".join([*out, text[last:]])


def _day(match: re.Match[str]) -> date | None:
    year, month, day = next(
        (match[f"y{form}"], match[f"m{form}"], match[f"d{form}"]) for form in "1234" if match[f"y{form}"]
    )
    return real_day(int(year) if len(year) == 4 else 2000 + int(year), int(month), int(day))


# Categories in the order in which they are taken; the first group of a pattern is its value.
_STEPS = re.compile(
    r"예비(?:입주자|자|당첨자)?\s?제?(\d{1,3}\s?차)|(\d{1,2}\s?일차)|(\d\s?(?:[,·~]\s?\d\s?){0,3}순위(?:\s?일반)?)|(?<=\d)\s?순위|(특별공급|일반공급|우선공급)"
)
_TERM = re.compile(
    r"(?<!\d)(5|6|10|20|30|50)년\s?(?:분양\s?전환\s?)?(?:형\s?)?(?:공공\s?)?임대|공임\s?(5|6|10|20|30|50)년"
)
_YEAR = re.compile(
    rf"(?<![\d.])({_Y4}|[12345]\d)\s?(?:년도?|(?=\s?-\s?\d{{1,2}}\s?차))(?!\s?(?:무이자|임대|공공))|(?<![\d.A-Z\-])({_Y4})(?![\d.호])"
)
_ROUND = re.compile(r"(?<![\d.])제?\s?(\d{1,3})\s?(?:차(?!량|선|로)|회차|회(?!관|사|원)|기(?![가-힣])(?=\s))")
_NUMBER = re.compile(rf"제?\s?({_Y4})\s?-\s?(\d{{1,5}})\s?호")
_SEASON = re.compile(r"(?<![\d.])(\d{1,2})\s?월(?!\s?임대)|([상하])\s?반기|(?<!\d)(\d)\s?/?\s?4?\s?분기")
_ONE_BLOCK = r"(?:[A-Z]{1,3}\s?-?\s?)?\d{1,3}(?:-\d{1,2})?"
_BLOCKS = re.compile(
    rf"(?<![\dA-Z])({_ONE_BLOCK}(?:\s?[,·~및]\s?{_ONE_BLOCK}){{0,9}})\s?-?(?:BL|B/L|블록|블럭|블럭)(?:\s?[,·]\s?)?"
    r"|(?<![A-Z])((?!LH|SH|GH|IH)[A-Z]{1,3}\s?-\s?\d{1,3}(?:-\d{1,2})?|(?!LH|SH|GH|IH)[A-Z]{1,2}\d{1,3}(?:-\d{1,2})?)(?![\dA-Z형타])"
)
_UNIT = re.compile(r"(?<![(\d])(?<!총\s)(?<!총)([A-Z]?)\s?(\d{3,4})\s?호(?!선|실|수|점|씩)")
_COUNT = re.compile(
    r"[(\[]\s?(?:총\s?)?[\d,]{1,6}\s?(?:호|세대|가구|실)\s?(?:모집|공급)?\s?[)\]]|(?:(?<=물량)|(?<=잔여)|(?<=총))\s?[\d,]{1,6}\s?호"
    r"|(?<!\d)[\d,]{1,6}\s?(?:세대|가구)|계약금\s?[\d,]{1,7}\s?만?\s?원|(?<!\d)\d{1,3}\s?%|\d{1,2}년\s?무이자"
)
_ROMAN = re.compile(
    r"(?<=[가-힣\s)])(?<!전세주택)(I{1,3})(?![A-Z])|(?<=신생아)\s?([12])(?!\s?[\d차순,.월년])|(?:(?<=매입임대)|(?<=전세임대)|(?<=매입임대주택))([12])(?!\s?[\d차순,.월년])"
)
_SIZE = re.compile(r"(?<![\dA-Z])(\d{2,3}[A-Z]{0,2}(?:\s?[,·]\s?\d{2,3}[A-Z]{0,2}){0,6})\s?(?:㎡|M2|타입|형)")

_SUPPLY: tuple[tuple[str, str], ...] = (
    ("통합공공임대", r"통합\s?공공\s?임대"),
    ("공공지원민간임대", r"공공\s?지원\s?민간\s?임대"),
    ("전세임대형든든", r"전세\s?임대형\s?든든(?:주택)?"),
    ("든든전세", r"든든\s?전세(?:주택)?"),
    ("영구임대", r"영구\s?임대"),
    ("국민임대", r"국민\s?임대"),
    ("행복주택", r"행복\s?주택"),
    ("장기전세2", r"장기\s?전세\s?(?:주택)?\s?(?:2|II)|미리내집"),
    ("장기전세", r"장기\s?전세"),
    ("집주인임대", r"집주인\s?임대"),
    ("매입임대리츠", r"매입\s?임대\s?(?:주택)?\s?리츠"),
    ("매입임대", r"매입\s?임대"),
    ("전세임대", r"전세\s?임대"),
    ("공공실버", r"공공\s?실버"),
    ("고령자복지", r"고령자\s?복지\s?주택"),
    ("기숙사", r"기숙사형?"),
    ("희망하우징", r"희망\s?하우징"),
    ("청년안심", r"청년\s?안심\s?주택|역세권\s?청년\s?주택"),
    ("장기안심", r"장기\s?안심\s?주택"),
    ("도시형생활", r"도시형\s?생활\s?주택"),
    ("신혼희망타운", r"신혼\s?희망\s?타운?"),
    ("이익공유", r"이익\s?공유형?"),
    ("재개발임대", r"재개발\s?임대"),
    ("지원주택", r"지원\s?주택"),
    ("사회주택", r"사회\s?주택"),
    ("공공원룸", r"공공\s?원룸|원룸"),
    ("공공임대", r"공공\s?임대|공임"),
    ("분양", r"(?:공공|민간|민영)\s?분양(?!\s?전환)|분양(?!\s?전환)|민영\s?주택"),
    ("상가", r"(?:단지\s?내|희망)\s?상가|상가"),
    ("근린용지", r"근린\s?(?:생활)?(?:\s?시설)?\s?용지"),
    ("업무용지", r"업무(?:\s?시설)?\s?용지"),
    ("점포겸용", r"점포\s?겸용"),
    ("주거전용", r"주거\s?전용"),
    ("단독용지", r"단독\s?주택\s?용지"),
    ("용지", r"용지|필지"),
)  # fmt: skip
_GROUPS: tuple[tuple[str, str], ...] = (
    ("비분양전환", r"비\s?분양\s?전환형?"),
    ("분양전환", r"분양\s?전환형?"),
    ("전세형", r"전세형"),
    ("청년", r"청년"),
    ("신혼", r"신혼(?:\s?부부)?"),
    ("신생아", r"신생아"),
    ("다자녀", r"다자녀(?:\s?가구)?"),
    ("고령자", r"고령자"),
    ("대학생", r"대학생"),
    ("장애인", r"장애인"),
    ("한부모", r"한부모"),
    ("근로자", r"근로자"),
    ("일반", r"(?<![가-힣])일반(?!\s?(?:매각|공급|분양))(?:\s?유?형)?"),
    ("협동조합", r"협동\s?조합"),
)  # fmt: skip
_MODES: tuple[tuple[str, str], ...] = (
    ("추가", r"추가"),
    ("재공급", r"재\s?공급|재\s?모집|재\s?공고|재\s?분양"),
    ("재입찰", r"재\s?입찰"),
    ("최초", r"최초|신규"),
    ("상시", r"상시|수시"),
    ("매각", r"일반\s?매각|매각"),
    ("임의", r"임의\s?공급"),
    ("무순위", r"무\s?순위"),
    ("수의", r"수의\s?계약"),
)  # fmt: skip
_SOFT: tuple[tuple[str, str], ...] = (
    ("잔여", r"잔여\s?(?:세대|물량|주택|가구|호)?|해약\s?세대|공가"),
    ("선착순", r"선착순"),
    ("완화", r"(?:입주\s?자격|자격|소득)\s?(?:요건\s?)?완화|(?:요건|기준)\s?(?:완화|배제)|완화"),
    ("선계약", r"선\s?계약\s?후?\s?검증|후\s?검증"),
    ("동호지정", r"순번\s?추첨|동[·,\s]?호(?:수)?\s?지정"),
    ("예비", r"예비\s?(?:입주자|자|당첨자)?|입주\s?대기자"),
    ("정례", r"정례화?|정기"),
)  # fmt: skip


def _one(table: tuple[tuple[str, str], ...]) -> re.Pattern[str]:
    """Return one pattern of a table, a group a row; a look at the first letter spares trying every row everywhere."""
    parts = [part for _, pattern in table for part in pattern.split("|")]
    first = {re.sub(r"^\(\?<![^)]*\)|^\(\?:", "", part)[0] for part in parts}
    rows = "|".join(f"(?P<k{i}>{pattern})" for i, (_, pattern) in enumerate(table))
    return re.compile(f"(?=[{''.join(sorted(first))}])(?:{rows})")


_TABLES = {id(table): _one(table) for table in (_SUPPLY, _GROUPS, _MODES, _SOFT)}


def _words(table: tuple[tuple[str, str], ...], text: str) -> tuple[frozenset[str], str]:
    found = set()

    def take(match: re.Match[str]) -> str:
        found.add(table[int((match.lastgroup or "k0")[1:])][0])
        return " "

    rest = _TABLES[id(table)].sub(take, text)
    return frozenset(found), rest


def supply(text: str) -> tuple[frozenset[str], str]:
    """Take the supply types; a term of years belongs to its type ("공공임대10")."""
    terms = set()

    def take(match: re.Match[str]) -> str:
        terms.add("공공임대" + str(int(match[1] or match[2])))
        return " 공공임대 "

    found, rest = _words(_SUPPLY, _TERM.sub(take, text))
    return (frozenset(found - {"공공임대"} | terms) if terms else found), rest


def groups(text: str) -> tuple[frozenset[str], str]:
    """Take the groups and forms of a supply type, 청년 to 전세형."""
    return _words(_GROUPS, text)


def romans(text: str) -> tuple[frozenset[str], str]:
    """Take Ⅰ and Ⅱ of a supply type, also written as 1 and 2."""
    found, rest = _taken(_ROMAN, text)
    return frozenset({"1": "I", "2": "II"}.get(value, value) for value in found), rest


def modes(text: str) -> tuple[frozenset[str], str]:
    """Take the modes of a call that make it another call (추가, 재공급, 상시 …)."""
    return _words(_MODES, text)


def soft(text: str) -> tuple[frozenset[str], str]:
    """Take the modes that a correction may add or leave out (잔여, 자격완화, 선착순 …)."""
    return _words(_SOFT, text)


def _taken(pattern: re.Pattern[str], text: str) -> tuple[list[str], str]:
    found: list[str] = []

    def take(match: re.Match[str]) -> str:
        found.append("".join("".join(group.split()) for group in match.groups() if group))
        return " "

    rest = pattern.sub(take, text)
    return [value for value in found if value], rest


def _found(pattern: re.Pattern[str], text: str) -> tuple[frozenset[str], str]:
    found, rest = _taken(pattern, text)
    return frozenset(found), rest


def steps(text: str) -> tuple[frozenset[str], str]:
    """Take what numbers the steps after a call: 예비 5차, 1일차, 2순위."""
    return _found(_STEPS, text)


def years(text: str) -> tuple[frozenset[str], str]:
    """Take the years a title names, in four digits."""
    found, rest = _taken(_YEAR, text)
    return frozenset(value if len(value) == 4 else f"20{value}" for value in found), rest


def rounds(text: str) -> tuple[frozenset[str], str]:
    """Take the rounds (제48차, 2차, 3회)."""
    found, rest = _taken(_ROUND, text)
    return frozenset(str(int(value)) for value in found), rest


def issues(text: str) -> tuple[frozenset[str], str]:
    """Take the numbers of official announcements (제2026-1515호)."""
    return _found(_NUMBER, text)


def seasons(text: str) -> tuple[frozenset[str], str]:
    """Take months, quarters and halves of the year."""
    return _found(_SEASON, text)


def blocks(text: str) -> tuple[frozenset[str], str]:
    """Take the blocks: "A-1, A-3BL" gives A1 and A3, "H-1,2BL" H1 and H2."""
    found: set[str] = set()

    def take(match: re.Match[str]) -> str:
        letters = ""
        for part in re.split(r"[,·~및]", match[1] or match[2]):
            name = "".join(part.split())
            head = re.match(r"[A-Z]*", name)
            letters = head[0] if head and head[0] else letters
            found.add(letters + name.lstrip("ABCDEFGHIJKLMNOPQRSTUVWXYZ").lstrip("-"))
        return " "

    rest = _BLOCKS.sub(take, text)
    return frozenset(found), rest


def units(text: str) -> tuple[frozenset[str], str]:
    """Take single dwellings ("502호"); a count of dwellings is none."""
    return _found(_UNIT, text)


def counts(text: str) -> str:
    """Leave out counts, percentages and down payments: a correction often corrects them."""
    return _COUNT.sub(" ", text)


def sizes(text: str) -> tuple[frozenset[str], str]:
    """Take the sizes of dwellings ("39,46형")."""
    found, rest = _taken(_SIZE, text)
    return frozenset(size for value in found for size in re.split(r"[,·]", value)), rest
