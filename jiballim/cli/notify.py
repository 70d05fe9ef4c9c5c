"""`jiballim notify`: send what is due."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from pathlib import Path

import click

from jiballim import compose, config, work
from jiballim.cli.output import emit_json, json_option


@click.command()
@click.option("--dry-run", is_flag=True, help="보내지 않고 지금 보낸다면 갈 글을 보입니다")
@click.option("--now", "force", is_flag=True, help="정한 시각이 아니어도 지금 보냅니다 (하루 한 번)")
@json_option
@click.pass_obj
def command(home: Path, dry_run: bool, force: bool, as_json: bool) -> None:
    """담당자에게 보낼 때가 된 아침 알림과 급한 알림을 보내고, 전에 실패한 것을 다시 보냅니다."""
    settings = config.load(home)
    if dry_run:
        _show(settings, as_json)
        return
    sent = work.notify(settings, compose.now(), force=force)
    if as_json:
        emit_json(record(sent))
    else:
        click.echo("\n".join(lines(sent, settings)))
    sys.exit(0 if sent.well else 1)


def _show(settings: config.Config, as_json: bool) -> None:
    from notify import plan, render
    from notify.targets import key

    with compose.store(settings, readonly=True) as store:
        digests = plan.preview(store, settings.centres, compose.now(), work.to_correct(store))
    texts = [(key(d.centre, d.route), d.subject, render.text(d)) for d in digests]
    if as_json:
        emit_json([{"route": route, "subject": subject, "text": text} for route, subject, text in texts])
    elif not texts:
        click.echo(nobody(settings))
    for route, subject, text in [] if as_json else texts:
        click.echo(f"── {route}\n{subject}\n\n{text}")


def nobody(settings: config.Config) -> str:
    """Say what is missing where no route is set."""
    what = "센터에 [[centre.route]]" if settings.centres else "[[centre]]"
    place = f"{settings.home / config.NAME}의" if settings.centres else f"{settings.home / config.NAME}에"
    return f"받는 곳이 없습니다. 알림을 보내려면 {place} {what}를 적으십시오(docs/how-to/send-the-digest.ko.md)."


def lines(sent: work.Sent, settings: config.Config) -> Iterator[str]:
    """Say what was sent."""
    if not any(centre.routes for centre in settings.centres):
        yield nobody(settings)
        return
    report = sent.report
    yield (
        f"알림      보냄 {len(report.sent):,}, 다시 보낼 것 {len(report.failed):,}, 도착을 알 수 없는 것 {len(report.unknown):,},"
        f" 그만둔 것 {len(report.given_up):,}, 밤이라 미룬 것 {len(report.postponed):,}"
    )
    for delivery in (*report.failed, *report.unknown, *report.given_up):
        yield f"  · {delivery.subject} → {delivery.target}"
    for off in sent.off:
        yield f"  · {off.route}: {off.sentence}"


def record(sent: work.Sent) -> dict[str, object]:
    """Return what was sent, for --json."""
    report = sent.report
    return {
        "digests": [
            {"route": made.route, "subject": made.digest.subject, "targets": made.targets} for made in sent.made
        ],
        "alerts": sent.alerts,
        **{
            state: [{"batch": d.batch, "target": d.target, "subject": d.subject} for d in getattr(report, state)]
            for state in ("sent", "failed", "unknown", "given_up", "postponed", "recovered")
        },
        "off": [{"route": off.route, "env": off.env, "sentence": off.sentence} for off in sent.off],
        "well": sent.well,
    }
