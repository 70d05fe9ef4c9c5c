"""What a walk asks a site for and what it hears, free of any library that carries it."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from urllib.parse import parse_qsl, urlencode, urlsplit, urlunsplit

from notices.model import NOTHING
from spiders.pages.records import Call, Detail
from spiders.registry import Source

_DAY = re.compile(r"\{today(?:-(\d{1,3})d)?(?::([%YmdHM./-]{1,20}))?\}")  # {today}, {today-30d}, {today-30d:%Y%m%d}


@dataclass(frozen=True, slots=True)
class Ask:
    """A request: page `number` of the list (0: what comes before it, -1: behind it), or with `key` the page of one notice.

    `form` is posted. `said` is what the calls before said of the same notice.
    """

    url: str
    number: int
    key: str | None = None
    form: Mapping[str, str] | None = None
    etag: str | None = None
    last_modified: str | None = None
    said: tuple[Detail, ...] = ()


@dataclass(frozen=True, slots=True)
class Answer:
    """A response: `url` is where it came from in the end, `redirected` whether that is not what was asked."""

    status: int
    url: str
    body: bytes = b""
    etag: str | None = None
    last_modified: str | None = None
    redirected: bool = False


def list_ask(source: Source, number: int, today: date, call: Call | None = None) -> Ask:
    """Ask for a page of the list: by the source's paging rule, or as the page before it says (`call`)."""
    if call is not None and source.paging.param is None:
        return Ask(call.url, number, form=call.form)
    params, form = _filled(source.params, number, today), _filled(source.form, number, today)
    later = _filled(source.later, number, today) if number > 1 else {}
    if source.paging.param is not None and (number > 1 or source.method == "POST"):
        later[source.paging.param] = str(source.paging.start + (number - 1) * source.paging.step)
    if source.method == "POST":
        return Ask(with_params(source.endpoint, params), number, form={**form, **later})
    return Ask(with_params(source.endpoint, {**params, **later}), number)


def place(source: Source, number: int) -> str:
    """The name under which the store keeps a page of the list; the same every day, whatever is asked."""
    return source.endpoint if number == 1 else f"{source.endpoint}#{number}"


def _filled(values: Mapping[str, str], number: int, today: date) -> dict[str, str]:
    def day(match: re.Match[str]) -> str:
        on = today - timedelta(days=int(match[1] or 0))
        return f"{on:{match[2]}}" if match[2] else on.isoformat()

    return {name: _DAY.sub(day, value).replace("{page}", str(number)) for name, value in values.items()}


def with_params(url: str, params: Mapping[str, str], missing: Mapping[str, str] = NOTHING) -> str:
    """Return the address with parameters set, each once, the rest left as written; `missing` only where nothing is said."""
    if not params and not missing:
        return url
    parts = urlsplit(url)
    kept = [(k, v) for k, v in parse_qsl(parts.query, keep_blank_values=True) if k not in params]
    added = {k: v for k, v in missing.items() if k not in {name for name, _ in kept}} | dict(params)
    return urlunsplit(parts._replace(query=urlencode([*kept, *added.items()]), fragment=""))
