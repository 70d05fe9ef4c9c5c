"""Keep personal data out before anything is stored: mask private numbers, withhold lists of people."""

from __future__ import annotations

import re
from dataclasses import replace

from notices.model import Notice
from notices.reading.kind import kind
from notices.reading.subject import subject

LIST_FROM = 5
"""A body with this many masked names, birth dates or receipt numbers is a list of people."""

WITHHELD = "개인정보가 든 명단이라 본문과 첨부를 싣지 않습니다."

ANNOUNCED = "당첨자·대상자 발표라 제목과 주소만 둡니다."

_FREE_MAIL = (
    r"naver|gmail|hanmail|daum|nate|kakao|hotmail|outlook|yahoo|icloud|korea|empas|paran|dreamwiz|chol|lycos|me"
)
_MASKS = (  # what to look for first, since most texts hold none of it and the whole pattern takes ten times as long
    # resident and foreigner registration numbers: YYMMDD-Sxxxxxx
    (
        re.compile(r"[-–]\s?[1-8]\d{6}"),
        re.compile(r"(?<!\d)\d{2}(?:0[1-9]|1[0-2])(?:0[1-9]|[12]\d|3[01])\s?[-–]\s?[1-8]\d{6}(?!\d)"),
        "******-*******",
    ),
    # personal mobile numbers; 1600-1004, 02-…, 0505 stay
    (
        re.compile(r"01[016789]"),
        re.compile(r"(?<!\d)(01[016789])[-.\s)]{0,2}\d{3,4}[-.\s]{0,2}\d{4}(?!\d)"),
        r"\1-****-****",
    ),
    (
        re.compile("@"),
        re.compile(rf"(?<![\w.+-])[\w.+-]{{1,64}}@((?:{_FREE_MAIL})\.(?:com|net|co\.kr))(?!\w)", re.IGNORECASE),
        r"***@\1",
    ),
    # bank account numbers, by the word before them
    (
        re.compile(r"\d[-–\s]\d"),
        re.compile(
            r"((?:은행|농협|수협|신협|새마을금고|우체국|카카오뱅크|토스뱅크|케이뱅크|계좌(?:번호)?|입금계좌)\s?[:：(]?\s?)"
            r"\d{2,6}(?:[-–\s]\d{1,7}){1,4}(?!\d)"
        ),
        r"\1***-***-***",
    ),
    (re.compile("계좌번호"), re.compile(r"(계좌번호\s?[:：]?\s?)\d{10,16}(?!\d)"), r"\1***"),
)

_SURNAMES = (
    "김이박최정강조윤장임한오서신권황안송류유홍전고문양손배백허남심노하곽성차주우구민"
    "진나지엄채원천방공현함변염여추도소석선설마길연위표명기반왕금옥육인맹제모탁국어은편용"
)
_VEIL = r"[*＊○●◯〇◎×ｘΟOo0]"
_NAME = re.compile(
    rf"(?<![가-힣A-Za-z0-9])(?:[{_SURNAMES}]{_VEIL}{{1,2}}[가-힣]?|[{_SURNAMES}][가-힣]{_VEIL})(?![가-힣A-Za-z0-9*○])"
)
_BIRTH = re.compile(
    r"(?<![\d.])(?:(?:19[2-9]\d|200\d|201[0-2])[.\-/년]\s?\d{1,2}[.\-/월]\s?\d{1,2}일?|\d{6}-[1-8*]\*{3,6}"
    r"|[3-9]\d(?:0[1-9]|1[0-2])(?:0[1-9]|[12]\d|3[01]))(?=[\t\n ,)|]|$)"
)
_DIGITS = re.compile(r"\d{4,}")  # each birth date begins with four digits or more, and texts hold few of these
_BLANK = r"[^\S\t\n]{0,40}"  # of one cell: over the end of a line or a cell it would be looked for again from each
_RECEIPT = re.compile(
    rf"(?:^|[\t\n]){_BLANK}(?=[\w-]{{0,40}}\d{{3}})(?:[A-Z]{{0,3}}\d{{4,}}[-–]\d{{2,}}(?:[-–]\d+)?|[A-Z]{{1,3}}\d{{5,}})"
    rf"{_BLANK}(?=[\t\n]|$)"
)
_RECEIPT_WORD = re.compile(r"접수\s?번호|신청\s?번호|수험\s?번호|청약\s?번호|당첨\s?번호|추첨\s?번호")
_BARE_NUMBER = re.compile(rf"(?:^|[\t\n]){_BLANK}\d{{3,12}}{_BLANK}(?=[\t\n]|$)")


def mask(text: str) -> str:
    """Return text with resident numbers, personal mobile numbers, private mail addresses and accounts masked."""
    for sign, pattern, instead in _MASKS:
        if sign.search(text):
            text = pattern.sub(instead, text)
    return text


def lists_people(text: str) -> bool:
    """Tell whether a text holds five or more masked names, birth dates or receipt numbers, whatever its title says."""
    if len(_NAME.findall(text)) >= LIST_FROM or len(_RECEIPT.findall(text)) >= LIST_FROM:
        return True
    numbers = (_BIRTH.match(text, digits.start()) for digits in _DIGITS.finditer(text))
    births = [m for m in numbers if m and _in_a_row(text, m.start(), m.end())]
    if len(births) >= LIST_FROM:
        return True
    return bool(_RECEIPT_WORD.search(text)) and len(_BARE_NUMBER.findall(text)) >= LIST_FROM


def _in_a_row(text: str, start: int, end: int) -> bool:
    """Whether a birth date stands in a short line or a cell, as in a list, and not in a sentence on a law."""
    line_start = max(text.rfind("\n", 0, start), text.rfind("\t", 0, start)) + 1
    ends = [at for mark in "\n\t" if (at := text.find(mark, end)) >= 0]
    return (min(ends) if ends else len(text)) - line_start <= 40


def protect(notice: Notice) -> Notice:
    """Return the notice as it may be stored: numbers masked; of a 발표 or a list of people only title and link."""
    if notice.body and lists_people(notice.body):
        notice = replace(notice, body="", attachments=(), doubts=(*notice.doubts, WITHHELD))
    elif (notice.body or notice.attachments) and _announces(notice):
        notice = replace(notice, body="", attachments=(), doubts=(*notice.doubts, ANNOUNCED))
    return replace(
        notice,
        title=mask(notice.title),
        body=mask(notice.body),
        attachments=tuple(replace(a, name=mask(a.name)) for a in notice.attachments),
        fields={name: mask(value) for name, value in notice.fields.items()},
    )


def _announces(notice: Notice) -> bool:
    """Whether the title says that people were chosen."""
    return kind(subject(Notice(notice.source, notice.key, notice.title)), frozenset())[0] == "발표"
