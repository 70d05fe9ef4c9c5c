"""Drafts: facts and sources, the sentence of each 공공누리 type, what a correction changed; hostile text is only read."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from dataclasses import replace
from html.parser import HTMLParser
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from desk import draft, own, render
from desk.draft import Line, Section
from notices.store import Store
from notices.store.views import Announcement, Pick, Seen
from tests.desk.made import CITY, HOSTILE, NOW, TITLE, TODAY, correction, desk, notice, store, take
from tests.desk.made import draft as made_draft

GOLDEN = Path(__file__).parents[1] / "golden" / "desk"
FORMS = {"html": render.html, "txt": render.text, "md": render.markdown}


@pytest.fixture
def held(tmp_path: Path) -> Iterator[Store]:
    with store(tmp_path) as opened:
        yield opened


def drafted(held: Store, pick: Pick | None = None, **said: Any) -> draft.Draft:
    told = held.announcements.get(1)
    assert told is not None
    return draft.compose(desk(), replace(told, **said), held.events.of(1), TODAY, pick)


def licensed(told: Announcement, licence: str) -> tuple[Seen, ...]:
    return tuple(replace(seen, licence=licence) for seen in told.seen)


def test_an_address_does_not_repeat_its_place(held: Store) -> None:
    take(held, notice(fields={"address": "경기도 파주시 햇살동 3", "supply": "행복주택"}))
    where = draft.facts(held.announcements.among([1])[1])[3]
    assert (where.label, where.text) == ("어디서", "경기도 파주시 햇살동 3")


@pytest.mark.parametrize("ending", FORMS)
@pytest.mark.parametrize("name", ["new", "corrected", "own", "closed", "cancelled"])
def test_a_draft_reads_as_expected(held: Store, name: str, ending: str, accept: bool) -> None:
    if name == "own":
        file = held.path.parent / "visit.toml"
        file.write_text(
            'title = "찾아가는 주거상담"\ntext = "상담합니다."\nperiod = "2026-12-01"\nphone = "031-000-0000"\n'
        )
        own.add(held, desk(), own.from_file(file, desk()), NOW, TODAY)
    else:
        take(held, notice())
    if name == "corrected":
        take(held, correction(), at=NOW)
    told = held.announcements.get(1)
    assert told is not None
    known: dict[str, dict[str, Any]] = {"closed": {"seen": licensed(told, "3")}, "cancelled": {"cancelled": True}}
    said = known.get(name, {})
    pick = Pick(1, "picked", None, "센터가 붙인 한마디입니다.", NOW) if name == "corrected" else None
    text = FORMS[ending](drafted(held, pick, **said))
    path = GOLDEN / f"{name}.{ending}"
    if accept:
        path.write_text(text, "utf-8")
    assert path.read_text("utf-8") == text


@pytest.mark.parametrize("ending", FORMS)
def test_every_post_names_title_source_day_link_and_rule(held: Store, ending: str) -> None:
    take(held, notice())
    text = FORMS[ending](drafted(held))
    plain = text.replace("\\", "")
    for needed in (TITLE, "햇살시", "2026.09.01", "2026.09.03", draft.RULE, "031-123-4567", "paju.example.kr/ask"):
        assert needed in plain, needed
    assert "haetsal.example.kr/view?no=101" in plain


@pytest.mark.parametrize(("licence", "carries"), [("0", 1), ("1", 1), ("2", 1), ("3", 0), ("4", 0), ("unknown", 0)])
def test_the_gate_decides_what_is_carried_and_under_which_words(held: Store, licence: str, carries: int) -> None:
    take(held, notice())
    told = held.announcements.get(1)
    assert told is not None
    text = render.text(drafted(held, seen=licensed(told, licence)))
    assert ("청년과 신혼부부를 모십니다" in text) == bool(carries)
    assert (f"제{licence}유형" in text) == bool(carries)
    assert "출처: 햇살시, https://haetsal" in text or carries


def test_winners_are_a_title_and_a_link(held: Store) -> None:
    take(held, notice(title="햇살마을 3단지 행복주택 당첨자 발표", body="김*수 900101\n이*희 900202", fields={}))
    assert "900101" not in render.text(drafted(held))


def test_a_correction_says_what_changed_and_counts(held: Store) -> None:
    take(held, notice())
    take(held, correction(), at=NOW)
    made = drafted(held)
    assert made.edition == 2
    assert "2026.09.03 정정: 접수마감 9.12 17시 → 9.19 17시" in render.text(made)


def test_the_centre_s_words_come_first_but_the_original_s_title_stays(held: Store) -> None:
    take(held, notice())
    made = drafted(held, Pick(1, "picked", "우리 동네 새 집 010-1234-5678", "한마디", NOW))
    assert made.title == "우리 동네 새 집 010-****-****"
    text = render.text(made)
    assert text.index("한마디") < text.index(f"제목: {TITLE}")


class Tags(HTMLParser):
    """What acts in a piece of HTML."""

    def __init__(self) -> None:
        super().__init__()
        self.tags: set[str] = set()
        self.attributes: list[tuple[str, str | None]] = []
        self.seen: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.add(tag)
        self.attributes += attrs

    def handle_data(self, data: str) -> None:
        self.seen.append(data)


PLAIN = {"h2", "ul", "li", "strong", "p", "a", "table", "tbody", "tr", "td"}


def hostile(text: str) -> draft.Draft:
    line = Line(text, text, "https://a.example/?q={{x}}&b=1")
    sections = (
        Section(text, (line,)),
        Section("", (Line(text),), listed=False),
        Section("표", rows=((text, text), (text,))),
    )
    return made_draft(title=text, excerpt=text, sections=sections, tags=(text,), source_org=text, uid=text)


def check_html(text: str) -> None:
    parser = Tags()
    said = render.html(hostile(text))
    parser.feed(said)
    assert parser.tags <= PLAIN
    assert {name for name, _ in parser.attributes} <= {"href"}
    assert all((value or "").startswith("https://a.example/") for _, value in parser.attributes)
    visible = re.sub(r"<[^>]*>", "", said)
    assert "[" not in visible and "://" not in visible


def check_markdown(text: str) -> None:
    head, _, body = render.markdown(hostile(text)).removeprefix("---\n").partition("\n---\n")
    front = dict(line.split(": ", 1) for line in head.split("\n"))
    assert json.loads(front["title"]) == text, "front matter is one line a key"
    assert list(front) == [
        "title",
        "date",
        "updated",
        "slug",
        "categories",
        "tags",
        "source_url",
        "source_org",
        "kogl",
        "uid",
        "edition",
    ]
    bare = re.sub(r"\]\(<https://a\.example[^>]*>\)", "", re.sub(r"\\.", "", body))
    assert not re.search(r"\{\{|\{%|<|&\w|`|://|\]\(", bare)


def test_hostile_text_is_inert_in_every_form() -> None:
    check_html(HOSTILE)
    check_markdown(HOSTILE)
    assert "javascript:" in render.text(hostile(HOSTILE)), "plain text is only read"


@settings(derandomize=True, max_examples=60, deadline=None)
@given(st.text(st.characters(exclude_categories=["Cs", "Cc", "Zl", "Zp"]), max_size=40))
def test_any_text_is_inert(text: str) -> None:
    check_html(text)
    check_markdown(text)


def test_links_that_are_none_are_left_out(held: Store) -> None:
    take(held, notice(url="javascript:alert(1)"))
    made = drafted(held)
    assert made.source_url is None
    assert all("javascript" not in write(made) for write in FORMS.values())


def test_a_megabyte_of_title_and_text_is_cut(held: Store) -> None:
    take(held, notice(title="햇살마을 행복주택 모집 " + "가" * 900, body="나" * 900_000))
    made = drafted(held)
    assert len(made.title) <= 150 and len(render.html(made)) < 200_000
    assert "이어지는 글은 원문에" in render.text(made)


@pytest.mark.parametrize(
    ("uid", "expected"),
    [
        ("lh-rental:2015122300020676", "notice-lh-rental-2015122300020676"),
        ("centre-paju:visit", "notice-centre-paju-visit"),
        ("haetsal:한글 키/../x", r"notice-haetsal-x[0-9a-f]{16}"),
        ("haetsal:a-1", r"notice-haetsal-x[0-9a-f]{16}"),
    ],
)
def test_a_slug_is_ascii_and_its_own(uid: str, expected: str) -> None:
    assert re.fullmatch(expected, draft.slug(uid))
    assert draft.slug("a-b:c") != draft.slug("a:b-c")


def test_wide_tables_are_said_under_the_names_of_their_head() -> None:
    rows = (("주택형", "호수", "보증금"), ("26A", "84", "1,000만 원"), ("36", "", "x", "넘침"))
    assert list(render._text_rows(rows)) == ["• 26A — 호수: 84, 보증금: 1,000만 원", "• 36 — 보증금: x, 넘침"]
    assert CITY.licence == "1"
