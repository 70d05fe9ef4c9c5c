"""Name places on the page: short in Korean, the 16 시·도 in English, their tiles on the map."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from types import MappingProxyType

from feeds.site.card import Place

PROVINCES: Mapping[str, tuple[str, str, int, int]] = MappingProxyType({
    "28": ("인천", "Incheon", 1, 1), "11": ("서울", "Seoul", 1, 2), "41": ("경기", "Gyeonggi", 1, 3),
    "51": ("강원", "Gangwon", 1, 4), "44": ("충남", "Chungnam", 2, 1), "36": ("세종", "Sejong", 2, 2),
    "43": ("충북", "Chungbuk", 2, 3), "47": ("경북", "Gyeongbuk", 2, 4), "52": ("전북", "Jeonbuk", 3, 1),
    "30": ("대전", "Daejeon", 3, 2), "27": ("대구", "Daegu", 3, 3), "31": ("울산", "Ulsan", 3, 4),
    "12": ("전남광주", "Jeonnam-Gwangju", 4, 1), "48": ("경남", "Gyeongnam", 4, 3), "26": ("부산", "Busan", 4, 4),
    "50": ("제주", "Jeju", 5, 1),
})  # fmt: skip
"""Two digits of the code -> short name, English name, row and column of its tile."""


def short(place: Place, english: bool = False) -> str:
    """Return "경기 파주시" of 경기도 파주시, "Gyeonggi 파주시" in English; an unknown place by its own name."""
    code, name = place
    known = PROVINCES.get(code[:2])
    if known is None:
        return name
    below = "" if " " not in name else name.split(" ", 1)[1]
    return f"{known[1] if english else known[0]} {below}".strip()


def where(places: Sequence[Place], english: bool = False) -> str:
    """Return the places of an announcement in few words; without any it concerns the whole country."""
    if not places:
        return "All of Korea" if english else "전국"
    first = " · ".join(short(place, english) for place in places[:2])
    if len(places) <= 2:
        return first
    return f"{first} +{len(places) - 2}" if english else f"{first} 외 {len(places) - 2}곳"
