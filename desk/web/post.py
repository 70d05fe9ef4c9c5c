"""The draft of an announcement, ready to paste; and onto the blogs."""

from __future__ import annotations

from starlette.responses import Response

from desk import channel, render
from desk.blog.publish import done as note_done
from desk.blog.publish import draft as compose
from desk.blog.publish import publish as put
from desk.web import forms
from desk.web.visit import Visit
from notices.errors import WrongUse
from notices.links import web_link

OUTCOMES = {"created": "새로 올림", "updated": "고쳐 올림", "written": "붙여 넣을 글을 만듦", "failed": "못 올림"}


def draft(visit: Visit) -> Response:
    """Show the draft, its texts to copy, and the blogs to bring it to."""
    with visit.office.reading() as store:
        told = visit.known(store)
        made = compose(store, visit.desk, told.id, visit.today)
        kakao = channel.draft(store, visit.desk.name, told)
        posts = {p.target: p for p in store.curation.posts(visit.desk.name) if p.announcement_id == told.id}
    return visit.page(
        "draft.html", told=told, draft=made, text=render.text(made), html=render.html(made), posts=posts, kakao=kakao,
        most=channel.TEXT,
    )  # fmt: skip


def publish(visit: Visit) -> Response:
    """Bring the announcement onto the chosen blogs, and say what became of it on each."""
    chosen = visit.form.get("target", ())
    names = [blog.name for blog in visit.desk.blogs if blog.name in chosen]
    if not names:
        raise WrongUse("올릴 블로그를 하나 이상 고르십시오.")
    overwrite = forms.first(visit.form, "overwrite") == "yes"
    with visit.office.writing(publishing=True) as store:
        told = visit.known(store)
        opened = visit.office.targets(visit.desk, visit.today)
        wanted = {name: opened[name] for name in names}
        outcomes = put(store, visit.desk, wanted, [told.id], visit.now, visit.today, overwrite=overwrite)
        for outcome in outcomes:
            visit.note(store, "failed" if outcome.state == "failed" else "publish", told.id, outcome.target)
        posts = {p.target for p in store.curation.posts(visit.desk.name) if p.announcement_id == told.id}
    return visit.page("published.html", told=told, outcomes=outcomes, words=OUTCOMES, posts=posts, files=_files(visit))


def _files(visit: Visit) -> set[str]:
    """The blogs whose notes are places on the server, which mean nothing in a browser."""
    return {blog.name for blog in visit.desk.blogs if blog.kind == "markdown"}


def done(visit: Visit) -> Response:
    """Note that a person pasted the post into the blog, and where it stands."""
    said = forms.line(visit.form, "url")
    url = web_link(said)
    if said and url is None:
        raise WrongUse("올린 글의 주소는 http:// 또는 https://로 시작해야 합니다. 모르면 비워 두십시오.")
    with visit.office.writing() as store, store.transaction():
        told = visit.known(store)
        note_done(store, visit.desk, str(told.id), visit.now, url)
        visit.note(store, "done", told.id)
    return visit.go(f"{visit.base}/a/{told.id}?said=done")
