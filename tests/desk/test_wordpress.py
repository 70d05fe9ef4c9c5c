"""WordPress as it fails: every fault is one Korean sentence without a secret, and never a second post."""

from __future__ import annotations

import re
from collections.abc import Iterator

import pytest

from desk.blog import rest
from desk.blog.target import BlogError, LoginError
from desk.blog.wordpress import WordPress
from tests.desk import standin
from tests.desk.made import ENVIRONMENT, blog, draft, known, post

SECRET = re.compile(r"abcd|writer|d3JpdGVy")


@pytest.fixture
def there(monkeypatch: pytest.MonkeyPatch) -> Iterator[standin.Blog]:
    monkeypatch.setattr(rest, "TIMEOUT", 0.5)
    with standin.serve() as served:
        yield served


def target(there: standin.Blog, **said: object) -> WordPress:
    return WordPress(blog("wordpress", site=there.url, **said), ENVIRONMENT["WP_USER"], ENVIRONMENT["WP_PASSWORD"])


@pytest.mark.parametrize("method", ["GET", "POST"])
@pytest.mark.parametrize(
    ("fault", "said"),
    [
        ("html", "REST API가 아닌"), ("401", "로그인되지"), ("403", "권한이 없습니다"), ("500", r"오류로 답합니다\(500\)"),
        ("301", "다른 주소로"), ("cut", "끊겼거나"), ("huge", "너무 큽니다"), ("drip", "답하지 않았습니다"),
        ("silent", "답하지 않았습니다|끊겼거나|연결되지"),
    ],
)  # fmt: skip
def test_a_fault_is_one_sentence_and_the_next_try_makes_one_post(
    there: standin.Blog, fault: str, said: str, method: str
) -> None:
    there.faults[fault], there.only = 1, method
    with pytest.raises(BlogError, match=said) as refused:
        target(there).put(draft(), post(), overwrite=False)
    assert there.url in str(refused.value)
    assert "\n" not in str(refused.value) and not SECRET.search(str(refused.value))
    assert there.posts == {}
    target(there).put(draft(), post(), overwrite=False)
    assert len(there.posts) == 1


@pytest.mark.parametrize("fault", ["late", "500 after", "html after"])
def test_a_post_that_was_made_though_no_answer_came_is_found(there: standin.Blog, fault: str) -> None:
    there.faults[fault] = 1
    put = target(there).put(draft(), post(), overwrite=False)
    assert (put.created, put.remote) == (True, "1")
    target(there).put(draft(), known(post(), put), overwrite=False)
    assert len(there.posts) == 1


def test_silence_on_both_sides_is_said_and_cured_by_trying_again(
    there: standin.Blog, monkeypatch: pytest.MonkeyPatch
) -> None:
    there.faults["late"] = 1
    with monkeypatch.context() as deaf:
        deaf.setattr(WordPress, "_look_again", lambda self, slug: None)
        with pytest.raises(BlogError, match="둘이 되지 않습니다"):
            target(there).put(draft(), post(), overwrite=False)
    assert target(there).put(draft(), post(), overwrite=False).created is False
    assert len(there.posts) == 1


def test_of_two_publishers_at_once_one_steps_back(there: standin.Blog) -> None:
    there.faults["twin"] = 1
    put = target(there).put(draft(), post(), overwrite=False)
    assert (put.created, put.remote) == (False, "1")
    assert [p["slug"] for p in there.posts.values()] == ["notice-haetsal-101"]


def test_it_is_looked_up_before_it_is_made_and_no_status_is_sent_on_an_update(there: standin.Blog) -> None:
    put = target(there).put(draft(), post(), overwrite=False)
    assert [a.split("?")[0] for a in there.asked] == ["GET /wp-json/wp/v2/posts"] * 2 + ["POST /wp-json/wp/v2/posts"]
    assert there.posts[1]["status"] == "draft"
    there.posts[1]["status"] = "publish"
    target(there).put(draft(title="새 제목"), known(post(), put), overwrite=False)
    assert (there.posts[1]["status"], there.posts[1]["title"]["raw"]) == ("publish", "새 제목")


def test_categories_go_by_slug_to_numbers_and_a_missing_one_is_said(there: standin.Blog) -> None:
    mine = target(there, categories={"임대주택 공고": "rental", "관내 주거복지사업": "none"})
    assert mine.put(draft(), post(), overwrite=False).note == ""
    assert there.posts[1]["categories"] == [5]
    put = mine.put(draft(heading="관내 주거복지사업"), post(slug="notice-b-2"), overwrite=False)
    assert "'none'" in put.note and "categories" not in there.posts[2]


def test_nobody_listening_is_said() -> None:
    gone = WordPress(blog("wordpress", site="http://127.0.0.1:9"), "writer", "abcd")
    with pytest.raises(BlogError, match="연결되지 않습니다") as refused:
        gone.put(draft(), post(), overwrite=False)
    assert not SECRET.search(str(refused.value))


def test_a_wrong_login_is_known_as_such(there: standin.Blog) -> None:
    with pytest.raises(LoginError):
        WordPress(blog("wordpress", site=there.url), "writer", "other").put(draft(), post(), overwrite=False)


def test_taking_down_what_is_gone_already_is_fine(there: standin.Blog) -> None:
    put = target(there).put(draft(), post(), overwrite=False)
    assert target(there).remove(known(post(), put)) == ""
    assert target(there).remove(known(post(), put)) == ""
    assert there.posts == {}
