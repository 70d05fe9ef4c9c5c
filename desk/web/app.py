"""The desk as an application, to be mounted at /desk."""

from __future__ import annotations

import hashlib
from collections.abc import Callable

from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route
from starlette.types import ASGIApp

from desk.web import bundles, door, editor, entry, lists, own, pages, post, records
from desk.web.attempts import Attempts
from desk.web.office import Office
from desk.web.visit import Visit, page

Answer = Callable[[Visit], Response]


def build(office: Office) -> ASGIApp:
    """Return the desk of an installation."""
    inside = Starlette(routes=routes(), exception_handlers={404: _missing, 405: _method, 500: _broken})
    inside.router.redirect_slashes = False  # it would send to whatever host the request names
    return door.Door(office, inside)


def routes() -> list[Route]:
    """Return everything that the desk answers."""
    return [
        _file("/desk.css", "text/css; charset=utf-8"),
        _file("/desk.js", "text/javascript; charset=utf-8"),
        _get("/", entry.home),
        _get("/login", entry.form),
        _post("/login", entry.Login(Attempts())),
        _post("/logout", entry.logout),
        _post("/end", entry.end_all),
        _get("/{centre}/", lists.queue),
        _get("/{centre}/list/{which}", lists.decided),
        _get("/{centre}/search", lists.search),
        _post("/{centre}/down", lists.down),
        _get("/{centre}/a/{number:int}", editor.view),
        _post("/{centre}/a/{number:int}/decide", lists.decide),
        _post("/{centre}/a/{number:int}/words", editor.words),
        _get("/{centre}/a/{number:int}/draft", post.draft),
        _post("/{centre}/a/{number:int}/publish", post.publish),
        _post("/{centre}/a/{number:int}/done", post.done),
        _post("/{centre}/a/{number:int}/split", bundles.split),
        _get("/{centre}/a/{number:int}/join", bundles.ask_join),
        _post("/{centre}/a/{number:int}/join", bundles.join),
        _get("/{centre}/own", own.listed),
        _get("/{centre}/own/new", own.fresh),
        _get("/{centre}/own/{number:int}", own.edit),
        _post("/{centre}/own", own.save),
        _get("/{centre}/sources", records.sources),
        _get("/{centre}/sent", records.sent),
        _get("/{centre}/log", records.log),
    ]


def _get(path: str, answer: Answer) -> Route:
    return Route(path, page(answer), methods=["GET"], name=f"get {path}")


def _post(path: str, answer: Answer) -> Route:
    return Route(path, page(answer), methods=["POST"], name=f"post {path}")


def _file(path: str, media_type: str) -> Route:
    body = (pages.FOLDER / path[1:]).read_bytes()
    etag = f'"{hashlib.sha256(body).hexdigest()[:20]}"'
    headers = {"content-type": media_type, "etag": etag, "cache-control": "no-cache"}

    async def answer(request: Request) -> Response:
        known = etag in request.headers.get("if-none-match", "")
        return Response(b"" if known else body, 304 if known else 200, headers)

    return Route(path, answer, methods=["GET"], name=path)


async def _missing(request: Request, wrong: Exception) -> Response:
    return door.said(404, "없는 쪽입니다", "주소를 확인하거나 담당자 화면의 처음으로 돌아가 주십시오.")


async def _method(request: Request, wrong: Exception) -> Response:
    return door.said(405, "그렇게는 할 수 없습니다", "담당자 화면의 단추로 다시 해 주십시오.")


async def _broken(request: Request, wrong: Exception) -> Response:
    return door.said(500, "답하다가 잘못되었습니다", "바뀐 것이 있는지 살펴본 뒤 다시 해 주십시오.")
