"""The files beside a post: links and calls that fetch one, names without a link; no previews, no whole archives."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from urllib.parse import quote, urlencode, urlsplit

from notices.model import Attachment
from spiders.pages import filenames, labels
from spiders.pages.address import absolute
from spiders.pages.calls import invoked, location_in, target
from spiders.pages.flow import Flow, Mark, words_of
from spiders.pages.labels import Pair
from spiders.pages.scripts import Script

_FETCH = re.compile(
    r"down\w{0,20}(?:\.do|\.es|\.jsp|\.php|\.asp|\.web|\.action|[(?/])|file_?down|down_?file|atchFileId|fileDownload|getFile|boardDownload|bbs_?download|"
    r"/attach(?:ment)?s?/|fileSn|file_seq|fileSid|dwnld|fdown|act=download|type=download|mode=download|/download",
    re.I,
)
_NONE = re.compile(r"없습니다|없음|없 ?음")
_FOREIGN = re.compile(r"[^!-~]+")
_LIMIT = 300  # files of one post
_CANDIDATES = 1000
_AREAS = 50  # rows of files
_SCAN = 40_000  # links looked at


@dataclass(frozen=True, slots=True)
class File:
    """A file of a post, the element it stands in (-1: only a name) and whether its name is sure."""

    name: str
    url: str | None
    node: int


def find_files(flow: Flow, found: Iterable[Pair], script: Script) -> list[File]:
    """Return the files in order, each once; those that the page shows twice (icon and name, copy for phones) are one.

    Their links are marked as FILE, those of previews as BUTTON.
    """
    areas = [pair for pair in found if pair.role == labels.FILES and flow.mark[pair.label_at] < Mark.TAIL][:_AREAS]
    files: list[File] = []
    for index in _links(flow):
        file = _file(flow, index, areas, script)
        if file:
            files.append(file)
            if stands_alone(flow, index):
                flow.set(index, Mark.FILE)
                _take_sizes(flow, index)
            if len(files) >= _CANDIDATES:
                break
    files += _named(flow, files)
    for area in areas:
        files += _unlinked(flow, area, files)
    return _once(flow, files)[:_LIMIT]


def attachments(files: Iterable[File]) -> tuple[Attachment, ...]:
    """Return the files as a notice carries them."""
    return tuple(Attachment(file.name, file.url) for file in files)


def stands_alone(flow: Flow, node: int) -> bool:
    """Whether a file's link is no part of a sentence: little else stands in its paragraph but other links."""
    start, stop = flow.first[node], flow.last[node]
    if start == stop:
        return False
    block = flow.block[start]
    while start > 0 and flow.block[start - 1] == block:
        start -= 1
    while stop < len(flow.text) and flow.block[stop] == block:
        stop += 1
    beside = [flow.text[piece] for piece in range(start, stop) if not flow.link[piece]]
    return len(_SMALL.sub("", "".join(beside))) <= 12


def _take_sizes(flow: Flow, node: int) -> None:
    """Mark what stands behind a file's link in its paragraph and is but a size or a count."""
    at, block = flow.last[node], flow.block[flow.first[node]]
    while at < len(flow.text) and flow.block[at] == block and not flow.link[at]:
        if _SMALL.sub("", flow.text[at]).strip():
            break
        if flow.mark[at] == Mark.TEXT:
            flow.mark[at] = Mark.FILE
        at += 1


_SMALL = re.compile(r"[\d\s.,:()\[\]/|·-]+|[KMG](?:i?B)?(?![A-Za-z])|첨부|파일|다운로드|bytes?", re.I)


def _links(flow: Flow) -> Iterable[int]:
    count = 0
    for index in range(len(flow.nodes)):
        if flow.tag(index) in ("a", "button") or flow.nodes[index].get("onclick"):
            count += 1
            if count > _SCAN:
                return
            if _marked(flow, index) < Mark.TAIL:
                yield index


def _marked(flow: Flow, index: int) -> int:
    """The mark of an element's first piece, or of what stands right before an element without text."""
    at = flow.first[index] if flow.last[index] > flow.first[index] else flow.first[index] - 1
    return flow.mark[at] if 0 <= at < len(flow.mark) else Mark.TEXT


