"""Find a post's title: its labelled row, else the paragraph that headings, classes, head and place point to."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections import Counter
from dataclasses import dataclass
from functools import lru_cache

from notices.korean import one_line
from spiders.pages import labels
from spiders.pages.beneath import DAY, SOME_DAY, day_near, leads, text_below
from spiders.pages.flow import Flow, Mark, words_of
from spiders.pages.labels import Pair
from spiders.pages.metadata import Metadata
from spiders.pages.words import BADGE, STATUS, role

_TITLE_WORDS = words_of("subject title tit sj ttl sbj subj headline heading subjects titles tith")
_HEADINGS = {
    "h1": 3.6,
    "h2": 3.5,
    "h3": 3.4,
    "h4": 3.2,
    "h5": 2.6,
    "h6": 2.4,
    "th": 1.5,
    "strong": 1.0,
    "b": 1.0,
    "caption": 0.5,
}
_BOARD = re.compile(
    r"(?:공지(?:사항)?|알림(?:마당|소식)?|보도(?:/해명)?자료|고시\s?[·/]?\s?공고|공고|입찰공고|채용공고|모집공고|게시판|자료실|새\s?소식|소식|뉴스|언론보도|행사안내|"
    r"자유게시판|공지\s?[·/&]\s?소식|(?:글|게시물|게시글|공고|공지사항|게시판|고시공고|상세|본문)?\s?(?:상세|내용|글|조회|보기|읽기|내용보기)\s?(?:보기|조회|페이지|화면|정보|내용)?|view|notice|home|홈|"
    r"[가-힣 ]{2,10}(?:게시판|알림마당|알림판|자료실)|[가-힣]{2}안내|board|news|로그인|subject|본문 시작|본문시작|내용 시작)",
    re.I,
)
_BOARDISH = re.compile(r"[가-힣 ]{0,8}(?:소식|뉴스|공고|자료|마당|알림|게시판|정보|사항|안내|행정|민원)")
_SENTENCE = re.compile(r"(?:니다|한다|했다|이다|된다|세요|시오)[.!]?$")
_LABEL_ALONE = re.compile(r"^\W{0,3}(?:제\s?목|공\s?고\s?명)\s{0,3}[:：]?\s{0,3}")
_NUMBERED = re.compile(r"(?:^|\s)\(?(?:우|TEL|T\.|전화|FAX)\b|@|https?://", re.I)
_TRAIL = re.compile(r"^(?:home|홈|메인|main|처음)\s{0,3}[>›»/]|[>›»].{1,30}[>›»]", re.I)
_GREETING = re.compile(r"환영합니다|오신\s?것을|입니다\.?$")
_ENCLOSED = re.compile(r"^(?:붙임|첨부|별첨)\s{0,3}[\d:：]|\d\s?부\.?(?:\s|$)|끝\s?\.$|^#\S+(?:\s#\S+)*$|^(?:문의|※)")
_SUBTITLE = re.compile(r"[-–―]\s?[^-–―].{2,300}[^-–―\s]\s?[-–―]")  # - 밤길 안전을 위해 -
_COUNTS = re.compile(r"조회\s?수?\s?[:：]?\s?\d|^조회\s?수?\b")
_LETTERS = re.compile(r"[^\W\d_].*[^\W\d_]")
_FAR = 4000  # characters of running text behind which no title is looked for
_ENOUGH = 4.0
_CLEAR = 6.0
_LEAST = 2.0


@dataclass(frozen=True, slots=True)
class Headline:
    """A post's title with the pieces it stands in (none where it came from the head) and what is unsure."""

    text: str
    start: int = 0
    stop: int = 0
    sign: str = ""
    doubts: tuple[str, ...] = ()


