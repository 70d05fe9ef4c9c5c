"""What a notice does: the first rule of its publisher's order that its title meets, each with the words it saw."""

from __future__ import annotations

import re

from notices.model import Fact
from notices.reading.subject import Subject, Text
from notices.reading.voice import Voice, voice
from notices.reading.words import quoted

_DONE = r"(?:결과|현황)"

_CANCELLED = (
    r"취소\s?(?:공고|안내|알림|게시|통보|공지|합니다|됨|\]|\))|(?:공고|모집|일정|접수|추첨|공급|입찰|매각|행사|교육|사업|설명회)\s?(?:의\s?)?(?:전면\s?)?취소|"
    r"(?:공고|모집|공급|입찰|접수)\s?(?:를\s?)?철회|철회\s?(?:공고|안내|알림)|(?:공고|모집)\s?무효"
)
_NOT_CANCELLED = r"(?:계약|당첨|해약)\s?취소|취소\s?(?:세대|주택|분|물량|후|자|호)"
_SERVICE = (
    r"전산\s?(?:작업|점검|장애|개선)|(?:시스템|서버|홈페이지|누리집|사이트)\s?(?:정기\s?)?(?:점검|개편|작업|장애|오픈|이용|일시|서비스|개선|변경|접속)|"
    r"서비스\s?(?:\([^)]{1,20}\)\s?)?(?:이용|일시|중단|오픈|개시|종료|개선|변경|점검|제공|시행)?\s?(?:및\s?\S{1,10}\s?)?(?:안내|중단|공지)|"
    r"인증서|챗봇|\b[Aa]pp\b|[가-힣]앱(?:\s|$)|모바일\s?앱|어플|(?:매|메)뉴얼|이용\s?(?:방법\s?)?안내|콜센터|카카오톡?\s?(?:채널|알림톡)"
)
_JOBS = (
    r"채용|인턴(?!십\s?지원)|기간제|공무직|임용|계약직|임기제|공개\s?경쟁|아르바이트|일자리\s?(?:사업\s?)?참여자|공공근로|"
    r"(?:직원|상담사|상담원|근무자|근로자|사회복지사|조사원|관리원|요원|센터장|사무원|강사|매니저|코디네이터)\s?(?:추가\s?)?(?:모집|공모|선발)"
)
_RENEWAL = (
    r"정비\s?사업|정비\s?구역|정비\s?계획|재건축|재개발(?!\s?임대)|관리\s?처분|사업\s?시행\s?(?:계획|인가|자)|지형도면|지구\s?지정|지구\s?단위|토지등?\s?소유자|"
    r"보상\s?(?:계획|협의)|공급\s?예정지|(?<!정례 )고시(?!원|\s?번호|텔)|공람|뉴타운\s?지구|실시\s?계획|개발\s?계획|환지|수용\s?재결"
)
_PLOT = (
    r"용지|필지|택지(?!\s?지구|개발)|상가(?!\s?임차인\s?(?:보호|법))|점포|근린\s?생활|산업\s?시설|업무\s?시설|지식\s?산업|토지(?!\s?주택|\s?임대부|\s?등?\s?소유)|"
    r"나대지|주차장\s?(?:부지|분양)|유치원\s?부지|오피스텔\s?분양|창고|공장\s?(?:부지|용지|분양)|물류|산업\s?단지\s?(?:분양|입주\s?기업|공급)"
)
_PLOT_KINDS = (
    ("발표", r"(?:당첨자?|대상자|선정자?|결과)\s?발표"),
    ("입찰", r"개찰|유찰|낙찰|추첨\s?결과"),
    ("기타", r"유치금|등기|중도금|알선|제도|환불|납부|잔금|대출|사용\s?승낙|정산"),
    ("계약입주", r"계약\s?(?:체결|안내|결과)"),
    ("접수현황", rf"마감|(?:신청|접수|청약)\s?(?:{_DONE}|가능)|경쟁률|{_DONE}\s?(?:게시|안내|공개)"),
    ("모집", r"(?:입점자?|임차인|입주자?|운영자|창업자|사업자)\s?(?:추가\s?|재\s?|정기\s?)?모집"),
    ("입찰", r"공급|재공급|추첨|입찰|수의\s?계약|매각|분양|선착순|모집|임대|공고"),
)
_SOLD = r"일반\s?매각|매각|공매"
_BOUGHT = (
    r"매입\s?(?:약정|공고|신청|접수|대상\s?주택|계획|임대\s?(?:주택)?\s?(?:용|사업자)|임대용)|주택\s?매입\s?(?:공고|신청|접수|안내)|"
    r"매도\s?(?:신청|희망|자)|농지\s?매입|공공\s?임대용"
)
_TENDER = (
    r"입찰|개찰|유찰|낙찰|수의\s?(?:계약|시담)|견적|제안서|제안\s?공모|시공(?:사|업체|자)|협력\s?업체|민간\s?사업자|사업자\s?(?:공모|모집|선정)|"
    r"용역\s?(?:업체|공고|계약|발주|업자)|감정평가|설계\s?공모|위탁\s?(?:업체|관리\s?업체)|업체\s?(?:모집|선정|공모)"
)
_SCHEDULE = r"(?:일정|발표일?|기간|기한|일자|일시|시간|장소|날짜|마감일?|접수일?|신청일?|시기|입주일|계약일|추첨일|대상자|공고일|예정일?|개시일)"
_MOVED = (
    r"(?<![가-힣]\s)연기(?!금|자|군)|연기(?=\s?(?:\]|\)|안내|공고|알림|공지|$))|순연|"
    rf"{_SCHEDULE}\s?(?:및\s?\S{{1,8}}\s?)?(?:의\s?)?(?:일부\s?)?(?:변경|수정|조정|지연)|발표\s?지연|일정\s?변동|"
    r"변경\s?공고|공고\s?(?:문|내용|사항)?\s?(?:일부\s?)?변경|모집\s?(?:내용|인원|호수|일정)?\s?변경|"
    r"(?:접수|신청|모집|공급|발표|사업|추진|지원|공고|운영)\s?(?:일시\s?|잠정\s?)?(?:중단|중지|보류)|(?:일시|잠정)\s?(?:중단|중지|보류)|중단\s?(?:안내|공고|알림)"
)
_PROLONGED = r"(?<!계약)(?<!계약 )(?<!거주)(?<!임대)(?:기간|기한|접수|신청|모집|마감|일정)\s?(?:을\s?)?(?:재\s?)?연장|연장\s?(?:공고|안내|모집|접수)"
_NOT_PROLONGED = r"재계약|계약\s?(?:기간\s?)?연장|임대\s?기간\s?연장|거주\s?기간\s?연장"
_RENEWED = r"재계약|갱신\s?계약|계약\s?갱신|계약\s?연장"
_ANNOUNCED = (
    r"(?<!접수결과)(?<!접수결과 )(?<!접수 결과 )(?<!신청결과 )(?<!신청 결과 )(?<!청약 결과 )(?<!접수현황 )(?<!경쟁률 )발표(?!\s?(?:일|예정|시|회|자|대회|전|후|까지))|"
    r"당첨선|커트라인|(?:자격\s?|서류\s?)?심사\s?결과|선정\s?결과|추첨\s?결과|(?:조정\s?)?예비\s?(?:순위|순번|번호)\s?(?:안내|게시|공개|부여|조정|알림|공지|변동)|"
    r"예비\s?(?:당첨자|자\s?순번|입주자\s?순번|입주자\s?순위)\s?(?:명단\s?)?(?:게시|안내|공개|공지|알림|순번)|(?:당첨자?|입주\s?대상자|선정자|합격자)\s?(?:명단|결과|공지|게시|확인|공개|안내)|"
    r"서류\s?(?:제출|심사)\s?대상자?\s?(?:명단|게시|안내|공개|공지|알림|추가)|소명\s?(?:대상|안내|자료)"
)
_COUNTED = (
    rf"(?:접수|신청|청약|지원)\s?(?:자\s?|건수\s?|률\s?)?{_DONE}|(?:접수|신청|청약)\s?(?:조기\s?)?마감(?!\s?시|일|까지|\s?\d)|경쟁률|조기\s?마감|최종\s?마감|"
    rf"마감\s?(?:게시|현황|안내|공지|단지|알림|결과|세대|공고|되었|됨|\])|(?<!계약가능세대)(?<!세대 ){_DONE}\s?(?:게시|공개|알림|공지)|동·?호(?:수)?\s?(?:선정|지정)\s?(?:완료|현황)|"
    r"모집\s?(?:결과|현황)|미달\s?(?:단지|세대|안내)?|잔여\s?(?:세대|호수|물량|주택)?\s?현황|순위\s?(?:접수|신청|청약)?\s?(?:결과|현황|마감)"
)
_SIGNED = (
    r"계약\s?(?:체결|안내|결과|가능|일정|서류|현황|해지|방법|절차|금\s?(?:납부|안내)|대상자|진행|관련|기간)|(?:전자|온라인|비대면)\s?계약|"
    r"입주\s?(?:안내|지정|일정|개시|청소|시작|예약|설명회|절차|증|예정자\s?(?:안내|사전|점검|협의|설명)|전\s?(?:점검|방문|안내)|시\s?안내|기간|관련|잔금|준비|점검)|"
    r"사전\s?(?:점검|방문)|호실\s?배정|퇴거|이사\s?예약|(?:임대)?보증금\s?(?:반환(?!\s?보증)|환급|전환|증액|상호)|임대\s?조건\s?(?:변경|안내|조정)|임대료\s?(?:납부|인상|조정|변경|동결|감면|고지)|"
    r"(?:임차인|입주자)\s?자격\s?(?:조사|심사|검증)|소득\s?·?\s?자산\s?(?:조사|재조사)|실태\s?조사"
)
_HALLS = r"동·?\s?호(?:수)?\s?(?:지정|배정|추첨|표|선택|공개)|주택\s?(?:개방|공개|열람|내부)|견본\s?주택|샘플\s?하우스|집\s?보기|세대\s?(?:개방|공개|점검)|선택\s?품목|하자\s?(?:보수|점검|접수)"
_EVENT = (
    r"교육(?!부|청|급여|비|환경|지원청|감|공무원|기관|재정|발전|특구|복지|자|격차|바우처|활동비)|설명회|세미나|포럼|토론회|공청회|아카데미|워크[숍샵]|캠프|강좌|강연|강의|특강|박람회|"
    r"축제|행사|간담회|콘서트|컨퍼런스|심포지엄|심포지움|상담회|상담의\s?날|캠페인|스쿨|협약식|발대식|기념식|전시회|공모전|경진대회|스터디|멘토링\s?데이|원데이|클래스|투어|이벤트|"
    r"체험\s?(?:단|행사|교실)|대학\s?(?:수강|개강)|(?:부동산|주거|금융)\s?(?:교실|학교)"
)
_HELPERS = (
    r"(?:서포터즈?|서포터스|위원|위원회|운영\s?(?:기관|자|주체|단체)|기자단|모니터단|모니터링단|평가단|자문단|수행\s?(?:기관|단체)|봉사자|봉사단|홍보단|홍보대사|협력\s?기관|위탁\s?(?:기관|자|운영)|"
    r"참여단|참여\s?기관|점검단|추진단|활동가|리더|멘토|동아리\s?운영|네트워크|협의체|선수|단원|시민단|검토단|파트너)\s?(?:\S{0,6}\s)?(?:추가\s?|재\s?)?(?:모집|공모|선발|위촉|선정|구성|운영)"
)
_OTHER = r"연구\s?용역|기본\s?계획|조례|위원회|네트워크|협의체|실태\s?조사|통계|현황\s?조사|수요\s?조사|만족도|의견\s?수렴|사칭|피싱|스미싱|주의보|주의\s?(?:안내|당부)"
_HOMES = r"입주|예비자|예비\s?입주자|임차인|입사생|사생|거주자|세입자|공가|잔여|세대|호수|주택|기숙사|하우징|하우스|빌라|아파트|생활관|학사|학숙"
_TENANTS = (
    r"(?:입주자?|입주\s?(?:대상자|희망자|신청자|세대|청년|가구|예정자|민|생)|예비자|예비\s?입주자|임차인|입사생|사생|관생|거주자|세입자|당첨자|예비\s?당첨자|신규\s?입사자)\s?"
    r"(?:및\s?\S{1,8}\s?)?(?:\([^)]{1,20}\)\s?)?(?:(?:추가|정기|수시|상시|최초|정례|재|신규|긴급|특별|우선|선착순|1차|2차|3차|일부|통합)\s?(?:로\s?)?)*(?:모집|선발|공모|공고|신청\s?(?:접수|안내|공고))"
)
_CALLED = rf"{_TENANTS}|모집\s?공고|공급\s?(?:공고|안내|계획|신청)|(?:선착순|추가|상시|수시|정기|정례|예비|잔여\s?세대|우선)\s?(?:\S{{1,10}}\s)?(?:모집|공급)|모집|신청\s?(?:접수|안내|공고)"
_PROGRAMME_CALL = r"(?:지원\s?대상(?:자|가구|주택)?|대상\s?(?:자|가구)|참여자|참가자|신청자|장학생|수혜자|이용자|참여\s?(?:가구|청년|세대|주민|희망)|희망자|희망\s?가구|교육생|수강생|연수생|팀)\s?(?:추가\s?|재\s?|상시\s?|수시\s?|신규\s?|\d차\s?)*(?:모집|선발|신청|공모|접수)"
_PROGRAMME = (
    r"지원|사업|대출|급여|이자|보조|융자|바우처|수당|서비스|프로그램|장학|컨설팅|대여|상담|신청|모집|공급|공간|센터|연수|촉진|예방|관리|"
    r"도움|돌봄|보장|할인|감면|면제|기금|통장|적금|저축|공제|꾸러미|쿠폰|운영|제도|임대|주택|기숙사|융자금|학자금"
)
_SUPPORT = r"지원\s?(?:사업|대상|신청|금|프로그램|제도)|이자\s?지원|집\s?수리|주거\s?(?:상향|복지)\s?(?:지원|서비스|사업)|비\s?지원|주거급여"


