"""The next page in every form: a link, a parameter, a form field, a script call; None where the end is proven."""

from __future__ import annotations

import re
from collections.abc import Iterator
from urllib.parse import parse_qsl, urlencode, urlsplit, urlunsplit

from lxml.html import HtmlElement

from spiders.pages.address import BOARD_PARAMS, absolute, parameters
from spiders.pages.calls import invoked, location_in, target
from spiders.pages.cells import spoken
from spiders.pages.document import Document
from spiders.pages.families import Family
from spiders.pages.hints import Hints
from spiders.pages.paths import elements
from spiders.pages.records import Call
from spiders.pages.scripts import Script, hidden

_STEPS = elements(
    "//*[self::a or self::button or self::input[@type='submit' or @type='button' or @type='image'] or @onclick][not(ancestor::select)]"
)
_NEXT = re.compile(
    r"\s*(?:[>›»▶→]{1,2}|다음(?:\s?(?:페이지|목록|쪽|10개|10페이지))?(?:으로)?(?:\s?이동)?|next(?:\s?page)?|(?:다음\s?)?(?:\d{1,3}\s?개\s?)?더\s?보기|load\s?more)\s*[>›»+]?\s*",
    re.I,
)
_MORE = re.compile(r"더\s?보기|more", re.I)
PAGE_PARAM = re.compile(
    r"(?:q_)?(?:n|c|cur|curr|current|start|move|goto|int|go)?_?page(?:_?(?:index|idx|no|num|number|id))?|pgno|pg|pn|p|cp|cpage|(?:\w{1,12}\.)?offset|start|b_num|s_idx|pageid",
    re.I,
)
_ON = re.compile(r"(?:^|[\s_-])(?:on|active|current|now|sel(?:ected)?|this|cur)(?:$|[\s_-])", re.I)
_OFFSET = re.compile(r"offset|^start$", re.I)
_NUMBER = re.compile(r"\s*\[?\s?(\d{1,5})\s?(?:페이지|쪽|page)?\]?\s*", re.I)


def next_page(
    document: Document, script: Script, family: Family | None, hints: Hints, rows: int, total: int | None
) -> Call | None:
    """Return the request of the page after this one, or None where there is none or the end is proven."""
    current = current_page(document.url, family, hints)
    if hints.page_param:
        step = hints.page_step
        value = hints.page_start + current * step if step > 1 else hints.page_start + current
        return Call(with_param(document.url, hints.page_param, str(value)))
    found = list(_steps(document))
    current = _shown(found) or current
    ended = bool(total) and current * rows >= (total or 0)
    for by_number in (True, False):
        for node, number, is_next in found:
            fits = number == current + 1 if by_number else is_next and not ended
            if fits and not number and _MORE.search(_text_of(node)) and not _turns(node, document.url):
                continue
            if fits and (call := _call_of(node, number or current + 1, document, script, family)):
                return call
    if any(number for _, number, _ in found):
        return None
    if total and rows and family and family.page_param and current * max(rows, 1) < total:
        return Call(with_param(document.url, family.page_param, str(family.start + current * family.step)))
    return None


def current_page(url: str, family: Family | None, hints: Hints) -> int:
    """Return the number of the page that an address asks for, counted from 1."""
    mine = parameters(url)
    names = (
        [hints.page_param] if hints.page_param else [family.page_param] if family and family.page_param in mine else []
    )
    names = names or [n for n in mine if PAGE_PARAM.fullmatch(n) and mine[n].isdigit()]
    for name in names:
        value = mine.get(name or "", "")
        if value.isdigit() and len(value) < 7:
            if _OFFSET.search(name or ""):
                return int(value) // 10 + 1
            return max(int(value), 1)
    return 1


def with_param(url: str, name: str, value: str) -> str:
    """Return an address with one parameter set, the others as they stand."""
    parts = urlsplit(url)
    pairs = [(k, v) for k, v in parse_qsl(parts.query, keep_blank_values=True) if k != name]
    return urlunsplit((parts.scheme, parts.netloc, parts.path, urlencode([*pairs, (name, value)]), ""))


def _steps(document: Document) -> Iterator[tuple[HtmlElement, int, bool]]:
    """Yield what may be a pager's link: its element, its number or 0, and whether it says "next"."""
    for node in _STEPS(document.tree)[-1500:]:
        if len(node) > 4:
            continue
        text = (node.get("value") or node.get("alt") or "") if node.tag == "input" else spoken(node, badges=True)
        if len(text) > 20:
            continue
        if number := _NUMBER.fullmatch(text):
            yield node, int(number[1]), False
            continue
        said = (
            text
            or next((img.get("alt", "") for img in node.iter("img")), "")
            or node.get("title", "")
            or node.get("aria-label", "")
        )
        if _NEXT.fullmatch(said) or (
            not said and re.search(r"(?:^|[\s_-])next(?:$|[\s_-])", node.get("class", ""), re.I)
        ):
            yield node, 0, True


def _text_of(node: HtmlElement) -> str:
    return spoken(node, badges=True)[:40]


def _turns(node: HtmlElement, page: str) -> bool:
    """Tell whether a "more" link asks for a page of this list; most lead to another list."""
    url = absolute((node.get("href") or "").strip(), page)
    if url is None or urlsplit(url).path != urlsplit(page).path:
        return False
    mine, theirs = parameters(page), parameters(url)
    return any(PAGE_PARAM.fullmatch(n) and mine.get(n) != theirs[n] for n in theirs)


