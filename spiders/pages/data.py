"""Lists that come as data: JSON endpoints, rows inside a script, RSS and Atom."""

from __future__ import annotations

import html
import json
import re
from collections.abc import Iterator, Mapping, Sequence
from datetime import UTC, date, datetime, timedelta, timezone
from email.utils import parsedate_to_datetime
from typing import Any

from lxml import etree

from notices.dates import find_dates
from notices.korean import one_line
from spiders.pages.address import ID_PARAMS, absolute, canonical, key_param, parameters, path_keys
from spiders.pages.blocks import ROWS
from spiders.pages.days import read_day
from spiders.pages.document import Document
from spiders.pages.hints import Hints
from spiders.pages.literals import NotLiteralError, read_literal
from spiders.pages.paths import texts
from spiders.pages.records import Call, Listing, Row, State
from spiders.pages.templates import filled, from_mapping

_KST = timezone(timedelta(hours=9))
_TITLE = re.compile(
    r".*(?:title|subject|subj|sbjt|_?sj|Sj|ttl|제목|공고명)$|.*(?:title|subject)(?:nm|name)?$|(?:ancm|pblanc|bbs|ntt|bsns|house|anc|notice|pan|dan)\w{0,6}_?(?:nm|name)$|^name$|^nm$",
    re.I,
)
_POSTED = re.compile(
    r".*(?:prdctn|regist|reg|rgst|rgs|frst|first|write|writ|wrt|creat|crt|insert|ins|post|publish|pub|pbs|ntce|notice|input|opn|ancm|rcrit_?pblanc|open).*(?:date|day|dt|de|ymd|tm|time|at|일)$|^(?:date|dt|day|regdate|regdt|reg_dt|wr?_?(?:date|dt|time)|ymd|(?:bbs|ntt|ntc|nt)_?(?:date|dt|de|ymd))$|등록일|작성일|게시일|^(?:published|updated|issued)$",
    re.I,
)
_NOT_POSTED = re.compile(r"end|clos|fin|limit|expire|upd|mod|last|edit|까지|마감|수정|term|cls", re.I)
_DEPARTMENT = re.compile(
    r".*(?:dept|department|deptnm|dep_nm|office|organ|부서).*|(?:writer|wrter|author|register|rgtr|user|ntcr)_?(?:nm|name)?$",
    re.I,
)
_PINNED = re.compile(
    r"(?:notice|ntce|notice_?yn|notice_?at|top_?yn|fix|pin|is_?notice|is_?top|ntce_?at|topfix)\w{0,4}$", re.I
)
_TOTAL = re.compile(r"(?:tot|total)_?(?:al)?_?(?:cnt|count|record|elements|row|num|size)?\w{0,6}$|^count$", re.I)
_LINK = re.compile(r"(?:link|url|href|detail_?url|view_?url|guid)$", re.I)
_KEY = re.compile(r".*(?:id|no|seq|sn|idx|sid|uid|num|key|srl)$", re.I)
_CODE = re.compile(r"(?=.*\d)[\w.=+/-]{1,80}", re.ASCII)
_TAGS = re.compile(r"</?[A-Za-z!][^<>]{0,300}>")
_LISTED = texts("//body//@*[starts-with(normalize-space(.), '[{')]")
_ARRAY, _COMMA = re.compile(r"(?:\{\s{0,9}\"\w{1,40}\"\s{0,9}:\s{0,9})?\[\s{0,9}"), re.compile(r"\s{0,9},\s{0,9}")
_SCRIPT_JSON = re.compile(r"(?:=|:|\()\s{0,9}(?=[\[{])")


def read_json(document: Document, today: date | None, hints: Hints) -> Listing:
    """Return the rows of a JSON endpoint: the longest list of objects that have a title."""
    if document.json is None:
        return Listing(State.UNREADABLE, why="JSON으로 읽을 수 없음")
    found = _lists(document.json)
    total = next((int(v) for k, v in _scalars(document.json) if _TOTAL.fullmatch(k) and str(v).isdigit()), None)
    best = max((f for f in found if _title_name(f)), key=len, default=None)
    if best is None:
        if any(not f for f in found) or total == 0:
            return Listing(State.EMPTY, total=total, why="목록이 비어 있음")
        return Listing(State.GUARD, total=total, why="글 목록이 없는 JSON")
    rows = _objects(best, document, today, hints)
    cut = len(best) > ROWS
    return Listing(
        State.OK,
        tuple(rows),
        None,
        total,
        doubts=("행이 너무 많아 앞부분만 읽음",) if cut else (),
        notes=("JSON 목록",),
    )


