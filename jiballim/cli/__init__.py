"""The command line: one module a command, imported only when it is used, so that --help answers at once."""

from __future__ import annotations

import importlib
import os
import sys
from pathlib import Path

import click

from jiballim.cli.speech import Formatter, sentence

COMMANDS = {
    "run": "모두 한 번에: 수집 → 발행 → 알림",
    "crawl": "게시판을 읽어 저장합니다",
    "publish": "피드와 주민이 보는 쪽을 새로 만듭니다",
    "open": "만든 쪽을 이 컴퓨터에서 열어 봅니다",
    "notify": "담당자 알림을 보냅니다 (--dry-run: 보내지 않고 보기)",
    "serve": "주민과 프로그램에게 한 주소로 보입니다",
    "watch": "계속 켜 두고 제때 모두 합니다",
    "desk": "담당자 화면(serve의 /desk)의 비밀번호",
    "blog": "블로그에 옮겨 싣기: 고르고, 초안을 보고, 올립니다",
    "notices": "센터가 직접 알리는 글",
    "withdraw": "공고 하나를 모든 곳에서 내립니다",
    "status": "한눈에: 무엇이 잘 되고 무엇이 안 되는지",
    "search": "저장된 공고에서 찾습니다",
    "sources": "듣는 곳 목록과 설명",
    "try": "저장하지 않고 시험 삼아 읽어 봅니다",
    "explain": "공고 하나를 어떻게 읽고 묶었는지 보여 줍니다",
    "announcements": "묶인 공고를 떼거나 붙입니다",
    "doctor": "설치와 설정을 점검합니다",
    "demo": "견본 사이트로 처음부터 끝까지 해 봅니다",
}
"""Command -> what it does, as shown by --help; its module is `jiballim.cli.<command>` ("try" is `try_`, "open" is `open_`)."""

click.Context.formatter_class = Formatter


class Lazy(click.Group):
    """A group whose commands are imported when they are called."""

    def list_commands(self, ctx: click.Context) -> list[str]:
        """Return the commands in the order of use."""
        return list(COMMANDS)

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        """Import and return a command; None when there is none of that name."""
        if cmd_name not in COMMANDS:
            return None
        module = importlib.import_module(f"jiballim.cli.{cmd_name}{'_' if cmd_name in ('try', 'open') else ''}")
        command: click.Command = module.command
        return command

    def format_commands(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        """Write the table of commands without importing any."""
        with formatter.section("명령"):
            formatter.write_dl(list(COMMANDS.items()))


@click.group(cls=Lazy, context_settings={"help_option_names": ["-h", "--help"]})
@click.option(
    "--home",
    type=click.Path(path_type=Path, file_okay=False),
    default=lambda: os.environ.get("JIBALLIM_HOME", "data"),
    help="데이터 폴더 (환경변수 JIBALLIM_HOME, 기본 ./data)",
)
@click.version_option(package_name="jiballim", message="jiballim %(version)s")
@click.pass_context
def group(ctx: click.Context, home: Path) -> None:
    """집알림: 공공임대주택 공고를 여러 게시판에서 모아 한 번씩만, 정정까지 이어서 알립니다.

    \b
    처음이라면      jiballim demo
    매일            jiballim run
    무슨 일이 있나  jiballim status
    """
    ctx.obj = home


def main(arguments: list[str] | None = None) -> None:
    """Run the command line; every foreseen error is one sentence: exit 1, or 2 for wrong use."""
    from notices.errors import Refusal, WrongUse

    try:
        code = group.main(args=arguments, prog_name="jiballim", standalone_mode=False)
        sys.exit(code if isinstance(code, int) else 0)
    except click.Abort:
        click.echo("멈췄습니다.", err=True)
        sys.exit(1)
    except click.exceptions.NoArgsIsHelpError as bare:
        bare.show()
        sys.exit(2)
    except click.ClickException as wrong:
        click.echo(sentence(wrong), err=True)
        sys.exit(2)
    except Refusal as refusal:
        click.echo(str(refusal), err=True)
        sys.exit(2 if isinstance(refusal, WrongUse) else 1)
    except BrokenPipeError:
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        sys.exit(1)
    except OSError as wrong:
        place = wrong.filename or "파일"
        click.echo(
            f"{place}: 읽거나 쓸 수 없습니다({wrong.strerror or wrong}). 권한과 빈 자리를 확인하십시오.", err=True
        )
        sys.exit(1)
