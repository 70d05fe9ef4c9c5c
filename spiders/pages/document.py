"""Bytes of a page as text and tree, whatever its charset, its markup and its size: decoded once, parsed once."""

from __future__ import annotations

import codecs
import json
import re
from collections.abc import Callable
from functools import cached_property
from typing import Any, cast
from urllib.parse import urljoin

from lxml import etree, html

from notices.korean import clean

LIMIT = 20_000_000
"""Bytes of a page that are read; what lies beyond is cut off, with a doubt."""

PARSED = 1_500_000
"""Letters of a page that are parsed, pictures apart; the longest real lists have a quarter of it."""

_META = re.compile(
    rb"""charset\s{0,3}=\s{0,3}["']?\s{0,3}([\w.:-]{2,40})|encoding\s{0,3}=\s{0,3}["']([\w.:-]{2,40})""", re.I
)
_KOREAN = {"euc-kr", "euckr", "ks_c_5601-1987", "ks_c_5601", "ksc5601", "ksc_5601", "ms949", "x-windows-949", "korean"}
_BOMS = ((codecs.BOM_UTF8, "utf-8"), (codecs.BOM_UTF16_LE, "utf-16-le"), (codecs.BOM_UTF16_BE, "utf-16-be"))
_CONTROL = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x84\x86-\x9f\ufffe\uffff\ud800-\udfff]")
_EARLY_END = re.compile(r"</(?:body|html)\s{0,9}>", re.I)
_OPEN, _CLOSE = re.compile(r"<script\b[^<>]{0,300}>", re.I), re.compile(r"</script\s{0,9}>", re.I)
_WRITE = re.compile(
    r"""\s{0,9}document\.write(?:ln)?\s{0,3}\(\s{0,3}("(?:[^"\\]|\\.){0,9999}"|'(?:[^'\\]|\\.){0,9999}')\s{0,3}\)[;\s]{0,9}"""
)
_LONG_TAG = re.compile(r"<([A-Za-z][\w:-]{0,40})\s[^<>]{100000,}>")  # attributes: libxml2 compares each with all others
_ESCAPE = re.compile(r"\\(u[0-9a-fA-F]{4}|x[0-9a-fA-F]{2}|.)", re.S)
_PLAIN = {"n": "\n", "t": "\t", "r": "\r"}
_CALLBACK = re.compile(r"(?:/\*\*/)?\s{0,9}[A-Za-z_$][\w$.]{0,60}\s{0,3}\(\s{0,9}(?=[{\[])")
_NOT_RELATIVE = re.compile(r"[#?/]|[a-z][a-z0-9+.-]{1,20}:", re.I)
_XML = re.compile(
    r"\s{0,99}(?:<\?xml[^>]{0,200}>\s{0,99})?(?:<!--.{0,500}?-->\s{0,99}|<\?xml-[^>]{0,300}>\s{0,99}){0,5}<(?!!?html)([A-Za-z][\w.:-]{0,60})",
    re.S | re.I,
)
_FEEDS = {"rss", "feed", "rdf:rdf", "response", "result", "results", "items", "list", "data", "root"}
_EMBEDDED = re.compile(r"data:[\w/+.-]{1,80};base64,[A-Za-z0-9+/=\s]+")
_LONG = "페이지가 너무 길어 앞부분만 읽음"
_CUT = "페이지가 20MB를 넘어 뒷부분을 읽지 않음"
_MIXED = "읽을 수 없는 글자가 섞여 있음"
_DEEP = "태그가 2,048단계보다 깊어 그 아래를 읽지 못함"
Query = Callable[[Any], Any]
"""A compiled XPath: what it returns depends on the expression."""

CUTS = frozenset({_LONG, _CUT, _DEEP})
"""The doubts that say that a part of the page was not read."""


