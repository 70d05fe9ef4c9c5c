"""The sample sites as this room's tests look at them: on their last day, when nothing is wrong with any of them."""

from __future__ import annotations

from dataclasses import replace

from jiballim.demo.sites import KEYS, ROOT, Sites
from jiballim.demo.world import DAYS
from spiders.registry import load
from spiders.standins import Request, Response

ENVIRON = KEYS
KEY, NAVER, HUG = (KEYS[f"JIBALLIM_{name}_KEY"] for name in ("DATAGOKR", "NAVER", "HUG"))
REFUSED = (ROOT / "pages" / "refused.xml").read_text("utf-8")
SITES = Sites()
_FOLDERS = ("national", "corporations")
_READ = [s for s in load().values() if s.name in SITES.sites and s.path and s.path.parent.name in _FOLDERS]
KEYED = tuple(source.name for source in _READ if source.key)
OPEN = tuple(source.name for source in _READ if not source.key)


def answer(request: Request) -> Response:
    """Answer as the sites do on their last day."""
    return SITES(replace(request, label=str(len(DAYS))))


def good(request: Request) -> Response:
    """Answer a walk, which no handler gave a key or a cookie."""
    client, secret = NAVER.split(":")
    headers = {"cookie": "TMOSHCooKie=1", "x-naver-client-id": client, "x-naver-client-secret": secret}
    return answer(replace(request, query={**request.query, "serviceKey": KEY, "API_KEY": HUG}, headers=headers))


def page(source: str) -> str:
    """The first page of a source's list."""
    body = SITES.listing(source, len(DAYS)).body
    return body.decode(SITES.sites[source].get("encoding", "utf-8")) if isinstance(body, bytes) else body
