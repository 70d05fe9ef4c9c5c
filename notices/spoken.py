"""What an announcement says: the word of its leading notice, completed by those that carry the same post elsewhere; pure.

A list that names no deadline must not hide the one that the publisher's own page names. What the leading notice says
itself always stands. Where two contradict each other on a day, no day of the other is heard, and of a mere copy nothing.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date

from notices.matching.numbers import family
from notices.model import Fact, Reading, Region

DAYS = ("opens", "closes", "announces")
DATED = frozenset(
    {*DAYS, "papers_from", "papers_to", "contract_from", "contract_to", "move_in"},
)
OWN = frozenset({"external_key", "corrects", "first_posted", "status", "publisher"})
"""Facts about the post itself, not about the homes: never taken from another."""


@dataclass(frozen=True, slots=True)
class Voice:
    """One notice of an announcement, its part in it and how it was understood.

    `first` is the event that told it, `edits` the event that last told a silent edit, by the field that it changed.
    """

    id: int
    source: str
    key: str
    url: str | None
    posted: date | None
    relation: str
    reading: Reading
    first: int = 0
    edits: Mapping[str, int] = field(default_factory=dict)

    @property
    def number(self) -> str:
        """The number that the post has at its publisher, under which others may name it."""
        return f"{family(self.source, self.url)}:{self.key}"

    @property
    def corrects(self) -> bool:
        """Whether it is a correction, by its place in the announcement or by its own word."""
        return self.relation == "revision" or self.reading.correction

    @property
    def named(self) -> frozenset[str]:
        """The numbers under which this post names those of others."""
        return frozenset(str(fact.value) for fact in self.reading.facts if fact.field == "external_key")


def leading(lead: Voice, voices: Iterable[Voice]) -> Voice:
    """Return the notice whose word stands: of one post at several places, the one whose number the others name."""
    group = [lead, *(v for v in voices if v.id != lead.id and v.relation != "follow_up" and _same_post(lead, v))]
    named = {number for voice in group for number in voice.named if voice.number != number}
    owners = [voice for voice in group if voice.number in named] or [v for v in group if v.number == lead.number]
    return max(owners, key=lambda voice: (len(voice.reading.facts), voice.source, -voice.id))


def echoes(lead: Voice, voices: Iterable[Voice]) -> list[Voice]:
    """Return the notices that carry what the leading one carries, the surest first: never an earlier word or a later step."""
    found = [v for v in voices if v.id != lead.id and v.relation != "follow_up" and _echo(lead, v)]
    return sorted(found, key=lambda voice: (not _same_post(lead, voice), voice.source, voice.id))


def says(lead: Voice, voices: Sequence[Voice]) -> Reading:
    """Return what a leading notice says, what it leaves unsaid by its echoes, each fact with its own words.

    A correction that names no place, or a wide one, is where its original is.
    """
    read = _edited(lead, voices, _completed(lead, echoes(lead, voices)))
    original = next((voice for voice in voices if voice.relation == "original"), lead)
    if original.id == lead.id or not lead.corrects:
        return read
    before = _completed(original, echoes(original, voices))
    return replace(read, regions=_closer(read.regions or before.regions, [before]))


def _edited(lead: Voice, voices: Sequence[Voice], read: Reading) -> Reading:
    """What is said once a post that was corrected is itself edited later, in silence: of that field, the later word.

    Only at the place of the correction: a copy elsewhere is not its publisher's word.
    """
    if lead.relation != "revision":
        return read
    later: dict[str, tuple[int, Voice]] = {}
    for voice in voices:
        if voice.id == lead.id or voice.source != lead.source or voice.relation not in ("original", "revision"):
            continue
        for name, event in voice.edits.items():
            if event > max(lead.first, lead.edits.get(name, 0), later.get(name, (0, voice))[0]):
                later[name] = event, voice
    facts = [fact for name, (_, voice) in later.items() for fact in voice.reading.facts if fact.field == name]
    names = {fact.field for fact in facts}
    return replace(read, facts=(*(fact for fact in read.facts if fact.field not in names), *facts)) if facts else read


def _completed(lead: Voice, others: Sequence[Voice]) -> Reading:
    reading = lead.reading
    facts: dict[str, list[Fact]] = {}
    for fact in reading.facts:
        facts.setdefault(fact.field, []).append(fact)
    for other in others:
        for name in _heard(lead, other) - facts.keys() - OWN:
            facts[name] = [fact for fact in other.reading.facts if fact.field == name]
    sure = [other.reading for other in others if _same_post(lead, other)]
    return replace(
        reading,
        facts=tuple(fact for several in facts.values() for fact in several),
        supply=reading.supply or next((other.supply for other in sure if other.supply), ()),
        audience=reading.audience or next((other.audience for other in sure if other.audience), ()),
        regions=_closer(reading.regions, [o.reading for o in others if _same_post(lead, o) or _places(o)]),
    )


def _heard(lead: Voice, other: Voice) -> set[str]:
    """The names of what is taken from an echo."""
    names = {fact.field for fact in other.reading.facts}
    if not _contradicts(lead.reading, other.reading):
        return names
    return names - DATED if _same_post(lead, other) else set()


def _echo(lead: Voice, voice: Voice) -> bool:
    if _same_post(lead, voice):
        return True
    if lead.corrects:
        on = voice.posted is not None and voice.posted == lead.posted
        return voice.corrects and voice.source != lead.source and on
    return voice.relation in ("original", "same") and not voice.corrects


def _same_post(one: Voice, other: Voice) -> bool:
    return bool(({one.number} | one.named) & ({other.number} | other.named))


def _places(voice: Voice) -> bool:
    """Whether a source has a field for the place; a town's board that copies a call takes it for its own."""
    return any(fact.field == "region" and fact.document.startswith("field:") for fact in voice.reading.facts)


def _contradicts(one: Reading, other: Reading) -> bool:
    pairs = [(one.first(name), other.first(name)) for name in DAYS]
    return any(str(a)[:10] != str(b)[:10] for a, b in pairs if a is not None and b is not None)


def _closer(regions: tuple[Region, ...], others: Sequence[Reading]) -> tuple[Region, ...]:
    """The 시·군·구 that the same post names elsewhere, where its own place says no more than their 시·도."""
    if any(not region.code.endswith("000") for region in regions):
        return regions
    broad = {region.code[:2] for region in regions}
    for other in others:
        exact = tuple(region for region in other.regions if not region.code.endswith("000"))
        if exact and (not broad or {region.code[:2] for region in exact} == broad):
            return exact
    return regions
