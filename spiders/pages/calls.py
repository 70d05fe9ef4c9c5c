"""JavaScript calls of a board: read `name('a', 2)` from an attribute, and what the page's own script does with it."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass

from spiders.pages.records import Call
from spiders.pages.scripts import Script

_CALL = re.compile(r"([A-Za-z_$][\w$]{0,60}(?:\.[A-Za-z_$][\w$]{0,60}){0,4})\s{0,3}\(")
_NOT = frozenset(
    (
        "alert",
        "confirm",
        "if",
        "return",
        "void",
        "function",
        "event.preventDefault",
        "preventDefault",
        "event.stopPropagation",
        "typeof",
        "for",
        "while",
        "setTimeout",
        "this",
        "blur",
        "this.blur",
        "encodeURIComponent",
    )
)
_LOCATION = re.compile(
    r"(?:location(?:\.href)?\s?=\s?|location\.(?:assign|replace)\s?\(\s?|window\.open\s?\(\s?|\.open\s?\(\s?)(['\"])([^'\"]{1,600})\1"
)
_PAIR = re.compile(r"['\"]?([\w$]{1,40})['\"]?\s{0,3}:\s{0,3}(?:'([^']{0,200})'|\"([^\"]{0,200})\"|([\w.-]{1,60}))")


@dataclass(frozen=True, slots=True)
class Invoked:
    """A call: its function and arguments, `named` those that stand in an object literal."""

    name: str
    args: tuple[str, ...]
    named: Mapping[str, str]


def location_in(code: str) -> str | None:
    """Return the address that a piece of script goes to by itself (`location.href='…'`)."""
    match = _LOCATION.search(code[:2000])
    return match[2] if match else None


def invoked(code: str) -> Invoked | None:
    """Return the first call of a piece of script that is not a mere question or return, or None."""
    code = code[:2000]
    for match in _CALL.finditer(code):
        if match[1] in _NOT:
            continue
        args, named = _arguments(code, match.end())
        return Invoked(match[1], tuple(args), named)
    return None


def _arguments(code: str, at: int) -> tuple[list[str], dict[str, str]]:
    args: list[str] = []
    named: dict[str, str] = {}
    part, depth, quoted = "", 0, ""
    for ch in code[at:]:
        if quoted:
            quoted = "" if ch == quoted else quoted
            part += ch
        elif ch in "'\"`":
            quoted = ch
            part += ch
        elif ch in "([{":
            depth += 1
            part += ch
        elif ch in ")]}":
            if depth == 0:
                break
            depth -= 1
            part += ch
        elif ch == "," and depth == 0:
            args.append(part)
            part = ""
        else:
            part += ch
    if part.strip() or args:
        args.append(part)
    out = []
    for arg in args:
        text = arg.strip()
        if text.startswith("{"):
            named |= {m[1]: m[2] or m[3] or m[4] or "" for m in _PAIR.finditer(text)}
        out.append(text.strip("'\"` ").strip())
    return out, named


def target(call: Invoked, script: Script) -> Call | None:
    """Return where the page's own function leads for these arguments, or None where its script does not tell."""
    body = script.function(call.name)
    if body is None:
        return None
    values = dict(zip(body.parameters, call.args, strict=False)) | dict(call.named)
    assigned = script.assignments(body.code, values)
    if url := script.location(body.code, values):
        return Call(url)
    return script.submitted(body.code, values, assigned)
