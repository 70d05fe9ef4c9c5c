"""The sources as their files describe them: one TOML each, without code, read strictly."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path
from urllib.parse import urlsplit

from notices.errors import WrongUse
from notices.links import web_link
from notices.model import NOTHING
from notices.store.sources import SourceInfo
from notices.strict import Table
from spiders.pages.hints import Hints
from spiders.readers import FAMILIES

BUILT_IN = Path(__file__).with_name("sources")
KINDS = ("rental", "gosi", "notice", "press")
LICENCES = ("0", "1", "2", "3", "4", "unknown")
TLS = ("default", "tls12", "legacy")
BUDGET = 2_000
"""Requests a host and day where no source says otherwise.

One a second, they fill 33 minutes of a day. The longest list, LH's, has some 20 pages, read every two hours, and 400 to
800 open posts; a city with three boards asks 150 times a day. Who needs more reads for the first time, or goes wrong.
"""
_NAME = re.compile(r"[a-z0-9][a-z0-9-]{0,60}")
_ENV = re.compile(r"[A-Z][A-Z0-9_]{2,60}")
_REGION = re.compile(r"\d{2}(\d{3})?")


class SourceError(WrongUse):
    """A source file is wrong; the sentence names file, key and remedy."""


@dataclass(frozen=True, slots=True)
class Paging:
    """How further pages are asked for: the number of page n is `start + (n - 1) * step`; at most `pages` are read.

    Without `param` the page's own link to the next page is followed.
    """

    param: str | None = None
    start: int = 1
    step: int = 1
    pages: int = 3


@dataclass(frozen=True, slots=True)
class Transport:
    """What a site needs to be reached at all; verification of certificates is never switched off."""

    tls: str = "default"
    ca: Path | None = None  # an intermediate certificate that the site fails to send
    hosts: tuple[str, ...] = ()  # further hosts that may answer, beside the endpoint's own
    referer: str | None = None


@dataclass(frozen=True, slots=True)
class Bootstrap:
    """The page that is read before the list, for the hidden fields of its form."""

    page: str
    form: str | None = None  # its name or id; None: the first one with all the fields
    fields: tuple[str, ...] = ()  # those that must be there, and count as the page gives them: tokens


@dataclass(frozen=True, slots=True)
class Key:
    """The operator's key that a source asks for: which variable of the environment holds it, and where it goes."""

    env: str
    param: str = "serviceKey"  # of the query
    headers: tuple[str, ...] = ()  # instead: one header for each part of the value, divided by ":"
    quota: int = 1000  # requests a day and operation that the provider allows


@dataclass(frozen=True, slots=True)
class Expect:
    """What a healthy list shows; less fails the run, so that nothing is concluded from it."""

    rows: int = 1  # at least, on the first page; 0 where an empty list is normal
    dated: float = 0.0  # share of rows with a posting date
    known: bool = True  # whether known posts must look as they did; False lets a list be taken in its new form


@dataclass(frozen=True, slots=True)
class Source:
    """One list that is listened to. `region` is a 법정동 code, None for the whole country."""

    name: str
    title: str
    publisher: str
    page: str
    endpoint: str
    family: str = "board"
    region: str | None = None
    kind: str = "notice"
    method: str = "GET"
    params: Mapping[str, str] = field(default_factory=lambda: NOTHING)
    form: Mapping[str, str] = field(default_factory=lambda: NOTHING)
    later: Mapping[str, str] = field(default_factory=lambda: NOTHING)  # what differs from page two on
    paging: Paging = Paging()
    hints: Hints = field(default_factory=Hints)
    include: tuple[str, ...] = ()
    exclude: tuple[str, ...] = ()
    licence: str = "unknown"
    transport: Transport = Transport()
    bootstrap: Bootstrap | None = None
    expect: Expect = Expect()
    delay: float = 1.0
    details: bool = True  # whether each post's own page is read
    revisit: bool = True  # whether that page is looked at again while the post is open
    budget: int = BUDGET  # requests a day to its host; of several sources of one host the smallest counts
    enabled: bool = True
    key: Key | None = None
    unless_env: str = ""  # off while this variable holds a key: the documented API of the same is asked instead
    closed: str = ""  # why the site may not be read at all
    samples: tuple[str, ...] = ()  # the real captures that reading was held against; without one, documentation alone
    origin: str = ""
    checked: date | None = None  # the day that the facts date from
    also: tuple[str, ...] = ()  # further addresses at which the same list was seen: tried when it moved
    path: Path | None = None

    @property
    def host(self) -> str:
        """The host that is asked."""
        return urlsplit(self.endpoint).hostname or ""

    @property
    def hosts(self) -> frozenset[str]:
        """The hosts whose answers count."""
        bare = self.host.removeprefix("www.")
        return frozenset({self.host, bare, f"www.{bare}", *self.transport.hosts})

    @property
    def info(self) -> SourceInfo:
        """What the store keeps of a source."""
        return SourceInfo(
            self.name, self.title, self.publisher, self.region, self.kind, self.page, self.licence, self.enabled
        )

    @property
    def asked(self) -> str:
        """A digest of how the source is asked and read; another one means that what was known of it may not hold."""
        said = (
            self.endpoint, self.method, sorted(self.params.items()), sorted(self.form.items()), self.family,
            sorted(self.later.items()), str(self.hints), str(self.paging), self.transport.tls,
            *([str(self.bootstrap)] if self.bootstrap else []),
        )  # fmt: skip
        return hashlib.blake2b(repr(said).encode(), digest_size=8).hexdigest()

    def wants(self, title: str) -> bool:
        """Tell whether a title passes the words to include and to exclude."""
        if self.include and not any(word in title for word in self.include):
            return False
        return not any(word in title for word in self.exclude)


