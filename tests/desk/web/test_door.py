"""Who gets in: every POST route is enumerated and found protected; sessions end; guesses are few; cookies are strict."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path

import pytest
from starlette.testclient import TestClient

from desk.web import forms, keys, passwords
from desk.web.app import routes
from desk.web.attempts import ALL, EACH, WITHIN, Attempts
from notices.errors import Refusal, WrongUse
from tests.desk.web.office import PASSWORD, Place, form_key, keep, login, open_place

POSTS = [
    "/desk" + route.path.replace("{centre}", "paju").replace("{number:int}", "1")
    for route in routes()
    if route.methods and "POST" in route.methods
]
GUARDED = [path for path in POSTS if path != "/desk/login"]
PAGES = [
    "/desk" + route.path.replace("{centre}", "paju").replace("{number:int}", "1").replace("{which}", "picked")
    for route in routes()
    if route.methods and "GET" in route.methods and route.path not in ("/login", "/desk.css", "/desk.js")
]


def test_all_posts_are_known() -> None:
    """A new POST route is in the enumeration by itself; this only shows that the enumeration sees them."""
    assert len(POSTS) >= 10 and "/desk/end" in POSTS and "/desk/paju/a/1/publish" in POSTS


@pytest.mark.parametrize("path", [*GUARDED, *PAGES])
def test_nothing_is_shown_or_done_without_a_session(place: Place, path: str) -> None:
    client = place.client()
    if path in GUARDED:
        refused = client.post(path, data={"key": keys.form_key(keys.token())})
        assert (refused.status_code, refused.headers["location"]) == (303, "/desk/login")
    shown = client.get(path)
    assert shown.status_code == 303 and shown.headers["location"].startswith("/desk/login")
    assert "햇살" not in shown.text


@pytest.mark.parametrize("path", POSTS)
def test_no_form_without_its_secret_does_anything(place: Place, path: str) -> None:
    client = place.client() if path == "/desk/login" else place.inside()
    foreign = form_key(place.inside("다른 사람").get("/desk/paju/own/new"))
    before = changes(place)
    for wrong in ({}, {"key": ""}, {"key": "0" * 64}, {"key": foreign}, {"key": "가" * 64}):
        answer = client.post(path, data={"state": "picked", "password": PASSWORD, **wrong})
        assert answer.status_code == 403, wrong
    for header in ({"sec-fetch-site": "cross-site"}, {"origin": "https://evil.example"}):
        page = client.get("/desk/login" if path == "/desk/login" else "/desk/paju/own/new")
        assert client.post(path, data={"key": form_key(page)}, headers=header).status_code == 403
    assert changes(place) == before


@pytest.mark.parametrize("path", GUARDED)
def test_a_revoked_session_does_nothing(place: Place, path: str) -> None:
    client, other = place.inside(), place.inside()
    key = form_key(client.get("/desk/paju/own/new"))
    other.post("/desk/end", data={"key": form_key(other.get("/desk/paju/"))})
    answer = client.post(path, data={"key": key})
    assert (answer.status_code, answer.headers["location"]) == (303, "/desk/login")


def test_what_was_typed_outlives_the_login(place: Place) -> None:
    client = place.inside()
    form = {"key": form_key(client.get("/desk/paju/a/1")), "title": "고친 <b>제목</b>", "summary": "오래 적은 요약"}
    place.clock.at += timedelta(hours=2)
    before = changes(place)
    answer = client.post("/desk/paju/a/1/words", data=form)
    assert answer.status_code == 403 and "오래 적은 요약" in answer.text and "고친 &lt;b&gt;제목" in answer.text
    assert changes(place) == before and answer.headers["cache-control"] == "no-store"
    stranger = place.client()
    for headers in ({}, {"cookie": f"desk={keys.token()}"}):
        refused = stranger.post("/desk/paju/a/1/words", data=form, headers=headers)
        assert (refused.status_code, refused.headers["location"]) == (303, "/desk/login"), "only to whom typed it"
    away = client.post("/desk/paju/a/1/words", data=form, headers={"sec-fetch-site": "cross-site"})
    assert away.status_code == 303
    large = client.post(
        "/desk/paju/a/1/words", content=b"a=" + b"x" * forms.LARGEST, headers={"content-type": forms.TYPE}
    )
    assert large.status_code == 303


def changes(place: Place) -> tuple[object, ...]:
    """What the tests' forms could change."""
    with place.store() as store:
        log = [action.what for action in store.log.recent() if action.what not in ("login", "refused")]
        return log, store.curation.picks("paju"), store.announcements.count(), store.events.last_id()


def test_a_new_password_ends_all_sessions(place: Place) -> None:
    client = place.inside()
    assert client.get("/desk/paju/").status_code == 200
    passwords.keep(place.office.home, "겨울 언덕 하얀 대문")
    assert client.get("/desk/paju/").status_code == 303
    assert login(place.client(), PASSWORD).status_code == 403
    assert login(place.client(), "겨울 언덕 하얀 대문").status_code == 303


