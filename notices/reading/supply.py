"""Which types of public housing a notice is about: the source's own field first, then title, then the body's head."""

from __future__ import annotations

import re

from notices.model import Fact
from notices.reading.subject import Subject, Text
from notices.reading.words import Words

_NOT_PLOT = r"(?!\s?(?:주택|아파트|단지)?\s?(?:단지\s?)?(?:내\s?)?(?:분양\s?)?(?:상가|점포))"

_WORDS = Words(
    ("영구임대", rf"영구\s?임대{_NOT_PLOT}|영구(?=[·,/]\s?(?:국민|공공|행복)[^\n]{{0,12}}임대)"),
    ("국민임대", rf"국민\s?임대{_NOT_PLOT}|국민(?=[·,/]\s?(?:영구|공공|행복)[^\n]{{0,12}}임대)"),
    ("행복주택", rf"행복\s?주택{_NOT_PLOT}|창업지원주택|(?:지역)?전략산업\s?지원주택|산업단지형\s?행복|창업지원형|행복(?=[·,/]\s?(?:국민|영구|매입)[^\n]{{0,12}}임대)"),
    ("통합공공임대", r"통합\s?공공\s?임대|통합임대(?:주택)?"),
    ("든든전세", r"(?<!임대형 )(?<!임대형)든든\s?전세"),
    ("전세임대", r"전세\s?임대(?:형\s?든든\s?주택)?|전세임대형\s?든든"),
    ("장기전세", r"장기\s?전세|(?<!주택형 )(?<!주택형)미리내집(?!\s?연계형)|시프트(?=\s|\()"),
    (
        "매입임대",
        r"매입\s?임대(?!\s?(?:약정|사업자|용))|매입형\s?임대|기숙사형|수요자\s?맞춤형|도전숙|일반주택형\s?미리내집|부도\s?매입|집주인\s?임대|매입\s?(?:임대)?리츠|매입(?=[·,/]\s?전세임대)",
    ),
    ("공공지원민간임대", r"공공\s?지원\s?민간\s?임대|민간임대\s?\(공공지원|뉴스테이|실버스테이"),
    ("청년안심주택", r"청년\s?안심\s?주택|역세권\s?청년\s?주택|역세권\s?2030\s?청년\s?주택"),
    ("사회주택", r"사회\s?주택|사회적\s?주택"),
    ("고령자복지주택", r"고령자\s?(?:복지|맞춤형?)\s?주택|공공\s?실버|(?<=\()고령자\s?복지|고령자\s?복지(?=\))"),
    (
        "공공기숙사",
        r"공공\s?기숙사|희망하우징|행복\s?(?:\([^)]{1,10}\)\s?)?기숙사|연합\s?기숙사|창업기숙사|대학생\s?기숙사|재경\s?기숙사|[가-힣]{1,4}학숙|(?:향토|재경|서울)\s?학사|장학관|학사\s?(?:입사생|신입사생)|기숙사(?=\s?(?:입사생|신입생|사생))",
    ),
    ("지원주택", r"(?<!창업)(?<!산업)(?<!산업 )(?<!연계형)(?<!연계형 )(?<!보조금)(?:자립)?지원\s?주택(?!\s?(?:사업|관리))"),
    ("재개발임대", r"재개발\s?임대"),
    ("신혼희망타운", r"신혼\s?희망\s?타운|신희타"),
    (
        "공공분양",
        r"공공\s?분양|이익\s?공유형|나눔형|토지\s?임대부|지분\s?적립형|(?<!미)분양\s?주택|뉴:?홈(?!쇼핑)|선택형\s?(?=공공|분양|주택)|사전청약",
    ),
    (
        "기타임대",
        r"두레주택|도시형\s?생활\s?주택|건설형\s?원룸|장기\s?안심\s?주택|협동조합\s?(?:형\s?)?(?:임대)?주택|시영\s?임대|[셰쉐]어\s?하우스|공공전세\s?주택|은빛주택|(?:만원|천원)\s?(?:임대)?\s?주택|공동체\s?주택|공유\s?주택|누구나집|다가구\s?임대주택|보금자리\s?임대",
    ),
)  # fmt: skip

