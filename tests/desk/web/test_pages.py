"""What staff do at the desk: from the queue to a draft, words of two editors, own notices, joins, the log."""

from __future__ import annotations

import re
from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import pytest
from lxml import etree, html
from starlette.applications import Starlette
from starlette.routing import Mount

from desk.web.app import build
from notices.model import RunState
from notices.store import lock
from tests.desk import made
from tests.desk.web.office import Place, form_key, hidden, send

A = "/desk/paju/a/1"


def test_from_the_queue_to_a_draft_in_one_click(place: Place) -> None:
    """Click 1: the draft; click 2: copy, or bring it to the blogs."""
    client = place.inside()
    queue = client.get("/desk/paju/")
    assert queue.text.index("달빛마을") < queue.text.index("별빛주택"), "what closes tomorrow stands first"
    draft = client.get(re.findall(r'href="([^"]+/draft)"', queue.text)[0])
    assert draft.status_code == 200 and "달빛마을 1단지" in draft.text
    assert 'data-copy="text"' in draft.text and 'id="text"' in draft.text
    done = client.post("/desk/paju/a/2/publish", data={"key": form_key(draft), "target": ["paste", "markdown"]})
    assert done.status_code == 200 and "붙여 넣을 글을 만듦" in done.text and "새로 올림" in done.text
    assert list((place.office.home / "posts").glob("*.md"))


def test_what_was_posted_and_corrected_stands_on_top(place: Place) -> None:
    client = place.inside()
    send(client, f"{A}/publish", {"target": "markdown"})
    assert "햇살마을 3단지" not in client.get("/desk/paju/").text
    with place.store() as store:
        made.corrected(store)
    text = client.get("/desk/paju/").text
    assert text.index("블로그 수정 필요") < text.index("9.12 17시 → 9.19 17시") < text.index("달빛마을")
    send(client, f"{A}/publish", {"target": "markdown"})
    assert "블로그 수정 필요" not in client.get("/desk/paju/").text


@pytest.mark.parametrize("state", ["picked", "later", "hidden"])
def test_deciding_goes_back_to_the_next_one(place: Place, state: str) -> None:
    client = place.inside()
    answer = send(client, f"{A}/decide", {"state": state, "back": "queue", "following": "3"})
    assert answer.headers["location"] == f"/desk/paju/?said={state}#a3"
    assert "햇살마을 3단지" in client.get(f"/desk/paju/list/{state}").text
    assert ("햇살마을 3단지" in client.get("/desk/paju/").text) == (state != "hidden")
    assert send(client, f"{A}/decide", {"state": state, "back": "//evil", "following": "//evil"}).headers[
        "location"
    ] == (f"/desk/paju/?said={state}")
    assert send(client, f"{A}/decide", {"state": "deleted"}).status_code == 404


def test_a_view_shows_each_fact_with_its_words(place: Place) -> None:
    text = place.inside().get(A).text
    assert "2026년 9월 12일(토) 17시" in text and "2026-09-12T17:00" in text and "항목 접수마감에서" in text
    assert "031-123-4567" in text and "본문에서" in text


def test_two_editors_at_once_lose_nothing(place: Place) -> None:
    one, two = place.inside("하나"), place.inside("둘")
    pages = [client.get(A) for client in (one, two)]
    forms = [
        {"key": form_key(page), "version": hidden(page, "version"), "title": f"{n}의 제목", "summary": f"{n}의 요약"}
        for n, page in zip(("하나", "둘"), pages, strict=True)
    ]
    assert one.post(f"{A}/words", data=forms[0]).status_code == 303
    conflict = two.post(f"{A}/words", data=forms[1])
    assert conflict.status_code == 409
    for words in ("하나의 제목", "하나의 요약", "둘의 제목", "둘의 요약"):
        assert words in conflict.text
    with place.store() as store:
        assert store.curation.picks("paju")[1].title == "하나의 제목"
    again = {**forms[1], "version": hidden(conflict, "version")}
    assert two.post(f"{A}/words", data=again).status_code == 303
    assert two.post(f"{A}/words", data=again).status_code == 303, "the same words twice are no conflict"
    with place.store() as store:
        assert store.curation.picks("paju")[1].summary == "둘의 요약"


