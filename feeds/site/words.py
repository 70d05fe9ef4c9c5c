"""The page's own words in Korean and English; what sources say stays Korean in both."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from types import MappingProxyType, SimpleNamespace

from markupsafe import escape

KO, EN = "ko", "en"

LABELS: Mapping[str, tuple[str, str]] = MappingProxyType({
    "skip": ("본문으로 바로 가기", "Skip to content"),
    "home": ("공고", "Homes"),
    "regions": ("지역", "Regions"),
    "month": ("달력", "Calendar"),
    "subscribe": ("받아보기", "Subscribe"),
    "faq": ("질문", "Questions"),
    "menu": ("주요 메뉴", "Main menu"),
    "other": ("English", "한국어"),
    "lead": ("지금 신청할 수 있는 공공임대주택", "Public rental housing open now"),
    "open": ("지금 신청할 수 있는 집", "Open for applications"),
    "before": ("곧 접수를 시작하는 집", "Opening soon"),
    "always": ("늘 신청할 수 있는 집 (상시 모집)", "Always open"),
    "unknown": ("마감일을 원문에서 확인할 집", "Closing date: see the original notice"),
    "welfare": ("주거복지 지원과 소식", "Housing welfare support"),
    "closed": ("최근에 마감된 공고", "Recently closed"),
    "nothing": ("지금 접수 중인 공고가 없습니다.", "Nothing is open right now."),
    "nothing_more": (
        "새 공고가 나오면 아래 ‘이 조건으로 받아보기’로 가장 먼저 알 수 있습니다.",
        "Use the feeds below to hear of new notices first.",
    ),
    "by_deadline": ("마감이 빠른 순으로 보기", "Sort by closing date"),
    "by_newest": ("새로 나온 순으로 보기", "Sort by newest"),
    "pick": ("지역 고르기", "Choose a region"),
    "take": ("이 조건으로 받아보기", "Follow this selection"),
    "calendar": ("캘린더", "Calendar"),
    "how": ("받아보는 법", "How to follow (in Korean)"),
    "today": ("오늘 마감", "closing today"),
    "week": ("이레 안에 마감", "closing within 7 days"),
    "upcoming": ("접수 전", "opening soon"),
    "revised": ("새 정정", "new corrections"),
    "new": ("새 공고", "New"),
    "corrected": ("정정", "Corrected"),
    "cancelled": ("취소", "Cancelled"),
    "from": ("부터", "from"),
    "deposit": ("보증금", "Deposit"),
    "rent": ("월", "Monthly rent"),
    "previous": ("이전", "Previous"),
    "next": ("다음", "Next"),
    "pages": ("쪽", "Pages"),
    "find": ("찾아보기", "Browse"),
    "filter": ("조건으로 찾기", "Find by"),
    "search": ("낱말 (예: 운정, 행복주택)", "Words (Korean, e.g. 운정)"),
    "region": ("지역", "Region"),
    "supply": ("공급유형", "Type of housing"),
    "audience": ("대상", "For whom"),
    "section": ("분야", "Section"),
    "status": ("접수 상태", "Status"),
    "all": ("전체", "All"),
    "show": ("보기", "Show"),
    "reset": ("조건 지우기", "Clear"),
    "rule": ("공고문이 기준입니다.", "The official notice in Korean is what counts."),
    "rule_more": (
        "이 쪽은 공고를 찾기 쉽게 옮겨 적은 것입니다. 신청하기 전에 반드시 원문을 확인하십시오.",
        "This page only helps you find notices. Always check the original before you apply.",
    ),
    "feedback": ("틀린 곳 알리기", "Report a mistake"),
    "health": ("듣는 곳과 상태", "Sources (in Korean)"),
    "chart": ("공고 흐름", "Notices by week (in Korean)"),
    "made": ("기준으로 만든 쪽입니다.", "is the date of this page."),
    "private": (
        "이 쪽은 누가 보는지 기록하지 않습니다. 쿠키도 없습니다.",
        "This page keeps no record of visitors and uses no cookies.",
    ),
    "original": ("원문 공고 보기", "Open the original notice"),
    "call": ("전화", "Call"),
    "facts": ("한눈에 보기", "At a glance"),
    "what": ("무엇", "What"),
    "who": ("누가", "Who"),
    "until": ("언제까지", "Until when"),
    "where": ("어디에", "Where"),
    "cost": ("얼마", "How much"),
    "ask": ("원문 확인", "See the original"),
    "read_from": ("읽은 곳", "Read from"),
    "terms": ("쉬운 말 풀이", "Plain words (in Korean)"),
    "apply": ("신청 방법", "How to apply"),
    "contact": ("문의", "Contact"),
    "schedule": ("일정", "Schedule"),
    "add": ("내 캘린더에 넣기 (.ics)", "Add to my calendar (.ics)"),
    "history": ("정정 이력", "Corrections"),
    "item": ("항목", "Item"),
    "was": ("처음", "Before"),
    "now": ("바뀐 뒤", "After"),
    "seen": ("이 공고가 실린 곳", "Published at"),
    "later": ("이어진 소식", "Follow-ups"),
    "files": ("첨부 파일 (원문으로 이어집니다)", "Attachments (at the source)"),
    "text": ("공고 글", "Text of the notice"),
    "no_text": (
        "글 전체는 원문에서 보십시오.",
        "Read the full text at the source.",
    ),
    "source": ("출처", "Source"),
    "posted": ("공고일", "Posted"),
    "korean_only": ("", "The words of the notice are in Korean."),
    "call_off": ("이 공고는 취소되었습니다.", "This notice was cancelled."),
})  # fmt: skip
"""Name of a label -> its words in Korean and in English."""


@dataclass(frozen=True, slots=True)
class Language:
    """A language of the page: its code, its labels by name, and the same as HTML for templates."""

    code: str
    labels: Mapping[str, str]
    html: SimpleNamespace = field(repr=False, compare=False)

    @property
    def english(self) -> bool:
        """Whether this is the English page."""
        return self.code == EN


def _language(code: str, n: int) -> Language:
    labels = {name: words[n] for name, words in LABELS.items()}
    return Language(code, labels, SimpleNamespace(**{name: escape(words) for name, words in labels.items()}))


LANGUAGES: Mapping[str, Language] = MappingProxyType({code: _language(code, n) for n, code in enumerate((KO, EN))})

TERMS: Mapping[str, str] = MappingProxyType({
    "영구임대": "permanent rental", "국민임대": "national rental", "행복주택": "Happy Housing",
    "통합공공임대": "integrated public rental", "공공임대": "public rental", "장기전세": "long-term jeonse",
    "매입임대": "purchased rental", "전세임대": "jeonse rental", "든든전세": "Deundeun jeonse",
    "공공지원민간임대": "publicly supported private rental", "청년안심주택": "Youth Safe Housing",
    "사회주택": "social housing", "고령자복지주택": "senior welfare housing", "공공기숙사": "public dormitory",
    "지원주택": "supportive housing", "재개발임대": "redevelopment rental", "공공분양": "public sale",
    "신혼희망타운": "Newlywed Hope Town", "기타임대": "other rental",
    "수급자": "basic livelihood recipients", "저소득": "low income", "한부모": "single parents",
    "신혼부부": "newlyweds", "신생아": "families with a newborn", "청년": "young people", "대학생": "students",
    "고령자": "older people", "장애인": "people with disabilities", "다자녀": "families with several children",
    "자립준비청년": "care leavers", "소년소녀가정": "child-headed households",
    "북한이탈주민": "North Korean defectors", "국가유공자": "veterans of merit",
    "전세사기피해자": "victims of jeonse fraud", "가정폭력피해자": "victims of domestic violence",
    "비주택거주자": "people living in non-housing", "근로자": "workers", "예술인": "artists",
    "임대주택공고": "rental housing", "주거복지사업": "housing welfare", "기타소식": "other news",
    "모집": "call for applications", "접수현황": "state of applications", "발표": "results",
    "계약입주": "contracts and moving in", "취소": "cancellation", "연기변경": "change of schedule",
    "매각": "sale", "입찰": "tender", "지원사업": "support programme", "교육행사": "courses and events",
    "채용": "jobs", "정책소식": "policy news", "서비스안내": "service notice", "기타": "other",
    "온라인": "online", "행정복지센터": "community service centre (주민센터)", "기관추천": "by recommendation of an agency",
    "우편": "by post", "방문": "in person", "우편/방문": "by post or in person",
})  # fmt: skip
"""English of the words of our vocabularies."""


def term(word: str, language: Language) -> str:
    """Return a word of our vocabularies in a language; unknown words stay as they are."""
    return TERMS.get(word, word) if language.english else word
