"""What an API says went wrong: errors of data.go.kr and its kin in XML or JSON, whatever was asked and with whatever status."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from lxml import etree

from notices.korean import one_line
from spiders.pages.document import Document

RETRY = ("01", "02", "04", "05", "99")
QUOTA = "22"
NO_DATA = "03"
PARAMETERS = ("10", "11", "400")
"""Errors of what was asked, not of who asks: another request may be answered."""

_GOOD = ("", "0", "00", "000", "INFO-000", "INFO-0", "Y", "SUCCESS")
_CODES = ("returnReasonCode", "resultCode", "errorCode", "SS_CODE")
_WORDS = ("returnAuthMsg", "resultMsg", "resultMessage", "errorMessage", "ERR_MSG", "SS_MSG", "RS_MSG", "msg", "errMsg")
_DEEP = 6


@dataclass(frozen=True, slots=True)
class Fault:
    """An error as an API names it, and what follows.

    `meaning`: "retry" it is worth asking once more, "rest" not before tomorrow, "tell" the operator has to act,
    "not_data" the answer says no more than that it is none.
    """

    code: str
    words: str
    meaning: str


def fault(document: Document, status: int = 200) -> Fault | None:
    """Return the error that an answer is, None for a good one (also for "no data"). HTML is left to the reader."""
    said = _said(document)
    code = next((str(said[name]).strip() for name in _CODES if name in said), "")
    if not code and "code" in said and "msg" in said:  # odcloud
        code = str(said["code"]).strip()
    words = next((one_line(str(said[name])) for name in _WORDS if said.get(name)), "")
    if code.upper() in _GOOD or code == NO_DATA:
        return by_status(status)
    return Fault(code, words[:100], _meaning(code, words, status, "SS_CODE" in said))


def by_status(status: int) -> Fault | None:
    """The error that a status alone means; 5xx are the transport's business."""
    if status == 429:
        return Fault("429", "TOO MANY REQUESTS", "rest")
    if status in (400, 401, 403):
        return Fault(str(status), "", "tell")
    return None


def _meaning(code: str, words: str, status: int, application: bool) -> str:
    if code == QUOTA or status == 429 or "LIMITED" in words.upper():
        return "rest"
    if code in RETRY:
        return "retry"
    return "not_data" if application else "tell"


def _said(document: Document) -> dict[str, Any]:
    """The names and plain values near the top of an answer, the first of each name."""
    found: dict[str, Any] = {}
    for name, value in _xml(document) if document.kind != "json" else _json(document.json, 0):
        found.setdefault(name, value)
    return found


def _xml(document: Document) -> Iterator[tuple[str, str]]:
    text = document.text.lstrip("\ufeff \r\n\t")
    if not text.startswith("<") or text[:15].lower().startswith(("<!doctype", "<html")):
        return
    root = document.xml
    for node in root.iter() if root is not None else ():
        if isinstance(node.tag, str) and len(node) == 0:
            yield etree.QName(node).localname, node.text or ""


def _json(value: Any, depth: int) -> Iterator[tuple[str, Any]]:
    if depth > _DEEP:
        return
    inner = (
        value.items() if isinstance(value, Mapping) else [("", v) for v in value[:8]] if isinstance(value, list) else []
    )
    for name, each in inner:
        if isinstance(each, Mapping | list):
            yield from _json(each, depth + 1)
        elif name:
            yield str(name), each
