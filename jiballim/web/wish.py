"""Understand what somebody says to the channel: where, what kind of home, for whom, how soon, and what is left to search."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta

from notices import reading, regions
from notices.model import Notice, Region

WEEK = timedelta(days=7)
_SOON = re.compile(
    r"곧\s?마감|마감\s?임박|마감되는|마감\s?(?:공고|언제)|(?:이번|금)\s?주|(?:오늘|내일)\s?(?:까지|마감)|얼마\s?안\s?남"
)
_MARGIN = re.compile(r"마감\S{0,3}")
_TODAY, _TOMORROW = re.compile(r"오늘\s?(?:까지|마감)"), re.compile(r"내일\s?(?:까지|마감)")
_HERE = re.compile(r"(?:내|우리|제가\s?사는|여기|이)\s?(?:지역|동네|시|구|군|센터|근처)|근처|관내|이\s?근방")
_ASKING = re.compile(
    r"(?:알려|보여|찾아|골라|말해|가르쳐|구해)(?:\s?(?:줘|주세요|주실래요|주십시오|줄래|달라|봐|드려)\S{0,2}|요|(?=\s|$))"
    r"|검색(?:해|하)?\S{0,4}|주세요|얼마\S{0,4}|받(?:고|을|나)\S{0,3}|나와\S{0,3}"
    r"|있(?:어|나|습니|을|는|으)\S{0,4}|없(?:어|나|습니|을)\S{0,4}|(?:뭐|무엇|무슨|어떤|어디|언제|어떻게)\S{0,4}|궁금\S{0,5}|목록|전체|모두|최근|요즘|지금"
    r"|신청|접수|모집|입주자|예비|나온|나왔\S{0,3}|올라온|새로운?|관련|대한|대해|정보|소식|좀|혹시|저기요?|부탁\S{0,5}|싶\S{0,4}|하고|해요|할까|가능\S{0,4}"
)
_HOME = re.compile(r"(?:임대|공공)?\s?(?:주택|아파트|집|방|공고문?|임대)(?:들|이|을|를|은|는|에|도|요)?(?=\s|$|[?!.,])")
ENDING = re.compile(
    r"(?<=[가-힣]{2})(?:(?:에서는?|에게|한테|으로|부터|까지|이나|은|는|이|가|을|를|에|의|도|만|로)요?|이?요)$"
)
"""What hangs on a Korean noun."""
_JOINING = frozenset({"이나", "그리고", "또는", "에서", "에는"})
_GREETING = re.compile(
    r"안녕\S{0,4}|반가\S{0,4}|고마\S{0,4}|감사\S{0,4}|처음\S{0,3}|도움말?|사용법|메뉴|시작|하이|헬로|hello|\bhi\b|help",
    re.IGNORECASE,
)
_PERSON = re.compile(r"상담원|상담사|전화\s?번호|연락처|직원|담당자|통화|사람")
_KIN = re.compile(r"(?:가족|가구|세대|계층|부부|들|분들?|용|형)(?=\s|$)")
_QUESTIONS = re.compile(r"자주\s?묻는|faq|질문\s?(?:목록|모음)?$|궁금한\s?(?:것|점)", re.IGNORECASE)
_MANUAL = re.compile(r"매뉴얼|메뉴얼|안내서|안내\s?책|책자|설명서|길잡이")


_SMALLER = "구동읍면리"
"""Endings of places that count as the city they lie in; their names are searched for."""


@dataclass(frozen=True, slots=True)
class Wish:
    """What was understood. `words` is what else is to be found; `shared` the places that a name could mean."""

    places: tuple[Region, ...] = ()
    supply: tuple[str, ...] = ()
    audience: tuple[str, ...] = ()
    words: str = ""
    closes_to: date | None = None
    closes_from: date | None = None
    here: bool = False  # one's own region
    homes: bool = False  # nothing but that homes are looked for
    shared: tuple[str, ...] = ()
    topic: str = ""  # "questions", "manual", "person" or "greeting"

    @property
    def empty(self) -> bool:
        """Whether nothing at all was understood that announcements could answer."""
        return not (self.named or self.words or self.closes_to or self.here or self.homes)

    @property
    def named(self) -> bool:
        """Whether places, types or people were named."""
        return bool(self.places or self.supply or self.audience)

    @property
    def only_here(self) -> bool:
        """Whether nothing was said but that one's own region is meant."""
        return self.here and not (self.named or self.words or self.closes_to)


