"""Words that stand for values: one alternation per question, first hit of each value quoted."""

from __future__ import annotations

import re
from collections.abc import Callable

from notices.model import Fact
from notices.reading.subject import WORDS_LIMIT, Text

_AFTER, _BEFORE = 30, 12


class Words:
    """A vocabulary: (value, pattern) pairs compiled into one expression, earlier pairs winning at the same place."""

    def __init__(self, *pairs: tuple[str, str]) -> None:
        self._values = tuple(value for value, _ in pairs)
        self._pattern = re.compile("|".join(f"({pattern})" for _, pattern in pairs))

    def facts(self, field: str, text: Text) -> list[Fact]:
        """Return the first fact of each value, in the order of the text."""
        found: dict[str, Fact] = {}
        for match in self._pattern.finditer(text.plain):
            value = self._value(match)
            if value not in found and (fact := self._fact(field, value, text, match)):
                found[value] = fact
        return list(found.values())

    def first(self, field: str, text: Text) -> Fact | None:
        """Return the fact of the first hit."""
        match = self._pattern.search(text.plain)
        return self._fact(field, self._value(match), text, match) if match else None

    def _value(self, match: re.Match[str]) -> str:
        return self._values[(match.lastindex or 1) - 1]

    def _fact(self, field: str, value: str, text: Text, match: re.Match[str]) -> Fact | None:
        def holds(words: str) -> bool:
            return any(self._value(found) == value for found in self._pattern.finditer(words))

        span = quoted(text.plain, match.start(), match.end(), holds)
        return text.fact(field, value, *span) if span else None


def quoted(plain: str, start: int, end: int, holds: Callable[[str], bool]) -> tuple[int, int] | None:
    """Return the shortest span around start:end whose words alone hold, widened first behind, then before."""
    for before in range(0, min(start, _BEFORE) + 1):
        for after in range(0, min(len(plain) - end, _AFTER) + 1):
            if end + after - start + before > WORDS_LIMIT:
                break
            if holds(plain[start - before : end + after]):
                return start - before, end + after
    return None
