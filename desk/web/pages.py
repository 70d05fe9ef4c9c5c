"""Make pages: templates escaped throughout, the words for times, deadlines and states."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, datetime
from functools import cache
from pathlib import Path

from jinja2 import Environment, FileSystemLoader, StrictUndefined, Template

from notices import wording
from notices.korean import one_line
from notices.links import web_link
from notices.model import Fact
from notices.store.views import Announcement
from notices.vocabulary import FIELDS

FOLDER = Path(__file__).parent / "templates"

STATES: Mapping[str, str] = {
    "picked": "골라 둠", "later": "나중에", "hidden": "숨김", "posted": "올림", "outdated": "블로그 수정 필요",
    "written": "붙여 넣을 글 만듦", "rewritten": "고친 글을 붙여 넣어야 함", "posting": "올리다 끊김", "gone": "내려야 함",
}  # fmt: skip
ACTIONS: Mapping[str, str] = {
    "login": "들어옴", "logout": "나감", "refused": "틀린 비밀번호", "end": "모두 나가게 함", "picked": "고름",
    "hidden": "숨김", "later": "나중으로 미룸", "words": "제목·요약을 고침", "publish": "블로그에 올림",
    "failed": "블로그에 올리지 못함", "done": "올렸다고 적음", "down": "내렸다고 적음", "own": "센터 소식을 씀",
    "split": "묶음에서 뗌", "join": "묶음에 붙임",
}  # fmt: skip
WHAT_TO_DO: Mapping[str, str] = {
    "unknown": "받는 분께 왔는지 물어보십시오. 오지 않았으면 이 화면의 공고를 직접 알려 주십시오.",
    "given_up": "이 알림은 가지 않습니다. 급하면 직접 알리고, 받는 곳의 설정을 설치한 분께 확인해 달라고 하십시오.",
    "failed": "저절로 다시 보냅니다. 기다려 주십시오.",
}
"""What staff may do about a message in trouble."""
KINDS: Mapping[str, str] = {"wordpress": "워드프레스", "markdown": "글 파일", "paste": "붙여 넣기"}
RELATIONS: Mapping[str, str] = {"original": "처음 공고", "same": "같은 공고", "revision": "정정", "follow_up": "후속"}
_WEEKDAYS = "월화수목금토일"


def day(on: date | None) -> str:
    """Return "11.25(수)"."""
    return f"{on.month}.{on.day}({_WEEKDAYS[on.weekday()]})" if on else wording.ASK


def clock(at: datetime, now: datetime) -> str:
    """Return a time as people in the zone of `now` say it: "오늘 14:03", "11.24(화) 14:03", with the year if another."""
    at = at.astimezone(now.tzinfo)
    if at.date() == now.date():
        return f"오늘 {at:%H:%M}"
    return f"{'' if at.year == now.year else f'{at.year}.'}{day(at.date())} {at:%H:%M}"


def deadline(told: Announcement, today: date) -> tuple[str, str]:
    """Return how the time of application stands, in words and as a class of the page."""
    closes, opens = (wording.moment(f.value) if (f := told.facts.get(n)) else None for n in ("closes", "opens"))
    if told.cancelled:
        return "취소", "closed"
    if closes is None:
        return f"마감: {wording.ASK}", "unknown"
    left = (closes[0] - today).days
    if left < 0:
        return f"마감 {day(closes[0])}", "closed"
    if opens and opens[0] > today:
        return f"접수 전 ({day(opens[0])}부터)", "before"
    if left == 0:
        return f"오늘 {f'{closes[1]:%H:%M} ' if closes[1] else ''}마감", "today"
    return f"{left}일 남음 · {day(closes[0])}", "soon" if left <= 3 else "open"


def document(name: str) -> str:
    """Return where words were read, as people call it."""
    kind, _, rest = name.partition(":")
    if kind == "field":
        return f"항목 {FIELDS.get(rest, rest)}"
    return {"title": "제목", "body": "본문", "source": "출처"}.get(
        kind, f"첨부 {rest}" if kind == "attachment" else name
    )


def said(fact: Fact) -> str:
    """Return a fact's value in words."""
    return "예" if fact.value is True else "아니요" if fact.value is False else wording.say(fact.field, fact.value)


def blog_words(name: str) -> str:
    """Return what a blog is called: its own name, or its kind where it was given none."""
    return KINDS.get(name, name)


_ENVIRONMENT = Environment(
    loader=FileSystemLoader(FOLDER), autoescape=True, undefined=StrictUndefined, trim_blocks=True, lstrip_blocks=True
)
_ENVIRONMENT.filters.update(plain=one_line, web=web_link, day=day, clock=clock, document=document, said=said)
_ENVIRONMENT.globals.update(
    STATES=STATES,
    ACTIONS=ACTIONS,
    WHAT_TO_DO=WHAT_TO_DO,
    RELATIONS=RELATIONS,
    FIELDS=FIELDS,
    deadline=deadline,
    changes=wording.changes,
    blog_words=blog_words,
)


@cache
def template(name: str) -> Template:
    """Return a compiled template by its file name."""
    return _ENVIRONMENT.get_template(name)
