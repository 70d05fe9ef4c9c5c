"""Log in and out."""

from __future__ import annotations

import time

from starlette.responses import Response

from desk.web import forms, keys, passwords
from desk.web.attempts import Attempts
from desk.web.door import put_cookie
from desk.web.visit import PREFIX, Visit
from notices.errors import Refusal

NAMELESS = "담당자"
WRONG = "비밀번호가 맞지 않습니다."
OFTEN = "너무 여러 번 틀렸습니다. 15분 뒤에 다시 해 주십시오."


def form(visit: Visit) -> Response:
    """Show the door; whoever is in already goes on."""
    if visit.label:
        return visit.go(f"{PREFIX}/")
    return _door(visit)


class Login:
    """Answer a login: rate limited, one hash for every attempt, and no word on what was wrong."""

    def __init__(self, attempts: Attempts) -> None:
        self._attempts = attempts

    def __call__(self, visit: Visit) -> Response:
        """Let somebody in, or not."""
        client = visit.request.client
        address = client.host if client else ""
        if not self._attempts.allow(address, time.monotonic()):
            return _door(visit, 429, OFTEN)
        kept = passwords.stored(visit.office.home)
        if kept is None or not passwords.right(kept, forms.first(visit.form, "password")):
            _note_refused(visit)
            return _door(visit, 403, WRONG)
        self._attempts.forgive(address)
        return _enter(visit, passwords.mark(kept))


def _enter(visit: Visit, password: str) -> Response:
    """Open a session under a new token; what is old goes."""
    token = keys.token()
    visit.label = forms.line(visit.form, "label")[:20] or NAMELESS
    with visit.office.writing() as store, store.transaction():
        store.sessions.prune(visit.now - keys.LONGEST, visit.now - keys.IDLE, password)
        store.log.prune(visit.now - keys.KEPT)
        store.sessions.open(keys.digest(token), visit.label, password, visit.now)
        visit.note(store, "login")
    answer = visit.go(forms.onward(forms.first(visit.form, "next")) or f"{PREFIX}/")
    put_cookie(answer, visit.request.headers, "desk", token, int(keys.LONGEST.total_seconds()))
    put_cookie(answer, visit.request.headers, "desk-door", "", 0)
    return answer


def _note_refused(visit: Visit) -> None:
    try:
        with visit.office.writing() as store:
            visit.note(store, "refused")
    except Refusal:
        return  # a log that cannot be written opens no door


def _door(visit: Visit, status: int = 200, wrong: str = "") -> Response:
    """The page of the door; its form is bound to this browser."""
    fresh = not visit.token
    visit.token = visit.token or keys.token()
    onward = forms.onward(forms.first(visit.form, "next") or visit.asked("next"))
    answer = visit.page("login.html", status, wrong=wrong, onward=onward or "")
    if fresh:
        put_cookie(answer, visit.request.headers, "desk-door", visit.token, 3600)
    return answer


def logout(visit: Visit) -> Response:
    """End this session."""
    with visit.office.writing() as store, store.transaction():
        store.sessions.close(keys.digest(visit.token))
        visit.note(store, "logout")
    answer = visit.go(f"{PREFIX}/login")
    put_cookie(answer, visit.request.headers, "desk", "", 0)
    return answer


def end_all(visit: Visit) -> Response:
    """End every session, this one too."""
    with visit.office.writing() as store, store.transaction():
        store.sessions.close_all()
        visit.note(store, "end")
    return visit.go(f"{PREFIX}/login")


def home(visit: Visit) -> Response:
    """Go to the one centre's queue, or choose among several."""
    desks = visit.office.desks
    if len(desks) == 1:
        return visit.go(f"{PREFIX}/{desks[0].name}/")
    return visit.page("centres.html", desks=desks)
