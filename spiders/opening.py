"""The page that a site wants read before its list: the hidden fields of its form go with every call of the list.

It is asked for like any other page (robots.txt, pauses, the source's own hosts), once a run, and once more where the
list refuses what it gave: a token that ran out. Nothing of it is followed.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import replace
from urllib.parse import urljoin, urlsplit

from lxml.html import HtmlElement

from notices.korean import one_line
from spiders.asks import Answer, Ask, with_params
from spiders.pages.document import Document
from spiders.pages.scripts import hidden
from spiders.reasons import Reason, http_error
from spiders.registry import Bootstrap, Source

NUMBER = 0
"""The number of such a page among the pages of a list."""

MOST, LONGEST, LONGEST_QUERY = 100, 65_536, 4_096
"""Fields of a form, and letters of all of them, that are sent; and letters where they go into an address."""

_STALE = frozenset({"guard", "shell", "empty", "unreadable", "http_error", "moved"})


class BootstrapError(Exception):
    """The page does not give what the list needs; `reason` says what."""

    def __init__(self, reason: Reason) -> None:
        super().__init__(reason.code)
        self.reason = reason


def named(reason: Reason) -> Reason:
    """Say of a reason that it is the page before the list that was not had."""
    code = "bootstrap" if reason.code in ("http_error", "moved") else reason.code
    return Reason(code, f"목록 앞의 쪽([bootstrap])을 읽지 못했습니다: {reason.sentence}")


class Opening:
    """What comes before the calls of one list in one run."""

    def __init__(self, source: Source) -> None:
        self._source, self._rule = source, source.bootstrap
        self._fields: Mapping[str, str] = {}
        self._plain: Ask | None = None  # the call that was made last, without the fields
        self._left = 2  # readings: the first, and a fresh one

    def before(self, ask: Ask) -> Ask:
        """Return what is to be asked first: the page where the source names one, else the ask itself."""
        if self._rule is None:
            return ask
        self._left -= 1
        self._plain = ask
        return Ask(self._rule.page, NUMBER)

    def again(self, ask: Ask, reason: Reason) -> Ask | None:
        """Return the page once more where a call was refused that may have been so for its values; else None."""
        if self._rule is None or not self._left or ask.number == NUMBER or reason.code not in _STALE:
            return None
        assert self._plain is not None
        return self.before(replace(self._plain, etag=None, last_modified=None))

    def read(self, answer: Answer) -> Ask:
        """Take the fields of the page and return the call that waits behind it. Raises BootstrapError."""
        assert self._rule is not None and self._plain is not None
        if answer.status != 200:
            raise BootstrapError(named(http_error(answer.status)))
        form = _form(Document(answer.body, answer.url, self._source.hints.encoding), self._rule, self._source.hosts)
        self._fields = _bounded(hidden(form), LONGEST_QUERY if self._source.method == "GET" else LONGEST)
        return self.filled(self._plain)

    def filled(self, ask: Ask) -> Ask:
        """Return a call with the fields: those the source names as the page gave them, the others where nothing is said."""
        self._plain = ask
        if not self._fields or self._rule is None:
            return ask
        named = {name: self._fields[name] for name in self._rule.fields}
        if ask.form is not None:
            return replace(ask, form={**self._fields, **ask.form, **named})
        return replace(ask, url=with_params(ask.url, named, self._fields))


def _lacking(sentence: str) -> BootstrapError:
    return BootstrapError(Reason("bootstrap", f"목록 앞의 쪽([bootstrap])에서 {sentence}"))


def _form(document: Document, rule: Bootstrap, hosts: Collection[str]) -> HtmlElement:
    """The form that is meant: the one that is named, else the first with all the fields; never one that leads elsewhere."""
    forms = [form for form in document.tree.iter("form") if _home(form, document.url, hosts)]
    if rule.form:
        forms = [form for form in forms if rule.form in (form.get("name"), form.get("id"))]
    if not forms:
        raise _lacking(f"양식{f' {rule.form}' if rule.form else ''}을(를) 찾지 못했습니다. 쪽이 바뀌었는지 보십시오.")
    for form in sorted(forms, key=lambda form: -len(hidden(form))) if not rule.fields else forms:
        if set(rule.fields) <= hidden(form).keys() and hidden(form):
            return form
    lost = sorted(set(rule.fields).difference(*(hidden(form) for form in forms)))
    raise _lacking(f"숨은 칸 {', '.join(lost) or '하나'}을(를) 찾지 못했습니다. 쪽이 바뀌었는지 보십시오.")


def _home(form: HtmlElement, url: str, hosts: Collection[str]) -> bool:
    """Whether a form's values are meant for the site itself."""
    action = (form.get("action") or "").strip()
    if not action or action.lower().startswith(("javascript:", "#")):
        return True
    try:
        return urlsplit(urljoin(url, action)).hostname in hosts
    except ValueError:
        return False


def _bounded(fields: Mapping[str, str], longest: int) -> Mapping[str, str]:
    """The fields, if they are not more than a form has."""
    if len(fields) > MOST:
        raise _lacking(f"숨은 칸이 {len(fields):,}개나 됩니다. [bootstrap]의 form에 맞는 양식의 이름을 적으십시오.")
    if sum(map(len, fields.values())) > longest:
        name = max(fields, key=lambda name: len(fields[name]))
        raise _lacking(
            f"숨은 칸 {one_line(name)[:40]}의 값이 너무 깁니다({len(fields[name]):,}자). 쪽이 바뀌었는지 보십시오."
        )
    return fields
