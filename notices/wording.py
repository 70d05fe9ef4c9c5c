"""Say facts in the words people use: dates, times, sums of money, what a correction changed."""

from __future__ import annotations

from datetime import date, datetime, time, timedelta

from notices.model import Change, Value
from notices.vocabulary import FIELDS

ASK = "원문 확인"
"""What stands where a fact was not read."""

DATES = frozenset({
    "opens", "closes", "papers_from", "papers_to", "announces", "contract_from", "contract_to", "move_in", "first_posted",
})  # fmt: skip
ALWAYS_OPEN = timedelta(days=365)
"""A deadline further off than this is 상시모집: nobody counts down a thousand days."""

OURS = "(우리 센터)"
"""What marks a centre's own news."""

_MONEY = frozenset({"deposit", "rent"})
_WEEKDAYS = "월화수목금토일"


def moment(value: Value | None) -> tuple[date, time | None] | None:
    """Return day and time of an ISO fact ("2026-09-09", "2026-09-09T17:00"); None for anything else, 24:00 kept as 23:59."""
    if not isinstance(value, str):
        return None
    text = value.strip().replace("T24:00", "T23:59")
    try:
        return (date.fromisoformat(text), None) if len(text) == 10 else _split(datetime.fromisoformat(text))
    except ValueError:
        return None


def _split(at: datetime) -> tuple[date, time | None]:
    return at.date(), time(at.hour, at.minute)


def long_date(value: Value | None) -> str | None:
    """Return "2026년 9월 9일(수) 17시"; a month alone or words stay as they are."""
    at = moment(value)
    if at is None:
        return None if value is None else str(value)
    day, clock = at
    return f"{day.year}년 {day.month}월 {day.day}일({_WEEKDAYS[day.weekday()]}){_clock(clock, value)}"


def _clock(clock: time | None, value: Value | None) -> str:
    if clock is None:
        return ""
    if isinstance(value, str) and "T24:00" in value:
        return " 24시"
    return f" {clock.hour}시 {clock.minute}분" if clock.minute else f" {clock.hour}시"


def always_open(opens: Value | None, closes: Value | None, posted: date | None) -> bool:
    """Tell whether a deadline lies more than a year after the opening, or after the post where none is known."""
    start, end = moment(opens), moment(closes)
    first = start[0] if start else posted
    return end is not None and first is not None and end[0] - first > ALWAYS_OPEN


def won(amount: int) -> str:
    """Return a sum of won as it is spoken: 10800000 -> "1,080만 원", 54000 -> "5만 4천 원", 0 -> "없음"."""
    if amount <= 0:
        return "없음"
    parts = []
    for size, name in ((100_000_000, "억"), (10_000, "만")):
        if amount >= size:
            parts.append(f"{amount // size:,}{name}")
            amount %= size
    if amount and amount % 1000 == 0:
        parts.append(f"{amount // 1000}천")
    elif amount:
        parts.append(f"{amount:,}")
    return " ".join(parts) + " 원"


def say(field: str, value: Value | None) -> str:
    """Return a fact's value in words; what was not read is "원문 확인"."""
    if value is None or value == "":
        return ASK
    if field in DATES:
        return long_date(value) or ASK
    if field in _MONEY and isinstance(value, int):
        return won(value)
    if field == "homes" and isinstance(value, int):
        return f"{value:,}호"
    return str(value)


def change(changed: Change) -> str:
    """Return one line on what changed: "접수마감 9.12 → 9.19"; years are named where they differ."""
    label = FIELDS.get(
        changed.field, {"title": "제목", "body": "본문", "attachments": "첨부"}.get(changed.field, changed.field)
    )
    if changed.field == "body":
        return f"{label}이 바뀜"
    old, new = _short(changed.field, changed.old, changed.new), _short(changed.field, changed.new, changed.old)
    if old is None:
        return f"{label} {new or ASK} (새로 적힘)"
    return f"{label} {old} → {new}" if new is not None else f"{label} {old} (지워짐)"


def changes(changed: tuple[Change, ...]) -> str:
    """Return what changed on one line; where it could not be read, the source is named instead."""
    return " · ".join(change(c) for c in changed) or f"바뀐 내용은 {ASK}"


def _short(field: str, value: Value | None, other: Value | None) -> str | None:
    at = moment(value) if field in DATES else None
    if at is None:
        return None if value is None or value == "" else say(field, value)
    day, clock = at
    beside = moment(other)
    year = f"{day.year}." if beside is not None and beside[0].year != day.year else ""
    return f"{year}{day.month}.{day.day}{_clock(clock, value)}"
