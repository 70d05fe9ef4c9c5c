"""The centre behind the desk: its regions, what it looks for, its blogs, and what it calls its own news."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from urllib.parse import urlsplit

from notices import gate
from notices.model import NOTHING, Region
from notices.store import SourceInfo
from notices.store.selection import EVERYWHERE
from notices.store.views import CENTRE, Announcement, Selection

KINDS = ("wordpress", "markdown", "paste")
STATUSES = ("draft", "publish")
LOCAL, RENTAL, NEWS = "관내 주거복지사업", "임대주택 공고", "기타 주거복지 소식"
HEADINGS = (RENTAL, LOCAL, NEWS)
"""The three headings of a centre's blog."""

_LOOPBACK = ("127.0.0.1", "localhost", "::1")
_ENV = re.compile(r"[A-Z_][A-Z0-9_]*")
_SLUG = re.compile(r"[a-z0-9%_-]{1,100}")


@dataclass(frozen=True, slots=True)
class Blog:
    """One place to post to. `name` tells a centre's blogs apart; the environment variables hold the WordPress login.

    `categories` maps headings to the slugs of the blog's categories; `status` is that of new WordPress posts.
    """

    name: str
    kind: str
    site: str = ""
    folder: Path | None = None
    user_env: str = ""
    password_env: str = ""
    status: str = "draft"
    categories: Mapping[str, str] = field(default_factory=lambda: NOTHING)

    def check(self) -> tuple[str, ...]:
        """Return what is wrong, each as one Korean sentence that names the key and the remedy."""
        where = f"블로그 {self.name!r}의"
        wrong = [] if re.fullmatch(r"[a-z0-9][a-z0-9-]{0,39}", self.name) else [
            f"{where} name: 영문 소문자, 숫자, 붙임표 40자까지로 적으십시오."
        ]  # fmt: skip
        wrong += [
            f"{where} categories: {name!r}은(는) 없는 이름입니다. {', '.join(HEADINGS)} 가운데서 고르십시오."
            for name in self.categories
            if name not in HEADINGS
        ]
        wrong += [
            f"{where} categories: {slug!r}은(는) 슬러그가 아닙니다. 블로그의 분류 화면에 보이는 슬러그를 적으십시오."
            for slug in self.categories.values()
            if not _SLUG.fullmatch(slug)
        ]
        return (*wrong, *(self._wordpress(where) if self.kind == "wordpress" else self._files(where)))

    def _wordpress(self, where: str) -> list[str]:
        wrong = [] if is_site(self.site) else [
            f"{where} site: https://로 시작하는 블로그 주소여야 하는데 {self.site!r}입니다(이 컴퓨터 안의 주소만 http://)."
        ]  # fmt: skip
        return wrong + [
            f"{where} {key}: 값이 아니라 그 값을 담은 환경변수 이름(영문 대문자, 숫자, _)을 적으십시오."
            for key, name in (("user_env", self.user_env), ("password_env", self.password_env))
            if not _ENV.fullmatch(name)
        ]

    def _files(self, where: str) -> list[str]:
        wrong = [f"{where} site: wordpress에만 쓰는 값입니다. 지우십시오."] if self.site else []
        if self.kind == "markdown" and self.folder is None:
            wrong.append(f"{where} folder: 글 파일을 둘 폴더를 적으십시오(예: /srv/blog/content/posts).")
        return wrong


def is_site(site: str) -> bool:
    """Tell whether an address may be given a password: https, or http on this very computer; nothing but host and path."""
    try:
        parts = urlsplit(site)
        host, _ = parts.hostname, parts.port
    except ValueError:
        return False
    plain = re.fullmatch(r"[A-Za-z0-9.:/_~\[\]-]+", site) is not None
    safe = parts.scheme == "https" or (parts.scheme == "http" and host in _LOOPBACK)
    return bool(host) and plain and safe and "@" not in parts.netloc


