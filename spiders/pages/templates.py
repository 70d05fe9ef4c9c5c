"""Addresses that known families' functions lead to, for pages whose own script does not say it."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from urllib.parse import quote

_SLOT = re.compile(r"\{(arg|query|input|attr|key)(?::([\w-]+))?\}")
_OPTIONAL = re.compile(r"[?&][\w.]+=$")


@dataclass(frozen=True, slots=True)
class Template:
    """Where a function of a family leads; `key` is the number of the argument that names the post."""

    function: str
    argc: str
    path: str
    key: int
    url: str


@cache
def templates() -> dict[str, tuple[Template, ...]]:
    """Return the known templates by function name, in the order of the file: the first that fits counts."""
    found: dict[str, tuple[Template, ...]] = {}
    for line in (Path(__file__).parent / "link_templates.tsv").read_text("utf-8").splitlines():
        if line and not line.startswith(("#", "function\t")):
            name, argc, path, key, url = line.split("\t")
            found[name] = (*found.get(name, ()), Template(name, argc, path, int(key), url))
    return found


def template_for(function: str, argc: int, page: str) -> Template | None:
    """Return the template of a call on this page, or None."""
    for template in templates().get(function, ()):
        if template.argc in ("*", str(argc)) and (template.path == "*" or template.path in page):
            return template
    return None


def filled(url: str, lookup: Callable[[str, str], str | None]) -> str | None:
    """Return a template with its slots filled by `lookup(kind, name)`; an unknown slot drops its parameter, or all in a path."""
    out, at = "", 0
    for slot in _SLOT.finditer(url):
        out += url[at : slot.start()]
        value = lookup(slot[1], slot[2] or "")
        at = slot.end()
        if value:
            out += quote(value, safe="")
        elif cut := _OPTIONAL.search(out):
            question = cut[0][0] == "?"
            out = out[: cut.start()] + ("?" if question else "")
            if question and url[at : at + 1] == "&":
                at += 1
        else:
            return None
    return (out + url[at:]).rstrip("?")


def from_mapping(values: Mapping[str, Mapping[str, str]]) -> Callable[[str, str], str | None]:
    """Return a lookup over one mapping for each kind of slot."""
    return lambda kind, name: values.get(kind, {}).get(name)
