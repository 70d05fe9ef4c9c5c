"""Whether an installation hears anything at all, and which of its sources cannot be read from this machine."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from jiballim import compose, vetted
from jiballim.config import Config
from notices.store import Store
from notices.store.views import STALE

SHOWN = 8
"""How many sources that cannot be read are named; the rest is counted."""

NOTHING_YET = "아직 아무 출처도 읽지 않았습니다. jiballim run을 하십시오."
DEAF = "읽히는 출처가 하나도 없습니다. 인터넷 연결을 살펴보고 jiballim sources check --all로 까닭을 보십시오."


@dataclass(frozen=True, slots=True)
class Hearing:
    """The titles of sources that were looked at here and cannot be read; and why nothing at all is heard, else ""."""

    unread: tuple[str, ...] = ()
    deaf: str = ""

    @property
    def line(self) -> str:
        """Name the sources that cannot be read, "" where there are none."""
        if not self.unread:
            return ""
        rest = f" 그 밖에 {len(self.unread) - SHOWN:,}곳" if len(self.unread) > SHOWN else ""
        named = ", ".join(self.unread[:SHOWN])
        return f"이 컴퓨터에서 읽히지 않아 듣지 못하는 곳 {len(self.unread):,}곳: {named}{rest} (자세히: jiballim sources list)"


def hearing(config: Config, store: Store, now: datetime) -> Hearing:
    """Tell what is not heard of what the settings want heard; an installation that wants nothing heard is not deaf."""
    chosen = compose.chosen(config)
    checks, believed = store.checks.all(), store.runs.believed()
    unread = () if config.sources else [s for s in chosen if s.name in checks and not vetted.fit(s, checks, believed)]
    last = max((run.started for run in store.runs.last_of_each()), default=None)
    deaf = ""
    if chosen and last is None:
        deaf = DEAF if len(unread) == len(chosen) else NOTHING_YET
    elif chosen and last is not None and now - last > STALE:
        deaf = f"{(now - last).days}일 동안 아무 출처도 읽지 않았습니다. 집알림이 돌고 있는지 보십시오."
    return Hearing(tuple(source.title for source in unread), deaf)
