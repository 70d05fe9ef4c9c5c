"""Answer the KakaoTalk channel: a chatbot's skill (JSON 2.0) on what is open in a region, closing soon, or searched for.

Lengths and counts are those that Kakao documents and public skills keep: 3 outputs, 5 items a list card, 2 buttons,
10 quick replies, 36 letters of a title, 40 of a description, 1,000 of a text, 30 KB in all. No user key and no utterance
is stored or logged.
"""

from __future__ import annotations

import json
import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from notices import regions
from notices.korean import one_line
from notices.links import web_link
from notices.model import Region
from notices.store import Store
from notices.store.views import Announcement, Selection
from notices.wording import moment

ITEMS, TITLE, DESCRIPTION, TEXT, BYTES = 5, 36, 40, 900, 30_000
ASKED = 200  # letters of an utterance that are looked at
HELP = "지역 이름(예: 파주시)이나 찾는 말(예: 행복주택)을 적어 주세요. '곧 마감'이라고 하시면 이레 안에 마감되는 공고를 보여 드립니다."
SORRY = "지금은 답해 드리기 어렵습니다. 잠시 뒤 다시 말씀해 주세요."
_SOON = re.compile(r"곧\s?마감|마감\s?임박|마감되는|오늘\s?마감|내일\s?마감")
_ASKING = re.compile(
    r"(?:공고|임대|주택|집)?\s*(?:알려\s?줘|알려\s?주세요|보여\s?줘|보여\s?주세요|찾아\s?줘|검색|있어\??|있나요\??|뭐|목록|내\s?지역|우리\s?동네|공고|\?)"
)
_WEEK = timedelta(days=7)


@dataclass(frozen=True, slots=True)
class Question:
    """One entry of the centre's FAQ: what is asked, the answer, where it is written."""

    asked: str
    answer: str
    source: str | None = None


@dataclass(frozen=True, slots=True)
class Channel:
    """What the skill knows of the centre: its page, its regions (codes), its questions."""

    base_url: str
    title: str
    regions: tuple[str, ...] = ()
    questions: Sequence[Question] = ()
    page: str = "notice/{slug}.html"


def answer(store: Store, channel: Channel, payload: bytes, day: date) -> dict[str, Any]:
    """Return the answer to a payload; whatever is wrong with it, the answer is a polite one."""
    said = utterance(payload)
    if said is None:
        return text(HELP)
    if question := _question(channel, said):
        return _faq(question)
    places = tuple(found for found, *_ in regions.find(said, day))
    if _SOON.search(said):
        chosen = Selection(
            regions=_codes(places) or channel.regions, kinds=("모집",), closes_from=day, closes_to=day + _WEEK
        )
        return _list(store, channel, "곧 마감되는 공고", chosen, day)
    words = _words(said, places)
    codes = _codes(places) or (channel.regions if not words else ())
    if not codes and not words:
        return text(HELP)
    head = " ".join([*(place.name for place in places), words]).strip() or "우리 지역 공고"
    return _list(store, channel, head, Selection(regions=codes, kinds=("모집",), closes_from=day, words=words), day)


def utterance(payload: bytes) -> str | None:
    """Return what was said, on one line and bounded; None where the payload holds nothing said."""
    try:
        said = json.loads(payload)["userRequest"]["utterance"]
    except (ValueError, KeyError, TypeError, RecursionError):
        return None
    return one_line(said[: 4 * ASKED])[:ASKED] or None if isinstance(said, str) else None


def text(said: str) -> dict[str, Any]:
    """Return an answer of one text, with what else may be asked."""
    return _bounded({"outputs": [{"simpleText": {"text": _cut(said, TEXT)}}], "quickReplies": _replies()})


def _list(store: Store, channel: Channel, head: str, chosen: Selection, day: date) -> dict[str, Any]:
    found = store.announcements.select(chosen, ITEMS + 1, "closes")
    if not found:
        return text(f"{_cut(head, TITLE)}: 지금 접수 중인 공고를 찾지 못했습니다. {HELP}")
    items = [_item(channel, told, day) for told in found[:ITEMS]]
    card: dict[str, Any] = {"header": {"title": _cut(head, TITLE)}, "items": items}
    if address := web_link(channel.base_url):
        card["buttons"] = [{"label": "모두 보기", "action": "webLink", "webLinkUrl": address}]
    return _bounded({"outputs": [{"listCard": card}], "quickReplies": _replies()})


def _item(channel: Channel, told: Announcement, day: date) -> dict[str, Any]:
    from feeds.site.card import slug

    item: dict[str, Any] = {"title": _cut(told.title, TITLE), "description": _cut(_until(told, day), DESCRIPTION)}
    if address := web_link(channel.base_url.rstrip("/") + "/" + channel.page.format(slug=slug(told.uid))):
        item["link"] = {"web": address}
    return item


def _until(told: Announcement, day: date) -> str:
    where = told.regions[0].name if told.regions else "전국"
    fact = told.facts.get("closes")
    at = moment(fact.value) if fact else None
    if at is None:
        return f"{where} · 마감: 원문 확인"
    left = (at[0] - day).days
    return (
        f"{where} · {'오늘 마감' if left == 0 else '내일 마감' if left == 1 else f'{at[0].month}월 {at[0].day}일 마감'}"
    )


def _question(channel: Channel, said: str) -> Question | None:
    """Return the centre's question that an utterance repeats, in whole or in its longest words."""
    plain = re.sub(r"\W", "", said)
    return (
        next((each for each in channel.questions if plain and plain in re.sub(r"\W", "", each.asked)), None)
        if len(plain) > 3
        else None
    )


def _faq(question: Question) -> dict[str, Any]:
    output: dict[str, Any] = {"title": _cut(question.asked, TITLE), "description": _cut(question.answer, 230)}
    if address := web_link(question.source):
        output["buttons"] = [{"label": "근거 보기", "action": "webLink", "webLinkUrl": address}]
    return _bounded({"outputs": [{"textCard": output}], "quickReplies": _replies()})


def _words(said: str, places: Sequence[Region]) -> str:
    """Return what is left to search for once places and the asking itself are taken out."""
    for place in places:
        for part in (place.name, *place.name.split(), re.sub(r"[시군구도]$", "", place.name.split()[-1])):
            said = said.replace(part, " ")
    return " ".join(word for word in _ASKING.sub(" ", said).split() if len(word) > 1)[:50]


def _codes(places: Sequence[Region]) -> tuple[str, ...]:
    return tuple(place.code[:2] if place.code.endswith("000") else place.code for place in places)


def _replies() -> list[dict[str, str]]:
    return [
        {"label": label, "action": "message", "messageText": said}
        for label, said in (
            ("우리 지역", "내 지역 공고"),
            ("곧 마감", "곧 마감"),
            ("행복주택", "행복주택"),
            ("매입임대", "매입임대"),
        )
    ]


def _bounded(template: dict[str, Any]) -> dict[str, Any]:
    found = {"version": "2.0", "template": template}
    return (
        found
        if len(json.dumps(found).encode()) <= BYTES
        else {"version": "2.0", "template": {"outputs": [{"simpleText": {"text": SORRY}}]}}
    )


def _cut(said: str, most: int) -> str:
    return said if len(said) <= most else said[: most - 1] + "…"
