"""`jiballim sources repair`: propose how to read a redesigned list, by what is stored of it; change nothing."""

from __future__ import annotations

import sys
import tempfile
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import TYPE_CHECKING

import click

from jiballim import compose, config, work
from jiballim.cli.output import emit_json, json_option, table
from jiballim.cli.sources_check import BUILT_IN, built_in
from notices.errors import Refusal, WrongUse

if TYPE_CHECKING:
    from spiders.drift import Seen
    from spiders.registry import Source
    from spiders.repair import Proposal

KNOWN, SHOWN = 200, 7


@click.command()
@click.argument("name", metavar="이름")
@click.option(
    "--from-file",
    "page",
    type=click.Path(path_type=Path, exists=True, dir_okay=False),
    help="저장해 둔 목록 쪽 (<home>/pages/<이름>/에 남은 것도 됩니다)",
)
@json_option
@click.pass_obj
def repair(home: Path, name: str, page: Path | None, as_json: bool) -> None:
    """모양이 바뀐 목록을 저장된 글의 제목으로 다시 읽어, 출처 파일에 적을 줄을 제안합니다. 파일은 고치지 않습니다.

    이미 아는 글의 번호, 제목, 날짜가 모두 그대로 나오는 읽기만 제안합니다. 그런 것이 없으면 1로 끝납니다.
    """
    settings = config.load(home)
    source = compose.sources(settings).get(name)
    if source is None:
        raise WrongUse(f"{name}: 그런 출처가 없습니다. jiballim sources list에서 이름을 확인하십시오.")
    known = stored(settings, name)
    found = proposal(source, known, page.read_bytes() if page else fetched(settings, name))
    if as_json:
        emit_json(record(source, found))
    else:
        click.echo("\n".join(lines(source, found, known)))
    sys.exit(0 if found else 1)


def stored(settings: config.Config, name: str) -> dict[str, Seen]:
    """The newest stored posts of a source."""
    from spiders.drift import Seen

    with compose.store(settings, readonly=True) as store:
        return {n.key: Seen(n.title, n.posted) for n in store.notices.latest(name, KNOWN)}


def fetched(settings: config.Config, name: str, replay_origin: str = "") -> bytes:
    """Read the list once, politely."""
    with tempfile.TemporaryDirectory() as folder:
        found = work.check(settings, [name], replay_origin=replay_origin, save=Path(folder))[name]
        page = Path(folder) / "list.html"
        if not page.exists():
            raise Refusal(f"{name}: {found.sentence or '목록을 읽지 못했습니다.'}")
        return page.read_bytes()


def proposal(source: Source, known: Mapping[str, Seen], page: bytes) -> Proposal | None:
    """What to write into the source's file, if anything is sure."""
    from spiders.asks import list_ask
    from spiders.pages.document import Document
    from spiders.repair import repair as repaired

    today = compose.now().date()
    document = Document(page, list_ask(source, 1, today).url, source.hints.encoding)
    return repaired(document, source, known, today)


def lines(source: Source, found: Proposal | None, known: Mapping[str, Seen]) -> Iterator[str]:
    """Give the proposal and what it reads."""
    if found is None:
        yield (
            f"{source.name}: 확실한 읽기를 찾지 못했습니다(저장된 글 {len(known)}건). "
            "목록이 옮겨졌는지 jiballim sources check로 보고, 글 번호가 바뀌었으면 [expect]에 known = false를 적으십시오."
        )
        return
    yield f"아는 글 {found.found}건이 번호, 제목, 날짜까지 그대로 나옵니다. 이렇게 읽힙니다."
    yield table(
        ["게시", "글 번호", "제목"],
        [[f"{row.posted or '-'}", row.key or "-", row.title] for row in found.listing.rows[:SHOWN]],
        widest=60,
    )
    yield f"\n{source.path}의 [hints]를 이렇게 고치십시오(row, title, date, link만 바꿉니다):"
    yield from (f"  {line}" for line in found.lines)
    if built_in(source):
        yield BUILT_IN
    yield f"고친 뒤: jiballim sources check {source.name}"


def record(source: Source, found: Proposal | None) -> dict[str, object]:
    """Return the proposal for --json."""
    from spiders.pages.batch import list_answer

    return {
        "source": source.name,
        "file": str(source.path),
        "lines": list(found.lines) if found else None,
        "found": found.found if found else 0,
        "list": list_answer(found.listing) if found else None,
    }
