"""`jiballim withdraw`: take a notice back everywhere."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING

import click

from jiballim import compose, config, staff
from jiballim.cli.output import emit_json, json_option
from notices.errors import WrongUse

if TYPE_CHECKING:
    from desk.withdraw import Withdrawn


@click.command()
@click.argument("number", metavar="ID", type=int)
@click.option("--notice", is_flag=True, help="ID가 공고 번호가 아니라 글번호입니다 (jiballim explain이 보여 줍니다)")
@click.option("--yes", is_flag=True, help="묻지 않고 내립니다")
@json_option
@click.pass_obj
def command(home: Path, number: int, notice: bool, yes: bool, as_json: bool) -> None:
    """공고 하나를 모든 곳에서 내립니다: 본문, 지난 판, 읽은 값, 찾기, 피드, 블로그 글. 되돌릴 수 없습니다.

    ID는 jiballim search가 보여 주는 번호이고, 그 공고의 글을 모두 내립니다. 글 없는 자리만 남아 다시 수집되지 않습니다.
    """
    settings = config.load(home)
    if not notice:
        sure(settings, number, yes=yes)
    done = staff.withdraw(settings, [number], compose.now(), notices=notice)
    emit_json(record(done)) if as_json else click.echo("\n".join(lines(done)))
    sys.exit(1 if done.left else 0)


def sure(settings: config.Config, number: int, *, yes: bool) -> None:
    """Show what is about to go; a person at a terminal is asked."""
    with compose.store(settings, readonly=True) as store:
        found = store.announcements.get(number)
    if found is None:
        raise WrongUse(f"{number}: 그런 번호의 공고가 없습니다. jiballim search로 번호를 찾으십시오.")
    if not yes and sys.stdin.isatty():
        click.confirm(f"[{found.id}] {found.title}\n모든 곳에서 내릴까요? 되돌릴 수 없습니다", abort=True, err=True)


def lines(done: Withdrawn) -> Iterator[str]:
    """Say what was taken back."""
    yield f"글 {len(done.notices)}건을 내렸습니다: 본문, 지난 판, 읽은 값, 찾기, 피드에서 지웠습니다."
    yield from (f"  · 블로그에서 내림: {where}" for where in done.down)
    yield from (f"  · 손이 가야 합니다: {said}" for said in done.left)


def record(done: Withdrawn) -> dict[str, object]:
    """Return the same for --json."""
    return {"notices": list(done.notices), "down": list(done.down), "left": list(done.left)}
