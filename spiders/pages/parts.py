"""Rows that each tell a part of a notice, a complex or a home, laid together."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence

from spiders.pages.records import Row

Together = Callable[[Sequence[Row], bool], Row]
"""Lays the rows of one notice together; where not all are there (False), without what a further one could belie."""


def laid(rows: Iterable[Row], together: Together, whole: bool) -> list[Row]:
    """Return a row for each notice, in the order in which they are first seen."""
    groups: dict[str, list[Row]] = {}
    for row in rows:
        groups.setdefault(str(row.key), []).append(row)
    return [together(group, whole) for group in groups.values()]
