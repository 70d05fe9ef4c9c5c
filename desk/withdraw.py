"""Take a notice back everywhere: out of the store, out of the files we wrote, off the blogs we posted to."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime

from desk.blog.target import BlogError, Target
from notices.store import Store
from notices.store.views import Post


@dataclass(frozen=True, slots=True)
class Withdrawn:
    """What was taken back: the notices by number, the posts that are down, and a sentence on each that is not."""

    notices: tuple[int, ...]
    down: tuple[str, ...] = ()
    left: tuple[str, ...] = ()


def withdraw(store: Store, notice_ids: Iterable[int], at: datetime) -> tuple[int, ...]:
    """Erase notices from the store: text, editions, facts, search rows, news; returns the numbers of those that were there."""
    return tuple(n for n in notice_ids if store.withdraw(n, at))


Targets = Mapping[tuple[str, str], Target | BlogError]
"""The blogs by centre and name, or why they cannot be opened."""


def take_down(store: Store, targets: Targets, centre: str = "") -> tuple[tuple[str, ...], tuple[str, ...]]:
    """Remove the posts of what was withdrawn, of a centre or of all.

    Returns what is down, and a sentence on each that stays flagged and is tried again next time.
    """
    down, left = [], []
    for post in [post for post in store.curation.posts(centre) if post.announcement_id is None]:
        said = _take_down(targets.get((post.centre, post.target)), post)
        if said:
            left.append(said)
            continue
        store.curation.forget(post)
        down.append(f"{post.target}: {post.slug}")
    return tuple(down), tuple(left)


def _take_down(target: Target | BlogError | None, post: Post) -> str:
    where = f"센터 {post.centre}의 블로그 {post.target}, 글 {post.url or post.remote or post.slug}"
    if target is None:
        return f"{where}: 설정에 없는 블로그라 내리지 못했습니다. 직접 지운 뒤 jiballim blog done {post.slug} 하십시오."
    try:
        if isinstance(target, BlogError):
            raise target
        return target.remove(post)
    except BlogError as wrong:
        return f"{where}: 내리지 못했습니다. {wrong} jiballim blog publish가 다시 해 봅니다."
