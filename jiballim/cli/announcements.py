"""`jiballim announcements split|join`: a person decides what belongs together, and later crawls respect it."""

from __future__ import annotations

from pathlib import Path

import click

from jiballim import compose, config


@click.group()
def command() -> None:
    """묶인 공고를 떼거나 붙입니다. 정한 것은 다음 수집에서도 지켜지고, 피드의 번호(guid)는 바뀌지 않습니다."""


@command.command()
@click.argument("notice", metavar="글번호", type=int)
@click.pass_obj
def split(home: Path, notice: int) -> None:
    """글 하나를 묶음에서 떼어 따로 둡니다. 글번호는 jiballim explain이 보여 줍니다."""
    from notices.store import lock

    settings = config.load(home)
    with lock(settings.database), compose.store(settings) as store:
        announcement = store.membership.split(notice, compose.now())
    click.echo(f"글 {notice}번을 떼어 공고 {announcement}번으로 두었습니다.")


@command.command()
@click.argument("notice", metavar="글번호", type=int)
@click.argument("announcement", metavar="공고번호", type=int)
@click.pass_obj
def join(home: Path, notice: int, announcement: int) -> None:
    """글 하나를 다른 공고에 붙입니다."""
    from notices.store import lock

    settings = config.load(home)
    with lock(settings.database), compose.store(settings) as store:
        store.membership.join(notice, announcement, compose.now())
    click.echo(f"글 {notice}번을 공고 {announcement}번에 붙였습니다.")
