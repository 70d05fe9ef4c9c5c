"""The sample world: what is announced where on which morning, as `sites/announcements.toml` tells it."""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from datetime import datetime
from typing import Any
from zoneinfo import ZoneInfo

SEOUL = ZoneInfo("Asia/Seoul")
DAYS = tuple(datetime(2026, 11, day, 8, 0, tzinfo=SEOUL) for day in (2, 3, 4, 5))
"""The mornings that the sample sites know, in order."""

Post = Mapping[str, Any]
"""What a source says of an announcement: the values of both, its `number` there, and `age` and `views` of the day."""

LH_CODES = {
    "국민임대": ("06", "07", "062"),
    "영구임대": ("06", "09", "060"),
    "행복주택": ("06", "10", "063"),
    "통합공공임대": ("06", "48", "060"),
    "매입임대": ("13", "26", "131"),
}
"""A type of supply as LH's page and its API number it: upper type, type, sort of supply information."""

_LH = "https://apply.lh.or.kr/lhapply/apply/wt/wrtanc/selectWrtancInfo.do?panId={}&ccrCnntSysDsCd=03&uppAisTpCd={}&aisTpCd={}&mi=1026"
_SH = "https://www.i-sh.co.kr/app/lay2/program/S48T1581C563/www/brd/m_247/view.do?seq={}&multi_itm_seq=2"
_GH = "https://apply.gh.or.kr/sb/sr/sr7150/selectPbancDetailView.do?pbancNo={}"


class World:
    """The announcements of one file."""

    def __init__(self, text: str) -> None:
        self._told = tomllib.loads(text)

    def posts(self, source: str, day: int) -> list[dict[str, Any]]:
        """Return what a source lists on a morning (1 is the first), the newest first."""
        found = [self._post(told, source, day) for told in self._told.values() if _listed(told, source, day)]
        return sorted(found, key=lambda post: (post["posted"], post["number"]), reverse=True)

    def post(self, source: str, number: str, day: int) -> dict[str, Any] | None:
        """Return one post, whose own page stays when the list shows it no more; None where there is none yet."""
        carried = (told for told in self._told.values() if told["at"].get(source, {}).get("number") == number)
        return next((self._post(t, source, day) for t in carried if t["at"][source].get("day", 1) <= day), None)

    def _post(self, told: Mapping[str, Any], source: str, day: int) -> dict[str, Any]:
        own = told["at"][source]
        later = [change for since, change in sorted(own.get("on", {}).items()) if int(since) <= day]
        post: dict[str, Any] = {"status": "공고중", "department": "", "text": [], "files": [], "elsewhere": ""}
        for values in (told, own, *later):
            post |= {name: value for name, value in values.items() if name not in ("at", "on", "day", "until")}
        age = int((DAYS[day - 1].date() - post["posted"]).days)
        other = _elsewhere(self._told[post["elsewhere"]] if post["elsewhere"] else told)
        return {**post, "age": age, "views": 40 + 17 * day + 9 * age, "elsewhere": other}


def _listed(told: Mapping[str, Any], source: str, day: int) -> bool:
    own = told["at"].get(source)
    return own is not None and own.get("day", 1) <= day <= own.get("until", len(DAYS))


def _elsewhere(told: Mapping[str, Any]) -> str:
    """The address at which the one who lets the homes announces them."""
    numbers = {source: own["number"] for source, own in told["at"].items()}
    if "lh-rental" in numbers:
        return _LH.format(numbers["lh-rental"], *LH_CODES[told["supply"]][:2])
    if "sh-rental" in numbers:
        return _SH.format(numbers["sh-rental"])
    return _GH.format(numbers["gh-rental"]) if "gh-rental" in numbers else "https://www.myhome.go.kr/"
