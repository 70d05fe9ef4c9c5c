"""A selection as a condition on table announcement."""

from __future__ import annotations

from dataclasses import replace

from notices.store.search import query
from notices.store.views import Selection

EVERYWHERE = ("", "00", "00000")
"""Codes under which an announcement is tagged that concerns the whole country."""


CURATED = (
    "SELECT announcement_id FROM notice WHERE id IN (SELECT notice_id FROM pick WHERE centre = ? AND state = 'picked'"
    " UNION SELECT notice_id FROM post WHERE centre = ? AND state IN ('posted', 'rewritten'))"
)
"""What a centre picked or posted; its name twice."""

HIDDEN = (
    "SELECT announcement_id FROM pick JOIN notice ON notice.id = notice_id WHERE centre = ? AND announcement_id IS NOT NULL"
    " GROUP BY announcement_id HAVING max(pick.at) = max(CASE state WHEN 'hidden' THEN pick.at ELSE '' END)"
)
"""What a centre hid and did not decide otherwise later, where it decided twice on what is one announcement by now."""


TAGGED = "announcement.id IN (SELECT announcement_id FROM tag WHERE {})"
TAGGED_FEW = "EXISTS (SELECT 1 FROM tag WHERE announcement_id = announcement.id AND {})"
"""For selections that a time or words narrow already: few announcements are left, and each is looked at."""

COMMON = 3_000
"""Of words that more notices hold, the newest so many are looked at."""


def condition(selection: Selection) -> tuple[str, list[object]]:
    """The condition and its values, over `announcement`; events have terms of their own beside it."""
    terms, values = _narrow(selection)
    if not selection.beside:
        return terms, values
    other, more = _narrow(beside(selection))
    return f"(({terms}) OR ({other}))", values + more


def beside(selection: Selection) -> Selection:
    """The selection of the sources that are meant beside another: whatever they say, in the same time."""
    return replace(
        selection, regions=(), sections=(), kinds=(), supply=(), audience=(), curated="", beside=(), sources=selection.beside
    )  # fmt: skip


def _narrow(selection: Selection) -> tuple[str, list[object]]:
    terms: list[str] = []
    values: list[object] = []
    tagged = TAGGED_FEW if selection.since or selection.closes_from or selection.words.strip() else TAGGED
    for name, wanted in (("supply", selection.supply), ("audience", selection.audience), ("source", selection.sources)):
        if wanted:
            terms.append(tagged.format(f"name = '{name}' AND value IN {_marks(wanted)}"))
            values += wanted
    for column, wanted in (("section", selection.sections), ("kind", selection.kinds)):
        if wanted:
            terms.append(f"announcement.{column} IN {_marks(wanted)}")
            values += wanted
    if selection.curated:
        terms.append(f"announcement.id IN ({CURATED})")
        values += [selection.curated, selection.curated]
    if selection.unless_hidden:
        terms.append(f"announcement.id NOT IN ({HIDDEN})")
        values.append(selection.unless_hidden)
    if selection.regions:
        terms.append(tagged.format(_in_regions(selection.regions, values)))
    if selection.relevant is not None:
        terms.append("announcement.relevant = ?")
        values.append(selection.relevant)
    if selection.closes_from:
        terms.append("announcement.closes >= ?")
        values.append(selection.closes_from.isoformat())
    if selection.closes_to:
        terms.append("announcement.closes <= ?")
        values.append(selection.closes_to.isoformat())
    if selection.words.strip():
        terms.append(
            "announcement.id IN (SELECT announcement_id FROM notice"
            f" WHERE notice.id IN (SELECT rowid FROM search WHERE search MATCH ? ORDER BY rowid DESC LIMIT {COMMON}))"
            if query(selection.words)
            else "? = ''"
        )
        values.append(query(selection.words) or "nothing")
    return " AND ".join(terms) or "1", values


def _marks(wanted: tuple[object, ...]) -> str:
    return f"({','.join('?' * len(wanted))})"


def _in_regions(regions: tuple[str, ...], values: list[object]) -> str:
    """An announcement of a whole 시·도 answers to each of its 시·군·구, one of the whole country to all."""
    wide = {code[:2] + "000" for code in regions if len(code) > 2} | set(EVERYWHERE)
    values += sorted(wide)
    alternatives = [f"value IN ({','.join('?' * len(wide))})"]
    for code in regions:
        alternatives.append("(value >= ? AND value < ?)")
        values += [code, code + "\x7f"]
    return f"name = 'region' AND ({' OR '.join(alternatives)})"
