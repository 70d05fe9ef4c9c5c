"""One request at the desk, with whoever makes it: what a page needs to know, and how it answers."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import date, datetime
from functools import cached_property
from typing import Any
from urllib.parse import quote

from starlette.concurrency import run_in_threadpool
from starlette.requests import Request
from starlette.responses import Response

from desk.centre import Desk
from desk.web import forms, keys, pages
from desk.web.office import Office
from notices.errors import Refusal, WrongUse
from notices.store import Store
from notices.store.views import Announcement

PREFIX = "/desk"
_SECRET = ("key", "password")


class Missing(Refusal):
    """There is no such page, centre or announcement."""


@dataclass
class Visit:
    """A request; `label` is the name that the session was opened under, "" before that."""

    office: Office
    token: str
    label: str = ""
    form: forms.Form = field(default_factory=dict)
    request: Request = field(init=False)

    @cached_property
    def now(self) -> datetime:
        """The time of the request."""
        return self.office.now()

    @property
    def today(self) -> date:
        """The day of the request."""
        return self.now.date()

    @property
    def key(self) -> str:
        """The secret that this visitor's forms carry."""
        return keys.form_key(self.token)

    @cached_property
    def desk(self) -> Desk:
        """The centre that the address names."""
        found = self.office.desk(self.request.path_params["centre"])
        if found is None:
            raise Missing("그런 센터가 없습니다.")
        return found

    @property
    def base(self) -> str:
        """Where the centre's pages begin."""
        return f"{PREFIX}/{quote(self.desk.name, safe='')}"

    def asked(self, name: str) -> str:
        """A value of the query, "" where it is missing."""
        return self.request.query_params.get(name, "")

    def known(self, store: Store) -> Announcement:
        """The announcement that the address names."""
        found = store.announcements.get(min(self.request.path_params["number"], 2**62))
        if found is None:
            raise Missing("그런 번호의 공고가 없습니다. 다른 공고에 묶였거나 내렸을 수 있습니다.")
        return found

    def note(self, store: Store, what: str, announcement_id: int | None = None, note: str = "") -> None:
        """Write what is done into the log."""
        centre = self.desk.name if "centre" in self.request.path_params else ""
        store.log.note(self.now, self.label, what, centre, announcement_id, note)

    def page(self, name: str, status: int = 200, **given: Any) -> Response:
        """Answer a page made of a template."""
        inside = bool(self.label) and "centre" in self.request.path_params
        desk = self.office.desk(self.request.path_params["centre"]) if inside else None
        said = pages.template(name).render(v=self, desk=desk, base=self.base if desk else PREFIX, **given)
        return Response(said.encode("utf-8", "replace"), status, media_type="text/html")

    def go(self, path: str) -> Response:
        """Send on to a page of the desk, to be asked by GET."""
        return Response(status_code=303, headers={"location": path})


def page(answer: Callable[[Visit], Response]) -> Callable[[Request], Any]:
    """Make an endpoint of an answer: worked out in a thread; every refusal is a page that says what to do."""

    async def endpoint(request: Request) -> Response:
        visit: Visit = request.scope["visit"]
        visit.request = request
        return await run_in_threadpool(_answered, answer, visit)

    return endpoint


def _answered(answer: Callable[[Visit], Response], visit: Visit) -> Response:
    try:
        return answer(visit)
    except Missing as missing:
        return visit.page("said.html", 404, title="없는 쪽입니다", said=str(missing))
    except WrongUse as wrong:
        return visit.page("said.html", 400, title="그렇게는 할 수 없습니다", said=str(wrong))
    except Refusal:
        kept = [(n, value) for n, values in visit.form.items() if n not in _SECRET for value in values]
        again = visit.page("again.html", 503, kept=kept, path=visit.request.url.path)
        again.headers["retry-after"] = "30"
        return again
