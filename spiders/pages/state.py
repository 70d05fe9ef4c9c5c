"""What a page without rows is: a board with no posts, a shell filled by script, a guard, or nothing readable."""

from __future__ import annotations

import re

from spiders.pages.cells import spoken
from spiders.pages.document import Document
from spiders.pages.paths import elements, texts
from spiders.pages.records import State
from spiders.pages.words import EMPTY, role

_SEEN = texts(
    "//body//text()[not(parent::script or parent::style or parent::noscript or parent::option or parent::template)]"
)
_NONE = elements(
    "//body//*[not(self::script or self::style or self::option)][contains(text(), '없') or contains(text(), '않')]"
)
_OTHER = re.compile(
    r"댓글|답글|의견|첨부|파일|이전|다음|윗|아랫|최근\s?본|본\s?공고|관심|찜|알림|팝업|검색어|일정|장바구니|즐겨|쪽지"
)
_UNFILLED = re.compile(r"\{\{[^{}]{1,80}\}\}")
_HIDDEN = re.compile(r"display\s?:\s?none", re.I)
_COUNTING = elements(
    "//text()[contains(., '총') or contains(., '전체') or contains(., 'otal') or contains(., 'OTAL') or contains(., '검색')]/.."
)
_GUARD = re.compile(
    r"잘못된\s?(?:접근|경로|요청)|비정상\s?적인?\s?(?:접근|경로|요청)|접근(?:이|을)?\s?(?:차단|거부|제한|금지)"
    r"|접근\s?권한이?\s?없|권한이\s?없습니다|차단되었|차단된"
    r"|보안\s?(?:정책|장비|시스템)|웹\s?방화벽"
    r"|request\s?(?:blocked|rejected)|access\s?denied|forbidden|web\s?(?:application\s?)?firewall|captcha|자동\s?(?:등록|입력)\s?방지|보안\s?문자"
    r"|페이지를?\s?(?:찾을\s?수\s?없|표시할\s?수\s?없)|존재하지\s?않는\s?(?:페이지|게시판|게시물)|요청하신\s?페이지|not\s?found|(?:http\s?)?(?:error|오류|에러)\s?(?:code\s?)?:?\s?[45]\d\d|[45]\d\d\s?(?:error|오류|에러)"
    r"|(?:서버|시스템|서비스|프로그램)\s?(?:오류|에러|점검|장애)|오류가\s?발생"
    r"|에러가\s?발생|장애가\s?발생|점검\s?중|일시적(?:으로|인)"
    r"|internal server error|bad gateway|service unavailable|세션이?\s?(?:만료|종료)"
    r"|접속\s?대기|예상\s?대기\s?시간|대기\s?(?:순번|인원)|verif(?:y|ying) (?:that )?you are (?:a )?human"
    r"|(?:이전|이동|폐쇄)(?:되었|하였|했)습니다|서비스가?\s?종료",
    re.I,
)
_LOGIN = re.compile(
    r"로그인(?:이|\s?후|을|\s?하신)?\s?(?:필요|이용|해\s?주|하셔야|하시)|회원\s?(?:전용|로그인)|sign\s?in|본인\s?(?:인증|확인)이?\s?필요",
    re.I,
)
_JUMP = re.compile(
    r"alert\s?\(|location(?:\.href|\.replace|\.assign)?\s?[=(]|history\.(?:back|go)\s?\(|http-equiv\s?=\s?[\"']?refresh|document\.cookie\s?=",
    re.I,
)
_TOTAL = re.compile(
    r"(?:총|전체|total|검색\s?결과)\s{0,3}(?:게시물|게시글|글|건수|등록|count)?\s{0,3}(?:수)?\s{0,3}[:：]?\s{0,5}([\d,]{1,9})\s{0,3}(?:건|개|posts?|$|\s|,|/|페이지)",
    re.I,
)
_BINARY = (b"%PDF", b"PK\x03\x04", b"\x89PNG", b"GIF8", b"\xff\xd8\xff", b"\xd0\xcf\x11\xe0", b"\x1f\x8b")


