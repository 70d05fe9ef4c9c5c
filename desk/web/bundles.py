"""Take a notice out of an announcement, or put it into another: shown first, then done; a crawl respects it for good."""

from __future__ import annotations

from starlette.responses import Response

from desk.web import forms
from desk.web.visit import Missing, Visit
from notices.errors import WrongUse
from notices.store import Store
from notices.store.views import Announcement, Seen


def split(visit: Visit) -> Response:
    """Take a notice out into an announcement of its own."""
    visit.together()
    with visit.office.writing(alone=True) as store, store.transaction():
        told = visit.known(store)
        seen = _notice(told, forms.first(visit.form, "notice"))
        if len(told.seen) < 2:
            raise WrongUse("글이 하나뿐인 공고라 뗄 것이 없습니다.")
        after = store.membership.split(seen.notice_id, visit.now)
        visit.note(store, "split", after, f"{told.id}번에서")
    return visit.go(f"{visit.base}/a/{after}?said=split")


def ask_join(visit: Visit) -> Response:
    """Show the notice and the announcement side by side, before they are joined."""
    visit.together()
    with visit.office.reading() as store:
        told = visit.known(store)
        seen = _notice(told, visit.asked("notice"))
        other = _other(store, told, visit.asked("to"))
    return visit.page("join.html", told=told, seen=seen, other=other)


def join(visit: Visit) -> Response:
    """Put a notice into another announcement."""
    visit.together()
    with visit.office.writing(alone=True) as store, store.transaction():
        told = visit.known(store)
        seen = _notice(told, forms.first(visit.form, "notice"))
        other = _other(store, told, forms.first(visit.form, "to"))
        store.membership.join(seen.notice_id, other.id, visit.now)
        visit.note(store, "join", other.id, f"{told.id}번의 글 {seen.notice_id}번을")
    return visit.go(f"{visit.base}/a/{other.id}?said=join")


def _notice(told: Announcement, said: str) -> Seen:
    found = next((seen for seen in told.seen if seen.notice_id == forms.number(said)), None)
    if found is None:
        raise Missing("그 글은 이 공고에 없습니다. 그 사이에 누가 떼거나 붙였을 수 있습니다.")
    return found


def _other(store: Store, told: Announcement, said: str) -> Announcement:
    number = forms.number(said.strip().removesuffix("번"))
    found = store.announcements.get(number) if number is not None else None
    if found is None:
        raise WrongUse("붙일 공고의 번호를 숫자로 적으십시오. 번호는 공고의 쪽 위에 있습니다.")
    if found.id == told.id:
        raise WrongUse("이미 이 공고에 있는 글입니다. 다른 공고의 번호를 적으십시오.")
    return found
