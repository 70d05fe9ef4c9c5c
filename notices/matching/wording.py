"""The wordings of titles: list badges, marks of correction, stages after the call, dates, and words that tell nothing."""

from __future__ import annotations

import hashlib
import html
import re
import unicodedata

_LONGEST = 400  # the longest real title has 142 characters
_DOTS = str.maketrans(dict.fromkeys("·ㆍ・․‧∙•･⋅", "·") | dict.fromkeys("‘’‛′`´ʼ＇'“”„″＂\"★☆※◆◇■□◎●○▶▷♣◈▣", " "))
_MARKDOWN = re.compile(r"^\s*\[(.{2,300})\]\(HTTPS?://\S*\s*$")
_BADGE = re.compile(
    r"^\s*(?:NEW|HOT|새\s?글|신규\s?글|공지)(?=[\s\[(])"
    r"|(?:(?<=\s)|(?<=[^\W\d])|(?<=[)\].]))(?:\d{1,2}\s?(?:일|시간|분)\s?전|NEW|새\s?글|FILE|첨부(?:파일)?(?:\s?있음)?)\s*$"
    r"|(?<=\s)(?:D-(?:\d{1,3}|DAY)|(?:접수|공고|모집|청약)\s?중)\s*$"
)
_ROW_TAIL = re.compile(
    r"\s(?:(?:모집|접수|공고)?(?:마감|중|예정|완료|종료)|-)\s(?:\S{1,20}\s)?바로가기\s*$"
)  # a whole table row taken for its title: "<종류> <제목> <상태> <부서> 바로가기"
_ROW_HEAD = re.compile(r"^\s*\S{1,12}주택\s+(?=\S.{5})")
_HOUSE = re.compile(r"^\s*[\[(](?:LH|SH|GH|IH|[가-힣]{2,8}공사)[\])]")  # who publishes, in front
_COMPLEX = re.compile(r"(?<=[가-힣]{3})(?<!주택)(?<!임대)(?<!모집)(?<!공고)(?<!지역)(?<!아파트)\s(?=\d{1,2}단지)")
_HOLLOW = re.compile(
    r"[(\[]\s*[.,\s]{0,12}(?:공고)?\s*[)\]]"
    r"|[(\[](?:온라인|인터넷|현장|방문|지자체|행정복지센터|주민센터)[^)\]]{0,16}접수(?:\s?불가)?[)\]]"  # the way, not the call
)

_DAY = r"(?:\d{2,4}\s?[.\-/년]\s?)?(?:\d{1,2}\s?[.\-/월]\s?\d{1,2}\s?[.일]?)"
_OF = r"(?:입주자\s?)?(?:모집)?\s?(?:공고문?|내용|일부|첨부(?:파일|문서)?|파일|게시글?|팸플릿|팜플렛)?\s?"
_TURN = r"(?:제?\d{1,2}\s?차\s?|재|최종\s?|추가\s?|긴급\s?)?"
_MARKED = r"(?:정정|수정|변경|재게시|재등록|재업로드)"
_TAIL = r"(?:\s?(?:공고문?|게시|본|사항|안내|분|알림|공지|완료|재등록))?"
_MARK = re.compile(
    rf"[\[(<【〔{{「]\s*(?:{_DAY}\s?)?{_OF}{_TURN}{_MARKED}{_TAIL}\s?(?:{_DAY}|\(?\d{{1,2}}차\)?)?\s*[\])>】〕}}」]"
    rf"|(?<=[\[(]){_TURN}(?:정정|수정|재게시)\s?(?:공고|게시)?\s?[-:·,/]\s?"
    rf"|^\s*{_TURN}(?:정정|수정)\s?(?:공고|게시)?\s*[:\-_)\s]\s*(?=\S)"
    r"|(?<!일정)(?<!기간)(?<!표일)(?<!조건)(?<!일시)(?<!장소)\s변경\s?공고\s*$"
    rf"|(?:[\s_\-]|(?<=공고)){_TURN}(?:정정|수정|재게시|재등록)(?:\s?(?:공고|게시|안내|본|공지|알림))?\s*$"
)

