"""Compose the application: what is answered where, with which headers; nothing of a request is echoed or logged."""

from __future__ import annotations

import gc
import hashlib
import json
from collections.abc import Callable
from dataclasses import replace
from datetime import date
from email.utils import parsedate_to_datetime
from pathlib import Path
from typing import Any

from starlette.applications import Starlette
from starlette.concurrency import run_in_threadpool
from starlette.requests import ClientDisconnect, Request
from starlette.responses import Response
from starlette.routing import BaseRoute, Mount, Route
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from feeds import faq
from feeds.items import Entries
from feeds.publish import site
from feeds.select import RESIDENT
from jiballim import compose
from jiballim.config import Config
from jiballim.web import answers
from jiballim.web.asked import asked
from jiballim.web.cards import SORRY, text
from jiballim.web.files import File, Files
from jiballim.web.reader import Reader
from jiballim.web.skill import Channel, Question, answer
from notices.errors import Refusal, WrongUse

_HEADERS = [
    (b"x-content-type-options", b"nosniff"),
    (b"referrer-policy", b"no-referrer"),
    (b"x-frame-options", b"DENY"),
    (b"cross-origin-opener-policy", b"same-origin"),
    (b"permissions-policy", b"camera=(), geolocation=(), microphone=()"),
    (
        b"content-security-policy",
        b"default-src 'none'; style-src 'self'; script-src 'self'; img-src 'self' data:; font-src 'self'; "
        b"connect-src 'self'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'",
    ),
]
_FRESH = "public, max-age=300"
_LONGEST_QUERY = 2_000
_ENTRIES = 3_000  # kept from one feed to the next: some 10 kB each
LARGE = "물음이 너무 깁니다. 지역 이름이나 찾는 말만 짧게 적어 주세요."


class Guard:
    """The outermost layer: strict headers on every answer, no bodies, no long queries, errors without an echo."""

    def __init__(self, app: ASGIApp) -> None:
        self._app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Pass a request on, or refuse it."""
        if scope["type"] != "http":
            await self._app(scope, receive, send)
            return

        async def with_headers(message: Message) -> None:
            if message["type"] == "http.response.start":
                message["headers"] = [*message["headers"], *_HEADERS]
            await send(message)

        if len(scope["query_string"]) > _LONGEST_QUERY:
            await _said(414, "주소가 너무 깁니다.")(scope, receive, with_headers)
            return
        await self._app(scope, receive, with_headers)


def started(config: Config) -> ASGIApp:
    """Return the application for a process that serves nothing else: what is loaded by now is never collected again,
    so that no visitor waits for a search through all of it.
    """
    app = build(config)
    gc.collect()
    gc.freeze()
    return app


def build(config: Config) -> ASGIApp:
    """Return the application of an installation; it reads the store and the published folder, and the desk alone writes."""
    files, reader, kept = Files(config.public), Reader(config.database), Entries(_ENTRIES)
    by = site(config.base_url, config.title, config.feedback_url)
    near = (
        ()
        if any(not desk.regions for desk in config.desks)
        else tuple(r for desk in config.desks for r in desk.regions)
    )
    channel = Channel(by.base_url, by.title, tuple(dict.fromkeys(near)))

    def feed(request: Request) -> Response:
        wish = asked(request.query_params.multi_items(), RESIDENT)
        with reader.store() as store:
            body = answers.feed(store, by, wish, compose.now().date(), kept, reader.file())
        return _document(request, body, wish.media_type)

    def listed(request: Request) -> Response:
        wish = asked(request.query_params.multi_items())
        with reader.store() as store:
            return _json(request, answers.announcements(store, wish))

    def one(request: Request) -> Response:
        with reader.store() as store:
            found = store.announcements.get(min(request.path_params["number"], 2**62))
        return _json(request, answers.announcement(found)) if found else _said(404, "그런 공고가 없습니다.")

    def health(request: Request) -> Response:
        with reader.store() as store:
            return _json(request, answers.health(store, compose.now()), cache="no-store")

    async def skill(request: Request) -> Response:
        payload = await _body(request, 64_000)
        if payload is None:
            return _answered(text(LARGE))
        return await run_in_threadpool(_skill, reader, channel, config.home / faq.NAME, payload)

    async def file(request: Request) -> Response:
        path = request.scope["path"]
        found = files.held(path) or await run_in_threadpool(files.get, path)
        if found is None:
            missing = await run_in_threadpool(files.get, "/404.html")
            return Response(missing.body, 404, media_type="text/html") if missing else _said(404, "그런 쪽이 없습니다.")
        return _file(request, found)

    routes: list[BaseRoute] = [
        *_desk(config, reader),
        Route("/feeds", _careful(feed)),
        Route("/api/announcements", _careful(listed)),
        Route("/api/announcements/{number:int}", _careful(one)),
        Route("/health", _careful(health)),
        Route("/kakao/skill", skill, methods=["POST"]),
        Route("/{path:path}", file),
    ]
    return Guard(Starlette(routes=routes, exception_handlers={404: _missing, 405: _no_method, 500: _broken}))


def _desk(config: Config, reader: Reader) -> list[BaseRoute]:
    """The staff's pages, where they are switched on."""
    if not config.desk_enabled:
        return []
    from jiballim.web.desk import application

    return [Route("/desk", _to_desk), Mount("/desk", application(config, reader))]


