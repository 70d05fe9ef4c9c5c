"""Pairs of made-up notices, one a rule: what joins, what only follows and what must stay apart."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date

import pytest

from notices.matching import Side, judge
from notices.model import Relation

SAME, REVISION = Relation.SAME, Relation.REVISION
FOLLOW_UP, DIFFERENT = Relation.FOLLOW_UP, Relation.DIFFERENT


@dataclass(frozen=True)
class Pair:
    """Two sides by title and day ("07-06"), at one source unless `b` names another."""

    relation: Relation
    a: str
    b: str
    days: tuple[str | None, str | None] = ("07-06", "07-08")
    closes: tuple[str | None, str | None] = (None, None)
    status: tuple[str | None, str | None] = (None, None)
    sources: tuple[str, str] = ("lh", "lh")
    orgs: tuple[str, str] = ("LH", "LH")
    regions: tuple[str, str] = ("", "")

    def sides(self) -> tuple[Side, Side]:
        one, two = (
            Side(
                title=(self.a, self.b)[n],
                source=self.sources[n],
                org=self.orgs[n],
                key=str(n),
                posted=day(self.days[n]),
                status=self.status[n],
                regions=(self.regions[n],) if self.regions[n] else (),
                closes=day(self.closes[n]),
                first_posted=day(self.days[n]) if self.sources[n] == "myhome" else None,
            )
            for n in (0, 1)
        )
        return one, two


def day(text: str | None) -> date | None:
    return date.fromisoformat(text if len(text) > 5 else f"2026-{text}") if text else None


def pair(relation: Relation, a: str, b: str, **more: object) -> Pair:
    return replace(Pair(relation, a, b), **more)  # type: ignore[arg-type]  # the fields' types are Pair's own


CALL = "햇살마을 3블록 국민임대 예비입주자 모집공고"
TOWN = "햇살시 국민임대 예비입주자 모집공고"
MARKS = [
    "[정정공고]", "[정정공고][정정공고]", "(정정)", "[정정]", "<정정공고>", "【정정】", "(수정) ", "[수정공고] ", "[재게시] ",
    "[변경공고]", "[2차 정정공고]", "(재정정)", "[공고문 정정]", "정정공고 ", "[정정] [햇살] "[:5], "(26.7.8. 정정) ",
    "★정정★", "※정정공고※ ", "[긴급 정정] ", "[정정공고(2차)]",
]  # fmt: skip
TAILS = [
    "(수정)",
    "_재게시",
    "(내용 변경)",
    "-발표일 수정공고",
    " 정정공고",
    "(첨부파일 재등록)",
    "[정정]",
    "_정정",
    " 정정 안내",
    " 1일전",
    "1일전",
    " NEW",
]


@pytest.mark.parametrize("mark", MARKS)
def test_a_mark_of_correction_before_the_title_joins(mark: str) -> None:
    a, b = pair(REVISION, CALL, mark + CALL).sides()
    assert judge(a, b).relation is REVISION


@pytest.mark.parametrize("tail", TAILS)
def test_a_mark_or_badge_behind_the_title_joins(tail: str) -> None:
    a, b = pair(REVISION, CALL, "[정정공고]" + CALL + tail).sides()
    assert judge(a, b).relation is REVISION
    if "정정" in tail or "수정" in tail or "재등록" in tail or "변경" in tail:
        assert judge(a, replace(b, title=CALL + tail)).relation is REVISION


SPELLINGS = [
    ("햇살 1·2단지 행복주택 모집", "햇살 1ㆍ2단지 행복주택 모집"),
    ("햇살 신혼 매입임대Ⅱ 모집(‘26.07.06.)", "햇살 신혼 매입임대II 모집('26.07.06.)"),
    ("햇살마을  행복주택   모집", "햇살마을 행복주택 모집"),
    ("[햇살시 달빛동 행복주택 모집", "햇살시 달빛동 행복주택 모집"),
    ("햇살 행복주택 모집 (2026. 7. 6.)", "햇살 행복주택 모집(20260706)"),
    ("햇살 &amp;quot;새싹&amp;quot; 행복주택 모집", "햇살 '새싹' 행복주택 모집"),
    ("햇살마을 국민임대주택 예비입주자 모집 공고", "햇살마을 국민임대 예비입주자 모집공고문"),
]


@pytest.mark.parametrize(("a", "b"), SPELLINGS)
def test_two_sources_spell_one_title_in_two_ways(a: str, b: str) -> None:
    one, two = pair(SAME, a, b, days=("07-06", "07-06"), sources=("lh", "myhome")).sides()
    assert judge(one, two).relation is SAME


PAIRS = [
    # corrections
    pair(REVISION, CALL, "[정정공고]" + CALL),
    pair(REVISION, "[정정공고]" + CALL, "[정정공고][정정공고]" + CALL),
    pair(REVISION, CALL, CALL, status=("정정공고중", "공고중")),
    pair(REVISION, CALL, CALL, sources=("myhome", "myhome"), days=("07-06", "07-06"), status=("일반공고", "정정공고")),
    pair(REVISION, CALL, CALL, sources=("lh", "myhome"), days=("07-06", "07-06"), status=("", "정정공고")),
    pair(REVISION, CALL.replace("예비입주자", "예비입부자"), "[정정공고]" + CALL),
    pair(REVISION, "햇살마을 행복주택 잔여물량(49호) 선착순 모집", "[정정공고]햇살마을 행복주택 잔여물량(37호) 선착순 모집"),
    pair(REVISION, "햇살마을 행복주택 선착순 모집", "[정정공고]햇살마을 행복주택 잔여물량(37호) 선착순 모집"),
    pair(REVISION, "햇살마을 행복주택 선착순 모집", "[정정공고]햇살마을 행복주택 선착순 모집",
         days=("07-06", "08-20")),
    pair(REVISION, "햇살마을 행복주택 모집(26.07.06)", "[정정공고]햇살마을 A-2BL 행복주택 모집(26.07.06)"),
    pair(REVISION, "햇살 A-1블록 공공분양주택 입주자모집공고", "[정정공고]햇살 A-1블록 공공분양주택 입주자모집공고",
         days=("05-29", "07-02")),
    pair(REVISION, CALL, "[정정공고]" + CALL, days=("07-06", "08-20"), closes=("08-31", None)),
    pair(REVISION, "햇살2 행복주택 당첨자 발표(26.4.15.공고)", "햇살2 행복주택 당첨자 발표(26.4.15.공고)(수정)"),
    # one notice at two sources
    pair(SAME, CALL, CALL, sources=("lh", "myhome"), days=("07-06", "07-06")),
    pair(SAME, "[정정공고]" + CALL, CALL, sources=("lh", "myhome"), days=("07-08", "07-06"), status=("", "정정공고")),
    pair(SAME, CALL, CALL, sources=("lh", "seoul"), orgs=("LH", "햇살시청"), days=("07-06", "07-10"), closes=("07-20", None)),
    pair(SAME, "햇살 A1블록 공공분양주택 입주자모집공고",
         "햇살지구 A1블록 공공분양주택(본청약)", sources=("lh", "applyhome"), days=("07-06", None), closes=(None, "07-30")),
    pair(SAME, "제9차 햇살 장기전세주택 모집공고(2026. 7. 6.)",
         "장기전세주택 제9차 햇살 장기전세주택 모집공고( .) 모집중 햇살공급부 바로가기",
         sources=("sh", "mirror"), orgs=("SH", "SH"), days=("07-06", "07-06")),
    # follow-ups
    pair(FOLLOW_UP, CALL, "[접수마감게시] 햇살마을 3BL 국민임대 예비입주자 모집 접수결과(26.07.06.공고)", days=("07-06", "07-24")),
    pair(FOLLOW_UP, CALL, "햇살마을3블록 국민임대 서류제출대상자 발표", days=("07-06", "08-06")),
    pair(FOLLOW_UP, CALL, "[당첨자발표 연기] 햇살마을 3블록 국민임대 모집('26.07.06 공고)", days=("07-06", "11-06")),
    pair(FOLLOW_UP, "[정정공고]" + CALL, "햇살마을 3블록 국민임대 당첨자 발표(26.07.06.공고)", days=("07-08", "10-01")),
    pair(FOLLOW_UP, "햇살군 국민임대 모집(2026.07.06)", "달빛군,햇살군 국민임대 최종 접수현황('26.07.06.공고)", days=("07-06", "07-20")),
    pair(FOLLOW_UP, "햇살군 국민임대 모집(2026.07.06)", "햇살소망지구 국민임대 신청현황(26.7.6.공고)", days=("07-06", "07-20")),
    pair(FOLLOW_UP, "제61차 장기전세 모집공고", "제61차 장기전세(2025.8.14 공고) 예비 2차 당첨자 발표",
         days=("2025-08-14", "2026-05-22"), orgs=("SH", "SH")),
    pair(FOLLOW_UP, CALL, "[취소공고] " + CALL),
    pair(FOLLOW_UP, "햇살마을 국민임대 1순위 접수현황", "햇살마을 국민임대 2순위 접수현황", days=("07-20", "07-21")),
    pair(FOLLOW_UP, "2025년 상반기 청년 매입임대 예비5차 계약대상자 발표", "2025년 상반기 청년 매입임대 예비6차 계약대상자 발표",
         days=("06-12", "07-24")),
    # apart
    pair(DIFFERENT, CALL, CALL, days=("07-06", "08-05")),
    pair(DIFFERENT, CALL, CALL, days=("07-06", "07-07")),
    pair(DIFFERENT, "[정정공고]" + CALL, CALL, days=("06-15", "07-01")),
    pair(DIFFERENT, "[정정공고]" + CALL, "[정정공고]" + CALL, days=("04-15", "06-22"), closes=("05-08", None)),
    pair(DIFFERENT, CALL, "[정정공고]" + CALL, days=("04-15", "06-22")),
    pair(DIFFERENT, "햇살 행복주택 모집('26.04.15)", "[정정공고]햇살 행복주택 모집('26.04.29)", days=("04-15", "04-30")),
    pair(DIFFERENT, "[정정공고]" + CALL, CALL, sources=("lh", "myhome"), days=("06-15", "07-01"), status=("", "정정공고")),
    pair(DIFFERENT, TOWN, "[정정공고]햇살시 지역 국민임대 예비입주자 모집공고", days=("07-06", "07-06"), closes=("07-22", "07-24")),
    pair(DIFFERENT, TOWN, "[정정공고]햇살시 지역 국민임대 예비입주자 모집공고", days=("07-06", "07-06")),
    pair(DIFFERENT, TOWN, "햇살시 지역 국민임대 예비입주자 모집공고", days=("07-06", "07-06"), sources=("lh", "myhome")),
    pair(DIFFERENT, "햇살시 국민임대 모집", "달빛군,햇살시 국민임대 모집", days=("07-06", "07-06"), sources=("lh", "myhome")),
    pair(DIFFERENT, "청년 매입임대주택 1차 모집", "청년 매입임대주택 1차 모집", days=("07-06", "07-06"), orgs=("LH", "서울주택도시공사"),
         sources=("lh", "sh")),
    pair(DIFFERENT, "청년 매입임대주택 모집", "[정정공고]청년 매입임대주택 모집", regions=("경기도", "부산광역시")),
    pair(DIFFERENT, "햇살집 매입임대(금천구) 모집_나무집 502호", "[정정]햇살집 매입임대(금천구) 모집_나무집 201호"),
    pair(DIFFERENT, "햇살 마을정비형 영구임대 모집", "[정정]햇살 새싹정비형 영구임대 모집"),
    pair(DIFFERENT, "햇살 행복주택 모집공고(12호 및 4호)", "[정정]햇살 행복주택 모집공고(11호 및 5호)"),
    pair(DIFFERENT, "햇살 1·2단지 국민임대 모집", "[정정]햇살 12단지 국민임대 모집"),
    pair(DIFFERENT, "햇살 A-1,2블록 국민임대 모집", "[정정]햇살 A-12블록 국민임대 모집"),
    pair(DIFFERENT, "2026년 1차 청년 매입임대 입주자 모집", "[정정]26년 1차 청년 매입임대 예비입주자 모집"),
    pair(REVISION, "햇살 국민임대 모집공고", "햇살 국민임대 모집 변경공고"),
    pair(FOLLOW_UP, "햇살 국민임대 모집공고", "햇살 국민임대 모집 발표일정 변경공고", days=("07-06", "08-08")),
    pair(DIFFERENT, CALL, "햇살마을 5블록 국민임대 접수결과(26.07.06.공고)"),
    pair(DIFFERENT, CALL, "햇살마을 3블록 영구임대 접수결과(26.07.06.공고)"),
    pair(DIFFERENT, CALL, "햇살마을 3블록 국민임대 접수결과(26.04.06.공고)"),
    pair(DIFFERENT, CALL, "햇살마을 3블록 국민임대 당첨자 발표", days=("07-06", "06-20")),
    pair(DIFFERENT, "햇살2 근린용지 공급공고 개찰결과", "햇살2 근린용지 재공급공고 개찰결과", days=("06-22", "07-02")),
    pair(DIFFERENT, "햇살2 상가 재입찰결과 안내", "햇살2 상가 재입찰결과 안내", days=("06-26", "07-21")),
    pair(DIFFERENT, "행복주택 예비당첨자 게시", "행복주택 예비당첨자 게시", days=("07-02", "07-03")),
    pair(DIFFERENT, "햇살인증 서비스 이용 안내", "햇살인증 서비스 이용 안내", days=("05-20", "07-23")),
    pair(DIFFERENT, "", "", days=("07-06", "07-06")),
]  # fmt: skip


@pytest.mark.parametrize("case", PAIRS, ids=lambda case: f"{case.relation.value}: {case.a[:24]} / {case.b[:24]}")
def test_a_pair_is_judged_as_a_careful_reader_would(case: Pair) -> None:
    a, b = case.sides()
    found = judge(a, b)
    assert found.relation is case.relation, found.reason
    assert judge(b, a) == found


def test_supply_types_of_the_sources_count_where_titles_name_none() -> None:
    a, b = pair(REVISION, "햇살마을 예비입주자 모집", "[정정공고]햇살마을 예비입주자 모집").sides()
    assert judge(replace(a, supply=("국민임대",)), replace(b, supply=("영구임대",))).relation is DIFFERENT
    assert judge(replace(a, supply=("국민임대",)), replace(b, supply=("국민임대",))).relation is REVISION


def test_a_region_beside_a_title_that_names_its_place_is_no_discriminator() -> None:
    a, b = pair(REVISION, "햇살마을 국민임대 모집", "[정정공고]햇살마을 국민임대 모집").sides()
    assert judge(replace(a, regions=("30",)), replace(b, regions=("44",))).relation is REVISION
