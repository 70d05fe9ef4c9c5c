"""Tell a post from what stands in its place: firewall, login, error, empty form, the list again, a shell for scripts."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date

from notices.korean import one_line
from spiders.pages import labels
from spiders.pages.board import listing
from spiders.pages.document import Document
from spiders.pages.files import File
from spiders.pages.flow import Flow, Mark
from spiders.pages.headline import Headline
from spiders.pages.labels import Pair
from spiders.pages.paths import elements
from spiders.pages.records import State

_FIREWALL = re.compile(
    r"request (?:was )?(?:blocked|rejected)|requested url was rejected|웹\s?방화벽|"
    r"web ?application ?firewall|비정상(?:적인|적)?\s?(?:접근|요청|접속)|"
    r"(?:접근|접속|요청|IP)\S{0,3}\s?(?:이|가|을)?\s?차단|access denied|403 forbidden|"
    r"보안\s?정책에\s?(?:의해|따라|위배)|support id|captcha|자동\s?등록\s?방지|"
    r"checking your browser|enable javascript and cookies|ddos protection|악성\s?(?:요청|접근)|"
    r"verif(?:y|ying) (?:that )?you are (?:a )?human|review the security of your connection|접속\s?대기\s?중|예상\s?대기\s?시간",
    re.I,
)
_ERROR = re.compile(
    r"페이지를\s?찾을\s?수\s?없|요청하신\s?(?:페이지|자료|정보)|존재하지\s?않는\s?(?:게시|글|페이지|자료|주소)|"
    r"(?:게시물|게시글|글|자료|페이지)(?:이|가|을|를)?\s?(?:존재하지\s?않|찾을\s?수\s?없|삭제)|삭제(?:된|되었거나)\s?(?:없는\s?)?(?:게시|글|페이지|자료)|없는\s?(?:게시[물글]|글|페이지|자료)\s?입니다|"
    r"(?:잘못|올바르지)\s?(?:된|않은)\s?(?:접근|경로|요청|주소)|(?:오류|에러|장애)(?:가|이)?\s?발생|시스템\s?(?:점검|오류|장애)|"
    r"서비스\s?(?:점검|준비|이용에\s?불편|일시)|not found|http (?:status|error)|internal server error|bad gateway|service unavailable|"
    r"접근\s?권한|권한이\s?없|비공개\s?(?:글|게시)|비밀글|세션이?\s?(?:만료|종료)|정상적인\s?(?:접근|경로)",
    re.I,
)
_LOGIN = re.compile(r"로그인(?:이|을|후|하|하셔야| 후)|아이디|비밀번호|본인\s?인증|회원\s?전용|로그인")
_ALERT = re.compile(r"alert\s{0,3}\(\s{0,3}[\"']([^\"'\n]{1,200})[\"']")
_LEAVES = re.compile(
    r"location(?:\.href|\.replace|\.assign)?\s{0,3}[=(]|history\.(?:back|go)|window\.close|self\.close|top\.location|submit\s?\(\)"
)
_ASKS = re.compile(
    r"\$\.(?:ajax|get|post|getJSON)|XMLHttpRequest|fetch\s?\(|axios|createApp|new Vue|ReactDOM|__NEXT_DATA__|__NUXT__|hydrate|v-if|ng-app",
    re.I,
)
_ICON = re.compile(
    r"ico|btn|button|bullet|file|logo|blank|spacer|dot|arrow|sns|kogl|nuri|new\.|common/|share|print|emoticon", re.I
)
_SHORT = 1500


@dataclass(frozen=True, slots=True)
class Gathered:
    """What was read from a page, before it is decided whether the page is a post."""

    title: Headline | None
    found: list[Pair]  # all labelled values
    rows: list[Pair]  # those of the post's head
    day: date | None
    body: str
    files: list[File]

    @property
    def is_post(self) -> bool:
        """Whether the page has the head of a post with text, or files, or long text."""
        head = [pair for pair in self.rows if pair.text and pair.role in _HEAD]
        dated = self.day is not None and self.title is not None
        return (
            bool(self.files)
            or len(self.body) >= 400
            or (len(self.body) > 20 and (bool(head) or dated))
            or len(head) > 1
        )

    @property
    def is_clear(self) -> bool:
        """Whether a clear title with some text stands on the page: a box to log in may stand beside it."""
        title = self.title
        return title is not None and not title.doubts and len(self.body) >= 80 and not _LOGIN.search(title.text)

    @property
    def is_weak(self) -> bool:
        """Whether neither a clear title nor files speak for a post."""
        return (self.title is None or bool(self.title.doubts)) and not self.files


_HEAD = (labels.POSTED, labels.TITLE, labels.ANNOUNCED)


def no_post(document: Document, flow: Flow, page: Gathered) -> tuple[State, str] | None:
    """Return the state of a page that is no post, and why; None where it is one."""
    if page.is_weak and (rows := _board_rows(document, page)):
        return State.GUARD, f"글이 아니라 목록: {rows}줄"
    if page.is_post:
        return None
    shown = _shown(flow)
    told = f"{document.title} {shown[:_SHORT]}"
    if len(shown) < _SHORT and (match := _FIREWALL.search(told)):
        return State.GUARD, f"방화벽이나 차단 안내: '{match[0]}'"
    left = _leaves(document, shown) or _leaves_at_once(document, page)
    if left:
        return State.GUARD, left
    if _asks_password(flow) and not page.is_clear:
        return State.GUARD, "로그인 페이지"
    if len(page.body) < 200 and _is_form(flow):
        return State.GUARD, "글이 아니라 빈 쓰기 양식"
    if len(page.body) < 40 and _is_blank(flow, page.found):
        if _ASKS.search(document.text) and not _is_typed(flow, page.found):
            return State.SHELL, "제목과 내용 칸을 스크립트가 채우는 틀"
        return State.GUARD, "글이 아니라 빈 양식: 제목 칸이 비어 있음"
    if 0 < len(page.body) < 40 and page.is_weak and page.day is None and _ASKS.search(document.text):
        return State.SHELL, "이름표만 있고 값은 스크립트가 채우는 틀"
    if len(page.body) < 300 and (match := _ERROR.search(told)):
        return State.GUARD, f"오류 안내: '{match[0]}'"
    if page.is_weak and page.day is None and _is_thin(page) and _names_nothing(flow, page.found):
        return (State.SHELL if _ASKS.search(document.text) else State.GUARD), "이름표만 있고 값이 없음"
    listed = _lists(flow) if len(page.body) < 60 and not page.rows else 0
    if listed:
        return State.GUARD, f"글이 아니라 목록: {listed}줄"
    if any(pair.text and pair.role in _HEAD for pair in page.rows):
        return None
    if page.body and not (page.is_weak and page.day is None and _is_thin(page)):
        return None
    return _nothing(document, flow, page)


def _board_rows(document: Document, page: Gathered) -> int:
    """How many posts the page lists, where what was taken for a text is the list itself or next to nothing; else 0."""
    found = listing(document)
    rows = [row for row in found.rows if row.key is not None]
    if found.state != State.OK or len(rows) < 3:
        return 0
    inside = sum(row.title in page.body for row in rows if len(row.title) >= 6)
    headless = page.title is None and page.day is None and not page.rows
    return len(rows) if len(page.body) < (600 if headless else 120) or inside >= 2 else 0


def _shown(flow: Flow) -> str:
    parts = [flow.text[piece][:2000] for piece in range(len(flow.text)) if flow.mark[piece] < Mark.CHROME]
    return " ".join(parts[:4000])


def _leaves(document: Document, shown: str) -> str:
    """Why a page without text sends its reader away by script; "" where it does not."""
    if len(shown.strip()) > 150 or len(document.text) > 20_000:
        return ""
    alert = _ALERT.search(document.text)
    if alert and "function" in document.text[max(0, alert.start() - 400) : alert.start()]:
        alert = None  # said on a click
    if alert and (_LEAVES.search(document.text) or not shown.strip()):
        return f"알림창 뒤 다른 곳으로 보냄: '{one_line(alert[1])}'"
    if not shown.strip() and _LEAVES.search(document.text):
        return "내용 없이 다른 곳으로 보냄"
    if not shown.strip() and re.search(r"http-equiv\s?=\s?[\"']?refresh", document.text, re.I):
        return "내용 없이 다른 곳으로 보냄"
    return ""


def _leaves_at_once(document: Document, page: Gathered) -> str:
    """Why a page's script says something and sends its reader back while it loads, outside any function; else ""."""
    if page.day is not None or page.files or not _is_thin(page) or not (page.is_weak or len(page.body) < 100):
        return ""
    for script in _SCRIPTS(document.tree):
        text = script.text or ""
        said = _SAYS_AND_LEAVES.search(text) if len(text) < 100_000 else None
        if said and text.count("{", 0, said.start()) == text.count("}", 0, said.start()):
            return f"알림창 뒤 다른 곳으로 보냄: '{one_line(said[1])}'"
    return ""


