"""Judge follow-ups: to the call they belong to, and two follow-ups of one call to each other."""

from __future__ import annotations

from datetime import timedelta

from notices.matching.compare import Look, one_source, wide
from notices.matching.side import Judgement
from notices.model import Relation

_SOON = {
    "접수현황": 40,
    "입찰결과": 40,
    "게시": 40,
    "서류": 75,
}  # days after the call; later stages may take half a year
_BEFORE_CLOSING = timedelta(days=14)
_AFTER_CLOSING = timedelta(days=21)
_LATE = 183
_AGAIN = timedelta(days=7)
_SIBLINGS = timedelta(days=31)
_YEAR = timedelta(days=365)
_MONTH = timedelta(days=31)
_DAY = timedelta(days=1)
_LEFT_OVER = {"잔여", "추가", "무순위", "선착순", "임의", "재공급"}


def follows(f: Look, call: Look) -> Judgement:
    """Judge a follow-up and a call."""
    reason = _unlike(f, call)
    if reason:
        return _different(reason)
    if f.posted and call.posted and f.posted < call.posted - _DAY and not call.corrected:
        return _different("모집공고보다 앞선 글")
    dated = _dated(f, call)
    if dated is False:
        return _different("다른 공고일의 모집에 딸린 글")
    fit = coverage(f, call)
    if fit is None and dated and not call.title.name and f.title.supply and f.title.supply == call.title.supply:
        fit = "all"  # a call for the whole country, and its step at one place
    if fit is None:
        return _different("단지나 지역 이름이 다름")
    if fit == "weak" and f.title.blocks and not call.title.blocks:
        return _different("지역만 같음", certain=False)
    if not dated:
        doubt = _undated(f, call, fit)
        if doubt:
            return _different(doubt, certain=False)
    sure = dated is True and fit == "all"
    why = "모집공고일과 단지·지역이 같음" if dated else "단지·지역이 같고 모집공고에 이어짐"
    return Judgement(Relation.FOLLOW_UP, f"후속({f.stage}): {why}", sure or fit == "all")


def siblings(x: Look, y: Look) -> Judgement:
    """Judge two follow-ups."""
    a, b = x.title, y.title
    if a.stem == b.stem and a.dates == b.dates and not one_source(x, y) and _close(x, y, _DAY):
        return Judgement(Relation.SAME, "두 출처의 제목과 게시일이 같음", True)
    reason = _unlike(x, y)
    if reason:
        return _different(reason)
    if x.first_sure and y.first_sure and x.first != y.first:
        return _different("다른 공고일의 모집에 딸린 글")
    if x.corrected != y.corrected and _same_telling(x, y) and _close(x, y, _MONTH):
        old, new = (x, y) if y.corrected else (y, x)
        if not (old.posted and new.posted and new.posted < old.posted):
            return Judgement(Relation.REVISION, "같은 글의 수정", True)
    tied = (x.first_sure and y.first_sure) or (a.blocks and a.blocks == b.blocks)
    if a.name != b.name and not (tied and coverage(x, y) == "all"):
        return _different("단지나 지역 이름이 다름")
    if not (x.first_sure and y.first_sure) and bool({"잔여", "추가"} & (a.soft | a.modes)) != bool(
        {"잔여", "추가"} & (b.soft | b.modes)
    ):
        return _different("본모집과 잔여·추가 모집의 후속으로 보임", certain=False)
    return _steps_of_one(x, y)


def _same_telling(x: Look, y: Look) -> bool:
    """Whether two follow-ups tell of the same step of the same call."""
    a, b = x.title, y.title
    if a.dates.events != b.dates.events or a.steps != b.steps or a.hard != b.hard or a.modes != b.modes:
        return False
    if (a.soft ^ b.soft) - {"예비", "완화"}:
        return False
    return a.bare == b.bare or (bool(a.name) and a.name == b.name and a.supply == b.supply and a.telling == b.telling)


def _steps_of_one(x: Look, y: Look) -> Judgement:
    a, b = x.title, y.title
    numbered = bool(a.numbered and a.numbered == b.numbered)
    named = bool(a.name) or numbered
    if x.first_sure and y.first_sure and (named or a.supply):
        return Judgement(Relation.FOLLOW_UP, "같은 모집의 두 후속 글", True)
    if not named:
        return _different("어느 모집의 후속인지 제목에 없음", certain=False)
    told_apart = a.stem != b.stem or a.dates != b.dates
    if _close(x, y, (_YEAR if numbered else _SIBLINGS) if told_apart else _AGAIN):
        return Judgement(Relation.FOLLOW_UP, "같은 모집의 두 후속 글", told_apart)
    if x.first_sure != y.first_sure and _steps_from(*((x, y) if x.first_sure else (y, x))):
        return Judgement(Relation.FOLLOW_UP, "같은 모집의 두 후속 글", False)
    return _different("날짜가 먼 다른 모집의 후속", certain=False)


def _steps_from(dated: Look, other: Look) -> bool:
    """Whether a follow-up without a day comes, for its stage, soon after the call whose day the other says."""
    if dated.first is None or other.posted is None:
        return False
    return timedelta() <= other.posted - dated.first <= timedelta(days=_SOON.get(other.stage, _SOON["접수현황"]))


def _different(reason: str, certain: bool = True) -> Judgement:
    return Judgement(Relation.DIFFERENT, reason, certain)


def _close(x: Look, y: Look, days: timedelta) -> bool:
    return bool(x.posted and y.posted and abs(x.posted - y.posted) <= days)


