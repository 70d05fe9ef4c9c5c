"""The operator's keys: read from the environment, added to a request at the last moment, and masked in all that is written."""

from __future__ import annotations

import json
import logging
import re
from base64 import b64encode
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from urllib.parse import quote, unquote

from spiders.registry import Key, Source

_PARAM = re.compile(
    r"(?i)((?:service_?key|api_?key|auth_?key|access_?token|client-secret)(?:=|%3D|%253D|['\"]?\s*:\s*['\"]?))"
    r"[^&\s\"'<>\\)\]},]+"
)
_URL_SAFE = str.maketrans("+/", "-_")
_LEAST = 6  # letters of a value that is worth masking


@dataclass(frozen=True, slots=True)
class Held:
    """A key as it is sent to one host: query text ("serviceKey=..."), or headers."""

    host: str
    query: str = ""
    headers: tuple[tuple[str, str], ...] = ()


def lacks(source: Source, environ: Mapping[str, str]) -> str:
    """The variable that a source's key is missing from; "" where it is there or none is needed."""
    return source.key.env if source.key and not environ.get(source.key.env, "").strip() else ""


def held(source: Source, environ: Mapping[str, str]) -> Held | None:
    """The key of a source, encoded once whether it was given encoded or decoded."""
    if source.key is None or lacks(source, environ):
        return None
    value = environ[source.key.env].strip()
    if source.key.headers:
        return Held(source.host, headers=tuple(zip(source.key.headers, value.split(":"), strict=False)))
    return Held(source.host, query=f"{source.key.param}={quote(decoded(value), safe='')}")


def decoded(value: str) -> str:
    """The decoded form of a key: the portal shows both, and either may have been copied."""
    return unquote(value) if re.search(r"%[0-9A-Fa-f]{2}", value) else value


def values(keys: Iterable[Key], environ: Mapping[str, str]) -> list[str]:
    """Every secret text that these keys hold."""
    found = {environ.get(key.env, "").strip(): key for key in keys}
    return [part for value, key in found.items() for part in (value.split(":") if key.headers else [value]) if part]


class Mask:
    """Replaces secrets in text, in every form that encoding gives them, and whatever follows a key's usual names."""

    def __init__(self, secrets: Iterable[str] = ()) -> None:
        forms: set[str] = set()
        for secret in secrets:
            for said in {secret, decoded(secret)}:
                once = quote(said, safe="")
                forms |= {said, once, quote(said), quote(once, safe=""), once.lower(), said.replace("+", " ")}
                forms |= {*_in_json(said), *_in_base64(said), *_in_base64(once)}
        self._forms = sorted((form for form in forms if len(form) >= _LEAST), key=len, reverse=True)

    def __call__(self, text: str) -> str:
        """Return the text with "***" for secrets."""
        for form in self._forms:
            text = text.replace(form, "***")
        return _PARAM.sub(r"\1***", text)

    def data(self, body: bytes) -> bytes:
        """Return an answer's bytes with "***" for secrets that it echoes."""
        for form in self._forms:
            body = body.replace(form.encode(), b"***")
        return body


def _in_json(secret: str) -> set[str]:
    """How answers in JSON write a text: with "/" or "=" escaped, or all but ASCII."""
    return {json.dumps(secret)[1:-1], secret.replace("/", "\\/"), secret.replace("=", "\\u003d")}


def _in_base64(secret: str) -> set[str]:
    """What base64 makes of a text wherever it stands in a longer one: at each of three offsets, without the ends."""
    cores: set[str] = set()
    for before in range(3):
        whole = b64encode(b"." * before + secret.encode()).decode().rstrip("=")
        core = whole[(8 * before + 5) // 6 : (8 * (before + len(secret.encode()))) // 6]
        cores |= {core, core.translate(_URL_SAFE)}
    return cores


def mask_logs(secrets: Iterable[str]) -> None:
    """Mask every record when it is made, arguments and tracebacks included; call it before anything logs."""
    mask, make, plain = Mask(secrets), logging.getLogRecordFactory(), logging.Formatter()

    def masked(*given: object, **named: object) -> logging.LogRecord:
        record = make(*given, **named)
        try:
            said = record.getMessage()
        except (TypeError, ValueError):
            said = str(record.msg)
        record.msg, record.args = mask(said), ()
        if record.exc_info and record.exc_info[0]:
            record.exc_text, record.exc_info = mask(plain.formatException(record.exc_info)), None
        if record.stack_info:
            record.stack_info = mask(record.stack_info)
        return record

    logging.setLogRecordFactory(masked)
