"""How often each host was asked today, and how often it may be."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date

from notices.store import Store
from notices.store.views import RunView
from spiders.budget import SPENT, budgets
from spiders.registry import BUDGET, Source

NEAR = 0.8
"""The share of a budget from which a person should know."""


@dataclass(frozen=True, slots=True)
class Asked:
    """The requests to one host on one day; `cut` says that something was not asked for want of budget."""

    host: str
    count: int
    budget: int
    cut: bool = False

    @property
    def near(self) -> bool:
        """Whether a person should know of it."""
        return self.cut or self.count >= NEAR * self.budget

    def data(self) -> dict[str, object]:
        """Return it for --json."""
        return {
            "host": self.host, "asked": self.count, "budget": self.budget,
            "share": round(self.count / self.budget, 3), "cut": self.cut,
        }  # fmt: skip


def asked(store: Store, sources: Mapping[str, Source], runs: Iterable[RunView], day: date) -> list[Asked]:
    """Return the hosts that were asked on a day, those nearest to their budget first; `runs` are those of the day."""
    most = budgets(sources.values())
    cut = budgets(sources[run.source] for run in runs if run.reason == SPENT and run.source in sources)
    found = [Asked(host, count, most.get(host, BUDGET), host in cut) for host, count in store.quota.hosts(day).items()]
    return sorted(found, key=lambda one: (not one.cut, -one.count / one.budget, one.host))


def lines(of: list[Asked], looked_at: int) -> Iterator[str]:
    """Say it for a person: the sum, and each host that is near its budget or was cut by it."""
    if of:
        yield f"오늘 사이트 {len(of):,}곳에 {sum(one.count for one in of):,}번 물었습니다. 다시 보는 글은 {looked_at:,}건입니다."
    for one in of:
        if one.near:
            cut = " 남은 것은 다음에 먼저 봅니다." if one.cut else ""
            yield f"  {one.host}: 하루 {one.budget:,}번 가운데 {one.count:,}번({one.count / one.budget:.0%}).{cut}"
