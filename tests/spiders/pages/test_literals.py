"""Read values of scripts that are no JSON, and say what a saved page leaves open."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from spiders.pages.batch import FROM_TODAY, answer
from spiders.pages.literals import NotLiteralError, read_literal

PAGE = """<table><tr><th>번호</th><th>제목</th><th>날짜</th></tr>
<tr><td>2</td><td><a href="?wr_id=12">햇살마을 입주자 모집 공고</a></td><td>11-20</td></tr>
<tr><td>1</td><td><a href="?wr_id=11">달빛단지 단수 안내</a></td><td>2025-12-30</td></tr></table>"""


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("{a: 'x', \"b\": 2, c: [1, -2.5,], d: null}", {"a": "x", "b": 2, "c": [1, -2.5], "d": None}),
        (r"{t: 'It\'s \u003c새글\u003e'} // rest", {"t": "It's <새글>"}),
        ("[{fixed: a, on: true}]", [{"fixed": None, "on": True}]),
    ],
)
def test_a_literal_is_read_as_a_value(text: str, value: object) -> None:
    assert read_literal(text, 0)[0] == value


@pytest.mark.parametrize("text", ["{a: f(1)}", "[1, 2", "{a: 'x", "{" * 100, "}"])
def test_what_is_no_literal_is_refused(text: str) -> None:
    with pytest.raises(NotLiteralError):
        read_literal(text, 0)


def test_a_year_taken_from_today_is_doubted(tmp_path: Path) -> None:
    saved = tmp_path / "page.html"
    saved.write_text(PAGE, "utf-8")
    said = answer(str(saved), "https://www.haetsal.kr/bbs/board.php?bo_table=n", "list", today=date(2026, 11, 25))
    assert [(i["posted"], i["doubts"]) for i in said["items"]] == [("2026-11-20", [FROM_TODAY]), ("2025-12-30", [])]
