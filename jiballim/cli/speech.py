"""Say in Korean what click says in English: help and wrong use."""

from __future__ import annotations

import re
from collections.abc import Iterable

import click

_HEADINGS = {"Options": "옵션", "Commands": "명령"}
_TEXTS = (
    ("[OPTIONS]", "[옵션]"),
    ("COMMAND [ARGS]...", "명령 …"),
    ("Show this message and exit.", "이 도움말을 보입니다"),
    ("Show the version and exit.", "판 번호를 보입니다"),
    ("[default: ", "[기본: "),
    ("[required]", "[꼭 필요]"),
)


class Formatter(click.HelpFormatter):
    """Help under Korean headings."""

    def write_usage(self, prog: str, args: str = "", prefix: str | None = None) -> None:
        """Write the line of usage."""
        super().write_usage(prog, _korean(args), "쓰는 법: " if prefix is None else prefix)

    def write_heading(self, heading: str) -> None:
        """Write a heading."""
        super().write_heading(_HEADINGS.get(heading, heading))

    def write_dl(self, rows: Iterable[tuple[str, str]], col_max: int = 30, col_spacing: int = 2) -> None:
        """Write a list of names and what they mean."""
        super().write_dl([(name, _korean(text)) for name, text in rows], col_max, col_spacing)


def _korean(text: str) -> str:
    for english, korean in _TEXTS:
        text = text.replace(english, korean)
    return text


def sentence(wrong: click.ClickException) -> str:
    """Return one sentence: what was wrong at the command line, and where its help is."""
    said = _said(wrong)
    context = wrong.ctx if isinstance(wrong, click.UsageError) else None
    return f"{said} 쓰는 법: {context.command_path if context else 'jiballim'} --help"


def _said(wrong: click.ClickException) -> str:
    match wrong:
        case click.NoSuchOption():
            near = f" {', '.join(wrong.possibilities)}을(를) 뜻하셨나요?" if wrong.possibilities else ""
            return f"{wrong.option_name}: 그런 옵션이 없습니다.{near}"
        case click.MissingParameter():
            return f"{_named(wrong)}: 이 값을 꼭 주어야 합니다."
        case click.BadParameter():
            return f"{_named(wrong)}: {_value(wrong)} {_wanted(wrong.param)}"
        case click.BadOptionUsage():
            return f"{wrong.option_name}: 이 옵션은 뒤에 값을 하나 받습니다."
    if name := re.match(r"No such command '(.*)'", wrong.format_message()):
        return f"{name[1]}: 그런 명령이 없습니다."
    if extra := re.search(r"unexpected extra argument\S* \((.*)\)", wrong.format_message()):
        return f"{extra[1]}: 받지 않는 말입니다. 빼고 다시 하십시오."
    return f"쓰는 법이 틀렸습니다({wrong.format_message()})."


def _named(wrong: click.BadParameter) -> str:
    if wrong.param is None:
        return str(wrong.param_hint or "값")
    return wrong.param.opts[0] if isinstance(wrong.param, click.Option) else wrong.param.make_metavar(_context(wrong))


def _context(wrong: click.BadParameter) -> click.Context:
    return wrong.ctx or click.Context(click.Command("jiballim"))


def _value(wrong: click.BadParameter) -> str:
    quoted = re.search(r"'(.*?)'", wrong.message)
    return f"{quoted[1]!r}은(는) 쓸 수 없습니다." if quoted else "쓸 수 없는 값입니다."


def _wanted(param: click.Parameter | None) -> str:
    match param.type if param is not None else None:
        case click.Path() as path:
            return "있고 읽을 수 있는 파일을 주십시오." if path.exists else "읽고 쓸 수 있는 폴더를 주십시오."
        case click.Choice() as choice:
            return f"{', '.join(map(str, choice.choices))} 가운데서 고르십시오."
        case click.types.IntParamType():
            return "정수를 주십시오."
    return "고쳐 적으십시오."
