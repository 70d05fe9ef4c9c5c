"""Read when: the period of application and the other days of a schedule, each with the words it stands in."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from notices.model import Fact
from notices.reading.moments import Moment, first, moment, second

_TILDE = r"\s{0,3}(?:[~∼～〜˜]|[-–—](?=\s?['’‘]?\d)|부터)\s{0,3}"
_UNTIL = r"(?:\s{0,2}(?:까지|마감|限|한(?![가-힣])|(?:우체국\s?)?소인|도착분|이내))"
_RANGE = re.compile(moment("a") + _TILDE + moment("b", bare_day=True))
_OPEN_END = re.compile(
    moment("a") + r"\s{0,3}(?:[~∼～]|부터)(?!\s{0,3}['’‘]?\d)(?P<open>[^\n\t]{0,30}?(?:소진|완료|마감|시까지|가능))?"
)
_CLOSED = re.compile(moment("a") + r"(?P<until>" + _UNTIL + r")?")
_DAY_BEGINS = re.compile(
    r"(?<![\d.,/-])(?:20\d{6}(?!\d)|(?:(?:19|20)\d\d|['’‘`´]\s?\d\d|\d\d?)\s{0,2}[.년월/-]\s{0,2}\d\d?(?![\d,]))"
)
_ALWAYS = re.compile(r"상시|연중|수시")

_LABELS = {
    "papers": r"서류\s?(?:사본\s?|원본\s?)?(?:제출|접수|등록)(?!\s?대상)|제출\s?기간",
    "announce": (
        r"(?:당첨자?|예비자|입주자|선정자?|결과|합격자?|선발자?|대상자?)\s?(?:명단\s?|순[번위]\s?)?(?:발표|선정)(?:일|일자|예정일)?"
        r"|발표(?:일|예정)|(?<=에\s)발표|(?<=에)발표"
    ),
    "contract": r"(?<!임차)(?<!대차)계약(?!\s?(?:기간\s?)?(?:만료|종료|해지))\s?(?:체결|기간|일|안내)?",
    "move_in": r"입주\s?(?:예정|기간|지정|시기|일|개시|가능)",
    "apply": (
        r"(?:인터넷|온라인|모바일|현장|방문|우편|추가|[1-3]순위|신청서?|청약|입주|원서|지원서)?\s?"
        r"(?:접수처?|신청|청약|응모|공모|모집(?!\s?공고)|신고|등록|선발)(?:\s?(?:접수|신청))?(?:\s?(?:기간|기한|일시|일자|일정|마감일?|시작일?|일))?"
        r"|마감일?|이메일\s?제출|운영기간"
    ),
    "other": (
        r"서류\s?(?:제출|심사)\s?대상자?\s?(?:발표|게시|공고)|공고\s?(?:기간|일)|조사|게재|게시|개관|견본|행사|교육|심사|점검|사업기간|지원기간|활동|매칭|일정|면접|임대기간|거주기간"
        r"|권리\s?분석(?:\s?신청)?|(?:자격\s?)?검증|열람|이의\s?신청|(?:취소|대출|환불|연장|열람|포기|점검)\s?신청|재\s?계약|갱신\s?계약|계약\s?(?:기간\s?)?(?:만료|종료)"
        r"|혼인\s?신고일?|생년월일|출생일?|(?<![가-힣])일시(?=\s?[:：])|운영시간|상담시간|시행|개정|사용승인|준공|공급계획|임대차|지급|월세\s?지원(?!\s?신청)|납부|잔금|중도금"
    ),
}
_LABEL = re.compile("|".join(f"(?P<{role}>{words})" for role, words in _LABELS.items()))
_PAST = re.compile(
    r"\W{0,6}(?:(?:당초|변경\s?(?:되기\s?)?전|정정\s?전)(?![가-힣])"
    r"|(?:기존|종전)\s?(?:\W|(?:일정|접수|신청|발표)\s?(?:일|기간|일정)?\s?[:：\t])\s{0,2}(?![가-힣]))"
)
_REPLACED = re.compile(r"[^\n\t→⇒➔➜➡]{0,12}(?:→|⇒|➔|➜|➡|->)")
_GONE = re.compile(r"(?:지난(?:해)?|예\s?[):]|예시\s?[:：)]?|예를\s?들\S{0,2}|해의)\s{0,2}$")
_TOLD = re.compile(r"(?:기간|일시?|일정|접수|신청|모집|시기)\s?[:：\t(-]?\s{0,3}$|[:：\t]\s{0,3}$")
_CALLED = re.compile(r"[^.\n]{0,20}(?:접수|신청|선착순|모집|공급|계약|제출|입주)")
_FAR = re.compile(r"\s{0,3}[~∼～]\s{0,3}\d")
_SENTENCE = re.compile(r".*다\.\s", re.DOTALL)
_IN_FORCE = re.compile(r"\s{0,2}(?:시행|개통|적용|개정|폐지|(?:사이\s?)?(?:출생|태어|생\b))")
_RANKED = re.compile(r"^\W{0,6}(?:[^:：\n\t]{0,60}\D)?[1-4](?:\s?[·,~]\s?[1-4])?\s?순위[^:：\n\t]{0,24}[:：]?\s{0,3}$")
_RANK = re.compile(r"[1-4]\s?순위\W{0,4}$")
_CALLS = re.compile(
    r"(?:모집|신청|접수|청약)\s?(?:접수\s?)?(?:일정|기간|일시|일자|일\b)|(?:인터넷|온라인|방문|현장)\s?(?:청약\s?)?(?:접수|신청)\W{0,3}$"
)
_AND = re.compile(r"\s?(?:및|[·/,])\s?(?:원본\s?|증빙\s?)?")
_POSTMARK = re.compile(r"\[[^\]\n]{0,60}(?:소인|도착)[^\]\n]{0,30}\]")
_NEUTRAL = re.compile(
    r"기간|일시|까지|부터|당일|우체국|소인분?|유효|이내|오전|오후|낮|자정|정오|동안|일간|일|월|년|시|분|요|[월화수목금토일]"
)
_SINCE_NOTICE = re.compile(r"(?:모집)?\s?공고\s?(?:일|시|문)?\s{0,2}(?:[~∼～]|(?:로|으로)?부터)\s{0,2}$")
_FIELDS = {
    "apply": ("opens", "closes"),
    "papers": ("papers_from", "papers_to"),
    "announce": ("announces", ""),
    "contract": ("contract_from", "contract_to"),
    "move_in": ("move_in", ""),
}
_LONGEST = 60  # a fact's words


@dataclass(frozen=True, slots=True)
class Period:
    """A span of time as said: its role ("apply", "papers", "announce", "contract", "move_in", "other"), its words."""

    role: str
    opens: Moment | None
    closes: Moment | None
    words: str
    always: bool = False


_DIGIT = re.compile(r"\d")


def period(text: str, on: date | None) -> Period | None:
    """Return the application period that a phrase states; None where it states none or another one.

    `on` is the day of posting, from which an unsaid year is taken.
    """
    spans = [p for p in _periods(text, on) if p.role == "apply"]
    if spans:
        return spans[0]
    if _ALWAYS.search(text) and _role(text, 0, len(text)) == "apply":
        found = _ALWAYS.search(text)
        return Period("apply", None, None, found.group() if found else "", always=True)
    return None


def schedule(text: str, on: date | None, document: str = "body") -> list[Fact]:
    """Return the dates of a body: application from the first start to the last end, papers, announcement, contract.

    A row of a table takes its label from its own cells or from the header above it.
    """
    spans: dict[str, list[Period]] = {}
    for line, header, heading in _lines(text):
        for found in _periods(line, on, header, heading):
            if found.role in _FIELDS:
                spans.setdefault(found.role, []).append(found)
    return [fact for role, found in spans.items() for fact in _facts(role, found, document)]


def _facts(role: str, spans: list[Period], document: str) -> Iterator[Fact]:
    starts = [p for p in spans if p.opens]
    ends = [p for p in spans if p.closes]
    begin, end = _FIELDS[role]
    if starts:
        p = min(starts, key=lambda p: _clocked(p.opens, 1440))
        yield Fact(begin, str(p.opens), p.words, document)
    if ends and end:
        p = max(ends, key=lambda p: _clocked(p.closes, -1))
        yield Fact(end, str(p.closes), p.words, document)


def _clocked(moment: Moment | None, unsaid: int) -> tuple[date, int]:
    """Order moments of one day so that one that says the hour comes before one that does not."""
    return (moment.day, unsaid if moment.minute is None else moment.minute) if moment else (date.max, 0)


def _lines(text: str) -> Iterator[tuple[str, list[str], str]]:
    """Give each line that holds a digit, with the header cells of its table and the heading above it.

    What was announced before a change ("당초 …", a column "변경 전") is left out.
    """
    header: list[str] = []
    past: list[int] = []
    heading = ""
    for line in text.split("\n"):
        cells = line.split("\t")
        digit = _DIGIT.search(line)
        if len(cells) < 2:
            header, past = [], []
            heading = heading if digit or not line.strip() else line[:40]
        elif not digit:
            past = [at for at, cell in enumerate(cells) if _PAST.match(cell)] or past
            if sum(bool(_LABEL.search(c)) for c in cells):
                header = cells
                continue
        if digit and not _PAST.match(line):
            kept = "\t".join("" if at in past else cell for at, cell in enumerate(cells)) if past else line
            yield kept[:2000], header, heading


def _periods(line: str, on: date | None, header: list[str] | None = None, heading: str = "") -> Iterator[Period]:
    """Give the periods of one line in order: at each day a range if it is one, an open end, or a day that says what it is."""
    end = 0
    if "[" in line:
        line = _POSTMARK.sub(lambda found: " " * len(found[0]), line)
    for begin in _DAY_BEGINS.finditer(line):
        at = begin.start()
        if at < end:
            continue
        role = ""
        for pattern, make in ((_RANGE, _from_range), (_OPEN_END, _from_open), (_CLOSED, _from_single)):
            match = pattern.match(line, at)
            if match is None:
                continue
            role = role or _role(line, at, match.end(), header, heading)
            made = make(match, role, on, line)
            if made is not None or (pattern is _RANGE and first(match, "a", on)):
                end = match.end()  # a range that is impossible is not read in part either
            if _GONE.search(line, max(0, at - 8), at) or _IN_FORCE.match(line, match.end()):
                made = None
            if made is not None and not _REPLACED.match(line, match.end()):
                yield Period(role, *made, match.group().strip()[:_LONGEST])
            if end > at:
                break


def _from_range(
    match: re.Match[str], role: str, on: date | None, line: str
) -> tuple[Moment | None, Moment | None] | None:
    start = first(match, "a", on)
    end = start and second(match, "b", start, on)
    if not start or not end:
        return None
    said = match["bt"] if "bt" in match.re.groupindex else None
    prose = "부터" in match.group() and not said
    return (start, end) if role != "none" and not (role == "bare" and prose) else None


def _from_open(
    match: re.Match[str], role: str, on: date | None, line: str
) -> tuple[Moment | None, Moment | None] | None:
    start = first(match, "a", on)
    if not start or role in ("none", "bare"):
        return None
    told = "부터" not in match.group() or _TOLD.search(line[max(0, match.start() - 30) : match.start()])
    return (start, None) if told or _CALLED.match(line, match.end()) else None


def _from_single(
    match: re.Match[str], role: str, on: date | None, line: str
) -> tuple[Moment | None, Moment | None] | None:
    day = first(match, "a", on)
    if not day or role in ("none", "bare"):
        return None
    label = line[: match.start()]
    if _FAR.match(line, match.end()):
        return None  # "… ~ 9999.12.31"
    if role != "apply":
        return (None, day) if match["until"] and role in ("papers", "contract") else (day, day)
    if (
        match["until"]
        or re.search(r"[~∼～]\s{0,2}$", label)
        or re.search(r"마감일?\W{0,4}$|기한\W{0,4}$|까지\W{0,4}$", label)
    ):
        return (None, day)
    if re.search(r"시작일?\W{0,4}$", label):
        return (day, None)
    if re.search(r"(?:접수|신청|청약)(?:일시|일자|일)\W{0,4}$", label) or _RANK.search(label):
        return (day, Moment(day.day))
    return None


def _role(line: str, start: int, end: int, header: list[str] | None = None, heading: str = "") -> str:
    """Tell what a span is for: by the nearest label before it, its column's header, the words after it, or nothing."""
    before = _SENTENCE.sub("", _SINCE_NOTICE.sub("", line[max(0, start - 60) : start]))
    labels = list(_LABEL.finditer(before))
    if labels:
        last = labels[-1]
        joined = (
            last.lastgroup == "papers" and len(labels) > 1 and _AND.fullmatch(before, labels[-2].end(), last.start())
        )
        return (labels[-2] if joined else last).lastgroup or "other"
    if header:
        column = line.count("\t", 0, start)
        if column < len(header) and (named := header[column].strip()):
            label = _LABEL.search(named)
            return (label.lastgroup or "other") if label else "other"
    inside_or_after = _LABEL.search(line, start, min(len(line), end + 40))
    if inside_or_after:
        return inside_or_after.lastgroup or "other"
    if _RANKED.match(line[:start]) and _CALLS.search(heading):
        return "apply"
    outside = _NEUTRAL.sub("", line[:start] + line[end:])
    return "none" if re.search(r"[가-힣A-Za-z]{2,}", outside) else "apply" if _is_range(line, start, end) else "bare"


def _is_range(line: str, start: int, end: int) -> bool:
    """Whether a span without any word beside it is a range of its own, as in a cell."""
    around = line[max(0, start - 3) : end]
    return bool(re.search(r"[~∼～〜-]|부터", around)) or "까지" in line[max(0, end - 4) : end + 4]
