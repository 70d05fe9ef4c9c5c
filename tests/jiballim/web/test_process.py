"""The server as it is run: a process of its own, hostile requests over raw sockets, bodies without end, five hundred at once."""

from __future__ import annotations

import contextlib
import re
import resource
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import urlencode

import httpx2
import pytest

from jiballim import config
from notices.store import Store
from tests.desk.web.office import PASSWORD, keep

KOREAN = re.compile(r"[가-힣]")
GIGABYTE = 2**30


@dataclass
class Running:
    """A server process."""

    port: int
    process: subprocess.Popen[bytes]
    home: Path

    def memory(self) -> int:
        """The most bytes that it held so far."""
        status = Path(f"/proc/{self.process.pid}/status").read_text("utf-8")
        return int(re.findall(r"VmHWM:\s+(\d+) kB", status)[0]) * 1024

    def raw(self, said: bytes, wait: float = 5) -> bytes:
        """Say something and hear all of the answer."""
        with socket.create_connection(("127.0.0.1", self.port), timeout=wait) as one:
            with contextlib.suppress(ConnectionError):
                one.sendall(said)
            return heard(one)

    def get(self, target: bytes) -> tuple[int, str]:
        """Ask for a target as it stands; the status and the words of the answer."""
        answer = self.raw(b"GET " + target + b" HTTP/1.1\r\nHost: 127.0.0.1\r\nConnection: close\r\n\r\n")
        return int(answer[9:12]), answer.decode("utf-8", "replace")

    def client(self) -> httpx2.Client:
        return httpx2.Client(base_url=f"http://127.0.0.1:{self.port}", timeout=10, follow_redirects=False)


def heard(one: socket.socket) -> bytes:
    """Everything until the other side hangs up."""
    said = b""
    with contextlib.suppress(ConnectionError, TimeoutError):
        while part := one.recv(65_536):
            said += part
    return said


@pytest.fixture(scope="module")
def running(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Running]:
    """`jiballim serve` over an empty store, with the desk and its door."""
    home = tmp_path_factory.mktemp("process")
    Store.open(home / "jiballim.db").close()
    (home / "public").mkdir()
    (home / "public/index.html").write_text("<!DOCTYPE html><title>집알림</title>", "utf-8")
    (home / config.NAME).write_text("[desk]\nenabled = true\n", "utf-8")
    keep(home)
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    log = (home.parent / f"{home.name}.out").open("w+b")
    process = subprocess.Popen(
        [sys.executable, "-c", "from jiballim.cli import main; main()", "--home", str(home), "serve", "--port", str(port)],
        stdout=log, stderr=subprocess.STDOUT,
    )  # fmt: skip
    server = Running(port, process, home)
    for _ in range(200):
        with contextlib.suppress(httpx2.TransportError), server.client() as client:
            client.get("/health")
            break
        time.sleep(0.1)
    yield server
    process.send_signal(signal.SIGINT)
    process.wait(20)
    log.seek(0)
    out = log.read()
    log.close()
    assert b"zzq" not in out and b"Traceback" not in out, "nothing of a request reaches the log"


HOSTILE = [
    b"/feeds?q=" + b"zzq" * 600, b"/feeds?q=" + b"zzq" * 3_000, b"/feeds?q[zzq]=1", b"/feeds?q=zzq&q=zzq&nonsense=zzq",
    b"/feeds?limit=zzq", b"/feeds?limit=-1", b"/feeds?limit=99999999999999999999", b"/feeds?region=zzq", b"/feeds?format=zzq",
    b"/feeds?supply=%27%3B%20DROP%20TABLE%20zzq%3B--", b"/feeds?q=%00zzq", b"/api/announcements/zzq", b"/api/announcements/-1",
    b"/api/announcements/" + b"9" * 400, b"/zzq", b"/../zzq", b"/..%2f..%2fzzq", b"/%2e%2e/%2e%2e/etc/zzq", b"//evil.zzq/",
    b"/\\evil.zzq", b"/%5cevil.zzq", b"/%2f%2fevil.zzq/..", b"/feeds/%00zzq", b"/.git/zzq", b"/desk/zzq%0d%0aset-cookie:%20a=b",
    b"/" + b"zzq/" * 2_000, b"http://evil.zzq/", b"/zzq%ff%fe", b"/" + b"%2e%2e%2f" * 200 + b"zzq",
    b"/feeds?" + b"&".join([b"q=zzq"] * 300),
]  # fmt: skip


@pytest.mark.parametrize("target", HOSTILE, ids=lambda t: t[:30].decode("ascii", "replace"))
def test_a_hostile_question_is_refused_in_korean_and_reflects_nothing(running: Running, target: bytes) -> None:
    status, said = running.get(target)
    head, _, body = said.partition("\r\n\r\n")
    assert 300 <= status < 500 and status != 308, said
    assert "zzq" not in body and "Traceback" not in body
    if status in (303, 307):
        location = re.findall(r"(?im)^location: (\S+)", head)[0]
        assert re.match(r"/desk(?:/|$)", location) and "//" not in location and "evil" not in location.partition("?")[0]
    else:
        assert "location:" not in head.lower() and KOREAN.search(body), said
        assert "nosniff" in head


@pytest.mark.parametrize(
    "words", ['"', "* OR 1", "NEAR(a b)", "title:x", "(((((", "a' OR 'a'='a", "%", "^", "-", "{}", "x AND", "🏠" * 50]
)
def test_the_syntax_of_a_search_is_only_words(running: Running, words: str) -> None:
    with running.client() as client:
        for path in ("/feeds", "/api/announcements"):
            assert client.get(path, params={"q": words}).status_code == 200


