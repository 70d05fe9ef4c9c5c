"""Judge two notices: exact numbers first, then titles, then what must never differ, then dates.

A false merge hides a home from somebody: what is not shown to be one stays apart, as "maybe".
"""

from __future__ import annotations

from datetime import date, timedelta

from notices.matching import follow
from notices.matching.compare import (
    PORTALS,
    Look,
    clash,
    corporation,
    look,
    names_meet,
    offices_clash,
    one_source,
    publishers_clash,
    regions_clash,
    specific,
    supply_clash,
)
from notices.matching.side import Judgement, Side
from notices.model import Relation

EXACT = ("공고번호가 같음", "정정한 공고번호를 밝힘", "같은 공고번호를 정정함")  # reasons that need no title
_WINDOW = timedelta(days=21)  # a correction without any other date follows its original within three weeks,
_LONG = timedelta(days=60)  # or, where the next round cannot be near, within two months
_WEEK = timedelta(days=7)
_PASSED = timedelta(days=10)  # a call is open, or still to open, for that long
_DAY = timedelta(days=1)


def judge(a: Side, b: Side) -> Judgement:
    """Return how two notices stand to each other; the order of the two does not matter."""
    x, y = sorted((look(a), look(b)), key=_order)
    if x.numbers & y.numbers:
        return Judgement(Relation.SAME, EXACT[0], True)
    if (a.corrects and a.corrects in look(b).numbers) or (b.corrects and b.corrects in look(a).numbers):
        return Judgement(Relation.REVISION, EXACT[1], True)
    if a.corrects and a.corrects == b.corrects:
        return Judgement(Relation.REVISION, EXACT[2], True)
    if publishers_clash(x, y):
        return _different("공급기관이 다름")
    if offices_clash(x, y):
        return _different("다른 지자체의 공고")
    if x.stage and y.stage:
        return follow.siblings(x, y)
    if x.stage or y.stage:
        return follow.follows(x, y) if x.stage else follow.follows(y, x)
    return _calls(x, y)


def _order(x: Look) -> tuple[str, ...]:
    side = x.side
    return (str(x.since or ""), side.title, side.source, side.key, str(side.closes or ""), str(side.status or ""))


def _different(reason: str, certain: bool = True) -> Judgement:
    return Judgement(Relation.DIFFERENT, reason, certain)


def _calls(x: Look, y: Look) -> Judgement:
    """Judge two calls for applications, the earlier first."""
    alike = x.title.loose == y.title.loose
    adds = False
    if not alike:
        reason = clash(x, y)
        adds = reason is not None and _only_adds(x, y)
        if reason and not adds:
            return _different(reason)
        if not names_meet(x, y):
            return _different("단지나 지역 이름이 다름")
    if regions_clash(x, y):
        return _different("지역이 다름")
    if supply_clash(x, y):
        return _different("공급유형이 다름")
    first = _first_days(x, y)
    if first is False and not (alike and _passed_on(x, y)):
        return _different("공고일이 다른 회차")
    if not alike and not _vouched(x, y, first is True):
        return _different("제목이 조금 다르고 같은 공고라는 다른 근거가 없음", certain=False)
    if adds and not first and not _adds_soon(x, y):
        return _different("정정이라기에는 제목에 더해진 것이 있음", certain=False)
    return _by_dates(x, y, first is True, alike)


def _only_adds(x: Look, y: Look) -> bool:
    """Whether one is a correction that only adds blocks, rounds or years to the other's title."""
    if x.corrected == y.corrected or x.title.name != y.title.name:
        return False
    old, new = (x, y) if y.corrected else (y, x)
    same = old.title.supply in (frozenset(), new.title.supply) and old.title.groups == new.title.groups
    pairs = [(old.title.blocks, new.title.blocks), (old.title.modes, new.title.modes)]
    pairs += [(old.title.hard[kind], new.title.hard[kind]) for kind in old.title.hard]
    return same and all(not a or a <= b for a, b in pairs)


