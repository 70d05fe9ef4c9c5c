"""From pick to post: once each, flagged when the source corrects it, updated by one command, taken down when withdrawn."""

from __future__ import annotations

import subprocess
import sys
from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest

from desk.blog import rest
from desk.blog.publish import Outcome, done, flagged, publish
from desk.blog.targets import targets
from desk.centre import Desk
from desk.queue import OUTDATED, WAITING, Item, queue
from desk.withdraw import take_down, withdraw
from notices.errors import WrongUse
from notices.model import PageRead
from notices.store import Store
from tests.desk import standin
from tests.desk.made import CITY, ENVIRONMENT, NOW, TITLE, TODAY, blog, corrected, desk, notice, store, take


@pytest.fixture
def held(tmp_path: Path) -> Iterator[Store]:
    with store(tmp_path) as opened:
        take(opened, notice(), notice("201", "햇살시 청년 이사비 지원사업 신청 안내", fields={}))
        yield opened


@pytest.fixture
def there(monkeypatch: pytest.MonkeyPatch) -> Iterator[standin.Blog]:
    monkeypatch.setattr(rest, "TIMEOUT", 0.5)
    with standin.serve() as served:
        yield served


def wordpress(there: standin.Blog) -> Desk:
    return desk(blogs=(blog("wordpress", site=there.url, user_env="WP_USER", password_env="WP_PASSWORD"),))


def paste(folder: Path) -> Desk:
    return desk(blogs=(blog("paste", folder=folder / "out"),))


def go(held: Store, by: Desk, *ids: int, days: int = 0, **said: Any) -> list[Outcome]:
    opened = targets(by, said.pop("environment", ENVIRONMENT), TODAY + timedelta(days=days))
    return publish(held, by, opened, ids, NOW + timedelta(days=days), TODAY + timedelta(days=days), **said)


def line(held: Store, by: Desk, number: int) -> Item | None:
    return next((item for item in queue(held, by, NOW) if item.announcement.id == number), None)


def test_three_picks_make_three_posts_and_a_second_run_none(held: Store, there: standin.Blog) -> None:
    take(held, notice("202", "달빛마을 국민임대 예비입주자 모집"))
    by = wordpress(there)
    for number in (1, 2, 3):
        held.curation.decide(by.name, number, "picked", NOW, None, None)
    assert [o.state for o in go(held, by)] == ["created"] * 3
    assert go(held, by) == []
    assert len(there.posts) == 3
    assert line(held, by, 1) is None, "what is posted leaves the queue"


def test_a_correction_flags_the_post_and_one_command_updates_it(held: Store, there: standin.Blog) -> None:
    by = wordpress(there)
    go(held, by, 1)
    assert flagged(held) == []
    corrected(held)
    item = line(held, by, 1)
    assert item is not None
    assert (item.state, item.reasons[0]) == ("outdated", f"{OUTDATED}: 접수마감 9.12 17시 → 9.19 17시")
    assert queue(held, by, NOW)[0] == item
    assert [post.announcement_id for post in flagged(held)] == [1]
    assert [o.state for o in go(held, by, 1)] == ["updated"]
    assert (len(there.posts), flagged(held)) == (1, [])
    assert "정정된 내용" in there.posts[1]["content"]["raw"]


def test_one_that_was_called_off_is_flagged_too(held: Store, there: standin.Blog) -> None:
    by = wordpress(there)
    go(held, by, 1)
    take(held, notice("103", f"[취소] {TITLE} 취소 공고", fields={}), at=NOW)
    told = held.announcements.get(1)
    assert told is not None and told.cancelled
    assert [post.announcement_id for post in flagged(held)] == [1]
    go(held, by)
    assert there.posts[1]["title"]["raw"].startswith("[취소]")


def test_a_fault_is_named_and_the_rest_goes_on(held: Store, there: standin.Blog) -> None:
    by = wordpress(there)
    there.faults["500"] = 1
    outcomes = go(held, by, 1, 2)
    assert [o.state for o in outcomes] == ["failed", "created"]
    assert "500" in outcomes[0].said
    assert [o.announcement_id for o in go(held, by)] == [1], "what failed is due again"
    assert len(there.posts) == 2