_SCRIPTS = elements("//script[contains(., 'alert')]")
_SAYS_AND_LEAVES = re.compile(
    r"alert\s{0,3}\(\s{0,3}[\"']([^\"'\n]{1,200})[\"']\s{0,3}\)\s{0,3};?\s{0,40}"
    r"(?:(?:window|document|top|parent|self)\.){0,2}(?:history\.(?:back|go)|location|close\s{0,3}\()"
)


def _is_thin(page: Gathered) -> bool:
    """Whether a text is but words of menus and labels: short lines, and hardly a sentence in them; none under a title."""
    lines = page.body.split("\n")
    if len(page.body) >= 300 or max(map(len, lines)) >= 60:
        return False
    said = len(_SAYS.findall(page.body))
    if page.title is None or not page.body:
        return said <= 1
    return not said and len(lines) > 2 and max(map(len, lines)) < 25


_SAYS = re.compile(r"(?:다|요|오|음|함|까)[.!?]|\d{1,2}[:시]\s?\d{0,2}")


def _names_nothing(flow: Flow, found: list[Pair]) -> bool:
    """Whether labels of a post's head stand on the page, none of them with a value."""
    named = [pair for pair in found if pair.role in (*_HEAD, labels.WRITER) and flow.mark[pair.label_at] < Mark.TAIL]
    return bool(named) and not any(pair.text and not labels.known(pair.text) for pair in named)


