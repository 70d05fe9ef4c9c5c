"""Channels against real receivers: what arrived, what was refused, what nobody can know; and no secret in any word."""

from __future__ import annotations

import logging
from collections.abc import Iterator
from dataclasses import replace
from email.message import EmailMessage

import pytest

from notify import render
from notify.channels import Outcome, send
from notify.message import Message, identity
from notify.targets import KAKAO, MAIL, SMS, TEXT, Targets, targets
from tests.notify.made import CENTRE, NOW, ROUTE
from tests.notify.receivers import Hook, Mailbox, free_port, mail_server, web_hook
from tests.notify.test_digest import HOSTILE, morning

MESSAGE = Message(
    "0123456789abcdef", "[집알림] 11월 24일 아침: 새 공고 1", "본문 <b>그대로</b> & 한 줄\n둘째 줄\n", None, NOW
)


@pytest.fixture(scope="module")
def hook() -> Iterator[Hook]:
    """A web hook."""
    with web_hook() as running:
        yield running


@pytest.fixture
def mailbox() -> Iterator[Mailbox]:
    """A mail server."""
    with mail_server() as running:
        yield running


def to(mailbox: Mailbox, *people: str, login: str = "", query: str = "") -> str:
    """Return the Apprise address of people at a mail server."""
    return f"mailto://{login}127.0.0.1:{mailbox.port}/{'/'.join(people)}?from=알림<bot@center.example.org>{query}"


def test_a_hook_takes_a_message_with_its_id(hook: Hook) -> None:
    hook.taken.clear()
    assert send(hook.url(), MESSAGE) == Outcome("sent")
    ((_, body, headers),) = hook.taken
    assert body["title"] == MESSAGE.subject and body["message"].rstrip() == MESSAGE.text.rstrip()
    assert headers["X-Jiballim-Id"] == MESSAGE.id


@pytest.mark.parametrize(
    ("path", "state", "words"),
    [
        ("500", "failed", "응답 500"),
        ("401", "failed", "토큰을 확인"),
        ("429", "failed", "응답 429"),
        ("slow?rto=0.2", "unknown", "도착했는지 알 수 없습니다"),
        ("cut", "unknown", "도착했는지 알 수 없습니다"),
        ("half", "unknown", "도착했는지 알 수 없습니다"),
    ],
)
def test_a_hook_that_does_not_take_it(hook: Hook, path: str, state: str, words: str) -> None:
    outcome = send(hook.url(path), MESSAGE)
    assert outcome.state == state and words in outcome.reason
    assert outcome.retry_after == (900 if path == "429" else None)


def test_one_attempt_is_one_request_whatever_the_address_asks(hook: Hook) -> None:
    before = hook.hits
    assert send(hook.url("slow", "?rto=0.2&retry=3&wait=0.1&optional=yes"), MESSAGE).state == "unknown"
    assert hook.hits == before + 1


def test_nobody_there(hook: Hook) -> None:
    outcome = send(f"json://127.0.0.1:{free_port()}/secret-token", MESSAGE)
    assert outcome == Outcome("failed", "받는 곳에 연결되지 않습니다")
    assert send("json://no-such-host.invalid/", MESSAGE).state == "failed"


@pytest.mark.parametrize("url", ["solapi://a:b@c", "not an address", "", "mailto://", "json://"])
def test_an_address_that_nobody_knows(url: str) -> None:
    outcome = send(url, MESSAGE)
    assert outcome.state == "failed" and "고치십시오" in outcome.reason


def parts(letter: EmailMessage) -> dict[str, str]:
    """Return a letter's bodies by type."""
    return {p.get_content_type(): p.get_content().replace("\r\n", "\n") for p in letter.walk() if not p.is_multipart()}


def test_a_digest_arrives_as_text_and_html(mailbox: Mailbox) -> None:
    made = morning()
    message = replace(MESSAGE, subject=made.subject, text=render.text(made), html=render.html(made))
    assert send(to(mailbox, "staff@center.example.org"), message) == Outcome("sent")
    (letter,) = mailbox.letters
    assert letter["Subject"] == made.subject and letter["Date"].endswith("+0900")
    assert letter["From"] == "알림 <bot@center.example.org>" and letter["To"] == "staff@center.example.org"
    assert letter["Message-ID"] == f"<{MESSAGE.id}@center.example.org>" and letter["X-Jiballim-Id"] == MESSAGE.id
    assert letter.get_content_type() == "multipart/alternative"
    assert parts(letter)["text/plain"] == render.text(made)
    assert parts(letter)["text/html"].rstrip() == render.html(made).rstrip()
    assert letter.get_all("Message-ID") == [letter["Message-ID"]]


def test_a_letter_of_text_alone_stays_text(mailbox: Mailbox) -> None:
    assert send(to(mailbox, "a@x.example.org", query="&%2BList-Id=jip.example.org"), MESSAGE).state == "sent"
    (letter,) = mailbox.letters
    assert parts(letter) == {"text/plain": MESSAGE.text}


