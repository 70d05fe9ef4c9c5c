"""Tell from the posting days of a list when it has been still for longer than it ever was: an old copy, a board left behind."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from itertools import pairwise

from notices.korean import one_line
from notices.workdays import business_days
from spiders.reasons import Reason

DAYS = 8
"""Posting days from which a rhythm can be told."""

LEAST, LONGEST, MEAN = 5, 2.5, 8.0
"""Business days of stillness that are never odd; how many times the longest pause, and how many times the mean one."""

MOST = 65
"""Business days (a quarter) after which a list that has posted regularly is odd however long its pauses were."""


def stillness(posted: Iterable[date], today: date) -> tuple[int, int] | None:
    """Return for how many business days nothing was posted and how many would be the most, where that is exceeded.

    Weekends and Korea's public holidays do not count, nor does today, on which something may still be posted.
    """
    days = sorted({day for day in posted if day <= today})
    if len(days) < DAYS or (today - days[-1]).days <= LEAST:
        return None
    pauses = [business_days(a, b) + 1 for a, b in pairwise(days)]
    most = max(LEAST, LONGEST * max(pauses), MEAN * sum(pauses) / len(pauses))
    if max(pauses) < MOST / 3:
        most = min(most, MOST)
    still = business_days(days[-1], today)
    return (still, int(most)) if still > most else None


def quiet(posted: Iterable[date], today: date) -> Reason | None:
    """The reason for a list that reads well and has nothing new for too long."""
    posted = list(posted)
    if (found := stillness(posted, today)) is None:
        return None
    newest = max(day for day in posted if day <= today)
    return Reason(
        "quiet",
        one_line(
            f"목록은 읽히지만 {newest.month}월 {newest.day}일 뒤로 새 글이 없습니다(근무일 {found[0]}일째, 이 목록에서는 {found[1]}일을"
            " 넘은 적이 없습니다). 게시판이 옮겨졌는지 보십시오."
        ),
    )
