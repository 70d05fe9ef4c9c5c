"""Properties of matching on made-up titles: symmetry, no merge across a discriminator, any order, any text."""

from __future__ import annotations

import itertools
import random
import unicodedata
from collections.abc import Iterable
from dataclasses import replace
from datetime import date, timedelta

import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from notices.matching import Side, core, judge, place, stem
from notices.model import Relation

MERGE = {Relation.SAME, Relation.REVISION}
PARTS: dict[str, list[str]] = {
    "year": ["", "2026년 ", "2025년 "],
    "round": ["", "1차 ", "제2차 ", "12차 "],
    "place": ["햇살마을", "달빛마을", "햇살시", "햇살군", "햇살2", "햇살3"],
    "block": [" ", " A-1BL ", " A-2BL ", " B1블록 ", " 3블록 "],
    "supply": ["국민임대", "영구임대", "행복주택", "10년 공공임대", "50년 공공임대", "청년 매입임대", "신혼·신생아 매입임대Ⅰ",
               "신혼·신생아 매입임대Ⅱ", "분양전환형 든든전세", "비분양전환형 든든전세"],
    "mode": [" ", " 추가 ", " 상시 "],
    "size": ["", "(39형) ", "(46형) "],
}  # fmt: skip
KEYS = list(PARTS)
DAY = date(2026, 7, 6)


def title(parts: Iterable[str]) -> str:
    year, number, place_, block, supply, mode, size = parts
    return f"{year}{number}{place_}{block}{supply}주택{mode}{size}예비입주자 모집공고"


choices = st.tuples(*(st.sampled_from(values) for values in PARTS.values()))
days = st.dates(date(2026, 1, 1), date(2026, 12, 31))
texts = st.one_of(st.text(max_size=40), choices.map(title), choices.map(lambda parts: title(parts) + " 접수결과 게시"))
sides = st.builds(
    Side,
    title=st.builds(lambda mark, text: mark + text, st.sampled_from(["", "[정정공고]", "(수정) "]), texts),
    source=st.sampled_from(["lh-rental", "myhome", "", "seoul"]),
    org=st.sampled_from(["", "LH", "SH", "금천구"]),
    key=st.sampled_from(["1", "2", "3", ""]),
    posted=st.none() | days,
    closes=st.none() | days,
    first_posted=st.none() | days,
    status=st.sampled_from([None, "공고중", "정정공고중", "정정공고"]),
    regions=st.sampled_from([(), ("41480",), ("경기도",), ("부산광역시",)]),
    kind=st.sampled_from([None, "모집", "발표", "기타"]),
)


@settings(max_examples=300, deadline=None, derandomize=True)
@given(sides, sides)
def test_judging_is_symmetric(a: Side, b: Side) -> None:
    one, other = judge(a, b), judge(b, a)
    assert one == other
    assert one.reason


@settings(max_examples=300, deadline=None, derandomize=True)
@given(
    choices,
    st.integers(0, len(KEYS) - 1),
    st.data(),
    st.sampled_from(["", "[정정공고]"]),
    st.sampled_from(["lh", "myhome"]),
)
def test_what_differs_in_a_discriminator_never_merges(
    parts: tuple[str, ...], at: int, data: st.DataObject, mark: str, source: str
) -> None:
    other = list(parts)
    other[at] = data.draw(st.sampled_from([value for value in PARTS[KEYS[at]] if value != parts[at] and value.strip()]))
    if not parts[at].strip():
        assume(KEYS[at] != "year")  # the day of posting tells the year
        mark = ""  # a correction may add to a title; two plain calls may not differ
    a = Side(title(parts), "lh", "LH", "1", posted=DAY, closes=DAY + timedelta(days=15))
    b = Side(mark + title(other), source, "LH", "2", posted=DAY, closes=DAY + timedelta(days=15))
    assert judge(a, b).relation not in MERGE, (a.title, b.title)


