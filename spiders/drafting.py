"""Draft a source file from a list page: what detection found, written down for a person to check."""

from __future__ import annotations

import json
import re
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from urllib.parse import parse_qsl, urlencode, urlsplit, urlunsplit

from notices import regions
from notices.korean import one_line
from spiders.pages.board import listing
from spiders.pages.document import Document
from spiders.pages.families import family_of
from spiders.pages.pager import PAGE_PARAM
from spiders.pages.records import Listing, State
from spiders.registry import Source

HOUSING = (
    "임대", "주택", "주거", "전세", "월세", "이사비", "보증금", "입주", "청약", "분양", "집수리", "고시원",
)  # fmt: skip
"""Words of a title by which a mixed list is thinned out; what the rest is worth, the reading of relevance tells."""

FEW = 3
"""Rows below which a page may be a post with its neighbours, and no list."""

_KINDS = (("rental", "임대|분양|청약|입주자"), ("press", "보도|언론|뉴스"), ("gosi", "고시|공고|입법예고"))
_GOSI = {"eminwon", "eminwonPortal", "yhSaeol"}
_CALL = (
    "", "[params]", 'jndinm = "OfrNotAncmtEJB"', 'context = "NTIS"', 'method = "selectListOfrNotAncmt"',
    'methodnm = "selectListOfrNotAncmtHomepage"', 'homepage_pbs_yn = "Y"', 'subCheck = "Y"', 'ofr_pageSize = "10"',
    'not_ancmt_se_code = "01,02,04"', 'yyyy = ""',
)  # fmt: skip
"""How most lists of 새올 are asked for whose address does not say it."""

_PAGED = re.compile(r"(?:\s*(?:\d+\s*(?:페이지|쪽)|게시판\s*목록|목록|리스트)){1,3}\s*$")
_LICENCE = re.compile(r"공공누리\s*(?:제\s*)?([1-4])\s*유형")
_DULL = {"www", "go", "kr", "or", "co", "com", "net", "re", "ac", "portal", "eminwon"}


@dataclass(frozen=True, slots=True)
class Draft:
    """A source file in the making: its text, what the list page said, and what a person should check."""

    name: str
    text: str
    listing: Listing
    family: str
    concerns: tuple[str, ...]


def draft(
    document: Document, url: str, known: Iterable[Source], today: date, *, name: str = "", saved: bool = False
) -> Draft:
    """Return the draft of a source for the list at `url`; a page that is no readable list gives a draft without text."""
    known = list(known)
    found = listing(document, today=today)
    family = family_of(url, document.text)
    heading = _heading(document)
    if found.state is not State.OK:
        return Draft(name, "", found, family.name if family else "", (_framed(document),) if _framed(document) else ())
    param, start, step = paging(url, found)
    place = _place(url, known)
    region = place.region if place else _region(heading)
    usual = "gosi" if family and family.name in _GOSI else "notice"
    kind = next((kind for kind, words in _KINDS if re.search(words, heading)), usual)
    call = _CALL if family and family.name == "eminwon" and "jndinm" not in url else ()
    if call:
        param = "pageIndex"
    name = name or _name(url, kind, {s.name for s in known})
    mixed = kind != "rental" and sum(any(word in row.title for word in HOUSING) for row in found.rows) * 2 < len(
        found.rows
    )
    licence = set(_LICENCE.findall(document.text))
    lines = [
        f"title = {_text(heading or name)}",
        f"publisher = {_text(place.publisher if place else heading or _host(url))}",
        *([f"region = {_text(region)}"] if region else []),
        f"kind = {_text(kind)}",
        f"page = {_text(bare(url, param))}",
        f"endpoint = {_text(bare(url, param))}",
        *([f"include = [{', '.join(map(_text, HOUSING))}]"] if mixed else []),
        f"licence = {_text(licence.pop() if len(licence) == 1 else 'unknown')}",
        f"origin = {_text('a saved page' if saved else 'the list as read by sources add')}",
        f"checked = {today}",
        *call, "", "[paging]",
        *([f"param = {_text(param)}"] if param else []),
        *([f"start = {start}", f"step = {step}"] if (start, step) != (1, 1) else []),
        "pages = 2", "", "[expect]", f"rows = {max(1, len(found.rows) // 3)}", f"dated = {_dated(found)}",
    ]  # fmt: skip
    return Draft(
        name,
        "\n".join(lines) + "\n",
        found,
        family.name if family else "",
        (*_concerns(url, found, place, region, mixed), *_asking(url, call, param, found)),
    )


def paging(url: str, found: Listing) -> tuple[str | None, int, int]:
    """Return how the next page is asked for: parameter, number of the first page, step; None to follow the page's link."""
    following = found.next_page
    if following is None or following.form is not None:
        return None, 1, 1
    here = dict(parse_qsl(urlsplit(url).query))
    changed = {k: v for k, v in parse_qsl(urlsplit(following.url).query) if here.get(k) != v and v.isdigit()}
    changed = {k: v for k, v in changed.items() if PAGE_PARAM.fullmatch(k)} or changed
    if urlsplit(following.url).path != urlsplit(url).path or len(changed) != 1:
        return None, 1, 1
    ((param, value),) = changed.items()
    first = here.get(param, "")
    step = int(value) - (int(first) if first.isdigit() else 1 if value == "2" else 0)
    return (param, int(value) - step, step) if 0 < step <= 100 else (None, 1, 1)


