"""One address: the folder with validators, feeds of any choice, an API; hostile questions get a short answer."""

from __future__ import annotations

import gzip
import time
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import feedparser
import pytest
from starlette.routing import Mount, Route
from starlette.testclient import TestClient

from jiballim import compose, config
from jiballim.demo import play
from jiballim.demo.world import DAYS
from jiballim.web import reader
from jiballim.web.app import build
from jiballim.web.cards import SORRY
from jiballim.web.files import Files
from notices.store.announcements import Announcements

pytestmark = pytest.mark.xdist_group("demo")


@pytest.fixture(scope="module")
def settings(played: play.Played) -> config.Config:
    """An installation that heard the sample mornings."""
    return played.settings


@pytest.fixture
def client(settings: config.Config, monkeypatch: pytest.MonkeyPatch) -> Iterator[TestClient]:
    """A client of its application on the last of these mornings."""
    monkeypatch.setattr(compose, "now", lambda: DAYS[-1])
    with TestClient(build(settings), raise_server_exceptions=False) as opened:
        yield opened


def test_files_carry_validators_and_answer_304(client: TestClient, settings: config.Config) -> None:
    first = client.get("/feeds/all.xml", headers={"accept-encoding": "identity"})
    assert (first.status_code, first.content) == (200, (settings.public / "feeds/all.xml").read_bytes())
    assert client.get("/feeds/all.xml", headers={"if-none-match": first.headers["etag"]}).status_code == 304
    assert (
        client.get("/feeds/all.xml", headers={"if-modified-since": first.headers["last-modified"]}).status_code == 304
    )
    with client.stream("GET", "/feeds/all.xml", headers={"accept-encoding": "gzip"}) as packed:
        assert gzip.decompress(b"".join(packed.iter_raw())) == first.content


def test_a_file_that_was_answered_is_looked_at_once_and_never_stale(tmp_path: Path) -> None:
    root, outside = tmp_path / "public", tmp_path / "secret.txt"
    root.mkdir()
    outside.write_text("다른 것")
    (root / "a.txt").write_text("one")
    (root / "link.txt").symlink_to(root / "a.txt")
    files = Files(root)
    for path in ("/a.txt", "/link.txt", "//a.txt", "/" * 400 + "a.txt"):
        assert files.held(path) is None
        assert (found := files.get(path)) is not None and found.body == b"one"
        assert files.held(path) is (found if len(path) < 300 else None)
    (root / "a.txt").write_text("two!!")
    assert files.held("/a.txt") is None and (again := files.get("/a.txt")) is not None and again.body == b"two!!"
    (root / "link.txt").unlink()
    (root / "link.txt").symlink_to(outside)
    assert files.held("/link.txt") is None and files.get("/link.txt") is None
    (root / "a.txt").unlink()
    assert files.held("/a.txt") is None and files.get("/a.txt") is None


def test_every_answer_is_strict(client: TestClient) -> None:
    for path in ("/feeds/all.xml", "/health", "/api/announcements", "/none", "/feeds?region=x"):
        headers = client.get(path).headers
        assert headers["x-content-type-options"] == "nosniff"
        assert "unsafe" not in headers["content-security-policy"]
        assert "server" not in headers


def test_a_feed_of_any_choice(client: TestClient) -> None:
    answer = client.get("/feeds", params={"region": "41480", "supply": "국민임대", "format": "atom"})
    feed = feedparser.parse(answer.content)
    assert not feed.bozo
    assert feed.entries
    assert any("파주" in entry.title for entry in feed.entries)
    assert client.get("/feeds?region=41480&q=파주&format=json").json()["items"]
    assert client.get("/feeds?q=없는말").status_code == 200
    assert b"BEGIN:VCALENDAR" in client.get("/feeds?region=41&format=ics").content
    again = client.get(
        "/feeds?region=41480", headers={"if-none-match": client.get("/feeds?region=41480").headers["etag"]}
    )
    assert again.status_code == 304


def test_the_api_gives_facts_with_their_words(client: TestClient) -> None:
    found = client.get("/api/announcements", params={"q": "파주"}).json()["announcements"]
    assert found[0]["facts"]["closes"]["value"] == "2026-11-17"
    one = client.get(f"/api/announcements/{found[0]['id']}").json()
    assert one == found[0]
    assert client.get("/api/announcements/999999999999999999999999").status_code in (404, 400)
    assert client.get("/health").json()["well"] is True