def _rule(pattern: str) -> re.Pattern[str]:
    return re.compile(pattern)


_CORPORATION: tuple[tuple[str, re.Pattern[str]], ...] = tuple(
    (kind, _rule(pattern))
    for kind, pattern in (
        ("계약입주", _RENEWED),
        ("발표", _ANNOUNCED),
        ("계약입주", rf"계약\s?가능\s?세대|{_SIGNED}(?!.*{_DONE}\s?게시)"),
        ("접수현황", _COUNTED),
        ("기타", _HELPERS),
    )
)
_R = {
    name: _rule(pattern)
    for name, pattern in {
        "cancelled": _CANCELLED, "not_cancelled": _NOT_CANCELLED, "service": _SERVICE, "jobs": _JOBS, "renewal": _RENEWAL,
        "plot": _PLOT, "sold": _SOLD, "bought": _BOUGHT, "tender": _TENDER, "moved": _MOVED, "prolonged": _PROLONGED,
        "not_prolonged": _NOT_PROLONGED, "event": _EVENT, "helpers": _HELPERS, "other": _OTHER, "tenants": _TENANTS,
        "called": _CALLED, "programme_call": _PROGRAMME_CALL, "programme": _PROGRAMME, "halls": _HALLS, "homes": _HOMES, "support": _SUPPORT,
    }.items()
}  # fmt: skip
_PLOT_RULES = tuple((kind, _rule(pattern)) for kind, pattern in _PLOT_KINDS)

