"""What comes in: bounded bodies, fields by name, numbers, words, and where a person may be sent on to."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Awaitable, Callable, Mapping
from urllib.parse import parse_qsl

from starlette.types import Message

from notices.korean import one_line

LARGEST = 1_000_000
"""Bytes of a body."""
MOST = 100
"""Fields of a form."""
TYPE = "application/x-www-form-urlencoded"

Form = Mapping[str, tuple[str, ...]]
_NEXT = re.compile(r"/desk(?:/[A-Za-z0-9%._~-]*)*(?:\?[A-Za-z0-9%._~=&+-]*)?")


async def body(receive: Callable[[], Awaitable[Message]], announced: str) -> bytes | None:
    """Read a body, None as soon as it is or says it is too large; what left in the middle counts as empty."""
    if announced and (not announced.isdecimal() or len(announced) > 9 or int(announced) > LARGEST):
        return None
    said = bytearray()
    while True:
        message = await receive()
        if message["type"] == "http.disconnect":
            return b""
        said += message.get("body", b"")
        if len(said) > LARGEST:
            return None
        if not message.get("more_body", False):
            return bytes(said)


def parse(said: bytes) -> Form | None:
    """Return the fields of a form, None where there are too many or it is no text."""
    try:
        pairs = parse_qsl(said.decode("ascii"), keep_blank_values=True, max_num_fields=MOST, errors="replace")
    except (ValueError, UnicodeDecodeError):
        return None
    fields: dict[str, tuple[str, ...]] = {}
    for name, value in pairs:
        fields[name] = (*fields.get(name, ()), value)
    return fields


def first(form: Form, name: str) -> str:
    """Return a field as it came, "" where it is missing."""
    return form.get(name, ("",))[0]


def line(form: Form, name: str) -> str:
    """Return a field as clean text on one line."""
    return one_line(first(form, name))


def number(said: str) -> int | None:
    """Return a positive number of the store, None for anything else."""
    return int(said) if re.fullmatch(r"[0-9]{1,15}", said) else None


def onward(said: str) -> str | None:
    """Return a path of the desk to go on to, None for anything that could lead elsewhere (`//host`, `/\\host`, `..`)."""
    return said if len(said) <= 500 and ".." not in said and "//" not in said and _NEXT.fullmatch(said) else None


def version(*said: str) -> str:
    """Return the version of words: two editors who started from the same words hold the same version."""
    return hashlib.sha256("\0".join(said).encode("utf-8", "replace")).hexdigest()[:16]