def test_deciding_meanwhile_is_no_conflict(place: Place) -> None:
    client = place.inside()
    page = client.get(A)
    send(client, f"{A}/decide", {"state": "later"})
    words = {
        "key": form_key(page),
        "version": hidden(page, "version"),
        "title": "",
        "summary": "짧은 요약",
        "onward": "draft",
    }
    assert client.post(f"{A}/words", data=words).headers["location"] == f"{A}/draft"
    assert "짧은 요약" in client.get(f"{A}/draft").text


def test_words_that_are_too_long_are_refused(place: Place) -> None:
    client = place.inside()
    version = hidden(client.get(A), "version")
    for wrong in ({"title": "가" * 151}, {"summary": "가" * 1001}):
        assert send(client, f"{A}/words", {"version": version, **wrong}).status_code == 400


def own(place: Place, **said: str) -> dict[str, str]:
    fresh = place.inside().get("/desk/paju/own/new")
    return {
        "id": hidden(fresh, "id"), "version": hidden(fresh, "version"), "title": "찾아가는 주거상담", "text": "첫 줄\n둘째 줄",
        "opens": "2026-09-10", "closes": "2026-09-12", "time": "18:00", "place": "운정행복센터", "phone": "031-000-0000",
        "link": "", "section": "주거복지사업", **said,
    }  # fmt: skip


def test_an_own_notice_is_written_once_and_edited(place: Place) -> None:
    client, form = place.inside(), own(place)
    made_it = send(client, "/desk/paju/own", form)
    assert made_it.headers["location"] == "/desk/paju/a/4?said=own"
    assert send(client, "/desk/paju/own", form).headers["location"] == "/desk/paju/a/4?said=own", (
        "sent twice, made once"
    )
    text = client.get("/desk/paju/a/4").text
    assert "2026년 9월 12일(토) 18시" in text and "운정행복센터" in text
    edit = client.get(re.findall(r'href="(/desk/paju/own/\d+)"', text)[0])
    assert "첫 줄\n둘째 줄" in edit.text and 'value="2026-09-12"' in edit.text and 'value="18:00"' in edit.text
    changed = {**form, "id": hidden(edit, "id"), "version": hidden(edit, "version"), "title": "찾아가는 주거상담 (2차)"}
    assert send(client, "/desk/paju/own", changed).status_code == 303
    stale = send(client, "/desk/paju/own", {**changed, "title": "다른 사람의 제목"})
    assert stale.status_code == 409 and "(2차)" in stale.text and "다른 사람의 제목" in stale.text
    assert "(2차)" in client.get("/desk/paju/own").text


@pytest.mark.parametrize(
    ("field", "value", "said"),
    [
        ("title", "", "제목: "), ("closes", "2026-09-01", "접수 시작보다 앞섭니다"), ("closes", "내일", "있는 날짜로"),
        ("closes", "", "마감 날짜도 고르십시오"), ("time", "25:99", "시각을 18:00처럼"),
        ("link", "javascript:alert(1)", "주소: "), ("section", "없는 분야", "분야: "), ("id", "../x", "번호: "),
    ],
)  # fmt: skip
def test_a_wrong_own_notice_comes_back_as_it_was(place: Place, field: str, value: str, said: str) -> None:
    answer = send(place.inside(), "/desk/paju/own", own(place, **{field: value}))
    assert answer.status_code == 400 and said in answer.text and "둘째 줄" in answer.text
    assert field == "id" or re.search(r'aria-invalid="true" aria-describedby="wrong" autofocus', answer.text)
    with place.store() as store:
        assert store.announcements.count() == 3


def test_notices_are_joined_and_split(place: Place) -> None:
    client = place.inside()
    shown = client.get("/desk/paju/a/2/join?notice=2&to=1번")
    assert "달빛마을" in shown.text and "햇살마을" in shown.text
    joined = client.post("/desk/paju/a/2/join", data={"key": form_key(shown), "notice": "2", "to": "1"})
    assert joined.headers["location"] == f"{A}?said=join"
    assert client.get("/desk/paju/a/2").status_code == 404
    split = send(client, f"{A}/split", {"notice": "2"})
    assert "달빛마을" in client.get(split.headers["location"]).text
    assert send(client, f"{A}/split", {"notice": "1"}).status_code == 400, "one notice cannot be split"
    assert send(client, f"{A}/split", {"notice": "2"}).status_code == 404
    for wrong in ("", "99", "1", "0x1", "９９", "1; DROP TABLE notice"):
        assert send(client, f"{A}/join", {"notice": "1", "to": wrong}).status_code == 400


