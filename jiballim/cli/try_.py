"""`jiballim try`: read a page, a title or a pair of notices without storing anything."""

from __future__ import annotations

import json
import sys
from collections.abc import Callable, Iterable, Iterator
from pathlib import Path
from typing import Any

import click

from jiballim.cli.output import emit_json, json_option, table
from jiballim.words import ANSWERS
from notices.errors import WrongUse


@click.group()
def command() -> None:
    """저장하지 않고 시험 삼아 읽어 봅니다."""


@command.command()
@click.argument("paths", metavar="FILE…", nargs=-1, type=click.Path(path_type=Path, exists=True, dir_okay=False))
@click.option("--url", default="", help="그 쪽의 주소")
@click.option(
    "--kind", type=click.Choice(["list", "detail"]), default="list", show_default=True, help="목록인가 글인가"
)
@click.option("--batch", is_flag=True, help='표준입력의 {"file", "url", "kind"} 줄마다 JSON 한 줄로 답합니다')
@json_option
def page(paths: tuple[Path, ...], url: str, kind: str, batch: bool, as_json: bool) -> None:
    """저장해 둔 웹쪽을 어떻게 읽는지 보여 줍니다.

    \b
    jiballim try page 목록.html --url https://www.city.go.kr/board/list.do --kind list
    """
    from jiballim.compose import now
    from spiders.pages.batch import answer

    today = now().date()
    if batch:
        _answer_lines(lambda line: answer(line["file"], line.get("url") or "", line["kind"], today=today))
        return
    if not paths:
        raise WrongUse("try page: 읽을 파일을 하나 이상 주십시오(예: jiballim try page 목록.html --url 주소).")
    answers = [answer(str(path), url, kind, today=today) for path in paths]
    if as_json:
        emit_json(answers)
        return
    for path, said in zip(paths, answers, strict=True):
        click.echo("\n".join(_page(path, said)))


@command.command()
def titles() -> None:
    """표준입력의 {"title", "org", "date"} 줄마다 읽은 것을 JSON 한 줄로 답합니다."""
    from notices.reading.batch import answer

    _answer_lines(answer)


@command.command()
def pairs() -> None:
    """표준입력의 {"a": …, "b": …} 줄마다 두 글의 관계를 JSON 한 줄로 답합니다."""
    from notices.matching.batch import answer

    _answer_lines(answer)


def _answer_lines(answer: Callable[[dict[str, Any]], object]) -> None:
    """Answer each JSON line of standard input with one of standard output, in order."""
    stdin = sys.stdin
    if hasattr(stdin, "reconfigure"):
        stdin.reconfigure(encoding="utf-8", errors="replace")
    for number, line in enumerate(_lines(stdin), 1):
        try:
            asked = json.loads(line)
            said = answer(asked)
        except (ValueError, KeyError, TypeError, AttributeError) as wrong:
            raise WrongUse(
                f"표준입력 {number}번째 줄: 읽을 수 없는 물음입니다({wrong!r}). JSON 한 줄의 꼴을 고치십시오."
            ) from None
        click.echo(json.dumps(said, ensure_ascii=False))


def _lines(stream: Iterable[str]) -> Iterator[str]:
    return (line for line in stream if line.strip())


def _page(path: Path, said: dict[str, Any]) -> Iterator[str]:
    yield f"{path}: {ANSWERS[said['state']]}" + (f" ({said['why']})" if said.get("why") else "")
    for note in said.get("notes", []):
        yield f"  알아본 것: {note}"
    if said["kind"] == "list":
        rows = [
            [
                "고정" if item["pinned"] else "", item["posted"] or "-", item["department"] or "-", str(item["key"] or "-"),
                item["title"], "; ".join(item["doubts"]),
            ]
            for item in said.get("items", [])
        ]  # fmt: skip
        yield table(["", "게시", "부서", "열쇠", "제목", "의심"], rows, widest=60) if rows else "  줄이 없습니다."
        yield f"  다음 쪽: {said.get('next_page') or '없음'} · 전체 {said.get('total') or '모름'}"
        return
    for label, key in (("제목", "title"), ("게시", "posted"), ("부서", "department")):
        yield f"  {label}: {said.get(key) or '읽지 못함'}"
    for file in said.get("attachments", []):
        yield f"  첨부: {file['name']} {file['url'] or '(주소 없음)'}"
    if said.get("doubts"):
        yield f"  의심: {'; '.join(said['doubts'])}"
    yield said.get("body") or "  (본문 없음)"
