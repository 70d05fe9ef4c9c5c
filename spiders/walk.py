"""The way through one source's list, page by page: what to ask next, what was learnt, and how it ended.

A walk knows no network and no Scrapy. It turns each answer into the next asks and, when a list page and the notices
behind it are whole, into one `Turn` that is stored at once. Whatever goes wrong ends this walk and no other.
"""

from __future__ import annotations

from collections import Counter, deque
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date, timedelta
from urllib.parse import urlsplit

from notices.intake import Taken
from notices.model import Notice, PageRead, RunState
from spiders.asks import Answer, Ask, list_ask, place
from spiders.drift import drifted
from spiders.health import judge
from spiders.ledger import Ledger
from spiders.opening import NUMBER, BootstrapError, Opening, named
from spiders.pages.board import CUT_ROWS
from spiders.pages.document import CUTS, Document
from spiders.pages.records import Call, Listing, Row, State
from spiders.readers import family
from spiders.reasons import Reason, cut, http_error, misread, moved
from spiders.registry import Source
from spiders.rows import fingerprint, notice, together
from spiders.silence import quiet


@dataclass(slots=True)
class Turn:
    """A list page with its notices, to be stored whole."""

    walk: Walk
    page: PageRead


Step = Ask | Turn
FRESH = timedelta(days=3)
"""How long "not changed" is believed before a list is read whole again."""

AHEAD = 2
"""Details asked for at a time: enough to keep one request under way, few enough to stop at once."""

CALLS = 4
"""Calls for one notice at most, each named by the answer before."""


@dataclass(slots=True)
class _Page:
    """A list page whose notices are being read."""

    number: int
    answer: Answer
    rows: dict[str, str] = field(default_factory=dict)  # key -> fingerprint; "" is asked again next time
    waiting: dict[str, Row] = field(default_factory=dict)
    unasked: deque[Ask] = field(default_factory=deque)
    notices: list[Notice] = field(default_factory=list)
    following: Ask | None = None


