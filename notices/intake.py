"""Take what a list page gave into the store, in one transaction: editions, readings, announcements, news, validators."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, replace
from itertools import count

from notices import editions
from notices.model import Notice, PageRead
from notices.personal import ANNOUNCED, WITHHELD, protect
from notices.placing import Placing, Read
from notices.store import Known, SourceInfo, Store
from notices.store.membership import number

TWICE = "한 목록에 같은 번호의 글이 두 번 있어 뒤의 것을 따랐습니다."


WRITTEN = frozenset({TWICE, WITHHELD, ANNOUNCED})
"""Doubts that come from taking a notice in, not from reading its page."""


@dataclass(frozen=True, slots=True)
class Taken:
    """What a page brought: the keys of its notices by what became of them; `news` counts the events told.

    `unread` are notices that an error kept from being understood; they are stored and shown as they are.
    """

    new: tuple[str, ...] = ()
    changed: tuple[str, ...] = ()
    completed: tuple[str, ...] = ()
    unchanged: tuple[str, ...] = ()
    withdrawn: tuple[str, ...] = ()
    unread: tuple[str, ...] = ()
    news: int = 0


@dataclass(slots=True)
class _Batch:
    """The notices of one page, sorted by what has to be done with them; (id, …) each."""

    new: list[tuple[int, Notice, bytes]] = field(default_factory=list)
    touched: list[tuple[int, Notice, bytes]] = field(default_factory=list)
    completed: list[tuple[Known, Notice, Notice]] = field(default_factory=list)  # old, new
    changed: list[tuple[Known, Notice, Notice]] = field(default_factory=list)
    unchanged: list[str] = field(default_factory=list)
    withdrawn: list[str] = field(default_factory=list)
    unread: list[str] = field(default_factory=list)


class Intake:
    """Takes pages. `org_of` holds the sources by name; `clean` sees each notice before anything of it is stored:
    it masks personal data.

    Without `understand`, notices are stored and told apart, and nothing is read, matched or told. With `whole`, a notice
    says all there is to say, as a centre's own do: nothing of its earlier editions stays, and each stands alone.
    """

    def __init__(
        self,
        store: Store,
        org_of: Mapping[str, SourceInfo],
        *,
        understand: bool = True,
        clean: Callable[[Notice], Notice] = protect,
        read: Read | None = None,
        whole: bool = False,
    ) -> None:
        self._store, self._clean, self._whole = store, clean, whole
        self._placing = Placing(store, org_of, read, alone=whole) if understand else None

    def take(self, run_id: int | None, page: PageRead) -> Taken:
        """Take one page whole, or nothing of it."""
        with self._store.transaction():
            before = self._store.events.last_id()
            batch = self._sort(page)
            self._write(batch, run_id, page)
            if self._placing is not None:
                self._understand(self._placing, batch, page)
                self._note_own(page)
            if page.url:
                self._store.sources.put_page(page)
            news = self._store.events.last_id() - before
        return Taken(
            new=tuple(notice.key for _, notice, _ in batch.new),
            changed=tuple(known.key for known, _, _ in batch.changed),
            completed=tuple(known.key for known, _, _ in batch.completed),
            unchanged=tuple(batch.unchanged),
            withdrawn=tuple(batch.withdrawn),
            unread=tuple(batch.unread),
            news=news,
        )

    def _prepared(self, page: PageRead) -> dict[str, Notice]:
        """The notices of a page by key, bounded; of two with one key the last."""
        found: dict[str, Notice] = {}
        for raw in page.notices:
            if raw.source != page.source:
                raise ValueError(f"a notice of {raw.source} on a page of {page.source}")
            notice = editions.bounded(raw)
            if notice.key in found:
                notice = replace(notice, doubts=(*notice.doubts, TWICE))
            found[notice.key] = notice
        return found

    def _sort(self, page: PageRead) -> _Batch:
        notices, batch = self._prepared(page), _Batch()
        known = self._store.notices.known_keys(page.source, list(notices))
        again = []
        ids = count(self._store.notices.next_id())
        for key, notice in _oldest_first(notices):
            digest, stored = editions.digest(notice), known.get(key)
            if stored is None:
                batch.new.append((next(ids), self._clean(notice), digest))
            elif stored.withdrawn:
                batch.withdrawn.append(key)
            else:
                batch.touched.append((stored.id, notice, digest))
                if digest == (stored.detailed if notice.detail else stored.listed):
                    batch.unchanged.append(key)
                else:
                    again.append((stored, self._clean(notice)))
        self._compare(batch, again)
        return batch

    def _compare(self, batch: _Batch, again: list[tuple[Known, Notice]]) -> None:
        said = self._store.notices.current(known.id for known, _ in again)
        for known, notice in again:
            old = said[known.id]
            new = notice if self._whole else editions.merged(old, notice)
            if editions.edited(old, new) or (self._whole and new != old):
                batch.changed.append((known, old, new))
            elif new != old:
                batch.completed.append((known, old, new))
            else:
                batch.unchanged.append(known.key)

    def _write(self, batch: _Batch, run_id: int | None, page: PageRead) -> None:
        notices, index = self._store.notices, self._store.index
        notices.insert(batch.new, run_id, page.at)
        notices.touch(batch.touched, run_id)
        notices.rewrite((known.id, known.edition, new) for known, _, new in batch.completed)
        notices.add_editions(((known.id, known.edition + 1, new) for known, _, new in batch.changed), run_id, page.at)
        rewritten = [
            (known.id, old, new)
            for known, old, new in (*batch.completed, *batch.changed)
            if (old.title, old.body) != (new.title, new.body)
        ]
        index.drop((n, old) for n, old, _ in rewritten)
        index.add([*((n, notice) for n, notice, _ in batch.new), *((n, new) for n, _, new in rewritten)])

    def _understand(self, placing: Placing, batch: _Batch, page: PageRead) -> None:
        edition = {n: 1 for n, _, _ in batch.new}
        said = {n: notice for n, notice, _ in batch.new}
        for known, _, new in batch.completed:
            edition[known.id], said[known.id] = known.edition, new
        for known, _, new in batch.changed:
            edition[known.id], said[known.id] = known.edition + 1, new
        readings = placing.understand(said, edition)
        for known, old, _ in batch.changed:
            placing.edit(known, old, said[known.id], readings[known.id], page.at)
        for known, _, _ in batch.completed:
            placing.complete(known)
        for n, notice, _ in batch.new:
            placing.place(n, notice, readings[n], page.at)
        batch.unread = list(dict.fromkeys(placing.unread))
        placing.unread.clear()

    def _note_own(self, page: PageRead) -> None:
        """Note which own pages are to be looked at again, and when; a withdrawn notice's never is."""
        if keys := [*page.own, *page.same, *page.missed]:
            known = self._store.notices.known_keys(page.source, keys)
            ids = {key: found.id for key, found in known.items() if found.withdrawn is None}
            self._store.revisits.note(page, ids)


def _oldest_first(notices: Mapping[str, Notice]) -> list[tuple[str, Notice]]:
    """Notices by key in the order in which they were posted, so that a correction comes after what it corrects.

    Of one day, by number, since sources count up; else from the end of the list, which shows the newest first.
    """
    ranked = [
        (notice.posted is None, str(notice.posted or ""), number(key), -place, key)
        for place, (key, notice) in enumerate(notices.items())
    ]
    return [(key, notices[key]) for *_, key in sorted(ranked)]