def test_a_busy_store_loses_nothing(place: Place) -> None:
    client, form = place.inside(), own(place, title='제목 "따옴표" <b>')
    with lock(place.office.database):
        answer = send(client, "/desk/paju/own", form)
        assert answer.status_code == 503 and "retry-after" in answer.headers
        assert "둘째 줄" in answer.text and "제목 &#34;따옴표&#34; &lt;b&gt;" in answer.text
        assert send(client, f"{A}/decide", {"state": "picked"}).status_code == 303, "a pick waits for no crawl"
    again = {name: hidden(answer, name) for name in (*form, "key")}
    assert client.post("/desk/paju/own", data=again).status_code == 303
    with lock(place.office.home / "blog"):
        assert send(client, f"{A}/publish", {"target": "paste"}).status_code == 503


def test_the_log_says_who_did_what_and_nothing_secret(place: Place) -> None:
    client = place.inside("박주무관")
    send(client, f"{A}/decide", {"state": "picked"})
    send(client, f"{A}/publish", {"target": "paste"})
    send(client, f"{A}/done", {"url": "https://blog.example.kr/1"})
    text = client.get("/desk/paju/log").text
    for said in ("박주무관", "고름", "블로그에 올림", "올렸다고 적음", "들어옴"):
        assert said in text
    with place.store() as store:
        assert all("햇살" not in repr(action) for action in store.log.recent()), "titles outlive no withdrawal"
        assert [action.what for action in store.log.recent()][:3] == ["done", "publish", "picked"]


def test_sent_sources_and_search(place: Place) -> None:
    client = place.inside()
    assert "도착했는지 모름" in client.get("/desk/paju/sent").text
    assert "아직 안 읽음" in client.get("/desk/paju/sources").text
    assert "달빛마을" in client.get("/desk/paju/search", params={"q": "달빛"}).text
    assert "달빛마을" in client.get("/desk/paju/search", params={"q": "2"}).text
    for words in ('"', "* OR 1", "NEAR(a b)", "(((((", "🏠", "a' OR 'a'='a", "\x00", "가" * 1_500, "9" * 40):
        assert client.get("/desk/paju/search", params={"q": words}).status_code == 200, words


def test_days_without_any_reading_are_told_where_staff_look(place: Place) -> None:
    client = place.inside()
    for days, said in ((5, True), (1, False)):
        with place.store() as store:
            run = store.runs.begin("haetsal", made.NOW - timedelta(days=days))
            store.runs.finish(run, RunState.DONE, made.NOW - timedelta(days=days))
        assert ("5일 동안 아무 데도 읽지 않았습니다" in client.get("/desk/paju/sources").text) is said


def test_withdrawn_posts_are_to_be_taken_down(place: Place) -> None:
    client = place.inside()
    send(client, f"{A}/publish", {"target": "markdown"})
    with place.store() as store:
        store.withdraw(1, made.NOW)
    text = client.get("/desk/paju/").text
    assert "블로그에서 내려야 함" in text
    slug = re.findall(r'name="slug" value="([^"]+)"', text)[0]
    assert send(client, "/desk/paju/down", {"slug": slug}).status_code == 303
    assert "블로그에서 내려야 함" not in client.get("/desk/paju/").text
    assert send(client, "/desk/paju/down", {"slug": "1"}).status_code == 400, "a number is no withdrawn post"


OURS = (
    "html head meta title link script body a header div svg path span form input button nav ul li main p h1 h2 h3 strong ol"
    " dl dt dd q br section label textarea select option details summary article table tbody tr td fieldset legend pre kbd"
)
TAGS = frozenset(re.findall(r"\w+", OURS))
HOSTILE = [
    made.HOSTILE, "<Svg Only=1 OnLoad=alert(1)>", "javascript:alert(1)", "{{ 7*7777 }}{% raw %}", "' onmouseover='x", "]]><x>",
    "</textarea><script>x</script>", "\u202egnp.exe", "<a href=//evil.example>x",
]  # fmt: skip


