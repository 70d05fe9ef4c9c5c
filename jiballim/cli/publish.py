"""`jiballim publish`: write the feeds and the page for residents."""

from __future__ import annotations

from pathlib import Path

import click

from jiballim import compose, config
from jiballim.cli.output import emit_json, json_option


@click.command()
@json_option
@click.pass_obj
def command(home: Path, as_json: bool) -> None:
    """저장된 것으로 피드와 주민이 보는 쪽을 만듭니다. 바뀐 파일만, 통째로 바꿔 넣습니다."""
    from jiballim.work import publish

    settings = config.load(home)
    done = publish(settings, compose.now())
    if as_json:
        emit_json(
            {
                "folder": str(settings.public), "feeds": done.feeds, "notices": done.pages, "written": list(done.written),
                "unchanged": done.unchanged, "removed": list(done.removed), "left_out": list(done.left_out),
            }
        )  # fmt: skip
        return
    click.echo(
        f"피드 {done.feeds:,}가지, 공고 쪽 {done.pages:,}장: 파일 {len(done.written):,}개를 새로 쓰고"
        f" {done.unchanged:,}개는 그대로입니다. → {settings.public}"
    )
    for entry in done.left_out:
        click.echo(f"  · 싣지 못함: {entry}", err=True)
