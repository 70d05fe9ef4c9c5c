"""Easy words beside the official ones: what a resident who reads them for the first time wants to know."""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType

EASY: Mapping[str, str] = MappingProxyType({
    "예비입주자": "빈집이 나면 순서대로 들어갈 사람",
    "영구임대": "형편이 가장 어려운 분이 오래 살 수 있는 싼 임대주택",
    "국민임대": "소득이 낮은 무주택 가구가 오래 빌려 사는 임대주택",
    "행복주택": "청년·신혼부부·고령자 등에게 시세보다 싸게 빌려주는 집",
    "통합공공임대": "영구·국민임대와 행복주택을 하나로 합친 임대주택",
    "장기전세": "다달이 내는 돈 없이 전세로 오래 사는 공공주택",
    "매입임대": "공사가 이미 있는 집을 사서 빌려주는 것",
    "전세임대": "살 집을 찾아오면 공사가 전세를 얻어 다시 빌려주는 것",
    "든든전세": "공사가 사들인 집을 전세로 빌려주는 것",
    "재개발임대": "재개발한 자리에 함께 지은 임대주택",
    "공공기숙사": "학생 등이 함께 쓰는 공공 기숙사",
    "지원주택": "돌봄이나 생활 도움을 함께 받는 임대주택",
    "고령자복지주택": "어르신 복지시설이 함께 있는 임대주택",
    "사회주택": "사회적기업 등이 운영하는 임대주택",
    "청년안심주택": "역 가까이에 지어 청년에게 빌려주는 집",
    "자격완화": "소득이나 자산 기준을 평소보다 느슨하게 받는 것",
    "무순위": "순위를 따지지 않고 뽑는 것",
    "선착순": "먼저 신청한 차례대로 정하는 것",
    "잔여": "앞서 모집하고 남은 집",
    "수급자": "생계·의료·주거·교육급여를 받는 분",
    "차상위": "수급자 바로 위의 소득이 낮은 분",
    "한부모": "어머니나 아버지 한 분이 아이를 키우는 가정",
    "신혼부부": "혼인한 지 얼마 안 되었거나 곧 혼인할 부부",
    "신생아": "최근에 아이를 낳은 가구",
    "다자녀": "아이가 둘 이상인 가구",
    "자립준비청년": "보호시설이나 위탁가정을 떠나 홀로 서는 청년",
    "비주택거주자": "쪽방·고시원처럼 집이 아닌 곳에 사는 분",
    "무주택": "가족 가운데 집을 가진 사람이 없는 것",
    "임대보증금": "들어갈 때 맡기고 나갈 때 돌려받는 돈",
    "보증금": "들어갈 때 맡기고 나갈 때 돌려받는 돈",
    "반환보증": "집주인이 보증금을 못 돌려줄 때 대신 돌려받는 보험",
    "중개보수": "부동산 중개사에게 주는 수수료",
    "온라인": "인터넷이나 휴대전화로 신청",
    "행정복지센터": "사는 동네 주민센터에 가서 신청",
    "기관추천": "시·군·구나 기관이 추천해야 신청할 수 있음",
})  # fmt: skip
"""Official word -> easy words; hints for reading, never a condition of any notice."""


def easy(word: str) -> str:
    """Return the easy words for an official one, "" where there are none."""
    return EASY.get(word, "")


def found(text: str, most: int = 8) -> list[tuple[str, str]]:
    """Return the words of a text that have easy ones; a word inside a longer one that is found is left out."""
    words = [word for word in EASY if word in text]
    kept = [word for word in words if not any(word != other and word in other for other in words)]
    return [(word, EASY[word]) for word in kept[:most]]
