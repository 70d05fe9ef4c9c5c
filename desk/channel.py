"""Word an announcement for the KakaoTalk channel, to be pasted: text alone, its address in a button.

The channel's plain messages take 400 letters, 29 line breaks and no address in their text, buttons of 8 letters
(developers.kakao.com/docs/ko/kakaomoment/simple-msg-ops). Posts take more; what fits a message fits both.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from desk.draft import KST, RULE, facts, words
from notices import wording
from notices.links import web_link
from notices.model import EventKind
from notices.store import Store
from notices.store.views import Announcement, Event, Pick

TEXT, BREAKS, LABEL = 400, 29, 8
"""Letters and line breaks of a text, letters of a button's name."""
BUTTON = "원문 보기"
_ADDRESS = re.compile(
    r"(?:https?:?/*|www\.)[^\s]*|\b[\w-]+(?:\.[\w-]+)*\.(?:com|kr|net|org|io)\b(?:/[^\s]*)?", re.IGNORECASE
)


@dataclass(frozen=True, slots=True)
class ChannelPost:
    """What is pasted: the text, and the button's name and address where there is one."""

    text: str
    label: str = ""
    link: str | None = None

    @property
    def size(self) -> int:
        """Letters of the text, as the channel counts them."""
        return letters(self.text)


def letters(text: str) -> int:
    """Count UTF-16 units: a picture sign may count as two, never as less than here."""
    return len(text.encode("utf-16-le", "replace")) // 2


def draft(store: Store, centre: str, announcement: Announcement) -> ChannelPost:
    """Return the post of an announcement with the words of a centre, as it would be now."""
    return compose(announcement, store.events.of(announcement.id), store.curation.picks(centre).get(announcement.id))


def compose(told: Announcement, events: Iterable[Event], pick: Pick | None = None) -> ChannelPost:
    """Word an announcement; `events` is all that was told of it, oldest first, `pick` may hold the centre's own words.

    What would be too long is left out from the end of what residents need first: title, correction, time.
    """
    corrections = [event for event in events if event.kind is EventKind.REVISION]
    what, who, until, where = ((line.label, line.text) for line in facts(told))
    posted = f" ({told.posted:%Y.%m.%d} 게시)" if told.posted else ""
    parts = [
        (0, _title(told, pick, corrected=bool(corrections))),
        (4, _line("", pick.summary, 150) if pick and pick.summary else ""),
        (1, _correction(corrections[-1]) if corrections else ""),
        (2, _line(*until, 80)),
        (2, _line(*what, 60)),
        (5, _line(*who, 60) if who[1] != wording.ASK else ""),
        (6, _line(*where, 60) if where[1] != wording.ASK else ""),
        (5, _line("문의", str(fact.value), 40) if (fact := told.facts.get("contact")) else ""),
        (3, _line("기관", f"{told.publisher}{posted}", 60)),
        (3, RULE),
    ]
    link = web_link(told.url)
    return ChannelPost(_fitted(parts), BUTTON if link else "", link)


def _title(told: Announcement, pick: Pick | None, *, corrected: bool) -> str:
    said = pick.title if pick and pick.title else told.title
    mark = "취소" if told.cancelled else "정정" if corrected else ""
    plain = re.sub(rf"^\[\s*{mark}[^\]]{{0,6}}\]\s*", "", said) if mark else said
    return _line("", f"[{mark}] {plain}" if mark else plain, 90) or "제목 없음"


def _correction(event: Event) -> str:
    at: date = event.posted or event.at.astimezone(KST).date()
    return _line(f"{at.month}.{at.day} 정정", wording.changes(event.changes), 90)


def _line(label: str, said: str, most: int) -> str:
    """A line without any address; private numbers are masked."""
    said = " ".join(_ADDRESS.sub("", words(said, most * 2)).split())
    cut = said if letters(said) <= most else _cut(said, most - 1).rstrip() + "…"
    return f"{label}: {cut}" if label and cut else cut


def _cut(said: str, most: int) -> str:
    return said.encode("utf-16-le", "replace")[: 2 * most].decode("utf-16-le", "ignore")


def _fitted(parts: list[tuple[int, str]]) -> str:
    """The lines in their order, those of the highest number left out where all would be too long."""
    kept = [part for part in parts if part[1]]
    while letters(_joined(kept)) > TEXT and len(kept) > 1:
        last = max(range(len(kept)), key=lambda n: (kept[n][0], n))
        del kept[last]
    return _joined(kept)


def _joined(parts: list[tuple[int, str]]) -> str:
    """The title apart from the facts, and these from their source."""
    facts_ = "\n".join(said for order, said in parts if order not in (0, 3, 4))
    return "\n\n".join(
        block
        for block in (
            *(said for order, said in parts if order in (0, 4)), facts_, "\n".join(said for order, said in parts if order == 3)
        )
        if block
    )  # fmt: skip