Answer = tuple[str, re.Match[str] | None]


def kind(subject: Subject, supply: frozenset[str] = frozenset()) -> tuple[str, tuple[Fact, ...]]:
    """Return the kind and the fact "kind" with the words that say so; a kind nothing speaks for has no fact.

    `supply` are the types read from the same notice.
    """
    answer, match = _kind(subject.title.plain, voice(subject), supply)
    fact = _fact(subject.title, answer, match) if match else None
    return answer, (fact,) if fact else ()


def _fact(text: Text, answer: str, match: re.Match[str]) -> Fact | None:
    again = re.compile(match.re)
    span = quoted(text.plain, match.start(), match.end(), lambda words: bool(again.search(words)))
    return text.fact("kind", answer, *span) if span else None


def _kind(title: str, speaker: Voice, supply: frozenset[str]) -> Answer:
    if speaker is Voice.PRESS:
        return "정책소식", None
    if speaker is Voice.NEWS:
        event = _R["event"].search(title)
        tenants = _R["tenants"].search(title)
        return ("교육행사", event) if event else ("모집", tenants) if tenants else ("정책소식", None)
    rented = bool(supply - {"공공분양", "신혼희망타운"})
    return (
        _ended_or_moved(title, speaker, rented or bool(supply))
        or _not_homes(title, bool(supply))
        or _stages(title, speaker)
        or _calls(title, speaker, bool(supply))
    )


