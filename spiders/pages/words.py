"""The words of boards: what a column's header means, what is a badge, a notice mark, an empty board, a neighbour."""

from __future__ import annotations

import re
from functools import lru_cache

_SPACE = re.compile(r"[\s:：·ㆍ*▲▼△▽↑↓|()\[\]<>\"'`~]+")

ROLES: dict[str, str] = {
    "title": "제목 글제목 공고명 공고제목 사업명 고시공고명 고시제목 고시공고제목 공고고시제목"
    " 공고고시명 공고사업명 지원사업명 지원사업 사업공고명"
    " 모집공고명 주택명 단지명 과제명 교육명 행사명 자료명 자료제목 보도자료명 보도제목"
    " 프로그램명 게시물제목 게시글제목 제목내용 기사제목"
    " 채용제목 입찰제목 입찰공고명 공모명 강좌명 강의명 subject title",
    "body": "내용 공고내용",
    "number": "번호 no no. 순번 연번 글번호 게시번호 number num 순서",
    "notice_no": "공고번호 고시번호 고시공고번호 공고고시번호 고시공고 관리번호 입찰번호 입찰공고번호 사업번호",
    "department": "담당부서 부서 부서명 작성부서 등록부서 소관부서 담당과 실과명 담당 게시부서 주관부서"
    " 기관 기관명 주관기관 수행기관 소관기관"
    " 시행기관 공고기관 작성기관 담당기관 발주기관 출처 제공부서 담당부서명 부서담당자 부서작성자 소속 소속부서 dept",
    "writer": "작성자 글쓴이 등록자 게시자 담당자 이름 작성인 등록인 name writer author 성명 담당자명 작성자명",
    "posted": "등록일 등록일자 등록일시 등록 작성일 작성일자 작성일시 작성 게시일 게시일자 게시일시"
    " 배포일 배포일자 제공일 제공일자 보도일 보도일자"
    " 게재일 게재일자 입력일 입력일시 올린날 올린날짜 날짜 일자 일시 date regdate"
    " 최초등록일 등록날짜 작성날짜 발행일 게시날짜 posted time"
    " 작성시각 등록시각 게시시각 작성시간 등록시간 게시시간 공개일 공개일자 올린일 등재일 공지일 공지일자 기사일자 기사등록일 업로드일"
    " 등록일수정일 작성일수정일 등록년월일 작성년월일 regdt created createdat publishedat writedate",
    "announced": "공고일 공고일자 공고일시 고시일 고시일자 고시공고일 공고고시일 모집공고일 공고시작일"
    " 공고시작일자 게시시작일 게재시작일 시작일 입찰공고일 공시일",
    "shown": "게재기간 게시기간 공고기간 고시기간 공고게시기간 공시기간 열람기간 게재기간시작종료",
    "modified": "수정일 수정일자 최종수정일 변경일 갱신일",
    "closes": "마감일 마감일자 마감일시 접수마감 접수마감일 신청마감 신청마감일 공고마감일 공고마감"
    " 모집마감일 종료일 종료일자 공지마감일 게시종료일 게시마감일"
    " 공고종료일 접수종료일 마감 입찰마감 입찰마감일 입찰마감일시 제출마감",
    "period": "접수기간 신청기간 모집기간 청약기간 접수일 신청일 접수일정 사업기간 행사기간"
    " 교육기간 신청접수기간 청약접수기간 접수기한 기간",
    "announces": "발표일 당첨발표 당첨자발표 당첨자발표일 발표일자 당첨발표일 선정발표",
    "contract": "계약일 계약기간 행사일 교육일 행사일자 개찰일 개찰일시 회의일 시행일 입주일 처리일 답변일",
    "status": "상태 모집상태 진행상태 진행상황 공고상태 접수상태 처리상태 진행 진행여부 신청상태 진행단계",
    "supply": "유형 공급유형 임대유형 주택유형 공급구분 주택구분",
    "region": "지역 지역명 소재지 시도 시군구 공급지역 공고지역",
    "category": "분류 구분 카테고리 종류 공고구분 공고종류 고시공고구분 분야 업무구분 유형구분 말머리"
    " 대상구분 category 공고유형 게시판 게시판명",
    "audience": "대상 신청대상 지원대상 공급대상",
    "homes": "모집호수 공급호수 세대수 호수 공급세대수 모집세대",
    "contact": "연락처 전화번호 문의 문의처 전화",
    "address": "주소 위치",
    "publisher": "공급기관 공급주체 사업주체 공급기관명",
    "hits": "조회 조회수 view views hit hits 조회건수 읽음 count",
    "file": "첨부 파일 첨부파일 붙임 file 첨부문서 다운로드 첨부화일 화일",
    "reply": "댓글 답변 추천 공감 비고 공공누리",
}
WORDS: dict[str, str] = {word: role for role, words in ROLES.items() for word in words.split()}
FIELD_ROLES = frozenset(
    (
        "status",
        "supply",
        "region",
        "category",
        "audience",
        "homes",
        "contact",
        "address",
        "publisher",
        "closes",
        "announces",
    )
)
DATE_ROLES = frozenset(("posted", "announced", "shown", "modified", "closes", "period", "announces", "contract"))
_BOTH = re.compile(r"([가-힣]{2,4}일[자시]?)\s?[(/]\s?([가-힣]{2,4}일[자시]?)\)?")
_TAIL = re.compile(r"(?:오름차순|내림차순|정렬|순|sort|asc|desc)+$")