@dataclass(frozen=True, slots=True)
class Desk:
    """A centre as its desk sees it; `regions` are prefixes of codes ("41", "4148"), empty for the whole country.

    `codes` are the regions themselves, which its own notices are about. `supply`, `audience` and `words` are what its
    people look for first. `acts_for` names the other centres that its people may act for, "*" for all.
    """

    name: str
    title: str = ""
    codes: tuple[str, ...] = ()
    regions: tuple[str, ...] = ()
    supply: tuple[str, ...] = ()
    audience: tuple[str, ...] = ()
    words: tuple[str, ...] = ()
    blogs: tuple[Blog, ...] = ()
    feedback_url: str | None = None
    acts_for: tuple[str, ...] = ()

    @property
    def source(self) -> str:
        """The name of the source that its own notices come from."""
        return own_source(self.name)

    @property
    def info(self) -> SourceInfo:
        """Its own notices as a source, which is not enabled: there is nothing to be read from outside."""
        home = self.codes[0] if len(self.codes) == 1 else None
        publisher = self.title or "우리 센터"
        return SourceInfo(self.source, f"{publisher} 소식", publisher, home, CENTRE, "", gate.OWN, enabled=False)

    def blog(self, name: str) -> Blog | None:
        """One of its blogs by name."""
        return next((blog for blog in self.blogs if blog.name == name), None)


def own_source(name: str) -> str:
    """Return the name of the source of a centre's own notices."""
    return f"centre-{name}"


def is_own(desk: Desk, announcement: Announcement) -> bool:
    """Tell whether this centre says it itself."""
    return any(seen.source == desk.source for seen in announcement.seen)


def heading(desk: Desk, announcement: Announcement) -> str:
    """Return under which of the three headings the centre shows an announcement."""
    if is_own(desk, announcement):
        return LOCAL
    if announcement.section == "임대주택공고":
        return RENTAL
    if announcement.section == "주거복지사업" and reach(desk.regions, announcement.regions) == "own":
        return LOCAL
    return NEWS


def local(desk: Desk) -> Selection:
    """Return the view 관내 주거복지사업: 주거복지사업 of its regions, and whatever it says itself."""
    return Selection(regions=desk.regions, sections=("주거복지사업",), beside=(desk.source,))


def reach(prefixes: tuple[str, ...], said: Iterable[Region]) -> str:
    """Return how an announcement's places reach a centre: "own", "province", "country" or "" for not at all."""
    codes = [region.code for region in said]
    if any(not prefixes or code.startswith(prefixes) for code in codes if code not in EVERYWHERE):
        return "own"
    if any(code.endswith("000") and code[:2] == prefix[:2] for code in codes for prefix in prefixes):
        return "province"
    return "country" if not codes or any(code in EVERYWHERE for code in codes) or not prefixes else ""


EVERY = "*"
"""In `acts_for`: all centres of the installation."""


def check(desks: Sequence[Desk]) -> tuple[str, ...]:
    """Return what is wrong with all centres together: whom they act for, and their blogs.

    Two may not post to one place, for they would overwrite each other.
    """
    known = {EVERY, *(desk.name for desk in desks)}
    wrong = [
        f'센터 {desk.name!r}의 acts_for: {name!r}은(는) 없는 센터입니다. 센터의 name이나 "*"(모든 센터)를 적으십시오.'
        for desk in desks
        for name in desk.acts_for
        if name not in known
    ]
    taken: dict[str, str] = {}
    for desk in desks:
        names = [blog.name for blog in desk.blogs]
        wrong += [
            f"센터 {desk.name!r}의 blog: 이름 {name!r}이(가) 두 번 적혀 있습니다. name으로 서로 다르게 고치십시오."
            for name in dict.fromkeys(names)
            if names.count(name) > 1
        ]
        for blog in desk.blogs:
            wrong += [f"센터 {desk.name!r}: {sentence}" for sentence in blog.check()]
            place = blog.site.rstrip("/") or str(blog.folder or "")
            if place and place in taken:
                wrong.append(
                    f"센터 {desk.name!r}의 블로그 {blog.name!r}: {place}에는 센터 {taken[place]!r}이(가) 이미 올립니다. "
                    "서로 다른 곳으로 고치십시오."
                )
            taken.setdefault(place, desk.name)
    return tuple(wrong)
