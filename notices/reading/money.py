"""Read deposit and monthly rent in won, the lowest that a notice names, each with its words."""

from __future__ import annotations

import re
from collections.abc import Iterator

from notices.model import Fact

_UNITS = {
    "원": 1,
    "천원": 1_000,
    "만원": 10_000,
    "백만원": 1_000_000,
    "천만원": 10_000_000,
    "억원": 100_000_000,
    "억": 100_000_000,
}
_NUMBER = r"\d{1,3}(?:,\d{3})+|\d+(?:\.\d{1,3})?"
_LABELS = {
    "deposit": r"(?:임대\s?|전세\s?)?보증금(?!\s?(?:의|반환|지원|대출|보증|전환|증액|을|에|은\s?없))",
    "rent": r"월\s?(?:임대료|세|사용료)(?!\s?(?:지원|의|를|을|대출|특별))"
    r"|(?<!표준)(?<!연)(?<!연\s)임대료(?!\s?(?:의|지원|인하|를|전환|등))",
}
_AMOUNT = re.compile(
    rf"(?:(?P<eok>\d{{1,3}})\s?억\s?(?:(?:(?P<cheon>\d)\s?천|(?P<man>[\d,]{{1,6}}))\s?만)?\s?원?|(?P<n>{_NUMBER})\s?(?P<unit>백만|천만|만|천)?\s?원)"
)
_PLAIN = {
    name: re.compile(
        rf"(?:{label})(?:\s?\([^)\d\n]{{0,10}}\))?\s{{0,3}}(?:[:：]|은|는|금|최저|월|약)?\s{{0,3}}(?P<amount>{_AMOUNT.pattern})"
    )
    for name, label in _LABELS.items()
}
_HEADER = {
    name: re.compile(rf"(?:{label})[^\t\n]{{0,12}}?\(?\s?(?P<unit>백만원|천원|만원|원)\s?\)?")
    for name, label in _LABELS.items()
}
_CONDITION = re.compile(
    r"\s{0,2}(?:\((?:[^()\n]|\([^()\n]{0,20}\)){0,40}\)\s?)?(?:이하|이내|미만|초과|이상|한도|범위|까지|씩?\s?지원"
    r"|(?:및|[,·/]|이고|와|과)\s?월\s?(?:세|임대료)\s?[\d,만천백]{1,8}\s?원?\s?(?:이하|이내|미만|초과))"
)
_CELL = re.compile(r"[\d,]{1,15}")
_LEAST = {"deposit": 100_000, "rent": 1_000}
"""Below these a number is no deposit or rent but a row number, an area or a rate."""


def money(text: str, document: str = "body") -> list[Fact]:
    """Return the lowest deposit and the lowest rent in won, from sentences and from tables whose header names the unit."""
    facts = []
    for name in _LABELS:
        found = [(won, words) for won, words in (*_plain(name, text), *_columns(name, text)) if won >= _LEAST[name]]
        if found:
            won, words = min(found, key=lambda pair: pair[0])
            facts.append(Fact(name, won, words, document))
    return facts


def won(words: str) -> int | None:
    """Return the amount that words state, in won ("1,080만원" -> 10800000)."""
    match = _AMOUNT.search(words)
    return _amount(match) if match else None


def _amount(match: re.Match[str]) -> int:
    if match["eok"]:
        return (
            int(match["eok"]) * 100_000_000
            + int(match["cheon"] or 0) * 10_000_000
            + int((match["man"] or "0").replace(",", "") or 0) * 10_000
        )
    return round(float(match["n"].replace(",", "")) * _UNITS[f"{match['unit'] or ''}원"])


def _plain(name: str, text: str) -> Iterator[tuple[int, str]]:
    """Give amounts that follow their label in the same breath."""
    for match in _PLAIN[name].finditer(text):
        if match.end() - match.start() <= 60 and not _CONDITION.match(text, match.end()):
            yield _amount(match), match.group()


def _columns(name: str, text: str) -> Iterator[tuple[int, str]]:
    """Give the cells under a header that names label and unit; the words are the cell with the header's unit."""
    column: int | None = None
    unit = ""
    for line in text.split("\n"):
        cells = line.split("\t")
        if len(cells) < 2:
            column = None
            continue
        for at, cell in enumerate(cells):
            if match := _HEADER[name].fullmatch(cell.strip()):
                column, unit = at, match["unit"]
        if column is not None and column < len(cells) and _CELL.fullmatch(cell := cells[column].strip()):
            yield int(cell.replace(",", "") or 0) * _UNITS[unit], f"{cell}{unit}"
