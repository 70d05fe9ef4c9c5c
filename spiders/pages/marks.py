"""Mark what stands around a post: menus, buttons, licence marks, neighbours, surveys, comments, a list below."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterable
from itertools import islice

from spiders.pages.flow import Flow, Mark, words_of
from spiders.pages.labels import known

_MENU = words_of(
    "gnb lnb snb nav navi navigation menu breadcrumb breadcrumbs crumb crumbs location loc map path quick sitemap familysite family "
    "sidebar aside modal dialog banner popup pop search srch skip footer foot copyright login lang language tab tabs"
)
_PAGE_HEAD = words_of("header head hd top gnb")
_FOOT = words_of("footer foot copyright")
_POST_WORDS = words_of("read view board bbs article post bo bod card panel content entry")
_TITLE_WORDS = words_of("title tit subject sbj")
_ASIDE = words_of("modal dialog")
_TEXT_WORDS = words_of("txt text content contents editor fr")
_SHARE = words_of("sns share sharing sharedaddy print util utils btn btns button buttons toolbar zoom")
_COMMENT = words_of("comment comments reply replies cmt")
_LICENCE_WORDS = words_of("kogl nuri ccl codeview code license licence copyright openmark mark opentype koglmark open")
_SURVEY_WORDS = words_of("satisfaction satisfy satis survey research manjok opinion poll docs inquiry research")

_NEIGHBOUR = re.compile(
    r"^[\[<(▲▼△▽↑↓∧∨\s]{0,3}(?:(?:이전|다음)\s?(?:글|게시물|게시글|공지|기사|자료)|윗글|아랫글|앞글|뒷글)(?:\s?보기)?(?=$|[\s\])>:：▲▼\-])"
)
_SKIP = re.compile(
    r"(?:본문|주\s?메뉴|메인\s?메뉴|메뉴|하위\s?메뉴|좌측\s?메뉴|콘텐츠|컨텐츠|내용|하단|푸터|검색)\s?(?:영역|내용)?(?:으로|로|을|를)?\s?(?:바로\s?가기|건너\s?뛰기|이동)"
)
_SURVEY = re.compile(
    r"만족하십니까|만족하시나요|만족하셨|만족도\s?(?:조사|평가|를)|도움이\s?되(?:셨|었)|열람하신\s?정보|사용\s?편의성|이\s?페이지에서\s?제공하는"
)
_LICENCE = re.compile(
    r"공공누리.{0,40}(?:유형|출처|이용|조건|허락|안내|표시|마크|라이선스)|공공저작물\s?자유\s?이용|^\W{0,3}공공누리\W{0,3}$|저작물은.{0,60}공공누리|출처표시.{0,12}(?:상업|변경)"
)
_COPYRIGHT = re.compile(
    r"copyright\s?(?:\(c\)|©|ⓒ|20\d\d)|(?:\(c\)|©|ⓒ)\s?(?:20\d\d|copyright)|all\s?rights?\s?reserved", re.I
)
_BUTTON = re.compile(
    r"목록(?:으로)?\s?(?:보기|가기|이동(?:하기)?|돌아가기)?|리스트|글쓰기|쓰기|등록하기|수정(?:하기)?|삭제(?:하기)?|답변(?:하기)?|답글|인쇄(?:하기)?|프린트|공유(?:하기)?|스크랩|추천|신고"
    r"|(?:url|주소|링크)(?:\s?주소)?\s?복사(?:하기)?|페이스북|트위터|카카오(?:톡|스토리)?|네이버\s?(?:블로그|밴드)?|밴드|이전|다음|닫기|위로|top|맨\s?위로|글자\s?(?:크기|크게|작게)"
    r"|크게|작게|확대|축소|[+-]|본문\s?(?:내용)?\s?(?:확대|축소)|전체\s?(?:다운로드|받기)|일괄\s?다운로드|바로\s?보기|미리\s?보기|다운로드|새글|new|첨부(?:\s?파일)?|(?:사진|그림|이미지)?\s?(?:확대|크게)\s?보기",
    re.I,
)
_COMMENT_HEAD = re.compile(
    r"^(?:댓글|덧글|의견|코멘트|comments?)\s?(?:쓰기|목록|달기|등록)?\s?[\[(]?\d{0,5}[\])]?(?:개|건)?$", re.I
)
_DAY = re.compile(r"(?:\d{4}|\d\d)[.\-/]\s?\d{1,2}[.\-/]\s?\d{1,2}")
_VIEWER = re.compile(r"(?:뷰어|viewer|reader).{0,20}(?:다운|설치|받기|download)", re.I)
_NOTHING = re.compile(r"(?:등록|검색|조회|첨부|작성|입력)(?:된|하신)\s.{0,24}없습니다\.?")
_ROWS = 4
_TELLING = words_of("nav footer header aside button table tbody ul ol div")
"""Elements that are looked at though they have no name."""


def mark_around(flow: Flow, cores: Iterable[int]) -> None:
    """Mark menus, tails and buttons; an element that holds one of the pieces `cores` (labels of a post) is no menu."""
    spots = sorted(cores)
    for index in range(len(flow.nodes)):
        _mark_element(flow, index, spots)
    for start, stop in flow.blocks:
        if flow.mark[start] <= Mark.UNSEEN:
            _mark_paragraph(flow, start, stop)


def _mark_element(flow: Flow, index: int, spots: list[int]) -> None:
    tag, words = flow.tag(index), flow.words(index)
    if not words and tag not in _TELLING:
        return
    if flow.first[index] == flow.last[index] or flow.mark[flow.first[index]] > Mark.UNSEEN:
        return
    if tag == "footer" and any(flow.tag(one) == "article" for one in flow.ancestors(flow.parent[index], 6)):
        if not _FILE_NAME.search(flow.said(index, 400)) and not _is_above_text(flow, index):
            flow.set(index, Mark.TAIL)
    elif tag in ("nav", "footer") or (
        tag in ("header", "aside") and flow.links_share(index) > 0.4 and _POST_WORDS.isdisjoint(words)
    ):
        if not _holds(flow, index, spots):
            flow.set(index, Mark.CHROME)
    elif tag == "button":
        flow.set(index, Mark.BUTTON)
    elif not _PAGE_HEAD.isdisjoint(words) and _POST_WORDS.isdisjoint(words) and _is_page_head(flow, index, spots):
        flow.set(index, Mark.CHROME)
    elif (tag == "table" and _is_list(flow, index, spots)) or (
        tag in ("ul", "ol", "div", "tbody") and _lists_posts(flow, index, spots)
    ):
        flow.set(index, Mark.TAIL)
    elif tag == "ul" and _is_menu(flow, index, spots):
        flow.set(index, Mark.CHROME)
    elif words:
        _mark_named(flow, index, words, spots)


def _mark_named(flow: Flow, index: int, words: frozenset[str], spots: list[int]) -> None:
    """Mark an element by the words of its class and id, where its text bears them out."""
    if not _POST_WORDS.isdisjoint(words) and not _FOOT.isdisjoint(
        words
    ):  # read_footer: the end of a post, not of the page
        return
    if not _MENU.isdisjoint(words):
        small = flow.size(index) <= 0.35 * flow.totals[-1]
        telling = flow.links_share(index) > 0.4 or not _ASIDE.isdisjoint(words) or flow.size(index) <= 60
        telling = telling or (small and not _FOOT.isdisjoint(words))
        if telling and not _holds(flow, index, spots):
            flow.set(index, Mark.CHROME)
    elif not _SHARE.isdisjoint(words) and _TITLE_WORDS.isdisjoint(words):
        said = flow.said(index, 200) if flow.size(index) <= 120 and not _holds(flow, index, spots) else ""
        if said and not _FILE_NAME.search(said) and not _DAY.search(said):
            flow.set(index, Mark.BUTTON)
    elif not _COMMENT.isdisjoint(words) and not _holds(flow, index, spots) and _is_small(flow, index):
        flow.set(index, Mark.TAIL)


def _is_above_text(flow: Flow, footer: int) -> bool:
    """Whether an article's footer, with the day of posting, stands under its title and over its text (Drupal)."""
    article = next(one for one in flow.ancestors(flow.parent[footer], 6) if flow.tag(one) == "article")
    above = flow.totals[flow.first[footer]] - flow.totals[flow.first[article]]
    below = flow.totals[flow.last[article]] - flow.totals[flow.last[footer]]
    return above < below and flow.size(footer) <= 120 and bool(_DAY.search(flow.said(footer, 200)))