BADGE = re.compile(
    r"[\[(<【]?\s?(?:새\s?글|새로운\s?글|새\s?게시[글물]|신규|new|n|h|hot|up|update[d]?|인기글?|첨부(?:\s?파일)?(?:\s?(?:있음|첨부|포함))?|파일(?:첨부)?|비밀글|"
    r"답[변글]|공지(?:사항)?|알림|중요|필독|긴급|일반공지|전체공지|\d{1,3}(?:일|시간|분)\s?전|댓글\s?(?:수\s?)?\d{0,4}|\+?\d{1,3}|d-\d{1,3}|d-day|오늘|today|"
    r"이미지|이미지\s?파일|동영상|링크|(?:상세|자세히?|내용|본문)\s?(?:정보|내용)?\s?(?:보기|보러가기)|바로가기|새창|더보기|more(?:\s?view)?|view)\s?[\])>】]?",
    re.I,
)
STATUS = re.compile(
    r"[\[(]?\s?(?:접수|모집|신청|공고|진행|정정공고|접수\s?예정|모집\s?예정|예정|마감|접수\s?마감|모집\s?마감"
    r"|공고\s?마감|종료|모집\s?완료|접수\s?완료|마감\s?임박)(?:중)?\s?[\])]?"
)
NOTICE_NO = re.compile(r"[^\d]{0,30}제?\s?(?:19|20)?\d{2}\s?-\s?\d{1,6}\s?호?")
NOTICE = re.compile(
    r"[\[(<【]?\s?(?:공\s?지(?:\s?사항)?|알림|중요|필독|긴급|일반공지|전체공지|주요공지|notice|공지글|top)\s?[\])>】]?",
    re.I,
)
NOTICE_CLASS = re.compile(
    r"(?:^|[\s_-])(?:bo_)?(?:notice(?![_-]?(?:list|board|wrap|area|table|con))|b-top-box|top-?box|fix(?:ed)?|pin(?:ned)?|important|gongji)(?:$|[\s_-])",
    re.I,
)
EMPTY = re.compile(
    r"(?:(?:게시|등록|작성|조회|검색|공지|해당|표시|입력|출력)\w{0,4}\s{0,3})?(?:[가-힣]{0,6}\s{0,2})?(?:게시물|게시글|글|자료|데이터|내용|내역|결과|공고|목록"
    r"|정보|항목|건)\s{0,3}(?:이|가|은|는|을|를)?\s{0,3}"
    r"(?:없습니다|없음|존재하지\s?않습니다|찾을\s?수\s?없습니다|없어요|(?:아직\s?)?등록되(?:지|어\s?있지)\s?않(?:았)?습니다)"
    r"|no (?:data|posts?|results?|records?|articles?)\b(?: (?:found|available))?|nothing found",
    re.I,
)
NEIGHBOUR = re.compile(r"\s{0,9}(?:이전|다음|윗|아랫|아래|위)\s?(?:글|게시물|게시글|페이지)")


def role(header: str) -> str | None:
    """Return what a header, label or caption word means; None where it means nothing known."""
    word = _SPACE.sub("", header).lower()[:24]
    known = WORDS.get(word) or WORDS.get(_TAIL.sub("", word))
    if known is None and (both := _BOTH.fullmatch(header.strip())) and role(both[2]) in ("closes", "modified"):
        known = role(both[1])  # 공고일(마감일): the first day is the first's
    return known if known or not 4 <= len(word) <= 12 or word[-1] not in _ENDS else _composed(word)


@lru_cache(maxsize=4096)
def _composed(word: str) -> str | None:
    """Return what a word put together of known parts means: 공고게시일, 서류접수마감일."""
    return next((name for pattern, name in _COMPOSED if pattern.fullmatch(word)), None)


_ENDS = frozenset("일자시간한각정")
_COMPOSED: tuple[tuple[re.Pattern[str], str], ...] = tuple(
    (re.compile(words), name)
    for words, name in (
        (r"[가-힣]{0,6}(?:마감|종료)(?:일|일자|일시|예정일|시간|시각)", "closes"),
        (r"[가-힣]{0,6}발표(?:일|일자|일시|예정일)", "announces"),
        (r"[가-힣]{0,6}(?:계약|입주|개찰|시험|면접|행사|교육)(?:일|일자|일시|예정일|기간|일정)", "contract"),
        (r"[가-힣]{0,6}(?:접수|신청|모집|청약|응모)(?:일|일자|일시|기간|기한|일정)", "period"),
        (r"[가-힣]{0,4}(?:공고|고시|공시)(?:게시|등록|시작|게재)?(?:일|일자|일시)", "announced"),
        (r"[가-힣]{0,4}(?:등록|작성|게시|게재|배포|입력|발행)(?:일|일자|일시|시각)", "posted"),
    )
)