class Walk:
    """One run of one source."""

    def __init__(self, source: Source, ledger: Ledger) -> None:
        self.source = source
        self.counts: Counter[str] = Counter(listed=0, new=0, changed=0, details=0, requests=0)
        self.state = RunState.RUNNING
        self.reason: Reason | None = None
        self._ledger = ledger
        self._known = ledger.rows(source.name)
        self._conditional = ledger.complete(source.name)
        self.run_id = ledger.begin(source.name)
        self._today = ledger.clock().date()
        self._readers = family(source.family)
        self._opening = Opening(source)
        self._page: _Page | None = None
        self._firsts: set[str] = set()
        self._seen: set[str] = set()
        self._taken = self._unstored = 0
        self._incomplete = self._stopped = False
        self._days: list[date] = []

    @property
    def over(self) -> bool:
        """Whether the run has ended."""
        return self.state is not RunState.RUNNING

    def open(self) -> Ask:
        """Ask for the first page, or for what the site wants read before it."""
        return self._opening.before(self._list_ask(1))

    def answered(self, ask: Ask, answer: Answer) -> Iterator[Step]:
        """Go on from an answer. An error in reading ends this run with a reason, never the crawl."""
        if self.over:
            return
        self.counts["requests"] += 1
        try:
            if ask.number == NUMBER:
                yield self._opening.read(answer)
            else:
                yield from self._listed(ask, answer) if ask.key is None else self._detailed(ask, answer)
        except BootstrapError as wrong:
            yield from self._refuse(ask, answer, wrong.reason)
        except Exception as wrong:  # one page must not spoil the others
            yield from self.failed(ask, _broken(wrong))

    def failed(self, ask: Ask, reason: Reason) -> Iterator[Step]:
        """Go on without an answer: a missing detail leaves its row, a missing list page ends the run."""
        if self.over:
            return
        if ask.key is not None:
            yield from self._read(ask, None, reason)
        elif fresh := self._opening.again(ask, reason):
            yield fresh
        else:
            self._end(named(reason) if ask.number == NUMBER else reason)

    def taken(self, taken: Taken) -> None:
        """Count what a stored page brought; ends the run behind the last page."""
        self._taken += 1
        self._unstored -= 1
        self.counts["new"] += len(taken.new)
        self.counts["changed"] += len(taken.changed)
        if taken.unread:
            self._incomplete, self.reason = True, self.reason or misread(len(taken.unread))
        if self._page is None:
            self._end(None)

    def stop(self, reason: Reason) -> Turn | None:
        """End early: what was read of the open page is to be stored, what was not is asked again next time."""
        page, self._page = self._page, None
        self._stopped = True
        if not page or not page.notices:
            self._unstored = 0
            self._end(reason)
            return None
        page.rows = {key: said for key, said in page.rows.items() if key not in page.waiting}
        self._unstored, self._incomplete = 0, True
        self.reason = reason
        return self._turn(page)

    def abandon(self, reason: Reason) -> None:
        """End at once, keeping nothing of the open page."""
        self._page, self._unstored = None, 0
        self._end(reason)

    def _list_ask(self, number: int, call: Call | None = None, *, plain: bool = False) -> Ask:
        ask = self._opening.filled(list_ask(self.source, number, self._today, call))
        state = (
            self._ledger.page(self.source.name, place(self.source, number)) if self._conditional and not plain else None
        )
        if state is None or self._ledger.clock() - state.at > FRESH:
            return ask
        return Ask(ask.url, number, form=ask.form, etag=state.etag, last_modified=state.last_modified)

    def _listed(self, ask: Ask, answer: Answer) -> Iterator[Step]:
        if answer.status == 304:
            yield from self._unchanged(ask, answer)
            return
        if reason := self._unfit(answer):
            yield from self._refuse(ask, answer, reason)
            return
        document = Document(answer.body, answer.url, self.source.hints.encoding)
        listing = self._readers.listing(document, today=self._today, hints=self.source.hints)
        if reason := judge(self.source, listing, ask.number) or self._drifted(ask, listing):
            yield from self._refuse(ask, answer, reason)
        elif ask.number > 1 and self._is_repeated(listing):
            self._end(None)
        else:
            self._is_repeated(listing)
            if lost := next((doubt for doubt in listing.doubts if doubt in CUTS or doubt == CUT_ROWS), None):
                self._incomplete, self.reason = True, self.reason or cut(lost)
            yield from self._opened(ask, answer, listing)

    def _unchanged(self, ask: Ask, answer: Answer) -> Iterator[Step]:
        """Go on behind a page that did not change; a 304 to a redirect answers somebody else's validators."""
        known = self._ledger.page(self.source.name, place(self.source, ask.number))
        behind = self._ledger.page(self.source.name, place(self.source, ask.number + 1))
        unsure = behind is not None and self.source.paging.param is None and ask.number < self.source.paging.pages
        if answer.redirected or known is None or unsure:
            yield Ask(ask.url, ask.number, form=ask.form)
            return
        self.counts["listed"] += len(known.rows)
        if behind is not None and ask.number < self.source.paging.pages:
            yield self._list_ask(ask.number + 1)
        else:
            self._end(None)

    def _drifted(self, ask: Ask, listing: Listing) -> Reason | None:
        """Why the first page may not be believed beside what is stored of it."""
        if ask.number != 1:
            return None
        return drifted(self.source, listing.rows, self._ledger.seen(self.source.name), self._known)

    def _refuse(self, ask: Ask, answer: Answer, reason: Reason) -> Iterator[Step]:
        if fresh := self._opening.again(ask, reason):
            yield fresh
            return
        self._ledger.keep(self.source.name, answer, reason)
        self._end(reason)

    def _unfit(self, answer: Answer) -> Reason | None:
        if answer.status != 200:
            return http_error(answer.status)
        asked, came = urlsplit(self.source.endpoint), urlsplit(answer.url)
        if answer.redirected and asked.path.strip("/") and not came.path.strip("/"):
            return moved(answer.url)
        return None

    def _is_repeated(self, listing: Listing) -> bool:
        """Whether a page begins like one before it (or is empty): the list is over. Posts pinned to every page do not count."""
        keys = [row.key for row in listing.rows if row.key and not row.pinned] or [
            row.key for row in listing.rows if row.key
        ]
        if not keys:
            return True
        repeated = keys[0] in self._firsts
        self._firsts.add(str(keys[0]))
        return repeated

    def _opened(self, ask: Ask, answer: Answer, listing: Listing) -> Iterator[Step]:
        page = self._page = _Page(ask.number, answer)
        before = frozenset(self._seen)  # what a page before said of the same post counts
        self._seen |= {row.key for row in listing.rows if row.key}
        self._days += [row.posted for row in listing.rows if row.posted and not row.pinned]
        more = (
            listing.next_page is not None and ask.number < self.source.paging.pages and len(self._seen) != listing.total
        )
        page.following = self._list_ask(ask.number + 1, listing.next_page) if more else None
        for row in listing.rows:
            if row.key is None or row.key in page.rows or row.key in before or not self.source.wants(row.title):
                continue
            page.rows[row.key] = fingerprint(row)
            if self._known.get(row.key) != page.rows[row.key]:
                page.waiting[row.key] = row
        self.counts["listed"] += len(page.rows)
        asks = [
            Ask(call.url, ask.number, key, call.form) for key, row in page.waiting.items() if (call := self._call(row))
        ]
        for key in page.waiting.keys() - {a.key for a in asks}:
            page.notices.append(notice(self.source.name, page.waiting[key], None))
        page.waiting = {str(a.key): page.waiting[str(a.key)] for a in asks}
        page.unasked.extend(asks)
        for _ in range(min(AHEAD, len(asks))):
            yield page.unasked.popleft()
        if not page.waiting:
            yield from self._turned(page)

    def _call(self, row: Row) -> Call | None:
        """How to ask for a row's own page, if the source is to be asked for it at all and the page is its own."""
        return row.detail if self.source.details and self._own(row.detail) else None

    def _own(self, call: Call | None) -> bool:
        return call is not None and urlsplit(call.url).hostname in self.source.hosts

    def _detailed(self, ask: Ask, answer: Answer) -> Iterator[Step]:
        if answer.status != 200:
            yield from self._read(ask, None, http_error(answer.status))
            return
        document = Document(answer.body, answer.url, self.source.hints.encoding)
        read = self._readers.detail(document, today=self._today, hints=self.source.hints)
        row = self._page.waiting.get(str(ask.key)) if self._page else None
        if row is None:
            return
        if read.state is not State.OK:
            reason = Reason(read.state.value, f"글을 읽지 못했습니다({read.why}).")
            self._ledger.keep(self.source.name, answer, reason, row.title)
            yield from self._read(ask, None, reason)
            return
        self.counts["details"] += not ask.said
        said = (*ask.said, read)
        if read.following is not None and self._own(read.following) and len(said) < CALLS:
            yield Ask(read.following.url, ask.number, ask.key, read.following.form, said=said)
        else:
            yield from self._read(ask, notice(self.source.name, row, together(said)), None)

    def _read(self, ask: Ask, read: Notice | None, reason: Reason | None) -> Iterator[Step]:
        """Keep a notice; where a call for it failed, with what its row and the calls before said, to be asked again."""
        page, key = self._page, str(ask.key)
        row = page.waiting.pop(key, None) if page else None
        if page is None or row is None:
            return
        if read is None:
            self._incomplete = True
            page.rows[key] = ""
            said = reason.sentence if reason else ""
            self.reason = self.reason or Reason(reason.code if reason else "detail", f"{row.title[:40]}: {said}")
            read = notice(self.source.name, row, together(ask.said), whole=False)
        page.notices.append(read)
        if page.unasked:
            yield page.unasked.popleft()
        if not page.waiting:
            yield from self._turned(page)

    def _turned(self, page: _Page) -> Iterator[Step]:
        following, self._page = page.following, None
        if following is not None:
            self._page = _Page(page.number + 1, page.answer)  # the run goes on behind this page
        yield self._turn(page)
        if following is not None and not self.over:
            yield following

    def _turn(self, page: _Page) -> Turn:
        """The page as it is stored; its validators only if nothing of it is missing."""
        whole = all(page.rows.values()) and not page.waiting and not self._incomplete
        self._known.update(page.rows)
        self._unstored += 1
        return Turn(
            self,
            PageRead(
                source=self.source.name,
                url=place(self.source, page.number),
                at=self._ledger.clock(),
                notices=tuple(page.notices),
                rows=page.rows,
                etag=page.answer.etag if whole else None,
                last_modified=page.answer.last_modified if whole else None,
            ),
        )

    def _end(self, reason: Reason | None) -> None:
        """Write how the run ended, once its last page is stored; one that stored no page and failed teaches nothing."""
        self.reason, self._page = reason or self.reason, None
        if self.over or self._unstored:
            return
        if self._taken and not self.reason and not self._incomplete and self.source.expect.rows:
            self.reason = quiet(self._days, self._today)
        if self._stopped:
            self.state = RunState.ABORTED
        elif self.reason and not self._taken:
            self.state = RunState.FAILED
        else:
            self.state = RunState.PARTIAL if self.reason or self._incomplete else RunState.DONE
        self._ledger.finish(self.run_id, self.state, self.reason, self.counts)


def _broken(wrong: Exception) -> Reason:
    return Reason("parse_error", f"페이지를 다루다 오류가 났습니다({type(wrong).__name__}). 개발자에게 알려 주십시오.")