def _asks_password(flow: Flow) -> bool:
    return any(node.tag == "input" and (node.get("type") or "").lower() == "password" for node in flow.nodes)


def _is_form(flow: Flow) -> bool:
    """Whether title and text are fields to fill in: a form to write a post, empty."""
    for index, node in enumerate(flow.nodes):
        if node.tag == "form":
            inner = flow.nodes[index : min(flow.end[index], index + 3000)]
            title = any(
                one.tag == "input" and _names_title(one.get("name")) and (one.get("type") or "text").lower() == "text"
                for one in inner
            )
            if title and any(one.tag == "textarea" and not (one.text or "").strip() for one in inner):
                return True
    return False


def _is_blank(flow: Flow, found: list[Pair]) -> bool:
    """Whether the page has a row for the title, and nothing in it."""
    titles = [pair for pair in found if pair.role == labels.TITLE and pair.own and flow.mark[pair.label_at] < Mark.TAIL]
    return bool(titles) and not any(pair.text and not labels.known(pair.text) for pair in titles)


def _is_typed(flow: Flow, found: list[Pair]) -> bool:
    """Whether the title's row is a field to fill in."""
    rows = [pair.node for pair in found if pair.role == labels.TITLE]
    return any(flow.tag(one) == "input" for node in rows for one in range(node, min(flow.end[node], node + 8)))


def _names_title(name: str | None) -> bool:
    return bool(name and re.search(r"subject|title|sj$|ttl|nttSj|jemok", name, re.I))


def _lists(flow: Flow) -> int:
    """How many rows of other posts the page lists."""
    return sum(
        1
        for index, node in enumerate(flow.nodes)
        if node.tag in ("tr", "li")
        and flow.first[index] < flow.last[index]
        and flow.mark[flow.first[index]] == Mark.TAIL
    )


def _nothing(document: Document, flow: Flow, page: Gathered) -> tuple[State, str] | None:
    """What a page without text and files is: a picture post, a frame for scripts, or nothing."""
    if page.title and pictures(flow, page.title.stop):
        return None
    told = one_line(_shown(flow))[:60]
    if _ASKS.search(document.text) or (not told and document.tree.xpath("//script[@src]|//frame|//iframe")):
        return State.SHELL, "글자가 없고 스크립트가 채우는 틀"
    if _LOGIN.search(told):
        return State.GUARD, f"로그인 안내: '{told}'"
    if page.title and not (page.body and page.title.doubts):
        return None
    return State.GUARD, f"글이 없는 페이지: '{told}'"


def pictures(flow: Flow, after: int) -> int:
    """Count the pictures behind the title that are neither icons nor part of menus and tails."""
    count = 0
    for index, node in enumerate(flow.nodes):
        if node.tag != "img" or flow.first[index] < after or _ICON.search((node.get("src") or "")[:300]):
            continue
        before = flow.first[index] - 1
        count += before < 0 or flow.mark[before] < Mark.TAIL
    return count
