"""Which types of public housing a notice is about: the source's own field first, then title, then the body's head."""

from __future__ import annotations

import re

from notices.model import Fact
from notices.reading.subject import WORDS_LIMIT, Subject, Text
from notices.reading.words import Words, any_of

_NOT_PLOT = "(?!_(?:주택|아파트|단지)?_(?:단지_)?(?:내_)?(?:분양_)?(?:상가|점포))"
_LISTED = r"[·,/]_(?:영구|국민|공공|행복|매입|재개발|주거환경)[^\n]{0,12}임대"

_WORDS = Words(
    {
        "영구임대": f"""
            영구_임대{_NOT_PLOT} 영구(?={_LISTED}|[·,/]_국민) (?<=임대\\()영구(?=[,·/)]) (?<=임대주택\\()영구(?=[,·/)])
            (?<=국민[·,/])영구(?=\\)) (?<=국민[·,/]\\s)영구(?=\\))
        """,
        "국민임대": f"""
            국[민임]_임대{_NOT_PLOT} 국민(?={_LISTED}) (?<=영구[·,/])국민 (?<=임대\\()국민(?=[,·/)])
            (?<=임대주택\\()국민(?=[,·/)]) (?<=영구[·,/]\\s)국민(?=\\))
        """,
        "행복주택": f"""
            행복_주택{_NOT_PLOT} 더_?행복한_주택 창업지원주택 창업지원형 (?:지역)?전략산업_지원주택 산업단지형_행복 행복(?={_LISTED})
            (?<=국민[·,/])행복(?!_기숙사)
        """,
        "통합공공임대": "통합_공공_임대 통합임대(?:주택)?",
        "든든전세": r"(?<!임대형\s)(?<!임대형)든든_전세",
        "전세임대": "전세_임대(?:형_든든_주택)?",
        "장기전세": r"장기_전세 (?<!주택형\s)(?<!주택형)미리내집(?!_연계형) 시프트(?=\s|\()",
        "매입임대": r"""
            신?(?:혼·?_)?신생아_[ⅠⅡI12]{1,2}(?!_(?:유형)?_전세_임대)(?:_\(전세형\))? 다가구_[ⅠⅡI]{1,2}
            매입_임대(?!_(?:약정|사업자|용)) 매입형_임대 매입_(?:임대)?리츠 매입(?=[·,/]_전세임대) 기숙사형
            수요자_맞춤형 도전숙 일반주택형_미리내집(?!_\(공공_한옥) 부도_매입 집주인_임대
            기존_주택_(?:등_)?매입_(?=입주|예비|임차)
        """,
        "공공지원민간임대": r"공공_지원_민간_임대 민간임대_\(공공지원 뉴스테이 실버스테이",
        "청년안심주택": "청년_안심_주택 역세권_(?:2030_)?청년_주택",
        "사회주택": "사회(?:적)?_주택",
        "고령자복지주택": r"""
            고령자_(?:복지|맞춤형?)_주택(?!_(?:리모델링|개[조량보]|수리)) 공공_실버 (?<=\()고령자_복지
            고령자_복지(?=\)|\s*$|\s(?:영구|국민|입주|예비))
        """,
        "공공기숙사": r"""
            공공_기숙사 희망하우징 행복_(?:\([^)]{1,10}\)_)?기숙사 연합_기숙사 창업기숙사 대학생_기숙사(?!형) 재경_기숙사
            [가-힣]{1,4}학숙 (?:향토|재경|서울)_학사 장학관 학사_(?:입사생|신입사생)
            (?<![가-힣])[가-힣]{2}학사(?=\s.{0,16}(?:사생|입사|재사|관생))
            기숙사(?!형|_(?:식당|급식|용지|상가|신축|건립|리모델링|공사|운영|임차|지원|비\b|임대료))
        """,
        "지원주택": r"""
            (?<!긴급)(?<!긴급\s)(?<!창업)(?<!산업)(?<!산업\s)(?<!연계형)(?<!연계형\s)(?<!임대)(?<!보조금)(?<!주거)(?:자립)?지원주택(?!_(?:사업|관리))
        """,
        "재개발임대": "재개발_임대",
        "신혼희망타운": "신[혼홍]_희망_타운 신희타",
        "공공분양": r"""
            공공_분양 이익_공유형 나눔형 토지_임대부(?!_사회) 지분_적립형 (?<!미)분양_주택 뉴:?홈(?!쇼핑)
            선택형_(?=공공|분양|주택) 사전청약
        """,
        "기타임대": r"""
            두레주택 (?<!연계형\s)(?<!연계형)공공_한옥 도시형_생활_주택 건설형_원룸 장기_안심_주택 협동조합_(?:형_)?(?:임대)?주택 시영_임대
            [셰쉐]어_하우스 순환_(?:용_|형_)?임대 공공_원룸 공공전세_주택 공공전세(?=\s|\(|$) 은빛주택
            (?:만원|천원)_(?:임대)?_주택 공동체_주택 공유_주택
            누구나집 청년_협동조합 (?:어르신|고령자|시니어)_안심_주택 다가구_임대주택 보금자리_임대
        """,
    }
)

