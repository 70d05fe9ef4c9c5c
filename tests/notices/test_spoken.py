"""What an announcement says is what all its places say, and never what a correction took back."""

from __future__ import annotations

import itertools
from collections.abc import Callable, Iterator
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest

from notices.intake import Intake
from notices.model import EventKind, Notice, PageRead
from notices.store import SourceInfo, Store
from notices.store.views import Announcement, Selection

AT = datetime(2026, 9, 1, 9, tzinfo=UTC)
NAMES = ("lh-rental", "lh-api", "myhome", "sh-rental", "sh-recruit", "seoul-housing", "haetsal")
SOURCES = {
    name: SourceInfo(
        name, name, "햇살시" if name == "haetsal" else name, region_code="41480" if name == "haetsal" else None
    )
    for name in NAMES
}
TITLE = "햇살마을 3단지 행복주택 예비입주자 모집공고(2026.09.01)"
LH = "https://apply.lh.or.kr/lhapply/apply/wt/wrtanc/selectWrtancInfo.do?panId={}"
SH = "https://www.i-sh.co.kr/app/view.do?seq={}"
Take = Callable[..., None]


@pytest.fixture
def store(tmp_path: Path) -> Iterator[Store]:
    with Store.open(tmp_path / "jiballim.db") as store:
        store.sources.sync(SOURCES.values())
        yield store


@pytest.fixture
def take(store: Store) -> Take:
    intake, times = Intake(store, SOURCES), itertools.count()

    def take(notice: Notice) -> None:
        at = AT + timedelta(days=next(times))
        intake.take(None, PageRead(notice.source, "list", at, (notice,), {}))

    return take


def call(source: str, key: str, title: str = TITLE, day: int = 1, **said: Any) -> Notice:
    """A post of the call at a source; LH's and SH's lie at their addresses."""
    url = {"lh": LH, "sh": SH, "se": SH}.get(source[:2], "https://www.haessal.go.kr/{}").format(key)
    return Notice(source, key, title, said.pop("url", url), date(2026, 9, day), fields=said.pop("fields", {}), **said)


def myhome(key: str, number: str, title: str = TITLE, day: int = 1, **fields: str) -> Notice:
    """마이홈's row, which names LH's number."""
    url = f"https://www.myhome.go.kr/view.do?pblancId={key}"
    return call("myhome", key, title, day, url=url, fields={"external_key": f"lh:{number}", **fields})


def only(store: Store) -> Announcement:
    """The one announcement."""
    (found,) = store.announcements.select(Selection(relevant=None))
    return found


def said(store: Store, *names: str) -> tuple[object, ...]:
    """What the one announcement says under these names."""
    facts = only(store).facts
    return tuple(facts[name].value if name in facts else None for name in names)


DATES = {"opens": "2026-09-10", "closes": "2026-09-12"}


@pytest.mark.parametrize("first", [0, 1])
def test_a_list_without_a_deadline_does_not_hide_the_one_of_the_publisher(store: Store, take: Take, first: int) -> None:
    """Whichever is read first; the link is the publisher's."""
    posts = [myhome("30001", "77001", deposit="12000000"), call("lh-rental", "77001", fields=DATES)]
    for post in (posts[first], posts[1 - first]):
        take(post)
    assert said(store, "closes", "opens", "deposit") == ("2026-09-12", "2026-09-10", 12_000_000)
    assert only(store).url == LH.format("77001")
    (chosen,) = store.announcements.select(
        Selection(relevant=None, closes_from=date(2026, 9, 12), closes_to=date(2026, 9, 12))
    )
    assert chosen.id == only(store).id


def test_every_fact_keeps_its_words(store: Store, take: Take) -> None:
    take(call("lh-rental", "77001", fields=DATES))
    take(myhome("30001", "77001", rent="98000"))
    fact = only(store).facts["rent"]
    assert (fact.document, fact.words) == ("field:rent", "98000")


def test_two_places_of_different_days_are_not_mixed(store: Store, take: Take) -> None:
    """No day of a post that names another day, nor of a copy anything: it is old or wrong."""
    take(myhome("30001", "77001", closes="2026-09-11", opens="2026-09-09", rent="98000"))
    take(call("lh-rental", "77001", fields={"closes": "2026-09-12"}))
    take(call("haetsal", "5", fields={"closes": "2026-09-10", "opens": "2026-09-08", "contact": "031-000-0000"}))
    assert len(only(store).seen) == 3
    assert said(store, "closes", "opens", "rent", "contact") == ("2026-09-12", None, 98_000, None)


def test_a_correction_is_not_completed_by_what_it_corrects(store: Store, take: Take) -> None:
    take(call("lh-rental", "77001", fields={**DATES, "announces": "2026-12-01"}))
    take(call("lh-rental", "77002", f"[정정공고]{TITLE}", 3, fields={"opens": "2026-09-20"}))
    assert said(store, "opens", "closes", "announces") == ("2026-09-20", None, None)


def test_a_correction_is_completed_by_the_same_correction_elsewhere(store: Store, take: Take) -> None:
    take(call("lh-rental", "77001", fields=DATES))
    take(call("lh-rental", "77002", f"[정정공고]{TITLE}", 3, fields={"closes": "2026-09-22"}))
    take(myhome("30002", "77002", TITLE, 3, status="정정공고", rent="98000", corrects="myhome:30001"))
    assert said(store, "closes", "rent") == ("2026-09-22", 98_000)


