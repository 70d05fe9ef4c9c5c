"""Which known posts a run looks at again, in fair order and as many as budgets allow, and how that went."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta

from notices.intake import WRITTEN
from notices.model import Notice, OwnPage
from notices.revisiting import rank
from notices.store import Revisit, heading
from spiders.asks import Answer, Ask
from spiders.budget import SPENT, counted
from spiders.pages.records import Call, Detail, Row
from spiders.reasons import Reason
from spiders.registry import Source

AGAIN = -1
"""The number of a batch of such posts among the pages of a list."""

BATCH = 20
"""Posts that are stored together: what a crash costs is to look at so many once more."""

FRESH = timedelta(days=3)
"""How long "not changed" is believed of a post before it is read whole again."""

PATIENCE = 3
"""Posts in a row without any answer after which the others wait for the next run."""

LONGEST = timedelta(minutes=20)
"""How long a run looks at posts of one source, so that a slow host keeps the news of the others waiting no longer."""

MISSED = "revisit"
"""The code of a reason that says: posts that were to be looked at again could not be had."""

_RESTS = frozenset({429, 503})
_GONE = frozenset({404, 410})
_SPENT = frozenset({SPENT, "quota"})


@dataclass(frozen=True, slots=True)
class Due:
    """What one source is to look at again: in order, and how many more wait for a budget."""

    posts: tuple[Revisit, ...] = ()
    waiting: int = 0


def planned(
    due: Iterable[Revisit], sources: Mapping[str, Source], room: Callable[[Source, str], int], now: datetime
) -> dict[str, Due]:
    """Share what budgets leave among the posts that are due, the urgent and the long waiting first.

    `room` tells how many requests of a source to an address are left for this.
    """
    left: dict[str, int] = {}
    posts: dict[str, list[Revisit]] = {}
    waiting: Counter[str] = Counter()
    for post in sorted(due, key=lambda post: (*rank(now, post.due, post.last), post.notice_id)):
        source = sources[post.source]
        place = counted(source, post.url)
        if place not in left:
            left[place] = room(source, place)
        if left[place] > 0:
            left[place] -= 1
            posts.setdefault(post.source, []).append(post)
        else:
            waiting[post.source] += 1
    return {name: Due(tuple(posts.get(name, ())), waiting[name]) for name in {*posts, *waiting}}


@dataclass
class Revisits:
    """The posts that one run looks at again."""

    source: Source
    due: Due
    said: Callable[[int], Notice | None]
    clock: Callable[[], datetime]
    tried: int = 0
    gone: int = 0
    begun: datetime | None = None
    late: bool = False
    failed: list[Reason] = field(default_factory=list)
    refused: Reason | None = None

    def __post_init__(self) -> None:
        self._left = {post.key: post for post in self.due.posts}
        self._asked: dict[str, Revisit] = {}
        self._calls: dict[str, tuple[Row, Call]] = {}
        self._silent = 0

    def listed(self, row: Row, call: Call | None, *, changed: bool) -> None:
        """Take note of a row of the list: what changed is read anyway, else the list's way to a post is the freshest."""
        if changed:
            self._left.pop(str(row.key), None)
        elif call is not None and row.key in self._left:
            self._calls[row.key] = row, call

    def batch(self) -> list[tuple[Row, Ask]]:
        """Return the next posts, as the list shows or showed them, with how to ask for them."""
        found: list[tuple[Row, Ask]] = []
        now = self.clock()
        self.begun = self.begun or now
        self.late = now - self.begun > LONGEST
        while self._left and len(found) < BATCH and not (self.refused or self.late):
            post = self._left.pop(next(iter(self._left)))
            row, call = self._calls.get(post.key) or (self._row(post), Call(post.url, post.form))
            if row is None:
                continue  # withdrawn since
            self._asked[post.key] = post
            ask = Ask(call.url, AGAIN, post.key, call.form)
            if call.form is None and now - post.read <= FRESH:
                ask = replace(ask, etag=post.etag, last_modified=post.last_modified)
            found.append((row, ask))
        return found

    def _row(self, post: Revisit) -> Row | None:
        """A post's row as it is known, where the list does not show it any more."""
        old = self.said(post.notice_id)
        if old is None:
            return None
        doubts = tuple(doubt for doubt in old.doubts if doubt not in WRITTEN)
        return Row(
            old.title, old.key, old.url, old.posted, old.department, old.pinned, old.fields, old.attachments,
            doubts=doubts, body=old.body,
        )  # fmt: skip

    def titled(self, read: Notice, detail: Detail | None) -> Notice:
        """Return a post under the title of its own page, where that was its title and is another now."""
        post = self._asked.get(read.key)
        if post is None or detail is None or not detail.title or post.key in self._calls:
            return read
        was = post.heading is not None and post.heading == heading(read.title)
        return replace(read, title=detail.title) if was and heading(detail.title) != post.heading else read

    def had(self) -> None:
        """Note that a post's page was had, changed or not."""
        self.tried += 1
        self._silent = 0

    def missed(self, key: str, reason: Reason, status: int | None) -> bool:
        """Note that a post's page was not had; tells whether that is to be counted against it.

        A page that is gone says nothing of the site; no answer at all, three times in a row, ends the looking, as does a
        site that asks for rest.
        """
        if reason.code in _SPENT or status in _RESTS:
            self.refused = self.refused or reason
            self._left[key] = self._asked[key]
            return False
        self.tried += 1
        self.gone += status in _GONE
        self._silent = 0 if status is not None and status < 500 else self._silent + 1
        if status not in _GONE:
            self.failed.append(reason)
        if self._silent >= PATIENCE:
            self.refused = self.refused or reason
        return True

    def put_back(self, keys: Iterable[str]) -> None:
        """Let posts wait for the next run that were not asked for after all."""
        self._left |= {key: self._asked[key] for key in keys}

    def note(self) -> Reason | None:
        """Return what a reader of the run's account must know: pages that could not be had, or what waits for budget."""
        if not self.begun:
            return None
        waiting = self.due.waiting + len(self._left)
        later = f" 다시 볼 글 {waiting:,}건은 다음에 먼저 봅니다." if waiting else ""
        if self.failed or (self.gone > PATIENCE and self.gone == self.tried):
            why = self.failed[0].sentence if self.failed else "글이 모두 없어졌습니다(404)."
            many = len(self.failed) or self.gone
            return Reason(MISSED, f"다시 본 글 {self.tried:,}건 가운데 {many:,}건을 읽지 못했습니다: {why}{later}")
        if not waiting:
            return None
        if self.refused is not None and self.refused.code not in _SPENT:
            return Reason(MISSED, f"{self.refused.sentence}{later}")
        why = "한 번에 20분까지만 봄" if self.late and not self.due.waiting else "오늘 물을 횟수를 아낌"
        return Reason(SPENT, f"다시 볼 글 {waiting:,}건은 다음에 먼저 봅니다({why}).")


def own(ask: Ask, answer: Answer, detail: Detail | None, *, alone: bool) -> OwnPage:
    """Return how a post's own page was asked for; validators only where one call (`alone`) is all there is of it."""
    page = OwnPage(ask.url, ask.form, heading=detail.title if detail else None)
    return replace(page, etag=answer.etag, last_modified=answer.last_modified) if alone else page
