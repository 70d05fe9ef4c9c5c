"""For whom a notice is: the groups it names, the names of housing types that say it included."""

from __future__ import annotations

import re

from notices.model import Fact
from notices.reading.subject import Subject, Text
from notices.reading.words import Words

_WORDS = Words(
    ("수급자", r"수급\s?(?:자|가구|권자|세대|대상)|기초\s?생활|생계\s?·\s?의료|생계급여|의료급여"),
    ("저소득", r"저소득|차상위|영세민"),
    ("한부모", r"한\s?부모|미혼모|미혼모·부|미혼부|모자\s?가[정족]|부자\s?가[정족]|모·부자"),
    ("신혼부부", r"신혼|예비\s?부부|(?<!주택형 )(?<!주택형)미리내집(?!\s?연계형)|일반주택형\s?미리내집|신희타"),
    ("신생아", r"신생아|출산\s?(?:가구|가정|세대|부부)|출생\s?(?:가구|가정)"),
    ("자립준비청년", r"자립\s?준비\s?(?:청년|아동|청소년)?|보호\s?종료\s?(?:아동|청년|청소년|예정)?|(?:아동)?(?:복지)?시설\s?퇴소(?:자|아동|청소년)?"),
    ("청년", r"청년|사회\s?초년생"),
    ("대학생", r"대학(?:원)?생|취업?\s?준비생|취준생"),
    ("고령자", r"고령자|고령가구|고령층|노인|어르신|시니어|공공\s?실버|실버\s?(?:주택|스테이|타운)|은빛주택|독거노|만\s?65세"),
    ("장애인", r"장애인|장애우|장애\s?가구|발달\s?장애|중증\s?장애|장애\s?아동|장애가족"),
    ("다자녀", r"다자녀|다둥이|[다두세]\s?자녀\s?(?:이상|가[구정])"),
    ("소년소녀가정", r"소년\s?·?\s?소녀|가정\s?위탁|대리\s?양육|친인척\s?위탁|교통사고\s?유자녀"),
    ("북한이탈주민", r"북한\s?이탈|탈북|새터민"),
    ("국가유공자", r"국가\s?유공|유공자|보훈\s?(?:대상|가족|가구)|참전용사"),
    ("전세사기피해자", r"전세\s?사기\s?·?\s?(?:및\s?)?(?:깡통전세\s?)?(?:등\s?)?(?:피해|희생)|전세\s?피해|깡통전세\s?피해"),
    ("가정폭력피해자", r"가정\s?폭력|성폭력\s?피해|폭력\s?피해\s?(?:여성|자)|스토킹\s?피해"),
    ("비주택거주자", r"비\s?주택\s?(?:거주|주거)|비주택|쪽방|고시원|여인숙|비닐하우스\s?(?:거주|주민|가구)|노숙인?|비정상\s?거처"),
    ("근로자", r"근로자|노동자|재직자|산업단지\s?(?:입주)?기업\s?(?:직원|종사자)"),
    ("예술인", r"예술인|연극인|예술가|영화인|음악인"),
)  # fmt: skip
_HANOK = re.compile(r"미리내집\s?연계형\s?공공한옥")
_LABEL = re.compile(r"(?:^|\n)[^\n]{0,6}(?:공급|모집|입주|지원|신청)\s?(?:대상|대상자|자격)\s?[:\t]\s?([^\n]{2,60})")


def audience(subject: Subject) -> tuple[Fact, ...]:
    """Return the groups as facts "audience": of the source's field and title, else of the body's own label."""
    field = subject.fields.get("audience", "")[:60]
    given = _WORDS.facts("audience", Text("field:audience", field, field)) if field else []
    named = _WORDS.facts("audience", subject.title)
    values = {fact.value for fact in given}
    found = [*given, *(fact for fact in named if fact.value not in values)]
    if found:
        return tuple(found)
    label = _LABEL.search(subject.body.plain, 0, 4000)
    if label is None:
        return ()
    start, end = label.span(1)
    body = Text("body", subject.body.words[start:end], subject.body.plain[start:end])
    return tuple(_WORDS.facts("audience", body))