_YEARS = r"(?:5|6|10|50)\s?년"
_PUBLIC = re.compile(
    rf"{_YEARS}\s?(?:분양\s?전환|임대\s?후\s?분양|형)?\s?(?:형\s?)?(?:공공\s?)?임대|분양\s?전환\s?(?:형\s?)?공공\s?임대|공공\s?임대\s?리츠|"
    rf"공공\s?임대\s?(?:주택)?\s?\(?\s?(?:{_YEARS}|리츠|분양\s?전환)|공임\s?{_YEARS}|{_YEARS}\s?공임|10년\s?리츠"
)
_PUBLIC_OF_SEOUL = re.compile(
    r"주거환경\s?(?:개선\s?)?임대|공공임대(?=주택\s?(?:잔여|예비|입주자|공가|신규|추가|\d))|공공(?=[·,/]\s?(?:주거환경|재개발|국민|영구)[^\n]{0,12}임대)"
)
_HANOK_ROW = re.compile(r"^매입임대주택\s")
_SOLD = re.compile(r"일반\s?매각|미분양\s?매입|공가\s?세대.{0,12}매각|잔여\s?(?:주택|세대).{0,8}매각|매각\s?공고")
_SOURCE_CODES = {
    "분양주택": "공공분양",
    "10년임대": "공공임대",
    "50년임대": "공공임대",
    "5년임대": "공공임대",
    "6년임대": "공공임대",
    "공공임대": "공공임대",
}
_LABEL = re.compile(r"(?:^|\n)[^\n]{0,6}(?:공급|주택|임대)\s?(?:유형|종류|구분)\s?[:\t ]\s?([^\n]{2,60})")


def supply(subject: Subject) -> tuple[Fact, ...]:
    """Return the supply types as facts "supply", in the vocabulary's words; generic 공공임대주택 is none."""
    given = _given(subject)
    if given:
        return given
    facts = in_text(subject.title, subject.org)
    if facts or _SOLD.search(subject.title.plain):
        return facts
    label = _LABEL.search(subject.body.plain, 0, 4000)
    return _cut(subject.body, label.start(1), label.end(1), subject.org) if label else ()


def in_text(text: Text, org: str = "") -> tuple[Fact, ...]:
    """Return the supply types that a text names."""
    if _SOLD.search(text.plain):
        return ()
    found = _WORDS.facts("supply", text)
    values = {fact.value for fact in found}
    public = _PUBLIC.search(text.plain)
    if public is None and org.startswith(("SH", "서울주택")) and "청년안심주택" not in values:
        public = _PUBLIC_OF_SEOUL.search(text.plain)
    if public and (fact := text.fact("supply", "공공임대", public.start(), public.end())):
        found.append(fact)
    return tuple(fact for fact in found if not _shadowed(str(fact.value), values, text.plain))


def _shadowed(value: str, values: set[str | int | bool], plain: str) -> bool:
    if value == "공공분양":
        return "행복주택" in values and "공공분양" not in plain
    if value == "지원주택":
        return "통합공공임대" in values and "일자리연계형" in plain
    if value == "장기전세":
        return "매입임대" in values and "장기전세" not in plain
    return False


def _cut(text: Text, start: int, end: int, org: str) -> tuple[Fact, ...]:
    return in_text(Text(text.document, text.words[start:end], text.plain[start:end]), org)


def _given(subject: Subject) -> tuple[Fact, ...]:
    words = subject.fields.get("supply", "")[:WIDEST]
    code = _SOURCE_CODES.get(words.replace(" ", "").removesuffix("주택") if words != "분양주택" else words)
    document = "field:supply"
    if code:
        named = in_text(subject.title, subject.org) if code == "공공분양" else ()
        return (Fact("supply", code, words, document), *(f for f in named if f.value == "신혼희망타운"))
    found = in_text(Text(document, words, words), subject.org)
    extra = in_text(subject.title, subject.org) if found else ()
    return (*found, *(f for f in extra if f.value in FINER and f.value not in {g.value for g in found}))


WIDEST = 60
FINER = frozenset(("신혼희망타운", "고령자복지주택"))
"""Types that a source files under a wider one, while its titles name them."""
