"""Who gets what, when and how: centres and their routes, as the configuration settles them."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import date, datetime, time
from functools import cache, partial

from notices.model import Region
from notices.store.views import Announcement, Event, Selection
from notices.vocabulary import AUDIENCES, SECTIONS, SUPPLY
from notify.workdays import SEOUL, is_business_day, seoul

DAYS = ("business", "daily")
EMPTY = ("skip", "say")
URGENT = ("new", "correction", "deadline")
EVERYWHERE = ("", "00", "00000")
"""Codes of a region that is the whole country."""

_NAME = re.compile(r"[a-z0-9][a-z0-9-]{0,39}")
_ENV = re.compile(r"[A-Z_][A-Z0-9_]*")
_TIME = re.compile(r"([01]\d|2[0-3]):[0-5]\d")
_REGION = re.compile(r"\d{2}|\d{5}")


@dataclass(frozen=True, slots=True)
class Route:
    """One way to some people: what they want to hear, when, and which environment variables hold their addresses.

    Empty `regions` means those of the centre; empty `sections`, `supply`, `audience` and `words` mean all; of `words`
    one must stand in the title. Each variable of `urls_env` holds Apprise addresses, separated by blanks or lines.
    `confirms` says that the receivers drop what they already have by its X-Jiballim-Id, so that a message may be
    repeated when it is not known whether it arrived. `urgent` names what is told at once: "new" (a new 모집 of the own
    regions), "correction" (of something the centre has posted), "deadline" (the day before 접수마감).
    """

    name: str
    title: str = ""
    regions: tuple[str, ...] = ()
    sections: tuple[str, ...] = ()
    supply: tuple[str, ...] = ()
    audience: tuple[str, ...] = ()
    words: tuple[str, ...] = ()
    urls_env: tuple[str, ...] = ()
    time: str = "08:30"
    days: str = "business"
    empty: str = "skip"
    urgent: tuple[str, ...] = ()
    confirms: bool = False

    def check(self) -> tuple[str, ...]:
        """Return what is wrong, each as one Korean sentence that names the key and the remedy."""
        where = f"경로 {self.name!r}의"
        return (
            *_name(where, self.name),
            *(f"{where} regions: {r!r}은(는) 지역 코드가 아닙니다. 41(시·도)이나 41480(시·군·구)처럼 적으십시오."
              for r in self.regions if not _REGION.fullmatch(r)),
            *_among(where, "sections", self.sections, SECTIONS),
            *_among(where, "supply", self.supply, SUPPLY),
            *_among(where, "audience", self.audience, AUDIENCES),
            *_among(where, "days", (self.days,), DAYS),
            *_among(where, "empty", (self.empty,), EMPTY),
            *_among(where, "urgent", self.urgent, URGENT),
            *([] if _TIME.fullmatch(self.time) else
              [f"{where} time: {self.time!r}은(는) 시각이 아닙니다. 08:30처럼 적으십시오."]),
            *_env(where, self.urls_env),
        )  # fmt: skip


@dataclass(frozen=True, slots=True)
class Centre:
    """A housing-welfare centre: its regions, its page for residents and who is told what."""

    name: str
    title: str = ""
    regions: tuple[str, ...] = ()
    routes: tuple[Route, ...] = ()
    page: str | None = None  # the address of its own page, for "외 4,980건"
    feedback_url: str | None = None

    def check(self) -> tuple[str, ...]:
        """Return what is wrong with the centre and its routes, each as one Korean sentence."""
        where = f"센터 {self.name!r}의"
        return (
            *_name(where, self.name),
            *(f"{where} regions: {r!r}은(는) 지역 코드가 아닙니다. 41(시·도)이나 41480(시·군·구)처럼 적으십시오."
              for r in self.regions if not _REGION.fullmatch(r)),
            *(f"{where} {key}: http:// 또는 https://로 시작하는 주소여야 하는데 {url!r}입니다."
              for key, url in (("page", self.page), ("feedback_url", self.feedback_url))
              if url and not re.match(r"https?://[^/\s]", url)),
            *_twice(where + " routes", "경로", (r.name for r in self.routes)),
            *(sentence for route in self.routes for sentence in route.check()),
        )  # fmt: skip


Reposted = Callable[[Centre, Announcement], bool]
"""Whether an announcement stands on a centre's blog and was corrected since."""


def nothing_reposted(centre: Centre, announcement: Announcement) -> bool:
    """Answer that the centre has posted nothing."""
    return False