def test_a_wrong_login_is_asked_once(held: Store, there: standin.Blog) -> None:
    there.faults["401"] = -1
    assert [o.state for o in go(held, wordpress(there), 1, 2)] == ["failed", "failed"]
    assert len(there.asked) == 1
    environment = {"WP_USER": "writer"}
    (outcome,) = go(held, wordpress(there), 1, environment=environment)
    assert "WP_PASSWORD" in outcome.said and len(there.asked) == 1


def test_what_a_person_changed_on_the_blog_is_not_overwritten_unasked(held: Store, there: standin.Blog) -> None:
    by = wordpress(there)
    go(held, by, 1)
    there.posts[1]["content"]["raw"] = "사람이 쓴 글"
    corrected(held)
    (outcome,) = go(held, by)
    assert outcome.state == "failed" and "--overwrite" in outcome.said
    assert there.posts[1]["content"]["raw"] == "사람이 쓴 글" and len(flagged(held)) == 1
    assert [o.state for o in go(held, by, 1, overwrite=True)] == ["updated"]


def test_pasting_waits_for_a_person_and_a_correction_is_not_lost_in_between(held: Store, tmp_path: Path) -> None:
    by = paste(tmp_path)
    assert [o.state for o in go(held, by, 1)] == ["written"]
    item = line(held, by, 1)
    assert item is not None and WAITING in item.reasons
    assert held.curation.posted(by.name) == set()
    corrected(held)
    done(held, by, "1", NOW, "https://blog.naver.example/1")
    assert [(p.url, p.outdated) for p in flagged(held)] == [("https://blog.naver.example/1", True)]
    go(held, by)
    done(held, by, "1", NOW)
    assert flagged(held) == [] and held.curation.posted(by.name) == {1}


def test_two_centres_post_the_same_notice_each_for_itself(held: Store, tmp_path: Path) -> None:
    one, other = paste(tmp_path / "a"), desk(name="goyang", blogs=(blog("paste", folder=tmp_path / "b"),))
    go(held, one, 1)
    done(held, one, "1", NOW)
    assert [p.centre for p in held.curation.posts()] == ["paju"]
    go(held, other, 1)
    assert line(held, one, 1) is None and line(held, other, 1) is not None


def test_withdrawing_takes_posts_and_files_down(held: Store, there: standin.Blog, tmp_path: Path) -> None:
    by = desk(blogs=(*wordpress(there).blogs, blog("markdown", folder=tmp_path / "md"), *paste(tmp_path).blogs))
    go(held, by, 1)
    opened = {(by.name, name): t for name, t in targets(by, ENVIRONMENT, TODAY).items()}
    assert withdraw(held, [1, 99], NOW) == (1,)
    there.faults["500"] = 1
    down, left = take_down(held, opened)
    assert (len(down), len(left)) == (2, 1) and "500" in left[0]
    assert len(there.posts) == 1 and len(flagged(held)) == 1
    assert take_down(held, opened) == (("wordpress: notice-haetsal-101",), ())
    assert (there.posts, flagged(held), list((tmp_path / "md").iterdir())) == ({}, [], [])
    assert not list((tmp_path / "out").rglob("*.txt"))
    assert held.announcements.get(1) is None and held.search("3단지") == []
    take(held, notice(), at=NOW)
    assert held.search("3단지") == [], "a tombstone keeps it away"


def test_what_only_a_person_can_take_down_is_said_until_done(held: Store, tmp_path: Path) -> None:
    by = paste(tmp_path)
    go(held, by, 1)
    done(held, by, "1", NOW, "https://blog.naver.example/1")
    withdraw(held, [1], NOW)
    opened = {(by.name, name): t for name, t in targets(by, ENVIRONMENT, TODAY).items()}
    _, left = take_down(held, opened)
    assert "https://blog.naver.example/1" in left[0]
    assert "설정에 없는" in take_down(held, {})[1][0]
    assert "내린 것으로" in done(held, by, "notice-haetsal-101", NOW)
    assert flagged(held) == []
    with pytest.raises(WrongUse, match="그런 이름이 없습니다"):
        done(held, by, "notice-haetsal-101", NOW)


