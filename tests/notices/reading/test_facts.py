"""Every fact shows its words, and the words alone say the same again."""

import json
from datetime import date
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from notices.korean import one_line
from notices.model import Notice, Reading
from notices.reading import read
from notices.reading.kind import kind
from notices.reading.subject import subject
from notices.vocabulary import AUDIENCES, KINDS, SECTIONS, SUPPLY

_OWN = [line.split("\t")[:2] for line in Path(__file__).with_name("titles.tsv").read_text("utf-8").splitlines()[1:]]

_LINES = Path(__file__).with_name("challenge.tsv").read_text("utf-8").splitlines()[1:]
_CHALLENGE = [line.split("\t")[:3:2] for line in _LINES]


def _holds(title: str, org: str, on: date | None) -> Reading:
    reading = read(Notice("s", "1", title, posted=on), org)
    for fact in reading.facts:
        assert 0 < len(fact.words) <= 60
        if fact.document != "title" or fact.field not in ("kind", "correction", "supply", "audience", "region"):
            continue
        assert fact.words in one_line(title)
        alone = Notice("s", "1", fact.words, posted=on)
        if fact.field == "kind":
            assert kind(subject(alone, org), frozenset(reading.supply))[0] == fact.value
        else:
            assert (fact.field, fact.value) in {(f.field, f.value) for f in read(alone, org).facts}, title
    return reading


@pytest.mark.parametrize(("org", "title"), [*_OWN, *_CHALLENGE])
def test_own_titles(org: str, title: str) -> None:
    _holds(title, org, date(2026, 9, 1))


def test_real_titles(corpus: Path) -> None:
    for line in (corpus / "titles.jsonl").read_text("utf-8").splitlines():
        known = json.loads(line)
        on = date.fromisoformat(known["date"]) if known["date"] else None
        reading = _holds(known["title"], known["org"], on)
        for field, values in (("supply", reading.supply), ("audience", reading.audience)):
            assert set(values) == {fact.value for fact in reading.facts if fact.field == field}


_SOME = """
[정정공고] 파주운정3 국민임대 행복주택 광주 광주시 중구 인천 서구 예비입주자 모집 발표 연기 취소 청년 신혼·신생아Ⅱ(전세형) 강화 예산 부여
고령자 상가 용지 일반매각 10년 공공임대 지원사업 설명회 &amp;quot; 1일전 NEW ( ) [ ‘26.08.18) \u200b \u202e 東京 🏠
"""
_WORDS = st.sampled_from(_SOME.split())


@settings(derandomize=True, max_examples=150, deadline=None)
@given(
    st.lists(_WORDS, max_size=12), st.sampled_from(["LH", "SH", "", "파주시", "국토교통부"]), st.sampled_from(["", " "])
)
def test_any_title_is_read(words: list[str], org: str, glue: str) -> None:
    reading = _holds(glue.join(words), org, date(2026, 8, 1))
    assert reading.kind in KINDS and reading.section in SECTIONS
    assert set(reading.supply) <= set(SUPPLY) and set(reading.audience) <= set(AUDIENCES)


@settings(derandomize=True, max_examples=100, deadline=None)
@given(st.text(max_size=200))
def test_any_text_is_read(text: str) -> None:
    _holds(text, "LH", None)