def test_the_same_password_set_again_ends_them_too(place: Place) -> None:
    client = place.inside()
    passwords.keep(place.office.home, PASSWORD)
    assert client.get("/desk/paju/").status_code == 303


def test_sessions_end_when_idle_and_when_old(place: Place) -> None:
    client = place.inside()
    for _ in range(13):
        place.clock.at += timedelta(minutes=55)
        assert client.get("/desk/paju/").status_code == 200
    place.clock.at += timedelta(minutes=10)
    assert client.get("/desk/paju/").status_code == 303
    client = place.inside()
    place.clock.at += keys.IDLE + timedelta(seconds=1)
    assert client.get("/desk/paju/").status_code == 303


def test_logging_out_ends_the_session_in_the_store(place: Place) -> None:
    client = place.inside()
    token = client.cookies["desk"]
    client.post("/desk/logout", data={"key": form_key(client.get("/desk/paju/"))})
    assert place.client().get("/desk/paju/", headers={"cookie": f"desk={token}"}).status_code == 303


def test_the_store_holds_no_token_and_a_login_makes_a_new_one(place: Place) -> None:
    client = place.client()
    client.cookies.set("desk", "A" * 43, domain="127.0.0.1", path="/")
    assert login(client).status_code == 303
    token = client.cookies["desk"]
    assert token != "A" * 43
    assert token.encode() not in place.office.database.read_bytes()
    assert PASSWORD.encode() not in (place.office.home / "desk.toml").read_bytes()


@pytest.mark.parametrize(
    ("origin", "name"), [("http://127.0.0.1:8000", "desk"), ("https://desk.example.kr", "__Host-desk")]
)
def test_cookies_are_strict(place: Place, origin: str, name: str) -> None:
    client = place.client(origin)
    said = [client.get("/desk/login").headers["set-cookie"], *login(client).headers.get_list("set-cookie")]
    assert any(one.startswith(f"{name}=") for one in said)
    for one in said:
        assert "HttpOnly" in one and "SameSite=strict" in one and "Path=/" in one and "Domain" not in one
        assert ("Secure" in one) == origin.startswith("https")


def test_a_password_never_travels_in_the_open(place: Place) -> None:
    for origin in ("http://desk.example.kr", "http://127.0.0.1.evil.example"):
        answer = place.client(origin).get("/desk/login")
        assert answer.status_code == 403 and "set-cookie" not in answer.headers and "password" not in answer.text


def test_guesses_are_few_and_the_right_one_waits_too(place: Place) -> None:
    client = place.client()
    for _ in range(EACH):
        assert login(client, "틀린 비밀번호입니다").status_code == 403
    refused = login(client)
    assert refused.status_code == 429 and "desk=" not in refused.headers.get("set-cookie", "")
    assert login(place.client(address="192.0.2.7")).status_code == 303


def test_attempts_are_counted_by_network_and_in_all() -> None:
    attempts = Attempts()
    assert all(attempts.allow(f"2001:db8::{n}", 0.0) for n in range(EACH))
    assert not attempts.allow("2001:db8::99", 1.0)
    assert attempts.allow("2001:db8:0:1::1", 1.0)
    assert attempts.allow("2001:db8::1", WITHIN + 1)
    many = Attempts()
    assert sum(many.allow(f"192.0.2.{n}", 0.0) for n in range(250)) == ALL


def test_whoever_guesses_from_everywhere_keeps_no_staff_out(place: Place) -> None:
    staff = place.inside()
    staff.post("/desk/logout", data={"key": form_key(staff.get("/desk/paju/"))})
    for n in range(ALL):
        login(place.client(address=f"198.51.100.{n}"), "틀린 비밀번호입니다")
    assert login(place.client(address="203.0.113.9")).status_code == 429, "a stranger waits"
    assert login(staff).status_code == 303, "a browser that was in before does not"
    staff.cookies.delete("desk")
    for _ in range(EACH):
        assert login(staff, "틀린 비밀번호입니다").status_code == 403
    assert login(staff).status_code == 429, "it may not guess more than others"


def test_a_known_browser_cannot_be_made_up(place: Place) -> None:
    staff = place.inside()
    said = staff.cookies["desk-known"]
    hashed = passwords.stored(place.office.home)[""]
    assert keys.known_as(said, hashed) == said.partition(".")[0]
    for wrong in ("", ".", said[:-1], said + "0", f"{keys.token()}.{'0' * 64}", keys.known("x", hashed), "가." + said):
        assert keys.known_as(wrong, hashed) == "", wrong
    passwords.keep(place.office.home, "겨울 언덕 하얀 대문")
    assert keys.known_as(said, passwords.stored(place.office.home)[""]) == "", "a new password makes strangers of all"


