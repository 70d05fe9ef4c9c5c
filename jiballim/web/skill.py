"""Answer the KakaoTalk channel: what is open in a region, closing soon, or searched for, and the centre's own questions.

Nothing that was said stands in an answer, but for the quick replies that ask for it anew in official words; no user key
and no utterance is stored or logged.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date
from typing import Any

from jiballim.web import cards
from jiballim.web.wish import ENDING, Wish, understand
from notices import regions
from notices.korean import one_line
from notices.model import Region
from notices.store import Store
from notices.store.views import Announcement, Selection
from notices.wording import moment

ASKED = 200  # letters of an utterance that are looked at
LIKE, SAME = 0.6, 0.9  # how much of a question what asks must resemble, and what only names something; from 0 to 1
HELP = (
    "지역 이름(예: 파주시)이나 찾는 말(예: 행복주택, 청년)을 적어 주세요. ‘곧 마감’이라고 하시면 이레 안에 마감되는 공고를 "
    "보여 드립니다."
)
PERSON = "여기는 공고를 찾아 드리는 자동 응답입니다. 사람과 이야기하시려면 센터로 전화하거나 찾아와 주세요."
NONE = "지금 접수 중인 것을 찾지 못했습니다."
LATE = "지금 접수 중이라고 확인된 것은 없어, 접수가 끝났거나 마감을 원문에서 확인하셔야 하는 공고를 보여 드립니다."
WIDER = "우리 지역에는 지금 없어, 다른 지역의 공고를 보여 드립니다."
LATER = "그 안에 마감되는 것은 없어, 접수 중인 공고를 마감 순서로 보여 드립니다."
LOOSER = "적으신 말이 모두 든 공고는 없어, 가까운 공고를 보여 드립니다."
NEAR = "가까운 공고"
CALLS = ("모집",)
SERVICES = ("모집", "지원사업", "교육행사", "서비스안내")
"""The kinds that words are searched in: whoever asks for help with moving looks for no homes."""

_ASKS = re.compile(r"뭐|뭔|무엇|무슨|어떻|어떤|어디|언제|누가|누구|왜|얼마|몇|[나까가지]요|예요|에요|\?")
_WHAT = re.compile(r"뭐|뭔지?|무엇|무슨\s?뜻")
_POLITE = re.compile(r"(?:이?예요|이?에요|인가요?|인지요?|인지|[가나아어해]요|이?죠|지요|까요|니까|요)$")


@dataclass(frozen=True, slots=True)
class Question:
    """One entry of the centre's FAQ: what is asked, the answer, where it is written."""

    asked: str
    answer: str
    source: str | None = None


@dataclass(frozen=True, slots=True)
class Channel:
    """What the skill knows of the centre: its page, its regions (prefixes of codes), its questions, its manual's address."""

    base_url: str
    title: str
    regions: tuple[str, ...] = ()
    questions: Sequence[Question] = ()
    manual: str | None = None
    page: str = "notice/{slug}.html"

    @property
    def province(self) -> str | None:
        """The one 시·도 that all its regions lie in, which is meant where a place's name is shared."""
        codes = {prefix[:2] + "000" for prefix in self.regions}
        return codes.pop() if len(codes) == 1 else None


def answer(store: Store, channel: Channel, payload: bytes, day: date) -> dict[str, Any]:
    """Return the answer to a payload; whatever is wrong with it, the answer is a polite one."""
    said = utterance(payload)
    if said is None:
        return cards.text(HELP)
    if question := _question(channel, said):
        return _faq(channel, question)
    wish = understand(said, day, channel.province)
    if wish.topic and (wish.topic != "greeting" or wish.empty):
        return _topic(channel, wish.topic)
    if wish.shared:
        return _which(wish)
    if wish.empty or (wish.only_here and not channel.regions):
        return cards.text(HELP)
    return _announcements(store, channel, wish, day)


def utterance(payload: bytes) -> str | None:
    """Return what was said, on one line and bounded; None where the payload holds nothing said."""
    try:
        said = json.loads(payload)["userRequest"]["utterance"]
    except (ValueError, KeyError, TypeError, RecursionError):
        return None
    return one_line(said[: 4 * ASKED])[:ASKED] or None if isinstance(said, str) else None


def _topic(channel: Channel, topic: str) -> dict[str, Any]:
    """Answer what is no question for announcements."""
    if topic == "questions" and channel.questions:
        asked = [question.asked for question in channel.questions[: cards.REPLIES]]
        several = "\n".join(f"{n}. {cards.cut(question, 80)}" for n, question in enumerate(asked, 1))
        said = f"자주 묻는 물음입니다. 아래에서 고르거나 그대로 적어 주세요.\n\n{several}"
        return cards.text(said, [(one, one) for one in asked])
    if topic == "manual" and channel.manual:
        return cards.answer([cards.card("안내서", "단추를 누르면 열립니다.", [("안내서 보기", channel.manual)])])
    return cards.text(PERSON if topic == "person" else HELP)


def _which(wish: Wish) -> dict[str, Any]:
    """Ask which of several places of one name is meant."""
    rest = " ".join((*wish.supply, *wish.audience))
    replies = [(f"{name[:2]} {name.split()[-1]}", f"{name} {rest}".strip()) for name in wish.shared]
    return cards.text("이름이 같은 곳이 여럿입니다. 어느 곳인지 골라 주세요.", replies)