@pytest.mark.parametrize(
    "said",
    [
        b"zzq\r\n\r\n", b"\x16\x03\x01zzq", b"GET /\x00zzq HTTP/1.1\r\nHost: a\r\n\r\n",
        b"GET / HTTP/1.1\r\nHost: a\r\nX: zzq\r\n b\r\n: c\r\n\r\n", b"GET / HTTP/1.1\r\n" + b"X: zzq\r\n" * 9_000,
        b"POST /kakao/skill HTTP/1.1\r\nHost: a\r\nContent-Length: zzq\r\n\r\n",
        b"POST /kakao/skill HTTP/1.1\r\nHost: a\r\nContent-Length: 5\r\nContent-Length: 6\r\n\r\nzzqzzq",
        b"POST /kakao/skill HTTP/1.1\r\nHost: a\r\nTransfer-Encoding: chunked\r\n\r\nzzq\r\n",
    ],
)  # fmt: skip
def test_what_is_no_request_is_refused_in_korean(running: Running, said: bytes) -> None:
    answer = running.raw(said)
    assert answer == b"" or answer.startswith(b"HTTP/1.1 400"), answer
    assert b"zzq" not in answer and (not answer or KOREAN.search(answer.decode()))


TYPES = {"/kakao/skill": "application/json", "/desk/login": "application/x-www-form-urlencoded", "/feeds": "text/plain"}


@pytest.mark.parametrize("path", TYPES)
@pytest.mark.parametrize("chunked", [False, True])
def test_a_body_of_a_gigabyte_is_refused_early_and_costs_no_memory(running: Running, path: str, chunked: bool) -> None:
    before, sent = running.memory(), 0
    length = "Transfer-Encoding: chunked" if chunked else f"Content-Length: {GIGABYTE}"
    head = f"POST {path} HTTP/1.1\r\nHost: 127.0.0.1\r\nContent-Type: {TYPES[path]}\r\n{length}\r\n\r\n"
    part = b"a" * 65_536
    piece = b"10000\r\n" + part + b"\r\n" if chunked else part
    with socket.create_connection(("127.0.0.1", running.port), timeout=5) as one:
        with contextlib.suppress(ConnectionError, TimeoutError):
            one.sendall(head.encode())
            while sent < 64 * 2**20:
                one.sendall(piece)
                sent += len(part)
        answer = heard(one)
    assert sent < 32 * 2**20, f"it listened to {sent:,} bytes"
    assert answer == b"" or answer[9:12] in (b"200", b"403", b"405", b"413"), answer[:200]
    assert running.memory() - before < 40 * 2**20
    with running.client() as client:
        assert client.get("/health").status_code == 200


def test_five_hundred_at_once_hinder_nobody(running: Running) -> None:
    many = min(500, resource.getrlimit(resource.RLIMIT_NOFILE)[0] // 3)
    begun = (
        b"", b"GET /health HTT", b"POST /kakao/skill HTTP/1.1\r\nHost: a\r\nContent-Length: 900\r\n\r\n{",
        b"POST /desk/login HTTP/1.1\r\nHost: 127.0.0.1\r\nContent-Type: application/x-www-form-urlencoded\r\n"
        b"Content-Length: 900\r\n\r\nkey=",
        b"GET /feeds?q=a HTTP/1.1\r\nHost: a\r\n\r\n",
    )  # fmt: skip
    slow = []
    try:
        for n in range(many):
            one = socket.create_connection(("127.0.0.1", running.port), timeout=10)
            one.sendall(begun[n % len(begun)])
            slow.append(one)
        took = []
        with running.client() as client:
            for n in range(40):
                start = time.perf_counter()
                path = ("/health", "/", "/desk/login", "/feeds?q=a")[n % 4]
                assert client.get(path).status_code == 200, path
                took.append(time.perf_counter() - start)
        assert sorted(took)[len(took) // 2] < 0.5 and max(took) < 4, sorted(took)[-5:]
    finally:
        for one in slow:
            one.close()


def test_a_stolen_or_replayed_form_does_nothing(running: Running) -> None:
    with running.client() as staff, running.client() as thief:
        key = re.findall(r'name="key" value="(\w+)"', staff.get("/desk/login").text)[0]
        form = {"key": key, "label": "김주무관", "password": PASSWORD}
        stolen = thief.post("/desk/login", data=form)
        assert stolen.status_code == 403 and KOREAN.search(stolen.text), "the form of another browser"
        assert staff.post("/desk/login", data=form).status_code == 303
        page = staff.get("/desk/home/own/new")
        inside = re.findall(r'name="key" value="(\w+)"', page.text)[0]
        ours = dict(re.findall(r'name="(id|version)" value="([^"]*)"', page.text))
        own = {**ours, "key": inside, "title": "한 번만", "section": "주거복지사업"}
        first, again = (staff.post("/desk/home/own", data=own) for _ in range(2))
        assert first.headers["location"] == again.headers["location"], "sent twice, done once"
        assert thief.post("/desk/home/own", data=own).headers["location"] == "/desk/login"
        cookies = dict(staff.cookies)
        assert staff.post("/desk/logout", data={"key": inside}).status_code == 303
        thief.cookies.update(cookies)
        late = thief.post("/desk/home/own", data={**own, "title": "훔친 글"})
        assert late.status_code == 403 and "저장되지 않았습니다" in late.text, "a login that ended opens nothing"
        assert (
            thief.post("/desk/login", content=urlencode(form), headers={"content-type": "text/plain"}).status_code
            == 415
        )
    with Store.open(running.home / "jiballim.db") as store:
        assert store.announcements.count() == 1


def test_it_writes_no_access_log(running: Running) -> None:
    running.get(b"/feeds?q=zzqsecret")
    assert running.process.poll() is None
    assert not [path for path in running.home.rglob("*.log*") if path.stat().st_size]
