"""A centre's own notices: a small file, the same store, an edit is an edition, and whatever is wrong is said by name."""

from __future__ import annotations

from datetime import date, timedelta
from pathlib import Path

import pytest

from desk import own
from desk.own import Added
from notices.errors import WrongUse
from notices.model import EventKind, Notice
from notices.store import Store
from notices.store.views import Selection
from tests.desk.made import NOW, TODAY, desk, notice, store, take

FULL = """
title = "찾아가는 주거상담 12월 일정"
text = "행복센터에서 상담합니다.\\n날짜\\t시간\\n12.3\\t14시"
period = "2026-12-01 ~ 2026-12-05 18:00"
place = "운정행복센터 2층"
phone = "031-000-0000"
link = "https://centre.example.kr/visit"
"""


def written(folder: Path, text: str, name: str = "visit.toml") -> Path:
    path = folder / name
    path.write_text(text, "utf-8")
    return path


def add(held: Store, said: Notice, days: int = 0) -> Added:
    return own.add(held, desk(), said, NOW + timedelta(days=days), TODAY + timedelta(days=days))


def test_a_file_becomes_a_notice_like_any_other_and_is_marked_as_own(tmp_path: Path) -> None:
    with store(tmp_path) as held:
        added = add(held, own.from_file(written(tmp_path, FULL), desk()))
        assert (added.state, added.announcement_id) == ("new", 1)
        (told,) = held.announcements.select(Selection(regions=("4148",), sections=("주거복지사업",)))
        assert told.own and told.publisher == "파주시 주거복지센터" and told.posted == TODAY
        assert [r.code for r in told.regions] == ["41480"]
        said = {name: fact.value for name, fact in told.facts.items()}
        assert (said["opens"], said["closes"]) == ("2026-12-01", "2026-12-05T18:00")
        assert (said["address"], said["contact"]) == ("운정행복센터 2층", "031-000-0000")
        assert told.body == "행복센터에서 상담합니다.\n날짜\t시간\n12.3\t14시"
        assert [hit.id for hit in held.search("행복센터")] == [1]
        assert [e.kind for e in held.events.of(1)] == [EventKind.NEW]


def test_the_same_file_again_is_no_news_and_an_edit_is_an_edition(tmp_path: Path) -> None:
    with store(tmp_path) as held:
        path = written(tmp_path, FULL)
        add(held, own.from_file(path, desk()))
        assert add(held, own.from_file(path, desk()), days=1).state == "unchanged"
        path.write_text(FULL.replace("12-05 18:00", "12-07"), "utf-8")
        assert add(held, own.from_file(path, desk()), days=2).state == "changed"
        told = held.announcements.get(1)
        assert told is not None and told.posted == TODAY
        assert [(c.field, c.new) for e in held.events.of(1) for c in e.changes] == [("closes", "2026-12-07")]


def test_what_is_left_out_of_the_file_is_gone(tmp_path: Path) -> None:
    with store(tmp_path) as held:
        path = written(tmp_path, FULL)
        add(held, own.from_file(path, desk()))
        path.write_text('title = "찾아가는 주거상담 12월 일정"\n', "utf-8")
        assert add(held, own.from_file(path, desk())).state == "changed"
        told = held.announcements.get(1)
        assert told is not None
        assert (told.body, told.url, "contact" in told.facts, "closes" in told.facts) == ("", None, False, False)
        assert len(held.notices.editions(1)) == 2


def test_two_files_of_one_title_are_two_notices(tmp_path: Path) -> None:
    with store(tmp_path) as held:
        for name in ("december.toml", "january.toml"):
            assert add(held, own.from_file(written(tmp_path, FULL, name), desk())).state == "new"
        assert held.announcements.count() == 2


def test_an_own_notice_stands_beside_a_crawled_one(tmp_path: Path) -> None:
    with store(tmp_path) as held:
        take(held, notice())
        add(held, own.from_link("https://centre.example.kr/1", notice().title, desk(), "임대주택공고"))
        assert held.announcements.count() == 2
        take(held, notice("102", "햇살시 이사비 지원 안내"))
        assert {s.name: s.enabled for s in held.sources.all()}["centre-paju"] is False, "files describe the rest"
        assert add(held, own.from_link("https://centre.example.kr/1", "새 제목", desk())).state == "changed"


