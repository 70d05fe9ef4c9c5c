"""Send mail through Apprise's addresses with our own letter: text and HTML side by side, one identity for repeats."""

from __future__ import annotations

import contextlib
import smtplib
import ssl
from email.headerregistry import Address
from email.message import EmailMessage
from email.policy import SMTP
from email.utils import format_datetime
from typing import Any

from apprise import AppriseAsset
from apprise.plugins.email.base import NotifyEmail

from notices.korean import one_line
from notify.message import Message
from notify.wire import ear

_SEVEN_BIT = SMTP.clone(cte_type="7bit")


class Mail(NotifyEmail):  # type: ignore[no-untyped-call]  # Apprise's own hook for subclasses has no types
    """Apprise's mail channel, sending the message at hand as one letter to all its recipients or to none."""

    message: Message

    @classmethod
    def at(cls, url: str, asset: AppriseAsset) -> Mail:
        """Return the channel of an address that Apprise knows as mail."""
        build: Any = cls
        made: Mail = build(**{**build.parse_url(url), "asset": asset})
        return made

    def send(self, body: str, title: str = "", *args: Any, **kwargs: Any) -> bool:
        """Send the message; note in the ear whether it was refused, accepted or left without an answer."""
        heard = ear()
        try:
            with self._connected() as smtp:
                return self._hand_over(smtp)
        except smtplib.SMTPResponseException as refused:
            heard.answered(refused.smtp_code)
        except smtplib.SMTPNotSupportedError:
            heard.answered(504)
        except (OSError, smtplib.SMTPException):
            if heard.state != "unheard":
                heard.unreached()
        return False

    @contextlib.contextmanager
    def _connected(self) -> Any:
        context = ssl.create_default_context()
        if not self.verify_certificate:
            context.check_hostname, context.verify_mode = False, ssl.CERT_NONE
        mode = str(self.secure_mode)
        if mode == "ssl":
            smtp: smtplib.SMTP = smtplib.SMTP_SSL(
                self.smtp_host, self.port or 465, timeout=self.socket_connect_timeout, context=context
            )
        else:
            smtp = smtplib.SMTP(self.smtp_host, self.port or 25, timeout=self.socket_connect_timeout)
        try:
            if mode == "starttls":
                smtp.starttls(context=context)
            if self.user and self.password:
                smtp.login(self.user, self.password)
            if smtp.sock:
                smtp.sock.settimeout(self.socket_read_timeout)
            yield smtp
        finally:
            with contextlib.suppress(OSError, smtplib.SMTPException):
                smtp.quit()

    def _hand_over(self, smtp: smtplib.SMTP) -> bool:
        """One refused recipient refuses the letter for all, so that a repeat reaches nobody twice."""
        heard = ear()
        smtp.ehlo_or_helo_if_needed()
        answers = [smtp.mail(str(self.from_addr[1])), *(smtp.rcpt(address) for address in self._recipients())]
        if refused := [code for code, _ in answers if not 200 <= code < 300]:
            smtp.rset()
            heard.answered(refused[0])
            return False
        heard.unheard()
        code, _ = smtp.data(self._letter().as_bytes())
        heard.answered(code)
        return 200 <= code < 300

    def _recipients(self) -> list[str]:
        return list(dict.fromkeys([*(address for _, address in self.targets), *sorted(self.cc), *sorted(self.bcc)]))

    def _letter(self) -> EmailMessage:
        message, letter = self.message, EmailMessage(policy=_SEVEN_BIT)
        name, sender = map(str, self.from_addr)
        domain = sender.rpartition("@")[2] or "jiballim.invalid"
        letter["Subject"] = message.subject
        letter["From"] = _address("집알림" if name in ("", "False", "None") else name, sender)
        letter["To"] = [_address(to_name, to) for to_name, to in self.targets]
        if self.cc:
            letter["Cc"] = [_address(self.names.get(address), address) for address in sorted(self.cc)]
        if self.reply_to:
            letter["Reply-To"] = [_address(self.names.get(address), address) for address in sorted(self.reply_to)]
        letter["Date"] = format_datetime(message.at)
        letter["Message-ID"] = f"<{message.id}@{domain}>"
        letter["X-Jiballim-Id"] = message.id
        letter["Auto-Submitted"] = "auto-generated"
        for header, value in self.headers.items():
            if header not in letter:
                letter[header] = value
        letter.set_content(message.text)
        if message.html:
            letter.add_alternative(message.html, subtype="html")
        return letter


def _address(name: str | bool | None, address: str) -> Address:
    return Address(display_name=one_line(name) if isinstance(name, str) else "", addr_spec=address)
