"""Whether somebody who looks for rental housing or help with housing would want a notice."""

from __future__ import annotations

from notices.reading import kind_words
from notices.reading.subject import Subject
from notices.reading.voice import Voice, voice
from notices.reading.words import rule

SALE = frozenset(("공공분양", "신혼희망타운"))

_MONTHLY = r"(?<!\d)월세(?!미나|무|계)"
_HOUSING = rule(rf"""
    임대_주택 공공_임대 임대_아파트 공공_주택_(?:입주|임대) 전[·,]?_월세 {_MONTHLY}
    (?<![발운이])전세(?!계(?!약)|버스|기[가-힣\s]|대를|미나|금기) 임차_(?:보증금|료|인|주택|가구|비|급여|거주|권_등기) 임대차 임대료
    임차인 세입자 보증금(?!제) 보증료 반환_보증 이사_비 이사_(?:비용|지원|차량) (?<![가-힣])복비 원룸
    중개_(?:보수|수수료) 집_수리 집_고[치쳐]
    (?<!공동)주택_(?:개[보량수조]|개·보수|수선|수리|리모델링|노후|안전_점검|임차|바우처) 노후_주택 도배 장판
    주거(?!점|리|창|공간|전용|용지|단지|시설|정비|환경_정비|침입|동\b|지(?!원)|형) 쪽방 고시원 여인숙
    비닐하우스_(?:거주|주민) 반지하 노숙 비정상_거처 빈집 기숙사(?!_(?:식당|급식)) 하우징 [셰쉐]어_하우스 무주택 깡통_전세 안심_계약
    주택_(?:구입|매입|구매|전세|임차|자금|마련)[^.\n]{{0,12}}(?:이자|대출|자금|지원|융자) 내_집_마련 디딤돌_대출
    버팀목 구입_자금 주택_(?:·_)?융자
    (?:청년|신혼|어르신|고령자|장애인|예술인|근로자|희망|안심)[가-힣]{{0,6}}_[가-힣]{{0,4}}주택(?!청약|담보|연금|용)
    지원_주택 보금자리(?!론) 공공_주택_지구_(?:지정_)?(?:촉구|주민) 임시_(?:거처|거주) 긴급_(?:주거|거처)
    수선_유지_급여 최우선_변제 신생아_특례_대출 재난_(?:주택|거처) 무상_임대 (?:신혼(?:부부)?|청년|어르신|고령자|장애인)_리모델링
""")
_ELSE = rule(r"""
    창업 소상공인 사업장 점포 상인
    상가(?<![예보]상가)(?:(?<=임대상가)|(?<!대상가))(?!구) 전통_시장 농[가지촌업기부장] 농[어축] 귀농 귀촌 스마트팜 어선
    양식장 청사 사옥 자동차 (?<!이동)(?<!상담)버스 학자금 정장 장난감 드론 캠핑 컵 빈_용기 산업_시설 공장 사무실 사무_공간 오피스(?!텔)
    작업실 공방 상수도 수도관 급수관 도시_가스
    착한_임대 공유_재산 국유_재산 기업_(?:입주|유치|임대료) 입주_기업 지식_산업 벤처 스타트업 메이커 농기계 건설_기계 유휴_공간
    주택_담보 안심_전환 상표 특허
""")
_MARKET = rule(r"""
    분양(?!_전환) 투기 청약(?!_(?:접수|당첨선)) 공시_가격 재건축 재개발(?!_임대) 정비_(?:사업|구역) PF 프로젝트_금융
""")
_SURE = rule(rf"""
    임대_주택 공공_임대 전[·,]?_월세 {_MONTHLY} 전세_사기 전세_(?:보증|자금|대출|금) 쪽방 이사_비 집_수리 기숙사(?!_(?:식당|급식))
    임차_보증금 주거_(?:급여|비|복지|지원|안정|상향|상담|취약) 빈집 주택_임대차
""")
_NOT_OFFERED = frozenset(("기타", "취소", "연기변경", "지원사업"))
_GIVEN = rule("주택_(?:우선_공급|특별_공급|알선|제공|지원) 이주_지원")
_MENDED = rule("(?:(?<!비)주택|집)_(?:수리|고[치쳐]|개[량보조]|리모델링|임차|구입|알선) 보금자리(?!론)")
_TENANTS = rule("입주자 입주_(?:추천|예비|청년|대상|신청|희망) 임차인 입사생 예비자 사생 관생")
_OF_TENANTS = frozenset(("발표", "접수현황", "계약입주", "연기변경", "취소"))
_LIVED_IN = rule("퇴거 재계약 원상_복구 입주 임차 예비자 임대 신청_현황 서류_제출_대상")
_PRIVATE = rule(r"""
    래미안 자이(?=\s|\(|\d|$) 힐스테이트 푸르지오 롯데캐슬 더샵 [e이]편한세상 아이파크 포레나 아크로 디에이치 호반써밋
    중흥 한라비발디 위브 센트레빌 데시앙 하늘채 더플래티넘 우미린 민간_분양 일반_분양
""")
_GIFTS = rule("위문_?[금품] 명절 격려금 축하금")
_FIRMS = rule("입주_?(?:기업|업체|스타트업)_(?:추가_|재_|상시_)?모집")
_EMPTY_LET = rule("빈집.{0,12}(?:임대|은행|재생|활용|리모델링|제공)")
_HOUSES = rule("임대_주택 임대_아파트 임대_빌라")
_PRIVATELY_LET = rule("민간_임대(?!_(?:사업|등록))")
_LET = rule("민간_임대 임대_주택 임대_아파트 임차인 장기_전세")
_HELPERS = rule("""
    (?:운영_(?:기관|단체|주체|법인)|수행_기관|수탁_(?:기관|자|법인|단체|운영자)|참여_(?:기관|기업|업체)|위탁_운영자?|협력_기관|자활_기업|어린이집)[^.]{0,12}(?:모집|공모|선정)
""")
_PLOT = rule(r"""
    (?<![이사])용지(?!원|침|도) 필지 상가(?<![예보]상가)(?:(?<=임대상가)|(?<!대상가))(?!구|_임차인_(?:보호|법))
    점포 근린_생활 산업_시설 지식_산업
""")
_LAND = rule("^(?:토지|상가|용지|택지|업무|산업|점포|어린이집)")
_OFFICIAL = rule(f"{kind_words.PLANNED}|{kind_words.SERVED}|자격_시험|점검_결과")
_AT_HOME = rule("주거 주택 이사_비 전세_(?:자금|금|보증금|대출) 임차_보증금 집_수리")
_OWNERS = rule(
    "건설_자금 매입_(?:약정|공고|신청|임대_(?:주택)?_(?:용|사업자)|임대용) 매도_(?:신청|자) 농지_매입 집주인_대상 임대_사업자 어린이집 "
    "집주인_임대주택_사업"
)


