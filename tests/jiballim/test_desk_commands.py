"""The desk from the command line: own notices, the queue, drafts, posts, withdraw; as a person types it."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest

from desk.blog import rest
from jiballim import compose, config, work
from jiballim.cli import main
from tests.desk import standin
from tests.desk.made import corrected, notice, store, take

Type = Callable[..., tuple[int, str, str]]
SETTINGS = """
title = "파주 집알림"
base_url = "https://paju.example.kr/"

[[centre]]
name = "paju"
title = "파주시 주거복지센터"
regions = ["경기도 파주시"]

[[centre.blog]]
kind = "wordpress"
site = "{site}"
user_env = "WP_USER"
password_env = "WP_PASSWORD"

[[centre.blog]]
kind = "paste"
"""
VISIT = 'title = "찾아가는 주거상담"\ntext = "상담합니다."\nperiod = "2026-12-01 ~ 2026-12-05"\n'


@pytest.fixture
def there(monkeypatch: pytest.MonkeyPatch) -> Iterator[standin.Blog]:
    monkeypatch.setattr(rest, "TIMEOUT", 1.0)
    with standin.serve() as served:
        yield served


@pytest.fixture
def home(tmp_path: Path, there: standin.Blog, monkeypatch: pytest.MonkeyPatch) -> Path:
    (tmp_path / config.NAME).write_text(SETTINGS.format(site=there.url), "utf-8")
    (tmp_path / "visit.toml").write_text(VISIT, "utf-8")
    monkeypatch.setenv("WP_USER", "writer")
    monkeypatch.setenv("WP_PASSWORD", "abcd efgh ijkl mnop qrst uvwx")
    with store(tmp_path) as held:
        take(held, notice(fields={"supply": "행복주택"}), at=compose.now() - timedelta(hours=1))
    return tmp_path


@pytest.fixture
def say(home: Path, capsys: pytest.CaptureFixture[str]) -> Type:
    def run(*words: str) -> tuple[int, str, str]:
        with pytest.raises(SystemExit) as ended:
            main(["--home", str(home), *words])
        said = capsys.readouterr()
        return int(str(ended.value.code or 0)), said.out, said.err

    return run


def answer(said: tuple[int, str, str]) -> Any:
    assert said[0] == 0, said
    return json.loads(said[1])


def test_own_notices_are_added_edited_listed_and_withdrawn(say: Type, home: Path) -> None:
    added = answer(say("notices", "add", "--file", str(home / "visit.toml"), "--json"))
    assert (added["state"], added["title"]) == ("new", "찾아가는 주거상담")
    assert "바뀐 것이 없습니다" in say("notices", "add", "--file", str(home / "visit.toml"))[1]
    (home / "visit.toml").write_text(VISIT.replace("12-05", "12-09"), "utf-8")
    assert answer(say("notices", "add", "--file", str(home / "visit.toml"), "--json"))["state"] == "changed"
    say("notices", "add", "--url", "https://paju.example.kr/2", "--title", "집수리 교육")
    listed = answer(say("notices", "list", "--json"))
    assert {(n["title"], n["closes"]) for n in listed} == {("찾아가는 주거상담", "2026-12-09"), ("집수리 교육", None)}
    assert "찾아가는 주거상담" in say("notices", "list")[1]
    say("publish")
    feed = home / "public/feeds/centre/paju.json"
    assert "찾아가는 주거상담" in feed.read_text("utf-8")
    assert answer(say("notices", "withdraw", str(added["id"]), "--json"))["notices"] == [added["notice"]]
    assert "찾아가는 주거상담" not in feed.read_text("utf-8")
    assert say("notices", "withdraw", str(added["id"]))[0] == 2
    assert say("notices", "withdraw", "1")[0] == 2, "not the centre's own"
    assert "내린 글" in say("notices", "add", "--file", str(home / "visit.toml"))[1]


def test_from_queue_to_post_and_back(say: Type, home: Path, there: standin.Blog) -> None:
    (item,) = answer(say("blog", "queue", "--json"))["queue"]
    assert (item["id"], item["heading"]) == (1, "임대주택 공고") and "관내" in item["reasons"]
    assert "까닭" in say("blog", "queue")[1]
    assert "골랐습니다" in say("blog", "pick", "1", "--summary", "우리 동네 소식")[1]
    assert "우리 동네 소식" in say("blog", "draft", "1")[1]
    assert say("blog", "draft", "1", "--form", "markdown")[1].startswith("---\ntitle:")
    drafted = answer(say("blog", "draft", "1", "--json"))
    assert drafted["slug"] == "notice-haetsal-101"
    kakao = say("blog", "draft", "1", "--form", "kakao")[1]
    assert kakao.startswith(drafted["kakao"]["text"]) and "단추: 원문 보기\n주소: https://" in kakao
    outcomes = answer(say("blog", "publish", "--json"))
    assert [(o["target"], o["state"]) for o in outcomes] == [("wordpress", "created"), ("paste", "written")]
    assert "올릴 것이 없습니다" in say("blog", "publish")[1]
    assert len(list((home / "out/blog").rglob("notice-haetsal-101.*"))) == 2
    say("blog", "done", "1", "--url", "https://blog.naver.example/1")
    with store(home) as held:
        corrected(held)
    flags = json.loads(say("status", "--json")[1])["blog"]
    assert {(f["target"], f["flag"]) for f in flags} == {
        ("wordpress", "블로그 수정 필요"),
        ("paste", "블로그 수정 필요"),
    }
    with store(home) as held:
        told, flags = held.announcements.get(1), work.to_correct(held)
        assert told is not None and flags(config.load(home).centres[0], told)
    assert "블로그 수정 필요" in say("blog", "queue")[1] and "블로그 수정 필요" in say("status")[1]
    assert [o["state"] for o in answer(say("blog", "publish", "1", "--json"))] == ["updated", "written"]
    assert len(there.posts) == 1
    with store(home) as held:
        assert not work.to_correct(held)(config.load(home).centres[0], told)
    saved, others = home / "pages/haetsal/20261120T080000-empty.html", home / "pages/dalbit/20261120T080000-empty.html"
    for page in (saved, others):
        page.parent.mkdir(parents=True)
        page.write_text("<!-- -->", "utf-8")
    code, said, _ = say("withdraw", "1")
    assert not saved.exists() and others.exists()
    assert code == 1 and "직접 지운 뒤 jiballim blog done notice-haetsal-101" in said
    assert there.posts == {} and not list((home / "out").rglob("*.txt"))
    assert "내려야 할 글" in say("blog", "queue")[1]
    assert say("blog", "done", "notice-haetsal-101")[0] == 0
    assert say("search", "햇살마을")[1].startswith("찾은 공고가 없습니다")


def test_what_could_not_be_taken_down_is_tried_again(say: Type, there: standin.Blog) -> None:
    say("blog", "publish", "1")
    there.faults["500"] = 1
    code, said, _ = say("withdraw", "1")
    assert code == 1 and "500" in said and len(there.posts) == 1
    assert "내림: wordpress: notice-haetsal-101" in say("blog", "publish")[1]
    assert there.posts == {}


def test_hide_later_and_an_unknown_number(say: Type) -> None:
    assert "미뤘습니다" in say("blog", "later", "1")[1]
    assert answer(say("blog", "hide", "1", "--json"))["state"] == "hidden"
    assert "볼 것이 없습니다" in say("blog", "queue")[1]
    for words in (("blog", "pick", "99"), ("blog", "draft", "99"), ("blog", "publish", "99"), ("withdraw", "99")):
        code, out, err = say(*words)
        assert code in (1, 2) and "99" in err and out == "" and err.count("\n") == 1


def test_one_notice_of_several_is_withdrawn_by_its_own_number(say: Type, home: Path) -> None:
    with store(home) as held:
        corrected(held)
        assert held.announcements.count() == 1
    assert answer(say("withdraw", "2", "--notice", "--json"))["notices"] == [2]
    with store(home) as held:
        told = held.announcements.get(1)
        assert told is not None and [seen.notice_id for seen in told.seen] == [1]


def test_a_blog_that_fails_is_named_and_ends_with_one(say: Type, there: standin.Blog) -> None:
    there.faults["html"] = -1
    code, said, _ = say("blog", "publish", "1")
    assert code == 1 and "REST API가 아닌" in said and "abcd" not in said


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (["notices", "add"], "--file"),
        (["notices", "add", "--file", "none.toml"], "none.toml"),
        (["notices", "add", "--url", "https://a.example"], "--title"),
        (["notices", "add", "--url", "x", "--title", "가"], "http"),
        (["blog", "queue", "--centre", "none"], "paju"),
    ],
)
def test_wrong_use_is_one_sentence(say: Type, words: list[str], said: str) -> None:
    code, out, err = say(*words)
    assert (code, out) == (2, "") and said in err and "Traceback" not in err
