"""The pages around: how to follow, where we listen and how that stands, questions and answers, what is not found."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from feeds.channel import FOLDER, KST, Site
from feeds.faq import Answer
from feeds.select import Feed
from feeds.site.frame import frame, page, render
from feeds.site.list_page import path_of
from feeds.site.shelf import Heard
from notices import wording
from notices.korean import one_line
from notices.links import web_link
from notices.model import RunState

_GROUPS = ("전체", "시·도", "시·군·구", "공급유형", "대상", "분야")
"""Groups that are named one by one; the list of all feeds holds the others, too."""


def subscribe_page(by: Site, feeds: Sequence[Feed], stems: frozenset[str], date_words: str) -> tuple[str, bytes]:
    """Return how to follow, with every feed there is."""
    groups = []
    for name in _GROUPS:
        rows = [
            {
                "title": feed.title, "rss": f"{FOLDER}/{feed.stem}.xml",
                "ics": f"{FOLDER}/{feed.stem}.ics" if f"{feed.stem}.ics" in stems else None,
            }
            for feed in feeds
            if feed.group == name and feed.stem in stems
        ]  # fmt: skip
        if rows:
            groups.append((name, rows))
    around = frame(by, "subscribe.html", "받아보는 법", active="subscribe", day=date_words)
    return "subscribe.html", page("subscribe.html", around, groups=groups, opml=f"{FOLDER}/feeds.opml")


def health_page(by: Site, heard: Sequence[Heard]) -> tuple[str, bytes]:
    """Return where we listen and how that stands, in plain words; it changes with every crawl, not with the day."""
    rows = [_row(one) for one in heard]
    rows.sort(key=lambda row: (row["well"] is True, str(row["title"])))
    around = frame(by, "health.html", "듣는 곳과 상태")
    return "health.html", page("health.html", around, rows=rows, well=sum(row["well"] is True for row in rows))


def _row(one: Heard) -> dict[str, object]:
    read = f"{_at(one.good.finished or one.good.started)}에 읽었습니다." if one.good else "아직 읽지 못했습니다."
    well = one.last is not None and one.last.state is RunState.DONE
    trouble = ""
    if one.last is None:
        trouble = "아직 듣기를 시작하지 않았습니다."
    elif one.last.state in (RunState.FAILED, RunState.ABORTED, RunState.PARTIAL):
        trouble = one_line((one.last.sentence or "")[:300]) or "다 읽지 못했습니다. 다음 차례에 다시 읽습니다."
    return {
        "title": one_line(one.title[:200]),
        "url": web_link(one.url),
        "read": read,
        "trouble": trouble,
        "well": well,
    }


def _at(moment: datetime) -> str:
    local = moment.astimezone(KST)
    return f"{local.year}년 {local.month}월 {local.day}일 {local.hour}시" + (
        f" {local.minute}분" if local.minute else ""
    )


def faq_page(by: Site, answers: Sequence[Answer]) -> tuple[str, bytes]:
    """Return the centre's questions and answers, each with its source and the day it was checked."""
    groups: dict[str, list[dict[str, object]]] = {}
    for one in answers:
        groups.setdefault(one.group, []).append({
            "question": one.question, "paragraphs": one.answer.split("\n"), "source": one.source, "url": one.url,
            "checked": wording.long_date(one.checked.isoformat()),
        })  # fmt: skip
    around = frame(by, "faq.html", "묻고 답하기", active="faq")
    return "faq.html", page("faq.html", around, groups=list(groups.items()))


def missing_page(by: Site) -> tuple[str, bytes]:
    """Return the page of a wrong address: served at any depth, it leads on by the site's own path."""
    around = frame(by, "404.html", "찾는 쪽이 없습니다")
    base = path_of(by)
    made = render("404.html", around)
    for name in (
        "site.css",
        "icon.svg",
        "index.html",
        "map.html",
        "month/",
        "subscribe.html",
        "faq.html",
        "chart.html",
        "health.html",
    ):
        made = made.replace(f'href="{name}', f'href="{base}{name}')
    return "404.html", made.encode("utf-8", "replace")
