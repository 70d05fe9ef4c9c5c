"""The shapes of an answer to the KakaoTalk channel (JSON 2.0), each within Kakao's limits.

Lengths and counts are those that Kakao documents and public skills keep: 3 outputs, 5 items a list card, 2 buttons a list
card and 3 a text card, 10 quick replies, 36 letters of a title, 40 of a description, 1,000 of a text, 30 KB in all.
"""

from __future__ import annotations

import json
from collections.abc import Sequence
from typing import Any

from notices.links import web_link

ITEMS, HEADER, TITLE, DESCRIPTION, TEXT, CARD, BYTES = 5, 15, 36, 40, 900, 230, 30_000
LABEL, REPLIES, MESSAGE = 14, 10, 200
"""Letters of a quick reply or button, how many quick replies, letters that one says."""
SORRY = "지금은 답해 드리기 어렵습니다. 잠시 뒤 다시 말씀해 주세요."

Output = dict[str, Any]
_ALWAYS = (("우리 지역", "내 지역 공고"), ("곧 마감", "곧 마감"), ("행복주택", "행복주택"), ("매입임대", "매입임대"))


def text(said: str, replies: Sequence[tuple[str, str]] = ()) -> dict[str, Any]:
    """Return an answer of one text, with what else may be asked: (label, what it says)."""
    return answer([simple(said)], replies)


def answer(outputs: list[Output], replies: Sequence[tuple[str, str]] = ()) -> dict[str, Any]:
    """Return a whole answer with its quick replies; one that would be too large is an apology."""
    always = _ALWAYS if len(replies) + len(_ALWAYS) <= REPLIES else ()
    quick = [
        {"label": cut(label, LABEL), "action": "message", "messageText": cut(said, MESSAGE)}
        for label, said in (*replies, *always)
    ]
    found = {"version": "2.0", "template": {"outputs": outputs, "quickReplies": quick[:REPLIES]}}
    if len(json.dumps(found).encode()) <= BYTES:
        return found
    return {"version": "2.0", "template": {"outputs": [simple(SORRY)]}}


def simple(said: str) -> Output:
    """Return a text."""
    return {"simpleText": {"text": cut(said, TEXT)}}


def listed(head: str, items: Sequence[tuple[str, str, str | None]], more: str | None) -> Output:
    """Return a list card of (title, description, address), with a button to all."""
    card: dict[str, Any] = {"header": {"title": cut(head, HEADER)}, "items": [_item(*item) for item in items[:ITEMS]]}
    if buttons := _buttons([("모두 보기", more)]):
        card["buttons"] = buttons
    return {"listCard": card}


def card(title: str, said: str, buttons: Sequence[tuple[str, str | None]]) -> Output:
    """Return a card of text with buttons, those alone that lead to a web address."""
    found: dict[str, Any] = {"title": cut(title, TITLE), "description": cut(said, CARD)}
    if made := _buttons(buttons):
        found["buttons"] = made
    return {"textCard": found}


def _item(title: str, said: str, address: str | None) -> dict[str, Any]:
    item: dict[str, Any] = {"title": cut(title, TITLE) or "제목 없음", "description": cut(said, DESCRIPTION)}
    if link := web_link(address):
        item["link"] = {"web": link}
    return item


def _buttons(wanted: Sequence[tuple[str, str | None]]) -> list[dict[str, str]]:
    return [
        {"label": cut(label, LABEL), "action": "webLink", "webLinkUrl": link}
        for label, address in wanted
        if (link := web_link(address))
    ]


def cut(said: str, most: int) -> str:
    """Return a text of at most so many letters."""
    return said if len(said) <= most else said[: most - 1] + "…"
