"""The link of each row: a real address before a call before data attributes; the stable key and the minimal address."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from urllib.parse import unquote, urlencode

from lxml.html import HtmlElement

from spiders.pages.address import absolute, canonical, key_param, kinds, other_board, parameters, path_keys
from spiders.pages.calls import Invoked, invoked, location_in, target
from spiders.pages.document import Document
from spiders.pages.draft import Draft
from spiders.pages.hints import Hints
from spiders.pages.records import Call, Row
from spiders.pages.scripts import Script, hidden
from spiders.pages.templates import filled, from_mapping, template_for

_DECOY = re.compile(r"(?:#.*|javascript:.*|\s*)", re.I | re.S)
_ID = re.compile(r"(?=.*\d)[\w.=+/-]{1,80}")
_ADDRESS = re.compile(
    r"https?://[^\s]{4,}|(?:\.?/|\?)(?=[^\s]{0,200}(?:[?=]|\.\w{2,4}$|/\d))[^\s]{2,}|[\w/-]{1,80}\.(?:do|jsp|php|asp|es|web|html?)\?[^\s]*"
)
_GOALS = frozenset(("data-action", "data-url", "data-href", "data-link", "data-path", "data-location"))
_ROUTE = re.compile(r"#!?/(?:[^#\s]{0,200}/)?([\w-]{0,40}\d[\w-]{0,40})/?$", re.ASCII)
_DATA_WORD = re.compile(r"id|idx|seq|no$|key|num|view|link|uid|srl|sn$|pb", re.I)
_FILES = re.compile(r"down|file", re.I)
NO_KEY = "글을 가리키는 번호를 찾지 못함"
FOREIGN = "다른 게시판의 글일 수 있음"


@dataclass(slots=True)
class Reference:
    """What a row says about its post: an address, a call, data attributes."""

    href: str | None = None
    call: Invoked | None = None
    data: dict[str, str] = field(default_factory=dict)
    action: str | None = None
    form: dict[str, str] | None = None
    method: str = ""


def linked(drafts: Sequence[Draft], document: Document, hints: Hints, notes: list[str]) -> list[Row]:
    """Return the rows with address, key and request, refusing rows that lead to another board."""
    script = Script(document.tree, document.url)
    references = [_reference(d, document.url) for d in drafts]
    shared = Counter(r.href for r in references if r.href)
    decoys = {h for h, n in shared.items() if n > 2 and n * 2 > len(drafts)}
    if decoys:
        references = [
            _reference(d, document.url, True) if r.href in decoys else r
            for d, r in zip(drafts, references, strict=True)
        ]
    found: list[tuple[str | None, str | None, Call | None]] = [(None, None, None)] * len(drafts)
    plain = [i for i, r in enumerate(references) if r.href and r.href not in decoys]
    rest = [i for i in range(len(drafts)) if i not in set(plain)]
    for i, entry in zip(plain, _plain([references[i].href or "" for i in plain], hints), strict=True):
        found[i] = entry
    called = [i for i in rest if references[i].call and any(_ID.fullmatch(a) for a in _values(references[i].call))]
    for i, entry in zip(called, _called([references[i] for i in called], script, document, hints, notes), strict=True):
        found[i] = entry
    left = [i for i in rest if found[i][1] is None]
    for i, entry in zip(left, _data([references[i] for i in left], document, script, hints), strict=True):
        found[i] = entry
    if plain or called or left:
        notes.append(f"링크: 주소 {len(plain)}, 호출 {len(called)}, 그 밖 {len(left)}")
    return _rows(drafts, found, document.url)


def _rows(drafts: Sequence[Draft], found: Sequence[tuple[str | None, str | None, Call | None]], page: str) -> list[Row]:
    foreign = [bool(url and other_board(url, page)) for url, _, _ in found]
    all_foreign = all(foreign)
    keyed = sum(key is not None for _, key, _ in found)
    rows = []
    for draft, (url, key, call), off in zip(drafts, found, foreign, strict=True):
        if (off and not all_foreign) or (key is None and draft.anchor is None and keyed * 2 > len(drafts)):
            continue
        doubts = [*draft.doubts]
        if off:
            doubts.append(FOREIGN)
        if key is None:
            doubts.append(NO_KEY)
        rows.append(
            Row(
                draft.title,
                key,
                url,
                draft.posted,
                draft.department,
                draft.pinned,
                draft.fields,
                (),
                call,
                tuple(dict.fromkeys(doubts)),
            )
        )
    return rows


def _reference(draft: Draft, page: str, whole: bool = False) -> Reference:
    """Read what a row says about its post, up to its first address; `whole` reads on, where that address is a decoy."""
    found = Reference()
    for node in _nodes(draft):
        href, code = node.get("href"), node.get("onclick") or node.get("onkeypress") or ""
        if href and not _DECOY.fullmatch(href.strip()) and found.href is None:
            found.href = absolute(href, page)
        if href and href.strip().lower().startswith("javascript:"):
            code = code or unquote(href.strip()[11:])
        if code and found.href is None and (straight := location_in(code)):
            found.href = absolute(straight, page)
        if code and found.call is None:
            found.call = invoked(code)
        _take_data(found, node)
        if href and (route := _ROUTE.match(href.strip())):
            found.data.setdefault("route", route[1])
        if found.href and not whole:
            break
    if found.href is None and found.call is None and draft.anchor is not None:
        _take_form(found, draft, page)
    if found.href is None and found.call is None and not found.data:
        for node in draft.record.iter("input"):
            if node.get("type") in ("hidden", "checkbox") and _ID.fullmatch(node.get("value", "")):
                found.data.setdefault(f"hidden:{node.get('name') or node.get('class') or ''}", node.get("value", ""))
    if found.href is None and found.call:
        found.href = next((absolute(a, page) for a in found.call.args if _ADDRESS.fullmatch(a)), None)
    if found.href is None and found.action and not any(name.startswith(("keyset:", "input:")) for name in found.data):
        found.href = absolute(found.action, page)
    return found


def _take_form(found: Reference, draft: Draft, page: str) -> None:
    """Take the fields of a form that a row has for itself: its button opens the post."""
    for node in draft.anchor.iterancestors() if draft.anchor is not None else ():
        if node.tag == "form":
            found.form, found.method = hidden(node), node.get("method", "get").lower()
            found.action = absolute(node.get("action") or page, page)
            found.data |= {f"input:{k}": v for k, v in found.form.items() if _ID.fullmatch(v)}
        if node is draft.record:
            break


def _nodes(draft: Draft) -> Iterator[HtmlElement]:
    """Yield the elements that may carry the link: the anchor, what holds it, what lies in it, the row's other links."""
    seen: set[HtmlElement] = set()
    if draft.anchor is not None:
        for node in (
            draft.anchor,
            *draft.anchor.iterancestors(),
            *draft.anchor.iterdescendants("a", "button", "input"),
        ):
            if node.tag == "table" or node.tag == "body":
                continue
            seen.add(node)
            if node is draft.anchor or draft.record in (node, *list(node.iterancestors())[:12]):
                yield node
    for node in draft.record.iter():
        if (
            isinstance(node.tag, str)
            and node not in seen
            and (node.get("onclick") or node.tag in ("a", "button") or _has_data(node))
        ):
            target_text = f"{node.get('href', '')} {node.get('onclick', '')} {node.get('class', '')}"
            if not _FILES.search(target_text):
                yield node


