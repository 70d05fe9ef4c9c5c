"""Read a notice's page of LH 청약플러스: its state, its schedule in three shapes, its sections, the names of its files."""

from __future__ import annotations

import re
from collections.abc import Container, Iterator
from datetime import date, datetime, time
from urllib.parse import parse_qs, urlsplit

from lxml import etree, html

from notices.dates import Found, find_dates
from notices.korean import one_line
from notices.model import Attachment
from spiders.pages.document import Document, Query
from spiders.pages.hints import Hints
from spiders.pages.plain import tidy
from spiders.pages.records import Detail, State

FILES = "https://apply.lh.or.kr/lhapply/lhFile.do?fileid="
_HEAD: Query = etree.XPath("//ul[contains(concat(' ', @class, ' '), ' bbsV_data ')]")
_VIEW: Query = etree.XPath("//div[contains(concat(' ', @class, ' '), ' bbs_ViewA ')]")
_TITLE: Query = etree.XPath("(//div[contains(concat(' ', @class, ' '), ' bbs_ViewA ')]//h3)[1]")
_FILES: Query = etree.XPath("//a[contains(@href, 'fileDownLoad') or contains(@onclick, 'fileDownLoad')]")
_SHOWN: Query = etree.XPath("string(//label[@id='sta_acpDt'])")
_CALL = re.compile(r"fileDownLoad\(\s*['\"]?(\d+)")
_PUSH = re.compile(r"splScdlist\.push\(\s*\{([^{}]{0,4000})\}\s*\)")
_PAIR = re.compile(r"""(\w+)\s*:\s*['"]([^'"\n]{0,200})['"]""")
_PHASE = re.compile(r"if\s*\(\s*true\s*\)\s*\{((?:(?!\bif\s*\(|\}).){0,4000})", re.S)
_VARIABLE = re.compile(r"""\bvar\s+(sbscAcp\w+)\s*=\s*['"]([^'"\n]{0,40})['"]""")
_SCRIPT_COMMENT = re.compile(r"/\*.{0,5000}?\*/", re.S)
_GONE = re.compile(r"display\s*:\s*none", re.I)
_NAMES = {"공고상태": "status", "마감일": "closes", "게시일": "posted", "공고일": "posted"}
_BLOCKS = frozenset(
    ("p", "div", "li", "ul", "ol", "dl", "dt", "dd", "section", "h2", "h3", "h4", "h5", "table", "caption", "tr", "br")
)
_CELLS = frozenset(("td", "th"))
_SILENT = frozenset(("script", "style", "noscript", "select", "button"))


def detail(document: Document, *, today: date | None = None, hints: Hints | None = None) -> Detail:
    """Return the page of one notice. Without its state block it is no notice's page, whatever the status code says."""
    heads = _HEAD(document.tree)
    if not heads:
        said = one_line(document.tree.text_content())[:100]
        return Detail(State.GUARD, why=f"공고가 아닌 화면: '{said}'")
    labelled = dict(_labelled(heads[0]))
    days = find_dates(labelled.pop("posted", ""), today)
    period, note = _period(document, today)
    fields = labelled | _within(period, labelled.get("closes"), today, longer=note == "b")
    titles = _TITLE(document.tree)
    return Detail(
        State.OK,
        title=one_line(titles[0].text_content()) if titles else None,
        posted=days[0].day if days else None,
        body=_body(document.tree),
        attachments=_attachments(document.tree),
        fields=fields,
        doubts=tuple(document.doubts),
        notes=(f"LH 청약플러스 공고, 일정 모양 {note or '없음'}",),
    )


def _labelled(head: html.HtmlElement) -> Iterator[tuple[str, str]]:
    for item in head.iter("li"):
        label, value = item.find("strong"), item.find("span")
        if label is not None and value is not None:
            name = _NAMES.get(one_line(label.text_content()))
            text = one_line(value.text_content())
            if name and text:
                yield name, text


def _within(period: list[Found], closes: str | None, today: date | None, *, longer: bool) -> dict[str, str]:
    """The days of application as fields; `longer` keeps the notice's own deadline where it lies behind the period's end.

    매입임대 pages show only the first phase, while the notice stays open for the later ones.
    """
    if not period:
        return {}
    first, last = min(period, key=_moment), max(period, key=_last_moment)
    own = find_dates(closes or "", today)
    fields = {"opens": first.words, "closes": last.words}
    if longer and own and own[0].day > last.day:
        del fields["closes"]
    return fields


def _moment(found: Found) -> datetime:
    return datetime.combine(found.day, found.time or time.min)


def _last_moment(found: Found) -> datetime:
    return datetime.combine(found.day, found.time or time.max)


