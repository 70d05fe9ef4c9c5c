"""A row on its way: what its cells say, before its link is known."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date

from lxml.html import HtmlElement


@dataclass(slots=True)
class Draft:
    """One post as its cells say it; `anchor` is the element that opens it, `record` the whole row."""

    title: str
    record: HtmlElement
    anchor: HtmlElement | None
    posted: date | None = None
    department: str | None = None
    pinned: bool = False
    fields: dict[str, str] = field(default_factory=dict)
    doubts: list[str] = field(default_factory=list)


CUT_TITLE = "제목이 잘렸을 수 있음"
ODD_DATE = "이름표 없는 여러 날짜 가운데 하나"
SHOWN_DATE = "게재기간의 첫날"