def test_an_unknown_number_is_refused(held: Store, there: standin.Blog) -> None:
    with pytest.raises(WrongUse, match="99"):
        go(held, wordpress(there), 99)
    with pytest.raises(WrongUse, match="붙여 넣는 블로그"):
        done(held, wordpress(there), "1", NOW)


def test_the_queue_says_why_and_leaves_out_what_is_hidden_or_over(held: Store) -> None:
    by = desk()
    take(
        held, notice("301", "파주시 햇살마을 영구임대 예비입주자 모집", fields={"closes": "2026-09-04"}),
        notice("302", "햇살시 청년 매입임대 입주자 모집", fields={"closes": "2026-08-01"}),
        notice("303", "햇살마을 9단지 국민임대 당첨자 발표", fields={}),
    )  # fmt: skip
    found = {item.announcement.title: item for item in queue(held, by, NOW)}
    first = queue(held, by, NOW)[0]
    assert "내일 마감" in first.reasons and "관내" in first.reasons and "새로 나옴" in first.reasons
    assert "햇살시 청년 매입임대 입주자 모집" not in found
    assert "발표라 제목과 링크만" in found["햇살마을 9단지 국민임대 당첨자 발표"].reasons
    assert "대상: 청년" in found["햇살시 청년 이사비 지원사업 신청 안내"].reasons
    held.curation.decide(by.name, first.announcement.id, "hidden", NOW, None, None)
    last = queue(held, by, NOW)[0]
    held.curation.decide(by.name, last.announcement.id, "later", NOW, None, None)
    after = queue(held, by, NOW)
    assert first.announcement.id not in [item.announcement.id for item in after]
    assert after[-1].announcement.id == last.announcement.id and "나중에" in after[-1].reasons
    assert len(queue(held, by, NOW, limit=1)) == 1


@pytest.mark.parametrize("request_", [1, 2, 3, 4])
def test_killed_at_any_request_no_post_is_made_twice(tmp_path: Path, there: standin.Blog, request_: int) -> None:
    """Killed after the blog did what was asked and before it could answer; the fourth request is the second post's."""
    with store(tmp_path) as held:
        take(held, notice(), notice("202", "달빛마을 국민임대 예비입주자 모집"))
    code = (
        "import sys; from pathlib import Path; from tests.desk.test_publish import killed;"
        f"killed(Path({str(tmp_path)!r}), {there.url!r})"
    )
    there.hold = request_
    child = subprocess.Popen([sys.executable, "-c", code])
    try:
        assert there.reached.wait(30)
    finally:
        child.kill()
        child.wait()
        there.go.set()
    with store(tmp_path) as held:
        go(held, wordpress(there))
        assert go(held, wordpress(there)) == []
        assert [p.state for p in held.curation.posts()] == ["posted", "posted"]
    assert sorted(p["slug"] for p in there.posts.values()) == ["notice-haetsal-101", "notice-haetsal-202"]


def killed(folder: Path, site: str) -> None:
    """Publish two announcements, in the process that is killed."""
    with store(folder) as held:
        go(held, wordpress(standin.Blog(url=site)), 1, 2)


def test_a_thousand_candidates_are_ranked_in_time(tmp_path: Path) -> None:
    import time

    from notices.intake import Intake
    from tests.desk.made import SOURCES

    with store(tmp_path / "many") as many:
        many.sources.sync(SOURCES.values())
        notices = tuple(notice(str(n), f"햇살마을 {n}단지 국민임대 예비입주자 모집") for n in range(1000, 1400))
        Intake(many, SOURCES).take(None, PageRead(CITY.name, "list", NOW, notices, {}))
        began = time.process_time()
        assert len(queue(many, desk(), NOW)) == 20
        assert time.process_time() - began < 2
