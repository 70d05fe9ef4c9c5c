"""The sample sites: every source's list and posts as they stand on a morning, and the faults that each is known for."""

from __future__ import annotations

import tomllib
from collections import Counter
from collections.abc import Mapping
from importlib.resources import files
from importlib.resources.abc import Traversable
from typing import Any
from urllib.parse import urlencode

from jiballim.demo.pages import pages
from jiballim.demo.world import DAYS, World
from spiders.standins import MISSING, Request, Response

KEYS = {
    "JIBALLIM_DATAGOKR_KEY": "sample+key/2026/q1w2e3r4==",
    "JIBALLIM_NAVER_KEY": "sample:s3cret/+=",
    "JIBALLIM_HUG_KEY": "hugkey/+12345",
}
"""The keys that the sample sites know, by the variable that an operator gives them in; they open nothing else."""

ROOT = files("jiballim.demo") / "sites"
"""The project's own: what is announced, the sites that carry it, and their pages."""

_KINDS = {
    "html": "text/html",
    "json": "application/json",
    "xml": "text/xml",
}
_COOKIE = "TMOSHCooKie"


class Sites:
    """All sample sites; a request's label is the number of the morning (1 is the first, and meant without one)."""

    def __init__(self, root: Traversable = ROOT) -> None:
        self.world = World((root / "announcements.toml").read_text("utf-8"))
        self.sites: dict[str, Any] = tomllib.loads((root / "sites.toml").read_text("utf-8"))
        self._pages = pages(root / "pages")
        self._failed: Counter[tuple[str, int]] = Counter()

    def __call__(self, request: Request) -> Response:
        """Answer a request."""
        day = int(request.label or 1)
        if request.path == "/robots.txt":
            return self._robots(request.host)
        if (refused := self._gate(request)) is not None:
            return refused
        for name, site in self.sites.items():
            if site["host"] == request.host:
                answer = self._list(name, site, request, day) or self._post(name, site, request, day)
                if answer is not None:
                    return answer
        return self._ungiven(request) or MISSING

    def listing(self, source: str, day: int, asked: Mapping[str, str] | None = None) -> Response:
        """Return a page of a source's list; past the last page it is the last one again."""
        site, asked = self.sites[source], asked or {}
        posts, size = self.world.posts(source, day), int(asked.get("numOfRows") or site["list"].get("size", 10))
        last = max(1, -(-len(posts) // size))
        number = min(int(asked.get(site["list"].get("param", ""), 1)), last)
        shown = posts[(number - 1) * size : number * size]
        paging: dict[str, Any] = {"total": len(posts), "number": number, "last": last, "asked": asked}
        return self._page(site, site["list"]["page"], day, posts=shown, link=site.get("link", ""), **paging)

    def posts(self, source: str, number: str, day: int) -> list[Response]:
        """Return a post's own page, and what else its site tells of it; nothing where it has none, or none yet."""
        site = self.sites[source]
        found = self.world.post(source, number, day)
        return [self._page(site, each["page"], day, post=found) for each in site.get("posts", ()) if found]

    def _list(self, name: str, site: Mapping[str, Any], request: Request, day: int) -> Response | None:
        said = {**request.query, **request.form}
        given = site["list"].get("given", {}).items()
        if request.path != site["list"]["path"] or any(said.get(key) != value for key, value in given):
            return None
        return self._fault(name, site, request, day) or self.listing(name, day, said)

    def _post(self, name: str, site: Mapping[str, Any], request: Request, day: int) -> Response | None:
        for place, each in enumerate(site.get("posts", ())):
            if each["path"] == request.path:
                found = self.posts(name, request.query.get(each["number"], ""), day)
                return found[place] if found else None
        return None

    def _ungiven(self, request: Request) -> Response | None:
        """What a list shows where the one who asks left out what it wants."""
        for site in self.sites.values():
            if (site["host"], site["list"]["path"]) == (request.host, request.path) and "ungiven" in site:
                return self._page(site, site["ungiven"], 1)
        return None

    def _fault(self, name: str, site: Mapping[str, Any], request: Request, day: int) -> Response | None:
        """What is wrong with a site on a morning, the first so many times it is asked."""
        fault = site.get("faults", {}).get(str(day))
        if fault is None or self._failed[name, day] >= fault.get("times", 99):
            return None
        self._failed[name, day] += 1
        asked = f"https://{request.host}{request.path}?{urlencode(request.query)}"
        if fault.get("redirects"):
            return Response(status=302, headers={"Location": f"{asked}&again={urlencode({'from': asked})}"})
        given = next((value for name, value in request.query.items() if "key" in name.lower()), "")
        return self._page(site, fault["page"], day, fault.get("status", 200), asked=asked, given=given)

    def _robots(self, host: str) -> Response:
        said = next((s["robots"] for s in self.sites.values() if s["host"] == host and "robots" in s), None)
        return Response(said, content_type="text/plain") if said else MISSING

    def _page(self, site: Mapping[str, Any], page: str, day: int, status: int = 200, **values: Any) -> Response:
        encoding = site.get("encoding", "utf-8")
        text = self._pages.get_template(page).render(today=DAYS[day - 1].date(), **values)
        kind = _KINDS[page.rsplit(".", 1)[1]]
        return Response(text.encode(encoding), status, f"{kind}; charset={encoding}")

    def _gate(self, request: Request) -> Response | None:
        """What a site says before it looks at what is asked: a cookie first, or a key that it does not know."""
        data, naver, hug = (KEYS[name] for name in ("JIBALLIM_DATAGOKR_KEY", "JIBALLIM_NAVER_KEY", "JIBALLIM_HUG_KEY"))
        if request.host == "www.molit.go.kr" and _COOKIE not in request.headers.get("cookie", ""):
            there = f"https://{request.host}{request.path}?{urlencode(request.query)}"
            return Response(status=307, headers={"Location": there, "Set-Cookie": f"{_COOKIE}=1; Path=/"})
        if request.host == "apis.data.go.kr" and request.query.get("serviceKey") != data:
            return self._page({}, "refused.xml", 1, status=403)
        if request.host == "api.odcloud.kr" and request.query.get("serviceKey") != data:
            return Response('{"code": -4, "msg": "등록되지 않은 인증키 입니다."}', 401, "application/json")
        if request.path == "/SelectListInfo.do" and request.query.get("API_KEY") != hug:
            return Response("<html><body>인증키 오류</body></html>")
        sent = ":".join(request.headers.get(name, "") for name in ("x-naver-client-id", "x-naver-client-secret"))
        if request.host == "openapi.naver.com" and sent != naver:
            return Response('{"errorMessage": "Authentication failed", "errorCode": "024"}', 401, "application/json")
        return None