def headline(flow: Flow, found: list[Pair], head: Metadata) -> Headline | None:
    """Return the title of the post on the page; None where no sign gives one."""
    labelled, strong = _labelled(flow, found, head)
    if labelled and (strong or head.speaks_of(labelled.text)):
        return labelled
    best = _best(flow, found, head)
    if labelled and (
        best is None or best[0] < _CLEAR or labelled.start < best[1]
    ):  # 사업명 may be a row of the text as well
        return labelled
    own = tidy(head.own_title)
    if best and (best[0] >= _ENOUGH or (best[0] >= _LEAST and not own)):
        score, start, stop = best
        text = tidy(flow.joined(start, stop, 400))
        doubts = () if score >= _ENOUGH else ("제목을 모양만으로 골랐음",)
        return Headline(text, start, stop, f"제목: 제목다운 자리({score:.1f})", doubts)
    if own:
        return Headline(own, sign="제목: 페이지 머리(og:title, JSON-LD)")
    return None


def tidy(text: str) -> str:
    """Return a title without badges around it and repeated blanks."""
    text = one_line(text)
    for _ in range(3):
        before = text
        first, _, rest = text.partition(" ")
        if rest and first.lower() in ("new", "hot", "새글", "n") and BADGE.fullmatch(first):
            text = rest.strip()
        start, _, last = text.rpartition(" ")
        if start and last.lower() in ("new", "hot", "새글", "새글입니다", "n"):
            text = start.strip()
        if text == before:
            break
    return text


def _labelled(flow: Flow, found: list[Pair], head: Metadata) -> tuple[Headline | None, bool]:
    """The value of the title label that most looks like a post's head, and whether the label means only a title."""
    rows = [pair for pair in found if pair.role == labels.TITLE and 2 <= len(pair.text) <= 390]
    rows = [pair for pair in rows if flow.mark[pair.label_at] <= Mark.UNSEEN and not _typed(flow, pair)]
    if not rows:
        return None, False
    others = [
        pair.label_at
        for pair in found
        if pair.text and pair.role in (labels.POSTED, labels.ANNOUNCED, labels.WRITER, labels.DEPARTMENT)
    ]
    before = min(others, default=len(flow.text))

    owned = sorted(pair.label_at for pair in found if pair.own and pair.text)

    def worth(pair: Pair) -> float:
        strong = _is_strong(pair)
        own_cell = pair.label_at != pair.start
        near = min((abs(pair.label_at - other) for other in others), default=99) < 40
        near = near or sum(0 < other - pair.label_at < 12 for other in owned) >= 2
        return 4 * strong + 2 * own_cell + 2 * near + 2 * head.speaks_of(pair.text) - (pair.label_at > before + 60) * 2

    best = max(rows, key=lambda pair: (worth(pair), -pair.label_at))
    if worth(best) < 4:
        return None, False
    own = best.text if best.label_at == best.start else flow.joined(best.start, best.stop, 400)
    text = tidy(_LABEL_ALONE.sub("", own.lstrip(":： ")))
    return Headline(text, best.label_at, best.stop, f"제목: '{best.label}' 칸"), _is_strong(best)


def _is_strong(pair: Pair) -> bool:
    return pair.label in ("제목", "공고명", "공고제목", "글제목", "게시물제목") or pair.label.endswith("subject")


def _typed(flow: Flow, pair: Pair) -> bool:
    """Whether the value is an input of a form, not a text."""
    return any(
        flow.tag(one) in ("input", "textarea") for one in range(pair.node, min(flow.end[pair.node], pair.node + 8))
    )


def _best(flow: Flow, found: list[Pair], head: Metadata) -> tuple[float, int, int] | None:
    menus = {_plain(flow.joined(a, b, 60)) for a, b in flow.blocks if flow.mark[a] == Mark.CHROME}
    short = Counter(_plain(flow.joined(a, b, 20)) for a, b in flow.blocks if flow.totals[b] - flow.totals[a] <= 12)
    menus |= {text for text, count in short.items() if count > 1}
    cores = sorted(
        {pair.label_at for pair in found if _is_core(pair)}
        | {p for p, mark in enumerate(flow.mark) if mark == Mark.FILE}
    )
    cores = _before_text(flow, cores)
    best: tuple[float, int, int] | None = None
    text_seen = 0
    labelled = _labelled_pieces(found)
    for start, stop in flow.blocks:
        if start in labelled:
            continue
        if flow.mark[start] != Mark.TEXT:
            continue
        if text_seen > _FAR:
            break
        text = flow.joined(start, stop, 320)
        if (part := _apart(flow, start, stop)) and len(text) <= 300:
            said = flow.joined(*part, 320)
            score = _score(flow, *part, said, head, menus, cores) if len(said) >= 8 else 0.0
            if score > _LEAST and (best is None or score > best[0]):
                best = (score, *part)
        if len(text) <= 300 and _LETTERS.search(text):
            score = _score(flow, start, stop, text, head, menus, cores)
            score -= 4 if text_seen > 400 else 2 if text_seen > 150 else 0
            if best is None or score > best[0]:
                best = (score, *_own_part(flow, start, stop))
        text_seen += len(text) if len(text) > 30 and not flow.link[start] else 2
    return _first_said(flow, best) if best and best[0] >= _LEAST else None