def _adds_soon(x: Look, y: Look) -> bool:
    """Whether a correction of the same week adds to a title that the source calls corrected, or names its type only."""
    old, new = (x, y) if y.corrected else (y, x)
    if not (old.posted and new.posted) or not timedelta() <= new.posted - old.posted <= _WEEK:
        return False
    typed = not old.title.supply and old.title.blocks == new.title.blocks and old.title.hard == new.title.hard
    return typed or old.replaced


def _first_days(x: Look, y: Look) -> bool | None:
    """Whether the days of the first announcement are equal; None where one is not known."""
    if x.first is None or y.first is None:
        return None
    if x.first_sure and y.first_sure:
        return x.first == y.first
    gap = abs(x.first - y.first)
    if (x if x.first <= y.first else y).replaced and gap <= _WEEK and one_source(x, y):
        return None if gap else True  # the later, though unmarked, may be the correction
    return gap <= _DAY


def _vouched(x: Look, y: Look, first: bool) -> bool:
    """Whether something beside unlike titles says that two calls are one.

    Where the names are but a 시·군·구, a neighbour of the same day and type reads alike: only the source's own word that
    the earlier was corrected, and the same period, say that they are one.
    """
    a, b = x.side, y.side
    closes = None if a.closes is None or b.closes is None else a.closes == b.closes
    old, new = (y, x) if x.corrected and not y.corrected else (x, y)
    if not specific(x):
        return closes is True and old.replaced and new.corrected
    if closes is False and not (first and new.corrected):
        return False
    if not one_source(x, y) and not new.corrected:
        return (
            closes is True
            or (first and x.title.soft == y.title.soft)
            or bool(x.title.blocks and None in (x.first, y.first))
        )
    if not one_source(x, y) and x.title.blocks and None in (x.posted, y.posted):
        return True
    standing = {"선착순", "상시"} & (old.title.soft | old.title.modes)
    if new.corrected and x.title.soft == y.title.soft and _near(x, y):
        return True
    return first or closes is True or old.replaced or bool(standing and _near(x, y))


def _within(x: Look, y: Look) -> bool:
    """Whether the later call was posted while the earlier still took applications."""
    earlier, later = (x, y) if (x.posted or date.min) <= (y.posted or date.min) else (y, x)
    return bool(earlier.side.closes and later.posted and later.posted <= earlier.side.closes)


def _by_dates(x: Look, y: Look, first: bool, alike: bool) -> Judgement:
    if one_source(x, y):
        return _one_source(x, y, first)
    if x.corrected == y.corrected:
        return _two_sources(x, y, first, alike)
    old, new = (x, y) if y.corrected else (y, x)
    return _corrects(old, new, first)


def _one_source(x: Look, y: Look, first: bool) -> Judgement:
    if x.corrected != y.corrected:
        old, new = (x, y) if y.corrected else (y, x)
        return _corrects(old, new, first)
    if x.corrected:
        return _both_correct(x, y, first)
    if x.title.row != y.title.row and x.posted == y.posted and x.posted and x.title.loose == y.title.loose:
        return Judgement(Relation.SAME, "같은 출처의 목록 줄과 글", True)
    if (x.replaced or y.replaced) and _near(x, y):
        return Judgement(Relation.REVISION, "앞 공고가 정정공고중이고 제목이 같음", True)
    if x.posted == y.posted and x.side.closes and x.side.closes == y.side.closes and x.title.bare == y.title.bare:
        return _different("제목과 날짜가 같으나 번호가 다르고 정정 표시가 없음", certain=False)
    return _different("제목이 같은 다른 회차", certain=not _within(x, y))


def _both_correct(x: Look, y: Look, first: bool) -> Judgement:
    if first or _near(x, y):
        return Judgement(Relation.REVISION, "같은 공고의 거듭된 정정", True)
    return _different("둘 다 정정이나 접수기간이 다른 회차", certain=not (x.posted and y.posted))


def _two_sources(x: Look, y: Look, first: bool, alike: bool) -> Judgement:
    """Judge calls of two sources of which both or none are corrections."""
    if x.corrected:
        if not (first or _near(x, y)) or _before_its_first(x, y) or _before_its_first(y, x):
            return _different("정정한 날이 먼 다른 회차")
        if x.title.bare == y.title.bare:
            return Judgement(Relation.SAME, "두 출처가 실은 같은 정정본", True)
        return Judgement(Relation.REVISION, "같은 공고의 거듭된 정정", True)
    if first or _same_time(x, y) or (alike and _passed_on(x, y)):
        return Judgement(Relation.SAME, "두 출처의 제목과 공고일이 같음", True)
    return _different("제목은 같으나 공고일이 다른 회차", certain=x.posted is not None and y.posted is not None)


