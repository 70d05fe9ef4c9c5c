"""`jiballim desk password`: who may open the desk's pages."""

from __future__ import annotations

import sys
from pathlib import Path

import click

from jiballim import compose, config
from notices.errors import Refusal, WrongUse


@click.group()
def command() -> None:
    """담당자 화면: jiballim serve가 /desk에 보입니다. jiballim.toml에 [desk] enabled = true를 적으면 켜집니다."""


@command.command()
@click.option("--centre", default="", metavar="이름", help="이 센터의 비밀번호. 없으면 모든 센터의 일을 하는 비밀번호")
@click.option("--remove", is_flag=True, help="비밀번호를 없애 그 문을 닫습니다")
@click.pass_obj
def password(home: Path, centre: str, remove: bool) -> None:
    """담당자 화면의 비밀번호를 정하거나 바꿉니다. 바꾸면 그 비밀번호로 열려 있던 로그인은 모두 끝납니다.

    센터마다 따로 정하면 그 센터의 일만 할 수 있습니다. 다른 센터의 일까지 맡기려면 jiballim.toml의 그 [[centre]]에
    acts_for = ["*"] 또는 센터 이름들을 적습니다. 두 번 묻습니다. 프로그램에서는 표준입력의 첫 줄로 줍니다. 비밀번호 자체는
    어디에도 저장하지 않습니다.
    """
    settings = config.load(home)
    if centre and not remove:
        compose.desk(settings, centre)
    try:
        from desk.web import passwords
        from notices.store import lock
    except ImportError:
        raise Refusal(
            '담당자 화면에는 argon2-cffi가 더 필요합니다: pip install "jiballim[serve]"를 하십시오.'
        ) from None
    whose = f"센터 {centre}의 " if centre else ""
    if remove:
        with lock(settings.home / passwords.FILE):
            passwords.drop(settings.home, centre)
        click.echo(f"{whose}비밀번호를 없앴습니다. 그것으로 열려 있던 로그인은 모두 끝났습니다.")
        return
    said = _asked()
    with lock(settings.home / passwords.FILE):
        path = passwords.keep(settings.home, said, centre)
    click.echo(f"{whose}비밀번호를 정했습니다({path}). 그것으로 열려 있던 로그인은 모두 끝났습니다.")
    if not settings.desk_enabled:
        click.echo(f"아직 꺼져 있습니다: {home / config.NAME}에 [desk] enabled = true를 적으십시오.")


def _asked() -> str:
    """Ask twice at a keyboard; else take the first line."""
    if not sys.stdin.isatty():
        return sys.stdin.readline().rstrip("\r\n")
    first: str = click.prompt("새 비밀번호", hide_input=True)
    if first != click.prompt("한 번 더", hide_input=True):
        raise WrongUse("두 번 친 비밀번호가 서로 다릅니다. 다시 하십시오.")
    return first
