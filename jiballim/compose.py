"""Put the rooms together: the store, the sources and the clock of one installation."""

from __future__ import annotations

import os
from collections.abc import Iterable
from datetime import datetime
from typing import TYPE_CHECKING
from zoneinfo import ZoneInfo

from jiballim.config import Config
from notices.errors import WrongUse

if TYPE_CHECKING:
    from desk.centre import Desk
    from notices.store import Store
    from spiders.registry import Source, SourceError

HOME = "home"
"""The name of the centre of an installation that names none."""

SEOUL = ZoneInfo("Asia/Seoul")


def now() -> datetime:
    """Read the clock, the only place that does; the rooms are handed what it says."""
    return datetime.now(SEOUL)


def store(config: Config, *, readonly: bool = False) -> Store:
    """Open the store of an installation; writing makes the home folder."""
    from notices.store import Store, StoreError

    if readonly and not config.database.exists():
        raise StoreError(
            f"{config.database}: 아직 저장된 것이 없습니다. jiballim run(또는 견본으로 jiballim demo)을 먼저 하십시오."
        )
    if not readonly:
        try:
            config.home.mkdir(parents=True, exist_ok=True)
        except OSError as wrong:
            raise StoreError(
                f"{config.home} 폴더를 만들 수 없습니다({wrong.strerror}). --home으로 쓸 수 있는 폴더를 주십시오."
            ) from None
    return Store.open(config.database, readonly=readonly)


def sources(config: Config) -> dict[str, Source]:
    """Load every source, the built-in ones and the operator's own, but those whose files are wrong (`faults`)."""
    from spiders import registry

    return registry.gather(config.own_sources)[0]


def faults(config: Config) -> dict[str, SourceError]:
    """Return what is wrong with the files of sources, by name; the others are read."""
    from spiders import registry

    return registry.gather(config.own_sources)[1]


def chosen(config: Config, names: Iterable[str] = ()) -> list[Source]:
    """Return the named sources, else those that the settings ask for: `sources`, or what is enabled and near; not `off`."""
    from spiders import registry

    names = tuple(names)
    known, wrong = registry.gather(config.own_sources)
    broken = wrong.keys() - known.keys()
    if asked := [wrong[name] for name in names if name in broken]:
        raise asked[0]
    found = registry.choose(known, names or [name for name in config.sources if name not in broken])
    if not names:
        found = [
            s for s in found if s.name not in config.off and not yields(s) and (config.sources or is_near(s, config))
        ]
    return [source for source in found if not lacking(source)]


def is_near(source: Source, config: Config) -> bool:
    """Whether a source may concern the centres: it is the whole country's, their 시·도's, or of a region of theirs.

    Without a centre, or with one that names no regions, every source is near.
    """
    codes = [code for centre in config.centres for code in centre.regions or ("",)]
    if not codes or source.region is None or "" in codes:
        return True
    region = source.region.ljust(5, "0")
    if region.endswith("000"):
        return any(code[:2] == region[:2] for code in codes)
    return any(region.startswith(_below(code)) for code in codes)


def _below(code: str) -> str:
    """What the codes of a region and of all below it begin with: a 시·도, a city with its 구, a 시·군·구."""
    code = code.ljust(5, "0")
    return code[:2] if code.endswith("000") else code[:4] if code.endswith("0") else code


def lacking(source: Source) -> str:
    """The variable of the environment that a source's key is missing from, else ""."""
    from spiders.keys import lacks

    return lacks(source, os.environ)


def yields(source: Source) -> bool:
    """Whether a source leaves the work to the documented API of the same, for which there is a key."""
    return bool(source.unless_env and os.environ.get(source.unless_env, "").strip())


def why_off(source: Source, config: Config) -> str:
    """Why a source is not read, in a few words; "" where it is."""
    if source.closed:
        return "닫힘"
    asked = source.name in config.sources if config.sources else source.enabled
    if not asked or source.name in config.off:
        return "꺼짐"
    if lacking(source):
        return "꺼짐, 열쇠 없음"
    if not config.sources and not is_near(source, config):
        return "먼 지역"
    return "꺼짐, API로 읽음" if yields(source) else ""


def desk(config: Config, name: str | None = None) -> Desk:
    """Return the named centre's desk; without a name the only one, and without any centre one for the whole country."""
    from desk.centre import Blog, Desk

    if not config.desks and name in (None, HOME):
        paste = Blog("paste", "paste", folder=config.home / "out" / "blog")
        return Desk(HOME, config.title, blogs=(paste,), feedback_url=config.feedback_url)
    if name is None and len(config.desks) == 1:
        return config.desks[0]
    found = next((desk for desk in config.desks if desk.name == name), None)
    if found is None:
        names = ", ".join(desk.name for desk in config.desks) or HOME
        asked = f"{name}: 그런 센터가 없습니다." if name else "센터가 여럿입니다."
        raise WrongUse(f"{asked} --centre로 {names} 가운데서 고르십시오.")
    return found
