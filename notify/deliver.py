"""Carry the outbox to its targets: each message settled before the next, nothing twice that may have arrived."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta
from functools import partial
from itertools import chain

from notices.store.outbox import Outbox
from notices.store.views import Delivery
from notify import shapes
from notify.channels import Outcome
from notify.channels import send as send_by_apprise
from notify.message import Message, message
from notify.targets import Target
from notify.workdays import after_quiet, is_quiet

BACK_OFF = (
    timedelta(minutes=1),
    timedelta(minutes=5),
    timedelta(minutes=30),
    timedelta(hours=2),
    timedelta(hours=6),
)
"""How long to wait after each failure; after the last one the target is given up."""

LONGEST = timedelta(hours=24)
"""Nothing waits longer: the last back-off and a night. What is due later was dated by a clock that was wrong."""

ABREAST, WAVE = 10, 100
"""So many targets are sent to at a time, and so many messages are taken at once, where receivers drop repeats."""

OFF = "꺼짐: 환경변수에 이 주소가 없습니다. 주소를 넣거나 경로를 고치십시오"

WORD = "word:"
"""Begins the batches that tell staff of what was given up; of them nobody is told."""

Resolve = Callable[[str], Target | None]
Beside = Callable[[str, str], Iterable[Target]]
Send = Callable[[str, Message], Outcome]
Settle = Callable[[], None]


@dataclass(slots=True)
class Report:
    """What one round of delivering did: the deliveries by what became of them."""

    sent: list[Delivery] = field(default_factory=list)
    failed: list[Delivery] = field(default_factory=list)
    unknown: list[Delivery] = field(default_factory=list)
    given_up: list[Delivery] = field(default_factory=list)
    postponed: list[Delivery] = field(default_factory=list)
    recovered: list[Delivery] = field(default_factory=list)

    @property
    def well(self) -> bool:
        """Whether nothing failed, stayed unknown or was given up."""
        return not (self.failed or self.unknown or self.given_up)


def nobody(route: str, target: str) -> Iterable[Target]:
    """Answer that there is no other target."""
    return ()


def deliver(
    outbox: Outbox, now: datetime, resolve: Resolve, beside: Beside = nobody, send: Send = send_by_apprise
) -> Report:
    """Send all that is due; call it only under the writer's lock.

    `resolve` finds a target by its id, `beside` those that hear of one given up, `send` is the channel. A message is
    committed as sending before it leaves. Where the receiver drops repeats, several leave at a time; elsewhere one, so
    that a crash leaves at most one of which nobody knows whether it arrived.
    """
    outbox.pull_in(now + LONGEST, now)
    round_ = _Round(outbox, now, resolve, beside, send, Report(recovered=outbox.recover(now)))
    with ThreadPoolExecutor(ABREAST, "deliver") as pool:
        while _one_by_one(round_) or _abreast(round_, pool):
            pass
    return round_.report


@dataclass(frozen=True, slots=True)
class _Round:
    outbox: Outbox
    now: datetime
    resolve: Resolve
    beside: Beside
    send: Send
    report: Report


def _one_by_one(round_: _Round) -> bool:
    """Send what cannot be repeated: what came of one message and that the next leaves are one commit."""
    outbox, done, settle = round_.outbox, False, _nothing
    while True:
        with outbox.together():
            settle()
            claimed = outbox.claim_due(round_.now, limit=1, confirmable=False)
        if not claimed:
            return done
        done, settle = True, _sent(round_, claimed[0])


def _abreast(round_: _Round, pool: ThreadPoolExecutor) -> bool:
    """Send what may be repeated to several targets at a time, to each target one after the other."""
    outbox, done, settled = round_.outbox, False, list[Settle]()
    while True:
        with outbox.together():
            for settle in settled:
                settle()
            claimed = outbox.claim_due(round_.now, limit=WAVE, confirmable=True)
        if not claimed:
            return done
        by_target: dict[str, list[Delivery]] = {}
        for delivery in claimed:
            by_target.setdefault(delivery.target, []).append(delivery)
        done, settled = True, list(chain.from_iterable(pool.map(partial(_row, round_), by_target.values())))


def _row(round_: _Round, deliveries: Iterable[Delivery]) -> list[Settle]:
    return [_sent(round_, delivery) for delivery in deliveries]


def _sent(round_: _Round, delivery: Delivery) -> Settle:
    """Send one message, unless it cannot or must not leave now, and return how to write down what came of it."""
    now, target = round_.now, round_.resolve(delivery.target)
    if target is None:
        return partial(_retry, round_, delivery, Outcome("failed", OFF))
    if target.quiet and is_quiet(now):
        return partial(_postpone, round_, delivery)
    whole = message(delivery, now)  # a phone's text says its subject itself
    outcome = round_.send(target.url, replace(whole, subject="") if target.quiet else whole)
    return partial(_conclude, round_, delivery, target, outcome)


def _nothing() -> None:
    """Settle nothing."""


def _postpone(round_: _Round, delivery: Delivery) -> None:
    round_.outbox.postpone(delivery.id, after_quiet(round_.now))
    round_.report.postponed.append(delivery)


def _conclude(round_: _Round, delivery: Delivery, target: Target, outcome: Outcome) -> None:
    outbox, now, report = round_.outbox, round_.now, round_.report
    if outcome.state == "sent":
        outbox.mark_sent(delivery.id, now)
        report.sent.append(delivery)
    elif outcome.state == "unknown" and not target.confirms:
        outbox.mark_unknown(delivery.id, outcome.reason, now)
        report.unknown.append(delivery)
    else:
        _retry(round_, delivery, outcome, quiet=target.quiet)


def _retry(round_: _Round, delivery: Delivery, outcome: Outcome, *, quiet: bool = False) -> None:
    outbox, now, report = round_.outbox, round_.now, round_.report
    if delivery.attempts > len(BACK_OFF):
        reason = f"{delivery.attempts}번 보내지 못해 그만둡니다: {outcome.reason}"
        outbox.give_up(delivery.id, reason, now)
        report.given_up.append(delivery)
        _tell(round_, delivery, reason)
        return
    asked = timedelta(seconds=outcome.retry_after or 0)
    again = now + max(BACK_OFF[delivery.attempts - 1], asked)
    outbox.mark_failed(delivery.id, outcome.reason, after_quiet(again) if quiet else again, now)
    report.failed.append(delivery)


def _tell(round_: _Round, delivery: Delivery, reason: str) -> None:
    """Tell staff through the other targets that this one could not be reached."""
    if delivery.batch.startswith(WORD):
        return
    subject = f"[집알림] 보내지 못한 알림: {delivery.subject}"
    lines = (
        f"{delivery.target}(경로 {delivery.route})에 보내지 못했습니다.",
        f"{reason}.",
        "jiballim status에서 확인하십시오.",
    )
    for target in round_.beside(delivery.route, delivery.target):
        round_.outbox.intend(
            f"{WORD}{delivery.batch}:{delivery.target}",
            target.id,
            delivery.route,
            subject,
            shapes.alert(subject, lines, None, target.shape) if target.quiet else "\n".join([*lines, ""]),
            None,
            after_quiet(round_.now) if target.quiet else round_.now,
            confirmable=target.confirms,
        )