def _before_its_first(x: Look, y: Look) -> bool:
    """Whether a correction was posted before the day on which the other source says the call was first announced."""
    return bool(y.posted_first and not x.posted_first and x.posted and y.first and x.posted < y.first)


def _same_time(x: Look, y: Look) -> bool:
    """Whether two uncorrected calls of two sources were made at one time."""
    a, b = x.side, y.side
    if x.posted and y.posted:
        return abs(x.posted - y.posted) <= _DAY
    if a.closes and b.closes:
        return a.closes == b.closes
    posted, closes = x.posted or y.posted, a.closes or b.closes
    if posted and closes:
        return posted <= closes <= posted + (_LONG if x.title.blocks else _WINDOW)
    return False


def _passed_on(x: Look, y: Look) -> bool:
    """Whether an office that builds no housing posted the title of a corporation's call while that was open."""
    earlier, later = (x, y) if (x.posted or date.min) <= (y.posted or date.min) else (y, x)
    if one_source(x, y) or corporation(later.side.org) or not corporation(earlier.side.org):
        return False
    if later.family in PORTALS or later.first_sure or later.corrected:
        return False
    if not (earlier.posted and later.posted):
        return False
    soon = later.posted - earlier.posted <= _PASSED
    return _within(x, y) or (earlier.side.closes is None and soon and specific(x))


def _near(x: Look, y: Look) -> bool:
    """Whether the later of two of one title still belongs to the earlier by its period or, unknown, by the days."""
    if x.posted is None or y.posted is None:
        return _same_time(x, y)
    earlier, later = (x, y) if x.posted <= y.posted else (y, x)
    assert earlier.posted and later.posted
    if earlier.side.closes:
        return later.posted <= earlier.side.closes
    again = later.title.marks > earlier.title.marks > 0  # marked twice: the correction of a correction
    if _all_year(earlier, later):
        return later.posted.year == earlier.posted.year
    return later.posted - earlier.posted <= (_LONG if again or _lasting(earlier, later) else _WINDOW)


def _all_year(earlier: Look, later: Look) -> bool:
    """Whether a call names the year through which it is open: 전세임대 at any time (수시)."""
    a, b = earlier.title, later.title
    years = a.hard["연도"]
    return bool(years) and years == b.hard["연도"] and "전세임대" in a.supply and "상시" in a.modes & b.modes


def _lasting(earlier: Look, later: Look) -> bool:
    """Whether a call stays open for long, or is made but once, so that a late correction is still its own."""
    title = earlier.title
    if title.numbered and title.numbered == later.title.numbered:
        return True
    if earlier.corrected:
        return False
    left_over = {"잔여", "추가", "무순위", "임의", "예비", "재공급"} & (title.modes | title.soft)
    once = bool({"분양", "신혼희망타운"} & title.supply and title.blocks and not left_over) or "최초" in title.modes
    return once or bool({"선착순", "상시"} & (title.modes | title.soft))


def _corrects(old: Look, new: Look, first: bool) -> Judgement:
    """Judge a call and a correction with the same title."""
    if new.posted and old.posted and new.posted < old.posted and not new.posted_first:
        return _different("정정이 앞서 실린 다른 회차")
    if first:
        return Judgement(Relation.REVISION, "정정공고: 제목과 최초 공고일이 같음", True)
    if new.posted_first and old.posted and new.posted and old.posted != new.posted:
        return _different("최초 공고일이 다른 회차")
    if _near(old, new):
        return Judgement(Relation.REVISION, "정정공고: 제목이 같고 접수기간 안에 실림", True)
    if new.side.closes and new.side.closes == old.side.closes:
        return Judgement(Relation.REVISION, "정정공고: 제목과 접수마감이 같음", True)
    return _different("정정이라기에는 날짜가 먼 다른 회차", certain=old.side.closes is not None)
