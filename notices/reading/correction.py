"""Whether a notice corrects an earlier one."""

from __future__ import annotations

import re

from notices.model import Fact
from notices.reading.subject import Subject
from notices.reading.words import any_of

_CORRECTS = re.compile(
    any_of(r"""
        (?<![가-힣])정정(?!보도) 정정_(?:공고|안내|게시|재공고) 오기_정 바로_?잡 (?<![가-힣])재_(?:게시|안내)
        첨부파일_(?:재등록|변경) 수정(?!_(?:구|동|로|초|중|고|역|산|마을|아파트|궁|계획|예산|전)\b|구|동\s)
    """)
)
_CORRECTED = re.compile(r"^\s*\[?정정\s?공고\]?\s*$")


def correction(subject: Subject) -> tuple[Fact, ...]:
    """Return the fact "correction" where the title or the source's status says 정정, 수정, 재게시 or 재안내.

    The status "정정공고중" marks the notice that was corrected, not the correction.
    """
    status = subject.fields.get("status", "")[:20]
    if _CORRECTED.match(status):
        return (Fact("correction", True, status, "field:status"),)
    match = _CORRECTS.search(subject.title.plain)
    fact = subject.title.fact("correction", True, match.start(), match.end()) if match else None
    return (fact,) if fact else ()