def _is_small(flow: Flow, index: int) -> bool:
    return flow.size(index) < 0.5 * flow.totals[-1] and not _fills_text(flow, index)


def _fills_text(flow: Flow, index: int) -> bool:
    """Whether an element is most of what a place named for a post's text holds, whatever its own name."""
    size = flow.size(index)
    enough = size >= 60 or (size >= 20 and not (_TEXT_WORDS | {"body"}).isdisjoint(flow.words(index)))
    return enough and any(
        not _TEXT_WORDS.isdisjoint(words := flow.words(one))
        and _COMMENT.isdisjoint(words)
        and flow.size(one) <= 1.4 * size
        for one in flow.ancestors(flow.parent[index], 2)
    )


def _is_page_head(flow: Flow, index: int, spots: list[int]) -> bool:
    """Whether an element named for a head is the site's, full of links, not the head of a post."""
    if flow.links_share(index) < 0.5 or _holds(flow, index, spots):
        return False
    links = (one for one in range(index, min(flow.end[index], index + 400)) if flow.tag(one) == "a")
    return next(islice(links, 4, None), None) is not None


def _is_menu(flow: Flow, index: int, spots: list[int]) -> bool:
    """Whether a list is a menu: many short items, all of them links, no file among them."""
    if flow.links_share(index) < 0.95 or not 30 <= flow.size(index) <= 6000 or _holds(flow, index, spots):
        return False
    if flow.end[index] - index > 2000:
        return False
    links = sum(flow.tag(one) == "a" for one in range(index, flow.end[index]))
    return links >= 8 and flow.size(index) / links <= 16 and not _FILE_NAME.search(flow.said(index, 6000))