def test_every_wrong_login_looks_the_same(place: Place) -> None:
    client = place.client()
    pages = [
        login(client, password, label) for password, label in (("", ""), ("틀림", "관리자"), ("x" * 10_000, "김주무관"))
    ]
    assert len({page.text for page in pages}) == 1
    assert {page.status_code for page in pages} == {403}
    with place.store() as store:
        assert [action.what for action in store.log.recent()] == ["refused"] * 3


@pytest.mark.parametrize(
    "wanted",
    [
        "//evil.example", "/\\evil.example", "\\\\evil.example", "https://evil.example/desk/", "/desk//evil.example",
        "/desk/../evil", "/desk/\r\nset-cookie: a=b", "/desk.evil.example", "javascript:alert(1)", "/desk/@evil.example", " /desk/",
        "/deskevil",
    ],
)  # fmt: skip
def test_nobody_is_sent_elsewhere(place: Place, wanted: str) -> None:
    answer = login(place.client(), next=wanted)
    assert (answer.status_code, answer.headers["location"]) == (303, "/desk/")
    assert forms.onward(wanted) is None
    page = place.client().get("/desk/login", params={"next": wanted})
    assert 'name="next" value=""' in page.text


def test_one_is_sent_on_to_what_was_asked(place: Place) -> None:
    client = place.client()
    asked = client.get("/desk/paju/search?q=%ED%8C%8C%EC%A3%BC")
    page = client.get(asked.headers["location"])
    answer = client.post(
        "/desk/login",
        data={"key": form_key(page), "password": PASSWORD, "next": "/desk/paju/search?q=%ED%8C%8C%EC%A3%BC"},
    )
    assert "next=%2Fdesk%2Fpaju%2Fsearch%3Fq%3D" in asked.headers["location"]
    assert answer.headers["location"] == "/desk/paju/search?q=%ED%8C%8C%EC%A3%BC"
    assert client.get("/desk/login").headers["location"] == "/desk/"


def test_without_a_password_it_says_how_to_set_one(tmp_path: Path) -> None:
    place = open_place(tmp_path, password=False)
    for path in ("/desk/", "/desk/login", "/desk/paju/"):
        answer = place.client().get(path)
        assert answer.status_code == 503 and "jiballim desk password" in answer.text
    keep(tmp_path)
    (tmp_path / "desk.toml").chmod(0o644)
    assert "chmod 600" in place.client().get("/desk/").text


def test_passwords_are_kept_well(tmp_path: Path) -> None:
    path = passwords.keep(tmp_path, PASSWORD)
    assert path.stat().st_mode & 0o777 == 0o600
    kept = passwords.stored(tmp_path)[""]
    assert kept.startswith("$argon2id$")
    assert passwords.right(kept, PASSWORD) and not passwords.right(kept, PASSWORD + "!")
    for weak in ("", "짧다", "가" * 20, "x" * 201):
        with pytest.raises(WrongUse):
            passwords.keep(tmp_path, weak)
    for broken in ('password = "plain"', "password = 3", "password = ", "other = 1"):
        path.write_text(broken, "utf-8")
        try:
            assert passwords.stored(tmp_path) == {}
        except Refusal as refusal:
            assert "jiballim desk password" in str(refusal)


@pytest.mark.parametrize("path", POSTS)
def test_large_and_strange_bodies_are_refused(place: Place, path: str) -> None:
    client = place.client() if path == "/desk/login" else place.inside()
    large = b"key=" + b"a" * forms.LARGEST
    urlencoded = {"content-type": "application/x-www-form-urlencoded"}

    def drip() -> Iterator[bytes]:
        yield from (large[n : n + 65_536] for n in range(0, len(large), 65_536))

    assert client.post(path, content=large, headers=urlencoded).status_code == 413
    assert client.post(path, content=drip(), headers=urlencoded).status_code == 413
    assert client.post(path, content=b"a=1&" * 200, headers=urlencoded).status_code == 400
    assert client.post(path, content=b"\xff\xfe=1", headers=urlencoded).status_code == 400
    assert client.post(path, json={"key": "x"}).status_code == 415
    assert client.post(path, content=b"", headers=urlencoded).status_code == 403
    assert client.put(path).status_code == 405


def test_broken_cookies_open_nothing(place: Place) -> None:
    client = place.client()
    for value in ("", "x", "desk=; desk=", "desk=" + "A" * 9_000, 'desk="\\377"', "desk=" + "A" * 43, "\x00"):
        assert client.get("/desk/paju/", headers={b"cookie": value.encode("latin-1")}).status_code == 303


def test_files_of_the_door_are_public_and_small(place: Place) -> None:
    client: TestClient = place.client()
    for path, kind in (("/desk/desk.css", "text/css"), ("/desk/desk.js", "text/javascript")):
        answer = client.get(path)
        assert answer.status_code == 200 and answer.headers["content-type"].startswith(kind)
        assert client.get(path, headers={"if-none-match": answer.headers["etag"]}).status_code == 304
        assert len(answer.content) < 16_000