def understand(said: str, on: date, within: str | None = None) -> Wish:
    """Read an utterance; `within` is the 시·도 that is meant where a place's name is shared."""
    found = regions.find(said, on) or regions.find(said, on, within)
    read = reading.read(Notice("channel", "said", said))
    left = _without(said, ((region, start, end) for region, start, end in found))
    for known in (*read.supply, *read.audience, *(f.words for f in read.facts if f.field in ("supply", "audience"))):
        left = re.sub(rf"{re.escape(known)}(?:{_KIN.pattern})?", " ", left)
    soon, topic = _SOON.search(said), _topic(said)
    own, any_home = bool(_HERE.search(said)), bool(_HOME.search(left)) and not (found or read.supply or read.audience)
    words = _words(left, (*read.supply, *read.audience))
    shared = () if found else _shared(words)
    return Wish(
        _narrowest(region for region, *_ in found),
        read.supply,
        read.audience,
        "" if shared else " ".join(words)[:50],
        _until(said, on) if soon else None,
        on + timedelta(days=1) if soon and _TOMORROW.search(said) and not _TODAY.search(said) else on,
        own,
        any_home and not words,
        shared,
        topic,
    )


def _words(left: str, known: tuple[str, ...]) -> list[str]:
    """What is to be searched: words without their endings, none that only asks or is a part of what is known."""
    for pattern in (_SOON, _HERE, _ASKING, _HOME, _GREETING, _MARGIN):
        left = pattern.sub(" ", left)
    words = (ENDING.sub("", word) for word in re.findall(r"[^\W_]+", left))
    return [w for w in words if len(w) > 1 and w not in _JOINING and not any(w in term for term in known)]


def _topic(said: str) -> str:
    named = (("questions", _QUESTIONS), ("manual", _MANUAL), ("person", _PERSON), ("greeting", _GREETING))
    return next((name for name, pattern in named if pattern.search(said)), "")


def _until(said: str, on: date) -> date:
    if _TODAY.search(said):
        return on
    return on + (timedelta(days=1) if _TOMORROW.search(said) else WEEK)


def _narrowest(found: Iterable[Region]) -> tuple[Region, ...]:
    """The places named, without the 시·도 of one that is named too."""
    places = tuple(dict.fromkeys(found))
    return tuple(
        one
        for one in places
        if not (one.code.endswith("000") and any(o.code[:2] == one.code[:2] for o in places if o != one))
    )


def _without(said: str, spans: Iterable[tuple[Region, int, int]]) -> str:
    """What was said without the names of places; a word that holds more than a name (운정3지구) stays to be searched."""
    left = said
    for region, start, end in spans:
        parts = region.name.split()
        for found in re.finditer(r"\S+", said):
            if found.start() >= end or found.end() <= start:
                continue
            word = ENDING.sub("", re.sub(r"[\W_]+$", "", found[0]))
            named = any(part.startswith(word) or word == part[:-1] for part in parts)
            if named or (word == said[start:end] and word[-1:] not in _SMALLER):
                left = left[: found.start()] + " " * len(found[0]) + left[found.end() :]
    return left


def _shared(words: list[str]) -> tuple[str, ...]:
    """The official names of the places that a word could mean, where several have it."""
    for word in words:
        if len(word) > 1 and word[-1] in "시군구":
            found = tuple(name for name in regions.names() if name.split()[-1] == word)
            if len(found) > 1:
                return found[:10]
    return ()
