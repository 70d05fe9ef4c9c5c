"""Clean Korean text at the border: one form for what is seen as one, nothing that breaks a feed or hides a word."""

from __future__ import annotations

import re
import unicodedata
from operator import add

_ILLEGAL = re.compile("[^\t\n\r\u0020-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")  # XML 1.0 §2.2
_INVISIBLE = re.compile("[\u00ad\u061c\u180e\u200b-\u200f\u202a-\u202e\u2060-\u2064\u2066-\u206f\ufeff\ufff9-\ufffc]")
_BLANKS = re.compile(r"[^\S\n]+")
_DOUBTFUL_IN_ROWS = ("  ", "\n ", " \n", "\t ", " \t", "\ufffc")
_WORD = re.compile(r"\w+")
_LINES = re.compile(r"\s*\n\s*")


def illegal(text: str) -> bool:
    """Tell whether a text holds what no feed and no database takes: control characters, halves of characters."""
    return _ILLEGAL.search(text) is not None


def legal(text: str) -> str:
    """Return text with a blank for each such character, and nothing else changed."""
    return _ILLEGAL.sub(" ", text)


def is_clean(text: str) -> bool:
    """Tell whether a text of one line is as `clean` would return it: most are, and asking is cheaper than cleaning."""
    return (
        text.isprintable()  # then blanks and one mark are all that is left to clean
        and "  " not in text
        and text[:1] != " " != text[-1:]
        and "\ufffc" not in text
        and unicodedata.is_normalized("NFC", text)
    )


def is_clean_rows(text: str) -> bool:
    """Tell the same of every cell of rows, by lines and tabs: `one_line` would change none of them."""
    return (
        text.replace("\n", "").replace("\t", "").isprintable()
        and unicodedata.is_normalized("NFC", text)
        and not text.startswith(" ")
        and not text.endswith(" ")
        and not any(doubt in text for doubt in _DOUBTFUL_IN_ROWS)
    )


def clean(text: str) -> str:
    """Return text in NFC without control, zero-width and direction marks, line breaks kept, blanks single."""
    if is_clean(text):
        return text
    text = _INVISIBLE.sub("", _ILLEGAL.sub(" ", unicodedata.normalize("NFC", text)))
    return _BLANKS.sub(" ", text.replace("\r\n", "\n").replace("\r", "\n")).strip()


def one_line(text: str) -> str:
    """Return cleaned text on one line: a title, a name, a cell."""
    if is_clean(text):
        return text
    return _LINES.sub(" ", clean(text))


def bigrams(text: str) -> str:
    """Return the search form: each word of letters and digits as its overlapping pairs ("파주운정" -> "파주 주운 운정").

    A word of one character stands alone. SQLite's own tokenisers find no two-syllable word inside a longer one.
    """
    pairs: list[str] = []
    for word in _WORD.findall(unicodedata.normalize("NFKC", text).casefold()):
        if len(word) > 1:
            pairs += map(add, word, word[1:])
        else:
            pairs.append(word)
    return " ".join(pairs)