def load(own: Path | None = None, built_in: Path = BUILT_IN) -> dict[str, Source]:
    """Read all sources by name: the built-in ones and an operator's own folder beside them."""
    found, faults = gather(own, built_in)
    for fault in faults.values():
        raise fault
    return found


def gather(own: Path | None = None, built_in: Path = BUILT_IN) -> tuple[dict[str, Source], dict[str, SourceError]]:
    """Read all sources as `load` does, but leave those out whose files are wrong; returns both by name."""
    paths = sorted(built_in.rglob("*.toml"))
    paths += sorted(own.glob("*.toml")) if own is not None and own.is_dir() else []
    found: dict[str, Source] = {}
    faults: dict[str, SourceError] = {}
    for path in paths:
        try:
            if (twin := found.get(path.stem)) is not None:
                raise SourceError(
                    f"{path}: 이름 {path.stem}을(를) {twin.path}이(가) 이미 씁니다. 파일 이름을 바꾸십시오."
                )
            found[path.stem] = read(path)
        except SourceError as fault:
            faults[path.stem] = fault
    return found, faults


def choose(sources: Mapping[str, Source], names: Iterable[str]) -> list[Source]:
    """Return the named sources, or every enabled one where no name is given."""
    wanted = list(dict.fromkeys(names))
    if missing := [name for name in wanted if name not in sources]:
        raise SourceError(f"{missing[0]}: 그런 출처가 없습니다. jiballim sources list에서 이름을 확인하십시오.")
    if shut := [sources[name] for name in wanted if sources[name].closed]:
        raise SourceError(f"{shut[0].name}: 읽지 않는 출처입니다. {shut[0].closed}")
    return [sources[name] for name in wanted] if wanted else [s for s in sources.values() if s.enabled]


def read(path: Path) -> Source:
    """Read one source file; anything unknown, missing or of a wrong type is refused."""
    table = Table.read(path, SourceError)
    if not _NAME.fullmatch(path.stem):
        raise SourceError(f"{path}: 파일 이름은 영문 소문자, 숫자, -로만 적으십시오(예: paju-notice.toml).")
    paging = _paging(table.table("paging"))
    source = Source(
        name=path.stem,
        title=table.take("title", str),
        publisher=table.take("publisher", str),
        page=_address(table, "page"),
        endpoint=_address(table, "endpoint"),
        family=table.choice("family", tuple(FAMILIES), "board"),
        region=_region(table),
        kind=table.choice("kind", KINDS, "notice"),
        method=table.choice("method", ("GET", "POST"), "GET"),
        params=table.mapping("params"),
        form=table.mapping("form"),
        later=table.mapping("later"),
        paging=paging,
        hints=_hints(table.table("hints"), paging),
        include=table.texts("include"),
        exclude=table.texts("exclude"),
        licence=table.choice("licence", LICENCES, "unknown"),
        transport=_transport(table.table("transport"), path),
        bootstrap=_bootstrap(table.table("bootstrap")),
        expect=_expect(table.table("expect")),
        delay=table.take("delay", float, 1.0),
        details=table.take("details", bool, True),
        revisit=table.take("revisit", bool, True),
        budget=table.take("budget", int, BUDGET),
        enabled=table.take("enabled", bool, True),
        key=_key(table),
        unless_env=_variable(table, "unless_env"),
        closed=table.take("closed", str, ""),
        samples=table.texts("samples"),
        origin=table.take("origin", str, ""),
        checked=table.take("checked", date, None),
        also=_addresses(table, "also"),
        path=path,
    )
    table.end()
    _agree(table, source)
    return source