def relevant(subject: Subject, kind: str, supply: frozenset[str]) -> bool:
    """Return whether the notice is for such a reader, given its kind and the supply types read from it."""
    title = subject.title.plain
    plot = _PLOT.search(title)
    if plot and plot[0] == "용지" and kind == "모집" and supply - SALE:
        plot = None  # a place whose name ends so
    if kind in ("채용", "매각", "입찰") or plot or _LAND.search(subject.fields.get("supply", "")):
        return False
    if (kind != "정책소식" and _OWNERS.search(title) and "피해주택" not in title) or (
        kind == "기타" and _HELPERS.search(title)
    ):
        return False
    if kind in _NOT_OFFERED and _OFFICIAL.search(title):
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
    if kind == "지원사업" and (_GIFTS.search(title) or _FIRMS.search(title)):
        return False
    if kind == "모집" and (_TENANTS.search(title) or _PRIVATELY_LET.search(title)):
        return not (_ELSE.search(title) and not _HOUSES.search(title)) and not (
            _PRIVATE.search(title) and not _LET.search(title)
        )
    if kind in _OF_TENANTS and speaker is Voice.HOUSING and _LIVED_IN.search(title):
        return not (_PRIVATE.search(title) and not _LET.search(title))
    if kind == "지원사업" and _GIVEN.search(title):
        return True
    if not _HOUSING.search(title):
        return False
    if _SURE.search(title):
        return not (_ELSE.search(title) and not _AT_HOME.search(title) and not _EMPTY_LET.search(title))
    if _MENDED.search(title):
        return True
    return not _ELSE.search(title) and not _MARKET.search(title)