def _first_said(flow: Flow, best: tuple[float, int, int]) -> tuple[float, int, int]:
    """Return the title where it stands first: a post's text may begin with its title again."""
    said = _plain(flow.joined(best[1], best[2], 320))
    for start, stop in flow.blocks:
        if start >= best[1]:
            break
        if flow.mark[start] == Mark.TEXT and _plain(flow.joined(start, stop, 320)) == said:
            return (best[0], start, stop)
    return best


def _before_text(flow: Flow, cores: list[int]) -> list[int]:
    """The pieces of a head that text follows: files under a post and the page's own 담당부서 say nothing of a title."""
    mass = [0]
    for piece, mark in enumerate(flow.mark):
        mass.append(mass[-1] + (len(flow.text[piece].strip()) if mark == Mark.TEXT and not flow.link[piece] else 0))
    return [at for at in cores if mass[-1] < 100 or mass[-1] - mass[at] >= 0.3 * mass[-1]]


def _apart(flow: Flow, start: int, stop: int) -> tuple[int, int] | None:
    """The pieces of a strong or title-named element that shares its line with a date or a count, or None."""
    for piece in range(start, min(stop, start + 3)):
        for index in flow.ancestors(flow.owner[piece], 2):
            inside = start <= flow.first[index] and flow.last[index] < stop
            if inside and (flow.tag(index) in ("strong", "b") or not _TITLE_WORDS.isdisjoint(flow.words(index))):
                return (flow.first[index], flow.last[index]) if SOME_DAY.search(flow.joined(start, stop, 200)) else None
    return None


def _labelled_pieces(found: list[Pair]) -> set[int]:
    """The pieces that labels other than a title's claim: the label and, where it has an element of its own, the value."""
    claimed: set[int] = set()
    for pair in found:
        if pair.role != labels.TITLE:
            claimed |= set(range(pair.label_at, pair.label_at + 3)) if not pair.own else {pair.label_at}
            if (
                pair.own
                and pair.role != labels.FILES
                and pair.stop - pair.start <= (2000 if pair.role == labels.BODY else 40)
            ):
                claimed |= set(range(pair.start, pair.stop))
    return claimed


def _is_core(pair: Pair) -> bool:
    """Whether a pair is such as stands under a title: date, writer, count."""
    return pair.role in _NEAR or role(pair.label) in ("hits", "number", "notice_no", *(("period",) if pair.own else ()))


_NEAR = (labels.POSTED, labels.ANNOUNCED, labels.WRITER, labels.DEPARTMENT, labels.MODIFIED)


