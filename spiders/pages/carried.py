"""The HTML that a JSON answer carries: rows as one string of markup, or as lists of cells."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Any

from spiders.pages.blocks import ROWS

_ROWS_OF_HTML = re.compile(r"<(?:tr|li|dl|a|article)\b", re.I)


def markup_in(value: Any) -> str:
    """Return the HTML that a JSON answer carries: its longest string of markup, or its lists of cells as a table."""
    best, stack, steps = "", [value], 0
    while stack and steps < 20_000:
        steps += 1
        node = stack.pop()
        if isinstance(node, str) and len(node) > len(best) and _ROWS_OF_HTML.search(node):
            best = node
        elif isinstance(node, dict):
            stack.extend(node.values())
        elif isinstance(node, list):
            if len(node) > 1 and all(isinstance(row, list) and len(row) > 1 for row in node):
                return f"<table>{''.join(map(_cells, node[:ROWS]))}</table>"
            stack.extend(node[:ROWS])
    return best


def _cells(row: Sequence[Any]) -> str:
    return f"<tr>{''.join(f'<td>{value}</td>' for value in row if isinstance(value, (str, int)))}</tr>"