def read_inline(document: Document, today: date | None, hints: Hints, notes: list[str]) -> list[Row]:
    """Return rows that stand as a JSON list inside a script of the page."""
    decoder = json.JSONDecoder(strict=False)
    best: list[Mapping[str, Any]] = []
    for text in (
        *(s.text or "" for s in document.tree.iter("script")),
        *(f"={a}" for a in _LISTED(document.tree)[:20]),
    ):
        if len(text) < 40 or ("[" not in text and "{" not in text):
            continue
        tries, at = 0, 0
        single: list[Any] = []
        while tries < 40 and (match := _SCRIPT_JSON.search(text, at)):
            tries, at = tries + 1, match.end()
            try:
                value, end = decoder.raw_decode(text, match.end())
            except (ValueError, RecursionError):
                value, end = _loosely(decoder, text, match.end())
            at = max(end, at)
            if isinstance(value, dict) and (not single or value.keys() == single[0].keys()):
                single.append(value)  # list.push({…}), again and again
            for found in _lists([single, value] if len(single) > 1 else value):
                if (
                    len(found) > len(best)
                    and (name := _title_name(found))
                    and any(_has_day(o) or len(str(o.get(name))) > 8 for o in found[:3])
                ):
                    best = found
    if best and (len(best) >= 2 or _has_day(best[0])):
        notes.append("스크립트 안의 JSON 목록")
        return _objects(best, document, today, hints)
    return []


def _loosely(decoder: json.JSONDecoder, text: str, at: int) -> tuple[Any, int]:
    """Return what is no strict JSON: a script's own literal, or the whole objects of a list that is cut off."""
    try:
        return read_literal(text, at)
    except NotLiteralError:
        return _whole_ones(decoder, text, at), at


def _whole_ones(decoder: json.JSONDecoder, text: str, at: int) -> list[Any]:
    """Return the whole objects of a list that is cut off."""
    start = _ARRAY.match(text, at)
    out: list[Any] = []
    at = start.end() if start else len(text)
    while at < len(text) and len(out) < ROWS:
        try:
            value, at = decoder.raw_decode(text, at)
        except (ValueError, RecursionError):
            break
        out.append(value)
        comma = _COMMA.match(text, at)
        if not comma:
            break
        at = comma.end()
    return out


def read_feed(document: Document, today: date | None, hints: Hints) -> Listing:
    """Return the entries of an RSS or Atom feed, or of a plain XML list of items."""
    root = document.xml
    if root is None:
        return Listing(State.UNREADABLE, why="XML로 읽을 수 없음")
    items = [n for n in root.iter() if isinstance(n.tag, str) and _local(n) in ("item", "entry", "row", "list")]
    objects = [{_local(c): _feed_value(c) for c in reversed(item) if isinstance(c.tag, str)} for item in items[:ROWS]]
    objects = [o for o in objects if _title_name([o])]
    if not objects:
        state = State.EMPTY if _local(root) in ("rss", "feed", "RDF") else State.GUARD
        return Listing(state, why="항목이 없는 피드" if state is State.EMPTY else "글 목록이 없는 XML")
    return Listing(State.OK, tuple(_objects(objects, document, today, hints)), notes=("피드",))


def _local(node: etree._Element) -> str:
    return str(node.tag).rsplit("}", 1)[-1]


def _feed_value(node: etree._Element) -> str:
    text = "".join(str(t) for t in node.itertext()).strip()
    return text or node.get("href", "")


def _lists(value: Any) -> list[list[Mapping[str, Any]]]:
    """Return every list of objects inside a JSON value; empty lists too."""
    found: list[list[Mapping[str, Any]]] = []
    stack: list[Any] = [value]
    steps = 0
    while stack and steps < 200_000:
        steps += 1
        node = stack.pop()
        if isinstance(node, dict):
            stack.extend(node.values())
        elif isinstance(node, list):
            if all(isinstance(o, dict) for o in node[:50]):
                found.append([o for o in node if isinstance(o, dict)])
                found.extend(_inner(found[-1]))
            stack.extend(node[:ROWS] if node and isinstance(node[0], (dict, list)) else [])
    return found


def _inner(objects: list[Mapping[str, Any]]) -> list[list[Mapping[str, Any]]]:
    """Return the lists of what each object of a list wraps ({"node": {…}})."""
    names = [k for k, v in objects[0].items() if isinstance(v, dict)] if objects else []
    return [[o[k] for o in objects if isinstance(o.get(k), dict)] for k in names[:5] if len(objects[0]) <= 3]


def _scalars(value: Any) -> Iterator[tuple[str, Any]]:
    stack, steps = [value], 0
    while stack and steps < 2000:
        steps += 1
        node = stack.pop(0)
        if isinstance(node, dict):
            for key, inner in node.items():
                if isinstance(inner, (str, int)):
                    yield str(key), inner
                else:
                    stack.append(inner)
        elif isinstance(node, list):
            stack.extend(node[:3])


def _title_name(objects: Sequence[Mapping[str, Any]]) -> str | None:
    if not objects:
        return None
    names = [k for k, v in objects[0].items() if isinstance(v, str) and _TITLE.fullmatch(k) and len(v.strip()) > 1]
    return max(
        names,
        key=lambda k: (
            min(len(str(objects[0][k])), 12),
            "tit" in k.lower() or "subj" in k.lower() or k.lower().endswith("sj"),
        ),
        default=None,
    )


def _has_day(o: Mapping[str, Any]) -> bool:
    return any(_POSTED.fullmatch(k) and _day(v, None) for k, v in o.items())


