"""Where messages go: the addresses of the environment, one target for each recipient, named without any secret."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any
from urllib.parse import unquote

from notify.channels import is_phone, service
from notify.routes import Centre, Route

KAKAO, SMS, MAIL, TEXT = "kakao", "sms", "mail", "text"
_KAKAO = frozenset({"kakaotalk", "kakao"})
_BLENDED = 300
"""Room kept for a title that a channel writes into the body, and for signs that it escapes."""


@dataclass(frozen=True, slots=True)
class Target:
    """One recipient: its name in the outbox, its address (never shown), the shape it takes and what it can do."""

    id: str
    url: str = field(repr=False)
    shape: str = TEXT
    most: int = 0  # characters of one message; 0 without a limit
    confirms: bool = False

    @property
    def quiet(self) -> bool:
        """Whether it is left alone in the quiet hours."""
        return self.shape in (KAKAO, SMS)


@dataclass(frozen=True, slots=True)
class Off:
    """A route's variable, or one address in it, that cannot be used; `sentence` says why and what to do."""

    route: str
    env: str
    sentence: str


class Targets:
    """All targets of all routes, read once from the environment."""

    def __init__(self, centres: Iterable[Centre], environ: Mapping[str, str]) -> None:
        self._of: dict[str, tuple[Target, ...]] = {}
        self.off: list[Off] = []
        for centre in centres:
            for route in centre.routes:
                self._of[key(centre, route)] = tuple(self._read(centre, route, environ))
        self._by_id = {target.id: target for several in self._of.values() for target in several}

    def of(self, route: str) -> tuple[Target, ...]:
        """Return the targets of a route, by its key "centre/route"."""
        return self._of.get(route, ())

    def resolve(self, target: str) -> Target | None:
        """Return a target by its id; None where its address is gone from the environment."""
        return self._by_id.get(target)

    def beside(self, route: str, target: str) -> tuple[Target, ...]:
        """Return where staff hear of a target that gave up: the route's other targets, else the centre's, mail first."""
        centre = route.split("/")[0]
        several = self.of(route) if len(self.of(route)) > 1 else self._centre(centre)
        others = dict.fromkeys(other for other in several if other.id != target)
        return tuple(sorted(others, key=lambda other: other.shape != MAIL))

    def _centre(self, centre: str) -> tuple[Target, ...]:
        return tuple(t for name, several in self._of.items() if name.split("/")[0] == centre for t in several)

    def _read(self, centre: Centre, route: Route, environ: Mapping[str, str]) -> Iterator[Target]:
        seen: set[str] = set()
        for env in route.urls_env:
            urls = environ.get(env, "").split()
            if not urls:
                self._off(centre, route, env, f"꺼짐: 환경변수 {env}에 주소가 없습니다. Apprise 주소를 넣으십시오.")
            for number, url in enumerate(urls, 1):
                found = tuple(targets(env, url, confirms=route.confirms))
                if not found:
                    self._off(
                        centre,
                        route,
                        env,
                        f"꺼짐: 환경변수 {env}의 {number}번째 주소를 알 수 없습니다. 꼴을 고치십시오.",
                    )
                yield from (t for t in found if t.id not in seen and not seen.add(t.id))  # type: ignore[func-returns-value]

    def _off(self, centre: Centre, route: Route, env: str, sentence: str) -> None:
        self.off.append(Off(key(centre, route), env, sentence))


def key(centre: Centre, route: Route) -> str:
    """Return the name of a route among all centres."""
    return f"{centre.name}/{route.name}"


def targets(env: str, url: str, *, confirms: bool = False) -> Iterator[Target]:
    """Yield one target for each recipient of an address: Apprise reports several as one, and a repeat reaches all."""
    for one in _split(url):
        found = service(one)
        if found is not None:
            shape, most = _shape(found)
            yield Target(_id(env, one), one, shape, most, confirms)


def _split(url: str) -> list[str]:
    found: Any = service(url)
    several = getattr(found, "targets", None)
    if not isinstance(several, list) or len(several) < 2:
        return [url]
    urls = []
    for one in several:
        found.targets = [one]
        urls.append(found.url(privacy=False))
    found.targets = several
    apart = [getattr(service(each), "targets", None) for each in urls]
    return urls if all(isinstance(each, list) and len(each) == 1 for each in apart) else [url]


def _shape(found: Any) -> tuple[str, int]:
    schemas = {str(schema) for schema in found.schemas()}
    most = int(found.body_maxlen or 0)
    if schemas & _KAKAO:
        return KAKAO, most
    if hasattr(found, "smtp_host"):
        return MAIL, 0
    if is_phone(found):
        return SMS, most
    return TEXT, max(most - _BLENDED, most // 2)


def _id(env: str, url: str) -> str:
    """Name a target by variable, kind and a fingerprint of whom it reaches; a new password leaves the name."""
    schema, _, rest = url.partition("://")
    address, _, query = rest.partition("?")
    host, _, path = address.partition("/")
    whom = f"{host.rpartition('@')[2]}/{unquote(path)}".rstrip("/").lower()
    extra = sorted(part for part in query.split("&") if re.match(r"(to|cc|bcc|channel|-\w+)=", part))
    print_ = hashlib.sha256("\n".join([schema.lower().rstrip("s"), whom, *extra]).encode()).hexdigest()[:8]
    return f"{env}:{schema.lower()}:{print_}"
