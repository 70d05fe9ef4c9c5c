"""Attacks that no room's own tests try; docs/reference/security.md says which test holds which class."""

from __future__ import annotations

import ast
import html
import os
import socket
import sqlite3
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

import pytest

from jiballim import config, work
from notices.dates import find_dates
from notices.links import web_link
from notices.model import Notice, RunState
from notices.personal import lists_people, mask, protect
from notices.reading import read as read_notice
from notices.regions import find as find_regions
from notices.store import Store, StoreError
from notices.store.search import query
from spiders.crawl import Day, days
from spiders.guard import AddressPolicy, GuardedResolver
from spiders.pages import detail, listing
from spiders.pages.document import Document
from spiders.registry import SourceError, read
from spiders.standins import MISSING, Request, Response, serve
from tests.replay import board_list, board_post, by_host, write_source

ROOT = Path(__file__).resolve().parents[1]
ROOMS = ("notices", "spiders", "feeds", "notify", "desk", "jiballim")
NOW = datetime(2026, 11, 24, 9, 0, tzinfo=ZoneInfo("Asia/Seoul"))


def board(request: Request) -> Response:
    """A board that works."""
    if request.path == "/list.do":
        return Response(board_list((3, 2, 1)))
    return Response(board_post(int(request.query["no"]))) if request.path == "/view.do" else MISSING


# 2: names that lead inside


class Address:
    """An address as Twisted tells it."""

    def __init__(self, host: str) -> None:
        self.host = host


class Told:
    """Takes the addresses that reach the one who connects."""

    def __init__(self) -> None:
        self.hosts: list[str] = []

    def resolutionBegan(self, resolution: Any) -> None:  # noqa: N802 - Twisted's interface
        """Begin."""

    def addressResolved(self, address: Any) -> None:  # noqa: N802
        """Take an address."""
        self.hosts.append(address.host)

    def resolutionComplete(self) -> None:  # noqa: N802
        """End."""


class Rebinding:
    """A name server that answers with a public address first and with inner ones ever after."""

    def __init__(self) -> None:
        self.answers = iter((["203.247.66.1"], ["127.0.0.1", "203.247.66.2"], ["10.0.0.1", "::1"]))

    def resolveHostName(self, receiver: Any, host: str, *_: Any, **__: Any) -> Any:  # noqa: N802
        """Answer."""
        receiver.resolutionBegan(None)
        for answer in next(self.answers):
            receiver.addressResolved(Address(answer))
        receiver.resolutionComplete()
        return receiver


def test_a_name_that_changes_its_address_never_leads_inside() -> None:
    """Each connection goes only to what the resolver passes, so that there is no second look that could differ."""
    resolver = GuardedResolver.__new__(GuardedResolver)
    resolver.original_resolver = Rebinding()
    resolver._policy = AddressPolicy()
    reached = []
    for _ in range(3):
        from scrapy.resolver import dnscache

        dnscache.clear()
        told = Told()
        resolver.resolveHostName(told, "rebind.example")
        reached.append(told.hosts)
    assert reached == [["203.247.66.1"], ["203.247.66.2"], []]


# 3, 4, 8: redirects, spellings, answers that are cut off

LEADS = {
    "file": "file:///etc/passwd", "ftp": "ftp://127.0.0.1/list.do", "data": "data:text/html,<table>", "script": "javascript:alert(1)",
    "at": "http://at.example@127.0.0.1:9/", "back": "http://127.0.0.1:9\\@back.example/list.do", "tab": "http://127.0.\t0.1:9/",
    "slashes": "//127.0.0.1:9/list.do", "v6": "http://[::ffff:127.0.0.1]:9/", "chain": "/hop?n=1",
}  # fmt: skip


def leading(request: Request) -> Response:
    """A list that leads to where its host's name says; "chain" goes on for eight steps before it answers."""
    if request.path == "/hop" and request.query["n"] == "8":
        return Response(board_list((1,)))
    to = f"/hop?n={int(request.query['n']) + 1}" if request.path == "/hop" else LEADS[request.host.split(".")[0]]
    return MISSING if request.path == "/robots.txt" else Response("", 302, headers={"Location": to})