def _day(value: Any, today: date | None) -> date | None:
    if isinstance(value, bool) or value is None:
        return None
    if isinstance(value, (int, float)) and 10**9 < value < 4 * 10**12:
        text = str(int(value))
        if len(text) == 8:
            return read_day(text, today)[0]
        return datetime.fromtimestamp(value / 1000 if value > 10**11 else value, _KST).date()
    text = str(value)[:60]
    if day := read_day(text, today)[0]:
        found = find_dates(text, today)
        return _in_korea(text) or day if found and text.endswith("Z") else day
    try:
        stamp = parsedate_to_datetime(text)
    except (ValueError, TypeError, IndexError, OverflowError):
        return None
    return stamp.astimezone(_KST).date() if stamp.tzinfo else stamp.date()


def _in_korea(text: str) -> date | None:
    try:
        return datetime.fromisoformat(text.replace("Z", "+00:00")).replace(tzinfo=UTC).astimezone(_KST).date()
    except ValueError:
        return None


def _objects(objects: Sequence[Mapping[str, Any]], document: Document, today: date | None, hints: Hints) -> list[Row]:
    objects = objects[:ROWS]
    title = _title_name(objects) or "title"
    names = list(dict.fromkeys(k for o in objects[:20] for k in o))
    posted = next(
        iter(
            sorted(
                (
                    k
                    for k in names
                    if _POSTED.fullmatch(k)
                    and not _NOT_POSTED.search(k)
                    and any(_day(o.get(k), today) for o in objects[:5])
                ),
                key=_posted_rank,
            )
        ),
        None,
    )
    department = next(
        (k for k in names if _DEPARTMENT.fullmatch(k) and any(isinstance(o.get(k), str) and o[k] for o in objects)),
        None,
    )
    link = next(
        (
            k
            for k in sorted(names, key=lambda name: name == "guid")  # an identity, and only perhaps an address
            if _LINK.fullmatch(k) and any(absolute(str(o.get(k) or ""), document.url) for o in objects)
        ),
        None,
    )
    pinned = next((k for k in names if _PINNED.fullmatch(k)), None)
    key = _key_name(names, objects, hints)
    urls = [absolute(str(o.get(link) or ""), document.url) if link else None for o in objects]
    known = [u for u in urls if u]
    param = key_param(known, hints.id_params) if known else None
    rows = []
    for o, address in zip(objects, urls, strict=True):
        url = address
        text = one_line(_unescaped(_TAGS.sub("", str(o.get(title) or ""))))
        if not text:
            continue
        name = str(o.get(key) or "") if key else ""
        if hints.detail_url and name:
            values = {"query": parameters(document.url), "attr": {k: str(v) for k, v in o.items()}, "key": {"": name}}
            url = absolute(filled(hints.detail_url, from_mapping(values)) or "", document.url)
        short = canonical(url, keep=(param or "",)) if url else None
        name = name or (parameters(url).get(param or "") or (path_keys([url]) or [url])[0] if url else "") or ""
        office = one_line(str(o.get(department) or "")) if department else ""
        rows.append(
            Row(
                text,
                name or None,
                short,
                _day(o.get(posted), today) if posted else None,
                office or None,
                pinned is not None and _yes(o.get(pinned)),
                detail=Call(short) if short else None,
                doubts=() if name else ("글을 가리키는 번호를 찾지 못함",),
            )
        )
    return rows


def _unescaped(text: str) -> str:
    """Return text whose entities were left in the data ("&lt;선착순&gt;") as a page would show it."""
    return html.unescape(text) if "&" in text and ";" in text else text


def _posted_rank(name: str) -> int:
    lower = name.lower()
    return next(
        (
            at
            for at, word in enumerate(("prdctn", "reg", "frst", "writ", "wrt", "creat", "pub", "post", "ntce", "pbs"))
            if word in lower
        ),
        9,
    )


def _key_name(names: Sequence[str], objects: Sequence[Mapping[str, Any]], hints: Hints) -> str | None:
    order = [*hints.id_params, *ID_PARAMS]
    lower = {i.lower(): at for at, i in reversed(list(enumerate(order)))}

    def unique(name: str) -> bool:
        values = [str(o.get(name) or "") for o in objects]
        return all(_CODE.fullmatch(v) for v in values) and len(set(values)) * 10 >= len(values) * 8

    fit = [n for n in names if unique(n) and (n.lower() in lower or _KEY.fullmatch(n))]
    strong = [n for n in fit if n.lower() in lower and n.lower() not in ("no", "num", "number", "idx", "id")]
    own = [n for n in fit if not re.search(r"rnum|rownum|row_?no|^rn$|file|hit|cnt", n, re.I)]
    return next(iter(sorted(strong, key=lambda n: lower[n.lower()])), None) or next(
        iter(sorted(own, key=lambda n: lower.get(n.lower(), 99))), None
    )


def _yes(value: Any) -> bool:
    return value is True or str(value).strip().upper() in ("Y", "TRUE", "1")