_FILE_NAME = re.compile(r"\.(?:hwpx?|pdf|docx?|xlsx?|pptx?|zip|jpe?g|png)\b", re.I)


def _holds(flow: Flow, index: int, spots: list[int]) -> bool:
    at = bisect_left(spots, flow.first[index])
    return at < len(spots) and spots[at] < flow.last[index]


def _is_list(flow: Flow, table: int, spots: list[int]) -> bool:
    """Whether a table lists posts: a row of labels with 제목 among them, over rows of links."""
    if _holds(flow, table, spots):
        return False
    for row in range(table + 1, min(flow.end[table], table + 60)):
        if flow.tag(row) == "tr":
            labels = [label for cell in islice(flow.children(row), 40) if (label := known(flow.said(cell, 60)))]
            roles = {role for role, _ in labels}
            if len(labels) >= 3 and "title" in roles and len(roles) >= 2:
                return True
    return False


def _lists_posts(flow: Flow, index: int, spots: list[int]) -> bool:
    """Whether most children are rows of other posts: a link and a date each."""
    children = list(islice(flow.children(index), 41))
    if len(children) < _ROWS or _holds(flow, index, spots):
        return False
    rows = [child for child in children if 0 < flow.size(child) <= 400]
    posts = [child for child in rows if flow.links_share(child) > 0.3 and _DAY.search(flow.said(child, 400))]
    return len(posts) >= _ROWS and len(posts) >= 0.7 * len(children)


def _mark_paragraph(flow: Flow, start: int, stop: int) -> None:
    text = flow.joined(start, stop, 320)
    if len(text) >= 320:
        return
    if _SKIP.fullmatch(text):
        flow.set_range(start, stop, Mark.CHROME)
    elif _NEIGHBOUR.match(text) or _NEIGHBOUR.fullmatch(flow.text[start].strip()):
        flow.set(_row(flow, start, stop), Mark.TAIL)
    elif _SURVEY.search(text) and len(text) < 160:
        flow.set(_named(flow, start, stop, _SURVEY_WORDS), Mark.TAIL)
        flow.set_range(start, stop, Mark.TAIL)
    elif _COPYRIGHT.search(text) and len(text) < 200:
        flow.set(_named(flow, start, stop, _FOOT), Mark.CHROME)
        flow.set_range(start, stop, Mark.CHROME)
    elif _LICENCE.search(text):
        flow.set(_named(flow, start, stop, _LICENCE_WORDS), Mark.LICENCE)
        flow.set_range(start, stop, Mark.LICENCE)
    elif _COMMENT_HEAD.match(text) and len(text) < 16:
        flow.set_range(start, stop, Mark.TAIL)
    elif _NOTHING.fullmatch(text):
        flow.set_range(start, stop, Mark.BUTTON)
    else:
        _mark_button(flow, start, stop, text)


def is_button(text: str) -> bool:
    """Whether a text is but the words of a button beside a post, or nothing."""
    return not text or (len(text) <= 12 and bool(_BUTTON.fullmatch(text)))


def _mark_button(flow: Flow, start: int, stop: int, text: str) -> None:
    pieces = [flow.text[piece].strip() for piece in range(start, stop)]
    viewer = flow.link[start] and len(text) <= 60 and _VIEWER.search(text)
    links = flow.link[start] and len(text) <= 80 and all(map(is_button, pieces))
    words = len(text) <= 40 and (_BUTTON.fullmatch(text) or all(map(_BUTTON.fullmatch, text.split())))
    if viewer or links or (words and (flow.link[start] or _shares(flow, start))):
        flow.set_range(start, stop, Mark.BUTTON)


def _shares(flow: Flow, piece: int) -> bool:
    """Whether a piece stands in an element named for buttons or sharing."""
    return any(not _SHARE.isdisjoint(flow.words(one)) for one in flow.ancestors(flow.owner[piece], 3))


def _row(flow: Flow, start: int, stop: int) -> int:
    """The row in which a neighbour's label and title stand."""
    holder = flow.holder(start, stop)
    for index in flow.ancestors(holder, 5):
        if flow.size(index) > 500 or _holds_text_above(flow, index, start):
            break
        holder = index
        if flow.tag(index) in ("tr", "li", "dl") or flow.last[index] > stop:
            break
    return holder


def _holds_text_above(flow: Flow, index: int, start: int) -> bool:
    """Whether an element holds text of the post above a neighbour's line."""
    above = [p for p in range(flow.first[index], start) if flow.mark[p] == Mark.TEXT and not flow.link[p]]
    return sum(len(flow.text[p].strip()) for p in above) > 60


def _named(flow: Flow, start: int, stop: int, names: frozenset[str]) -> int:
    """The outermost near element whose class names it as the kind, else the innermost."""
    holder = flow.holder(start, stop)
    found = holder
    for index in flow.ancestors(holder, 7):
        if flow.size(index) > max(700, 0.3 * flow.totals[-1]):
            break
        if not names.isdisjoint(flow.words(index)):
            found = index
    return found
