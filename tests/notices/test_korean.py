"""Cleaning: what is asked of whole texts at once says the same as asking each cell."""

from __future__ import annotations

from hypothesis import given, settings
from hypothesis import strategies as st

from notices.korean import clean, is_clean, is_clean_rows, one_line

WORDS = st.text(st.sampled_from("가나 \n\t\r\u3000\xa0\ufffc\u200b\u1112\u1161e\u0301é.\u2028\x0b"), max_size=12)


@settings(max_examples=500, derandomize=True, deadline=None)
@given(WORDS)
def test_rows_are_clean_where_each_cell_is(text: str) -> None:
    cells = [cell for row in text.split("\n") for cell in row.split("\t")]
    assert is_clean_rows(text) == all(cell == one_line(cell) and is_clean(cell) for cell in cells)


@settings(max_examples=300, derandomize=True, deadline=None)
@given(WORDS)
def test_clean_text_stays(text: str) -> None:
    assert clean(clean(text)) == clean(text) and one_line(one_line(text)) == one_line(text)
    assert is_clean(one_line(text))
