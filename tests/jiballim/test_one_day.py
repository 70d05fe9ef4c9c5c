"""One day over stand-ins of every source: each announcement once with all its sources, everywhere; and no key anywhere."""

from __future__ import annotations

import json
import random
import re
from collections import Counter
from html import escape
from pathlib import Path
from typing import Any

import pytest

from feeds.entry import uri
from feeds.site.card import slug
from jiballim.demo import play, telling
from jiballim.demo.sites import KEYS, Sites
from jiballim.demo.world import DAYS
from notices.model import RunState
from notices.store import Store
from notices.store.views import Selection
from spiders import crawl
from spiders.registry import load
from spiders.standins import serve
from tests.jiballim.day import Day
from tests.secrecy import assert_no_key

pytestmark = pytest.mark.xdist_group("demo")

WANTED = Path(__file__).with_name("one_day.json")
"""What the day announces, written by hand: the sources of each, and what else is told of it in the feeds."""

SECRETS = [*(value for name, value in KEYS.items() if "NAVER" not in name), *KEYS["JIBALLIM_NAVER_KEY"].split(":")[1:]]


def test_every_source_is_read_to_its_end(day: Day) -> None:
    assert {(run.state, run.sentence) for run in day.runs.values()} == {(RunState.DONE, None)}


def test_the_day_covers_every_national_source_that_is_not_closed(day: Day) -> None:
    folders = {"national", "corporations"}
    ours = {s.name for s in load().values() if s.path and s.path.parent.name in folders and not s.closed}
    assert ours <= day.runs.keys()
    assert day.runs.keys() - ours == {"geumcheon-notice", "paju-notice", "sample-centre-blog"}


def told(day: Day) -> list[dict[str, Any]]:
    """What the day's store and feeds say of each announcement."""
    entries: dict[str, str] = {}
    for path in (day.settings.public / "feeds").rglob("*.json"):
        entries |= {item["id"]: item["title"] for item in json.loads(path.read_text("utf-8")).get("items", ())}
    found: dict[int, dict[str, Any]] = {
        n: {"title": title, "sources": [], "entries": []} for n, title in day.rows("SELECT id, title FROM announcement")
    }
    for n, source in day.rows("SELECT DISTINCT announcement_id, source FROM notice ORDER BY source"):
        found[n]["sources"].append(source)
    for n, guid in day.rows("SELECT announcement_id, guid FROM event"):
        found[n]["entries"] += [entry] if (entry := entries.get(uri(guid))) else []
    return sorted(found.values(), key=lambda each: str(each["title"]))


def test_each_announcement_stands_once_with_all_its_sources(day: Day, accept: bool) -> None:
    """In the store and in the feeds; the board's other posts are known, and told to nobody."""
    found = told(day)
    if accept:
        WANTED.write_text(json.dumps(found, ensure_ascii=False, indent=1) + "\n", "utf-8")
    assert found == json.loads(WANTED.read_text("utf-8"))


def test_the_order_in_which_sources_answer_changes_nothing(tmp_path: Path) -> None:
    """One by one, in an order of chance: the same announcements with the same sources, and the same of each."""
    sites = Sites()
    settings, names = play.settle(tmp_path / "home", sites), sorted(sites.sites)
    random.Random(7).shuffle(names)
    with serve(sites) as served, play.environment(KEYS):
        alone = [crawl.Day((name,), DAYS[-1], served.labelled(str(len(DAYS)))) for name in names]
        crawl.days(alone, home=settings.home)
    wanted = {tuple(each["sources"]) for each in json.loads(WANTED.read_text("utf-8"))}
    with Store.open(settings.database, readonly=True) as store:
        found = store.announcements.select(Selection(relevant=None), limit=100)
    assert {tuple(sorted({seen.source for seen in one.seen})) for one in found} == wanted
    (busan,) = [one for one in found if "등대마을" in one.title]
    assert ([region.name for region in busan.regions], busan.facts["deposit"].value) == (
        ["부산광역시 영도구"],
        18_000_000,
    )


def test_no_feed_holds_an_entry_twice(day: Day) -> None:
    for path in (day.settings.public / "feeds").rglob("*.json"):
        if "items" in (feed := json.loads(path.read_text("utf-8"))):
            ids = Counter(item["id"] for item in feed["items"])
            assert not [guid for guid, count in ids.items() if count > 1], path


def test_the_page_of_an_announcement_names_all_its_sources(day: Day) -> None:
    with Store.open(day.settings.database, readonly=True) as store:
        shown = store.announcements.among(n for (n,) in day.rows("SELECT id FROM announcement WHERE relevant"))
    assert len(shown) > 30
    for one in shown.values():
        page = (day.settings.public / "notice" / f"{slug(one.uid)}.html").read_text("utf-8")
        assert [seen.source_title for seen in one.seen if escape(seen.source_title) not in page] == [], one.title


def test_the_page_of_sources_names_those_that_were_heard_and_no_other(day: Day) -> None:
    page = (day.settings.public / "health.html").read_text("utf-8")
    assert f"{len(day.runs)}곳 가운데 {len(day.runs)}곳" in page
    assert "아직 듣기를 시작하지" not in page


def test_every_entry_leads_to_the_publisher_where_it_is_heard(day: Day) -> None:
    feed = json.loads((day.settings.public / "feeds/all.json").read_text("utf-8"))
    led = {item["title"]: item["url"] for item in feed["items"]}
    assert "apply.lh.or.kr" in led["서울금천별빛 행복주택 예비입주자 모집공고"]
    assert "apply.gh.or.kr" in led["별빛마을5단지 국민임대주택 예비입주자 모집공고"]
    assert "www.myhome.go.kr" in led["구름마을 영구임대주택 예비입주자 모집공고"]