def _has_data(node: HtmlElement) -> bool:
    return any(k.startswith("data-") for k in node.attrib)


def _take_data(found: Reference, node: HtmlElement) -> None:
    for attribute, value in node.attrib.items():
        name = str(attribute)
        if not name.startswith("data-") and not (name in ("value", "id") and node.tag in ("button", "tr", "li")):
            continue
        text = str(value).strip()
        if name in _GOALS and _ADDRESS.fullmatch(text):
            found.action = found.action or text
        elif text.startswith("{"):
            call = invoked(f"x({text})")
            found.data.update({f"keyset:{k}": v for k, v in (call.named if call else {}).items()})
        elif _ID.fullmatch(text) and len(text) <= 60:
            found.data.setdefault(name, text)


def _plain(urls: Sequence[str], hints: Hints) -> list[tuple[str | None, str | None, Call | None]]:
    if not urls:
        return []
    param = key_param(urls, hints.id_params)
    varied = len({parameters(u).get(param or "") for u in urls})
    if param and varied * 2 < len(set(urls)) and len(parts := kinds(urls)) > 1 and not hints.id_params:
        found = {
            at: entry for part in parts for at, entry in zip(part, _plain([urls[i] for i in part], hints), strict=True)
        }
        return [found[at] for at in range(len(urls))]
    segments = path_keys(urls) if param is None or (varied <= 1 and len(set(urls)) > 1) else None
    out: list[tuple[str | None, str | None, Call | None]] = []
    for at, url in enumerate(urls):
        mine = param if param in parameters(url) else (key_param([url]) if param else None)
        key = segments[at] if segments else parameters(url).get(mine or "")
        short = canonical(url, keep=(mine,) if mine else ())
        out.append((short, key or (path_keys([url]) or [short])[0], Call(short)))
    return out


