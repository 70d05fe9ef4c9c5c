"""What the scripts and forms of a page say about its links: function bodies, form fields, actions, submitted values."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property
from urllib.parse import urlencode

from lxml.html import HtmlElement

from spiders.pages.records import Call

_BODY = 6000
_GO = re.compile(
    r"location(?:\.href)?\s{0,3}=(?!=)\s{0,3}|location\.(?:assign|replace|href)\s{0,3}\(\s{0,3}|window\.open\s{0,3}\(\s{0,3}|\.attr\s{0,3}\(\s{0,3}['\"]href['\"]\s{0,3},\s{0,3}"
)
_TERM = re.compile(
    r"\s{0,9}(?:'((?:[^'\\]|\\.){0,600})'|\"((?:[^\"\\]|\\.){0,600})\"|`([^`]{0,600})`|(?:\$\(\s?[\w$.]{1,40}\s?\)|[\w$.]{1,60}?)\.(?:data\(\s?['\"]|dataset\.|dataset\[['\"]|(?:get)?[aA]ttr(?:ibute)?\(\s?['\"]data-)([\w-]{1,40})(?:['\"]\s?[\])]|\b)|(?:encodeURI(?:Component)?|escape|String)?\(?\s?([\w$.]{1,80})\s?\)?|\$\(\s?['\"]([^'\"]{1,80})['\"]\s?\)\.val\(\))\s{0,9}"
)
_FIELD = re.compile(
    r"(?:([\w$.]{1,80})\.value|(?:getElementById\s?\(\s?['\"]([\w.-]{1,60})['\"]\s?\)|\[['\"]([\w.-]{1,60})['\"]\])\.value)\s{0,3}=(?!=)\s{0,3}([^;\n]{1,200})"
    r"|\$\(\s?['\"]([^'\"]{1,120})['\"]\s?(?:,\s?[\w$.#'\"]{1,40}\s?)?\)\.val\(\s?([^;\n]{1,120}?)\s?\)\s{0,3}(?=[;\n}.]|$)"
)
_ACTION = re.compile(
    r"(?:\.action\s{0,3}=(?!=)\s{0,3}|\.(?:attr|prop)\s?\(\s?['\"]action['\"]\s?,\s?|\[['\"]action['\"]\]\s?=\s?|['\"]?action['\"]?\s?:\s?)(.{1,300})",
    re.S,
)
_METHOD = re.compile(r"(?:\.method\s{0,3}=\s{0,3}|['\"]?method['\"]?\s?[:,]\s?)['\"](get|post)['\"]", re.I)
_FORM = re.compile(
    r"document\.(?:forms\[['\"])?([A-Za-z_]\w{0,40})|\$\(\s?['\"](?:form)?[#\[]?(?:name=['\"]?)?([\w-]{1,40})|getElementById\(['\"]([\w-]{1,40})|\b([A-Za-z_]\w{0,40})\.(?:submit|action|target)\b"
)
_SUBMIT = re.compile(r"submit\s?\(|\.submit\b|requestSubmit|ajax|\.post\(")
_PAGING = re.compile(r"[?&](?:\w{0,8}page\w{0,6}|pg\w{0,4}|cp|cpage|keyword|search\w{0,12})=$", re.I)
_READS_DATA = re.compile(r"\.data\(|\.dataset|ttr(?:ibute)?\(\s?['\"]data-")
_TEMPLATE = re.compile(r"\$\{\s?([\w$.]{1,60})\s?\}")


@dataclass(frozen=True, slots=True)
class Function:
    """A function of the page: its parameters and the code inside."""

    parameters: tuple[str, ...]
    code: str


class Script:
    """The scripts and forms of one page, read only when a call needs them."""

    def __init__(self, root: HtmlElement, url: str) -> None:
        self.root, self.url = root, url
        self._functions: dict[str, Function | None] = {}

    @cached_property
    def code(self) -> str:
        """All inline scripts of the page."""
        texts = [s.text or "" for s in self.root.iter("script") if not s.get("src")]
        return "\n".join(t for t in texts if len(t) < 500_000)[:2_000_000]

    @cached_property
    def inputs(self) -> dict[str, str]:
        """Values of the page's input fields by name and by id, the first of each."""
        found: dict[str, str] = {}
        for node in list(self.root.iter("input"))[:2000]:
            for name in (node.get("name"), node.get("id")):
                if name:
                    found.setdefault(name, node.get("value", ""))
        return found

    @cached_property
    def forms(self) -> list[HtmlElement]:
        """The page's forms."""
        return list(self.root.iter("form"))[:200]

    def function(self, name: str) -> Function | None:
        """Return a function of the page by name ("goTo.view" also as a member), or None."""
        if name not in self._functions:
            self._functions[name] = self._find(name.rsplit(".", 1)[-1])
        return self._functions[name]

    def _find(self, name: str) -> Function | None:
        word = re.escape(name)
        head = re.compile(
            rf"(?:function\s{{1,9}}{word}\s{{0,9}}|\b{word}\s{{0,9}}[=:]\s{{0,9}}(?:async\s)?(?:function\s{{0,9}}[\w$]{{0,40}}\s{{0,9}})?)\(([^()]{{0,400}})\)\s{{0,9}}(?:=>\s{{0,9}})?\{{"
        )
        match = head.search(self.code)
        if not match:
            return None
        parameters = tuple(p.split("=")[0].strip() for p in match[1].split(",") if p.strip())
        return Function(parameters, _block(self.code, match.end()))

    def value(self, expression: str, values: Mapping[str, str]) -> str | None:
        """Return what a concatenation of literals, parameters and field values gives, or None where a part is unknown."""
        out, at = "", 0
        while term := _TERM.match(expression, at):
            if term.end() == at:
                break
            literal = next((term[i] for i in (1, 2) if term[i] is not None), None)
            if literal is not None:
                part: str | None = literal
            elif term[3] is not None:
                part = _TEMPLATE.sub(lambda m: self._name(m[1], values) or "", term[3])
            elif term[4] is not None:
                part = values.get("data-" + _hyphened(term[4]))
            else:
                part = self._selected(term[6]) if term[6] else self._name(term[5], values)
            if part is None and _PAGING.search(out):
                part = ""
            if part is None:
                return None
            out, at = out + part, term.end()
            if expression[at : at + 1] != "+":
                break
            at += 1
        return out or None

    def _selected(self, selector: str) -> str | None:
        """Return the value of the field that a selector names (#seq, form [name=pg])."""
        name = _selector_name(selector) or selector.lstrip("#")
        return self.inputs.get(name)

    def _name(self, name: str, values: Mapping[str, str]) -> str | None:
        if name in values:
            return values[name]
        if name.isdigit():
            return name
        if "." in name and not name.endswith(".value") and name.rsplit(".", 1)[1] in values:
            return values[name.rsplit(".", 1)[1]]
        if name.endswith(".value"):
            return self.inputs.get(name.split(".")[-2])
        match = re.search(
            rf"\b(?:var|let|const)\s{{1,5}}{re.escape(name)}\s{{0,3}}=\s{{0,3}}(?:'([^']{{0,300}})'|\"([^\"]{{0,300}})\")",
            self.code,
        )
        return (match[1] or match[2] or "") if match else None

    def location(self, code: str, values: Mapping[str, str]) -> str | None:
        """Return the address that a function goes to, or None."""
        for match in _GO.finditer(code):
            local = _locals(code[: match.start()], self, values)
            url = self.value(code[match.end() : match.end() + 1000], {**values, **local})
            if url and re.search(r"[/?.=]", url):
                return url
        return None

    def of_data(self, values: Mapping[str, str]) -> str | None:
        """Return where some handler of the page goes that reads these data attributes ("data-seq"), or None."""
        if not values or not _READS_DATA.search(self.code):
            return None
        for match in list(_GO.finditer(self.code))[:60]:
            before = self.code[max(0, match.start() - 600) : match.start()]
            code = before[before.rfind("function") + 1 :] + self.code[match.start() : match.end() + 600]
            if _READS_DATA.search(code) and (url := self.location(code, values)) and url != self.location(code, {}):
                return url
        return None

    def assignments(self, code: str, values: Mapping[str, str]) -> dict[str, str]:
        """Return the form fields that a function sets, by name."""
        fields = {}
        for match in _FIELD.finditer(code):
            name = (match[1] or "").split(".")[-1] or match[2] or match[3] or _selector_name(match[5] or "")
            value = self.value(match[4] or match[6] or "", values)
            if name and value is not None:
                fields[name] = value
        return fields

    def submitted(self, code: str, values: Mapping[str, str], fields: Mapping[str, str]) -> Call | None:
        """Return the request of a function that fills a form and submits it, or None."""
        if not _SUBMIT.search(code) or not fields:
            return None
        form = self._form(code, fields)
        match = _ACTION.search(code)
        action = (self.value(match[1], values) if match else None) or (form.get("action") if form is not None else None)
        if action is None and form is None:
            return None
        named = _METHOD.search(code)
        method = (named[1] if named else form.get("method", "get") if form is not None else "get").lower()
        sent = dict(hidden(form) if form is not None else {}) | dict(fields)
        url = (action or self.url.split("?")[0]).strip()
        if url.lower().startswith("javascript:"):
            return None
        if method == "post":
            return Call(url, sent)
        sep = "&" if "?" in url else "?"
        return Call(url + sep + urlencode({k: v for k, v in sent.items() if v}))

    def _form(self, code: str, fields: Mapping[str, str]) -> HtmlElement | None:
        names = [n for m in _FORM.finditer(code) for n in m.groups() if n]
        for name in names:
            for form in self.forms:
                if name in (form.get("name"), form.get("id")):
                    return form
        for form in self.forms:
            if any(node.get("name") in fields for node in form.iter("input")):
                return form
        return None


