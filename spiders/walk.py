"""The way through one source's list, page by page: what to ask next, what was learnt, and how it ended.

A walk knows no network and no Scrapy. It turns each answer into the next asks and, when a list page and the notices
behind it are whole, into one `Turn` that is stored at once. Whatever goes wrong ends this walk and no other.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import date, timedelta
from urllib.parse import urlsplit

from notices.intake import Taken
from notices.model import Notice, PageRead, RunState
from spiders.asks import Answer, Ask, list_ask, place
from spiders.budget import SPENT
from spiders.drift import Seen, drifted, faded
from spiders.gathering import PART, Gathering
from spiders.health import judge, lost, unfit
from spiders.ledger import Ledger
from spiders.open_page import OpenPage
from spiders.opening import NUMBER, BootstrapError, Opening, named
from spiders.pages.document import Document
from spiders.pages.records import Call, Listing, Row, State
from spiders.readers import family
from spiders.reasons import Reason, cut, http_error, joined, misread
from spiders.registry import Source
from spiders.revisits import AGAIN, Revisits, own
from spiders.rows import fingerprint, notice, together
from spiders.silence import QUIET, quiet


@dataclass(slots=True)
class Turn:
    """A list page with its notices, to be stored whole."""

    walk: Walk
    page: PageRead


Step = Ask | Turn
FRESH = timedelta(days=3)
"""How long "not changed" is believed before a list is read whole again."""

CALLS = 4
"""Calls for one notice at most, each named by the answer before."""


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
        self._revisits = Revisits(source, ledger.again(source.name), ledger.said, ledger.clock)
        self._gathering = Gathering(self._readers.together) if self._readers.together else None
        self._page: OpenPage | None = None
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
            yield from self._cut_off(named(reason) if ask.number == NUMBER else reason)

    def taken(self, taken: Taken) -> None:
        """Count what a stored page brought; ends the run behind the last page."""
        self._taken += 1
        self._unstored -= 1
        self.counts["new"] += len(taken.new)
        self.counts["changed"] += len(taken.changed)
        if taken.unread:
            self._lack(misread(len(taken.unread)))
        if self._page is None:
            self._end(None)

    def stop(self, reason: Reason) -> Turn | None:
        """End early: what was read of the open page is to be stored, what was not is asked again next time."""
        page, self._page = self._page, None
        self._stopped = True
        if page is None or page.empty:
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

    def _lack(self, reason: Reason) -> None:
        """Note that not all was read; the first reason is the one that is told."""
        self._incomplete, self.reason = True, self.reason or reason

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
        if reason := unfit(self.source, answer):
            yield from self._refuse(ask, answer, reason)
            return
        document = Document(answer.body, answer.url, self.source.hints.encoding)
        listing = self._readers.listing(document, today=self._today, hints=self.source.hints)
        seen = self._ledger.seen(self.source.name) if ask.number == 1 else {}
        if reason := judge(self.source, listing, ask.number) or self._drifted(ask, listing, seen):
            yield from self._refuse(ask, answer, reason)
            return
        if missing := faded(listing.rows, seen, self._readers.listed):
            self._lack(missing)
        if self._gathering is not None:
            yield from self._gathered(self._gathering, ask, listing)
        elif ask.number > 1 and self._is_repeated(listing):
            yield from self._past()
        else:
            self._is_repeated(listing)
            if why := lost(listing):
                self._lack(cut(why))
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
            yield from self._past()

    def _past(self) -> Iterator[Step]:
        """Go on behind the list, or end."""
        if asks := self._again():
            yield from asks
        else:
            self._end(None)

    def _again(self) -> list[Ask]:
        """Open the next of the posts that are to be looked at again; returns how to begin, nothing where there are none."""
        if not (found := self._revisits.batch()):
            return []
        self._page = OpenPage(AGAIN, Answer(0, ""), waiting={str(ask.key): row for row, ask in found})
        return self._page.begin([ask for _, ask in found])

    def _drifted(self, ask: Ask, listing: Listing, seen: dict[str, Seen]) -> Reason | None:
        """Why the first page may not be believed beside what is stored of it."""
        return drifted(self.source, listing.rows, seen, self._known) if ask.number == 1 else None

    def _refuse(self, ask: Ask, answer: Answer, reason: Reason) -> Iterator[Step]:
        if fresh := self._opening.again(ask, reason):
            yield fresh
            return
        self._ledger.keep(self.source.name, answer, reason)
        yield from self._cut_off(reason)

    def _cut_off(self, reason: Reason) -> Iterator[Step]:
        """End the list where it could not be read on; what was gathered of it is taken for the part that it is."""
        if self._gathering is not None and len(self._gathering):
            yield from self._laid(self._gathering, reason)
        elif self._taken or self._unstored:  # its beginning was believed
            self._lack(reason)
            yield from self._past()
        else:
            self._end(reason)

    def _gathered(self, gathering: Gathering, ask: Ask, listing: Listing) -> Iterator[Step]:
        """Read a list on to its end before any of it is taken: further rows of a notice may stand on any page."""
        more = gathering.add(listing, lost(listing)) and ask.number < self.source.paging.pages
        if more:
            yield self._list_ask(ask.number + 1, listing.next_page)
        else:
            yield from self._laid(gathering, gathering.lacking())

    def _laid(self, gathering: Gathering, lacking: Reason | None) -> Iterator[Step]:
        """Take what was gathered. Of a list that was not read whole, only the notices that were not known before."""
        rows = gathering.notices(whole=lacking is None)
        if lacking is not None:
            self._lack(lacking)
            rows = tuple(row for row in rows if row.key not in self._known)
        first = self._list_ask(1, plain=True)
        yield from self._opened(first, Answer(200, first.url), Listing(State.OK, rows))

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
        page = self._page = OpenPage(ask.number, answer)
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
            page.rows[row.key] = "" if PART in row.doubts else fingerprint(row)
            if changed := self._known.get(row.key) != page.rows[row.key]:
                page.waiting[row.key] = row
            self._revisits.listed(row, self._call(row), changed=changed)
        self.counts["listed"] += len(page.rows)
        asks = [
            Ask(call.url, ask.number, key, call.form) for key, row in page.waiting.items() if (call := self._call(row))
        ]
        for key in page.waiting.keys() - {a.key for a in asks}:
            page.notices.append(notice(self.source.name, page.waiting[key], None))
        page.waiting = {str(a.key): page.waiting[str(a.key)] for a in asks}
        yield from page.begin(asks)
        if not page.waiting:
            yield from self._turned(page)

    def _call(self, row: Row) -> Call | None:
        """How to ask for a row's own page, if the source is to be asked for it at all and the page is its own."""
        return row.detail if self.source.details and self._own(row.detail) else None

    def _own(self, call: Call | None) -> bool:
        return call is not None and urlsplit(call.url).hostname in self.source.hosts

    def _detailed(self, ask: Ask, answer: Answer) -> Iterator[Step]:
        if answer.status == 304 and (ask.etag or ask.last_modified):
            yield from self._same(ask, answer)
            return
        if answer.status != 200:
            yield from self._read(ask, None, http_error(answer.status, post=True), answer.status)
            return
        document = Document(answer.body, answer.url, self.source.hints.encoding)
        read = self._readers.detail(document, today=self._today, hints=self.source.hints)
        page, key = self._page, str(ask.key)
        row = page.waiting.get(key) if page else None
        if page is None or row is None:
            return
        if read.state is not State.OK:
            reason = Reason(read.state.value, f"글을 읽지 못했습니다({read.why}).")
            self._ledger.keep(self.source.name, answer, reason, row.title)
            yield from self._read(ask, None, reason, answer.status)
            return
        self.counts["details"] += not ask.said
        said = (*ask.said, read)
        if read.following is not None and self._own(read.following) and len(said) < CALLS:
            yield Ask(read.following.url, ask.number, ask.key, read.following.form, said=said)
        else:
            detail = together(said)
            page.own[key] = own(page.first[key], answer, detail, alone=len(said) == 1)
            yield from self._read(ask, self._revisits.titled(notice(self.source.name, row, detail), detail), None)

    def _same(self, ask: Ask, answer: Answer) -> Iterator[Step]:
        """Note that a post did not change; a 304 to a redirect answers somebody else's validators."""
        if answer.redirected or self._page is None:
            yield replace(ask, etag=None, last_modified=None)
        elif self._page.waiting.pop(str(ask.key), None):
            self._page.same.append(str(ask.key))
            self._revisits.had()
            yield from self._further(self._page)

    def _read(self, ask: Ask, read: Notice | None, reason: Reason | None, status: int | None = None) -> Iterator[Step]:
        """Keep a notice; where a call for it failed, with what its row and the calls before said, to be asked again."""
        page, key = self._page, str(ask.key)
        row = page.waiting.pop(key, None) if page else None
        if page is None or row is None:
            return
        if page.number == AGAIN:
            self._looked(page, key, reason, status)
        elif read is None:
            page.rows[key] = ""
            said = reason.sentence if reason else ""
            self._lack(Reason(reason.code if reason else "detail", f"{row.title[:40]}: {said}"))
            read = notice(self.source.name, row, together(ask.said), whole=False)
        if read is not None:
            page.notices.append(read)
        yield from self._further(page)

    def _looked(self, page: OpenPage, key: str, reason: Reason | None, status: int | None) -> None:
        """Note how looking at a post again went; a site that is to be left alone is not asked for the others."""
        if reason is None:
            self._revisits.had()
        elif self._revisits.missed(key, reason, status):
            page.missed.append(key)
        if self._revisits.refused:
            self._revisits.put_back(page.drop_unasked())

    def _further(self, page: OpenPage) -> Iterator[Step]:
        if page.unasked:
            yield page.unasked.popleft()
        if not page.waiting:
            yield from self._turned(page)

    def _turned(self, page: OpenPage) -> Iterator[Step]:
        asks, self._page = [page.following] if page.following else [], None
        if asks:
            self._page = OpenPage(page.number + 1, page.answer)  # the run goes on behind this page
        asks = asks or self._again()
        yield self._turn(page)
        if not self.over:
            yield from asks

    def _turn(self, page: OpenPage) -> Turn:
        """The page as it is stored; its validators only if nothing of it is missing."""
        whole = all(page.rows.values()) and not page.waiting and not self._incomplete
        self._known.update(page.rows)
        self._unstored += 1
        return Turn(self, page.read(self.source, self._ledger.clock(), whole=whole))

    def _end(self, reason: Reason | None) -> None:
        """Write how the run ended, once its last page is stored; one that stored no page and failed teaches nothing."""
        self.reason, self._page = reason or self.reason, None
        if self.over or self._unstored:
            return
        if not self.reason and not self._incomplete and self.source.expect.rows:
            self.reason = quiet(self._ledger.rhythm(self.source, self._days), self._today)
        if self._stopped or (self.reason and self.reason.code == SPENT and not self._taken):
            self.state = RunState.ABORTED
        elif self.reason and not self._taken and self.reason.code != QUIET:
            self.state = RunState.FAILED
        else:
            note = self._revisits.note()
            unread = self.reason or self._incomplete or (note and note.code != SPENT)
            self.state = RunState.PARTIAL if unread else RunState.DONE
            self.reason = joined(self.reason, note)
        self._ledger.finish(self.run_id, self.state, self.reason, self.counts)


def _broken(wrong: Exception) -> Reason:
    return Reason("parse_error", f"페이지를 다루다 오류가 났습니다({type(wrong).__name__}). 개발자에게 알려 주십시오.")
