"""One announcement: its facts with the words they were read from, beside the centre's own title and summary."""

from __future__ import annotations

from collections.abc import Sequence

from starlette.responses import Response

from desk.web import forms
from desk.web.visit import TOGETHER, Visit
from notices import gate
from notices.errors import WrongUse
from notices.store import Explanation, Store, explain
from notices.store.views import Announcement, Pick

TITLE, SUMMARY = 150, 1000
"""Letters of a title and of a summary."""
SAID = {
    "picked": "골랐습니다.", "hidden": "숨겼습니다.", "later": "나중으로 미뤘습니다.", "words": "저장하고 골랐습니다.",
    "own": "센터 소식을 저장했습니다.", "split": "떼어서 이 공고로 두었습니다.", "join": "이 공고에 붙였습니다.",
    "done": "올린 것으로 적었습니다.",
}  # fmt: skip


def view(visit: Visit) -> Response:
    """Show an announcement."""
    with visit.office.reading() as store:
        told = visit.known(store)
        found = explain(store, told.id)
        pick = store.curation.picks(visit.desk.name).get(told.id)
        posts = [post for post in store.curation.posts(visit.desk.name) if post.announcement_id == told.id]
        maybe = _maybe(store, found) if found else []
    assert found is not None
    return visit.page(
        "view.html", told=told, found=found, pick=pick, version=words_version(pick), posts=posts, maybe=maybe,
        body=gate.carried(told, gate.licence(told)).body, own=_own(visit, told), said=SAID.get(visit.asked("said"), ""),
        title_limit=TITLE, summary_limit=SUMMARY, together=TOGETHER,
    )  # fmt: skip


def words(visit: Visit) -> Response:
    """Keep title and summary, unless somebody else wrote others meanwhile: then show both and lose neither."""
    title, summary = forms.line(visit.form, "title"), forms.line(visit.form, "summary")
    if len(title) > TITLE or len(summary) > SUMMARY:
        raise WrongUse(f"제목은 {TITLE}자, 요약은 {SUMMARY}자까지입니다. 뒤로 가면 적던 글이 그대로 있습니다.")
    with visit.office.writing() as store, store.transaction():
        told = visit.known(store)
        pick = store.curation.picks(visit.desk.name).get(told.id)
        same = pick is not None and (pick.title or "", pick.summary or "") == (title, summary)
        if forms.first(visit.form, "version") != words_version(pick) and not same:
            return visit.page(
                "conflict.html", 409, told=told, pick=pick, mine=(title, summary), version=words_version(pick),
                title_limit=TITLE, summary_limit=SUMMARY,
            )  # fmt: skip
        store.curation.decide(visit.desk.name, told.id, "picked", visit.now, title, summary)
        visit.note(store, "words", told.id)
    onward = "/draft" if forms.first(visit.form, "onward") == "draft" else "?said=words"
    return visit.go(f"{visit.base}/a/{told.id}{onward}")


def words_version(pick: Pick | None) -> str:
    """Return the version of a centre's words for an announcement."""
    return forms.version(pick.title or "", pick.summary or "") if pick else forms.version("", "")


def _own(visit: Visit, told: Announcement) -> int | None:
    """The notice in it that the centre wrote itself, to be edited."""
    return next((seen.notice_id for seen in told.seen if seen.source == visit.desk.source), None)


def _maybe(store: Store, found: Explanation) -> Sequence[tuple[int, Announcement, str]]:
    """What was kept apart in doubt: the notice of this announcement, the other announcement, and why."""
    pairs = [(w.seen.notice_id, other, reason) for w in found.witnesses for other, reason in w.maybe]
    known = store.notices.known([other for _, other, _ in pairs])
    of = {n: one.announcement_id for n, one in known.items() if one.announcement_id is not None}
    others = store.announcements.among(set(of.values()) - {found.announcement.id})
    return [(n, others[of[other]], why) for n, other, why in pairs if of.get(other) in others]
