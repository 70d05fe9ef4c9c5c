"""What stands beneath a line that may be a title: a date, a short line of names, the text."""

from __future__ import annotations

import re

from spiders.pages.flow import Flow, Mark

SOME_DAY = re.compile(r"\d{4}[.\-/년]\s?\d{1,2}[.\-/월]|\d\d[.\-/]\d\d[.\-/]\d\d")
DAY = re.compile(r"[(\[]?\d{2,4}[.\-/]\s?\d{1,2}[.\-/]\s?\d{1,2}\.?(?:\s?\d{1,2}:\d\d(?::\d\d)?)?[)\]]?")


def leads(flow: Flow, stop: int) -> bool:
    """Whether a long text in an element of its own follows at once: a row or block under the title's."""
    if stop >= len(flow.text) or flow.mark[stop] != Mark.TEXT:
        return False
    end = stop
    while end < len(flow.text) and flow.block[end] == flow.block[stop]:
        end += 1
    return flow.tag(flow.holder(stop, end)) not in ("p", "span", "li") and flow.totals[end] - flow.totals[stop] >= 80


def text_below(flow: Flow, stop: int, lines: int) -> float:
    """Points for text that follows the one or two short lines under a title."""
    at = stop
    for _ in range(lines):
        line = flow.block[at] if at < len(flow.text) else -1
        while at < len(flow.text) and flow.block[at] == line:
            at += 1
    below = [p for p in range(at, min(len(flow.text), at + 60)) if flow.mark[p] == Mark.TEXT and not flow.link[p]]
    return 2.0 if sum(len(flow.text[p]) for p in below) >= 60 else 0.0


def day_near(flow: Flow, start: int, stop: int) -> int:
    """Return 1 where a date stands beside the title or in the short paragraph below, 2 in the next, 0 for none."""
    if any(DAY.fullmatch(flow.text[piece].strip()) for piece in range(start, min(stop, start + 12))):
        return 1
    for turn in (1, 2):
        end = stop
        while end < len(flow.text) and flow.block[end] == flow.block[stop] and end < stop + 12:
            end += 1
        text = flow.joined(stop, end, 80)
        if len(text) > 60:
            return 0
        if SOME_DAY.search(text):
            return turn
        stop = end
    return 0
