"""The demo plays the whole way; every number of its account comes from the pages."""

from __future__ import annotations

import shutil
from importlib.resources import as_file, files
from pathlib import Path

import feedparser
import pytest

from jiballim import config
from jiballim.demo import play, sites
from notices.model import RunState

pytestmark = pytest.mark.xdist_group("demo")


def test_four_mornings_are_heard_and_told(played: play.Played) -> None:
    told = played.told
    assert len(told.runs) == 2 * len(sites.DAYS)
    assert [(run.source, told.healed(run)) for run in told.troubled] == [("geumcheon-notice", True)]
    assert [event.title for event in told.corrected] == ["[정정공고]파주햇살마을3단지 국민임대주택 예비입주자 모집"]
    changed = {change.field: (change.old, change.new) for change in told.corrected[0].changes}
    assert changed["closes"] == ("2026-11-10", "2026-11-17")
    assert len(played.subjects) == len(sites.DAYS)


def test_one_announcement_on_two_boards_is_told_once(played: play.Played) -> None:
    twice = [event for event in played.told.new if len({seen.source for seen in event.announcement.seen}) > 1]
    assert len(twice) == 1
    assert [event.title for event in played.told.new].count(twice[0].title) == 1


def test_a_changed_status_is_no_news(played: play.Played) -> None:
    assert all(event.changes or event.kind != "revision" for event in played.told.corrected)


def test_feeds_are_whole(played: play.Played) -> None:
    for path in (played.settings.public / "feeds").rglob("*.xml"):
        feed = feedparser.parse(str(path))
        assert not feed.bozo, path
    everything = feedparser.parse(str(played.settings.public / "feeds/all.xml"))
    assert any("정정" in entry.title for entry in everything.entries)


def test_the_account_is_korean_and_says_what_to_do_next(played: play.Played) -> None:
    said = "\n".join(play.lines(played))
    assert str(played.settings.database) in said
    assert "search 파주" in said
    assert "다음에 해 볼 것" in said


def test_a_changed_page_changes_the_account(played: play.Played, tmp_path: Path) -> None:
    with as_file(files("jiballim.demo") / "sites") as own:
        shutil.copytree(own, tmp_path / "sites")
    pages = tmp_path / "sites"
    listing = pages / "day4" / "apply.lh.or.kr" / "selectWrtancList.do.html"
    listing.write_text(listing.read_text("utf-8").replace("천안두레1단지", "아산두레1단지"), "utf-8")
    (pages / "day3" / "www.geumcheon.go.kr" / "selectBbsNttList.do.html").unlink()  # the board stays well
    (tmp_path / "demo").mkdir()
    (tmp_path / "demo" / "jiballim.db").write_text("left by an earlier demo", "utf-8")
    told = play.play(tmp_path / "demo", pages=pages).told
    assert told.well
    assert any("아산두레1단지" in event.title for event in told.new)
    assert not any("천안두레1단지" in event.title for event in told.new)


def test_the_written_settings_are_settings(played: play.Played) -> None:
    assert config.load(played.settings.home).sources == sites.SOURCES
    assert {run.state for run in played.told.runs} == {RunState.DONE, RunState.FAILED}
