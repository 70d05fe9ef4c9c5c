"""Addresses of posts: absolute, safe, minimal and stable; which parameter names the post, which names the board."""

from __future__ import annotations

import ipaddress
import re
from collections.abc import Iterable, Mapping, Sequence
from functools import lru_cache
from urllib.parse import parse_qsl, quote, urlencode, urljoin, urlsplit, urlunsplit

ID_PARAMS = (
    "not_ancmt_mgt_no", "notAncmtMgtNo", "ancmt_mgt_no", "news_epct_no", "newsEpctNo", "nttNo", "nttId",
    "dataSid", "dataUid", "bIdx",
    "articleNo", "article_no", "articleSeq", "articleId", "wr_id", "document_srl", "list_no",
    "q_bbscttSn", "q_notAncmtMgtNo", "q_nftcBbsMgtno",
    "bbs_seq", "bbsSeq", "board_seq", "boardSeqNo", "ntatcSeq", "msg_seq", "panId", "pblancId",
    "seq", "idx", "sno", "uid", "no", "num", "number",
    "mng_no", "mgtNo", "mgt_no",
    "notSn", "gosiNttNo", "regiNo", "sdmBoardSeq", "BOARD_IDX", "cid", "postId", "post_id", "id",
)  # fmt: skip
"""Parameters that name a post, the most certain first."""

BOARD_PARAMS = (
    "bbsNo", "bbsId", "boardId", "bo_table", "bcIdx", "ptIdx", "bbsCd", "bid",
    "boardUid", "q_bbsCode", "board_id", "bbs_code", "boardSeq",
    "bcd", "cbIdx", "b_code", "BD_CODE", "brdId",
)  # fmt: skip
"""Parameters that name a board: a link that carries another value leads to another board."""

_VOLATILE = re.compile(
    r"(?:.*jsessionid|token|_?csrf|nonce|timestamp|_|(?:q_)?(?:n|c|cur|curr|current|start|move|goto|int|go|view|tar|list|vlist_no_n)?_?page(?:_?(?:index|idx|no|num|unit|size|cnt|number))?"
    r"|paging|pgno|pg|pn|cp|pageline|(?:article)?\.?(?:offset|limit)|articlelimit|q_rowperpage|rowperpage|rows?|row_cnt|rowcnt|listcnt|b_list|listrow"
    r"|(?:q_)?(?:search|srch|sch|find).*|.*(?:keyword|krwd|keyfield|searchkey)|key_?word|keyfield|sfl|stx|sop|sst|sod|spt|(?:order|sort).*|list_?type|listmode|viewtype|integrdeptcode|tag"
    r"|(?-i:pageid)|cpath|ofr_pagesize|pageunit)",
    re.I,
)
_PLACE = re.compile(
    r"(?:mid|m_?id|menu\w*|page_?id|site_?\w*|content\w*id|content\w*sid|key|cate\w*|code\w*|dept\w*|lang\w*|type\w*)",
    re.I,
)
_TAIL = re.compile(r"(?:id|no|seq|idx|sn|key|uid)$", re.I)
_NO_ADDRESS = re.compile(r"(?:javascript|vbscript|data|mailto|tel|file|about|ftp|blob)\s{0,5}:", re.I)
_NUMERIC = re.compile(r"(?:0x[0-9a-f]+|\d+)(?:\.(?:0x[0-9a-f]+|\d+)){0,3}", re.I)
_SESSION = re.compile(r";jsessionid=[^/?#;]*|;[A-Z_]{4,20}=[^/?#;]*", re.I)
_HEX = re.compile(r"[0-9a-f]{16,40}", re.I)


def absolute(href: str, page: str) -> str | None:
    """Return the absolute address of a link, or None for scripts, files, mail and private hosts that the page does not live on."""
    href = re.sub(r"[\t\r\n]+", "", href.strip())
    if not href or href.startswith("#") or _NO_ADDRESS.match(href):
        return None
    try:
        url = urljoin(page, href.replace(" ", "%20"))
        parts = urlsplit(url)
        host, _ = parts.hostname, parts.port
    except ValueError:
        return None
    if parts.scheme not in ("http", "https") or not host or parts.username is not None:
        return None
    if host != urlsplit(page).hostname and is_private(host):
        return None
    return url


