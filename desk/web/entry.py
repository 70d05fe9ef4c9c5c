"""Log in and out."""

from __future__ import annotations

import time
from collections.abc import Mapping

from starlette.responses import Response

from desk.centre import EVERY
from desk.web import forms, keys, passwords
from desk.web.attempts import Attempts
from desk.web.door import cookie, put_cookie
from desk.web.visit import PREFIX, Visit
from notices.errors import Refusal

NAMELESS = "담당자"
WRONG = "비밀번호가 맞지 않습니다. 한/영 글쇠를 살펴보고 다시 해 주십시오."
WHICH = " 센터도 맞게 골랐는지 보십시오."
KNOWN = "desk-known"
"""The cookie of a browser that was in before."""
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
        kept = passwords.stored(visit.office.home)
        doors = visit.office.doors(kept)
        wanted = _wanted(visit, doors)
        visit.door = wanted if wanted in doors else ""
        hashed = kept.get(wanted) or next(iter(kept.values()))  # the same work for a door that is none
        known = keys.known_as(cookie(visit.request.headers, KNOWN), hashed)
        if not self._attempts.allow(address, time.monotonic(), known):
            return _door(visit, 429, OFTEN)
        if not passwords.right(hashed, forms.first(visit.form, "password")) or wanted not in doors:
            _note_refused(visit)
            return _door(visit, 403, WRONG + (WHICH if len(doors) > 1 else ""))
        self._attempts.forgive(address, known)
        return _enter(visit, hashed, known)


def _wanted(visit: Visit, doors: Mapping[str, str]) -> str:
    """The door that was chosen; where there is only one, that."""
    said = forms.first(visit.form, "door") or "-"
    return next(iter(doors)) if len(doors) == 1 else "" if said == EVERY else said


def _enter(visit: Visit, hashed: str, known: str) -> Response:
    """Open a session under a new token; what is old goes."""
    token, password = keys.token(), passwords.mark(hashed)
    visit.label = forms.line(visit.form, "label")[:20] or NAMELESS
    with visit.office.writing() as store, store.transaction():
        store.sessions.prune(visit.now - keys.LONGEST, visit.now - keys.IDLE, password, visit.door)
        store.log.prune(visit.now - keys.KEPT)
        store.sessions.open(keys.digest(token), visit.label, password, visit.now, visit.door)
        visit.note(store, "login")
    answer, headers = visit.go(forms.onward(forms.first(visit.form, "next")) or f"{PREFIX}/"), visit.request.headers
    put_cookie(answer, headers, "desk", token, int(keys.LONGEST.total_seconds()))
    put_cookie(answer, headers, KNOWN, keys.known(known or keys.token(), hashed), int(keys.KNOWN.total_seconds()))
    put_cookie(answer, headers, "desk-door", "", 0)
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
    doors = visit.office.doors(passwords.stored(visit.office.home))
    chosen = _wanted(visit, doors) if visit.form else (onward or "").removeprefix(f"{PREFIX}/").partition("/")[0] or "-"
    answer = visit.page("login.html", status, wrong=wrong, onward=onward or "", doors=doors, chosen=chosen)
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
    """End every session of the centres that this visitor may act for, this one too."""
    with visit.office.writing() as store, store.transaction():
        store.sessions.close_all(visit.doors)
        visit.note(store, "end")
    return visit.go(f"{PREFIX}/login")


def home(visit: Visit) -> Response:
    """Go to the one centre's queue, or choose among several."""
    if len(visit.desks) == 1:
        return visit.go(f"{PREFIX}/{visit.desks[0].name}/")
    return visit.page("centres.html")