async def _to_desk(request: Request) -> Response:
    return Response(status_code=307, headers={"location": "/desk/"})


def _skill(reader: Reader, channel: Channel, questions: Path, payload: bytes) -> Response:
    """Answer the chatbot: always 200 and polite, since a chatbot shows nothing else."""
    day = compose.now().date()
    try:
        known = replace(channel, questions=_questions(questions, day), manual=_manual(questions))
        with reader.store() as store:
            said = answer(store, known, payload, day)
    except Refusal:
        said = text(SORRY)
    return _answered(said)


def _answered(said: dict[str, Any]) -> Response:
    body = json.dumps(said, ensure_ascii=False).encode("utf-8", "replace")
    return Response(body, headers={"cache-control": "no-store"}, media_type="application/json")


def _questions(path: Path, day: date) -> tuple[Question, ...]:
    """The centre's questions; a file that may not be shown (unsourced, stale) gives none."""
    try:
        return tuple(Question(each.question, each.answer, each.url) for each in faq.read(path, day))
    except WrongUse:
        return ()


def _manual(path: Path) -> str | None:
    try:
        return faq.manual(path)
    except WrongUse:
        return None


async def _body(request: Request, most: int) -> bytes | None:
    """Return a request's body, None as soon as it is or says it is larger than allowed; what broke off is empty."""
    announced = request.headers.get("content-length", "")
    if announced.isdecimal() and (len(announced) > 9 or int(announced) > most):
        return None
    body = bytearray()
    try:
        async for part in request.stream():
            body += part
            if len(body) > most:
                return None
    except ClientDisconnect:
        return b""
    return bytes(body)


def _careful(answer: Callable[[Request], Response]) -> Callable[[Request], Any]:
    """Answer in a thread; what is asked wrongly is a 400, what the store refuses a 503, each in one sentence."""

    async def answered(request: Request) -> Response:
        try:
            return await run_in_threadpool(answer, request)
        except WrongUse as wrong:
            return _said(400, str(wrong))
        except Refusal:
            return _said(503, "지금은 답할 수 없습니다. 조건을 줄이거나 잠시 뒤 다시 하십시오.")

    return answered


def _document(request: Request, body: bytes, media_type: str, cache: str = _FRESH) -> Response:
    etag = f'"{hashlib.sha256(body).hexdigest()[:20]}"'
    headers = {"ETag": etag, "Cache-Control": cache}
    if etag in request.headers.get("if-none-match", ""):
        return Response(status_code=304, headers=headers)
    return Response(body, headers=headers, media_type=media_type)


def _json(request: Request, value: object, cache: str = _FRESH) -> Response:
    return _document(request, json.dumps(value, ensure_ascii=False).encode(), "application/json", cache)


def _file(request: Request, found: File) -> Response:
    headers = {"ETag": found.etag, "Last-Modified": found.modified, "Cache-Control": _FRESH, "Vary": "Accept-Encoding"}
    if _unchanged(request, found):
        return Response(status_code=304, headers=headers)
    headers["Content-Type"] = found.media_type
    if found.packed is not None and "gzip" in request.headers.get("accept-encoding", ""):
        return Response(found.packed, headers={**headers, "Content-Encoding": "gzip"})
    return Response(found.body, headers=headers)


def _unchanged(request: Request, found: File) -> bool:
    if known := request.headers.get("if-none-match"):
        return found.etag in known
    try:
        since = parsedate_to_datetime(request.headers.get("if-modified-since", ""))
        return parsedate_to_datetime(found.modified) <= since
    except (TypeError, ValueError):
        return False


def _said(status: int, sentence: str) -> Response:
    return Response(sentence + "\n", status, media_type="text/plain; charset=utf-8")


async def _missing(request: Request, wrong: Exception) -> Response:
    return _said(404, "그런 쪽이 없습니다.")


async def _no_method(request: Request, wrong: Exception) -> Response:
    return _said(405, "읽기(GET)만 됩니다.")


async def _broken(request: Request, wrong: Exception) -> Response:
    return _said(500, "답하다가 잘못되었습니다. 잠시 뒤 다시 하십시오.")