def hidden(form: HtmlElement) -> dict[str, str]:
    """Return the values that a form sends by itself: hidden fields and filled text fields."""
    return {
        node.get("name", ""): node.get("value", "")
        for node in form.iter("input")
        if node.get("name") and (node.get("type") or "text").lower() in ("hidden", "text")
    }


def _hyphened(name: str) -> str:
    """Return a name of dataset as its attribute writes it: bbsIdx is bbs-idx."""
    return re.sub(r"(?<=[a-z0-9])([A-Z])", r"-\1", name).lower()


def _selector_name(selector: str) -> str:
    match = re.search(r"name\s?=\s?['\"]?([\w.-]{1,60})", selector) or re.search(r"#([\w.-]{1,60})\s{0,3}$", selector)
    return match[1] if match else ""


def _block(code: str, at: int) -> str:
    depth = 1
    for offset, ch in enumerate(code[at : at + _BODY]):
        depth += (ch == "{") - (ch == "}")
        if depth == 0:
            return code[at : at + offset]
    return code[at : at + _BODY]


def _locals(code: str, script: Script, values: Mapping[str, str]) -> dict[str, str]:
    """Return the local strings that a function builds before it goes there."""
    known = dict(values)
    for match in re.finditer(
        r"(?:var|let|const)?\s{0,5}\b([A-Za-z_$]\w{0,40})\s{0,3}(\+?=)(?!=)\s{0,3}([^;\n]{1,400})", code[:4000]
    ):
        value = script.value(match[3], known)
        if value is not None:
            known[match[1]] = known.get(match[1], "") + value if match[2] == "+=" else value
    return known