@pytest.mark.parametrize("text", HOSTILE)
def test_hostile_text_is_only_read(place: Place, text: str) -> None:
    with place.store() as store:
        made.take(store, made.notice("900", text, url="javascript:alert(1)", body=text, department=text))
    client = place.inside(text)
    page = client.get("/desk/paju/a/4")
    send(client, "/desk/paju/a/4/words", {"version": hidden(page, "version"), "title": text, "summary": text})
    conflict = send(client, "/desk/paju/a/4/words", {"version": "old", "title": text + "1", "summary": text})
    pages = [conflict, *(client.get(f"/desk/paju/{path}") for path in ("", "a/4", "a/4/draft", "list/picked", "log"))]
    pages += [
        client.get("/desk/paju/search", params={"q": text}),
        send(client, "/desk/paju/own", own(place, title=text, link=text)),
    ]
    for shown in pages:
        assert shown.status_code in (200, 303, 400, 409)
        assert "\u202e" not in shown.text and "54439" not in shown.text
        if shown.text:
            only_read(shown.text)


def only_read(text: str) -> None:
    """A page holds our elements alone: one script file, no handlers, no styles, no address but ours and web links."""
    page = html.document_fromstring(re.sub(r'value="[0-9a-f]{16,}"', "", text))
    assert [one.get("src") for one in page.iter("script")] == ["/desk/desk.js"]
    for one in page.iter(etree.Element):
        assert one.tag in TAGS, one.tag
        assert not any(str(name).startswith(("on", "style", "srcdoc")) for name in one.attrib), one.attrib
        for name in ("href", "src", "action", "formaction"):
            assert re.match(r"/desk/|#|https?://", one.get(name, "#")), one.attrib


def test_errors_reflect_nothing(place: Place) -> None:
    client = place.inside()
    for path in (
        "/desk/paju/zzq",
        "/desk/zzq/",
        "/desk/paju/list/zzq",
        "/desk/paju/a/zzq",
        "/desk/paju/a/1/zzq",
        "/desk/zzq",
    ):
        answer = client.get(path)
        assert answer.status_code == 404 and "zzq" not in answer.text and "location" not in answer.headers
    for path in ("/desk/../jiballim.toml", "/desk/%2e%2e/desk.toml", "/desk//etc/passwd", "/desk/paju/..%2fdesk.toml"):
        assert client.get(path).status_code == 404
    assert client.get(f"/desk/paju/a/{9 * 10**30}").status_code == 404


def test_pages_stay_as_they_were(place: Place, accept: bool) -> None:
    """The queue and a view, whole."""
    client = place.inside()
    folder = Path(__file__).parents[2] / "golden/desk/web"
    for name, path in (("queue", ""), ("view", "a/1"), ("draft", "a/1/draft")):
        said = re.sub(
            r'name="(key|version)" value="\w+"', r'name="\1" value="…"', client.get(f"/desk/paju/{path}").text
        )
        if accept:
            folder.mkdir(parents=True, exist_ok=True)
            (folder / f"{name}.html").write_text(said, "utf-8")
        assert (folder / f"{name}.html").read_text("utf-8") == said


def test_what_a_person_changed_on_the_blog_is_overwritten_on_request_only(place: Place) -> None:
    client = place.inside()
    send(client, f"{A}/publish", {"target": "markdown"})
    post = next((place.office.home / "posts").glob("*.md"))
    post.write_text("사람이 고친 글", "utf-8")
    version = hidden(client.get(A), "version")
    send(client, f"{A}/words", {"version": version, "title": "새 제목"})
    refused = send(client, f"{A}/publish", {"target": "markdown"})
    assert "못 올림" in refused.text and "‘덮어쓰기’" in refused.text and post.read_text("utf-8") == "사람이 고친 글"
    assert "고쳐 올림" in (text := send(client, f"{A}/publish", {"target": "markdown", "overwrite": "yes"}).text)
    assert str(place.office.home) not in text
    assert send(client, f"{A}/publish", {"target": "none"}).status_code == 400


def test_several_centres_are_chosen_among_and_kept_apart(place: Place) -> None:
    both = replace(
        place.office,
        desks=(*place.office.desks, made.desk(name="jeonju", title="전주시 주거복지센터", regions=("4511",))),
    )
    place.app = Starlette(routes=[Mount("/desk", build(both))])
    client = place.inside()
    assert 'href="/desk/paju/"' in client.get("/desk/").text and "전주시" in client.get("/desk/").text
    send(client, f"{A}/decide", {"state": "picked"})
    assert "햇살마을" in client.get("/desk/paju/list/picked").text
    assert "햇살마을" not in client.get("/desk/jeonju/list/picked").text
