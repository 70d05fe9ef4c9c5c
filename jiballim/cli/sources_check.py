"""`jiballim sources check`: look at sources once and say which work, which moved and why."""

from __future__ import annotations

import sys
from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path
from textwrap import indent
from typing import TYPE_CHECKING

import click

from jiballim import compose, config, work
from jiballim.cli.output import emit_json, json_option, say_faults, table
from jiballim.cli.progress import Progress

if TYPE_CHECKING:
    from notices.store import Check
    from spiders.registry import Source

STATES = {"works": "좋음", "part": "목록만", "moved": "옮겨짐", "fails": "못 읽음"}


BUILT_IN = (
    "프로그램에 든 파일은 프로그램을 새 판으로 올리면 되돌아갑니다. 고친 것을 오래 쓰려면 <home>/sources/에 다른 이름으로 베껴"
    " 고치고, 설정의 off에 원래 이름을 적으십시오."
)


@click.command()
@click.argument("names", metavar="[이름]…", nargs=-1)
@click.option("--all", "everything", is_flag=True, help="이미 읽어 본 곳까지 켜진 출처를 모두 봅니다")
@json_option
@click.pass_obj
def check(home: Path, names: tuple[str, ...], everything: bool, as_json: bool) -> None:
    """출처를 한 번씩 읽어 보고(글은 저장하지 않음) 되는 곳, 옮겨진 곳, 까닭을 말합니다.

    이름이 없으면 아직 읽어 보지 않은 곳만 봅니다. 목록이 옮겨졌으면 알려진 다른 주소를 시험해 고칠 줄을 보여 줍니다.
    결과는 저장되며, run과 watch는 여기서 되는 것으로 나온 곳만 읽습니다. 못 읽은 곳이 있으면 1로 끝납니다.
    """
    settings = config.load(home)
    say_faults(settings)
    known = compose.sources(settings)
    if names or everything:
        wanted = [source.name for source in compose.chosen(settings, names) if not source.closed]
    else:
        wanted = work.unseen(settings, compose.now())
    progress = Progress(quiet=as_json)
    try:
        found = work.check(settings, wanted, progress=progress)
    finally:
        progress.end()
    if as_json:
        emit_json([record(each, known) for each in found.values()])
    else:
        click.echo("\n".join(lines(found.values(), known)))
    sys.exit(0 if all(each.works for each in found.values()) else 1)


def lines(checks: Iterable[Check], known: Mapping[str, Source]) -> Iterator[str]:
    """Give the outcome of looks as a table, then what to change where."""
    checks = sorted(checks, key=lambda c: (list(STATES).index(c.state), c.source))
    if not checks:
        yield "새로 볼 출처가 없습니다. 모두 다시 보려면 jiballim sources check --all"
        return
    rows = [[c.source, _state(c), f"{c.listed}", f"{c.dated}", c.reason, _said(c)] for c in checks]
    yield table(["이름", "", "줄", "날짜", "까닭", ""], rows, widest=70)
    for each in checks:
        if each.remedy:
            yield f"\n{known[each.source].path}에서 이 줄을 고치면 읽힙니다:\n{indent(each.remedy, '  ')}"
    if any(each.remedy and built_in(known[each.source]) for each in checks):
        yield "\n" + BUILT_IN
    yield "\n" + summary(checks)


def built_in(source: Source) -> bool:
    """Whether a source's file belongs to the program."""
    from spiders import registry

    return source.path is not None and source.path.is_relative_to(registry.BUILT_IN)


def summary(checks: Iterable[Check]) -> str:
    """Return how many work, in one line."""
    counts = dict.fromkeys(STATES, 0)
    for each in checks:
        counts[each.state] += 1
    return f"{sum(counts.values())}곳: " + ", ".join(f"{STATES[state]} {n}" for state, n in counts.items() if n)


def record(each: Check, known: Mapping[str, Source]) -> dict[str, object]:
    """Return a look for --json."""
    source = known.get(each.source)
    return {
        "source": each.source, "at": each.at, "state": each.state, "works": each.works, "reason": each.reason or None,
        "sentence": each.sentence or None, "remedy": each.remedy or None, "listed": each.listed, "dated": each.dated,
        "title": each.title or None, "endpoint": source.endpoint if source else None,
        "file": str(source.path) if source and source.path else None,
    }  # fmt: skip


def _state(each: Check) -> str:
    return "조용함" if each.reason == "quiet" else STATES[each.state]


def _said(each: Check) -> str:
    return each.title if each.state == "works" else each.sentence