@pytest.mark.parametrize(
    "path",
    [
        "/feeds?region=99999", "/feeds?region=%EF%BC%94%EF%BC%91", "/feeds?supply=<script>alert(1)</script>",
        "/feeds?nonsense=1", "/feeds?limit=0", "/feeds?limit=-1", "/feeds?limit=1e9", "/feeds?format=exe",
        "/feeds?q=" + "가" * 201, "/feeds?q=%00", "/api/announcements?kind=%27%3B%20DROP%20TABLE%20notice",
        "/feeds?supply=" + ",".join(["국민임대"] * 21),
    ],
)  # fmt: skip
def test_a_wrong_question_is_a_400_without_an_echo(client: TestClient, path: str) -> None:
    answer = client.get(path)
    assert answer.status_code == 400
    assert answer.headers["content-type"].startswith("text/plain")
    assert "script" not in answer.text and "DROP" not in answer.text and "99999" not in answer.text


@pytest.mark.parametrize(
    "words", ['"', "* OR 1", "NEAR(a b)", "title:파주", "(((((", "-", "🏠", "a' OR 'a'='a", "%", "^"]
)
def test_no_search_breaks(client: TestClient, words: str) -> None:
    assert client.get("/api/announcements", params={"q": words}).status_code == 200
    assert client.get("/feeds", params={"q": words}).status_code == 200


@pytest.mark.parametrize(
    "path",
    [
        "/../jiballim.toml", "/..%2fjiballim.toml", "/feeds/../../jiballim.db", "/%2e%2e/jiballim.db", "//etc/passwd",
        "/feeds/manifest.json", "/.git/config", "/feeds/%00", "/..\\jiballim.toml", "/feeds/all.xml/", "/%2f%2fhost/x",
    ],
)  # fmt: skip
def test_there_is_no_way_out_of_the_folder(client: TestClient, path: str) -> None:
    answer = client.get(path, follow_redirects=False)
    assert answer.status_code == 404
    assert "location" not in answer.headers


def test_only_reading_is_answered(client: TestClient) -> None:
    for path in ("/feeds", "/api/announcements", "/health", "/feeds/all.xml"):
        assert client.post(path, content=b"x" * 1000).status_code == 405
    assert client.get("/feeds?q=" + "a" * 3000).status_code == 414


ENDLESS = "WITH RECURSIVE c (x) AS (SELECT 1 UNION ALL SELECT x + 1 FROM c) SELECT max(x) FROM c"


def test_a_question_without_end_is_broken_off_and_others_are_answered(
    client: TestClient, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(reader, "SECONDS", 0.1)
    monkeypatch.setattr(Announcements, "select", lambda self, *_: self._db.rows(ENDLESS))
    start = time.process_time()
    answer = client.get("/api/announcements")
    assert answer.status_code == 503 and "잠시 뒤" in answer.text
    said = client.post("/kakao/skill", json={"userRequest": {"utterance": "파주시"}}).json()
    assert said["template"]["outputs"][0]["simpleText"]["text"] == SORRY
    assert time.process_time() - start < 2
    monkeypatch.undo()
    assert client.get("/api/announcements").status_code == 200


def test_an_answer_has_so_many_rows_at_most(client: TestClient) -> None:
    answer = client.get("/api/announcements", params={"limit": "5000"}).json()
    assert answer["limit"] == 100 and len(answer["announcements"]) <= 100


def test_forms_are_taken_by_the_channel_and_the_desk_alone(settings: config.Config) -> None:
    """A new route that takes a form is seen here; those of the desk are enumerated in its own tests."""
    app = build(replace(settings, desk_enabled=True))
    routes = app._app.routes  # type: ignore[attr-defined]  # of the layer that sets the headers
    mounted = [route.path for route in routes if isinstance(route, Mount)]
    posted = {r.path for r in routes if isinstance(r, Route) and (r.methods is None or r.methods - {"GET", "HEAD"})}
    assert posted == {"/kakao/skill"} and mounted == ["/desk"]


def test_a_link_out_of_the_folder_is_not_followed(client: TestClient, settings: config.Config, tmp_path: Path) -> None:
    (tmp_path / "secret.txt").write_text("secret", "utf-8")
    link = settings.public / "out.txt"
    link.symlink_to(tmp_path / "secret.txt")
    assert client.get("/out.txt").status_code == 404
    link.unlink()


def test_without_a_database_it_says_so(tmp_path: Path) -> None:
    with TestClient(build(config.Config(tmp_path)), raise_server_exceptions=False) as empty:
        assert empty.get("/health").status_code == 503
        assert empty.get("/").status_code == 404