@pytest.mark.parametrize("at", range(len(KEYS)))
def test_every_value_of_every_part_is_told_apart(at: int) -> None:
    usual = ["2026년 ", "1차 ", "햇살마을", " A-1BL ", "국민임대", " 추가 ", "(39형) "]
    for one, two in itertools.combinations([value for value in PARTS[KEYS[at]] if value.strip()], 2):
        a = Side(title([*usual[:at], one, *usual[at + 1 :]]), "lh", key="1", posted=DAY)
        b = Side("[정정공고]" + title([*usual[:at], two, *usual[at + 1 :]]), "lh", key="2", posted=DAY)
        found = judge(a, b)
        assert found.relation is Relation.DIFFERENT, (a.title, b.title)


@settings(max_examples=200, deadline=None, derandomize=True)
@given(texts)
def test_a_stem_is_its_own_stem(text: str) -> None:
    assert stem(stem(text)) == stem(text)
    assert stem(unicodedata.normalize("NFD", text)) == stem(text)


@pytest.mark.parametrize(
    "piece", ["가", "1", "[정정공고]", "A-1,", "2026.", "(", " 1차", "예비입주자 ", "\u200b\u202e"]
)
def test_a_megabyte_of_title_costs_little_and_ends_count(piece: str) -> None:
    long = piece * (1_000_000 // len(piece))
    a, b = Side(long, "lh", key="1", posted=DAY), Side(long + "끝", "lh", key="2", posted=DAY)
    assert judge(a, b).relation not in MERGE
    assert len(stem(long)) < 1000
    assert len(core(long)) < 1000


def chain(name: str, first: date, length: int) -> list[Side]:
    """Return a call, its corrections and two follow-ups."""
    text = f"{name} 국민임대주택 예비입주자 모집공고({first:%Y.%m.%d})"
    sides = [
        Side(("[정정공고]" if n else "") + text, "lh", "LH", f"{name}{first}{n}", posted=first + timedelta(days=n))
        for n in range(length)
    ]
    for stage, after in (("접수결과 게시", 20), ("당첨자 발표", 90)):
        posted = first + timedelta(days=after)
        sides.append(
            Side(f"{name} 국민임대 {stage}({first:%Y.%m.%d}.공고)", "lh", "LH", f"{name}{first}{stage}", posted=posted)
        )
    return sides


def grouped(sides: list[Side]) -> list[list[str]]:
    groups: list[set[int]] = []
    for number, new in enumerate(sides):
        found = place(new, list(enumerate(sides[:number])))
        mine = {other for other in (found.other, *found.also) if other is not None}
        touched = [group for group in groups if group & mine]
        groups = [group for group in groups if not group & mine]
        groups.append({number}.union(*touched))
    return sorted(sorted(sides[number].key for number in group) for group in groups)


@pytest.mark.parametrize("seed", range(12))
def test_grouping_does_not_depend_on_order(seed: int) -> None:
    rounds = [chain("햇살마을", DAY, 11), chain("햇살마을", DAY + timedelta(days=61), 2), chain("달빛2", DAY, 1)]
    mixed = [side for one in rounds for side in one]
    random.Random(seed).shuffle(mixed)
    assert grouped(mixed) == sorted(sorted(side.key for side in one) for one in rounds)


def test_two_that_claim_each_other_are_one_and_nothing_breaks() -> None:
    a = Side("햇살마을 국민임대 모집", "lh", key="1", posted=DAY, corrects="lh:2")
    b = replace(a, key="2", corrects="lh:1")
    assert judge(a, b).relation is judge(b, a).relation is Relation.REVISION
    assert place(b, [(7, a)]).other == 7


def test_corrections_of_one_number_are_one_whatever_their_titles() -> None:
    a = Side("햇살마을 국민임대 모집", "lh", key="2", posted=DAY, corrects="lh:1")
    b = Side("달빛마을 국민임대 추가 모집", "lh", key="3", posted=DAY + timedelta(days=90), corrects="lh:1")
    assert judge(a, b).relation is Relation.REVISION
    assert place(b, [(4, a)]).other == 4