def _values(call: Invoked | None) -> tuple[str, ...]:
    return (*call.args, *call.named.values()) if call else ()


def _called(
    references: Sequence[Reference], script: Script, document: Document, hints: Hints, notes: list[str]
) -> list[tuple[str | None, str | None, Call | None]]:
    calls = [r.call for r in references if r.call]
    place = _key_place(calls)
    out: list[tuple[str | None, str | None, Call | None]] = []
    targets = [_target(call, script, document, hints, notes) for call in calls]
    gets = [t.url for t in targets if t and t.form is None]
    param = key_param(gets, hints.id_params) if gets else None
    for call, goal in zip(calls, targets, strict=True):
        values = _values(call)
        key = (
            values[place]
            if place < len(values) and _ID.fullmatch(values[place])
            else next((v for v in values if _ID.fullmatch(v)), None)
        )
        if goal is None:
            out.append((None, key, None))
        elif goal.form is None:
            kept = parameters(goal.url).get(param or "")
            out.append(
                (
                    canonical(goal.url, keep=(param or "",)),
                    kept if kept in values and kept else key,
                    Call(canonical(goal.url, keep=(param or "",))),
                )
            )
        else:
            out.append((_for_people(goal, values), key, Call(goal.url, goal.form)))
    return out


def _for_people(goal: Call, values: Sequence[str]) -> str:
    """Return the address of a posted form with its own identifying fields: most boards answer it as well."""
    form = {k: v for k, v in (goal.form or {}).items() if v and v not in ("", "Y", "N")}
    sep = "&" if "?" in goal.url else "?"
    return canonical(goal.url + sep + urlencode(form), keep=[k for k, v in form.items() if v in values])


def _key_place(calls: Sequence[Invoked]) -> int:
    """Return which value of the calls names the post: the one with the most different identifiers."""
    width = max((len(_values(c)) for c in calls), default=0)
    best, top = 0, -1.0
    for at in range(width):
        column = [v[at] for c in calls if at < len(v := _values(c))]
        fit = [v for v in column if _ID.fullmatch(v) and not _ADDRESS.fullmatch(v)]
        score = len(set(fit)) + 0.5 * len(fit) / len(calls) + 0.01 * min(max(map(len, fit), default=0), 20)
        if score > top:
            best, top = at, score
    return best


def _target(call: Invoked, script: Script, document: Document, hints: Hints, notes: list[str]) -> Call | None:
    lookup = from_mapping(
        {
            "arg": {str(i + 1): a for i, a in enumerate(call.args)},
            "query": parameters(document.url),
            "input": script.inputs,
        }
    )
    if hints.detail_url and (url := filled(hints.detail_url, lookup)):
        return Call(absolute(url, document.url) or url)
    goal = target(call, script)
    if goal and (url := absolute(goal.url, document.url)):
        return Call(url, goal.form)
    template = template_for(call.name, len(call.args), document.url)
    if template and (url := filled(template.url, lookup)) and (url := absolute(url, document.url)):
        if (note := f"링크 틀: {call.name}") not in notes:
            notes.append(note)
        return Call(url)
    return None


