"""Words that stand for values: one alternation per question, first hit of each value quoted."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping

from notices.model import Fact
from notices.reading.subject import WORDS_LIMIT, Text

_AFTER, _BEFORE = 30, 30
_BACK = re.compile(r"\(\?<!((?:\[[^\]]*\]|[^()\[\]|])+)\)")
_LOOKS_BACK = re.compile(
    r"(?P<bar>^|\|)(?P<back>(?:\(\?<!(?:\[[^\]]*\]|[^()\[\]|])+\))+)(?P<word>[가-힣]+)(?![가-힣?*+{])"
)


def any_of(words: str) -> str:
    """Return an alternation of the patterns parted by blanks; "_" in them stands for a blank that may be missing."""
    return "|".join(words.replace("_", r"\s?").split())


def rule(words: str) -> re.Pattern[str]:
    """Return the compiled alternation of any_of."""
    return re.compile(_word_first(any_of(words)))


def _word_first(pattern: str) -> str:
    """Return an alternation that looks back from behind its words: "(?<!지)구" is "구(?<!지구)", but found faster."""

    def moved(match: re.Match[str]) -> str:
        word = match["word"]
        return match["bar"] + word + "".join(f"(?<!{before}{word})" for before in _BACK.findall(match["back"]))

    return _LOOKS_BACK.sub(moved, pattern)


class Words:
    """A vocabulary of values and their patterns (as any_of reads them), earlier values winning at the same place."""

    def __init__(self, patterns: Mapping[str, str]) -> None:
        self._values = tuple(patterns)
        self._pattern = re.compile("|".join(f"({_word_first(any_of(words))})" for words in patterns.values()))

    def facts(self, field: str, text: Text) -> list[Fact]:
        """Return the first fact of each value, in the order of the text."""
        found: dict[str, Fact] = {}
        for match in self._pattern.finditer(text.plain):
            value = self._value(match)
            if value not in found and (fact := self._fact(field, value, text, match)):
                found[value] = fact
        return list(found.values())

    def _value(self, match: re.Match[str]) -> str:
        return self._values[(match.lastindex or 1) - 1]

    def _fact(self, field: str, value: str, text: Text, match: re.Match[str]) -> Fact | None:
        def holds(words: str) -> bool:
            return any(self._value(found) == value for found in self._pattern.finditer(words))

        span = quoted(text.plain, match.start(), match.end(), holds)
        return text.fact(field, value, *span) if span else None


def quoted(plain: str, start: int, end: int, holds: Callable[[str], bool]) -> tuple[int, int] | None:
    """Return the shortest span around start:end whose words alone hold, widened first behind, then before."""
    for before in range(min(start, _BEFORE) + 1):
        for after in range(min(len(plain) - end, _AFTER) + 1):
            if end + after - start + before > WORDS_LIMIT:
                break
            if holds(plain[start - before : end + after]):
                return start - before, end + after
    return None