def _period(document: Document, today: date | None) -> tuple[list[Found], str]:
    """Every day of the schedule and the shape it was found in: a (임대), b (매입), c (분양), "" for none."""
    script = _scripts(document.tree)
    for shape, words in (
        ("a", _pushed(script, _own_id(document, script))),
        ("b", _phase(script)),
        ("c", _table(document.tree)),
    ):
        found = [date for text in words for date in find_dates(text, today)]
        if found:
            return found, shape
    shown = find_dates(_SHOWN(document.tree), today)
    return shown, "접수기간" if shown else ""


def _scripts(tree: html.HtmlElement) -> str:
    text = "\n".join(script.text or "" for script in tree.iter("script"))
    lines = (line for line in _SCRIPT_COMMENT.sub("", text).splitlines() if not line.lstrip().startswith("//"))
    return "\n".join(lines)


def _own_id(document: Document, script: str) -> str:
    asked = parse_qs(urlsplit(document.url).query).get("panId", [""])[0]
    named = re.search(r"""\bpanId\s*=\s*['"]([\w-]{1,40})['"]""", script)
    return asked or (named[1] if named else "")


def _pushed(script: str, own: str) -> Iterator[str]:
    """Shape a: one entry a complex; entries of another notice are not ours."""
    for match in _PUSH.finditer(script):
        entry = dict(_PAIR.findall(match[1]))
        if not own or entry.get("panId", own) == own:
            yield entry.get("sbscAcpStDt", "")
            yield entry.get("sbscAcpClsgDt", "")


def _phase(script: str) -> Iterator[str]:
    """Shape b: variables that count only under `if(true)`; under `if(false)` they belong to a hidden template."""
    for match in _PHASE.finditer(script):
        found = dict(_VARIABLE.findall(match[1]))
        for day, clock in (("sbscAcpStDt", "sbscAcpStHm"), ("sbscAcpClsgDt", "sbscAcpClsgHm")):
            if found.get(day):
                yield f"{found[day]} {found.get(clock, '')}".strip()


def _table(tree: html.HtmlElement) -> Iterator[str]:
    """Shape c: a table under the caption 공급일정, its second column."""
    for table in tree.iter("table"):
        caption = table.find("caption")
        if caption is None or not one_line(caption.text_content()).startswith("공급일정") or _hidden(table):
            continue
        for tr in table.iter("tr"):
            cells = tr.findall("td")
            if len(cells) > 1:
                yield one_line(cells[1].text_content())


def _hidden(node: html.HtmlElement) -> bool:
    return any(_GONE.search(one.get("style") or "") for one in (node, *node.iterancestors()))


def _attachments(tree: html.HtmlElement) -> tuple[Attachment, ...]:
    found: dict[str, Attachment] = {}
    for link in _FILES(tree):
        call = _CALL.search(f"{link.get('href', '')} {link.get('onclick', '')}")
        name = one_line(link.text_content()) or one_line(link.get("title") or "")
        if call and name and not _hidden(link):
            found.setdefault(call[1], Attachment(name, FILES + call[1]))
    return tuple(found.values())


def _body(tree: html.HtmlElement) -> str:
    """The text of the notice's sections: without title, state block and files, and nothing that is not shown."""
    views = _VIEW(tree)
    if not views:
        return ""
    skipped = {*_TITLE(tree), *_HEAD(tree), *(_list_of(link) for link in _FILES(tree))}
    return tidy("".join(_text(views[0], skipped)))


def _list_of(link: html.HtmlElement) -> html.HtmlElement:
    """The line of the list of files that a link stands in."""
    return next((node for node in link.iterancestors() if node.tag == "li"), link)


def _text(view: html.HtmlElement, skipped: Container[html.HtmlElement]) -> Iterator[str]:
    """The pieces of text in order, with line breaks around blocks and a tab behind each cell."""
    cells = 0
    walk = etree.iterwalk(view, events=("start", "end"))
    for event, node in walk:
        if event == "start":
            if node.tag in _SILENT or node in skipped or _GONE.search(node.get("style") or ""):
                walk.skip_subtree()
                continue
            cells += node.tag in _CELLS
            yield _break(node, cells) + _flat(node.text)
            continue
        if node.tag in _CELLS:
            cells = max(0, cells - 1)
            yield "\t"
        yield _break(node, cells) + ("" if node is view else _flat(node.tail))


def _flat(text: str | None) -> str:
    return " ".join(re.split(r"[\r\n\t]+", text or ""))


def _break(node: html.HtmlElement, cells: int) -> str:
    if node.tag not in _BLOCKS:
        return ""
    return " " if cells else "\n"