def test_what_a_correction_changes_is_said_once_another_place_says_it(store: Store, take: Take) -> None:
    """서울주거포털 shows the mark first, without a day; SH's own page of the same number has the days."""
    mark = f"[수정] {TITLE}"
    take(call("sh-rental", "310010", fields=DATES))
    take(call("seoul-housing", "310020", mark, 3))
    (event,) = store.events.select(Selection(relevant=None, events=(EventKind.REVISION,)))
    assert event.changes == ()
    take(call("sh-rental", "310020", mark, 3, fields={**DATES, "closes": "2026-09-14"}))
    take(call("sh-recruit", "310020", mark, 3, fields={**DATES, "closes": "2026-09-14"}))
    (event,) = store.events.select(Selection(relevant=None, events=(EventKind.REVISION,)))
    assert [(c.field, c.old, c.new) for c in event.changes] == [("closes", "2026-09-12", "2026-09-14")]
    assert said(store, "closes") == ("2026-09-14",)


def test_a_change_that_one_place_told_is_not_told_again_by_another(store: Store, take: Take) -> None:
    take(myhome("30001", "77001"))
    take(call("lh-rental", "77001", fields=DATES, detail=True))
    take(call("lh-rental", "77001", fields={**DATES, "closes": "2026-09-15"}, detail=True))
    take(myhome("30001", "77001", closes="2026-09-15"))
    told = store.events.select(Selection(relevant=None))
    assert [event.kind.value for event in told] == ["revision", "new"]


def test_the_place_is_as_exact_as_the_same_post_elsewhere_says(store: Store, take: Take) -> None:
    take(call("lh-rental", "77001", fields={**DATES, "region": "경기도"}))
    take(myhome("30001", "77001", region="경기도 하남시"))
    assert [region.name for region in only(store).regions] == ["경기도 하남시"]
    assert store.announcements.select(Selection(relevant=None, regions=("41450",)))


def test_a_town_that_copies_a_call_does_not_narrow_it(store: Store, take: Take) -> None:
    take(call("lh-rental", "77001", fields={**DATES, "region": "경기도"}))
    take(call("haetsal", "5", TITLE, 2, fields=DATES))
    assert {len(one.seen) for one in store.announcements.select(Selection(relevant=None))} == {2}
    assert [region.name for region in only(store).regions] == ["경기도"]


def test_a_follow_up_says_nothing_of_the_call(store: Store, take: Take) -> None:
    take(call("sh-rental", "310010"))
    take(call("sh-rental", "310050", f"{TITLE} 당첨자 발표", 20, fields={"closes": "2026-10-01"}))
    assert said(store, "closes") == (None,)


def test_a_correction_is_where_its_original_is(store: Store, take: Take) -> None:
    """One that names no place, or only its 시·도; another 시·도 would be its own word."""
    take(call("sh-rental", "310010", fields={**DATES, "region": "서울특별시 금천구"}))
    take(call("sh-rental", "310020", f"[수정] {TITLE}", 3, fields={"region": "서울특별시"}))
    assert only(store).corrected
    assert [region.name for region in only(store).regions] == ["서울특별시 금천구"]
    assert store.announcements.select(Selection(relevant=None, regions=("11545",)))


def test_an_original_that_is_edited_after_its_correction_has_the_last_word_on_what_it_changed(
    store: Store, take: Take
) -> None:
    """Of that field only, with its own words; an edit that merely follows the correction is no news."""
    corrected = f"[정정공고]{TITLE}"
    take(call("lh-rental", "1001", fields=DATES | {"homes": "30"}))
    take(call("lh-rental", "1002", corrected, 3, fields={"opens": "2026-09-10", "closes": "2026-09-16", "homes": "35"}))
    assert said(store, "closes", "homes") == ("2026-09-16", 35)
    before = store.events.last_id()
    take(call("lh-rental", "1001", fields={"opens": "2026-09-10", "closes": "2026-09-16", "homes": "30"}))
    assert (store.events.last_id(), said(store, "closes", "homes")) == (before, ("2026-09-16", 35))
    take(call("lh-rental", "1001", fields={"opens": "2026-09-10", "closes": "2026-09-21", "homes": "30"}))
    assert store.events.last_id() == before + 1
    assert said(store, "closes", "homes") == ("2026-09-21", 35)
    assert only(store).facts["closes"].words == "2026-09-21"
    take(call("lh-rental", "1002", corrected, 3, fields={"opens": "2026-09-10", "closes": "2026-09-25", "homes": "35"}))
    assert said(store, "closes", "homes") == ("2026-09-25", 35)


def test_a_copy_that_is_edited_after_a_correction_changes_nothing_of_it(store: Store, take: Take) -> None:
    take(call("lh-rental", "1001", fields=DATES))
    take(call("haetsal", "7", fields=DATES))
    take(call("lh-rental", "1002", f"[정정공고]{TITLE}", 3, fields={"opens": "2026-09-10", "closes": "2026-09-16"}))
    take(call("haetsal", "7", fields={"opens": "2026-09-10", "closes": "2026-09-14"}))
    assert said(store, "closes") == ("2026-09-16",)


def test_a_later_correction_has_the_word_again(store: Store, take: Take) -> None:
    take(call("lh-rental", "1001", fields=DATES))
    take(call("lh-rental", "1002", f"[정정공고]{TITLE}", 3, fields={"opens": "2026-09-10", "closes": "2026-09-16"}))
    take(call("lh-rental", "1001", fields={"opens": "2026-09-10", "closes": "2026-09-21"}))
    take(call("lh-rental", "1003", f"[정정공고]{TITLE}", 5, fields={"opens": "2026-09-10", "closes": "2026-09-18"}))
    assert said(store, "closes") == ("2026-09-18",)
