"""`jiballim run`: the main job, once: crawl, publish, notify."""

from __future__ import annotations

import sys
from pathlib import Path

import click

from jiballim import compose, config, work
from jiballim.cli import notify
from jiballim.cli.output import emit_json, json_option
from jiballim.cli.progress import Progress
from jiballim.cli.sources_check import summary


@click.command()
@click.option("--quiet", is_flag=True, help="새로 이상이 생기거나 나은 것이 없으면 아무 말도 하지 않습니다")
@json_option
@click.pass_obj
def command(home: Path, quiet: bool, as_json: bool) -> None:
    """한 바퀴: 켜진 출처를 모두 읽고, 피드를 새로 만들고, 보낼 때가 된 알림을 보냅니다.

    설정에 sources가 없으면 이 컴퓨터에서 읽히는 곳만 읽습니다. 처음 보는 출처는 먼저 한 번 읽어 봅니다.

    무엇이든 실패하면 1로 끝납니다. 이름과 까닭은 처음 한 번 말하고, 그대로인 동안은 몇 곳인지만 말하며, 나으면 나았다고
    말합니다. 지금 어떤지는 늘 jiballim status에 있습니다. 읽지 못한 출처가 있어도 나머지는 끝까지 합니다.
    """
    from jiballim import account
    from jiballim.hearing import hearing

    settings = config.load(home)
    started = compose.now()
    progress = Progress(quiet=quiet or as_json)
    try:
        looked = work.vet(settings, started, progress)
        work.crawl(settings, (), progress=progress)
    finally:
        progress.end()
    published = work.publish(settings, started)
    sent = work.notify(settings, compose.now())
    with compose.store(settings, readonly=True) as store:
        told, heard = account.account(store, started), hearing(settings, store, started)
    wrong = [str(fault) for fault in compose.faults(settings).values()]
    well = told.well and sent.well and not wrong and not heard.deaf
    if as_json:
        emit_json(
            {
                **account.record(told),
                "feeds": published.feeds,
                "notify": notify.record(sent),
                "source_faults": wrong,
                "deaf": heard.deaf or None,
                "unread": heard.unread,
                "well": well,
            }
        )
    elif not quiet or told.fresh or told.recovered or wrong or heard.deaf or not sent.well:
        if looked:
            click.echo(f"새로 본 곳 {summary(looked.values())} (자세히: jiballim sources list)")
        if heard.deaf:
            click.echo(heard.deaf)
        click.echo("\n".join((*account.lines(told), *notify.lines(sent, settings))))
        if wrong:
            click.echo("\n".join((f"출처 파일 이상 {len(wrong)}건", *(f"  · {sentence}" for sentence in wrong))))
        click.echo(f"피드      {published.feeds:,}가지 → {settings.public}")
    sys.exit(0 if well else 1)
