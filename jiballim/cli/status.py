"""`jiballim status`: in one look, whether all is well."""

from __future__ import annotations

import sys
from datetime import datetime, timedelta
from pathlib import Path
from typing import TYPE_CHECKING

import click

from jiballim import compose, config
from jiballim.cli.output import emit_json, json_option, table
from jiballim.words import STATES
from notices.model import RunState
from notices.store.views import Post, RunView

if TYPE_CHECKING:
    from collections.abc import Iterable

HISTORY = timedelta(days=60)
"""How far back the beginning of a trouble is looked for."""


@click.command()
@json_option
@click.pass_obj
def command(home: Path, as_json: bool) -> None:
    """출처마다 마지막으로 언제 어떻게 읽었는지, 오늘 몇 번 물었는지, 알림이 갔는지 보여 줍니다. 이상이 있으면 1로 끝납니다."""
    from desk.blog.publish import flagged
    from jiballim.hearing import hearing
    from jiballim.requests import asked, lines
    from notify.reconcile import account

    settings = config.load(home)
    with compose.store(settings, readonly=True) as store:
        runs, now = sorted(store.runs.last_of_each(), key=_is_well), compose.now()
        since = _since(store.runs.troubled(now - HISTORY))
        today = store.runs.recent(now.replace(hour=0, minute=0, second=0, microsecond=0))
        requests = asked(store, compose.sources(settings), today, now.date())
        revisits = store.revisits.count()
        heard = hearing(settings, store, now)
        sent = account(store.outbox, now - timedelta(days=7))
        posts = flagged(store)
        titles = store.announcements.among(p.announcement_id for p in posts if p.announcement_id)
    wrong = [str(fault) for fault in compose.faults(settings).values()]
    well = sent.well and all(map(_is_well, runs)) and not wrong and not heard.deaf
    if as_json:
        emit_json(
            {
                "well": well,
                "source_faults": wrong,
                "deaf": heard.deaf or None,
                "unread": heard.unread,
                "sources": [
                    {
                        "name": r.source, "title": r.source_title, "state": r.state.value, "started": r.started,
                        "finished": r.finished, "reason": r.reason, "sentence": r.sentence, "listed": r.listed,
                        "new": r.new, "changed": r.changed, "requests": r.requests, "ill_since": since.get(r.source),
                    }
                    for r in runs
                ],
                "requests": [one.data() for one in requests],
                "revisits": revisits,
                "deliveries": sent.data(),
                "blog": [
                    {
                        "centre": p.centre, "id": p.announcement_id, "target": p.target, "slug": p.slug, "url": p.url,
                        "title": titles[p.announcement_id].title if p.announcement_id else None,
                        "flag": _flag(p),
                    }
                    for p in posts
                ],
            }
        )  # fmt: skip
    else:
        ill, rest = [run for run in runs if not _is_well(run)], [run for run in runs if _is_well(run)]
        if heard.deaf:
            click.echo(heard.deaf)
        if ill:
            click.echo(f"살펴볼 출처 {len(ill):,}곳")
            click.echo("\n".join(f"  · {_ill(run, since.get(run.source))}" for run in ill) + "\n")
        rows = [
            [STATES[r.state], r.source_title, _when(r.started), f"{r.listed:,}", f"{r.new:,}", r.sentence or ""]
            for r in rest
        ]
        if rows:
            click.echo(table(["", "출처", "읽은 때", "줄", "새 글", ""], rows, widest=60))
        if heard.line:
            click.echo("\n" + heard.line)
        click.echo("".join(f"\n출처 파일 이상: {sentence}" for sentence in wrong), nl=bool(wrong))
        if said := list(lines(requests, revisits)):
            click.echo("\n" + "\n".join(said))
        click.echo("\n알림 (7일)")
        click.echo("\n".join(f"  {line}" for line in sent.lines()))
        for p in posts:
            name = titles[p.announcement_id].title if p.announcement_id else p.url or p.slug
            click.echo(f"{_flag(p)} ({p.centre}, {p.target}): {name} → jiballim blog queue --centre {p.centre}")
        click.echo(_all(heard.unread) if well else "살펴볼 것이 있습니다.")
    sys.exit(0 if well else 1)


def _all(unread: tuple[str, ...]) -> str:
    return "듣는 곳은 모두 좋습니다." if unread else "모두 좋습니다."


def _is_well(run: RunView) -> bool:
    return run.state in (RunState.DONE, RunState.RUNNING)


def _since(newest_first: Iterable[RunView]) -> dict[str, datetime]:
    """When the trouble of each source began that is in trouble now."""
    found: dict[str, datetime] = {}
    over: set[str] = set()
    for run in newest_first:
        if run.state is RunState.DONE:
            over.add(run.source)
        elif run.source not in over and run.state is not RunState.RUNNING:
            found[run.source] = run.started
    return found


def _ill(run: RunView, since: datetime | None) -> str:
    began = f"{since.astimezone(compose.SEOUL):%m-%d}부터 " if since else ""
    return f"{run.source_title} ({began}{STATES[run.state]}): {run.sentence or run.reason or '읽지 못했습니다.'}"


def _flag(post: Post) -> str:
    return "블로그 수정 필요" if post.announcement_id else "블로그에서 내려야 함"


def _when(at: datetime) -> str:
    return at.astimezone(compose.SEOUL).strftime("%m-%d %H:%M")
