"""Number spaces of the sources: the same number seen by two sources is the same notice."""

from __future__ import annotations

import re
from functools import lru_cache

_SPACES: tuple[tuple[str, str, str], ...] = (
    # host, parameter, family; the first that fits an address names it
    ("apply.lh.or.kr", "panId", "lh"),
    ("apply.lh.or.kr", "pblancId", "lh"),
    ("apply.lh.or.kr", "PAN_ID", "lh"),  # as the site's older pages and its mobile one were addressed
    ("apply.lh.or.kr", "bbsSn", "lh-board"),
    ("myhome.go.kr", "pblancId", "myhome"),
    ("i-sh.co.kr", "seq", "sh"),
    ("apply.gh.or.kr", "pbancNo", "gh"),
    ("gh.or.kr", "articleNo", "gh-board"),
    ("applyhome.co.kr", "pblancNo", "applyhome"),
    ("soco.seoul.go.kr", "boardId", "soco"),
    ("korea.kr", "newsId", "korea"),
)
_NUMBER = r"([0-9A-Za-z][0-9A-Za-z-]{0,39})"
_PAIRS = {name: re.compile(rf"[?&;]{name}={_NUMBER}(?![^&#])") for _, name, _ in _SPACES} | {
    "PAN_ID": re.compile(rf"[?&]gv_param=(?:[^&#]*(?:,|%2C))?PAN_ID(?::|%3A){_NUMBER}", re.IGNORECASE),
}
_HOST = re.compile(r"^(?:https?:)?//([^/?#:]{1,120})", re.IGNORECASE)
_FAMILIES = ("lh-board", "lh", "myhome", "sh", "gh", "applyhome", "soco")


@lru_cache(maxsize=4096)
def numbers(url: str | None) -> tuple[str, ...]:
    """Return "<family>:<number>" of an address of a known number space, else nothing."""
    match = _HOST.match(url or "")
    if not url or match is None:
        return ()
    host = match[1].lower()
    for name, parameter, space in _SPACES:
        if host == name or host.endswith("." + name):
            found = _PAIRS[parameter].search(url[:2000])
            if found:
                return (f"{space}:{found[1]}",)
    return ()


def family(source: str, url: str | None) -> str:
    """Return the number space that a notice is filed under: by its address, else its source's name, else ""."""
    found = numbers(url)
    if found:
        return found[0].partition(":")[0]
    name = source.lower()
    return next((space for space in _FAMILIES if name == space or name.startswith(space + "-")), name)
