"""`jiballim explain ID`: why an announcement says what it says."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING

import click

from jiballim import compose, config
from jiballim.cli.output import emit_json, json_option
from notices.errors import WrongUse

if TYPE_CHECKING:
    from notices.store import Explanation, Witness

_EVENTS = {"new": "새 공고", "revision": "정정", "follow_up": "후속"}
_RELATIONS = {"original": "처음 공고", "same": "같은 공고", "revision": "정정", "follow_up": "후속"}


@click.command()
@click.argument("number", metavar="ID", type=int)
@json_option
@click.pass_obj
def command(home: Path, number: int, as_json: bool) -> None:
    """공고 하나의 모든 값을 그 값이 나온 글과 함께, 묶음을 그 까닭과 함께 보여 줍니다.

    ID는 jiballim search가 보여 주는 번호입니다.
    """
    from notices.store import explain

    with compose.store(config.load(home), readonly=True) as store:
        found = explain(store, number)
    if found is None:
        raise WrongUse(f"{number}: 그런 번호의 공고가 없습니다. jiballim search로 번호를 찾으십시오.")
    if as_json:
        emit_json(_record(found))
    else:
        click.echo("\n".join(_lines(found)))


def _lines(found: Explanation) -> Iterator[str]:
    from jiballim.words import document
    from notices.vocabulary import FIELDS
    from notices.wording import changes, say

    told = found.announcement
    yield f"[{told.id}] {told.title}"
    yield f"{told.publisher} · {told.kind} · {told.section} · {', '.join(r.name for r in told.regions) or '지역: 원문 확인'}"
    for witness in found.witnesses:
        yield ""
        yield from _head(witness)
        for fact in witness.reading.facts:
            yield f"    {FIELDS.get(fact.field, fact.field)}: {say(fact.field, fact.value)}  ← {document(fact.document)} “{fact.words}”"
        for other, reason in witness.maybe:
            yield f"    따로 둠: {other}번 글과 {reason}"
    yield ""
    yield "알린 것"
    for event in found.events:
        at = event.at.astimezone(compose.SEOUL)
        yield f"  {at:%Y-%m-%d %H:%M} {_EVENTS[event.kind]} {event.title}" + (
            f" ({changes(event.changes)})" if event.changes else ""
        )


def _head(witness: Witness) -> Iterator[str]:
    seen = witness.seen
    yield f"  {_RELATIONS.get(seen.relation, seen.relation)} · {seen.source_title} {seen.key} · 글 {seen.notice_id}번"
    yield f"    {seen.title}"
    yield f"    {seen.url or '주소 없음'} · 게시 {seen.posted or '원문 확인'} · {len(witness.editions)}판"
    if seen.reason:
        yield f"    묶은 까닭: {seen.reason}"


def _record(found: Explanation) -> dict[str, object]:
    return {
        "id": found.announcement.id,
        "uid": found.announcement.uid,
        "title": found.announcement.title,
        "notices": [
            {
                "id": w.seen.notice_id, "source": w.seen.source, "key": w.seen.key, "title": w.seen.title,
                "url": w.seen.url, "posted": w.seen.posted, "relation": w.seen.relation, "reason": w.seen.reason,
                "editions": len(w.editions),
                "facts": [
                    {"field": f.field, "value": f.value, "words": f.words, "document": f.document}
                    for f in w.reading.facts
                ],
                "maybe": [{"notice": other, "reason": reason} for other, reason in w.maybe],
            }
            for w in found.witnesses
        ],
        "events": [{"guid": e.guid, "kind": e.kind.value, "at": e.at, "title": e.title} for e in found.events],
    }  # fmt: skip