def _unlike(x: Look, y: Look) -> str | None:
    """Return what both titles say and say differently; a follow-up may leave things out."""
    a, b = x.title, y.title
    if a.supply and b.supply and not _akin(a.supply, b.supply):
        return "공급유형이 다름"
    if a.groups and b.groups and not (a.groups <= b.groups or b.groups <= a.groups):
        return "공급 대상이나 형이 다름"
    if a.blocks and b.blocks and not (a.blocks <= b.blocks or b.blocks <= a.blocks):
        return "블록이 다름"
    if ("재공급" in a.modes) != ("재공급" in b.modes) or ("매각" in a.modes) != ("매각" in b.modes):
        return "공급 방식이 다름"
    for kind in ("연도", "회차", "시기", "호"):
        if a.hard[kind] and b.hard[kind] and a.hard[kind] != b.hard[kind]:
            return f"{kind}가 다름"
    return None


def _akin(a: frozenset[str], b: frozenset[str]) -> bool:
    """Whether one set of supply types lies within the other; 공공임대 may leave out its term of years."""
    small, large = (a, b) if len(a) <= len(b) else (b, a)
    return all(
        any(one == other or (one[:4] == other[:4] == "공공임대" and "공공임대" in (one, other)) for other in large)
        for one in small
    )


def _dated(f: Look, call: Look) -> bool | None:
    """Whether the day of announcement in a follow-up is the call's; None where it says none."""
    if not f.first_sure or f.first is None:
        return None
    if call.first is not None:
        return abs(f.first - call.first) <= (timedelta() if call.first_sure else _DAY)
    if call.posted is None:
        return None
    return timedelta() <= call.posted - f.first <= _MONTH


def _undated(f: Look, call: Look, fit: str) -> str | None:
    """Return why a follow-up that names no day does not surely belong to a call with alike names."""
    a, b = f.title, call.title
    if fit == "weak":
        return "지역만 같음"
    named = _covered_both(f, call) or (a.blocks and a.blocks == b.blocks)
    if bool(a.supply) != bool(b.supply) and not named:
        return "공급유형을 알 수 없음"
    numbered = bool(a.numbered and a.numbered == b.numbered)
    if f.posted and call.posted and not numbered:
        if f.posted < call.posted - _DAY:
            return "모집공고보다 앞선 글"
        if _too_late(f, call):
            return "모집공고와 날짜가 멂"
    if {"잔여", "추가"} & (a.soft | a.modes) and not _LEFT_OVER & (b.soft | b.modes):
        return "잔여·추가 모집의 후속으로 보임"
    if a.blocks != b.blocks and a.name == b.name and bool(a.blocks) != bool(b.blocks):
        return "블록을 알 수 없음"
    return None


def _too_late(f: Look, call: Look) -> bool:
    """Whether a follow-up comes too long after a call for its stage, or too long before it closes."""
    assert f.posted and call.posted
    if f.stage == "접수현황" and call.side.closes:
        return not call.side.closes - _BEFORE_CLOSING <= f.posted <= call.side.closes + _AFTER_CLOSING
    standing = {"선착순", "상시"} & (call.title.modes | call.title.soft)
    return (f.posted - call.posted).days > (_LATE if standing else _SOON.get(f.stage, _LATE))


def coverage(f: Look, call: Look) -> str | None:
    """Return how the names of a follow-up cover a call's: "all", "weak" (the 시·군·구 alone), or None.

    A follow-up may speak for several calls at once, or for one complex of a call; 시·도 alone tell nothing.
    """
    ours = [name for name in f.title.names if not wide(name)]
    theirs = [name for name in call.title.names if not wide(name)]
    if not ours or not theirs:
        return _nameless(f, call, ours, theirs)
    if _covered(ours, theirs):
        return "weak" if _towns(ours) and not _towns(theirs) else "all"
    if _covered(theirs, ours):
        return "weak" if _towns(theirs) and not _towns(ours) else "all"
    if any(_lies_in(place, town) for town in theirs for place in ours):
        return "weak"
    return None


def _towns(names: list[str]) -> bool:
    return all(name[-1] in "시군구" for name in names)


def _covered_both(f: Look, call: Look) -> bool:
    ours, theirs = list(f.title.names), list(call.title.names)
    return _covered(ours, theirs) and _covered(theirs, ours)


def _nameless(f: Look, call: Look, ours: list[str], theirs: list[str]) -> str | None:
    a, b = f.title, call.title
    if ours or theirs:
        if not (a.numbered and a.numbered == b.numbered and a.supply and a.supply == b.supply):
            return None
        shared = set(a.names) & set(b.names) and a.groups == b.groups and a.hard["회차"]
        return "all" if shared else "weak"
    if not a.supply:
        return None
    here, there = set(a.names), set(b.names)
    if here and there:
        return "all" if here & there else None
    numbered = any(a.hard[kind] and a.hard[kind] == b.hard[kind] for kind in ("회차", "연도", "시기"))
    return "all" if numbered else None


def _covered(names: list[str], by: list[str]) -> bool:
    return all(any(_same_name(name, other) for other in by) for name in names)


def _same_name(a: str, b: str) -> bool:
    """Whether two names are one, also where one is cut: 창원자은3천년(나무), 김포(시), but not 물금 and 물금2."""
    short, long = (a, b) if len(a) <= len(b) else (b, a)
    if long.endswith(short) and len(short) >= 3 and 2 <= len(long) - len(short) <= 3 and not short.isdigit():
        return True  # the town's name before the place's: 광주효천3 and 효천3
    if not long.startswith(short):
        return False
    rest = long[len(short) :]
    if not rest or short.isdigit() or rest[0].isdigit():
        return not rest
    return len(short) >= 3 or (len(short) == 2 and rest in ("시", "군", "구"))


def _lies_in(place: str, town: str) -> bool:
    """Whether a place has the name of a 시·군 before its own (부여규암 in 부여군)."""
    return len(town) >= 3 and town[-1] in "시군" and place.startswith(town[:-1])
