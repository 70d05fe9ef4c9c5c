"""For whom a notice is: the groups it names, the names of housing types that say it included."""

from __future__ import annotations

import re

from notices.model import Fact
from notices.reading.subject import Subject, Text
from notices.reading.words import Words

_WORDS = Words(
    {
        "수급자": r"수급_(?:자|가구|권자|세대|대상) 기초_생활 생계_·_의료 생계급여",
        "저소득": "저소득 차상위 영세민",
        "한부모": "한_부모 미혼모 미혼부 모자_가[정족] 부자_가[정족] 모·부자",
        "신혼부부": r"신혼 신홍_희망 예비_부부 (?<!주택형\s)(?<!주택형)미리내집(?!_연계형) 일반주택형_미리내집 신희타",
        "신생아": "신생아 출산_(?:무주택_)?(?:가구|가정|세대|부부) 출생_(?:가구|가정)",
        "자립준비청년": r"""
            자립_준비_(?:청년|아동|청소년)? 보호_종료_(?:아동|청년|청소년|예정)?
            (?<!보호)(?<!생활)시설_퇴소자? 시설_퇴소_(?:아동|청소년)
        """,
        "청년": "청년 사회_초년생",
        "대학생": "대학(?:원)?생 취업?_준비생 취준생",
        "고령자": r"고령자 고령_친화 고령가구 고령층 노인 어르신 시니어 공공_실버 실버_(?:주택|스테이|타운) 은빛주택 독거노 만_65세",
        "장애인": "장애인 장애우 장애_가구 발달_장애 중증_장애 장애_아동 장애가족",
        "다자녀": "다자녀 다둥이 [다두세]_자녀_(?:이상|가[구정])",
        "소년소녀가정": "소년_·?_소녀 가정_위탁 대리_양육 친인척_위탁 교통사고_유자녀",
        "북한이탈주민": "북한_이탈 탈북 새터민",
        "국가유공자": "국가_유공 유공자 보훈_(?:대상|가족|가구) 참전용사",
        "전세사기피해자": """
            전세_사기_·?_(?:및_)?(?:깡통전세_)?(?:등_)?(?:피해|희생)(?!_(?:예방|방지|우려))
            전세_피해(?!_(?:예방|방지|우려))
        """,
        "가정폭력피해자": "가정_폭력 성폭력_피해 폭력_피해_(?:여성|자) 스토킹_피해",
        "비주택거주자": """
            비주택(?!_(?:리모델링|부문|용도|건물|매입)) 쪽방 고시원 여인숙 비닐하우스_(?:거주|주민|가구) 노숙인?
            비정상_거처
        """,
        "근로자": r"(?<!기간제)(?<!기간제\s)근로자 노동자 재직자 산업단지_(?:입주)?기업_(?:직원|종사자)",
        "예술인": "예술인 연극인 예술가 영화인 음악인",
    }
)
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