def test_hostile_text_starts_no_header(mailbox: Mailbox) -> None:
    from notices.store.views import Delivery
    from notify.message import message

    delivery = Delivery(1, "b", "t", "r", "sending", 1, NOW, HOSTILE, HOSTILE, None, None, NOW)
    assert send(to(mailbox, "a@x.example.org"), message(delivery, NOW)).state == "sent"
    (letter,) = mailbox.letters
    assert letter["Bcc"] is None and mailbox.envelopes == [["a@x.example.org"]]
    assert "\n" not in letter["Subject"] and "010-1234-5678" not in letter["Subject"]
    assert "010-1234-5678" not in parts(letter)["text/plain"]


def test_a_refused_recipient_refuses_the_letter_for_all(mailbox: Mailbox) -> None:
    mailbox.refuses.add("gone@x.example.org")
    outcome = send(to(mailbox, "here@x.example.org", "gone@x.example.org"), MESSAGE)
    assert outcome.state == "failed" and "응답 550" in outcome.reason and mailbox.letters == []


def test_a_letter_refused_after_its_text_failed(mailbox: Mailbox) -> None:
    mailbox.answer = "552 too large"
    assert send(to(mailbox, "a@x.example.org"), MESSAGE).state == "failed"


def test_a_mail_server_that_stalls_after_the_text_is_unknown(mailbox: Mailbox) -> None:
    mailbox.stall = 0.6
    assert send(to(mailbox, "a@x.example.org", query="&rto=0.2"), MESSAGE).state == "unknown"


def test_a_login_is_right_or_refused() -> None:
    with mail_server("open-sesame") as mailbox:
        assert send(to(mailbox, "a@x.example.org", login="bot:open-sesame@"), MESSAGE).state == "sent"
        wrong = send(to(mailbox, "a@x.example.org", login="bot:wrong@"), MESSAGE)
        assert wrong.state == "failed" and "비밀번호" in wrong.reason
        assert send(to(mailbox, "a@x.example.org"), MESSAGE).state == "failed"


def test_a_mail_server_without_encryption_where_it_is_asked_for(mailbox: Mailbox) -> None:
    secure = to(mailbox, "a@x.example.org").replace("mailto://", "mailtos://")
    assert send(secure, MESSAGE).state == "failed" and mailbox.letters == []


def test_no_secret_reaches_a_log_or_a_reason(hook: Hook, caplog: pytest.LogCaptureFixture) -> None:
    caplog.set_level(logging.DEBUG)
    said = []
    for path in ("ok", "500", "cut"):
        said.append(send(f"json://bot:hunter2@127.0.0.1:{hook.port}/{path}/s3cr3t-token?+X-Key=k3y", MESSAGE).reason)
    said.append(send("json://bot:hunter2@127.0.0.1:1/s3cr3t-token", MESSAGE).reason)
    words = caplog.text + "".join(said) + repr(list(targets("E", hook.url("s3cr3t-token"))))
    assert not any(secret in words for secret in ("hunter2", "s3cr3t", "k3y", "127.0.0.1"))


def test_every_recipient_is_a_target_of_its_own() -> None:
    two = list(targets("E", "mailto://u:p@smtp.example.org/a@x.example.org/b@x.example.org?from=bot@x.example.org"))
    assert [t.shape for t in two] == [MAIL, MAIL] and len({t.id for t in two}) == 2
    assert "a%40x" in two[0].url and "b%40x" not in two[0].url
    other = list(targets("E", "mailto://u:new-password@smtp.example.org/a@x.example.org?from=bot@x.example.org"))
    assert other[0].id == two[0].id


def test_shapes_follow_the_channel() -> None:
    (kakao,) = targets("E", "kakaotalk://abcdefghijklmnopqrstuvwxyz012345/token/me")
    assert (kakao.shape, kakao.most, kakao.quiet) == (KAKAO, 200, True)
    phones = targets("E", f"twilio://AC{'0' * 32}:{'1' * 32}@+12025550123/+12025550199")
    assert [p.shape for p in phones] == [SMS]
    (chat,) = targets("E", "tgram://123456789:AAabcdefghijklmnopqrstuvwxyz0123456/111")
    assert chat.shape == TEXT and 0 < chat.most < 4096 and not chat.quiet


def test_a_variable_that_is_missing_or_wrong_is_off_in_words() -> None:
    several = replace(ROUTE, urls_env=("JIP_NONE", "JIP_WRONG", "JIP_GOOD"))
    centre = replace(CENTRE, routes=(several,))
    found = Targets(
        [centre], {"JIP_WRONG": "solapi://key:hunter2@x", "JIP_GOOD": "json://127.0.0.1/a json://127.0.0.1/b"}
    )
    assert [off.env for off in found.off] == ["JIP_NONE", "JIP_WRONG"]
    assert all("꺼짐" in off.sentence and "hunter2" not in off.sentence for off in found.off)
    assert len(found.of("paju/staff")) == 2
    first, second = found.of("paju/staff")
    assert found.resolve(first.id) == first and found.beside("paju/staff", first.id) == (second,)
    assert found.resolve("gone") is None


def test_an_id_tells_nothing_and_stays() -> None:
    assert identity("b", "t") == identity("b", "t") != identity("b", "u") and len(identity("b", "t")) == 32
