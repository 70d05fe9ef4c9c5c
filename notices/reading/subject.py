"""What is read: a notice's words in one form whose positions are those of the words themselves."""

from __future__ import annotations

import html
import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date

from notices.korean import clean
from notices.model import NOTHING, Fact, Notice, Region

TITLE_LIMIT = 600
BODY_LIMIT = 200_000
WORDS_LIMIT = 60

_SAME = str.maketrans("‘’`´′“”″ㆍ・․‧•∙–—―‐〔〕［］（）【】「」『』〈〉", "''''''''······----[][]()[]''''''")
_CELL = "\u2409"  # stands for the tab between the cells of a table while blanks are cleaned
_OTHER_FORM = re.compile("[" + re.escape("".join(map(chr, _SAME))) + "]")
_ENTITY = re.compile(r"&(?:amp;)?#?\w{2,8};")
_LINK = re.compile(r"^\[(.{3,400})\]\(https?://[^\s)]*\)$")
_GLUED = re.compile(
    r"(?P<badge>^(?:NEW|새글|신규)\s+)|(?P<ago>\s*\d+일\s?전$|\s*새글$)|"
    r"(?P<state>\s(?:모집중|모집마감|모집예정|접수중|접수마감|공고중)(?:\s\S{2,12}부)?(?:\s바로가기)?$)|(?P<link>\s바로가기$)"
)


@dataclass(frozen=True, slots=True)
class Text:
    """A document's words: `plain` is what rules look at, letter by letter beside `words`, which are quoted."""

    document: str
    words: str
    plain: str

    def fact(self, field: str, value: str | int | bool, start: int, end: int) -> Fact | None:
        """Return the fact with its words, or None where they are longer than a reader would look at."""
        words = self.words[start:end]
        return Fact(field, value, words, self.document) if 0 < len(words) <= WORDS_LIMIT else None


@dataclass(frozen=True, slots=True)
class Subject:
    """A notice as it is read: title and body in plain form, the source's labelled fields, publisher and day."""

    title: Text
    body: Text
    org: str
    on: date | None
    home: Region | None = None
    fields: Mapping[str, str] = field(default_factory=lambda: NOTHING)


def subject(notice: Notice, org: str = "", home: Region | None = None) -> Subject:
    """Return the subject of a notice; whatever its size, a bounded part is looked at."""
    title = clean(notice.title[: 4 * TITLE_LIMIT]).replace("\n", " ")[:TITLE_LIMIT]
    body = clean(notice.body[:BODY_LIMIT].replace("\t", _CELL)).replace(_CELL, "\t")
    return Subject(
        Text("title", title, _without_glue(plain(title))),
        Text("body", body, _one_form(body)),
        org,
        notice.posted,
        home,
        notice.fields,
    )


def plain(text: str) -> str:
    """Return the text with quotes, dots and brackets in one form and entities as their letter, of the same length."""
    return _one_form(_ENTITY.sub(_letter, text))


def _one_form(text: str) -> str:
    return _OTHER_FORM.sub(lambda found: found[0].translate(_SAME), text)


def _letter(match: re.Match[str]) -> str:
    letter = html.unescape(html.unescape(match[0]))
    return (letter if len(letter) == 1 else "").ljust(len(match[0]))


def _without_glue(text: str) -> str:
    """Blank what the list's row put around a title: badges, "1일전", states and buttons."""
    link = _LINK.match(text)
    if link:
        text = (" " + link[1]).ljust(len(text))
    bare = text.rstrip()
    while match := _GLUED.search(bare):
        bare = (" " * match.end() + bare[match.end() :]) if match["badge"] else bare[: match.start()]
    return bare.ljust(len(text))