def _data(
    references: Sequence[Reference], document: Document, script: Script, hints: Hints
) -> list[tuple[str | None, str | None, Call | None]]:
    names = Counter(n for r in references for n in r.data)
    for name in [n for n in names if n.startswith("hidden:") and _counts(r.data.get(n) for r in references)]:
        del names[name]
    best = max(names, key=lambda n: _data_score(n, references), default=None)
    out: list[tuple[str | None, str | None, Call | None]] = []
    for reference in references:
        key = reference.data.get(best) if best else None
        if key is None:
            out.append((None, None, None))
            continue
        out.append(_data_target(reference, str(best), key, document, script, hints))
    return out


def _counts(values: Iterable[str | None]) -> bool:
    """Tell whether the values of a list's inputs number its rows from the top: no numbers of posts."""
    said = list(values)
    return any(said == [str(at + start) for at in range(len(said))] for start in (0, 1))


def _data_score(name: str, references: Sequence[Reference]) -> float:
    values = [r.data[name] for r in references if name in r.data]
    return (
        len(set(values))
        + 0.4 * len(values) / len(references)
        + 0.3 * bool(_DATA_WORD.search(name))
        + 0.01 * min(len(values[0]), 20)
        - 2 * (name == "id")
    )


def _handled(
    reference: Reference, name: str, key: str, document: Document, script: Script
) -> tuple[str | None, str | None, Call | None]:
    """Return where the page's script goes with a row's data attributes or with the fields of its own small form."""
    if reference.form is not None and name.startswith("input:"):
        goal = Call(reference.action or document.url, reference.form)
        if reference.method != "post":
            goal = Call(f"{goal.url.split('?')[0]}?{urlencode(reference.form)}")
            return canonical(goal.url, keep=(name[6:],)), key, Call(canonical(goal.url, keep=(name[6:],)))
        return _for_people(goal, (key,)), key, Call(goal.url, goal.form)
    made = reference.call and script.function(reference.call.name)
    goes = script.location(made.code, reference.data) if made else None
    url = absolute(goes or script.of_data(reference.data) or "", document.url)
    if url is None or key not in url:
        return None, key, None
    return canonical(url, keep=[n for n, v in parameters(url).items() if v == key]), key, Call(url)


_DATA_PATHS: Mapping[str, str] = {
    "data-req-get-p-idx": "/portal/board/post/view.do?bcIdx={query:bcIdx}&mid={query:mid}&idx={key}",
    "data-ntt-id": "view.do?nttId={key}",
    "data-key-no": "view.do?notAncmtMgtNo={key}",
    "data-list-no": "view.do?notAncmtMgtNo={key}",
}


def _data_target(
    reference: Reference, name: str, key: str, document: Document, script: Script, hints: Hints
) -> tuple[str | None, str | None, Call | None]:
    values: dict[str, Mapping[str, str]] = {
        "query": parameters(document.url), "input": script.inputs, "attr": reference.data, "key": {"": key},
    }  # fmt: skip
    pattern = hints.detail_url or _DATA_PATHS.get(name)
    if pattern and "notAncmtMgtNo" in pattern and not re.search(r"gosi|saeol|eminwon", document.url, re.I):
        pattern = hints.detail_url
    if reference.action and name.startswith("keyset:"):
        pattern = f"{reference.action}{'&' if '?' in reference.action else '?'}{name[7:]}={{key}}"
    elif reference.action and "?" in reference.action:
        pattern = reference.action
    url = absolute(filled(pattern, from_mapping(values)) or "", document.url) if pattern else None
    if url is None:
        return _handled(reference, name, key, document, script)
    return canonical(url), key, Call(canonical(url))
