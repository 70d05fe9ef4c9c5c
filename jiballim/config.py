"""What the operator settles, read once from <home>/jiballim.toml and the environment, and handed to the rooms."""

from __future__ import annotations

import re
from dataclasses import dataclass
from pathlib import Path

from desk.centre import KINDS, STATUSES, Blog, Desk
from desk.centre import check as check_desks
from notices import regions
from notices.errors import WrongUse
from notices.strict import Table
from notify.routes import Centre, Route, check

NAME = "jiballim.toml"
_CONTACT = re.compile(r"[^@\s]+@[^@\s]+\.[^@\s]+|https?://\S+")


@dataclass(frozen=True, slots=True)
class Config:
    """The settings of one installation; everything has a default but `contact`, without which no real site is read."""

    home: Path
    contact: str = ""
    title: str = "집알림"
    base_url: str = "http://localhost/"
    feedback_url: str | None = None
    sources: tuple[str, ...] = ()
    off: tuple[str, ...] = ()
    centres: tuple[Centre, ...] = ()
    desks: tuple[Desk, ...] = ()  # of the same centres, in the same order
    desk_enabled: bool = False  # whether `jiballim serve` shows the desk's pages

    @property
    def database(self) -> Path:
        """The one SQLite file."""
        return self.home / "jiballim.db"

    @property
    def public(self) -> Path:
        """The folder that a web server may show to everybody."""
        return self.home / "public"

    @property
    def own_sources(self) -> Path:
        """The folder of the operator's own source files."""
        return self.home / "sources"

    def require_contact(self) -> str:
        """Return the contact that the User-Agent carries, or refuse to read real sites."""
        if not self.contact:
            raise WrongUse(
                f"{self.home / NAME}의 contact: 실제 사이트를 읽으려면 운영자 연락처가 있어야 합니다. "
                'contact = "담당자@기관.or.kr" 처럼 적으십시오.'
            )
        return self.contact


def load(home: Path) -> Config:
    """Read the settings; a missing file means the defaults, a wrong key is refused by name."""
    plain = Config(home)
    if not (home / NAME).exists():
        return plain
    table = Table.read(home / NAME)
    feedback = table.take("feedback_url", str, "") or None
    tables, out = table.tables("centre"), home / "out" / "blog"
    centres = [_centre(each, out, feedback, many=len(tables) > 1) for each in tables]
    config = Config(
        home,
        contact=table.take("contact", str, ""),
        title=table.take("title", str, plain.title),
        base_url=table.take("base_url", str, plain.base_url),
        feedback_url=feedback,
        sources=table.texts("sources"),
        off=table.texts("off"),
        centres=tuple(centre for centre, _ in centres),
        desks=tuple(desk for _, desk in centres),
        desk_enabled=_enabled(table.table("desk")),
    )
    table.end()
    if config.contact and not _CONTACT.fullmatch(config.contact):
        raise table.refuse("contact", f"전자우편 주소나 http(s) 주소여야 하는데 {config.contact!r}입니다.")
    for key, value in (("base_url", config.base_url), ("feedback_url", config.feedback_url)):
        if value and not re.match(r"https?://[^/\s]+", value):
            raise table.refuse(key, f"http:// 또는 https://로 시작하는 주소여야 하는데 {value!r}입니다.")
    if wrong := (*check(config.centres), *check_desks(config.desks)):
        raise WrongUse(f"{home / NAME}: {wrong[0]}")
    return config


def _enabled(table: Table) -> bool:
    """Read [desk]."""
    enabled = table.take("enabled", bool, False)
    table.end()
    return enabled


def _centre(table: Table, out: Path, feedback: str | None, *, many: bool) -> tuple[Centre, Desk]:
    """Read one [[centre]] with its [[centre.route]]s and [[centre.blog]]s.

    Below `out` texts to paste are laid, in a folder for each centre where there are many.
    """
    name = table.take("name", str)
    out = out / name if many else out
    centre = Centre(
        name=name,
        title=table.take("title", str, ""),
        regions=_codes(table),
        routes=tuple(_route(each) for each in table.tables("route")),
        page=table.take("page", str, "") or None,
        feedback_url=table.take("feedback_url", str, "") or None,
    )
    blogs = tuple(_blog(each, out) for each in table.tables("blog")) or (Blog("paste", "paste", folder=out),)
    acts_for = table.texts("acts_for")
    table.end()
    return centre, _desk(centre, blogs, feedback, acts_for)


def _desk(centre: Centre, blogs: tuple[Blog, ...], feedback: str | None, acts_for: tuple[str, ...]) -> Desk:
    """The desk of a centre: what any of its routes asks for is what its people look for first."""
    return Desk(
        centre.name,
        centre.title,
        centre.regions,
        tuple(dict.fromkeys(map(regions.prefix, centre.regions))),
        tuple(dict.fromkeys(term for route in centre.routes for term in route.supply)),
        tuple(dict.fromkeys(term for route in centre.routes for term in route.audience)),
        tuple(dict.fromkeys(term for route in centre.routes for term in route.words)),
        blogs,
        centre.feedback_url or feedback,
        acts_for,
    )


def _blog(table: Table, out: Path) -> Blog:
    """Read one [[centre.blog]]; texts to paste are laid into `out` where no folder is named."""
    kind = table.choice("kind", KINDS)
    folder = table.take("folder", str, "")
    blog = Blog(
        name=table.take("name", str, kind),
        kind=kind,
        site=table.take("site", str, "").rstrip("/"),
        folder=Path(folder) if folder else out if kind == "paste" else None,
        user_env=table.take("user_env", str, ""),
        password_env=table.take("password_env", str, ""),
        status=table.choice("status", STATUSES, "draft"),
        categories=table.mapping("categories"),
    )
    table.end()
    return blog


def _route(table: Table) -> Route:
    """Read one [[centre.route]]."""
    route = Route(
        name=table.take("name", str),
        title=table.take("title", str, ""),
        regions=_codes(table),
        sections=table.texts("sections"),
        supply=table.texts("supply"),
        audience=table.texts("audience"),
        words=table.texts("words"),
        urls_env=table.texts("urls_env"),
        time=table.take("time", str, "08:30"),
        days=table.take("days", str, "business"),
        empty=table.take("empty", str, "skip"),
        urgent=table.texts("urgent"),
        confirms=table.take("confirms", bool, False),
    )
    table.end()
    return route


def _codes(table: Table) -> tuple[str, ...]:
    """Take regions as codes ("41480") or official names ("경기도 파주시"); a name that is no region is refused."""
    codes = []
    for said in table.texts("regions"):
        if said.isdigit():
            codes.append(said)
            continue
        region = regions.by_name(said)
        if region is None:
            raise table.refuse(
                "regions", f"{said!r}이(가) 어느 지역인지 알 수 없습니다. 경기도 파주시처럼 시·도부터 적으십시오."
            )
        codes.append(region.code)
    return tuple(codes)
