"""Answers without a source, or unchecked for half a year, are refused by name."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from feeds.faq import read
from notices.errors import WrongUse

DAY = date(2026, 11, 25)
GOOD = """
[[faq]]
group = "처음 오신 분"
question = "예비입주자는 무엇인가요?"
answer = "빈집이 나면 순서대로 들어갈 사람입니다."
source = "햇살도시공사 안내"
url = "https://example.org/help"
checked = 2026-11-01
"""


def given(folder: Path, text: str) -> Path:
    path = folder / "faq.toml"
    path.write_text(text, "utf-8")
    return path


def test_an_answer_with_its_source_and_day_is_read(tmp_path: Path) -> None:
    (answer,) = read(given(tmp_path, GOOD), DAY)
    assert (answer.question, answer.source, answer.checked) == (
        "예비입주자는 무엇인가요?",
        "햇살도시공사 안내",
        date(2026, 11, 1),
    )


def test_no_file_means_no_answers(tmp_path: Path) -> None:
    assert read(tmp_path / "faq.toml", DAY) == ()


@pytest.mark.parametrize(
    ("old", "new", "said"),
    [
        ('source = "햇살도시공사 안내"\n', "", "근거가 없습니다"),
        ('source = "햇살도시공사 안내"', 'source = "  "', "근거가 없습니다"),
        ("2026-11-01", "2026-05-28", "181일이 지났습니다"),
        ("2026-11-01", "2026-11-26", "아직 오지 않은 날"),
        ('"빈집이 나면 순서대로 들어갈 사람입니다."', '""', "answer: 비어 있습니다"),
        ('"예비입주자는 무엇인가요?"', '""', "question: 비어 있습니다"),
        ("https://example.org/help", "javascript:alert(1)", "http(s) 주소가 아닙니다"),
        ("checked = 2026-11-01", 'checked = "2026-11-01"', "날짜(2026-11-24"),
        ("source =", "sauce =", "source을(를) 뜻하셨나요?"),
        ("[[faq]]", "[[fag]]", "모르는 이름입니다"),
    ],
)
def test_what_may_not_be_shown_is_refused_in_a_sentence(tmp_path: Path, old: str, new: str, said: str) -> None:
    assert old in GOOD
    with pytest.raises(WrongUse) as refused:
        read(given(tmp_path, GOOD.replace(old, new)), DAY)
    assert said in str(refused.value)


def test_half_a_year_to_the_day_is_fresh(tmp_path: Path) -> None:
    assert read(given(tmp_path, GOOD.replace("2026-11-01", "2026-05-29")), DAY)