def _ended_or_moved(title: str, speaker: Voice, homes: bool) -> Answer | None:
    cancelled = _R["cancelled"].search(title)
    if cancelled and not _R["not_cancelled"].search(title, max(0, cancelled.start() - 4), cancelled.end() + 3):
        return "취소", cancelled
    service = _R["service"].search(title)
    if service and not homes and not _R["tenants"].search(title):
        return "서비스안내", service
    moved = _R["moved"].search(title)
    if moved:
        return "연기변경", moved
    prolonged = _R["prolonged"].search(title)
    if prolonged and (homes or _R["tenants"].search(title)) and not _R["not_prolonged"].search(title):
        return "연기변경", prolonged
    return None


def _not_homes(title: str, homes: bool) -> Answer | None:
    jobs = _R["jobs"].search(title)
    if jobs and not _R["tenants"].search(title):
        return "채용", jobs
    tender, renewal, plot = _R["tender"].search(title), _R["renewal"].search(title), _R["plot"].search(title)
    if plot:
        return _first(_PLOT_RULES, title) or ("기타", plot)
    if renewal and not homes and not _R["tenants"].search(title):
        return ("입찰", tender) if tender else ("기타", renewal)
    sold = _R["sold"].search(title)
    if sold:
        return "매각", sold
    bought = _R["bought"].search(title)
    if bought and not _R["tenants"].search(title):
        return "기타", bought
    return ("입찰", tender) if tender else None


