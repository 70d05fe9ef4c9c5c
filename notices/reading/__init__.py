"""Understand a notice: small pure questions, each answered with the words that say so."""

from __future__ import annotations

from collections.abc import Iterable

from notices.model import Fact, Notice, Reading, Region
from notices.reading.audience import audience
from notices.reading.conditions import conditions
from notices.reading.correction import correction
from notices.reading.fields import labelled
from notices.reading.kind import kind
from notices.reading.region import region
from notices.reading.relevance import relevant
from notices.reading.section import section
from notices.reading.subject import subject
from notices.reading.supply import supply

__all__ = ["read"]


def read(notice: Notice, org: str = "", home: Region | None = None) -> Reading:
    """Return what a notice says.

    `org` is the publisher of its source ("LH", "파주시"), `home` the source's own region. The source's labelled fields
    come before the title's words, these before the body's; what none of them says stays empty.
    """
    asked = subject(notice, org, home)
    types = supply(asked)
    values = frozenset(str(fact.value) for fact in types)
    what, said = kind(asked, values)
    fields = labelled(asked)
    wanted = relevant(asked, what, values)
    places, groups, corrects = region(asked), audience(asked), correction(asked)
    return Reading(
        relevant=wanted,
        kind=what,
        correction=bool(corrects),
        section=section(asked, what, wanted, values),
        supply=_values(types),
        audience=_values(groups),
        regions=tuple(place for _, place in places),
        facts=(
            *said,
            *corrects,
            *types,
            *groups,
            *(fact for fact, _ in places),
            *fields,
            *conditions(asked, fields, what, homes=bool(values)),
        ),
    )


def _values(facts: Iterable[Fact]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(str(fact.value) for fact in facts))