def _file(flow: Flow, index: int, areas: list[Pair], script: Script) -> File | None:
    element = flow.nodes[index]
    href, call = (element.get("href") or "").strip(), (element.get("onclick") or "").strip()
    if href.lower().startswith("javascript:"):
        href, call = "", href[11:] + call
    if href.startswith("#"):
        href = ""
    text, title = _said(flow, index), element.get("title") or ""
    if _is_preview(element, text, title, call, href):
        if len(text) <= 20:
            flow.set(index, Mark.BUTTON)
        return None
    fetches = bool(_FETCH.search(href) or _FETCH.search(call))
    area = any(pair.start <= flow.first[index] < pair.stop for pair in areas)
    name = _name(flow, index, text, title, href, call, fetches, area)
    if not name:
        return None
    return File(name, _joined(script.url, href or _asked(call, script)), index)


def _said(flow: Flow, index: int) -> str:
    """A link's text without the word of an icon before the name (an element that says PDF)."""
    start, stop = flow.first[index], flow.last[index]
    while stop - start > 1 and (not flow.text[start].strip() or _is_mark(flow, start, index)):
        start += 1
    while stop - start > 1 and flow.owner[stop - 1] != index and not _SMALL.sub("", flow.text[stop - 1]).strip():
        stop -= 1
    return flow.joined(start, stop, 400)


def _is_mark(flow: Flow, piece: int, link: int) -> bool:
    return flow.owner[piece] != link and filenames.is_kind(flow.text[piece])


def _asked(call: str, script: Script) -> str:
    """Where a call leads by GET, by the page's own script or the reference code of eGovFrame; "" where it posts."""
    made = invoked(call)
    if made is None:
        return location_in(call) or ""
    leads = target(made, script)
    if leads:
        return leads.url if leads.form is None else ""
    if made.name == "fn_egov_downFile" and len(made.args) >= 2:
        return f"/cmm/fms/FileDown.do?{urlencode({'atchFileId': made.args[0], 'fileSn': made.args[1]})}"
    return location_in(call) or ""


def _is_preview(element: object, text: str, title: str, call: str, href: str) -> bool:
    named = str(getattr(element, "get", lambda _: "")("class") or "")
    shown = text if filenames.ENDING.search(text) else f"{text} {title}"
    if filenames.PREVIEW.search(shown) and not filenames.ENDING.search(text):
        return True
    function = call.split("(", 1)[0]
    if filenames.PREVIEW.search(f"{named} {function}") or filenames.WHOLE.search(f"{shown} {function}"):
        return True
    return bool(filenames.PREVIEW.search(_path(href))) if "://" not in href else False


def _path(href: str) -> str:
    try:
        return urlsplit(href).path
    except ValueError:  # http://[…
        return ""


def _name(flow: Flow, index: int, text: str, title: str, href: str, call: str, fetches: bool, area: bool) -> str:
    """The file's name, from the link's text, its attributes, its call, the text beside it; "" where it is no file."""
    element = flow.nodes[index]
    if filenames.ENDING.search(text):
        if _is_address(text) and not fetches:
            return ""
        return filenames.tidy(text) if fetches or area or _ends_as_file(href, text) else ""
    if not (fetches or area):
        named = filenames.in_address(_path(href))
        linked = (
            named
            and not filenames.IMAGE.search(named)
            and not named.lower().endswith((".htm", ".html", ".xml", ".exe"))
        )
        return (named if filenames.generic(text) else filenames.told(text)) if linked and text else ""
    images = [
        node.get("alt") or "" for node in flow.nodes[index + 1 : min(flow.end[index], index + 6)] if node.tag == "img"
    ]
    for other in (element.get("download") or "", title, *images):
        if filenames.ENDING.search(other) and not filenames.PREVIEW.search(other):
            return filenames.tidy(other)
    for named in (filenames.in_call(call), "" if text and not filenames.generic(text) else _beside(flow, index)):
        if named:
            return named
    if text and not filenames.generic(text):
        strong = fetches and (area or bool(_STRONG.search(href + call)))
        return filenames.tidy(text) if strong and len(text) < 150 else ""
    return filenames.in_address(href) if fetches else ""


_STRONG = re.compile(
    r"atchFileId|file_?down|down_?file|boardDownload|fileSn|bf_no|/download/|download\.(?:do|php|es|jsp|asp)", re.I
)


