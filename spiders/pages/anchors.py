"""Which element of a row opens its post."""

from __future__ import annotations

import re

from lxml.html import HtmlElement

from spiders.pages.cells import is_badge, spoken
from spiders.pages.paths import elements

anchors = elements(
    "descendant-or-self::*[self::a or self::button or @onclick or self::input[@type='submit' or @type='button']]"
)
_DATA = elements("descendant-or-self::*[@*[starts-with(name(), 'data-')]]")
_FILE = re.compile(r"download|filedown|downfile|atchfileid|/down(?:load)?[./?]|preview|zipdown|viewer", re.I)
NOT_TITLE = re.compile(r"[\d\s.,:/()~년월일-]+")
"""Text that is no title: numbers and dates."""


def anchor_of(record: HtmlElement) -> HtmlElement | None:
    """Return the element of a record that most likely opens the post, or None."""
    best, size = None, -1
    for node in anchors(record):
        href = node.get("href", "")
        if (
            _FILE.search(href)
            or _FILE.search(node.get("onclick", ""))
            or (node.tag == "input" and not node.get("value"))
        ):
            continue
        text = node.get("value", "") if node.tag == "input" else spoken(node)
        length = 0 if NOT_TITLE.fullmatch(text) or is_badge(node) else len(text)
        if node is record:
            length = min(length, 1)
        if length > size:
            best, size = node, length
    if best is None:
        nodes = [
            n for n in _DATA(record) if any(k.startswith("data-") and re.search(r"\d", v) for k, v in n.attrib.items())
        ]
        best = nodes[0] if nodes else None
    return best
