"""`jiballim status`: in one look, whether all is well."""

from __future__ import annotations

import sys
from datetime import datetime, timedelta
from pathlib import Path

import click

from jiballim import compose, config
from jiballim.cli.output import emit_json, json_option, table
from notices.model import RunState

_STATES = {
    RunState.DONE: "좋음", RunState.PARTIAL: "일부", RunState.FAILED: "실패", RunState.ABORTED: "끊김", RunState.RUNNING: "읽는 중",
}  # fmt: skip
_OPEN = ("failed", "unknown", "given_up", "intended", "sending")
_DELIVERIES = {
    "failed": "다시 보낼 것", "unknown": "도착을 알 수 없는 것", "given_up": "그만둔 것", "intended": "보낼 것", "sending": "보내는 중",
    "sent": "보낸 것",
}  # fmt: skip


@click.command()
@json_option
@click.pass_obj
def command(home: Path, as_json: bool) -> None:
    """출처마다 마지막으로 언제 어떻게 읽었는지, 알림이 갔는지 보여 줍니다. 이상이 있으면 1로 끝납니다."""
    settings = config.load(home)
    with compose.store(settings, readonly=True) as store:
        runs = store.runs.last_of_each()
        deliveries = store.outbox.deliveries(since=compose.now() - timedelta(days=7))
    counts = {state: sum(d.state == state for d in deliveries) for state in _DELIVERIES}
    troubled = [run for run in runs if run.state not in (RunState.DONE, RunState.RUNNING)]
    well = not troubled and not counts["failed"] and not counts["unknown"] and not counts["given_up"]
    if as_json:
        emit_json(
            {
                "well": well,
                "sources": [
                    {
                        "name": r.source, "title": r.source_title, "state": r.state.value, "started": r.started,
                        "finished": r.finished, "reason": r.reason, "sentence": r.sentence, "listed": r.listed,
                        "new": r.new, "changed": r.changed, "requests": r.requests,
                    }
                    for r in runs
                ],
                "deliveries": counts,
            }
        )  # fmt: skip
    else:
        rows = [
            [_STATES[r.state], r.source_title, _when(r.started), f"{r.listed:,}", f"{r.new:,}", r.sentence or ""]
            for r in runs
        ]
        click.echo(table(["", "출처", "읽은 때", "줄", "새 글", "까닭"], rows, widest=60))
        click.echo("")
        said = ", ".join(f"{label} {counts[state]:,}" for state, label in _DELIVERIES.items() if counts[state])
        click.echo(f"알림(7일): {said or '보낸 것 없음'}")
        for delivery in deliveries:
            if delivery.error and delivery.state in _OPEN:
                click.echo(f"  · {delivery.subject} → {delivery.target}: {delivery.error}")
        click.echo("모두 좋습니다." if well else "살펴볼 것이 있습니다.")
    sys.exit(0 if well else 1)


def _when(at: datetime) -> str:
    return at.astimezone(compose.SEOUL).strftime("%m-%d %H:%M")
