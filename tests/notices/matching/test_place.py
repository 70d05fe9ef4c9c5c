"""Where a new notice belongs among stored ones, whatever came first."""

from __future__ import annotations

from datetime import date, timedelta

from notices.matching import Side, place
from notices.model import Relation

DAY = date(2026, 7, 6)
CALL = "햇살마을 국민임대 예비입주자 모집공고"


def post(title: str, after: int = 0, key: str = "", status: str | None = None, closes: int | None = None) -> Side:
    posted = DAY + timedelta(days=after)
    ends = None if closes is None else DAY + timedelta(days=closes)
    return Side(title, "lh", "LH", key or f"{title}{after}", posted=posted, status=status, closes=ends)


def test_nothing_stored_nothing_joined() -> None:
    found = place(post(CALL), [])
    assert (found.relation, found.other, found.maybe, found.also) == (Relation.DIFFERENT, None, (), ())
    assert found.reason


def test_the_same_number_wins_over_every_title() -> None:
    candidates = [(1, post("[정정공고]" + CALL, 2)), (2, post("딴 제목", 40, key="x"))]
    assert place(post(CALL, key="x"), candidates).other == 2


def test_a_correction_joins_the_nearest_of_its_chain() -> None:
    chain = [(n, post("[정정공고]" * bool(n) + CALL, n)) for n in range(10)]
    found = place(post("[정정공고]" + CALL, 10), chain)
    assert (found.relation, found.other) == (Relation.REVISION, 9)


def test_an_original_joins_the_correction_that_came_before_it() -> None:
    found = place(post(CALL), [(5, post("[정정공고]" + CALL, 2))])
    assert (found.relation, found.other) == (Relation.REVISION, 5)


def test_between_two_open_rounds_a_correction_stands_alone() -> None:
    rounds = [(1, post(CALL, 0)), (2, post(CALL, 14))]
    found = place(post("[정정공고]" + CALL, 16), rounds)
    assert found.other is None
    assert set(found.maybe) == {1, 2}


def test_a_closed_round_is_no_candidate_for_a_correction() -> None:
    rounds = [(1, post(CALL, 0, closes=12)), (2, post(CALL, 14, closes=30))]
    assert place(post("[정정공고]" + CALL, 16), rounds).other == 2


def test_the_round_that_waits_for_its_correction_gets_it() -> None:
    rounds = [(1, post(CALL, 0, status="정정공고중")), (2, post(CALL, 14))]
    assert place(post("[정정공고]" + CALL, 16), rounds).other == 1


def test_a_correction_prefers_the_call_of_its_very_title() -> None:
    rounds = [(1, post(CALL)), (2, post("햇살마을 국민임대 예비입주자 추첨 모집공고"))]
    assert place(post("[정정공고]" + CALL, 2), rounds).other == 1


def test_a_new_round_does_not_take_the_correction_of_the_old() -> None:
    stored = [(1, post(CALL, 0)), (2, post("[정정공고]" + CALL, 3))]
    assert place(post(CALL, 2), stored).other is None
    assert place(post(CALL, 30), stored).other is None


def test_a_follow_up_takes_the_call_of_its_day() -> None:
    stored = [(1, post(CALL, 0)), (2, post(CALL, 61)), (3, post("달빛마을 국민임대 모집공고", 0))]
    assert place(post("햇살마을 국민임대 당첨자 발표(26.07.06.공고)", 90), stored).other == 1
    assert place(post("햇살마을 국민임대 접수결과 게시", 75), stored).other == 2


def test_a_follow_up_without_a_day_that_fits_two_rounds_stands_alone() -> None:
    stored = [(1, post(CALL, 0)), (2, post(CALL, 61))]
    found = place(post("햇살마을 국민임대 당첨자 발표", 90), stored)
    assert found.other is None
    assert set(found.maybe) == {1, 2}


def test_a_follow_up_of_two_calls_at_once_names_both() -> None:
    stored = [(1, post("햇살군 국민임대 모집(26.07.06)")), (2, post("달빛군 국민임대 모집(26.07.06)"))]
    found = place(post("햇살군,달빛군 국민임대 접수현황(26.07.06.공고)", 20), stored)
    assert found.other is None
    assert set(found.maybe) == {1, 2}


def test_a_follow_up_prefers_the_call_of_its_own_complex() -> None:
    stored = [(1, post("햇살시 국민임대 모집('26.07.06)")), (2, post("[햇살시지역]햇살나무 국민임대 모집"))]
    assert place(post("[26.07.06공고]햇살나무 국민임대 신청현황", 20), stored).other == 2


def test_follow_ups_wait_for_their_call() -> None:
    first = post("햇살마을 국민임대 접수결과(26.07.06.공고)", 20)
    second = post("햇살마을 국민임대 당첨자 발표(26.07.06.공고)", 90)
    assert place(second, [(1, first)]).other == 1
    found = place(post(CALL), [(1, first), (2, second)])
    assert found.relation is Relation.FOLLOW_UP
    assert {found.other, *found.also} == {1, 2}


def test_a_call_does_not_take_another_calls_follow_up() -> None:
    stored = [(1, post(CALL, 0)), (2, post("햇살마을 국민임대 접수결과 게시", 20))]
    assert place(post(CALL, -30), stored).other is None


def test_what_is_only_alike_is_named_as_maybe() -> None:
    stored = [(7, post("햇살시 국민임대 예비입주자 모집공고"))]
    found = place(post("[정정공고]햇살시 지역 국민임대 예비입주자 모집공고"), stored)
    assert found.other is None
    assert found.maybe == (7,)
