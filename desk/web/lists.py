"""Lists of announcements: the queue, what was decided, what stands on the blogs, what is found; decide from any."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from starlette.responses import Response

from desk.blog.publish import MADE, done, flagged
from desk.queue import OUTDATED, Item
from desk.queue import queue as rank
from desk.web import forms, pages
from desk.web.visit import Missing, Visit
from notices.korean import one_line
from notices.store import Store
from notices.store.curation import STATES
from notices.store.views import Announcement, Post

SHOWN = 50
LISTS = {"picked": "고른 것", "later": "미룬 것", "hidden": "숨긴 것", "posted": "올린 것"}
EMPTY = {
    "picked": "오늘 볼 공고에서 ‘고르기’를 누르면 여기에 모입니다.",
    "later": "‘나중에’를 누른 공고가 여기에 모이고, 오늘 볼 공고의 맨 뒤에도 남습니다.",
    "hidden": "‘숨기기’를 누른 공고가 여기에 모입니다. 언제든 되돌릴 수 있습니다.",
    "posted": "블로그에 올렸거나 올렸다고 적은 공고가 여기에 모입니다.",
}
SAID = {
    "picked": "골랐습니다.", "hidden": "숨겼습니다. ‘숨긴 것’에서 되돌릴 수 있습니다.", "later": "나중으로 미뤘습니다.",
    "down": "내린 것으로 적었습니다.",
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class Card:
    """One announcement of a list: why it stands there, what was decided, which post of the blog it concerns."""

    told: Announcement
    state: str
    reasons: tuple[str, ...] = ()
    heading: str = ""
    posts: tuple[Post, ...] = ()


def queue(visit: Visit) -> Response:
    """Show what the centre might pass on today, what is to be corrected on the blog first."""
    with visit.office.reading() as store:
        items = rank(store, visit.desk, visit.now, SHOWN)
        gone = [post for post in flagged(store, visit.desk.name) if post.announcement_id is None]
        posts = _posts(store, visit)
    cards = [Card(i.announcement, i.state, _why(i), i.heading, tuple(posts.get(i.announcement.id, ()))) for i in items]
    return visit.page(
        "queue.html",
        stale=[card for card in cards if card.state == "outdated"],
        cards=[card for card in cards if card.state != "outdated"],
        gone=gone,
        said=SAID.get(visit.asked("said"), ""),
    )


def _why(item: Item) -> tuple[str, ...]:
    """The reasons without what the mark of the card says already."""
    said = (reason.removeprefix(f"{OUTDATED}: ") for reason in item.reasons)
    return tuple(reason for reason in said if reason not in (pages.STATES["picked"], pages.STATES["later"]))


def decided(visit: Visit) -> Response:
    """Show what was decided or posted, the latest first."""
    which = visit.request.path_params["which"]
    if which not in LISTS:
        raise Missing("그런 목록이 없습니다.")
    with visit.office.reading() as store:
        picks, posts = store.curation.picks(visit.desk.name), _posts(store, visit)
        if which == "posted":
            ids = [n for n, made in posts.items() if any(post.state in MADE for post in made)]
        else:
            ids = [n for n, pick in picks.items() if pick.state == which]
        cards = _cards(store, list(reversed(ids))[:SHOWN], visit, posts)
    said = SAID.get(visit.asked("said"), "")
    return visit.page(
        "list.html", title=LISTS[which], which=which, cards=cards, total=len(ids), said=said, empty=EMPTY[which]
    )


def search(visit: Visit) -> Response:
    """Show the announcements that hold all words, or the one of a number."""
    words = one_line(visit.asked("q")[:200])
    with visit.office.reading() as store:
        number = forms.number(words)
        found = [told.id for told in store.search(words, SHOWN)] if words else []
        ids = ([number] if number is not None else []) + found
        cards = _cards(store, dict.fromkeys(ids), visit, _posts(store, visit))
    return visit.page("search.html", words=words, cards=cards)


def decide(visit: Visit) -> Response:
    """Pick, hide or put off, and go back to where that was done."""
    state = forms.first(visit.form, "state")
    if state not in STATES:
        raise Missing("고르기, 나중에, 숨기기만 있습니다.")
    with visit.office.writing() as store, store.transaction():
        told = visit.known(store)
        store.curation.decide(visit.desk.name, told.id, state, visit.now, None, None)
        visit.note(store, state, told.id)
    back = forms.first(visit.form, "back")
    following = forms.number(forms.first(visit.form, "following"))
    anchor = f"#a{following}" if following else ""
    if back in LISTS:
        return visit.go(f"{visit.base}/list/{back}?said={state}{anchor}")
    if back == "view":
        return visit.go(f"{visit.base}/a/{told.id}?said={state}")
    return visit.go(f"{visit.base}/?said={state}{anchor}")


def down(visit: Visit) -> Response:
    """Note that a person took a withdrawn post off a blog."""
    with visit.office.writing() as store, store.transaction():
        slug = forms.line(visit.form, "slug")
        done(store, visit.desk, slug if not slug.isdecimal() else "", visit.now)
        visit.note(store, "down")
    return visit.go(f"{visit.base}/?said=down")


def _posts(store: Store, visit: Visit) -> dict[int, list[Post]]:
    found: dict[int, list[Post]] = {}
    for post in store.curation.posts(visit.desk.name):
        if post.announcement_id is not None:
            found.setdefault(post.announcement_id, []).append(post)
    return found


def _cards(store: Store, ids: Iterable[int], visit: Visit, posts: dict[int, list[Post]]) -> list[Card]:
    ids = list(ids)
    found, picks = store.announcements.among(ids), store.curation.picks(visit.desk.name)
    return [
        Card(
            found[n], pick.state if (pick := picks.get(n)) else "", tuple(_stand(posts.get(n, ()))), "",
            tuple(posts.get(n, ())),
        )
        for n in ids
        if n in found
    ]  # fmt: skip


def _stand(posts: Iterable[Post]) -> Iterable[str]:
    return (OUTDATED,) if any(post.outdated and post.state in MADE for post in posts) else ()
