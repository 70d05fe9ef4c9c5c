"""Bring what a centre picked onto its blogs, once each, and up to date again where the source corrected it."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date, datetime

from desk.blog.target import BlogError, LoginError, Target
from desk.centre import Desk
from desk.draft import Draft, compose, slug
from notices.errors import WrongUse
from notices.store import Store
from notices.store.views import Announcement, Post

MADE = ("posted", "written", "rewritten")


@dataclass(frozen=True, slots=True)
class Outcome:
    """What became of one announcement on one blog: "created", "updated", "written" or "failed", in words too."""

    announcement_id: int
    title: str
    target: str
    state: str
    said: str
    url: str | None = None


def draft(store: Store, desk: Desk, announcement_id: int, today: date) -> Draft:
    """Return the draft of an announcement as it would be posted now."""
    found = _known(store, announcement_id)
    return compose(desk, found, store.events.of(found.id), today, store.curation.picks(desk.name).get(found.id))


def publish(
    store: Store,
    desk: Desk,
    targets: Mapping[str, Target | BlogError],
    announcement_ids: Iterable[int],
    now: datetime,
    today: date,
    *,
    overwrite: bool = False,
) -> list[Outcome]:
    """Post these announcements, or whatever is picked and not posted, or outdated; call it one at a time.

    An announcement that is named is picked by that, and posted anew where it was posted before.
    """
    asked = list(dict.fromkeys(announcement_ids))
    for announcement_id in asked:
        _known(store, announcement_id)
        store.curation.decide(desk.name, announcement_id, "picked", now, None, None)
    return list(_publish(store, desk, targets, asked, now, today, overwrite))


def _publish(
    store: Store,
    desk: Desk,
    targets: Mapping[str, Target | BlogError],
    asked: list[int],
    now: datetime,
    today: date,
    overwrite: bool,
) -> Iterator[Outcome]:
    shut: dict[str, BlogError] = {}
    for announcement_id, name in _due(store, desk, targets, asked):
        found = _known(store, announcement_id)
        target = shut.get(name) or targets[name]
        try:
            if isinstance(target, BlogError):
                raise target
            yield _post(store, desk, found, name, target, now, today, overwrite)
        except BlogError as wrong:
            if isinstance(wrong, LoginError):
                shut[name] = wrong
            yield Outcome(found.id, found.title, name, "failed", str(wrong))


def _due(store: Store, desk: Desk, targets: Iterable[str], asked: list[int]) -> list[tuple[int, str]]:
    """Which announcement is to go to which blog; without being asked, only what is missing or outdated there."""
    if asked:
        return [(n, name) for n in asked for name in targets]
    made = {(p.announcement_id, p.target): p for p in store.curation.posts(desk.name) if p.state in MADE}
    picked = [n for n, pick in store.curation.picks(desk.name).items() if pick.state == "picked"]
    wanted = [(n, name) for n in picked for name in targets if (n, name) not in made]
    stale = [(p.announcement_id, p.target) for p in made.values() if p.outdated and p.target in targets]
    return [*((n, name) for n, name in stale if n is not None), *wanted]


def _post(
    store: Store,
    desk: Desk,
    found: Announcement,
    name: str,
    target: Target,
    now: datetime,
    today: date,
    overwrite: bool,
) -> Outcome:
    """Note the intent, post, and note what the blog holds: a crash between leaves a slug to look for."""
    last = store.events.last_id()
    words = draft(store, desk, found.id, today)
    post = store.curation.begin(desk.name, found.id, name, slug(found.uid), now)
    put = target.put(words, post, overwrite=overwrite)
    waits = "rewritten" if post.state in ("posted", "rewritten") else "written"
    held = waits if put.state == "written" else put.state
    store.curation.settle(post, held, now, remote=put.remote, url=put.url or post.url, digest=put.digest, event_id=last)
    state = "written" if put.state == "written" else "created" if put.created else "updated"
    return Outcome(found.id, words.title, name, state, put.note, put.url)


def done(store: Store, desk: Desk, asked: str, now: datetime, url: str | None = None) -> str:
    """Note that a person posted an announcement (by its number), or took a withdrawn post down (by its slug)."""
    if not asked.isdecimal():
        return _taken_down(store, desk, asked)
    found = _known(store, int(asked[:18]))
    names = [blog.name for blog in desk.blogs if blog.kind == "paste"]
    if not names:
        raise WrongUse(f"{desk.name}: 붙여 넣는 블로그가 설정에 없습니다. jiballim blog publish {asked}로 올리십시오.")
    for name in names:
        last = store.events.last_id()
        post = store.curation.begin(desk.name, found.id, name, slug(found.uid), now)
        seen = post.event_id if post.state in MADE else last
        store.curation.settle(
            post, "posted", now, remote=post.remote, url=url or post.url, digest=post.digest, event_id=seen
        )
    return f"{found.title}: 올린 것으로 적었습니다."


def _taken_down(store: Store, desk: Desk, asked: str) -> str:
    posts = [p for p in store.curation.posts(desk.name) if p.slug == asked and p.announcement_id is None]
    if not posts:
        raise WrongUse(f"{asked}: 내려야 할 글 가운데 그런 이름이 없습니다. jiballim blog queue에서 확인하십시오.")
    for post in posts:
        store.curation.forget(post)
    return f"{asked}: 내린 것으로 적었습니다."


def flagged(store: Store, centre: str = "") -> list[Post]:
    """Return the posts that need a hand: the source corrected them, or they are to be taken down."""
    return [p for p in store.curation.posts(centre) if p.announcement_id is None or (p.outdated and p.state in MADE)]


def _known(store: Store, announcement_id: int) -> Announcement:
    found = store.announcements.get(announcement_id)
    if found is None:
        raise WrongUse(f"{announcement_id}: 그런 번호의 공고가 없습니다. jiballim search로 번호를 찾으십시오.")
    return found
