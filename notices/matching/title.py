"""What a title says: its canonical form, the call it speaks of, and everything that tells two calls apart."""

from __future__ import annotations

import re

from notices.matching.wording import tidy, unmark, unstage, untypo

_SIGNS = re.compile(r"[\W_]+")


def stem(title: str) -> str:
    """Return the canonical title: one form of letters, without badges, marks of correction, blanks and signs."""
    text, _, digest = tidy(title)
    return _SIGNS.sub("", untypo(unmark(text)[0])) + digest


def core(title: str) -> str:
    """Return what a title is about: the canonical title without the words of its stage."""
    text, _, _ = tidy(title)
    return _SIGNS.sub("", unstage(untypo(unmark(text)[0])))