class Document:
    """A page: `.text`, `.kind` (html, json or xml), `.tree`, `.json`; `.doubts` tells what was lost on the way."""

    def __init__(self, data: bytes, url: str, encoding: str | None = None) -> None:
        self.doubts: list[str] = []
        if len(data) > LIMIT:
            data, self.doubts = data[:LIMIT], [_CUT]
        self.data, self.url, self.encoding = data, url, encoding

    @cached_property
    def text(self) -> str:
        """The page as text: strict UTF-8, else the declared charset or CP949, else what loses least."""
        text = _decoded(self.data, self.encoding)
        if "\ufffd" in text and "\ufffd".encode() not in self.data:
            self.doubts.append(_MIXED)
        return _CONTROL.sub(" ", text)

    @cached_property
    def kind(self) -> str:
        """What the content is, whatever its name or header says."""
        head = self.text[:2000].lstrip("\ufeff \t\r\n")
        if (head[:1] in ("{", "[") or _CALLBACK.match(head)) and self._parsed is not None:
            return "json"
        match = _XML.match(head)
        if match and (match[1].lower() in _FEEDS or (head.startswith("<?xml") and match[1].lower() != "html")):
            return "xml"
        return "html"

    @property
    def json(self) -> Any:
        """The parsed JSON of a JSON page; None for any other."""
        return self._parsed if self.kind == "json" else None

    @cached_property
    def _parsed(self) -> Any:
        try:
            text = self.text.strip("\ufeff \t\r\n;")
            call = _CALLBACK.match(text)
            return json.loads(text[call.end() : -1] if call and text.endswith(")") else text, strict=False)
        except (ValueError, RecursionError):
            return None

    @cached_property
    def tree(self) -> html.HtmlElement:
        """The page's HTML tree: nothing after an early `</html>` is lost, text of document.write stands in its place."""
        text = _EARLY_END.sub("", self._bounded())
        text = _LONG_TAG.sub(r"<\1>", text)
        if "document.write" in text:
            text = _unwritten(text)
        parser = html.HTMLParser(encoding="utf-8", huge_tree=True, remove_comments=True, remove_pis=True)
        source = text.encode("utf-8", "replace")
        try:
            root = html.document_fromstring(source, parser=parser)
        except etree.ParserError:  # nothing but blanks, comments or broken tags
            return html.document_fromstring("<html><body></body></html>")
        if any("depth" in (entry.message or "").lower() for entry in parser.error_log.filter_from_errors()):
            self.doubts.append(_DEEP)
        if "<base" in text or "<BASE" in text:
            _rebase(root, self.url)
        return root

    def _bounded(self) -> str:
        """Return the text that is parsed: embedded pictures of a big page left out, what is still too long cut off."""
        if len(self.text) <= PARSED:
            return self.text
        text = _EMBEDDED.sub("data:,", self.text)
        if len(text) > PARSED:
            self.doubts.append(_LONG)
        return text[:PARSED]

    @cached_property
    def xml(self) -> etree._Element | None:
        """The root of an XML page, read without entities and network; None where there is none."""
        parser = etree.XMLParser(encoding="utf-8", recover=True, resolve_entities=False, no_network=True)
        source = re.sub(r"^\s*<\?xml[^>]{0,200}\?>", "", self.text.lstrip("\ufeff")).strip().encode("utf-8", "replace")
        try:
            return cast("etree._Element | None", etree.fromstring(source, parser))
        except (etree.XMLSyntaxError, ValueError):
            return None

    @cached_property
    def title(self) -> str:
        """The text of the page's title element."""
        return clean("".join(self.tree.xpath("string(//title)")))[:300]


def _rebase(root: html.HtmlElement, url: str) -> None:
    """Resolve the page's links by its base element, where that names another folder than the page's own."""
    try:
        base = next((urljoin(url, node.get("href")) for node in root.iter("base") if node.get("href")), None)
        if base is None or not base.startswith(("http://", "https://")) or urljoin(base, ".") == urljoin(url, "."):
            return
    except ValueError:  # http://[…
        return
    for node in root.iter("a", "form"):
        name = "href" if node.tag == "a" else "action"
        value = (node.get(name) or "").strip()
        if value and not _NOT_RELATIVE.match(value):
            try:
                node.set(name, urljoin(base, value))
            except ValueError:
                continue


def _decoded(data: bytes, encoding: str | None) -> str:
    for mark, name in _BOMS:
        if data.startswith(mark):
            return data[len(mark) :].decode(name, "replace")
    try:
        return data.decode("utf-8")
    except UnicodeDecodeError:
        pass
    for charset in (encoding, _declared(data), "cp949"):
        known = _codec(charset)
        if known and known != "utf-8":
            try:
                return data.decode(known)
            except UnicodeDecodeError:
                continue
    return min((data.decode(name, "replace") for name in ("utf-8", "cp949")), key=lambda text: text.count("\ufffd"))


def _declared(data: bytes) -> str | None:
    match = _META.search(data[:4096])
    return (match[1] or match[2]).decode("ascii", "replace") if match else None


def _codec(name: str | None) -> str | None:
    """Return Python's name of a charset; EUC-KR means CP949, as every browser takes it."""
    if not name:
        return None
    if name.lower() in _KOREAN:
        return "cp949"
    try:
        found = codecs.lookup(name).name
    except (LookupError, ValueError):
        return None
    return found if found in {"utf-8", "cp949", "utf-16", "utf-16-le", "utf-16-be", "johab", "iso2022_kr"} else None


def _unwritten(text: str) -> str:
    """Replace each script that only writes string literals by what it writes."""
    at = 0
    parts: list[str] = []
    while opening := _OPEN.search(text, at):
        closing = _CLOSE.search(text, opening.end())
        if not closing:
            break
        written = _written(text[opening.end() : closing.start()])
        parts.append(text[at : closing.end()] if written is None else text[at : opening.start()] + written)
        at = closing.end()
    return "".join(parts) + text[at:]


def _written(body: str) -> str | None:
    at = 0
    parts: list[str] = []
    while call := _WRITE.match(body, at):
        parts.append(_ESCAPE.sub(_unescaped, call[1][1:-1]))
        at = call.end()
    return "".join(parts) if parts and not body[at:].strip() else None


def _unescaped(match: re.Match[str]) -> str:
    code = match[1]
    return chr(int(code[1:], 16)) if len(code) > 1 else _PLAIN.get(code, code)
