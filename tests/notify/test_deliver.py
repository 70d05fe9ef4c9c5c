"""Delivering: each target once, back-off and giving up with a word, quiet hours, clocks that jump."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import datetime, timedelta
from pathlib import Path

import pytest

from notices.store import Store
from notify.channels import Outcome
from notify.deliver import BACK_OFF, Report, deliver
from notify.message import Message
from notify.reconcile import account
from notify.targets import KAKAO, MAIL, SMS, Target
from notify.workdays import SEOUL
from tests.notify.made import NOW
from tests.notify.receivers import mail_server, web_hook


class Post:
    """A channel that answers as told and remembers what it got."""

    def __init__(self) -> None:
        self.got: list[tuple[str, Message]] = []
        self.answers: dict[str, Outcome] = {}

    def __call__(self, url: str, message: Message) -> Outcome:
        self.got.append((url, message))
        return self.answers.get(url, Outcome("sent"))


@pytest.fixture
def store(tmp_path: Path) -> Iterator[Store]:
    """A fresh store."""
    with Store.open(tmp_path / "jiballim.db") as opened:
        yield opened


@pytest.fixture
def post() -> Post:
    """A channel."""
    return Post()


TARGETS = {
    name: Target(name, f"json://{name}", shape, confirms=confirms)
    for name, shape, confirms in (
        ("a", "text", False), ("b", MAIL, False), ("c", KAKAO, False), ("d", SMS, False), ("safe", "text", True),
    )
}  # fmt: skip


def intend(store: Store, *targets: str, batch: str = "digest:2026-11-24:paju/staff", due: datetime = NOW) -> None:
    """Intend a message for targets."""
    for target in targets:
        store.outbox.intend(
            batch, target, "paju/staff", "제목", "본문\n", None, due, confirmable=TARGETS[target].confirms
        )


def round_(store: Store, post: Post, now: datetime = NOW) -> Report:
    """Deliver what is due."""
    return deliver(store.outbox, now, TARGETS.get, lambda route, target: [TARGETS["b"]] if target != "b" else [], post)


def states(store: Store) -> dict[str, str]:
    """Return the states of all deliveries, by target."""
    return {d.target: d.state for d in store.outbox.deliveries()}


def test_each_target_gets_a_batch_once(store: Store, post: Post) -> None:
    intend(store, "a", "b")
    intend(store, "a", "b")
    assert len(round_(store, post).sent) == 2
    intend(store, "a", "b")
    assert round_(store, post).sent == [] and len(post.got) == 2
    assert states(store) == {"a": "sent", "b": "sent"}


def test_only_what_failed_is_tried_again_and_at_its_time(store: Store, post: Post) -> None:
    intend(store, "a", "b")
    post.answers["json://a"] = Outcome("failed", "받는 곳에 연결되지 않습니다")
    now = NOW
    for tries, wait in enumerate(BACK_OFF, 1):
        round_(store, post, now)
        assert len([url for url, _ in post.got if url == "json://a"]) == tries
        assert round_(store, post, now + wait - timedelta(seconds=1)).failed == []
        now += wait
    assert len(round_(store, post, now).given_up) == 1
    assert len([url for url, _ in post.got if url == "json://b"]) == 2  # its own, and the word on "a"
    assert "보내지 못한 알림" in post.got[-1][1].subject and "6번 보내지 못해" in post.got[-1][1].text
    assert not round_(store, post, now + timedelta(days=3)).given_up


def test_a_word_that_cannot_be_sent_is_not_told_either(store: Store, post: Post) -> None:
    intend(store, "a")
    post.answers = {f"json://{name}": Outcome("failed", "x") for name in TARGETS}
    for hour in range(80):
        round_(store, post, NOW + timedelta(hours=hour))
    assert [d.state for d in store.outbox.deliveries()] == ["given_up", "given_up"]


def test_retry_after_is_honoured(store: Store, post: Post) -> None:
    intend(store, "a")
    post.answers["json://a"] = Outcome("failed", "응답 429", retry_after=900.0)
    round_(store, post)
    post.answers.clear()
    assert round_(store, post, NOW + timedelta(seconds=899)).sent == []
    assert len(round_(store, post, NOW + timedelta(seconds=900)).sent) == 1


def test_unknown_is_repeated_only_where_the_receiver_knows_a_repeat(store: Store, post: Post) -> None:
    intend(store, "a", "safe")
    post.answers = {f"json://{name}": Outcome("unknown", "답이 없습니다") for name in TARGETS}
    first = round_(store, post)
    assert [d.target for d in first.unknown] == ["a"] and [d.target for d in first.failed] == ["safe"]
    post.answers.clear()
    later = round_(store, post, NOW + timedelta(minutes=1))
    assert [d.target for d in later.sent] == ["safe"]
    ids = [message.id for url, message in post.got if url == "json://safe"]
    assert len(ids) == 2 and len(set(ids)) == 1


@pytest.mark.parametrize("target", ["c", "d"])
def test_phones_do_not_ring_at_night_and_mail_does_not_wait(store: Store, post: Post, target: str) -> None:
    night = datetime(2026, 11, 24, 22, 30, tzinfo=SEOUL)
    intend(store, target, "b")
    report = round_(store, post, night)
    assert [d.target for d in report.sent] == ["b"] and [d.target for d in report.postponed] == [target]
    assert round_(store, post, night + timedelta(hours=9)).sent == []
    (sent,) = round_(store, post, datetime(2026, 11, 25, 8, tzinfo=SEOUL)).sent
    assert sent.attempts == 1
    assert post.got[-1][1].subject == ""


def test_a_failure_in_the_evening_is_tried_in_the_morning(store: Store, post: Post) -> None:
    intend(store, "d")
    post.answers["json://d"] = Outcome("failed", "x")
    evening = datetime(2026, 11, 24, 20, 59, 30, tzinfo=SEOUL)
    round_(store, post, evening)
    (waiting,) = store.outbox.deliveries()
    assert waiting.due == datetime(2026, 11, 25, 8, tzinfo=SEOUL)


def test_a_target_whose_address_is_gone_is_off_in_words(store: Store, post: Post) -> None:
    store.outbox.intend("b", "gone", "paju/staff", "제목", "본문", None, NOW)
    (failed,) = round_(store, post).failed
    (kept,) = store.outbox.deliveries()
    assert failed.id == kept.id and "꺼짐" in (kept.error or "") and post.got == []


def test_a_crash_while_sending_is_settled(store: Store, post: Post) -> None:
    intend(store, "a", "safe")
    store.outbox.claim_due(NOW)
    report = round_(store, post)
    assert {d.target: d.state for d in report.recovered} == {"a": "unknown", "safe": "intended"}
    assert [url for url, _ in post.got] == ["json://safe"]


def test_a_clock_that_was_wrong_keeps_nothing_waiting(store: Store, post: Post) -> None:
    intend(store, "a", due=NOW + timedelta(days=1500))
    assert len(round_(store, post).sent) == 1
    intend(store, "a", batch="later", due=NOW)
    assert len(round_(store, post, NOW - timedelta(hours=2)).sent) == 0
    assert len(round_(store, post).sent) == 1


def test_the_account_says_who_was_sent_what(store: Store, post: Post) -> None:
    intend(store, "a", "b", "safe")
    post.answers = {"json://a": Outcome("unknown", "답이 없습니다"), "json://safe": Outcome("failed", "응답 500")}
    round_(store, post)
    found = account(store.outbox, NOW - timedelta(days=1))
    assert not found.well and found.data()["counts"] == {
        "unknown": 1, "given_up": 0, "failed": 1, "sending": 0, "intended": 0, "sent": 1,
    }  # fmt: skip
    first, *rest = found.lines()
    assert first == "도착했는지 모름 1 · 실패, 다시 보낼 예정 1 · 보냄 1"
    assert rest[0].startswith("도착했는지 모름: 제목 → a (11.24 08:30) — 답이 없습니다")
    assert "본문" not in str(found.data())


def test_a_real_morning_reaches_a_mail_server_and_a_hook(store: Store) -> None:
    with mail_server() as mailbox, web_hook() as hook:
        here = {
            "mail": Target("mail", f"mailto://127.0.0.1:{mailbox.port}/a@x.example.org?from=bot@x.example.org", MAIL),
            "hook": Target("hook", hook.url(), confirms=True),
            "ill": Target("ill", hook.url("500")),
        }
        for name in here:
            store.outbox.intend("b", name, "r", "제목", "본문\n", "<p>본문</p>" if name == "mail" else None, NOW)
        report = deliver(store.outbox, NOW, here.get)
        assert (len(report.sent), len(report.failed), len(mailbox.letters), len(hook.ids())) == (2, 1, 1, 1)
        deliver(store.outbox, NOW + timedelta(minutes=2), here.get)
        assert (len(mailbox.letters), len(hook.ids())) == (1, 1)
        assert replace(here["hook"], id="x").url and hook.url() not in repr(here)
