"""`jiballim crawl`: read the sources."""

from __future__ import annotations

import sys
from pathlib import Path

import click

from jiballim import compose, config, work
from jiballim.cli.output import emit_json, json_option, say_faults
from jiballim.cli.progress import Progress


@click.command()
@click.argument("names", metavar="SOURCE…", nargs=-1)
@click.option("--quiet", is_flag=True, help="진행을 보이지 않습니다")
@json_option
@click.pass_obj
def command(home: Path, names: tuple[str, ...], quiet: bool, as_json: bool) -> None:
    """게시판을 읽어 저장합니다. 이름을 주면 그 출처만, 안 주면 켜지고 읽히는 출처를 모두 읽습니다.

    읽지 못한 출처가 있으면 그 이름과 까닭을 말하고 1로 끝납니다.
    """
    from jiballim.account import account, lines, record

    settings = config.load(home)
    say_faults(settings)
    if names and not _told(settings, names):
        return
    started = compose.now()
    progress = Progress(quiet=quiet or as_json)
    try:
        if not names:
            work.vet(settings, started, progress)
        work.crawl(settings, names, progress=progress)
    finally:
        progress.end()
    with compose.store(settings, readonly=True) as store:
        told = account(store, started)
    if as_json:
        emit_json(record(told))
    else:
        click.echo("\n".join(lines(told)))
    sys.exit(0 if told.well else 1)


def _told(settings: config.Config, names: tuple[str, ...]) -> bool:
    """Say which of the named sources stay off for want of a key; whether any is left to be read."""
    found = compose.sources(settings)
    for name in names:
        if name in found and (missing := compose.lacking(found[name])):
            click.echo(f"{name}: 꺼짐, 열쇠 없음({missing}). docs/how-to/give-a-key.ko.md를 보십시오.", err=True)
    return bool(compose.chosen(settings, names))
