"""Under which of the centre's three headings a notice is passed on."""

from __future__ import annotations

import re

from notices.reading.relevance import SALE
from notices.reading.subject import Subject
from notices.reading.voice import Voice, voice

RENTAL, WELFARE, NEWS = "임대주택공고", "주거복지사업", "기타소식"
_RENTED = re.compile(r"임대\s?주택|임대료|입주|임차인|예비자")
_TOLD = re.compile(r"(?:개최|후기|성료|마무리|마쳐|마침|열려)\s*$")
_OF_HOMES = frozenset(("모집", "접수현황", "발표", "계약입주", "연기변경", "취소"))


def section(subject: Subject, kind: str, relevant: bool, supply: frozenset[str]) -> str:
    """Return the section of a notice, by its kind and whether it is relevant."""
    if not relevant or kind == "정책소식":
        return NEWS
    if kind in _OF_HOMES:
        return RENTAL
    if kind == "교육행사":
        told = voice(subject) in (Voice.PRESS, Voice.NEWS) or _TOLD.search(subject.title.plain)
        return NEWS if told else WELFARE
    if kind in ("기타", "서비스안내") and _RENTED.search(subject.title.plain):
        return RENTAL
    if kind in ("기타", "서비스안내") and supply - SALE:
        return RENTAL
    return NEWS if kind == "기타" else WELFARE
