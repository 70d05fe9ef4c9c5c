"""Look for keys in all that was written, in every form that writing gives them."""

from __future__ import annotations

import base64
import json
from collections.abc import Iterable, Iterator
from pathlib import Path
from urllib.parse import quote, quote_plus


def forms(secret: str) -> Iterator[bytes]:
    """A key as it may be written: plain, in an address once or twice, in JSON, in base64 wherever it stands in a text."""
    once = quote(secret, safe="")
    texts = {secret, once, quote(once, safe=""), quote(secret), quote_plus(secret), once.lower()}
    texts |= {secret.replace("/", "\\/"), secret.replace("=", "\\u003d"), json.dumps(secret)[1:-1]}
    for text in texts:
        yield text.encode()
    for before in ("", "k", "ke"):
        whole = f"{before}{secret}".encode()
        for encoded in (base64.b64encode(whole), base64.urlsafe_b64encode(whole)):
            yield encoded.rstrip(b"=")[2 * len(before) : -1]


def assert_no_key(secrets: Iterable[str], home: Path, *said: str) -> None:
    """Look for every form of every key in every file below a folder, and in what was said."""
    files = {str(path.relative_to(home)): path.read_bytes() for path in home.rglob("*") if path.is_file()}
    assert {"crawl.log", "jiballim.db"} <= files.keys()
    files |= {f"said {n}": text.encode() for n, text in enumerate(said)}
    for form in (form for secret in secrets for form in forms(secret)):
        assert not [name for name, data in files.items() if form in data], form