_STAGES: tuple[tuple[str, str], ...] = (
    ("취소", r"취소|철회"),
    ("연기변경", r"연기|(?:일정|발표일|기간|일시|날짜|장소|조건)\s?(?:변경|연장)|기간\s?연장|변경\s?안내"),
    ("서류", r"서류\s?(?:제출|심사|접수|보완)|소명\s?(?:자료|안내|대상)|부적격"),
    ("입찰결과", r"(?:개찰|입찰|유찰|낙찰)\s?(?:결과|자)|개찰"),
    (
        "발표",
        r"발표(?!일(?!정))|당첨\s?[자선]|예비자?\s?당첨|당첨|(?:대상자|입주자)\s?(?:선정|명단)|(?:심사|선정|추첨)\s?결과|예비\s?(?:순번|순위)|명단|합격자",
    ),
    (
        "접수현황",
        r"(?:접수|신청|청약|모집)\s?(?:결과|현황|마감|상황)|경쟁률|청약률|청약\s?접수|마감\s?(?:안내|게시|현황|단지|결과)",
    ),
    (
        "계약입주",
        r"계약\s?(?:안내|체결|결과|종료|일정|현황|완료)|동[·,\s]?호(?:수)?\s?(?:선정|표|안내|추첨|배정|목록|현황|지정\s?(?:계약|결과|완료|종료))"
        r"|(?:잔여|계약\s?가능)\s?(?:세대|주택|호|물량)\s?(?:게시|목록|현황|리스트)|입주\s?(?:안내|지정|일정)|사전\s?(?:점검|방문)",
    ),
    ("게시", r"(?:대상|접수\s?가능|공가|모집)\s?주택\s?(?:목록\s?)?게시|주택\s?(?:개방|공개(?!\s?모집)|열람|목록)"),
)  # fmt: skip
_STAGE = re.compile("|".join(f"(?P<s{i}>{pattern})" for i, (_, pattern) in enumerate(_STAGES)))

_TYPO_WORDS = ("예비입주자", "입주자모집", "입주자격완화", "모집공고", "국민임대")
_TYPO = re.compile(
    "|".join(
        f"(?P<t{n}_{i}>{word[:i]}[가-힣]{word[i + 1 :]})"
        for n, word in enumerate(_TYPO_WORDS)
        for i in range(1, 2 if word == "국민임대" else len(word))  # 국[가-힣]임대 is nothing else; 국민매입 is
    )
)


def tidy(title: str) -> tuple[str, bool, str]:
    """Return a title in one form and upper case, whether it was a whole table row, and what was cut off, as a digest.

    Quotes become blanks, dots one dot, badges go; digits that row-gluing lost leave no empty brackets.
    """
    whole = unicodedata.normalize("NFC", title[: 4 * _LONGEST])  # a syllable may come as four letters
    rest = whole[_LONGEST:] + title[4 * _LONGEST :]
    text = whole[:_LONGEST].translate(_DOTS)
    if "&" in text:
        text = html.unescape(html.unescape(text)).translate(_DOTS)
    text = unicodedata.normalize("NFKC", text).upper()
    text = "".join(c if c.isprintable() else " " for c in text)
    if link := _MARKDOWN.match(text):
        text = link[1]
    for _ in range(3):
        text = _BADGE.sub(" ", text)
    row = _ROW_TAIL.search(text)
    if row:
        text = _ROW_HEAD.sub("", text[: row.start()])
    text = _COMPLEX.sub("", _HOUSE.sub(" ", " ".join(_HOLLOW.sub(" ", text).split()))).strip()
    digest = hashlib.blake2s(rest.encode("utf-8", "replace"), digest_size=6).hexdigest() if rest.strip() else ""
    return text, row is not None, digest


def unmark(text: str) -> tuple[str, int]:
    """Return a tidy title without its marks of correction, and how many it had."""
    bare, marks = _MARK.subn(" ", text)
    for _ in range(4):  # marks in a row: each pass uncovers the next
        bare, more = _MARK.subn(" ", bare)
        marks += more
        if not more:
            break
    return " ".join(bare.split()), marks


def stage(text: str) -> tuple[str, frozenset[str]]:
    """Return which step after the call a title tells of, by the first that its words name, and those words.

    The step of a call is "".
    """
    found = [(match.lastgroup, "".join(match[0].split())) for match in _STAGE.finditer(text)]
    groups = {group for group, _ in found}
    name = next((name for i, (name, _) in enumerate(_STAGES) if f"s{i}" in groups), "")
    return name, frozenset(words for _, words in found)


def unstage(text: str) -> str:
    """Return a title without the words of its stage."""
    return _STAGE.sub(" ", text)


def untypo(text: str) -> str:
    """Return a title with one wrong syllable put right in the words that stand in most titles ("예비입부자")."""

    def right(match: re.Match[str]) -> str:
        group = match.lastgroup or ""
        return _TYPO_WORDS[int(group[1:].partition("_")[0])]

    return _TYPO.sub(right, text)
