"""The answers of LH's API: an array whose parts are found by their names, and what it was asked."""

from __future__ import annotations

from typing import Any
from urllib.parse import parse_qs, urlencode, urlsplit

from spiders.pages.answers import UnfitError, items, json_of, text
from spiders.pages.document import Document
from spiders.pages.records import Call

HOST = "https://apis.data.go.kr/B552555"
ASKED = ("PAN_ID", "CCR_CNNT_SYS_DS_CD", "SPL_INF_TP_CD", "UPP_AIS_TP_CD", "AIS_TP_CD")
"""What every further call for a notice must say."""


def parts_of(document: Document) -> dict[str, Any]:
    """Return the parts of an answer by name; one that says it is an error, or is no array, is unfit."""
    value = json_of(document)
    if not isinstance(value, list):
        raise UnfitError("답이 배열이 아님")
    parts = {name: part for each in value if isinstance(each, dict) for name, part in each.items()}
    for head in items(parts, "resHeader", 0):
        if (code := text(head, "SS_CODE")) not in ("Y", ""):
            raise UnfitError(f"SS_CODE가 {code}")
    return parts


def call(operation: str, asked: dict[str, str]) -> Call | None:
    """Return the call of an operation for a notice; None where a number that it asks for is not known."""
    numbers = {name: asked.get(name, "") for name in ASKED}
    return Call(f"{HOST}/{operation}?{urlencode(numbers)}") if all(numbers.values()) else None


def asked_of(url: str) -> dict[str, str]:
    """Return what a call said."""
    return {name: values[0] for name, values in parse_qs(urlsplit(url).query).items()}
