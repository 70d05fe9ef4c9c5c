"""Write the lines of iCalendar (RFC 5545): text escaped, long lines folded at 75 octets between characters."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import UTC, date, datetime

_FULL = 75  # octets with the blank that begins a continued line
_ESCAPES = str.maketrans({"\\": "\\\\", ";": "\\;", ",": "\\,", "\n": "\\n", "\r": "\\n"})


def text(value: str) -> str:
    """Return a TEXT value: its four marks escaped, a line break written out."""
    return value.replace("\r\n", "\n").translate(_ESCAPES)


def texts(values: Iterable[str]) -> str:
    """Return several TEXT values as a list."""
    return ",".join(map(text, values))


def day(value: date) -> str:
    """Return a DATE value."""
    return f"{value.year:04}{value.month:02}{value.day:02}"


def moment(value: datetime) -> str:
    """Return a DATE-TIME value in UTC."""
    at = value.astimezone(UTC)
    return f"{day(at)}T{at.hour:02}{at.minute:02}{at.second:02}Z"


def line(name: str, value: str) -> bytes:
    """Return a content line with its end; no character and no escaped mark is torn by a fold."""
    whole = f"{name}:{value}".encode()
    if len(whole) < _FULL:
        return whole + b"\r\n"
    parts = []
    while len(whole) >= _FULL:
        cut = _FULL - 1
        while whole[cut] & 0xC0 == 0x80:
            cut -= 1
        if whole[cut - 1 : cut] in (b"\\", b"^"):
            cut -= 1
        parts.append(whole[:cut])
        whole = whole[cut:]
    return b"\r\n ".join([*parts, whole]) + b"\r\n"


def lines(pairs: Iterable[tuple[str, str]]) -> bytes:
    """Return content lines of names and values."""
    return b"".join(line(name, value) for name, value in pairs)
