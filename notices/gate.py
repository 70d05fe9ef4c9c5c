"""The one gate for texts: it decides for every outlet what of a notice's text may be carried, and under which words."""

from __future__ import annotations

from dataclasses import dataclass

from notices.korean import is_clean_rows, one_line
from notices.links import web_link
from notices.personal import lists_people, mask
from notices.store.views import Announcement

OWN = "own"
"""A centre's own notices: no 공공누리 type, the centre says it itself."""

OPEN = frozenset({OWN, "0", "1", "2"})
"""공공누리 types whose text may be shortened and re-set: 3 and 4 forbid changes, without a type the publisher decides."""

_CLOSED_KINDS = frozenset({"발표"})
_STRICTNESS = (OWN, "0", "1", "2", "3", "4")


@dataclass(frozen=True, slots=True)
class Carried:
    """What may be carried: the text with the sentence that must stand beside it, or neither."""

    body: str | None = None
    attribution: str | None = None


NOTHING = Carried()


def carried(announcement: Announcement, licence: str) -> Carried:
    """Return the text that may be carried under a 공공누리 type ("0".."4", "own" or "unknown") and its attribution.

    Title, facts and link are always free; the text only under types 0 to 2, with a link to its source, and never of
    발표 or where it lists people. A centre's own text needs no link.
    """
    body = mask(_clean(announcement.body))
    link = web_link(announcement.url)
    if licence not in OPEN or not body or (link is None and licence != OWN) or announcement.kind in _CLOSED_KINDS:
        return NOTHING
    if lists_people(body):
        return NOTHING
    if licence == OWN:
        return Carried(body, f"출처: {one_line(announcement.publisher[:300]) or '우리 센터'}")
    return Carried(body, _attribution(announcement, licence, link or ""))


def _clean(body: str) -> str:
    """Clean each cell; rows stay lines and cells stay apart by tabs."""
    if is_clean_rows(body):
        return body.strip()
    rows = body.replace("\r\n", "\n").replace("\r", "\n").split("\n")
    return "\n".join("\t".join(one_line(cell) for cell in row.split("\t")) for row in rows).strip()


def licence(announcement: Announcement) -> str:
    """Return the licence of the announcement's text: of where it was read, the strictest where that is not clear."""
    at = [
        seen
        for seen in announcement.seen
        if seen.url == announcement.url and (seen.url is not None or seen.licence == OWN)
    ]
    return max((seen.licence for seen in at or announcement.seen), key=_strictness, default="unknown")


def _strictness(licence: str) -> int:
    return _STRICTNESS.index(licence) if licence in _STRICTNESS else len(_STRICTNESS)


def _attribution(announcement: Announcement, licence: str, link: str) -> str:
    """공공누리's own wording (kogl.or.kr); type 0 asks for nothing and gets a plain source."""
    publisher, title = one_line(announcement.publisher[:300]), one_line(announcement.title[:300])
    if licence == "0":
        return f"출처: {publisher}, '{title}', {link} (공공누리 제0유형: 자유이용)"
    year = f" {announcement.posted.year}년" if announcement.posted else ""
    free = " 상업적으로는 이용할 수 없습니다." if licence == "2" else ""
    return (
        f"본 저작물은 '{publisher}'에서{year} 작성하여 공공누리 제{licence}유형으로 개방한 "
        f"'{title}(작성자: {publisher})'을 이용하였으며, 해당 저작물은 '{publisher}, {link}'에서 "
        f"무료로 내려받으실 수 있습니다.{free}"
    )