def bare(url: str, param: str | None) -> str:
    """Return a list's address without its page number."""
    parts = urlsplit(url)
    kept = [(k, v) for k, v in parse_qsl(parts.query, keep_blank_values=True) if k != param]
    if param is None or len(kept) == len(parse_qsl(parts.query, keep_blank_values=True)):
        return urlunsplit(parts._replace(fragment=""))
    return urlunsplit(parts._replace(query=urlencode(kept, safe=","), fragment=""))


def _concerns(url: str, found: Listing, place: Source | None, region: str | None, mixed: bool) -> Iterable[str]:
    """What a person should check, each with the key to change."""
    rows = found.rows
    yield "title과 publisher: 사람이 아는 이름으로 고치십시오."
    if place is None:
        yield (
            f"region: {region}으로 짐작했습니다. 맞는지 보십시오."
            if region
            else "region: 알아내지 못했습니다. 법정동 코드를 적으십시오(전국이면 두십시오)."
        )
    elif place.host.removeprefix("www.") != _host(url).removeprefix("www."):
        yield f"publisher와 region: 같은 사이트({place.title})를 보고 짐작했습니다. 맞는지 보십시오."
    if len(rows) < FEW:
        yield f"줄이 {len(rows)}개뿐입니다. 글 한 쪽이 아니라 목록의 주소인지 보십시오."
    if mixed:
        yield "include: 주택 글이 절반이 안 되는 목록이라 낱말로 거릅니다. 낱말이 맞는지 보십시오."
    if lost := sum(row.posted is None for row in rows):
        yield f"등록일을 읽지 못한 줄이 {lost}개입니다. 필요하면 [hints]의 date에 칸을 적으십시오."
    if lost := sum(row.key is None for row in rows):
        yield f"글 번호를 읽지 못한 줄이 {lost}개입니다. 그 글은 읽지 않습니다. [hints]의 id_params를 보십시오."
    yield from found.doubts


def _asking(url: str, call: Iterable[str], param: str | None, found: Listing) -> Iterable[str]:
    """What a person should check of how the list is asked for."""
    if call:
        yield "[params]: 주소에 없어서 새올 게시판이 흔히 쓰는 값을 적었습니다. 고시 01, 채용 02, 공고 04처럼 볼 종류를 고르십시오."
    if found.next_page is None and param is None:
        yield "다음 쪽을 찾지 못했습니다. 목록이 여러 쪽이면 [paging]의 param을 적으십시오."
    parts = urlsplit(url)
    if parts.path in ("", "/") and not parts.query:
        yield "page와 endpoint: 사이트의 첫 화면입니다. 게시판을 열어 그 주소로 다시 하십시오."


def _dated(found: Listing) -> float:
    share = sum(row.posted is not None for row in found.rows) / len(found.rows)
    return 0.8 if share >= 0.95 else 0.5 if share >= 0.7 else 0.0


def _heading(document: Document) -> str:
    said = one_line(document.title)
    parts = [part.strip() for part in re.split(r"\s*[|<>:»·]\s*|\s+[-–]\s+", said) if part.strip()]
    return _PAGED.sub("", " ".join(dict.fromkeys(reversed(parts[:1] + parts[-1:]))))[:60]


def _place(url: str, known: Iterable[Source]) -> Source | None:
    """A source of the same host, else of the same site: what stands before its name does not count."""
    host, known = _host(url).removeprefix("www."), list(known)
    site = host.split(".", 1)[1] if host.count(".") > 2 else host
    same = [s for s in known if s.host.removeprefix("www.") == host]
    return next(iter(same or [s for s in known if s.host == site or s.host.endswith(f".{site}")]), None)


def _region(heading: str) -> str | None:
    """The code of the one place that a heading names, of two digits for a 시·도."""
    names = [name for name in regions.names() if name.split()[-1] in heading]
    if len({name.split()[-1] for name in names}) == 1 == len(names):
        region = regions.by_name(names[0])
        if region is not None:
            return region.code[:2] if region.code.endswith("000") else region.code
    return None


def _name(url: str, kind: str, taken: set[str]) -> str:
    labels = [part for part in re.split(r"[.-]", _host(url)) if part not in _DULL and part.isalnum()]
    stem = f"{(labels or ['source'])[0].lower()}-{kind}"
    return next(n for n in (stem, *(f"{stem}-{i}" for i in range(2, 1000))) if n not in taken)


def _framed(document: Document) -> str:
    """The list that a page only frames."""
    frames = [str(frame.get("src")) for frame in document.tree.iter("iframe") if frame.get("src")]
    inner = next((src for src in frames if re.search(r"emwp|[Ll]ist|board|bbs|gosi", src)), "")
    return f"이 쪽은 다른 쪽을 끼워 보여 줄 뿐입니다. 그 주소로 다시 하십시오: {inner}" if inner else ""


def _host(url: str) -> str:
    return urlsplit(url).hostname or ""


def _text(value: str) -> str:
    return json.dumps(value, ensure_ascii=False)