def test_no_redirect_leads_to_another_scheme_another_host_or_for_ever(tmp_path: Path) -> None:
    for name in LEADS:
        write_source(tmp_path, name, f"https://{name}.example/list.do")
    with serve(by_host({f"{name}.example": leading for name in LEADS})) as served:
        (runs,) = days([Day(tuple(LEADS), NOW, served.origin)], home=tmp_path)
    assert {run.source: (run.state, bool(run.sentence)) for run in runs} == dict.fromkeys(
        LEADS, (RunState.FAILED, True)
    )
    assert {request.host for request in served.requests} == {f"{name}.example" for name in LEADS}
    assert sum(request.path == "/hop" for request in served.requests) <= 6
    with Store.open(tmp_path / "jiballim.db", readonly=True) as store:
        assert store.notices.count() == 0


@contextmanager
def cut_off() -> Iterator[str]:
    """A server that promises more than it sends, then hangs up."""
    page = board_list(range(30, 0, -1)).encode()
    listener = socket.create_server(("127.0.0.1", 0))

    def answer() -> None:
        while True:
            try:
                peer, _ = listener.accept()
            except OSError:
                return
            with peer:
                asked = peer.recv(65_536)
                found = b"HTTP/1.1 200 OK\r\nContent-Type: text/html\r\nContent-Length: %d\r\n\r\n" % len(page)
                none = b"HTTP/1.1 404 Not Found\r\nContent-Length: 0\r\n\r\n"
                peer.sendall(none if b"robots.txt" in asked else found + page[: len(page) // 2])

    threading.Thread(target=answer, daemon=True).start()
    try:
        yield f"http://127.0.0.1:{listener.getsockname()[1]}"
    finally:
        listener.close()


def test_a_page_that_breaks_off_is_a_failed_run_and_no_half_list(tmp_path: Path) -> None:
    write_source(tmp_path, "half", "https://half.example/list.do")
    with cut_off() as origin:
        ((run,),) = days([Day(("half",), NOW, origin)], home=tmp_path)
    assert (run.state, run.reason, run.listed) == (RunState.FAILED, "network", 0)
    assert run.sentence is not None and "끊겼습니다" in run.sentence


@pytest.mark.parametrize(
    "endpoint",
    [
        "file:///etc/passwd", "ftp://a.example/", "http:///list.do", "//a.example/list.do", "javascript:alert(1)",
        "http://a.example\\@127.0.0.1/", "http://user:secret@a.example/", "http://a.exa\tmple/", "http://a.example\n/",
    ],
)  # fmt: skip
def test_a_source_file_names_a_plain_web_address(tmp_path: Path, endpoint: str) -> None:
    quoted = endpoint.replace("\\", "\\\\").replace("\t", "\\t").replace("\n", "\\n")
    write_source(tmp_path, "odd", quoted)
    with pytest.raises(SourceError, match=r"odd\.toml의 (page|endpoint)"):
        read(tmp_path / "sources" / "odd.toml")


# 10: XML

BOMB = "".join(f'<!ENTITY a{n} "{f"&a{n - 1};" * 10}">' for n in range(1, 10))


@pytest.mark.parametrize(
    "document",
    [
        f'<!DOCTYPE r [<!ENTITY x SYSTEM "{(ROOT / "LICENSE").as_uri()}">]><rss><title>&x;</title></rss>',
        f'<!DOCTYPE r [<!ENTITY % x SYSTEM "{(ROOT / "LICENSE").as_uri()}"> %x;]><rss><title>MIT?</title></rss>',
        f'<rss xmlns:xi="http://www.w3.org/2001/XInclude"><xi:include parse="text" href="{(ROOT / "LICENSE").as_uri()}"/></rss>',
        f'<!DOCTYPE r [<!ENTITY a0 "햇살">{BOMB}]><rss><title>&a9;</title></rss>',
    ],
    ids=["entity", "parameter", "include", "bomb"],
)
def test_xml_brings_nothing_from_outside_and_stays_small(document: str) -> None:
    start = time.process_time()
    root = Document(f'<?xml version="1.0"?>{document}'.encode(), "https://a.example/rss.xml").xml
    said = "" if root is None else "".join(map(str, root.itertext()))
    assert "Permission is hereby granted" not in said
    assert len(said) < 10_000
    assert time.process_time() - start < 1


# 12: expressions that take for ever

BAIT = tuple(
    (unit * 100_000)[:100_000] + end
    for unit, end in (
        ("가", "!"), ("가", ":"), (" ", "x"), ("\n", "x"), ("\t", "x"), ("1", "x"), ("1,", "x"), ("2026.1.", "x"), ("1.1.1.1.", "x"),
        ("(", ""), ("([", ""), ("가 ", ""), ("<a ", ""), ("<!--", ""), ("&#", ""), ("http://a", ""), ("a@", ""), ("'", ""),
        ("~", "1"), ("제1차 ", ""), ("-", "가"), ("ab12-", "x"), ("=", ""), ("\\'", ""), ("12-", "호"), ("A동 ", ""), ("정비 ", ""),
    )
)  # fmt: skip
LONGEST = 3  # seconds of CPU


def understood(text: str) -> None:
    """Title and body as the heart takes them."""
    read_notice(protect(Notice("haessal", "1", text, "https://a.example/1", body=text)))


def listed(text: str) -> None:
    """A list and a post of a board that hold the text in a title, a date and a body."""
    cell = html.escape(text)
    table = board_list((3, 2)).replace("2026-11-03", cell).replace("임대주택 2호", cell)
    listing(Document(table.encode(), "https://a.example/list.do"), today=NOW.date())
    post = board_post(1).replace("2026-11-02", cell).replace("행정복지센터", cell)
    detail(Document(post.encode(), "https://a.example/view.do?no=1"), today=NOW.date())


def scripted(text: str) -> None:
    """A page whose rows come by script."""
    page = f"<script>var list = [{text}]; fn_view('{text}')</script><a href=\"javascript:go('{text}')\">글</a>"
    listing(Document(page.encode(), "https://a.example/list.do"), today=NOW.date())


DOORS: dict[str, Callable[[str], object]] = {
    "mask": mask, "lists_people": lists_people, "find_dates": find_dates, "find_regions": find_regions, "search": query,
    "web_link": web_link, "understood": understood, "listed": listed, "scripted": scripted,
}  # fmt: skip


@pytest.mark.parametrize("door", DOORS)
def test_no_text_holds_a_door_for_long(door: str) -> None:
    """A text of 100,000 letters made to hold an expression up passes every door in seconds."""
    slow = {}
    for bait in BAIT:
        start = time.process_time()
        DOORS[door](bait)
        if (took := time.process_time() - start) > LONGEST:
            slow[bait[:8]] = round(took, 2)
    assert slow == {}


# 13: no code in settings

REFUSED = {"eval", "exec", "compile", "__import__"}


@pytest.mark.parametrize("room", ROOMS)
def test_nothing_that_is_read_is_run(room: str) -> None:
    """No eval, no pickle, no shell, no YAML; every template engine escapes."""
    wrong = []
    for path in (ROOT / room).rglob("*.py"):
        for node in ast.walk(ast.parse(path.read_text("utf-8"))):
            if isinstance(node, ast.Call):
                name = ast.unparse(node.func)
                shell = any(k.arg == "shell" for k in node.keywords)
                if name in REFUSED or shell or name.startswith(("pickle.", "marshal.", "yaml.", "os.system")):
                    wrong.append(f"{path.relative_to(ROOT)}:{node.lineno} {name}")
                if name.endswith("Environment") and "autoescape" not in {k.arg for k in node.keywords}:
                    wrong.append(f"{path.relative_to(ROOT)}:{node.lineno} {name} without autoescape")
    assert wrong == []


@pytest.mark.parametrize(
    "hint", ["document('file:///etc/passwd')//x", "unparsed-text('/etc/passwd')", "tr:has(", "env"]
)
def test_a_hint_is_a_selector_and_reads_no_file(tmp_path: Path, hint: str) -> None:
    """A hint that is no CSS is refused with its file, or selects nothing; either way the run has a name."""
    write_source(tmp_path, "hinted", "https://hinted.example/list.do", tables=f'[hints]\nrow = "{hint}"')
    try:
        read(tmp_path / "sources" / "hinted.toml")
    except SourceError as wrong:
        assert "hinted.toml" in str(wrong)
        return
    with serve(by_host({"hinted.example": board})) as served:
        ((run,),) = days([Day(("hinted",), NOW, served.origin)], home=tmp_path)
    assert run.state is RunState.DONE or run.sentence


# 24, 27, 29: what was good stays


@pytest.fixture
def home(tmp_path: Path) -> Path:
    """An installation that heard a board once and tells one hook."""
    write_source(tmp_path, "haessal", "https://haessal.example/list.do")
    (tmp_path / config.NAME).write_text(
        'sources = ["haessal"]\n[[centre]]\nname = "c"\ntitle = "햇살센터"\n'
        '[[centre.route]]\nname = "r"\nurls_env = ["JIBALLIM_URLS_TEST"]\ndays = "daily"\n',
        "utf-8",
    )
    with serve(by_host({"haessal.example": board})) as served:
        work.crawl(config.load(tmp_path), (), now=NOW, replay_origin=served.origin)
    return tmp_path


def published(home: Path) -> dict[str, bytes]:
    """Every file of the public folder."""
    work.publish(config.load(home), NOW)
    return {
        str(p.relative_to(home)): p.read_bytes() for p in (home / "public").rglob("*.xml") if "health" not in p.name
    }


def test_a_failed_run_leaves_the_feeds_as_they_were(home: Path) -> None:
    before = published(home)
    assert any(b"<item>" in data for data in before.values())
    with serve(lambda r: MISSING if r.path == "/robots.txt" else Response("<title>점검</title>", 500)) as served:
        (run,) = work.crawl(config.load(home), (), now=NOW, replay_origin=served.origin)
    assert run.state is RunState.FAILED
    assert published(home) == before


def test_a_copy_made_while_open_is_whole(home: Path) -> None:
    """The backup that the how-to names brings the same feeds, and the next crawl knows every post."""
    before = published(home)
    with Store.open(home / "jiballim.db"):
        copying = sqlite3.connect(home / "jiballim.db")
        copying.execute("VACUUM INTO ?", (str(home / "copy.db"),))
        copying.close()
    for left in home.glob("jiballim.db*"):
        left.unlink()
    (home / "copy.db").rename(home / "jiballim.db")
    assert published(home) == before
    with serve(by_host({"haessal.example": board})) as served:
        (run,) = work.crawl(config.load(home), (), now=NOW, replay_origin=served.origin)
    assert (run.state, run.new) == (RunState.DONE, 0)


@pytest.mark.parametrize("lost", ["event", "delivery", "cursor"])
def test_a_question_that_fails_is_not_taken_for_nothing_sent_yet(
    home: Path, lost: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Told once; then the record of it is damaged: nothing goes out a second time, and the sentence names the file."""
    letters: list[str] = []

    def hook(request: Request) -> Response:
        letters.append(request.path)
        return Response("{}", content_type="application/json")

    with serve(hook) as served:
        monkeypatch.setitem(
            os.environ, "JIBALLIM_URLS_TEST", served.origin.replace("http", "json", 1) + "/hook.example/"
        )
        assert work.notify(config.load(home), NOW, force=True).well
        sent = len(letters)
        assert sent
        with sqlite3.connect(home / "jiballim.db") as raw:
            raw.execute("PRAGMA foreign_keys=OFF")
            raw.execute(f"ALTER TABLE {lost} RENAME TO lost")
        raw.close()
        with pytest.raises(StoreError, match=r"jiballim\.db"):
            work.notify(config.load(home), NOW + timedelta(days=1), force=True)
        assert len(letters) == sent
