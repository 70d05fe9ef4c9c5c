"""Families of boards, told by address or markup: the defaults that their pages do not spell out."""

from __future__ import annotations

import re
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Family:
    """A family of board software: how to tell it, and how it pages."""

    name: str
    address: str  # regular expression on the page's address
    page_param: str | None = None
    start: int = 1
    step: int = 1
    markup: str | None = None  # a string of the page's bytes, where addresses do not tell


FAMILIES = (
    Family("eminwon", r"OfrAction\.do|/emwp/", "pageIndex"),
    Family("selectBbsNtt", r"selectBbsNttList\.do", "pageIndex"),
    Family(
        "eminwonPortal",
        r"selectEminwon\w*List\.do|selectGosi\w*List\.do|emwsWebList\.do|ntfcPblancList\.do",
        "pageIndex",
    ),
    Family("rfc", r"/board/list\.\w+\?.*boardId=BBS_|/index\.\w+\?menuCd=DOM_", "startPage"),
    Family("planweb", r"\.9is(?:\?|$)|/planweb/", "page"),
    Family("yh", r"/bbs/list\.do\?.*ptIdx=|/board/post/list\.do|[?&]bcIdx=", "page"),
    Family("yhSaeol", r"/saeol/(?:gosi|news)\w*(?:/list)?\.do|/saeol/(?:gosi|news)List\.do", "page"),
    Family("openworks", r"/BD_\w+\.do|BD_board\.list\.do", "q_currPage"),
    Family("egov", r"BBSMSTR_|selectBoardList\.do|/prog/\w+/", "pageIndex"),
    Family("menuNo", r"/B0\d{6}/|menuNo=\d+", "pageIndex"),
    Family("boardEs", r"/board\.es\?|gosi\.es\?", "nPage"),
    Family("boardList", r"/boardList\.do\?", "movePage"),
    Family("seoul", r"news_notice\.do|/news/news\.do", "curPage"),
    Family("exBbs", r"/ex/bbs(?:New)?/List\.do", "pageIndex"),
    Family("scms", r"\.web(?:\?|$)", "cpage"),
    Family("bbsMsg", r"bbsMsgList\.do|/(?:announce|report)\.jsp", "pgno"),
    Family("gotoPage", r"[?&]GotoPage=|/_prog/_board/", "GotoPage"),
    Family("mnuUid", r"page\.do\?.*mnu_uid=", "pageNo"),
    Family("gnuboard", r"/board\.php\?.*bo_table=|[?&]bo_table=", "page"),
    Family("xe", r"index\.php\?(?:.*&)?mid=\w+", "page"),
    Family("kboard", r"[?&]page_id=\d+|[?&]mod=(?:list|document)", "pageid", markup="kboard-list"),
    Family("articleNo", r"article\.offset=", "article.offset", 0, 10),
    Family("articleNo", r"[?&]mode=list", "article.offset", 0, 10, markup="article.offset"),
    Family("k2web", r"/artclList\.do|/subview\.do", "page"),
    Family("sh", r"/brd/m_\d+/list\.do", "page"),
    Family("lh", r"wrtanc\w*/?selectWrtancList\.do|/wrtanc/", "currPage"),
    Family("gh", r"apply\.gh\.or\.kr|gh\.or\.kr", "pageIndex"),
    Family("icms", r"/index\.do\?menu_id=|/icms/", "pageIndex", markup="fn_icms_navi_common"),
    Family("jeonnam", r"/www/\w+/\w+", "page", markup="mode=view"),
    Family("skinTb", r"/portal/\w+/\w+", "pageIndex", markup="skinTb"),
)
_COMPILED = tuple((family, re.compile(family.address)) for family in FAMILIES)


def family_of(url: str, text: str) -> Family | None:
    """Return the family that an address or, where addresses do not tell, the markup shows; None for an unknown board."""
    for family, pattern in _COMPILED:
        if pattern.search(url) and (
            family.markup is None or family.markup in text or family.name in ("kboard", "icms")
        ):
            return family
    return next((f for f in FAMILIES if f.markup and f.name not in ("jeonnam",) and f.markup in text), None)
