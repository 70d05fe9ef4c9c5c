"""The one way in: whatever is not public needs a session, and whatever changes something needs the form's secret.

It stands before the routes, so that no route can be forgotten.
"""

from __future__ import annotations

import ipaddress
from collections.abc import Mapping
from http.cookies import CookieError, SimpleCookie
from urllib.parse import quote, urlsplit

from starlette.concurrency import run_in_threadpool
from starlette.datastructures import Headers
from starlette.responses import Response
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from desk.web import forms, keys, pages, passwords
from desk.web.office import Office
from desk.web.visit import PREFIX, Visit
from notices.errors import Refusal
from notices.store.desk import Session

PUBLIC = ("/desk.css", "/desk.js")
"""Files that the page of the door needs."""
LOGIN = "/login"
TYPED = {
    "title": "제목",
    "summary": "요약",
    "text": "본문",
    "place": "장소",
    "phone": "전화",
    "link": "주소",
    "url": "올린 글의 주소",
}
"""Fields that a person types, as the forms call them."""


class Door:
    """Lets a request through to the pages with a Visit, or answers it."""

    def __init__(self, office: Office, inside: ASGIApp) -> None:
        self._office, self._inside = office, inside

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer one request."""
        if scope["type"] != "http":
            return

        async def unkept(message: Message) -> None:
            if message["type"] == "http.response.start" and path not in PUBLIC:
                message["headers"] = [*message["headers"], (b"cache-control", b"no-store")]
            await send(message)

        path = scope["path"].removeprefix(scope.get("root_path", ""))
        refused = await self._pass(scope, path, receive)
        answer = self._inside if refused is None else refused
        await answer(scope, receive, unkept)

    async def _pass(self, scope: Scope, path: str, receive: Receive) -> Response | None:
        """Put the visit into the scope, or return why there is none."""
        headers, method = Headers(scope=scope), scope["method"]
        if method not in ("GET", "HEAD", "POST"):
            return said(405, "그렇게는 할 수 없습니다", "보기와 누르기만 됩니다.")
        if path in PUBLIC:
            return None if method != "POST" else said(405, "그렇게는 할 수 없습니다", "보기만 됩니다.")
        if not (loopback(headers) or scope["scheme"] == "https"):
            return said(403, "https로만 열립니다", INSECURE)
        try:
            kept = passwords.stored(self._office.home)
        except Refusal as refusal:
            return said(503, "담당자 화면이 아직 닫혀 있습니다", str(refusal))
        if not self._office.doors(kept):
            return said(503, "담당자 화면이 아직 닫혀 있습니다", UNSET)
        token = cookie(headers)
        session = await run_in_threadpool(self._session, token, kept)
        if session is None and path != LOGIN:
            typed = await _typed(headers, token, receive) if method == "POST" else {}
            return _ended(typed) if typed else _to_login(scope, path, method)
        visit = Visit(self._office, door_token(headers))
        if session:
            visit = Visit(self._office, token, session.label, session.door)
        scope["visit"] = visit
        return await self._form(visit, headers, receive) if method == "POST" else None

    async def _form(self, visit: Visit, headers: Headers, receive: Receive) -> Response | None:
        """Read the form and see that it is one of ours."""
        if headers.get("content-type", "").split(";")[0].strip().lower() != forms.TYPE:
            return said(415, "그렇게는 할 수 없습니다", "담당자 화면의 양식으로만 보낼 수 있습니다.")
        body = await forms.body(receive, headers.get("content-length", ""))
        if body is None:
            return said(413, "글이 너무 깁니다", "백만 바이트까지만 받습니다. 뒤로 가서 글을 줄여 주십시오.")
        form = forms.parse(body)
        if form is None:
            return said(400, "양식이 잘못되었습니다", "뒤로 가서 다시 해 주십시오.")
        if _foreign(headers) or not visit.token or not keys.is_form_key(visit.token, forms.first(form, "key")):
            return said(403, "이 양식은 지금 것이 아닙니다", STALE)
        visit.form = form
        return None

    def _session(self, token: str, kept: Mapping[str, str]) -> Session | None:
        """The session of a token, if it still counts; that it was used is noted once a minute."""
        if not keys.is_token(token):
            return None
        try:
            with self._office.reading() as store:
                found = store.sessions.get(keys.digest(token))
            now = self._office.now()
            if found is None or not self._office.within(found.door):
                return None
            if not keys.alive(found, passwords.mark(kept.get(found.door, "")), now):
                return None
            if now - found.seen > keys.TOUCH:
                with self._office.writing() as store:
                    store.sessions.touch(keys.digest(token), now)
        except Refusal:
            return None
        return found


INSECURE = (
    "비밀번호가 엿보이지 않도록 담당자 화면은 https나 이 컴퓨터 안의 주소에서만 열립니다. 앞에 nginx를 두었다면 Host와 "
    "X-Forwarded-Proto를 넘기는지 확인하십시오(docs/how-to/serve.ko.md)."
)
UNSET = (
    "비밀번호가 없습니다. 서버에서 jiballim desk password로 정하면 바로 열립니다. 처음부터 정해진 비밀번호는 없습니다."
)
STALE = (
    "다른 로그인에서 열었던 양식이거나 오래된 것입니다. 아무것도 바뀌지 않았습니다. 뒤로 가서 적던 글을 복사해 두고, "
    "쪽을 새로 연 뒤 다시 해 주십시오."
)


def said(status: int, title: str, sentence: str) -> Response:
    """Answer a page without a visit; nothing of the request is in it."""
    text = pages.template("shut.html").render(title=title, said=sentence)
    return Response(text.encode(), status, media_type="text/html")


def loopback(headers: Headers) -> bool:
    """Tell whether a request was made to this very computer."""
    try:
        host = urlsplit(f"//{headers.get('host', '')}").hostname or ""
        return host == "localhost" or ipaddress.ip_address(host).is_loopback
    except ValueError:
        return False


def cookie_name(headers: Headers, name: str) -> str:
    """Return a cookie's name; where it is Secure, the prefix keeps other hosts of the domain from setting it."""
    return name if loopback(headers) else f"__Host-{name}"


