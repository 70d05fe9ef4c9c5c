"""Set a digest or an alert as plain text that fits a phone, and as an HTML mail that needs nothing from outside."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterator
from functools import cache

from jinja2 import Environment, PackageLoader, StrictUndefined, Template

from notices.links import web_link
from notify.digest import Digest, Group
from notify.lines import Line
from notify.workdays import seoul

WIDTH = 78
NOTHING = "지난번 뒤로 새 공고도, 정정도, 다가온 마감도 없습니다."
GROUND = "자세한 내용은 공고문이 기준입니다."


@cache
def _template(name: str) -> Template:
    loader = PackageLoader("notify", "templates")
    return Environment(
        loader=loader, autoescape=True, undefined=StrictUndefined, trim_blocks=True, lstrip_blocks=True
    ).get_template(name)


def html(digest: Digest) -> str:
    """Return the HTML mail: escaped, inline styles, no remote resource, readable in light and dark."""
    return _template("digest.html").render(
        subject=digest.subject,
        digest=digest,
        heading=heading(digest),
        page=web_link(digest.centre.page),
        feedback=web_link(digest.centre.feedback_url),
        nothing=NOTHING,
        ground=GROUND,
    )


def text(digest: Digest) -> str:
    """Return the digest as plain text, lines of at most 78 columns (a Korean letter is two), addresses whole."""
    return "\n".join(_text(digest)).rstrip() + "\n"


def heading(digest: Digest) -> str:
    """Return the first line: whose morning of which day."""
    day = seoul(digest.at)
    name = digest.route.title or digest.centre.title or "집알림"
    return f"{name} — {day.month}월 {day.day}일 {'월화수목금토일'[day.weekday()]}요일"


def _text(digest: Digest) -> Iterator[str]:
    yield from wrap(heading(digest))
    yield from wrap(" · ".join(f"{name} {number:,}" for name, number in digest.counts) or NOTHING)
    page = web_link(digest.centre.page)
    for name, several in digest.sources_told:
        yield from ("", f"■ {name} {len(several)}")
        for trouble in several:
            yield from wrap(f"· {trouble}", "  ")
            if trouble.link:
                yield f"  → 확인하기 {trouble.link}"
    for group in digest.groups:
        yield from ("", f"■ {group.name} {group.total:,}")
        yield from _group(group, page)
    yield ""
    yield from wrap(_foot(digest))
    if feedback := web_link(digest.centre.feedback_url):
        yield f"의견 보내기: {feedback}"


def _group(group: Group, page: str | None) -> Iterator[str]:
    for line in group.lines:
        yield from item(line)
    if group.rest:
        yield f"· 외 {group.rest:,}건" + (f" → {page}" if page else "")


def item(line: Line) -> Iterator[str]:
    """Yield the lines of one item: the announcement wrapped, its address whole on a line of its own."""
    yield from wrap(f"· {line}", "  ")
    if line.link:
        yield f"  {line.link}"


def _foot(digest: Digest) -> str:
    heard = f"출처 {digest.sources:,}곳을 들었습니다. " if digest.sources else ""
    return f"{heard}{GROUND}"


def width(text: str) -> int:
    """Return how many columns a text takes: two for a Korean letter, one for a Latin one."""
    return sum(2 if unicodedata.east_asian_width(char) in "WF" else 1 for char in text)


def wrap(text: str, indent: str = "", columns: int = WIDTH) -> list[str]:
    """Break a text at blanks into lines of at most so many columns; a longer word is broken where it must be."""
    lines, now = [], ""
    for word in text.split(" "):
        for piece in _pieces(word, columns - len(indent)):
            joined = f"{now} {piece}" if now.strip() else f"{now}{piece}"
            if now.strip() and width(joined) > columns:
                lines.append(now)
                joined = f"{indent}{piece}"
            now = joined
    return [*lines, now] if now.strip() else lines


def _pieces(word: str, columns: int) -> Iterator[str]:
    piece, taken = "", 0
    for char in word:
        wide = width(char)
        if taken + wide > columns:
            yield piece
            piece, taken = "", 0
        piece, taken = piece + char, taken + wide
    yield piece