_YEARS = r"(?<!\d)(?:5|6|10|50)_년"
_PUBLIC = re.compile(
    any_of(rf"""
        {_YEARS}_(?:분양_전환|임대_후_분양|형)?_(?:형_)?(?:공공_)?임대 분양_전환_(?:형_)?공공_임대 공공_임대_리츠
        공공_임대_(?:주택)?_\(?_(?:{_YEARS}|리츠|분양_전환) 공임_{_YEARS} {_YEARS}_공임 10년_리츠
    """)
)
_PURCHASED = re.compile(r"매입|기숙사형|맞춤형|다가구|도전숙|미리내집|집주인")
_DORMITORY = re.compile(r"(?:공공|행복|연합|대학생|창업)\s?기숙사|희망하우징|학숙|학사")
_SHOPS = re.compile(r"단지\s?내\s?상가|근린\s?생활")
_PUBLIC_OF_SEOUL = re.compile(
    any_of(rf"""
        주거환경_(?:개선_)?임대 (?<!국민)공공임대주택_(?:잔여|예비|입주자|공가|신규|추가|\d) 공공{_LISTED}
    """)
)
_SOLD = re.compile(any_of("일반_매각 미분양_매입 공가_세대.{0,12}매각 잔여_(?:주택|세대).{0,8}매각 매각_공고"))
_SOURCE_CODES = {
    "분양주택": "공공분양",
    "5년임대": "공공임대",
    "6년임대": "공공임대",
    "10년임대": "공공임대",
    "50년임대": "공공임대",
    "공공임대": "공공임대",
    "공공임대주택": "공공임대",
}
_FINER = frozenset(("신혼희망타운", "고령자복지주택"))  # filed under a wider type, while titles name them
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
    public = None if _SHOPS.search(text.plain) else _PUBLIC.search(text.plain)
    if public is None and org.startswith(("SH", "서울주택")) and "청년안심주택" not in values:
        public = _PUBLIC_OF_SEOUL.search(text.plain)
    if public and (fact := text.fact("supply", "공공임대", public.start(), public.end())):
        found.append(fact)
    return tuple(fact for fact in found if not _shadowed(str(fact.value), values, text.plain))


def _shadowed(value: str, values: set[str | int | bool], plain: str) -> bool:
    if value == "공공분양":
        return "행복주택" in values and "공공분양" not in plain
    if value == "매입임대" and "전세임대" in values:
        return not _PURCHASED.search(plain)
    if value == "공공기숙사" and values & {"행복주택", "매입임대"}:
        return not _DORMITORY.search(plain)
    if value == "지원주택":
        return "통합공공임대" in values and "일자리연계형" in plain
    if value == "장기전세":
        return "매입임대" in values and "장기전세" not in plain
    return value == "기타임대" and bool(values - {"기타임대", "공공분양", "신혼희망타운"})


def _cut(text: Text, start: int, end: int, org: str) -> tuple[Fact, ...]:
    return in_text(Text(text.document, text.words[start:end], text.plain[start:end]), org)


def _given(subject: Subject) -> tuple[Fact, ...]:
    words = subject.fields.get("supply", "")[:WORDS_LIMIT]
    code = _SOURCE_CODES.get(words.replace(" ", ""))
    document = "field:supply"
    if code:
        named = in_text(subject.title, subject.org) if code == "공공분양" else ()
        return (Fact("supply", code, words, document), *(f for f in named if f.value == "신혼희망타운"))
    found = in_text(Text(document, words, words), subject.org)
    extra = in_text(subject.title, subject.org) if found else ()
    return (*found, *(f for f in extra if f.value in _FINER and f.value not in {g.value for g in found}))