def _shown(found: list[tuple[HtmlElement, int, bool]]) -> int | None:
    """Return the number that the pager itself shows as the current page, or None."""
    homes = [n.getparent() for n, number, _ in found if number]
    linked = {number for _, number, _ in found if number}
    for home in dict.fromkeys(h if h is None or h.tag not in ("li", "span", "td") else h.getparent() for h in homes):
        if home is None or len(home) > 60:
            continue
        for node in home.iter("strong", "b", "em", "span", "a", "li", "button", "font"):
            number = _NUMBER.fullmatch(spoken(node, badges=True)[:12])
            if not number or (node.tag in ("span", "font") and next(node.iter("a"), None) is not None):
                continue
            marked = (
                node.get("aria-current") or "현재" in node.get("title", "") or _ON.search(f" {node.get('class', '')} ")
            )
            plain = node.tag in ("strong", "b", "em") or (node.tag in ("span", "font") and int(number[1]) not in linked)
            if marked or plain:
                return int(number[1])
    return None


def _call_of(node: HtmlElement, number: int, document: Document, script: Script, family: Family | None) -> Call | None:
    href = (node.get("href") or "").strip()
    url = absolute(href, document.url) if href else None
    if url and url.split("#")[0] != document.url.split("#")[0] and _pages(url, document.url, number):
        return Call(_of_board(url.split("#")[0], document.url))
    code = node.get("onclick") or (href[11:] if href.lower().startswith("javascript:") else "")
    if not code and node.getparent() is not None:
        code = node.getparent().get("onclick") or ""
    if straight := location_in(code):
        return Call(absolute(straight, document.url) or "") if absolute(straight, document.url) else None
    if not code and (goes := script.of_data(_data_of(node))) and (url := absolute(goes, document.url)):
        return Call(_whole(url, document.url))
    if node.tag in ("input", "button") and not code:
        return _submitted(node, number, document)
    return _scripted(code, number, document, script, family)


def _data_of(node: HtmlElement) -> dict[str, str]:
    return {str(k): str(v) for k, v in node.attrib.items() if str(k).startswith("data-") and str(v).isdigit()}


def _of_board(url: str, page: str) -> str:
    """Return a pager's link with the parameters of the page's own board that a script would have added."""
    if urlsplit(url).path != urlsplit(page).path:
        return url
    mine, theirs = parameters(page), parameters(url)
    for name in BOARD_PARAMS:
        if name in mine and name not in theirs:
            url = with_param(url, name, mine[name])
    return url


def _pages(url: str, page: str, number: int) -> bool:
    """Tell whether a link differs from the page's address as another page of the same list does."""
    if urlsplit(url).netloc != urlsplit(page).netloc:
        return False
    mine, theirs = parameters(page), parameters(url)
    changed = [n for n in theirs if mine.get(n) != theirs[n]]
    if any(PAGE_PARAM.fullmatch(n) or theirs[n] in (str(number), str(number - 1)) for n in changed):
        return True
    return bool(re.search(r"/(?:page/)?\d{1,5}/?$", urlsplit(url).path))


def _scripted(code: str, number: int, document: Document, script: Script, family: Family | None) -> Call | None:
    call = invoked(code)
    if call is None:
        return None
    goal = target(call, script)
    if goal and (url := absolute(goal.url, document.url)):
        if goal.form is not None:
            return Call(url, goal.form)
        if url != document.url:
            return Call(_whole(url, document.url))
    values = [*call.args, *call.named.values()]
    numbers = [v for v in values if v.isdigit()]
    if not numbers:
        return None
    value = str(number) if str(number) in numbers else numbers[-1]
    name = next((n for n in call.named if PAGE_PARAM.fullmatch(n)), None)
    name = (
        name
        or next((v for v in values if PAGE_PARAM.fullmatch(v)), None)
        or (family.page_param if family else None)
        or _field(script)
    )
    return _by_param(name, value, document, script) if name else None


def _by_param(name: str, value: str, document: Document, script: Script) -> Call:
    """Return the request that sets a page field: posted where its form is, else in the address."""
    for form in script.forms:
        if any(n.get("name") == name for n in form.iter("input")) and form.get("method", "get").lower() == "post":
            action = absolute(form.get("action") or document.url, document.url) or document.url
            if urlsplit(action).path == urlsplit(document.url).path:
                return Call(with_param(document.url, name, value), {**hidden(form), name: value})
    return Call(with_param(document.url, name, value))


def _field(script: Script) -> str | None:
    return next(
        (n for n in script.inputs if PAGE_PARAM.fullmatch(n) and not n.lower().endswith(("size", "unit"))), None
    )


def _whole(url: str, page: str) -> str:
    """Return a pager's address with the page's own parameters where the script names only the page."""
    if urlsplit(url).path != urlsplit(page).path or len(parameters(url)) > 1:
        return url
    for name, value in parameters(url).items():
        return with_param(page, name, value)
    return url


def _submitted(node: HtmlElement, number: int, document: Document) -> Call | None:
    form = next((p for p in node.iterancestors("form")), None)
    name = node.get("name")
    if form is None or not name:
        return None
    action = absolute(form.get("action") or document.url, document.url)
    if action is None:
        return None
    fields = {**hidden(form), name: node.get("value") or str(number)}
    if form.get("method", "get").lower() == "post":
        return Call(action, fields)
    return Call(action.split("?")[0] + "?" + urlencode({**parameters(document.url), **fields}))