def test_a_correction_by_somebody_else_does_not_take_an_own_notice_s_place(tmp_path: Path) -> None:
    with store(tmp_path) as held:
        add(held, own.from_link("https://centre.example.kr/1", notice().title, desk(), "임대주택공고"))
        take(held, notice("102", f"[정정공고] {notice().title}"))
        assert held.announcements.count() == 2
        told = held.announcements.get(1)
        assert told is not None and told.own and not told.corrected


def test_a_link_needs_a_title_and_is_known_by_its_address() -> None:
    a, b = (own.from_link("https://centre.example.kr/1", title, desk()) for title in ("가", "나"))
    assert a.key == b.key != own.from_link("https://centre.example.kr/2", "가", desk()).key
    for url, title in (("javascript:alert(1)", "가"), ("https://a.example", " "), ("파일.html", "가")):
        with pytest.raises(WrongUse):
            own.from_link(url, title, desk())


def test_private_numbers_are_masked_and_offices_stay(tmp_path: Path) -> None:
    with store(tmp_path) as held:
        path = written(tmp_path, 'title = "상담"\ntext = "문의 010-1234-5678, 031-123-4567"\nphone = "010-9999-8888"\n')
        add(held, own.from_file(path, desk()))
        told = held.announcements.get(1)
        assert told is not None
        assert told.body == "문의 010-****-****, 031-123-4567"
        assert "9999" not in str(told.facts)


@pytest.mark.parametrize(
    ("said", "opens", "closes"),
    [
        ("2026-12-01 ~ 2026-12-05 18:00", "2026-12-01", "2026-12-05T18:00"),
        ("2026.12.1. ~ 2026.12.5.", "2026-12-01", "2026-12-05"),
        ("~ 2026-12-05", None, "2026-12-05"),
        ("2026-12-01 ~", "2026-12-01", None),
        ("2026-12-03 14:00", "2026-12-03T14:00", "2026-12-03T14:00"),
        ("", None, None),
    ],
)
def test_a_period_is_read(tmp_path: Path, said: str, opens: str | None, closes: str | None) -> None:
    fields = own.from_file(written(tmp_path, f'title = "가"\nperiod = "{said}"\n'), desk()).fields
    assert (fields.get("opens"), fields.get("closes")) == (opens, closes)


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("", "title"),
        ('title = ""', "title"),
        (f'title = "{"가" * 201}"', "title"),
        ('title = "가"\ntitel = "나"', "titel"),
        ('title = "가"\nlink = "javascript:alert(1)"', "link"),
        ('title = "가"\nsection = "소식"', "section"),
        ('title = "가"\nperiod = "다음 주"', "period"),
        ('title = "가"\nperiod = "2026-13-01"', "period"),
        ('title = "가"\nperiod = "2026-12-05 ~ 2026-12-01"', "period"),
        ('title = "가"\nperiod = "2026-12-01 2026-12-05"', "period"),
        ('title = "가"\nid = "../../etc"', "id"),
        ('title = "가', "문법"),
    ],
)
def test_a_wrong_file_is_refused_by_name(tmp_path: Path, text: str, said: str) -> None:
    with pytest.raises(WrongUse, match=said) as refused:
        own.from_file(written(tmp_path, text), desk())
    assert "\n" not in str(refused.value)


def test_a_file_that_is_no_file_or_too_large_is_refused(tmp_path: Path) -> None:
    with pytest.raises(WrongUse, match="none"):
        own.from_file(tmp_path / "none.toml", desk())
    big = written(tmp_path, f'title = "가"\ntext = "{"가" * 400_000}"')
    with pytest.raises(WrongUse, match="바이트"):
        own.from_file(big, desk())


def test_a_day_of_posting_may_be_given(tmp_path: Path) -> None:
    assert own.from_file(written(tmp_path, 'title = "가"\nposted = 2026-08-30\n'), desk()).posted == date(2026, 8, 30)
