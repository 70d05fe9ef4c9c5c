"""What a notice does: the first rule of its publisher's order that its title meets, each with the words it saw."""

from __future__ import annotations

import re

from notices.model import Fact
from notices.reading import kind_words as words
from notices.reading.subject import Subject, Text
from notices.reading.voice import Voice, voice
from notices.reading.words import quoted, rule

_OF_HOMES = (words.RENEWED, words.PAPERS, words.SIGNED)
_STEPS = (
    ("계약입주", words.RENEWED),
    ("발표", words.ANNOUNCED),
    ("발표", words.PAPERS),
    ("계약입주", words.SIGNED),
    ("접수현황", words.COUNTED),
    ("기타", words.HELPERS),
)
_FOLLOW_UPS = tuple((kind, rule(pattern)) for kind, pattern in _STEPS)
_FOLLOW_UPS_OF_PROGRAMMES = tuple((kind, rule(pattern)) for kind, pattern in _STEPS if pattern not in _OF_HOMES)
_PLOT_KINDS = tuple((kind, rule(pattern)) for kind, pattern in words.PLOT_KINDS)
_CANCELLED, _NOT_CANCELLED = rule(words.CANCELLED), rule(words.NOT_CANCELLED)
_MOVED, _PROLONGED, _NOT_PROLONGED = rule(words.MOVED), rule(words.PROLONGED), rule(words.NOT_PROLONGED)
_PLANNED, _SERVED = rule(words.PLANNED), rule(words.SERVED)
_SERVICE, _JOBS, _RENEWAL, _PLOT = rule(words.SERVICE), rule(words.JOBS), rule(words.RENEWAL), rule(words.PLOT)
_SOLD, _BOUGHT, _TENDER = rule(words.SOLD), rule(words.BOUGHT), rule(words.TENDER)
_TENANTS, _CALLED, _HALLS, _HOMES = rule(words.TENANTS), rule(words.CALLED), rule(words.HALLS), rule(words.HOMES)
_EVENT_HELD = rule(words.EVENT_HELD)
_EVENT, _OTHER, _PROGRAMME_CALL = rule(words.EVENT), rule(words.OTHER), rule(words.PROGRAMME_CALL)
_PROGRAMME, _SUPPORT = rule(words.PROGRAMME), rule(words.SUPPORT)
_VICTIMS = rule("피해_주택_매입")
_OTHER_WISH = rule("할인 감면 포기 전매 환매 물색 환급 반환 환불 해지 양도 명의_변경 증명서? 납부 이체 상환 정산 개명")
_SYSTEM = re.compile("시스템|홈페이지|누리집|서버|콜센터")
_TOLD = rule("착공 준공 완공 기공 첫_삽 안내 알림 게시 납부 환불 양식 신청서 서식 공지 문의 자료")
_OFFERED = rule("모집 공고 분양")
_TRADED = rule("운영자_모집 입점자?_모집 입찰 분양 공급 개찰 유찰 낙찰 매각 수의_계약 추첨")
_SALE = frozenset(("공공분양", "신혼희망타운"))
_CATEGORIES = (("채용", rule("채용")), ("입찰", rule("입찰")), ("정책소식", rule("보도_자료 언론")))
_REGISTERED = rule("모집_신고 신고_수리 조합원_(?:추가_)?모집")
_SAID = re.compile(
    r"[\"“”‘’'][^\"“”‘’']{6,60}[\"“”‘’'](?!\s?(?:개최|운영|실시|진행|마련|참[가석여]|열[려린]|성료|연다))"
)
_LET = rule("민간_임대(?!_(?:사업|등록|주택_?건설))")
_HEAD = 600

Answer = tuple[str, re.Match[str] | None]


def kind(subject: Subject, supply: frozenset[str] = frozenset()) -> tuple[str, tuple[Fact, ...]]:
    """Return the kind and the fact "kind" with the words that say so; a kind nothing speaks for has no fact.

    `supply` are the types read from the same notice.
    """
    category = subject.fields.get("category", "")[:60]
    for answer, pattern in _CATEGORIES:
        if pattern.search(category):
            return answer, (Fact("kind", answer, category, "field:category"),)
    speaker = voice(subject)
    if speaker is Voice.MINISTRY:
        return _kind(subject.title.plain, Voice.PROGRAMMES, supply)[0], ()  # by the form of the whole title
    answer, match = _kind(subject.title.plain, speaker, supply)
    if match:
        fact = _fact(subject.title, answer, match, speaker, supply)
        return answer, (fact,) if fact else ()
    asks = _TENANTS.search(subject.body.plain, 0, _HEAD) if answer == "기타" else None
    fact = subject.body.fact("kind", "모집", *asks.span()) if asks else None
    return ("모집", (fact,)) if fact else (answer, ())


