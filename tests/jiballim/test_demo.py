"""The demo plays the whole way; every number of its account comes from the pages."""

from __future__ import annotations

import os
import shutil
from collections import Counter
from importlib.resources import as_file
from pathlib import Path

import feedparser
import pytest

from jiballim import compose, config
from jiballim.demo import play, telling
from jiballim.demo.sites import ROOT, Sites
from jiballim.demo.world import DAYS
from notices.model import RunState
from notices.store.views import Selection
from spiders.registry import load

pytestmark = pytest.mark.xdist_group("demo")


FAULTY = {"geumcheon-notice", "hug-api"}
"""The sources that fail one morning."""


def test_four_mornings_are_heard_and_told(played: play.Played) -> None:
    told = played.told
    assert {run.source for run in told.runs} == set(Sites().sites)
    assert {(run.source, told.healed(run)) for run in told.troubled} == {(name, True) for name in FAULTY}
    assert len(played.subjects) == len(DAYS)


def test_without_its_key_an_api_is_off_and_then_takes_the_place_of_the_page(played: play.Played) -> None:
    heard = Counter(run.source for run in played.told.runs)
    assert {name: heard[name] for name in ("myhome-web", "hug-lease")} == {"myhome-web": 1, "hug-lease": 1}
    assert {name: heard[name] for name in ("myhome", "hug-api", "lh-api", "naver-news")} == dict.fromkeys(
        ("myhome", "hug-api", "lh-api", "naver-news"), len(DAYS) - 1
    )


def test_every_kind_of_correction_is_told_once(played: play.Played) -> None:
    """A new number with a mark, a new number with a prefix, and a post edited without a word."""
    titles = [event.title for event in played.told.corrected]
    assert len(titles) == 3
    for words in ("파주햇살마을3단지", "[수정] 달빛마을3단지", "별빛마을5단지"):
        assert len([title for title in titles if words in title]) == 1, words
    (paju,) = [event for event in played.told.corrected if "파주" in event.title]
    changed = {change.field: (change.old, change.new) for change in paju.changes}
    assert changed["closes"] == ("2026-11-10", "2026-11-17")
    (edited,) = [event for event in played.told.corrected if "별빛" in event.title]
    assert {c.field: (c.old, c.new) for c in edited.changes} == {"closes": ("2026-11-12T17:00", "2026-11-13T17:00")}


def test_one_announcement_at_many_sources_is_told_once(played: play.Played) -> None:
    titles = [event.title for event in played.told.new]
    assert len(titles) == len(set(titles))
    (paju,) = [event for event in played.told.new if "파주햇살마을3단지" in event.title]
    assert {seen.source for seen in paju.announcement.seen} == {
        "lh-rental", "lh-api", "myhome", "myhome-web", "paju-notice",
    }  # fmt: skip
    (follow_up,) = played.told.follow_ups
    assert "서류심사대상자 발표" in follow_up.title


def test_an_empty_cell_takes_back_nothing(played: play.Played) -> None:
    """마이홈's row of the third morning, whose sums and last day are empty."""
    with compose.store(played.settings, readonly=True) as store:
        (jeonju,) = store.announcements.select(Selection(words="전주물레방아2단지"))
        (row,) = [seen.notice_id for seen in jeonju.seen if seen.source == "myhome"]
        read = store.notices.readings([row])[row]
    assert (read.first("closes"), read.first("deposit")) == ("2026-11-13", 2450000)


def test_what_was_sent_lies_beside_what_was_published(played: play.Played) -> None:
    letters = sorted((played.settings.home / play.LETTERS).iterdir())
    assert [letter.read_text("utf-8").splitlines()[0] for letter in letters] == list(played.subjects)


def test_a_changed_status_is_no_news(played: play.Played) -> None:
    assert all(event.changes or event.kind != "revision" for event in played.told.corrected)


def test_feeds_are_whole(played: play.Played) -> None:
    for path in (played.settings.public / "feeds").rglob("*.xml"):
        feed = feedparser.parse(str(path))
        assert not feed.bozo, path
    everything = feedparser.parse(str(played.settings.public / "feeds/all.xml"))
    assert any("정정" in entry.title for entry in everything.entries)


def test_the_account_is_korean_and_says_what_to_do_next(played: play.Played) -> None:
    said = "\n".join(telling.lines(played))
    assert f"{played.settings.home}에 모두 있습니다" in said
    assert len(said.splitlines()) <= 45
    apis = {name for name, source in load(played.settings.own_sources).items() if source.key} & set(Sites().sites)
    assert f"출처 {len(Sites().sites)}곳" in said
    assert f"열쇠 없이 {len(Sites().sites) - len(apis)}곳" in said
    assert f"API {len(apis)}곳" in said
    assert "search 파주" in said
    assert "다음에 해 볼 것" in said


def test_a_changed_announcement_changes_the_account(tmp_path: Path) -> None:
    """Also over what an earlier demo left; without a fault all is well."""
    with as_file(ROOT) as own:
        shutil.copytree(own, tmp_path / "sites")
    told_there, sites = tmp_path / "sites" / "announcements.toml", tmp_path / "sites" / "sites.toml"
    told_there.write_text(told_there.read_text("utf-8").replace("천안두레1단지", "아산두레1단지"), "utf-8")
    kept = [part for part in sites.read_text("utf-8").split("\n\n") if part.startswith(("[lh-rental]", "[geumcheon"))]
    sites.write_text("\n".join(kept).replace("faults.3 = {", "off = {"), "utf-8")
    (tmp_path / "demo").mkdir()
    (tmp_path / "demo" / "jiballim.db").write_text("left by an earlier demo", "utf-8")
    told = play.play(tmp_path / "demo", root=tmp_path / "sites").told
    assert told.well
    assert any("아산두레1단지" in event.title for event in told.new)
    assert not any("천안두레1단지" in event.title for event in told.new)


def test_the_written_settings_are_settings(played: play.Played) -> None:
    assert config.load(played.settings.home).sources == tuple(Sites().sites)
    assert {run.state for run in played.told.runs} == {RunState.DONE, RunState.FAILED}


def test_the_readmes_count_the_sample_sites() -> None:
    root = Path(__file__).resolve().parents[2]
    assert f"sample sites of {len(Sites().sites)} sources" in (root / "README.md").read_text("utf-8")
    assert f"출처 {len(Sites().sites)}곳의 견본 사이트" in (root / "README.ko.md").read_text("utf-8")


def test_the_operators_own_keys_are_neither_used_nor_lost(monkeypatch: pytest.MonkeyPatch) -> None:
    name, other = "JIBALLIM_DATAGOKR_KEY", "JIBALLIM_HUG_KEY"
    monkeypatch.setenv(name, "the operator's")
    monkeypatch.delenv(other, raising=False)
    with play.environment({name: None, other: "sample"}):
        assert (os.environ.get(name), os.environ[other]) == (None, "sample")
    assert (os.environ[name], os.environ.get(other)) == ("the operator's", None)
