"""Policy news is found by the words of the field: what helps with housing is taken, and what only sounds alike is not shown."""

from __future__ import annotations

from datetime import date

import pytest

from notices.model import Notice
from notices.reading import read
from spiders.registry import Source, load

NATIONAL = (s for s in load().values() if s.path and s.path.parent.name == "national")
SOURCES = {s.name: s for s in NATIONAL if s.kind == "press" and s.include}
MINISTRY = SOURCES["molit-press"]
VICTIMS = [
    "전세사기피해자 지원위원회, 육백여 건 피해자등으로 결정",
    "전세사기 피해주택 매입 속도 낸다… 누적 만 호 돌파",
    "전세피해지원센터 대전에도 문 열어",
    "전세사기 피해 임차인 경·공매 대행 수수료 전액 지원",
    "전세사기특별법 개정안 국회 본회의 통과",
    "[참고] 전세사기 피해자 심리상담 확대 관련",
]
HELP = [
    "보증금 못 돌려받은 임차인, 최소한 3분의 1은 보장받는다",
    "전세보증금 반환보증 보증료 지원 대상 넓힌다",
    "임차권등기명령 신청 쉬워진다",
    "집주인 동의 없이 세금 체납 확인… 세입자 보호 강화",
    "안심전세앱에서 악성임대인 명단 공개",
    "주거급여 선정기준 중위소득 49%로 상향",
    "수선유지급여 단가 인상",
    "쪽방·여인숙 거주자 공공임대로 이주 돕는다",
    "비정상거처 거주자 이사비 40만원 지원",
    "고시원 화재 안전 특별점검",
    "반지하 거주가구 침수 대비 물막이판 설치",
    "청년월세 특별지원 연중 상시 접수",
    "버팀목대출 소득요건 완화",
    "디딤돌·버팀목 금리 조정 안내",
    "신생아 특례대출 2년 연장",
    "긴급복지 주거지원 한도 인상",
    "취약계층 집수리 사업 참여 기업 모집",
    "어르신 집수리 도배·장판 봉사",
    "중개보수 지원 대상 청년까지",
    "무주택 서민 위한 든든전세 추가 공급",
    "공공임대주택 표준임대료 개편",
    "매입임대 신축약정 물량 발표",
    "지원주택 서비스 연계 시범사업",
    "노숙인 자활시설 주거지원 확대",
    "주거복지사 자격시험 시행계획",
    "주거복지센터 운영 우수사례 발표",
    "자립준비청년 전세임대 무상지원 기간 연장",
    "주택임대차 신고제 계도기간 종료",
    "임대차 분쟁조정위원회 찾아가는 상담",
    "LH, 다자녀가구 매입임대 입주자 모집",
    "깡통전세 예방 점검 나선다",
    "최우선변제금 기준 상향",
]
OTHER = [
    "전세버스 유가보조금 지급지침 개정",
    "전세버스 운수종사자 안전교육",
    "항공사 전세기 편 증편 안내",
    "농기계 임대사업소 주말 운영",
    "공모주 청약 증거금 관련 보도 설명",
    "일회용컵 보증금제 시행 점검",
    "도로 위 낙하물 사고 예방 캠페인",
    "국가하천 정비 기본계획 수립",
    "철도 운임 체계 개편 공청회",
    "공항 주차장 확충",
    "제2차관, 물류센터 현장 방문",
    "건설현장 불법하도급 단속",
    "자동차 리콜 실시",
    "장차관 인사 발령",
    "스마트도시 챌린지 공모",
    "어린이보호구역 속도제한 탄력 운영",
]


def shown(source: Source, title: str) -> bool:
    """Whether a title is taken from a source and stands among what concerns housing."""
    said = read(Notice(source.name, "1", title, posted=date(2026, 11, 20)), org=source.publisher)
    return source.wants(title) and said.relevant


def test_every_press_source_has_the_same_words() -> None:
    assert len(SOURCES) >= 6
    assert {source.include for source in SOURCES.values()} == {MINISTRY.include}
    assert not any(source.exclude for source in SOURCES.values())


@pytest.mark.parametrize("title", VICTIMS)
def test_help_for_victims_of_rent_fraud_is_found(title: str) -> None:
    assert all(shown(source, title) for source in SOURCES.values())


def test_help_for_victims_is_marked_for_them() -> None:
    """All but a law, whose title names no one."""
    marked = [
        title
        for title in VICTIMS
        if "전세사기피해자"
        in read(Notice("molit-press", "1", title, posted=date(2026, 11, 20)), org="국토교통부").audience
    ]
    assert len(marked) >= len(VICTIMS) - 1


@pytest.mark.parametrize("title", HELP)
def test_news_of_help_with_housing_is_found(title: str) -> None:
    assert shown(MINISTRY, title)


@pytest.mark.parametrize("title", OTHER)
def test_news_that_only_sounds_alike_is_not_shown(title: str) -> None:
    assert not shown(MINISTRY, title)
