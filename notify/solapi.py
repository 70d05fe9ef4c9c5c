"""Text messages to staff through Solapi, which Apprise does not know: SMS up to 90 bytes of CP949, LMS up to 2,000."""

from __future__ import annotations

import hashlib
import hmac
import re
import secrets
from datetime import UTC, datetime
from functools import cache
from typing import Any, ClassVar

import requests
from apprise.manager_plugins import NotificationManager
from apprise.plugins.base import NotifyBase
from apprise.url import PrivacyMode

from notify.shapes import LMS, SMS, cp949, size

ADDRESS = "https://api.solapi.com/messages/v4/send-many/detail"
_DIGITS = re.compile(r"\D")
_MOBILE = re.compile(r"01[016789]\d{7,8}")
_SENDER = re.compile(r"0\d{7,10}|1\d{7}")


_Plugin: Any = NotifyBase  # Apprise declares what plugins override as None


class Solapi(_Plugin):  # type: ignore[misc]
    """solapi://KEY:SECRET@SENDER/NUMBER[/NUMBER…]: the sender's number is registered at Solapi.

    An answer of HTTP 200 that registered not every message is a failure.
    """

    service_name = "Solapi"
    service_url = "https://solapi.com/"
    secure_protocol = "solapi"
    body_maxlen = LMS // 2
    title_maxlen = 0
    templates = ("{schema}://{key}:{secret}@{sender}/{targets}",)
    template_tokens: ClassVar[Any] = {
        "key": {"name": "API Key", "type": "string", "private": True, "required": True, "map_to": "user"},
        "secret": {"name": "API Secret", "type": "string", "private": True, "required": True, "map_to": "password"},
        "sender": {"name": "Sender", "type": "string", "required": True, "map_to": "host"},
        "targets": {"name": "Targets", "type": "list:string", "required": True},
    }

    def __init__(self, sender: str = "", targets: list[str] | None = None, **kwargs: Any) -> None:
        super().__init__(**kwargs)
        self.sender = _DIGITS.sub("", sender)
        self.targets = [_DIGITS.sub("", target) for target in targets or []]
        if not (self.user and self.password and _SENDER.fullmatch(self.sender)):
            raise TypeError("solapi needs a key, a secret and the registered number of a sender")
        if not self.targets or not all(map(_MOBILE.fullmatch, self.targets)):
            raise TypeError("solapi sends to mobile numbers only")

    def url(self, privacy: bool = False, *args: Any, **kwargs: Any) -> str:
        """Return the address, with key and secret hidden where privacy is asked."""
        key = self.pprint(self.user, privacy, safe="")
        secret = self.pprint(self.password, privacy, mode=PrivacyMode.Secret, safe="")
        numbers = [self.pprint(number, privacy, mode=PrivacyMode.Tail, safe="") for number in self.targets]
        return f"{self.secure_protocol}://{key}:{secret}@{self.sender}/{'/'.join(numbers)}/"

    @property
    def url_identifier(self) -> tuple[Any, ...]:
        """What tells one target from another."""
        return (self.secure_protocol, self.user, self.sender, *self.targets)

    def send(self, body: str, title: str = "", *args: Any, **kwargs: Any) -> bool:
        """Send one text to all numbers; True only when Solapi registered every message."""
        answer = requests.post(
            ADDRESS,
            json={"messages": [self._message(number, body) for number in self.targets], "allowDuplicates": False},
            headers={"Authorization": authorization(str(self.user), str(self.password), datetime.now(UTC))},
            timeout=self.request_timeout,
            allow_redirects=False,
        )
        return answer.status_code == requests.codes.ok and _registered(answer, len(self.targets))

    def _message(self, number: str, body: str) -> dict[str, str]:
        text = cp949(body)
        short = size(text) <= SMS
        more = {} if short else {"subject": "집알림"}
        return {"to": number, "from": self.sender, "text": text, "type": "SMS" if short else "LMS", **more}

    @staticmethod
    def parse_url(url: str) -> dict[str, Any] | None:
        """Read an address."""
        found: dict[str, Any] | None = _Plugin.parse_url(url, verify_host=False)
        if found:
            found["sender"] = _Plugin.unquote(found["host"])
            found["targets"] = _Plugin.split_path(found["fullpath"])
        return found


def authorization(key: str, secret: str, at: datetime) -> str:
    """Return the header: HMAC-SHA256 over date and salt, a new salt each time (a used signature is refused)."""
    date, salt = at.isoformat(timespec="milliseconds").replace("+00:00", "Z"), secrets.token_hex(16)
    signature = hmac.new(secret.encode(), (date + salt).encode(), hashlib.sha256).hexdigest()
    return f"HMAC-SHA256 apiKey={key}, date={date}, salt={salt}, signature={signature}"


def _registered(answer: Any, wanted: int) -> bool:
    """Whether every message was registered; an answer that does not say so is a failure."""
    try:
        said = answer.json()
        count = said["groupInfo"]["count"]
        whole = int(count["registeredFailed"]) == 0 and int(count["registeredSuccess"]) >= wanted
        return whole and not said.get("failedMessageList")
    except (ValueError, KeyError, TypeError, AttributeError):
        return False


@cache
def register() -> None:
    """Make solapi:// known to Apprise."""
    manager: Any = NotificationManager
    manager().add(Solapi, schemas=Solapi.secure_protocol)
