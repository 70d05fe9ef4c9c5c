"""Say where an announcement stands on a day: open until when, not yet open, always open, closed."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta

from feeds.site import english
from feeds.site.card import Card, day
from feeds.site.words import TERMS
from notices import wording

SOON = 7
WEEKDAYS = "월화수목금토일"
_OVER = ("접수마감", "마감", "종료", "접수종료", "모집완료")
_ASKING = ("모집", "지원사업")
FRESH = timedelta(days=2)
"""So long a notice counts as new, a correction too."""


@dataclass(frozen=True, slots=True)
class State:
    """`kind` is today, soon, open, before, always, unknown, news, closed or cancelled; the words in Korean and English."""

    kind: str
    ko: str
    en: str

    def words(self, language: str) -> str:
        """The words in a language."""
        return self.en if language == "en" else self.ko


def state(card: Card, on: date) -> State:
    """Return where an announcement stands on a KST day."""
    if card.cancelled:
        return State("cancelled", "취소", "Cancelled")
    opens, closes = day(card.opens), day(card.closes)
    if closes and closes < on:
        return State("closed", f"마감 ({short(closes, on)})", f"Closed ({english.day(closes, closes.year != on.year)})")
    if opens and opens > on:
        return State(
            "before", f"접수 전 ({spoken(opens, on)}부터)", f"Opens {english.day(opens, opens.year != on.year)}"
        )
    if wording.always_open(card.opens or None, card.closes or None, day(card.posted)):
        return State("always", "상시 모집", "Always open")
    if closes is None:
        if card.status.replace(" ", "") in _OVER:
            return State("closed", "마감", "Closed")
        if card.kind not in _ASKING:
            return State("news", card.kind or "소식", TERMS.get(card.kind, "news").capitalize())
        return State("unknown", "마감일 원문 확인", "Closing date: see original")
    return _counted(card.closes, closes, (closes - on).days, on)


def _counted(iso: str, closes: date, left: int, on: date) -> State:
    at = wording.moment(iso)
    clock = at[1] if at else None
    said = "" if clock is None else f" {clock.hour}시" + (f" {clock.minute}분" if clock.minute else "")
    if "T24:00" in iso:
        said = " 24시"
    if left == 0:
        return State("today", f"오늘{said} 마감", f"Closes today{english.clock(clock)}")
    when, told = f"({spoken(closes, on)} {WEEKDAYS[closes.weekday()]})", english.day(closes, closes.year != on.year)
    if left == 1:
        return State("soon", f"내일{said} 마감 {when}", f"Closes tomorrow{english.clock(clock)} ({told})")
    return State("soon" if left <= SOON else "open", f"{left:,}일 남음 {when}", f"{left:,} days left ({told})")


def spoken(on: date, today: date) -> str:
    """Return "11월 25일", with the year where it is another."""
    return (f"{on.year}년 " if on.year != today.year else "") + f"{on.month}월 {on.day}일"


def short(on: date, today: date) -> str:
    """Return "11.25", with the year where it is another."""
    return (f"{on.year}." if on.year != today.year else "") + f"{on.month}.{on.day}"


def fresh(card: Card, on: date) -> bool:
    """Whether an announcement is new: heard of within two days, and no old post that was only now heard of."""
    seen, posted = day(card.first_seen), day(card.posted)
    return seen is not None and timedelta() <= on - seen <= FRESH and (posted is None or on - posted <= 5 * FRESH)


def revised(card: Card, on: date) -> bool:
    """Whether a correction is new."""
    at = day(card.corrected)
    return at is not None and timedelta() <= on - at <= FRESH