def is_private(host: str) -> bool:
    """Tell whether a host is this machine or of a private range."""
    if (
        host == "localhost"
        or host.endswith((".localhost", ".local", ".internal"))
        or "." not in host.strip("[]").replace(":", ".")
    ):
        return True
    try:
        address = ipaddress.ip_address(host.strip("[]"))
    except ValueError:
        return bool(_NUMERIC.fullmatch(host))  # odd spellings of numbers reach private hosts too
    return not address.is_global


def canonical(url: str, keep: Iterable[str] = ()) -> str:
    """Return an address without session, paging, search and sorting: the same for each visit."""
    kept = set(keep)
    parts = urlsplit(_SESSION.sub("", url))
    pairs = [(k, v) for k, v in parse_qsl(parts.query) if (v and not _VOLATILE.fullmatch(k)) or k in kept]
    path = quote(parts.path, safe="/%:@!$&'()*+,;=~-._")
    return urlunsplit((parts.scheme, parts.netloc, path, urlencode(list(dict.fromkeys(pairs))), ""))


@lru_cache(maxsize=4096)
def parameters(url: str) -> Mapping[str, str]:
    """Return an address's parameters, the first of each name."""
    try:
        return {k: v for k, v in reversed(parse_qsl(urlsplit(url).query)) if v}
    except ValueError:
        return {}


def other_board(url: str, page: str) -> bool:
    """Tell whether a link names another board than the page's address does (bbsNo=8 is not 80)."""
    mine, theirs = parameters(page), parameters(url)
    return any(name in theirs and mine[name] != theirs[name] for name in BOARD_PARAMS if name in mine)


def board_words(page: str) -> tuple[str, ...]:
    """Return what the links of this page's own board contain."""
    mine = parameters(page)
    return tuple(f"{name}={mine[name]}" for name in BOARD_PARAMS if name in mine)


def key_param(urls: Sequence[str], chosen: Sequence[str] = ()) -> str | None:
    """Return the parameter that tells the posts apart: the settled one, a known name, else the one with the most values."""
    queries = [parameters(u) for u in urls]
    names = list(dict.fromkeys(name for q in queries for name in q))
    for name in chosen:
        if name in names:
            return name
    varied = {n: len({q.get(n) for q in queries}) for n in names if sum(n in q for q in queries) * 2 > len(queries)}
    most = max(varied.values(), default=0)
    boards = [b for b in BOARD_PARAMS if b != "bcIdx" or "cbIdx" not in names]
    known = [n for i in (*ID_PARAMS, "bcIdx") for n in names if n.lower() == i.lower() and n not in boards]
    if len(urls) == 1 or most <= 1:
        tails = [
            n
            for n in names
            if _TAIL.search(n)
            and n not in boards
            and not _VOLATILE.fullmatch(n)
            and not _PLACE.fullmatch(n)
            and any(re.search(r"\d", q.get(n, "")) for q in queries)
        ]
        found = known or tails
        return found[0] if found else None
    for name in known:
        if varied.get(name, 0) * 3 >= most * 2:
            return name
    return max(varied, key=lambda n: (varied[n], not _VOLATILE.fullmatch(n)))


def kinds(urls: Sequence[str]) -> list[list[int]]:
    """Return the places of the addresses of each kind: those with the same parameters, as lists of several boards mix them."""
    found: dict[frozenset[str], list[int]] = {}
    for at, url in enumerate(urls):
        found.setdefault(frozenset(parameters(url)), []).append(at)
    return list(found.values())


def path_keys(urls: Sequence[str]) -> list[str] | None:
    """Return, for addresses that differ in one path segment ("/press/15202"), that segment of each."""
    paths = [[s for s in urlsplit(u).path.split("/") if s] for u in urls]
    if not paths or len({len(p) for p in paths}) != 1:
        return None
    if len(urls) == 1:
        digits = [s for s in paths[0] if re.search(r"\d{2}", s) and not s.endswith((".do", ".jsp", ".php", ".html"))]
        return [digits[-1]] if digits else None
    columns = list(zip(*paths, strict=True))
    best = max(columns, key=lambda c: len(set(c)), default=())
    return (
        [s.rsplit(".", 1)[0] if s.endswith((".do", ".html", ".htm", ".jsp")) else s for s in best]
        if len(set(best)) > 1
        else None
    )
