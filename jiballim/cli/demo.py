"""`jiballim demo`: the whole way over the sample sites."""

from __future__ import annotations

from pathlib import Path

import click

from jiballim.cli.progress import Progress


@click.command()
@click.pass_obj
def command(home: Path) -> None:
    """이 컴퓨터 안의 견본 사이트로 나흘 아침을 해 봅니다: 수집 → 이해 → 저장 → 발행 → 알림.

    <home>/demo 폴더를 비우고 새로 만듭니다. 인터넷에는 나가지 않습니다.
    """
    from jiballim.demo import play, telling

    progress = Progress()
    try:
        told = play.play(home / "demo", progress)
    finally:
        progress.end()
    click.echo("\n".join(telling.lines(told)))
