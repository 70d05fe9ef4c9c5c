"""Tokens: what a browser holds, what the store keeps of it, and what each form carries to show that it is ours."""

from __future__ import annotations

import hashlib
import hmac
import re
import secrets
from datetime import datetime, timedelta

from notices.store.desk import Session

IDLE, LONGEST = timedelta(hours=1), timedelta(hours=12)
"""A session ends after so long without a request, and in any case after so long."""
TOUCH = timedelta(minutes=1)
KNOWN = timedelta(days=180)
"""How long a browser that was in is told from strangers."""
KEPT = timedelta(days=730)
"""How long the log of actions is kept."""

_TOKEN = re.compile(r"[A-Za-z0-9_-]{43}")


def token() -> str:
    """Return a new token: 256 random bits."""
    return secrets.token_urlsafe(32)


def is_token(said: str) -> bool:
    """Tell whether this has the form of a token."""
    return _TOKEN.fullmatch(said) is not None


def digest(said: str) -> bytes:
    """Return what the store keeps of a token."""
    return hashlib.sha256(said.encode()).digest()


def form_key(said: str) -> str:
    """Return the secret of the forms of whoever holds a token."""
    return hmac.new(said.encode(), b"form", hashlib.sha256).hexdigest()


def is_form_key(said: str, key: str) -> bool:
    """Tell whether a form carries the right secret."""
    return hmac.compare_digest(form_key(said).encode(), key.encode("utf-8", "replace"))


def known(nonce: str, kept: str) -> str:
    """Return what a browser holds that was in once: a name of its own, signed with the stored hash of that password."""
    return f"{nonce}.{hmac.new(kept.encode(), f'known {nonce}'.encode(), hashlib.sha256).hexdigest()}"


def known_as(said: str, kept: str) -> str:
    """Return the name of a browser that was in once by the same password, "" for any other."""
    nonce = said.partition(".")[0]
    right = is_token(nonce) and hmac.compare_digest(known(nonce, kept).encode(), said.encode("utf-8", "replace"))
    return nonce if right else ""


def alive(session: Session, password: str, now: datetime) -> bool:
    """Tell whether a session still counts: not idle, not too old, opened with the password of today."""
    fresh = now - session.seen <= IDLE and now - session.opened <= LONGEST
    return fresh and hmac.compare_digest(session.password, password)