def _cookies(headers: Headers) -> dict[str, str]:
    try:
        return {name: morsel.value for name, morsel in SimpleCookie(headers.get("cookie", "")[:8_000]).items()}
    except CookieError:
        return {}


def cookie(headers: Headers, name: str = "desk") -> str:
    """Return a cookie as the browser says it, "" without one; "desk" is the session's token."""
    return _cookies(headers).get(cookie_name(headers, name), "")


def door_token(headers: Headers) -> str:
    """Return the token that the page of the door gave, "" without one."""
    found = cookie(headers, "desk-door")
    return found if keys.is_token(found) else ""


def put_cookie(answer: Response, headers: Headers, name: str, value: str, seconds: int) -> None:
    """Let the browser keep a token: out of reach of scripts, sent to this site alone, by https unless on loopback."""
    answer.set_cookie(
        cookie_name(headers, name), value, max_age=seconds, path="/", httponly=True, samesite="strict",
        secure=not loopback(headers),
    )  # fmt: skip


async def _typed(headers: Headers, token: str, receive: Receive) -> dict[str, str]:
    """What somebody typed whose login ended meanwhile: only from a form that this very browser was given."""
    if headers.get("content-type", "").split(";")[0].strip().lower() != forms.TYPE or not keys.is_token(token):
        return {}
    form = forms.parse(await forms.body(receive, headers.get("content-length", "")) or b"") or {}
    if _foreign(headers) or not keys.is_form_key(token, forms.first(form, "key")):
        return {}
    return {words: said for name, words in TYPED.items() if (said := forms.first(form, name).strip())}


def _ended(typed: dict[str, str]) -> Response:
    """Say that the login ended, with what was typed, so that nothing is lost."""
    text = pages.template("ended.html").render(typed=typed)
    return Response(text.encode("utf-8", "replace"), 403, media_type="text/html")


def _to_login(scope: Scope, path: str, method: str) -> Response:
    """Send to the login, and back to what was asked for."""
    query = scope["query_string"].decode("ascii", "replace")
    wanted = forms.onward(PREFIX + quote(path) + (f"?{query}" if query else "")) if method != "POST" else None
    more = f"?next={quote(wanted, safe='')}" if wanted and path != "/" else ""
    return Response(status_code=303, headers={"location": f"{PREFIX}{LOGIN}{more}"})


def _foreign(headers: Headers) -> bool:
    """Whether the browser says that another site sends this form."""
    if headers.get("sec-fetch-site", "same-origin") not in ("same-origin", "none"):
        return True
    origin = headers.get("origin", "null")  # a page without referrer sends null
    return origin != "null" and urlsplit(origin).netloc != headers.get("host", "")