def test_what_one_place_leaves_unsaid_another_says(day: Day) -> None:
    """GH's page has the hours, 마이홈 the town and the sums: the announcement has them all, and GH's later last day."""
    with Store.open(day.settings.database, readonly=True) as store:
        (one,) = store.announcements.select(Selection(words="별빛마을5단지"))
    said = {name: one.facts[name].value for name in ("opens", "closes", "homes", "deposit", "rent", "address")}
    assert said == {
        "opens": "2026-11-10T10:00", "closes": "2026-11-13T17:00", "homes": 44, "deposit": 21_000_000,
        "rent": 201_000, "address": "경기도 하남시 별빛로 5",
    }  # fmt: skip
    assert [region.name for region in one.regions] == ["경기도 하남시"]


def test_a_correction_that_names_no_town_is_where_its_original_is(day: Day) -> None:
    with Store.open(day.settings.database, readonly=True) as store:
        (one,) = store.announcements.select(Selection(words="달빛마을3단지"))
    assert one.corrected
    assert [region.name for region in one.regions] == ["서울특별시 금천구"]


def test_a_page_names_who_lets_the_homes(day: Day) -> None:
    """마이홈 carries the calls of corporations whose own sites are closed to readers."""
    page = day.settings.public / "notice/myhome.30008.html"
    page = page if page.exists() else page.with_name("myhome-web.30008.html")
    assert '<p class="by">대구도시개발공사' in page.read_text("utf-8")


def test_the_digest_tells_each_once(day: Day) -> None:
    """But for what closes today or tomorrow, which is said again."""
    (letter,) = [text for (text,) in day.rows("SELECT text FROM delivery")]
    groups = dict(part.split("\n", 1) for part in letter.split("\n■ ")[1:])
    news = "\n".join(lines for name, lines in groups.items() if "마감" not in name)
    said = Counter(re.findall(r"https://\S+", news))
    with Store.open(day.settings.database, readonly=True) as store:
        shown = store.announcements.among(n for (n,) in day.rows("SELECT id FROM announcement WHERE relevant"))
    for one in shown.values():
        lines = sum(said[url] for url in {seen.url for seen in one.seen if seen.url})
        assert lines == (2 if one.supply == ("든든전세",) else 1), one.title  # HUG has one address for all


def test_no_key_is_in_anything_that_the_day_wrote(day: Day) -> None:
    """Though LH's API echoes it; at the level at which the log says the most."""
    assert "DEBUG" in (day.settings.home / "crawl.log").read_text("utf-8")
    assert (day.settings.public / "feeds/all.xml").exists()
    assert_no_key(SECRETS, day.settings.home, day.said, *(json.dumps(dict(r.form)) for r in day.served.requests))


def test_no_key_is_in_anything_that_the_mornings_wrote(played: play.Played) -> None:
    """Though a site repeats it in an error with 200, another in the address that it sends the reader to."""
    assert_no_key(SECRETS, played.settings.home, "\n".join(telling.lines(played)))
    assert any(run.source == "hug-api" and run.reason == "unreadable" for run in played.told.troubled)


def test_a_key_goes_to_its_own_host_and_tells_no_other(day: Day) -> None:
    keyed = {"apis.data.go.kr", "api.odcloud.kr", "openapi.naver.com", "www.khug.or.kr"}
    for request in day.served.requests:
        if request.host in keyed:
            assert "key" not in request.headers.get("referer", "").lower()
        else:
            told = [*request.query.values(), *request.form.values(), *request.headers.values()]
            assert not [value for value in told if any(secret in value for secret in SECRETS)]
    sent = [r for r in day.served.requests if r.host == "apis.data.go.kr"]
    assert sent
    assert {r.query["serviceKey"] for r in sent} == {KEYS["JIBALLIM_DATAGOKR_KEY"]}


def test_requests_are_counted_for_each_operation_and_day(day: Day) -> None:
    counted = dict(day.rows("SELECT operation, asked FROM quota WHERE day = '2026-11-05'"))
    sent = Counter(f"{r.host}{r.path}" for r in day.served.requests)
    for operation in ("apis.data.go.kr/1613000/HWSPR02/rsdtRcritNtcList", "www.khug.or.kr/SelectListInfo.do"):
        assert int(counted[operation]) == sent[operation] == 1


def test_a_correction_is_known_by_the_number_that_it_names(day: Day) -> None:
    said = "SELECT DISTINCT announcement_id FROM notice WHERE key IN ('30001', '30011', '2015122300091042')"
    assert len(day.rows(said)) == 1


def test_facts_come_from_the_fields_that_name_them(day: Day) -> None:
    facts = {
        (source, key, field): (value, document)
        for source, key, field, value, document in day.rows(
            "SELECT n.source, n.key, f.field, f.value, f.document FROM fact f JOIN notice n ON n.id = f.notice_id"
        )
    }
    for field, value in {
        "closes": '"2026-11-10"', "opens": '"2026-11-09"', "homes": "84", "deposit": "10800000", "rent": "154500",
        "supply": '"국민임대"', "contact": '"1600-1004"', "publisher": '"LH"', "external_key": '"lh:2015122300091001"',
    }.items():  # fmt: skip
        assert facts["myhome", "30001", field] == (value, f"field:{field}"), field
    assert facts["myhome", "30011", "corrects"][0] == '"myhome:30001"'
    assert facts["gh-rental", "901", "closes"] == ('"2026-11-13T17:00"', "field:closes")
    assert facts["lh-api", "2015122300091042", "opens"][0] == '"2026-11-16"'
