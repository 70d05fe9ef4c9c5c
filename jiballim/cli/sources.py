"""`jiballim sources`: where jiballim listens."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import click

from jiballim import compose, config
from jiballim.cli.output import emit_json, json_option, say_faults, table
from jiballim.cli.sources_add import add
from jiballim.cli.sources_check import STATES, check
from jiballim.cli.sources_repair import repair
from jiballim.words import KINDS
from notices.errors import WrongUse

if TYPE_CHECKING:
    from spiders.registry import Source


@click.group()
def command() -> None:
    """듣는 곳(출처)의 목록과 설명."""


command.add_command(check)
command.add_command(add)
command.add_command(repair)


@command.command("list")
@json_option
@click.pass_obj
def list_(home: Path, as_json: bool) -> None:
    """모든 출처: 내장된 것과 <home>/sources의 것."""
    settings = config.load(home)
    say_faults(settings)
    read = _read(settings)
    found = compose.sources(settings)
    if as_json:
        emit_json([_record(source, settings, read) for source in found.values()])
        return
    rows = [
        [
            s.name,
            s.title,
            s.publisher,
            s.region or "전국",
            KINDS.get(s.kind, s.kind),
            compose.why_off(s, settings),
            read.get(s.name, "아직")[:10],
        ]
        for s in found.values()
    ]
    click.echo(table(["이름", "제목", "기관", "지역", "종류", "", "이 컴퓨터에서 읽음"], rows))
    click.echo(f"\n{len(rows)}곳. 자세히: jiballim sources show 이름")


@command.command()
@click.argument("name")
@json_option
@click.pass_obj
def show(home: Path, name: str, as_json: bool) -> None:
    """출처 하나를 자세히."""
    settings = config.load(home)
    source = compose.sources(settings).get(name)
    if source is None and (fault := compose.faults(settings).get(name)):
        raise fault
    if source is None:
        raise WrongUse(f"{name}: 그런 출처가 없습니다. jiballim sources list에서 이름을 확인하십시오.")
    record = _record(source, settings, _read(settings)) | {"check": _looked(settings, name)}
    if as_json:
        emit_json(record)
        return
    for label, key in (
        ("이름", "name"), ("제목", "title"), ("기관", "publisher"), ("지역 코드", "region"), ("종류", "kind"),
        ("사람이 보는 곳", "url"), ("읽는 주소", "endpoint"), ("읽는 방식", "family"), ("공공누리", "licence"),
        ("읽지 않음", "off"), ("닫힌 까닭", "closed"), ("열쇠", "key_env"), ("견준 실제 표본", "shape"),
        ("근거", "origin"), ("근거의 날짜", "checked"), ("파일", "file"), ("이 컴퓨터에서 읽음", "verified_at"),
        ("마지막으로 본 결과", "check"),
    ):  # fmt: skip
        click.echo(f"{label}: {record[key] if record[key] is not None else '-'}")


def _looked(settings: config.Config, name: str) -> str | None:
    """What the last look at a source found, in a few words."""
    if not settings.database.exists():
        return None
    with compose.store(settings, readonly=True) as store:
        found = store.checks.all().get(name)
    if found is None:
        return None
    return " · ".join(
        filter(None, (STATES[found.state], found.reason, found.sentence, found.remedy.replace("\n", " / ")))
    )


def _read(settings: config.Config) -> dict[str, str]:
    """When each source was last read well on this machine, as ISO text."""
    if not settings.database.exists():
        return {}
    with compose.store(settings, readonly=True) as store:
        runs = [store.runs.last(info.name, believed=True) for info in store.sources.all()]
        seen = {name: check.at.isoformat() for name, check in store.checks.all().items() if check.works}
    return seen | {run.source: run.finished.isoformat() for run in runs if run and run.finished}


def _record(source: Source, settings: config.Config, read: dict[str, str]) -> dict[str, object]:
    return {
        "name": source.name,
        "title": source.title,
        "publisher": source.publisher,
        "region": source.region,
        "kind": source.kind,
        "enabled": not compose.why_off(source, settings),
        "off": compose.why_off(source, settings) or None,
        "closed": source.closed or None,
        "key_env": source.key.env if source.key else None,
        "shape": ", ".join(source.samples) or "documentation",
        "verified": source.name in read,
        "verified_at": read.get(source.name),
        "url": source.page,
        "endpoint": source.endpoint,
        "family": source.family,
        "licence": source.licence,
        "origin": source.origin,
        "checked": source.checked,
        "file": str(source.path) if source.path else None,
    }