def visible(document: Document) -> str:
    """Return the page's visible text, at most 300,000 characters."""
    parts, size = [], 0
    for text in _SEEN(document.tree):
        stripped = text.strip()
        if stripped:
            parts.append(stripped)
            size += len(stripped)
            if size > 300_000:
                break
    return " ".join(parts)


def total_of(text: str) -> int | None:
    """Return how many posts the board counts, as its page says."""
    match = _TOTAL.search(text)
    return int(match[1].replace(",", "")) if match and match[1].strip(",") else None


def total_in(document: Document) -> int | None:
    """Return how many posts the board counts, from the few places of the page that speak of a total."""
    for node in _COUNTING(document.tree)[:60]:
        if node.tag in ("script", "style", "option", "a", "title"):
            continue
        for home in (node, node.getparent()):
            if home is not None and (total := total_of(spoken(home, badges=True)[:80])) is not None:
                return total
    return None


def says_empty(document: Document) -> bool:
    """Tell whether some visible element says nothing else than that there are no posts."""
    for node in _NONE(document.tree)[:30]:
        text = spoken(node, badges=True)
        if (
            len(text) < 40
            and EMPTY.search(text)
            and not _OTHER.search(text)
            and not _HIDDEN.search(node.get("style", ""))
        ):
            return True
    return False


def _empty_in(text: str) -> re.Match[str] | None:
    """Return the message that there are no posts; what is not there may be something else (최근 본 공고, 댓글)."""
    for match in EMPTY.finditer(text):
        if not _OTHER.search(text[max(0, match.start() - 8) : match.end()]):
            return match
    return None


def unreadable(document: Document) -> str:
    """Return why the bytes cannot be a page, or ""."""
    if not document.data.strip():
        return "빈 응답"
    if document.data.lstrip()[:8].startswith(_BINARY):
        return "웹 페이지가 아닌 파일"
    text = document.text[:20000]
    if text.count("\ufffd") * 5 > len(text):
        return "글자를 해독할 수 없음"
    return ""


def state_of(document: Document) -> tuple[State, str]:
    """Return what a page without rows is, and why."""
    text = visible(document)
    if not text and _JUMP.search(document.text):
        return State.GUARD, "다른 곳으로 보내는 응답"
    if not text and not document.tree.xpath("//script|//img|//frame|//iframe"):
        return State.UNREADABLE, "글이 없는 응답"
    tree = document.tree
    table = any(role("".join(th.itertext())) in ("title", "posted", "number") for th in list(tree.iter("th"))[:200])
    if _UNFILLED.search(text):
        return State.SHELL, "스크립트가 채우기 전의 틀"
    empty = _empty_in(text)
    guard = _GUARD.search(text[:6000]) or _GUARD.search(document.title)
    if tree.xpath("//input[@type='password']") and not table and (not empty or len(text) < 3000):
        return State.GUARD, "로그인 화면"
    small = len(text) < 1500
    if (
        guard
        and not table
        and (small or _GUARD.search(document.title))
        and not (empty and not _GUARD.search(document.title) and "존재하지" not in guard[0])
    ):
        return State.GUARD, f"안내·차단 화면: {guard[0]}"
    if small and not table and not empty and _LOGIN.search(text):
        return State.GUARD, "로그인 안내"
    if len(text) < 300 and _JUMP.search(document.text) and not table and not empty:
        return State.GUARD, "다른 곳으로 보내는 응답"
    total = total_of(text)
    if empty and not (total and total > 0):
        return State.EMPTY, f"글 없음 안내: {empty[0].strip()}"
    if total == 0:
        return State.SHELL, "총 0건이라 하나 글이 없다는 안내가 없음"
    if total:
        return State.SHELL, f"총 {total}건이라면서 행이 없음"
    if table:
        return State.SHELL, "머리글만 있고 행이 없음"
    if document.tree.xpath("//script") or re.search(r"<script", document.text, re.I):
        return State.SHELL, "목록이 스크립트로 채워지는 것으로 보임"
    if document.tree.xpath("//frame|//iframe") and len(text) < 200:
        return State.SHELL, "다른 페이지를 끼워 보이는 틀"
    return (State.GUARD, "게시판이 아닌 화면") if text else (State.UNREADABLE, "글이 없는 응답")