def _ends_as_file(href: str, text: str) -> bool:
    """Whether a link leads to a file by its path, or its whole text is a file's name."""
    tidy = filenames.tidy(text)
    ends = any(match.end() == len(tidy) for match in filenames.ENDING.finditer(tidy))
    return bool(filenames.ENDING.search(href.split("?")[0])) or (ends and len(tidy) < 150)


def _is_address(text: str) -> bool:
    return bool(re.match(r"(?:https?://|www\.)\S+$", text))


def _beside(flow: Flow, index: int) -> str:
    """The file name in the text around a bare download button; none that another link beside it calls itself."""
    for outer in flow.ancestors(flow.parent[index], 3):
        text = flow.said(outer, 300)
        if any(one != index and _names_itself(flow, one) for one in range(outer, min(flow.end[outer], outer + 60))):
            return ""
        listed = filenames.names(text)
        if len(listed) == 1:
            return listed[0]
        if listed or len(text) > 250:
            return ""
    return ""


def _names_itself(flow: Flow, index: int) -> bool:
    """Whether an element is a link whose text is a file's name, no preview."""
    element = flow.nodes[index]
    if element.tag != "a" or flow.first[index] == flow.last[index]:
        return False
    text, call = flow.said(index, 300), (element.get("onclick") or "") + (element.get("href") or "")
    return bool(filenames.ENDING.search(text)) and not filenames.PREVIEW.search(f"{element.get('class') or ''} {call}")


def _joined(base: str, href: str) -> str | None:
    """An absolute address in plain ASCII; None for scripts and addresses that nobody may fetch."""
    url = absolute(href, base)
    return _FOREIGN.sub(lambda match: quote(match[0]), url) if url else None


def _unlinked(flow: Flow, area: Pair, linked: list[File]) -> list[File]:
    """Names in a file row that no link carries: plain text, or a script that writes them."""
    if area.stop - area.start > 400 or _NONE.search(area.text):
        return []
    taken = [(flow.first[file.node], flow.last[file.node]) for file in linked if file.node >= 0]
    found = []
    for start, stop in _lines(flow, area):
        if not any(first < stop and start < last for first, last in taken):
            found += [File(name, None, -1) for name in filenames.names(flow.joined(start, stop, 1000))]
    if not found and not linked:
        for script in flow.nodes[area.node].iter("script"):
            named = filenames.in_call(script.text or "")
            found += [File(named, None, -1)] if named else []
    return found


def _named(flow: Flow, linked: list[File]) -> list[File]:
    """Names alone in an element named for downloads, which a script makes a link."""
    found: list[File] = []
    taken = {file.node for file in linked}
    for index in range(len(flow.nodes)):
        if flow.end[index] == index + 1 and not _FILE_WORDS.isdisjoint(flow.words(index)) and index not in taken:
            start, stop = flow.first[index], flow.last[index]
            if start == stop or flow.link[start] or flow.mark[start] >= Mark.TAIL:
                continue
            name = filenames.tidy(flow.said(index, 300))
            if filenames.ENDING.search(name) and _ends_as_file("", name) and len(name) > 6:
                found.append(File(name, None, index))
                flow.set(index, Mark.FILE)
    return found


_FILE_WORDS = words_of("download down file files attach attachment fileinfo filename filedown")


def _lines(flow: Flow, area: Pair) -> Iterable[tuple[int, int]]:
    if area.start == area.label_at:
        yield area.start, area.stop
        return
    start = area.start
    for piece in range(area.start, area.stop + 1):
        last = piece == area.stop
        if last or (flow.block[piece], flow.line[piece]) != (flow.block[start], flow.line[start]):
            if piece > start:
                yield start, piece
            start = piece


def _once(flow: Flow, files: list[File]) -> list[File]:
    kept: list[File] = []
    for file in files:
        same = next((k for k, one in enumerate(kept) if _same(flow, one, file)), None)
        if same is None:
            kept.append(file)
        elif kept[same].url is None and file.url:
            kept[same] = File(kept[same].name, file.url, kept[same].node)
    return kept


def _same(flow: Flow, one: File, other: File) -> bool:
    if one.url and one.url == other.url:
        return True
    if one.name != other.name:
        return False
    return not one.url or not other.url or flow.parent[one.node] == flow.parent[other.node] or one.node < 0
