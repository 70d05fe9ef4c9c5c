"""The only door to the outside: send one message to one target through Apprise, and say what became of it."""

from __future__ import annotations

import logging
import sys
from collections.abc import Callable
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, Any

from notify.message import Message
from notify.wire import Heard, listening

if TYPE_CHECKING:
    from apprise import Apprise, AppriseAsset, NotifyBase

CONNECT, READ, MAIL_READ, DEADLINE = 5.0, 10.0, 20.0, 45.0
"""Seconds for a connection, for an answer, for a mail server's, and for everything: the last never comes first."""


@dataclass(frozen=True, slots=True)
class Outcome:
    """What became of a message: "sent", "failed" (the receiver does not have it) or "unknown" (it may have it).

    `reason` is one Korean clause without any address; `retry_after` is in seconds, where the receiver named it.
    """

    state: str
    reason: str = ""
    retry_after: float | None = None


SHORTEST = 200
"""A channel that carries no more characters than this is a text message, which rings a phone."""

_TEXT_MESSAGES = frozenset({"solapi"})

Send = Callable[[str, Message], Outcome]
"""Sends a message to an address."""


@cache
def asset(folder: Path | None) -> AppriseAsset:
    """Return Apprise's settings: nothing is kept on disk without a folder, nothing is logged, no retry of its own."""
    from apprise import AppriseAsset

    for name in ("apprise", "urllib3"):  # they name hosts, recipients and tokens in paths
        logging.getLogger(name).setLevel(logging.CRITICAL)
    return AppriseAsset(
        app_id="jiballim",
        app_desc="집알림",
        service_timeout=DEADLINE,
        async_mode=False,
        default_service_retry=0,
        storage_path=str(folder) if folder else None,
        storage_mode="flush" if folder else "memory",
    )


@cache
def service(url: str, folder: Path | None = None) -> NotifyBase | None:
    """Return Apprise's service for an address, with our time limits and never a retry of its own; None if unknown."""
    from apprise import Apprise
    from apprise.plugins.email.base import NotifyEmail

    from notify.mail import Mail
    from notify.solapi import register

    register()
    found: Any = Apprise.instantiate(url, asset=asset(folder), suppress_exceptions=True)
    if type(found) is NotifyEmail and str(getattr(found, "pgp_mode", "no")) == "no":
        found = Mail.at(url, asset(folder))
    if found is None:
        return None
    found.retry, found.optional = 0, False
    found.socket_connect_timeout = min(found.socket_connect_timeout, CONNECT)
    found.socket_read_timeout = _patience(found, MAIL_READ if isinstance(found, NotifyEmail) else READ)
    if not isinstance(found, NotifyEmail):
        _split_overflow(found)
    return found  # type: ignore[no-any-return]


def _patience(found: Any, ours: float) -> float:
    """Return the seconds to wait for an answer: a shorter `rto` of the address counts, Apprise's four seconds do not."""
    own = float(found.socket_read_timeout)
    return ours if own == type(found).socket_read_timeout else min(own, ours)


def _split_overflow(found: Any) -> None:
    """Apprise's default hands over-long texts to the receiver, which cuts or refuses them."""
    from apprise.common import OverflowMode

    found.overflow_mode = OverflowMode.SPLIT


def send(url: str, message: Message, folder: Path | None = None) -> Outcome:
    """Send one message to one address; any fault of the channel is an outcome, never an exception.

    `folder` is where services keep tokens that rotate (KakaoTalk).
    """
    from apprise import NotifyFormat

    found = service(url, folder)
    if found is None:
        return Outcome("failed", "주소의 꼴을 알 수 없습니다. 환경변수의 주소를 고치십시오")
    _identify(found, message)
    with listening() as heard:
        try:
            result = _alone(url, folder).notify(
                message.text, title=_title(found, message), body_format=NotifyFormat.TEXT
            )
        except Exception as wrong:  # a fault inside a plugin must not stop the other targets
            return _judge("FAILURE", heard, found, type(wrong).__name__)
        with result:
            status = next((each.status.name for each in result), result.status.name)
    return _judge(status, heard, found)


def _title(found: Any, message: Message) -> str:
    """Return the subject, but not to phones: their text was shaped with it, and Apprise would write it again before it."""
    return "" if found.title_maxlen <= 0 and is_phone(found) else message.subject


def is_phone(found: Any) -> bool:
    """Whether a channel carries one short text that rings a phone."""
    return found.secure_protocol in _TEXT_MESSAGES or 0 < int(found.body_maxlen or 0) <= SHORTEST


@cache
def _alone(url: str, folder: Path | None) -> Apprise:
    """Return a service as the only one of an Apprise, so that the result is its own."""
    from apprise import Apprise

    one = Apprise(asset=asset(folder))
    if found := service(url, folder):
        one.add(found)
    return one


def _identify(found: Any, message: Message) -> None:
    """Give the message its id where the channel can carry it, and the mail its letter."""
    if hasattr(type(found), "_letter"):
        found.message = message
    elif isinstance(getattr(found, "headers", None), dict):
        found.headers["X-Jiballim-Id"] = message.id


def _judge(status: str, heard: Heard, found: NotifyBase, fault: str = "") -> Outcome:
    if status == "SUCCESS":
        return Outcome("sent")
    if status == "TIMEOUT":
        return Outcome("unknown", f"{DEADLINE:.0f}초 안에 끝나지 않아 도착했는지 알 수 없습니다")
    if heard.state == "unheard":
        return Outcome("unknown", "보낸 뒤 답을 받지 못해 도착했는지 알 수 없습니다")
    if heard.state == "unreached":
        return Outcome("failed", "받는 곳에 연결되지 않습니다")
    if heard.state == "answered":
        return Outcome("failed", _refusal(heard), heard.retry_after)
    if fault or not _is_heard(found):
        return Outcome("unknown", f"채널이 실패했다고만 합니다{f'({fault})' if fault else ''}")
    return Outcome("failed", "채널이 보내기를 거절했습니다. 주소와 설정을 확인하십시오")


def _refusal(heard: Heard) -> str:
    if heard.status is None or 200 <= heard.status < 300:
        return "받는 곳이 받지 않았습니다"
    hint = {401: ", 비밀번호나 토큰을 확인하십시오", 403: ", 권한을 확인하십시오", 404: ", 주소를 확인하십시오",
            429: ", 너무 자주 보냈습니다", 535: ", 비밀번호를 확인하십시오", 550: ", 받는 사람을 확인하십시오"}  # fmt: skip
    return f"받는 곳이 거절했습니다(응답 {heard.status}{hint.get(heard.status, '')})"


def _is_heard(found: NotifyBase) -> bool:
    """Whether this channel's exchanges are heard, so that silence means that nothing left."""
    return hasattr(type(found), "_letter") or hasattr(sys.modules[type(found).__module__], "requests")