def _announcements(store: Store, channel: Channel, wish: Wish, day: date) -> dict[str, Any]:
    """Show what is wanted; where there is nothing, what comes near, and say so."""
    for head, note, chosen in _tries(channel, wish):
        if found := store.announcements.select(chosen, cards.ITEMS, "closes" if chosen.closes_from else "updated"):
            items = [(told.title, _until(told, day), _page(channel, told)) for told in found]
            card = cards.listed(head, items, channel.base_url)
            return cards.answer([*([cards.simple(note)] if note else []), card])
    return cards.text(f"{NONE} {HELP}")


def _tries(channel: Channel, wish: Wish) -> Iterator[tuple[str, str, Selection]]:
    """What is asked of the store one after another, until something is found: its heading, what is said of it."""
    exact = Selection(
        regions=_codes(wish.places) or channel.regions,
        supply=wish.supply,
        audience=wish.audience,
        kinds=SERVICES if wish.words or (wish.audience and not wish.supply) else CALLS,
        words=wish.words,
        closes_from=wish.closes_from,
        closes_to=wish.closes_to,
    )
    head, open_ = _head(wish), replace(exact, closes_to=None)
    yield f"{head} 곧 마감".strip() if wish.closes_to else head, "", exact
    head = head or "접수 중인 공고"
    if wish.closes_to:
        yield head, LATER, open_
    if channel.regions and not (wish.places or wish.here):
        open_ = replace(open_, regions=())
        yield head, WIDER, open_
    if wish.closes_to:
        return
    yield head, LATE, replace(open_, closes_from=None)
    for looser in _looser(open_, wish):
        yield NEAR, LOOSER, looser
        yield NEAR, LATE, replace(looser, closes_from=None)


def _looser(exact: Selection, wish: Wish) -> Iterator[Selection]:
    """What comes near: one of the words, what was named without the words, the places without types and people."""
    words = wish.words.split()
    for word in sorted(words, key=len, reverse=True)[:2] if len(words) > 1 else ():
        yield replace(exact, words=word)
    if words and wish.named:
        yield replace(exact, words="", kinds=CALLS)
    if wish.places and (wish.supply or wish.audience):
        yield replace(exact, words="", supply=(), audience=(), kinds=CALLS)


def _head(wish: Wish) -> str:
    """What was understood, in our own words."""
    named = [*(place.name.split()[-1] for place in wish.places[:2]), *wish.supply[:1], *wish.audience[:1]]
    if named or wish.closes_to:
        return " ".join(named)
    return "우리 지역 공고" if wish.here else "모집 공고" if wish.homes else "찾은 공고"


def _page(channel: Channel, told: Announcement) -> str:
    from feeds.site.card import slug

    return channel.base_url.rstrip("/") + "/" + channel.page.format(slug=slug(told.uid))


def _until(told: Announcement, day: date) -> str:
    where = told.regions[0].name if told.regions else "전국"
    fact = told.facts.get("closes")
    at = moment(fact.value) if fact else None
    if told.cancelled:
        return f"{where} · 취소됨"
    if at is None:
        return f"{where} · 마감: 원문 확인"
    left, on = (at[0] - day).days, f"{at[0].month}월 {at[0].day}일"
    when = f"{on}에 끝남" if left < 0 else "오늘 마감" if left == 0 else "내일 마감" if left == 1 else f"{on} 마감"
    return f"{where} · {when}"


def _question(channel: Channel, said: str) -> Question | None:
    """Return the centre's question that an utterance is most like; a word of it alone is a search."""
    near = [(_alike(said, each.asked), each) for each in channel.questions]
    alike, found = max(near, key=lambda one: one[0], default=(0.0, None))
    return found if alike >= (LIKE if _ASKS.search(said) else SAME) else None


def _alike(one: str, other: str) -> float:
    """How alike two sentences are, from 0 to 1: twice the pairs of letters in both, by all pairs (Dice)."""
    mine, yours = ({plain[n : n + 2] for n in range(len(plain) - 1)} for plain in map(_letters, (one, other)))
    return 2 * len(mine & yours) / (len(mine) + len(yours)) if mine and yours else 0.0


def _letters(said: str) -> str:
    """What two ways of asking the same have in common: no endings, one word for what."""
    words = (
        ENDING.sub("", _POLITE.sub("", _WHAT.sub("무엇", word))) for word in re.findall(r"[^\W_]+", said[: 2 * ASKED])
    )
    return "".join(words).casefold()


def _faq(channel: Channel, question: Question) -> dict[str, Any]:
    """The whole answer, and where it is written; what is too long for a card stands before it."""
    buttons = [("근거 보기", question.source), ("안내서 보기", channel.manual)]
    if len(question.answer) <= cards.CARD:
        return cards.answer([cards.card(question.asked, question.answer, buttons)])
    more = (
        "이어지는 것과 근거는 아래 단추에 있습니다."
        if question.source or channel.manual
        else "더 궁금한 것은 센터에 물어 주세요."
    )
    return cards.answer([cards.simple(question.answer), cards.card(question.asked, more, buttons)])


def _codes(places: Sequence[Region]) -> tuple[str, ...]:
    return tuple(regions.prefix(place.code) for place in places)
