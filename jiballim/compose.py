"""Put the rooms together: the store, the sources and the clock of one installation."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime
from typing import TYPE_CHECKING
from zoneinfo import ZoneInfo

from jiballim.config import Config

if TYPE_CHECKING:
    from notices.store import Store
    from spiders.registry import Source

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
    """Load every source, the built-in ones and the operator's own."""
    from spiders import registry

    return registry.load(config.own_sources)


def chosen(config: Config, names: Iterable[str] = ()) -> list[Source]:
    """Return the named sources, else those that the settings ask for: `sources`, or every enabled one, without `off`."""
    from spiders import registry

    names = tuple(names)
    found = registry.choose(sources(config), names or config.sources)
    return found if names else [source for source in found if source.name not in config.off]
