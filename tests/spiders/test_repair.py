"""Thirty redesigns of a list whose [hints] no longer fit: most are read anew by what is stored of it, none wrongly."""

from __future__ import annotations

import json
from collections.abc import Callable
from datetime import date, timedelta
from pathlib import Path

import pytest

from spiders.drift import Seen
from spiders.pages.board import listing
from spiders.pages.document import Document
from spiders.pages.records import State
from spiders.registry import Source, read
from spiders.repair import Proposal, repair

URL = "https://www.haessal.go.kr/bbs/list.do?no=7"
TODAY = date(2026, 11, 24)
NAMES = (
    "국민임대", "행복주택", "매입임대", "영구임대", "전세임대", "장기전세", "청년주택", "신혼희망", "주거급여", "집수리",
)  # fmt: skip
POSTS = [
    (9100 - n * 3, f"햇살마을 {name} 입주자 모집 {n + 2}차 공고", TODAY - timedelta(days=2 * n + 1))
    for n, name in enumerate(NAMES)
]
KNOWN = {str(number): Seen(title, day) for number, title, day in POSTS}
FRESH = [(9200, "별빛마을 새 임대주택 안내", TODAY), (9203, "별빛마을 이사비 지원 사업 안내", TODAY)]
MENU = "".join(f'<li><a href="/menu.do?key={n}">시정 안내 {n}번째</a></li>' for n in range(9))
SIDE = "".join(
    f'<li class="item"><a href="/best.do?id={n}">많이 본 글 {n}</a><span>2026-10-0{n}</span></li>' for n in range(1, 6)
)


def filled(row: str) -> Callable[[int, str, date], str]:
    """A row of a template with {n}, {t} and {d}."""
    return lambda n, t, d: row.format(n=n, t=t, d=d, dot=f"{d:%Y.%m.%d}", short=f"{d:%y.%m.%d}", slash=f"{d:%Y/%m/%d}",
                                      up=d + timedelta(days=21), k=f"{d.year}년 {d.month}월 {d.day}일")  # fmt: skip


def page(outer: str, row: str) -> bytes:
    """A page around a list of the known posts and two new ones."""
    rows = "".join(filled(row)(*post) for post in [*FRESH, *POSTS])
    return (
        f'<!DOCTYPE html><meta charset="utf-8"><title>햇살시 공지</title><nav><ul>{MENU}</ul></nav>'
        f'<main id="content">{outer.replace("@", rows)}</main><aside><ul class="list">{SIDE}</ul></aside>'
    ).encode()


REDESIGNS = {
    name: page(outer, row)
    for name, outer, row in (
        line.split("\t")
        for line in (Path(__file__).with_name("redesigns.tsv")).read_text("utf-8").splitlines()
        if not line.startswith("#")
    )
}


@pytest.fixture
def source(tmp_path: Path) -> Source:
    """The source as it was written for the list before."""
    path = tmp_path / "haessal.toml"
    path.write_text(
        f'title = "공지"\npublisher = "햇살시"\npage = "{URL}"\nendpoint = "{URL}"\n[hints]\nrow = "table.board tbody tr"\n'
        'title = "td.subject a"\ndate = "td.date"\n',
        "utf-8",
    )
    return read(path)


def proposed(name: str, source: Source, *, detect: bool = True) -> Proposal | None:
    """What is proposed for a redesign."""
    return repair(Document(REDESIGNS[name], URL), source, KNOWN, TODAY, detect=detect)


@pytest.mark.parametrize("detect", [True, False], ids=["detected", "by selectors alone"])
def test_most_redesigns_are_repaired_and_none_wrongly(source: Source, detect: bool) -> None:
    assert len(REDESIGNS) == 30
    repaired = []
    for name, data in REDESIGNS.items():
        before = listing(Document(data, URL), today=TODAY, hints=source.hints)
        if (found := proposed(name, source, detect=detect)) is None:
            continue
        repaired.append(name)
        assert [row.key for row in before.rows] != [
            row.key for row in found.listing.rows
        ] or before.state is not State.OK
        assert {row.key: (row.title, row.posted) for row in found.listing.rows} == {
            str(number): (title, day) for number, title, day in [*FRESH, *POSTS]
        }, name
        assert found.found == len(KNOWN)
    assert len(repaired) >= 20, sorted(set(REDESIGNS) - set(repaired))
    assert not {"nothing but titles", "numbers changed"} & set(repaired)


def test_the_lines_mend_the_file(source: Source, tmp_path: Path) -> None:
    found = proposed("a closing day beside", source)
    assert found is not None and source.path is not None
    text = source.path.read_text("utf-8").split("[hints]")[0] + "\n".join(found.lines) + "\n"
    (tmp_path / "mended.toml").write_text(text, "utf-8")
    mended = read(tmp_path / "mended.toml")
    rows = listing(Document(REDESIGNS["a closing day beside"], URL), today=TODAY, hints=mended.hints).rows
    assert {row.key: row.posted for row in rows if row.key in KNOWN} == {k: s.posted for k, s in KNOWN.items()}


@pytest.mark.parametrize("known", [{}, dict(list(KNOWN.items())[:2]), {"1": Seen("도서관 휴관 안내 말씀", TODAY)}])
def test_nothing_is_proposed_on_little_evidence(source: Source, known: dict[str, Seen]) -> None:
    assert repair(Document(REDESIGNS["cards"], URL), source, known, TODAY) is None


def test_another_page_proposes_nothing(source: Source) -> None:
    for data in (b"", b"<p>x</p>", page('<ul class="board">@</ul>', "<li>{d}</li>"), json.dumps({"a": 1}).encode()):
        assert repair(Document(data, URL), source, KNOWN, TODAY) is None
