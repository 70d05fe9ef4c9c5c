"""Publishing: whole files, only what changed, the same bytes again, nothing left behind."""

from __future__ import annotations

import os
import shutil
from datetime import date, timedelta
from pathlib import Path
from typing import Any

import feedparser
import pytest

from feeds.channel import Site
from feeds.publish import publish_shelf, site
from notices.errors import Refusal, WrongUse
from notices.model import Region
from tests.feeds.made import announcement, corrected, event, fact, seen
from tests.feeds.shelf import MadeShelf

DAY = date(2026, 9, 7)
SITE = Site("https://feeds.example.org/", "집알림")


def other(number: int, **given: Any) -> Any:
    told = announcement(
        id=number, uid=f"gureum:{number}", title=f"구름마을 {number}단지 행복주택 모집", supply=("행복주택",), audience=("청년",),
        regions=(Region("서울특별시 강서구", "11500"),), seen=(seen(source="gureum", source_title="구름구청"),), **given,
    )  # fmt: skip
    return event(number, announcement=told)


def shelf() -> MadeShelf:
    return MadeShelf([*reversed(corrected()), other(50), other(51)])


def contents(folder: Path) -> dict[str, bytes]:
    return {p.relative_to(folder).as_posix(): p.read_bytes() for p in sorted(folder.rglob("*")) if p.is_file()}


def test_every_selection_with_notices_has_its_feeds(tmp_path: Path) -> None:
    done = publish_shelf(shelf(), tmp_path, SITE, DAY)
    stems = {p.rpartition(".")[0] for p in contents(tmp_path / "feeds") if p.endswith(".xml")}
    assert stems == {
        "all", "closing", "corrections", "region/41", "region/41480", "region/11", "region/11500", "supply/national-rental",
        "supply/happy-housing", "audience/youth", "audience/senior", "section/rental", "source/haetsal", "source/gureum",
    }  # fmt: skip
    assert done.feeds == len(stems)
    assert all(path.isascii() for path in done.written)


def test_publishing_again_writes_nothing_and_asks_nothing(tmp_path: Path) -> None:
    made = shelf()
    first = publish_shelf(made, tmp_path, SITE, DAY)
    before, asked = {p: p.stat().st_mtime_ns for p in tmp_path.rglob("*")}, made.asked
    again = publish_shelf(made, tmp_path, SITE, DAY)
    assert (again.written, again.removed, again.unchanged) == ((), (), len(first.written))
    assert made.asked == asked
    assert {p: p.stat().st_mtime_ns for p in tmp_path.rglob("*")} == before


def test_one_new_notice_rebuilds_what_it_touches_and_equals_a_fresh_build(tmp_path: Path) -> None:
    made = shelf()
    publish_shelf(made, tmp_path / "kept", SITE, DAY)
    made.add(other(52))
    done = publish_shelf(made, tmp_path / "kept", SITE, DAY)
    assert {p.rpartition(".")[0] for p in done.written if p.endswith(".xml")} == {
        "all", "closing", "region/11", "region/11500", "supply/happy-housing", "audience/youth", "section/rental", "source/gureum",
    }  # fmt: skip
    publish_shelf(made, tmp_path / "fresh", SITE, DAY)
    assert contents(tmp_path / "kept") == contents(tmp_path / "fresh")


def test_a_notice_of_the_whole_country_reaches_every_region(tmp_path: Path) -> None:
    made = shelf()
    publish_shelf(made, tmp_path, SITE, DAY)
    wide = event(60, announcement=announcement(id=60, regions=(Region("경기도", "41000"),)))
    made.add(wide)
    done = publish_shelf(made, tmp_path, SITE, DAY)
    assert "region/41.xml" in done.written
    assert "region/11.xml" not in done.written


def test_a_withdrawn_notice_leaves_every_file(tmp_path: Path) -> None:
    made = shelf()
    publish_shelf(made, tmp_path, SITE, DAY)
    made.withdraw(1)
    done = publish_shelf(made, tmp_path, SITE, DAY)
    assert "region/41480.xml" in done.removed
    assert not any("국민임대".encode() in content for content in contents(tmp_path).values())
    assert "파주시".encode() not in (tmp_path / "feeds/feeds.opml").read_bytes()


def test_overnight_only_deadlines_change(tmp_path: Path) -> None:
    made = shelf()
    publish_shelf(made, tmp_path, SITE, date(2026, 9, 1))
    closing = feedparser.parse((tmp_path / "feeds/closing.xml").read_bytes())
    assert closing.entries == []
    done = publish_shelf(made, tmp_path, SITE, DAY)
    assert {p for p in done.written if not p.startswith("closing.")} == set()
    assert feedparser.parse((tmp_path / "feeds/closing.xml").read_bytes()).entries