def _stages(title: str, speaker: Voice) -> Answer | None:
    return _first(_CORPORATION, title)


def _calls(title: str, speaker: Voice, homes: bool) -> Answer:
    tenants = _R["tenants"].search(title)
    if tenants:
        return "모집", tenants
    event, call = _R["event"].search(title), _R["programme_call"].search(title)
    halls, called = _R["halls"].search(title), _R["called"].search(title)
    if event and not homes:
        return "교육행사", event
    if call and not homes:
        return "지원사업", call
    if halls and not (called and "모집" in called[0]):
        return "계약입주", halls
    if (
        called
        and (homes or (speaker is Voice.HOUSING and _R["homes"].search(title)))
        and speaker is not Voice.PROGRAMMES
    ):
        return "모집", called
    if called and homes and "모집" in called[0]:
        return "모집", called
    other = _R["other"].search(title)
    if other:
        return "기타", other
    programme = _R["programme"].search(title)
    if speaker is Voice.HOUSING:
        programme = _R["support"].search(title)
    if programme:
        return "지원사업", programme
    return ("지원사업", None) if homes and speaker is Voice.PROGRAMMES else ("기타", None)


def _first(rules: tuple[tuple[str, re.Pattern[str]], ...], title: str) -> Answer | None:
    for answer, pattern in rules:
        match = pattern.search(title)
        if match:
            return answer, match
    return None