def check(centres: Iterable[Centre]) -> tuple[str, ...]:
    """Return what is wrong with all centres together: their own faults and names that stand twice."""
    centres = tuple(centres)
    return (
        *_twice("centres", "센터", (c.name for c in centres)),
        *(sentence for centre in centres for sentence in centre.check()),
    )


def _name(where: str, name: str) -> list[str]:
    if _NAME.fullmatch(name):
        return []
    return [f"{where} name: 영문 소문자, 숫자, 붙임표 40자까지여야 하는데 {name!r}입니다. paju-staff처럼 적으십시오."]


def _among(where: str, key: str, values: Iterable[str], allowed: tuple[str, ...]) -> list[str]:
    return [
        f"{where} {key}: {value!r}은(는) 없는 값입니다. {', '.join(allowed)} 가운데서 고르십시오."
        for value in values
        if value not in allowed
    ]


def _env(where: str, names: tuple[str, ...]) -> list[str]:
    if not names:
        return [
            f"{where} urls_env: 받는 곳의 주소를 담은 환경변수 이름이 있어야 합니다. JIBALLIM_URLS_PAJU처럼 적으십시오."
        ]
    return [
        f"{where} urls_env: 주소가 아니라 환경변수 이름(영문 대문자, 숫자, _)을 적어야 합니다. "
        "주소는 그 환경변수에 두십시오."
        for name in names
        if not _ENV.fullmatch(name)
    ]


def _twice(where: str, what: str, names: Iterable[str]) -> list[str]:
    return [
        f"{where}: {what} {name!r}이(가) {count}번 적혀 있습니다. 이름을 서로 다르게 고치십시오."
        for name, count in Counter(names).items()
        if count > 1
    ]


def regions(centre: Centre, route: Route) -> tuple[str, ...]:
    """Return the regions a route listens to as prefixes of codes ("41", "4148"); empty for all."""
    return tuple(dict.fromkeys(map(_prefix, route.regions or centre.regions)))


def _prefix(code: str) -> str:
    """A 시·도 begins the codes of all in it, a city (41110) those of its 구 (41111, 41113)."""
    if code.endswith("000"):
        return code[:2]
    return code[:4] if len(code) == 5 and code.endswith("0") else code


def selection(centre: Centre, route: Route, since: datetime | None = None, until: datetime | None = None) -> Selection:
    """Return what a route asks the store for; `wants` narrows it by words."""
    return Selection(
        regions=regions(centre, route), supply=route.supply, audience=route.audience, sections=route.sections,
        since=since, until=until,
    )  # fmt: skip


def taste(centre: Centre, route: Route) -> Callable[[Announcement], bool]:
    """Return what tells whether a route is told of an announcement: one without regions, or of the whole 시·도, is."""
    codes, supply, audience = regions(centre, route), set(route.supply), set(route.audience)
    inside = cache(partial(_inside, codes))

    def wanted(announcement: Announcement) -> bool:
        return (
            inside(announcement.regions)
            and (not route.sections or announcement.section in route.sections)
            and (not supply or not supply.isdisjoint(announcement.supply))
            and (not audience or not audience.isdisjoint(announcement.audience))
            and (not route.words or any(word in announcement.title for word in route.words))
        )

    return wanted


def wants(centre: Centre, route: Route, announcement: Announcement) -> bool:
    """Whether a route is told of one announcement."""
    return taste(centre, route)(announcement)


def _inside(codes: tuple[str, ...], said: tuple[Region, ...]) -> bool:
    if not codes or not said or any(region.code in EVERYWHERE for region in said):
        return True
    return any(
        region.code.startswith(code) or (region.code.endswith("000") and region.code[:2] == code[:2])
        for region in said
        for code in codes
    )


def wanted(centre: Centre, route: Route, events: Iterable[Event]) -> tuple[Event, ...]:
    """Return the events a route is told of, in their order."""
    wants_it = taste(centre, route)
    return tuple(event for event in events if wants_it(event.announcement))


def due_at(route: Route, day: date) -> datetime | None:
    """Return when a route's digest of a day is due, or None on a day without one."""
    if route.days == "business" and not is_business_day(day):
        return None
    return datetime.combine(day, time.fromisoformat(route.time), SEOUL)


def is_due(route: Route, now: datetime, last: date | None) -> bool:
    """Whether today's digest is to be made now; `last` is the day of the route's last one.

    After days of sleep there is one digest, not one for each day missed; a last day in the future, from a clock that was
    wrong, silences nobody.
    """
    here = seoul(now)
    at = due_at(route, here.date())
    return at is not None and here >= at and last != here.date()
