"""The sample sites answer as they stood on each day."""

from __future__ import annotations

from jiballim.demo.sites import DAYS, answer

LH, BOARD = "apply.lh.or.kr", "www.geumcheon.go.kr"


def test_a_page_stays_until_a_later_day_changes_it() -> None:
    first, second, fourth = (answer(day, LH, "/lhapply/x/selectWrtancList.do", {}).body for day in (1, 2, 4))
    assert len({first, second, fourth}) == 3
    robots = [answer(day, LH, "/robots.txt", {}) for day in range(1, len(DAYS) + 1)]
    assert {(page.status, page.body) for page in robots} == {(200, robots[0].body)}


def test_a_post_is_found_by_its_number() -> None:
    page = answer(1, BOARD, "/portal/selectBbsNttView.do", {"key": "293", "bbsNo": "4", "nttNo": "271888"})
    assert page.status == 200
    assert "청년 월세" in page.body.decode()


def test_what_was_never_there_is_not_found() -> None:
    assert answer(1, BOARD, "/portal/selectBbsNttView.do", {"nttNo": "271930"}).status == 404
    assert answer(4, "www.example.kr", "/../../../etc/passwd", {}).status == 404