def _agree(table: Table, source: Source) -> None:
    """Refuse values that are well-formed alone but senseless together."""
    if source.form and source.method != "POST":
        raise table.refuse("form", '양식은 method = "POST"일 때만 보냅니다. method를 고치거나 [params]로 옮기십시오.')
    if source.closed and source.enabled:
        raise table.refuse("closed", "읽지 않는 출처는 enabled = false로 두어야 합니다.")
    if source.key and not source.endpoint.startswith("https://"):
        raise table.refuse("key_env", "열쇠는 https:// 주소로만 보냅니다. endpoint를 고치십시오.")
    if source.bootstrap and urlsplit(source.bootstrap.page).hostname not in source.hosts:
        raise table.refuse("bootstrap", "page는 목록과 같은 사이트여야 합니다. 다른 사이트의 값은 보내지 않습니다.")
    if source.budget < 1:
        raise table.refuse("budget", "하루에 물을 수 있는 횟수를 1 이상으로 적으십시오.")
    if source.delay < 1.0:
        raise table.refuse("delay", "한 사이트에 1초보다 자주 묻지 않습니다. 1.0 이상으로 적으십시오.")


def _address(table: Table, key: str) -> str:
    url = table.take(key, str)
    if web_link(url) is None:
        raise table.refuse(key, f"http:// 또는 https://로 시작하는 주소여야 하는데 {url!r}입니다.")
    return url


def _addresses(table: Table, key: str) -> tuple[str, ...]:
    urls = table.texts(key)
    if wrong := [url for url in urls if web_link(url) is None]:
        raise table.refuse(key, f"http:// 또는 https://로 시작하는 주소여야 하는데 {wrong[0]!r}입니다.")
    return urls


def _region(table: Table) -> str | None:
    code = table.take("region", str, "")
    if code and not _REGION.fullmatch(code):
        raise table.refuse("region", f"법정동 코드 2자리나 5자리여야 하는데 {code!r}입니다(전국이면 비우십시오).")
    return code or None


def _variable(table: Table, key: str) -> str:
    name = table.take(key, str, "")
    if name and not _ENV.fullmatch(name):
        raise table.refuse(key, f"환경 변수의 이름이어야 하는데 {name!r}입니다(예: JIBALLIM_DATAGOKR_KEY).")
    return name


def _key(table: Table) -> Key | None:
    env = _variable(table, "key_env")
    key = Key(
        env,
        table.take("key_param", str, "serviceKey"),
        table.texts("key_headers"),
        table.take("quota", int, 1000),
    )
    if key.quota < 1:
        raise table.refuse("quota", "하루에 물을 수 있는 횟수를 1 이상으로 적으십시오.")
    return key if env else None


def _paging(table: Table) -> Paging:
    paging = Paging(
        table.take("param", str, "") or None,
        table.take("start", int, 1),
        table.take("step", int, 1),
        table.take("pages", int, 3),
    )
    table.end()
    if not 1 <= paging.pages <= 200:
        raise table.refuse("pages", "1에서 200 사이여야 합니다.")
    return paging


def _hints(table: Table, paging: Paging) -> Hints:
    texts = (
        "row",
        "title",
        "date",
        "department",
        "link",
        "detail_url",
        "encoding",
        "list_mode",
        "category",
        "body",
        "files",
    )
    hints = Hints(
        **{key: table.take(key, str, "") or None for key in texts},
        id_params=table.texts("id_params"),
        page_param=paging.param,
        page_start=paging.start,
        page_step=paging.step,
    )
    table.end()
    return hints


def _transport(table: Table, path: Path) -> Transport:
    ca = table.take("ca", str, "")
    transport = Transport(
        tls=table.choice("tls", TLS, "default"),
        ca=path.parent / ca if ca else None,
        hosts=table.texts("hosts"),
        referer=table.take("referer", str, "") or None,
    )
    table.end()
    if transport.ca is not None and not transport.ca.is_file():
        raise table.refuse("ca", f"{transport.ca} 파일이 없습니다. 인증서 파일을 그 자리에 두십시오.")
    return transport


def _bootstrap(table: Table) -> Bootstrap | None:
    if table.empty:
        return None
    bootstrap = Bootstrap(_address(table, "page"), table.take("form", str, "") or None, table.texts("fields"))
    table.end()
    return bootstrap


def _expect(table: Table) -> Expect:
    expect = Expect(table.take("rows", int, 1), table.take("dated", float, 0.0), table.take("known", bool, True))
    table.end()
    return expect