def _score(flow: Flow, start: int, stop: int, text: str, head: Metadata, menus: set[str], cores: list[int]) -> float:
    plain = _plain(text)
    shape = score = _shape(flow, start, stop)
    if spoken := head.speaks_of(text):
        score += 4.5 if _plain(head.own_title) == plain else 3
    at = bisect_left(cores, stop)
    if at < len(cores):
        after = cores[at]
        between = flow.order[after] - flow.order[start]
        score += 4.5 if between <= 1 else 3 if between <= 3 else 1 if between <= 8 else 0
    if near := day_near(flow, start, stop):
        score += 1.5
        if shape < 2 and len(DAY.sub("", text).strip()) >= 10 and not flow.link[start]:
            score += text_below(flow, stop, near)
    if len(text) <= 10 and _BOARDISH.fullmatch(text):
        score -= 4
    if len(text) <= 14 and any(
        not _TAG_WORDS.isdisjoint(flow.words(one)) for one in flow.ancestors(flow.owner[start], 2)
    ):
        score -= 4
    if not spoken and flow.tag(flow.holder(start, stop)) == "caption":
        score -= 4
    if _is_label_like(flow, start, stop):
        score -= 6
    if _TRAIL.search(text) or _GREETING.search(text) or _COUNTS.search(text):
        score -= 6
    if plain in menus or _BOARD.fullmatch(text) or labels.known(text):
        score -= 6
    if _SENTENCE.search(text):
        score -= 1 if shape >= 3 else 6 if text.endswith("다.") else 3
    if _NUMBERED.search(text):
        score -= 3
    if _ENCLOSED.search(text) or _SUBTITLE.fullmatch(text):
        score -= 6
    if shape < 2 and leads(flow, stop):
        score += 2.2
    if flow.link[start] and _leads_home(flow, start):
        score -= 8
    return score - (2 if len(text) > 160 else 0) - (1.5 if flow.link[start] and shape < 3 else 0)


def _shape(flow: Flow, start: int, stop: int) -> float:
    """Points for a heading, and for a class that speaks of a title, on the paragraph's own elements."""
    heading, named = 0.0, 0.0
    size = flow.totals[stop] - flow.totals[start]
    for index in flow.ancestors(flow.owner[start], 8):
        if flow.size(index) > size + 60:
            break
        heading = max(heading, _HEADINGS.get(flow.tag(index), 0.0))
        words = flow.words(index)
        if not _TITLE_WORDS.isdisjoint(words) and _MENU_WORDS.isdisjoint(words):
            named = 3.0
    return heading + named


_MENU_WORDS = words_of("menu gnb lnb snb nav sitemap")


def _leads_home(flow: Flow, start: int) -> bool:
    """Whether a link leads to the site's first page: its logo, not a title."""
    href = next((flow.nodes[i].get("href") for i in flow.ancestors(flow.owner[start], 4) if flow.tag(i) == "a"), None)
    return href is not None and bool(_HOME.fullmatch(href.strip()))


_HOME = re.compile(r"(?:https?://[^/?#]+)?/?(?:(?:index|main|home|default)\.\w{2,5})?", re.I)


def _is_label_like(flow: Flow, start: int, stop: int) -> bool:
    """Whether a paragraph is the head of a row: a dt or th with its value beside it."""
    holder = flow.holder(start, stop)
    for index in flow.ancestors(holder, 3):
        if not _TITLE_WORDS.isdisjoint(flow.words(index)):
            return False
        if flow.tag(index) in ("dt", "th") and flow.first[index] == start and flow.last[index] == stop:
            return flow.end[index] < flow.end[flow.parent[index]]
    return False


def _own_part(flow: Flow, start: int, stop: int) -> tuple[int, int]:
    """The paragraph without what is hidden from sight at its ends."""
    while stop - start > 1 and _is_side(flow, stop - 1, start, stop):
        stop -= 1
    while stop - start > 1 and _is_side(flow, start, start, stop):
        start += 1
    return start, stop


def _is_side(flow: Flow, piece: int, start: int, stop: int) -> bool:
    """Whether a piece of the title's paragraph is no part of it: hidden, blank, a badge or a category beside it."""
    if flow.mark[piece] == Mark.UNSEEN or not flow.text[piece].strip() or DAY.fullmatch(flow.text[piece].strip()):
        return True
    for index in flow.ancestors(flow.owner[piece], 4):
        if flow.first[index] <= start and flow.last[index] >= stop:
            return False
        if not _SIDE_WORDS.isdisjoint(flow.words(index)) and len(flow.text[piece]) <= 12:
            return True
        if flow.last[index] - flow.first[index] == 1 and STATUS.fullmatch(flow.text[piece].strip()):
            return True
    return False


_BARE = re.compile(r"[\s>›»]+")
_TAG_WORDS = words_of("tag tags flag label lable badge badges cate category state status")
_SIDE_WORDS = words_of("cate category categ ctgr label badge ico icon icons new num hit count state status")


@lru_cache(2048)  # a page asks for the same paragraphs again and again
def _plain(text: str) -> str:
    return _BARE.sub("", text).casefold()
