"""Read how many homes, how to apply and whom to ask, each with its words."""

from __future__ import annotations

import re

from notices.model import Fact

_HOMES = re.compile(
    r"(?:(?:총|모집|(?<![재규])공급|잔여|추가|금회|이번)\s?(?:예정\s?)?(?:호수|세대수?|물량|가구수)?|호수|세대수)\s{0,2}(?:[:：(]|는|은)?\s{0,2}(?:총\s?)?"
    r"(?P<n>\d{1,3}(?:,\d{3})|\d{1,5})\s?(?:호|세대|가구)(?!\s?(?:선|기|이상|이하|미만|별|당|공고|의|실|중(?![가-힣])))"
    ""
    r"|(?<=금회)[^\d\n]{1,24}(?P<now>\d{1,3}(?:,\d{3})|\d{1,5})\s?(?:호|세대|가구)(?!\s?(?:선|기|이상|이하|미만|별|당|의|중))"
    r"|(?<![재규])공급\s?(?:호수|세대수?)\s?[:：]\s?(?P<bare>\d{1,5})(?=\s{0,2}\.?\s{0,3}(?:\n|$))"
    r"|(?:물량|호수|주택|공급|모집|공가|세대|잔여)\s?\((?P<in>\d{1,3}(?:,\d{3})|\d{1,4})\s?(?:호|세대|가구)(?=\))"
)
_WAYS = (
    (
        "행정복지센터",
        re.compile(
            r"(?:주소지\s?|관할\s?|동\s?|읍·?면·?동\s?)?(?:행정복지센터|주민센터|동사무소)(?:\s?(?:에|에서|로|방문))?\s?(?:직접\s?)?(?:방문\s?)?(?:접수|신청)?"
            r"|지자체\s?접수"
        ),
    ),
    ("기관추천", re.compile(r"(?:기관|지자체|시·?군·?구|관할\s?기관)\s?(?:의\s?|장\s?)?추천|추천\s?기관")),
    (
        "온라인",
        re.compile(
            r"(?:인터넷|온라인|모바일|LH\s?청약플러스|청약플러스|홈페이지|누리집|이메일|전자우편)(?:\s?\([^)\n]{0,20}\))?\s?(?:또는\s?모바일\s?|을\s?통해\s?|에서\s?|으로\s?)?"
            r"(?:청약\s?)?(?:접수|신청|제출)(?!\s?(?:불가|은?\s?받지|하실\s?수\s?없))"
            r"|(?:접수|신청)\s?\(\s?(?:인터넷|온라인|모바일)(?![^)\n]{0,20}불가)"
        ),
    ),
    (
        "우편·방문",
        re.compile(
            r"(?<!센터 )(?<!센터에 )(?:우편|등기|방문|현장)\s?(?:청약\s?)?(?:접수|신청|제출)(?!\s?(?:불가|은?\s?받지))"
        ),
    ),
)
_HOW = re.compile(r"접수|신청|제출|추천")
_PLACE = re.compile(r"(?:접수|신청)\s?(?:처|장소|기관)\s?[:：\t]\s?[^\n\t]{0,12}$")
_ASK = re.compile(
    r"(?:문의처?|연락처|전화|콜센터|상담|☎|☏|TEL)[^\n\d]{0,20}(?P<n>(?:1[5-8]\d\d-\d{4})|(?:0(?:2|[3-6]\d|70)[-)]\s?\d{3,4}-\d{4}))(?!\d)",
    re.IGNORECASE,
)


def homes(text: str, document: str) -> list[Fact]:
    """Return the number of homes where it is named as such; the highest, since a total stands among its parts."""
    found = [
        (int((m["n"] or m["now"] or m["bare"] or m["in"]).replace(",", "")), m.group()) for m in _HOMES.finditer(text)
    ]
    found = [pair for pair in found if 0 < pair[0] < 100_000]
    return [Fact("homes", *max(found), document)] if found else []


def ways(text: str, document: str) -> list[Fact]:
    """Return how to apply: 온라인, 행정복지센터, 기관추천, 우편·방문; what is called impossible is none."""
    facts = []
    for way, pattern in _WAYS:
        match = next((m for m in pattern.finditer(text) if _meant(text, m)), None)
        if match:
            facts.append(Fact("apply", way, match.group()[:60], document))
    return facts


def contact(text: str, document: str) -> list[Fact]:
    """Return the first office number that is given to ask at, as digits with hyphens."""
    match = _ASK.search(text)
    if not match:
        return []
    number = re.sub(r"[)\s]+", "-", match["n"]).replace("--", "-")
    return [Fact("contact", number, match.group()[-60:].strip(), document)]


def _meant(text: str, match: re.Match[str]) -> bool:
    """Whether applying is spoken of in or right after the words."""
    if _HOW.search(text, match.start(), min(len(text), match.end() + 12)):
        return True
    return bool(_PLACE.search(text[max(0, match.start() - 30) : match.start()]))
