"""Ask a WordPress one thing over HTTP, with a login that goes nowhere else, in bounded time and size."""

from __future__ import annotations

import base64
import json
import time
import urllib.error
import urllib.request
from dataclasses import dataclass
from http.client import HTTPException, HTTPResponse
from typing import IO, Any
from urllib.parse import urlsplit

from desk.blog.target import BlogError, LoginError

TIMEOUT = 15.0  # seconds
LARGEST = 4_000_000  # bytes of an answer
AGENT = "jiballim (blog)"
_LOOPBACK = ("127.0.0.1", "localhost", "::1")


class Unanswered(BlogError):  # noqa: N818 - silence is no error of the blog's
    """No whole answer came: what was asked may have been done or not."""


@dataclass(frozen=True, slots=True)
class Answer:
    """What the API answered, parsed."""

    status: int
    value: Any


class _Stay(urllib.request.HTTPRedirectHandler):
    """Never takes the login to another address."""

    def redirect_request(self, *_: Any) -> None:
        return None


class Rest:
    """The REST API of one site."""

    def __init__(self, site: str, user: str, password: str) -> None:
        self._site = site
        login = base64.b64encode(f"{user}:{password}".encode()).decode()
        self._headers = {"Authorization": f"Basic {login}", "User-Agent": AGENT, "Accept": "application/json"}
        near = urlsplit(site).hostname in _LOOPBACK
        self._open = urllib.request.build_opener(_Stay, *([urllib.request.ProxyHandler({})] if near else [])).open

    def ask(self, method: str, path: str, body: object = None, *, missing: bool = False) -> Answer | None:
        """Ask and return the answer; with `missing`, None for what is not there.

        Raises LoginError, Unanswered for silence and for errors of the server's own, and BlogError for all else.
        """
        data = None if body is None else json.dumps(body).encode()
        headers = self._headers | ({"Content-Type": "application/json"} if data else {})
        request = urllib.request.Request(f"{self._site}/wp-json{path}", data, headers, method=method)  # noqa: S310
        try:
            status, kind, said = self._send(request)
        except (TimeoutError, OSError, HTTPException) as wrong:
            raise Unanswered(f"{self._site}: {_silence(wrong)}") from None
        if missing and status in (404, 410):
            return None
        value = _parsed(kind, said)
        if status in (200, 201) and value is not None:
            return Answer(status, value)
        if status < 300:  # what was asked may have been done, whatever stands before or instead of the answer
            cut = f"{self._site}: {_silence(HTTPException())}"
            raise Unanswered(cut if kind == "application/json" else str(self.strange()))
        raise self._refusal(status, value)

    def _send(self, request: urllib.request.Request) -> tuple[int, str, bytes]:
        ends = time.monotonic() + TIMEOUT
        try:
            with self._open(request, timeout=TIMEOUT) as answer:
                return answer.status, answer.headers.get_content_type(), _read(answer, ends)
        except urllib.error.HTTPError as wrong:
            with wrong:
                return wrong.code, wrong.headers.get_content_type(), _read(wrong, ends)

    def strange(self) -> BlogError:
        """Make the refusal of an answer that is none of WordPress's."""
        return BlogError(
            f"{self._site}: 워드프레스 REST API가 아닌 것이 답합니다. site가 블로그의 첫 주소가 맞는지, 고유주소 설정이 "
            "'일반'이 아닌지, 보안 플러그인이 REST API를 막지 않는지 확인하십시오."
        )

    def _refusal(self, status: int, value: Any) -> BlogError:
        code = str(value.get("code", ""))[:60] if isinstance(value, dict) else ""
        if status == 401 or (status == 400 and code == "rest_invalid_param") or code.startswith("incorrect_password"):
            return LoginError(
                f"{self._site}: 로그인되지 않았습니다. 사용자 이름과 응용 프로그램 비밀번호를 담은 환경변수를 확인하십시오."
            )
        if status == 403:
            return LoginError(
                f"{self._site}: 이 계정에 글을 쓸 권한이 없습니다({code or 403}). 글쓴이(author) 이상인 계정을 쓰십시오."
            )
        if 300 <= status < 400:
            return BlogError(f"{self._site}: 다른 주소로 보냅니다({status}). site를 실제 블로그 주소로 고치십시오.")
        if status >= 500:
            return Unanswered(f"{self._site}: 블로그가 오류로 답합니다({status}). 잠시 뒤 다시 하십시오.")
        if isinstance(value, dict) and code:
            return BlogError(f"{self._site}: 블로그가 거절했습니다({status} {code}). 블로그의 설정을 확인하십시오.")
        return self.strange()


def _read(answer: IO[bytes] | HTTPResponse | urllib.error.HTTPError, ends: float) -> bytes:
    """Read an answer, at most so much in so much time: a site that drips is as silent as one that says nothing."""
    parts: list[bytes] = []
    size = 0
    while part := (answer.read1(65_536) if hasattr(answer, "read1") else answer.read(65_536)):
        parts.append(part)
        size += len(part)
        if size > LARGEST:
            raise HTTPException("too large")
        if time.monotonic() > ends:
            raise TimeoutError
    return b"".join(parts)


def _parsed(kind: str, said: bytes) -> Any:
    """The JSON that an answer is, None where it is none: a page of HTML comes with status 200 too."""
    if kind != "application/json":
        return None
    try:
        return json.loads(said)
    except (ValueError, RecursionError):
        return None


def _silence(wrong: BaseException) -> str:
    reason = wrong.reason if isinstance(wrong, urllib.error.URLError) else wrong
    if isinstance(reason, TimeoutError):
        return f"{TIMEOUT:.0f}초 안에 답하지 않았습니다."
    if isinstance(reason, HTTPException):
        return "답이 중간에 끊겼거나 너무 큽니다."
    said = getattr(reason, "strerror", None) or type(reason).__name__
    return f"연결되지 않습니다({said}). 주소와 인터넷 연결을 확인하십시오."
