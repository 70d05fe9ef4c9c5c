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


class Foreign(Refusal):
    """It belongs to a centre that this visitor may not act for."""


FOREIGN = "다른 센터의 일은 그 센터의 비밀번호로 들어가서 하십시오."
TOGETHER = (
    "글을 떼고 붙이면 모든 센터가 보는 공고가 바뀝니다. 그래서 모든 센터의 일을 맡은 사람만 할 수 있습니다. 중앙 센터에 "
    "공고 번호를 알려 주십시오."
)


@dataclass
class Visit:
    """A request; `label` is the name that the session was opened under, "" before that.

    `door` is the centre whose password opened it, "" for that of all.
    """

    office: Office
    token: str
    label: str = ""
    door: str = ""
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
    def desks(self) -> tuple[Desk, ...]:
        """The centres that this visitor may act for."""
        return self.office.within(self.door) if self.label else ()

    @property
    def whole(self) -> bool:
        """Whether this visitor may act for all centres, and so change what all of them see."""
        return len(self.desks) == len(self.office.desks)

    @property
    def doors(self) -> tuple[str, ...] | None:
        """The doors whose sessions and records this visitor sees, None for all."""
        return None if self.whole else tuple(desk.name for desk in self.desks)

    @property
    def by(self) -> str:
        """What the visitor's door is called, "" where there is only one centre."""
        return self.office.door_name(self.door)

    @cached_property
    def desk(self) -> Desk:
        """The centre that the address names."""
        found = self.office.desk(self.request.path_params["centre"])
        if found is None:
            raise Missing("그런 센터가 없습니다.")
        if found not in self.desks:
            raise Foreign(f"{self.by}의 비밀번호로 들어오셨습니다. {FOREIGN}")
        return found

    def enter(self) -> None:
        """Refuse whoever may not act for the centre that the address names, whatever the page needs of it."""
        if "centre" in self.request.path_params:
            _ = self.desk

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
        centre = self.desk.name if "centre" in self.request.path_params else self.door
        store.log.note(self.now, self.label, what, centre, announcement_id, note, self.door)

    def together(self) -> None:
        """Refuse what changes the announcements of all centres to whoever may not act for all."""
        if not self.whole:
            raise Foreign(TOGETHER)

    def page(self, name: str, status: int = 200, **given: Any) -> Response:
        """Answer a page made of a template."""
        centre = self.request.path_params.get("centre", "")
        desk = next((desk for desk in self.desks if desk.name == centre), None)
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
        visit.enter()
        return answer(visit)
    except Missing as missing:
        return visit.page("said.html", 404, title="없는 쪽입니다", said=str(missing))
    except Foreign as foreign:
        return visit.page("said.html", 403, title="이 로그인으로는 할 수 없습니다", said=str(foreign))
    except WrongUse as wrong:
        return visit.page("said.html", 400, title="그렇게는 할 수 없습니다", said=str(wrong))
    except Refusal:
        kept = [(n, value) for n, values in visit.form.items() if n not in _SECRET for value in values]
        again = visit.page("again.html", 503, kept=kept, path=visit.request.url.path)
        again.headers["retry-after"] = "30"
        return again