def test_a_full_disk_midway_leaves_yesterday_s_files_whole(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    made = shelf()
    publish_shelf(made, tmp_path, SITE, DAY)
    before = contents(tmp_path)
    made.add(other(52))
    synced = os.fsync
    calls = iter(range(1000))

    def full(handle: int) -> None:
        if next(calls) >= 3:
            raise OSError(28, "No space left on device")
        synced(handle)

    monkeypatch.setattr(os, "fsync", full)
    with pytest.raises(Refusal, match="디스크"):
        publish_shelf(made, tmp_path, SITE, DAY)
    monkeypatch.undo()
    after = contents(tmp_path)
    assert set(after) == set(before), "no half file, nothing missing"
    assert 0 < sum(after[p] != before[p] for p in before) <= 3
    publish_shelf(made, tmp_path, SITE, DAY)
    publish_shelf(made, tmp_path / "fresh", SITE, DAY)
    assert contents(tmp_path / "feeds") == contents(tmp_path / "fresh/feeds")


def test_a_killed_run_s_half_files_are_swept(tmp_path: Path) -> None:
    publish_shelf(shelf(), tmp_path, SITE, DAY)
    half = tmp_path / "feeds/region/.41.xml.part"
    half.write_bytes(b"<rss")
    publish_shelf(shelf(), tmp_path, SITE, DAY)
    assert not half.exists()


@pytest.mark.parametrize("harm", ["manifest gone", "manifest broken", "file gone", "file cut", "folder gone"])
def test_harm_is_healed(tmp_path: Path, harm: str) -> None:
    made = shelf()
    publish_shelf(made, tmp_path, SITE, DAY)
    before = contents(tmp_path)
    root = tmp_path / "feeds"
    match harm:
        case "manifest gone":
            (root / "manifest.json").unlink()
        case "manifest broken":
            (root / "manifest.json").write_bytes(b'{"form": 1, "feeds": []}')
        case "file gone":
            (root / "region/41.atom").unlink()
        case "file cut":
            (root / "region/41.atom").write_bytes(b"<feed")
        case _:
            shutil.rmtree(root / "region")
    publish_shelf(made, tmp_path, SITE, DAY)
    assert contents(tmp_path) == before


def test_a_lost_manifest_leaves_no_orphans(tmp_path: Path) -> None:
    made = shelf()
    publish_shelf(made, tmp_path, SITE, DAY)
    made.withdraw(1)
    (tmp_path / "feeds/manifest.json").unlink()
    assert "region/41480.xml" in publish_shelf(made, tmp_path, SITE, DAY).removed


def test_a_manifest_never_reaches_outside_the_folder(tmp_path: Path) -> None:
    outside = tmp_path / "outside.xml"
    outside.write_text("mine")
    publish_shelf(shelf(), tmp_path, SITE, DAY)
    kept = tmp_path / "feeds/manifest.json"
    kept.write_text(kept.read_text().replace("region/41.xml", "../outside.xml"))
    publish_shelf(shelf(), tmp_path, SITE, DAY)
    assert outside.read_text() == "mine"


def test_one_bad_event_is_named_and_spoils_no_feed(tmp_path: Path) -> None:
    bad = event(70, announcement=announcement(id=70, attachments=(None,)))
    done = publish_shelf(MadeShelf([other(50), bad]), tmp_path, SITE, DAY)
    assert any("170" in sentence for sentence in done.left_out)
    assert len(feedparser.parse((tmp_path / "feeds/all.xml").read_bytes()).entries) == 1


def test_hostile_names_of_sources_and_terms_make_no_paths(tmp_path: Path) -> None:
    told = announcement(
        supply=("../../etc/passwd", "A B"), audience=("\x00",), regions=(Region("가", "../x"),), section="</x>",
        seen=(seen(source="../../boo", source_title="<script>"), seen(source=".hidden")),
    )  # fmt: skip
    done = publish_shelf(MadeShelf([event(announcement=told)]), tmp_path, SITE, DAY)
    assert all(".." not in p and p.isascii() and " " not in p for p in done.written)
    assert {p.name for p in tmp_path.iterdir()} == {"feeds"}


def test_settings_are_checked_and_a_new_title_rebuilds(tmp_path: Path) -> None:
    with pytest.raises(WrongUse, match="base_url"):
        site("ftp://x.example.org", "집알림")
    with pytest.raises(WrongUse, match="feedback_url"):
        site("https://x.example.org", "집알림", "javascript:alert(1)")
    assert site("https://x.example.org/a", "집\n알림").base_url == "https://x.example.org/a/"
    publish_shelf(shelf(), tmp_path, SITE, DAY)
    assert "all.xml" in publish_shelf(shelf(), tmp_path, Site(SITE.base_url, "햇살센터"), DAY).written


def test_feedback_stands_in_every_entry_or_nowhere(tmp_path: Path) -> None:
    ask = "https://forms.example.org/ask"
    publish_shelf(shelf(), tmp_path / "with", Site(SITE.base_url, "집알림", ask), DAY)
    publish_shelf(shelf(), tmp_path / "without", SITE, DAY)
    assert (tmp_path / "with/feeds/all.json").read_text().count(ask) == 5
    assert "틀린 곳 알리기" not in (tmp_path / "without/feeds/all.json").read_text()


def test_hundred_newest_entries_in_order(tmp_path: Path) -> None:
    publish_shelf(MadeShelf([other(n) for n in range(1, 131)]), tmp_path, SITE, DAY)
    entries = feedparser.parse((tmp_path / "feeds/all.xml").read_bytes()).entries
    assert [e.id.rpartition("/")[2] for e in entries] == [str(100 + n) for n in range(130, 30, -1)]


def test_closed_and_undated_are_not_closing(tmp_path: Path) -> None:
    told = [
        announcement(id=n, facts={"closes": fact("closes", c)} if c else {})
        for n, c in ((1, "2026-09-06"), (2, "2026-09-07"), (3, "2026-09-14T18:00"), (4, "2026-09-15"), (5, ""))
    ]
    publish_shelf(MadeShelf([event(t.id, announcement=t) for t in told]), tmp_path, SITE, DAY)
    entries = feedparser.parse((tmp_path / "feeds/closing.xml").read_bytes()).entries
    assert sorted(e.id.rpartition("/")[2] for e in entries) == ["102", "103"]


def test_corrections_hold_corrections_only(tmp_path: Path) -> None:
    publish_shelf(shelf(), tmp_path, SITE, DAY + timedelta(days=1))
    entries = feedparser.parse((tmp_path / "feeds/corrections.xml").read_bytes()).entries
    assert [e.title for e in entries] == ["[정정] 햇살마을 1단지 국민임대 예비입주자 모집"]
