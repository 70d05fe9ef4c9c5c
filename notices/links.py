"""Decide which addresses from outside may stand in what people read: plain web links and nothing else."""

from __future__ import annotations

import re
from functools import lru_cache
from urllib.parse import quote, urlsplit

_REFUSED = re.compile(r"[\x00-\x20\x7f-\x9f\\<>\"`{}|^\ud800-\udfff\u200b-\u200f\u202a-\u202e\u2066-\u2069]")
_PLAIN = re.compile(
    r"https?://[a-z0-9][a-z0-9-]{0,62}(?:\.[a-z0-9][a-z0-9-]{0,62})+(?:[/?#][A-Za-z0-9/?#\[\]@!$&'()*+,;=:~%._-]*)?"
)
"""Addresses that stay as they are: most, and looking is cheaper than taking them apart."""

_LONGEST = 2000


@lru_cache(maxsize=4096)
def web_link(url: str | None) -> str | None:
    """Return an http(s) address in ASCII, fit for any attribute or header line, or None for anything else.

    Refused: other schemes, control and direction marks, blanks, backslashes, names and passwords before the host.
    """
    url = (url or "").strip(" \t\r\n")
    if not url or len(url) > _LONGEST or _REFUSED.search(url):
        return None
    if _PLAIN.fullmatch(url):
        return url
    try:
        parts = urlsplit(url)
        host = (parts.hostname or "").encode("idna").decode("ascii")
        port = f":{parts.port}" if parts.port else ""
    except (ValueError, UnicodeError):
        return None
    if parts.scheme not in ("http", "https") or not host or "@" in parts.netloc or host.startswith("-"):
        return None
    if ":" in host:
        host = f"[{host}]"
    rest = quote(url.split(parts.netloc, 1)[1], safe="/?#[]@!$&'()*+,;=:~%-._")
    return f"{parts.scheme}://{host}{port}{rest}"
