"""Change pages the way sites change: names of classes, order of columns, table to list, charset, a cut answer."""

from __future__ import annotations

import re
import zlib
from collections.abc import Callable, Iterable, Iterator

from lxml import html
from lxml.html import HtmlElement

from spiders.pages.document import Document

_LIST = {"table": "div", "thead": "div", "tbody": "div", "tr": "ul", "td": "li", "th": "li"}


def mutations(data: bytes, url: str) -> Iterator[tuple[str, bytes]]:
    """Yield each change by name with the changed page."""
    text = Document(data, url).text
    yield "classes", _on_tree(text, _rename)
    yield "columns", _on_tree(text, _reorder)
    yield "list", _on_tree(text, _to_list)
    yield "headers", _on_tree(text, _drop_headers)
    yield "cp949", _recoded(text, "cp949", "utf-8")
    yield "lying", _recoded(text, "utf-8", "euc-kr")


def cut(data: bytes, url: str, titles: Iterable[str]) -> tuple[bytes, int]:
    """Return the page cut off after two thirds of its posts, and how many posts stand whole before the cut."""
    text = Document(data, url).text
    places: list[int] = []
    last: dict[str, int] = {}
    for title in titles:
        start = last.get(title, -1) + 1
        at = next((at for form in (html_escaped(title), title) if (at := text.find(form, start)) >= 0), -1)
        if at >= 0:
            places.append(at)
            last[title] = at + len(title)
    kept = len(places) * 2 // 3
    return (text[: sorted(places)[kept]].encode(), kept) if 0 < kept < len(places) else (data, len(places))


def html_escaped(text: str) -> str:
    """Return text as it stands in a page's source."""
    return text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")


def _on_tree(text: str, change: Callable[[HtmlElement], None]) -> bytes:
    text = re.sub(r"</(?:body|html)\s*>", "", text, flags=re.I)
    root = html.document_fromstring(text.encode("utf-8", "replace"), parser=html.HTMLParser(encoding="utf-8"))
    change(root)
    changed: bytes = html.tostring(root, encoding="utf-8")
    return changed


def _elements(root: HtmlElement) -> list[HtmlElement]:
    return [n for n in root.iter() if isinstance(n.tag, str)]


def _rename(root: HtmlElement) -> None:
    for node in _elements(root):
        if "class" in node.attrib:
            node.set("class", " ".join(f"z{zlib.crc32(c.encode()):x}" for c in node.get("class", "").split()))


def _reorder(root: HtmlElement) -> None:
    for table in root.iter("table"):
        rows = [list(row.iterchildren("td", "th")) for row in table.iter("tr")]
        spans = {c.get(name, "1") for row in rows for c in row for name in ("colspan", "rowspan")}
        if spans == {"1"} and len({len(row) for row in rows}) == 1 and len(rows[0]) > 2:
            for row in rows:
                row[0].addprevious(row[-1])


def _to_list(root: HtmlElement) -> None:
    for node in _elements(root):
        node.tag = _LIST.get(node.tag, node.tag)


def _drop_headers(root: HtmlElement) -> None:
    for node in [*root.iter("thead"), *root.iter("caption")]:
        node.getparent().remove(node)
    for row in list(root.iter("tr")):
        if len(row) and all(c.tag == "th" for c in row):
            row.getparent().remove(row)


def _recoded(text: str, charset: str, declared: str) -> bytes:
    text = re.sub(r"charset\s*=\s*[\"']?[\w-]+", f"charset={declared}", text, flags=re.I)
    return text.encode(charset, "xmlcharrefreplace")
