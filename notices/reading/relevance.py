"""Whether somebody who looks for rental housing or help with housing would want a notice."""

from __future__ import annotations

import re

from notices.reading.subject import Subject
from notices.reading.voice import Voice, voice

SALE = frozenset(("공공분양", "신혼희망타운"))

_HOUSING = re.compile(
    r"임대\s?주택|공공\s?임대|임대\s?아파트|공공\s?주택\s?(?:입주|임대)|전[·,]?\s?월세|(?<!\d)월세(?!미나|무|계)|(?<![발운이])전세(?!계|버스|기[가-힣\s]|대를|미나|금기)|"
    r"임차\s?(?:보증금|료|인|주택|가구|비|급여)|임대차|보증금(?!제)|보증료|반환\s?보증|이사\s?비|이사\s?(?:비용|지원)|중개\s?(?:보수|수수료)|집\s?수리|"
    r"주택\s?(?:개[보량수조]|개·보수|수선|수리|리모델링|노후|안전\s?점검|임차|바우처)|노후\s?주택|주거(?!점|리|창|공간|전용|용지|단지|시설|정비|환경\s?정비|동\b|지(?!원)|형)|"
    r"쪽방|고시원|여인숙|비닐하우스\s?(?:거주|주민)|반지하|노숙|빈집|기숙사|하우징|[셰쉐]어\s?하우스|무주택|깡통\s?전세|안심\s?계약|디딤돌\s?대출|버팀목|"
    r"주택\s?(?:구입|매입|구매|전세|임차|자금|마련)[^.\n]{0,12}(?:이자|대출|자금|지원|융자)|내\s?집\s?마련|청년\s?주택|지원\s?주택|도배|장판|보금자리(?!론)|"
    r"공공\s?주택\s?지구\s?(?:지정\s?)?(?:촉구|주민)|세입자|임차인|임대료|임시\s?(?:거처|거주)|긴급\s?(?:주거|거처)|재난\s?(?:주택|거처)"
)
_ELSE = re.compile(
    r"창업|소상공인|사업장|점포|상가|상인|전통\s?시장|농[가지촌업기]|농[어축]|귀농|귀촌|스마트팜|어선|양식장|자동차|버스|학자금|정장|장난감|드론|캠핑|컵|빈\s?용기|산업\s?시설|공장|사무실|사무\s?공간|오피스(?!텔)|작업실|"
    r"공방|착한\s?임대|공유\s?재산|국유\s?재산|기업\s?(?:입주|유치)|입주\s?기업|지식\s?산업|벤처|스타트업|메이커|농기계|유휴\s?공간|주택\s?담보|안심\s?전환|상표|특허"
)
_NATIVE_SALE = re.compile(
    r"분양(?!\s?전환)|투기|청약(?!\s?(?:접수|당첨선))|공시\s?가격|재건축|재개발(?!\s?임대)|정비\s?(?:사업|구역)|PF|프로젝트\s?금융"
)
_SURE = re.compile(
    r"임대\s?주택|공공\s?임대|전[·,]?\s?월세|(?<!\d)월세(?!미나|무|계)|전세\s?사기|전세\s?(?:보증|자금|대출|금)|주거\s?(?:급여|비|복지|지원|안정|상향|상담|취약)|쪽방|이사\s?비|집\s?수리|기숙사|임차\s?보증금|빈집|주택\s?임대차"
)
_GIVEN = re.compile(r"주택\s?(?:우선\s?공급|특별\s?공급|알선|제공)")
_MENDED = re.compile(r"(?:(?<!비)주택|집)\s?(?:수리|개[량보조]|리모델링|임차|구입|알선)")
_TENANTS = re.compile(r"입주자|입주\s?(?:추천|예비)|임차인|입사생|예비자|사생|관생|입주\s?(?:청년|대상|신청|희망)")
_LAND = re.compile(r"^(?:토지|상가|용지|택지|업무|산업|점포|어린이집)")
_PRIVATE = re.compile(
    r"래미안|자이\b|자이(?=\s|\()|힐스테이트|푸르지오|롯데캐슬|더샵|e편한세상|이편한세상|아이파크|포레나|아크로|디에이치|호반써밋|중흥|한라비발디|위브|센트레빌|데시앙|하늘채|더플래티넘|우미린|"
    r"민간\s?분양|일반\s?분양"
)
_PLOT = re.compile(r"용지|필지|상가(?!\s?임차인)|점포|근린\s?생활|산업\s?시설|지식\s?산업")
_OF_TENANTS = frozenset(("발표", "접수현황", "계약입주", "연기변경", "취소"))
_LIVED_IN = re.compile(r"입주|임차|예비자|임대|신청\s?현황|서류\s?제출\s?대상")
_OWNERS = re.compile(
    r"매입\s?(?:약정|공고|신청|임대\s?(?:주택)?\s?(?:용|사업자)|임대용)|매도\s?(?:신청|자)|농지\s?매입|집주인\s?대상|임대\s?사업자|어린이집"
)


def relevant(subject: Subject, kind: str, supply: frozenset[str]) -> bool:
    """Return whether the notice is for such a reader, given its kind and the supply types read from it."""
    title = subject.title.plain
    if kind in ("채용", "매각", "입찰") or _PLOT.search(title) or _LAND.search(subject.fields.get("supply", "")):
        return False
    if kind != "정책소식" and _OWNERS.search(title):
        return False
    rental = supply - SALE
    if rental:
        return True
    if supply and kind != "정책소식":
        return False
    if "신혼희망타운" in supply and "공공분양" not in supply:
        return True
    return _speaks_of_housing(title, kind, voice(subject))


def _speaks_of_housing(title: str, kind: str, speaker: Voice) -> bool:
    if kind == "모집" and _TENANTS.search(title):
        return not _ELSE.search(title) and not _PRIVATE.search(title)
    if kind in _OF_TENANTS and speaker is Voice.HOUSING and _LIVED_IN.search(title):
        return True
    if kind == "지원사업" and _GIVEN.search(title):
        return True
    if not _HOUSING.search(title):
        return False
    if _SURE.search(title):
        return not (_ELSE.search(title) and "주거" not in title and "주택" not in title)
    if _MENDED.search(title):
        return True
    return not _ELSE.search(title) and not _NATIVE_SALE.search(title)