def _fact(text: Text, answer: str, match: re.Match[str], speaker: Voice, supply: frozenset[str]) -> Fact | None:
    span = quoted(text.plain, match.start(), match.end(), lambda cut: _kind(cut, speaker, supply)[0] == answer)
    return text.fact("kind", answer, *span) if span else None


def _kind(title: str, speaker: Voice, supply: frozenset[str]) -> Answer:
    if speaker is Voice.PRESS:
        return "정책소식", None
    if speaker is Voice.NEWS:
        event, tenants = _EVENT.search(_SAID.sub("", title)), _TENANTS.search(title)
        return ("교육행사", event) if event else ("모집", tenants) if tenants else ("정책소식", None)
    homes = bool(supply)
    return (
        _ended_or_moved(title, homes)
        or _not_homes(title, speaker, homes)
        or _follow_up(title, speaker, homes)
        or _called(title, speaker, homes)
        or _otherwise(title, speaker, bool(supply - _SALE))
    )


def _ended_or_moved(title: str, homes: bool) -> Answer | None:
    cancelled = _CANCELLED.search(title)
    if cancelled and not _NOT_CANCELLED.search(title, max(0, cancelled.start() - 4), cancelled.end() + 3):
        return "취소", cancelled
    service = _SERVICE.search(title)
    if service and (not homes or _SYSTEM.match(service[0])) and not _TENANTS.search(title):
        return "서비스안내", service
    moved = _MOVED.search(title)
    if moved and (homes or not _RENEWAL.search(title)):
        return "연기변경", moved
    prolonged = _PROLONGED.search(title)
    if prolonged and (homes or _TENANTS.search(title)) and not _NOT_PROLONGED.search(title):
        return "연기변경", prolonged
    return None


def _not_homes(title: str, speaker: Voice, homes: bool) -> Answer | None:
    """Tell jobs, land and shops, homes for sale, renewal of quarters and tenders from what residents apply for."""
    tenants, tender = _TENANTS.search(title), _TENDER.search(title)
    jobs = _JOBS.search(title)
    if jobs and not tenants:
        return "채용", jobs
    plot = _PLOT.search(title)
    if plot and plot[0] == "용지" and homes and tenants:
        plot = None  # a place whose name ends so
    if plot and (speaker is Voice.HOUSING or _TRADED.search(title)):
        return _first(_PLOT_KINDS, title) or ("기타", plot)
    official = _SERVED.search(title) or _PLANNED.search(title)
    renewal = official or (None if homes else _RENEWAL.search(title))
    if renewal and (not tenants or _REGISTERED.search(title)):
        return ("입찰", tender) if tender else ("기타", renewal)
    sold, bought = _SOLD.search(title), _BOUGHT.search(title)
    if sold:
        return "매각", sold
    if bought and not tenants and not _VICTIMS.search(title):
        return "기타", bought
    return ("입찰", tender) if tender else None


def _follow_up(title: str, speaker: Voice, homes: bool) -> Answer | None:
    """Tell what follows a call; contracts and rents only where homes are let, as programmes speak of them too."""
    lets = homes or speaker is Voice.HOUSING or bool(_TENANTS.search(title))
    return _first(_FOLLOW_UPS if lets else _FOLLOW_UPS_OF_PROGRAMMES, title)


def _called(title: str, speaker: Voice, homes: bool) -> Answer | None:
    """Tell calls for tenants from events and from programmes' calls for participants."""
    tenants, held = _TENANTS.search(title), _EVENT_HELD.search(title)
    if held or tenants:
        return ("교육행사", held) if held else ("모집", tenants)
    event, call = _EVENT.search(title), _PROGRAMME_CALL.search(title)
    if not homes and (event or call):
        return ("교육행사", event) if event else ("지원사업", call)
    halls, called = _HALLS.search(title), _CALLED.search(title)
    if halls and not (called and _OFFERED.search(called[0])):
        return "계약입주", halls
    if ("피해" in title and _VICTIMS.search(title)) or (
        called and not _OFFERED.search(called[0]) and _OTHER_WISH.search(title)
    ):
        return None
    ours = homes or (speaker is Voice.HOUSING and _HOMES.search(title)) or _LET.search(title)
    if called and ours and (speaker is not Voice.PROGRAMMES or "모집" in called[0]):
        return "모집", called
    return None


def _otherwise(title: str, speaker: Voice, rented: bool) -> Answer:
    other = _OTHER.search(title)
    if other:
        return "기타", other
    programme = (_SUPPORT if speaker is Voice.HOUSING else _PROGRAMME).search(title)
    if programme:
        return "지원사업", programme
    event = _EVENT.search(title)
    if event:
        return "교육행사", event
    if speaker is Voice.HOUSING and rented and not _TOLD.search(title):
        return "모집", None
    return ("지원사업" if speaker is Voice.PROGRAMMES else "기타"), None


def _first(rules: tuple[tuple[str, re.Pattern[str]], ...], title: str) -> Answer | None:
    for answer, pattern in rules:
        match = pattern.search(title)
        if match:
            return answer, match
    return None
