"""A centre's own notices: read from a small TOML file or a link, stored through the intake as everything else."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import date, datetime
from pathlib import Path

from desk.centre import Desk
from notices import reading, regions
from notices.errors import WrongUse
from notices.intake import Intake
from notices.korean import clean, one_line
from notices.links import web_link
from notices.model import Fact, Notice, PageRead, Reading, Region
from notices.store import Store
from notices.strict import Table
from notices.vocabulary import SECTIONS

LARGEST = 1_000_000  # bytes of a file
DEFAULT = "주거복지사업"
_DAY = r"(\d{4})[-./]\s?(\d{1,2})[-./]\s?(\d{1,2})\.?(?:[ T]+([01]?\d|2[0-4]):([0-5]\d))?"
_PERIOD = re.compile(rf"\s*(?:{_DAY})?\s*(~)?\s*(?:{_DAY})?\s*")
_KEY = re.compile(r"[\w가-힣.-]{1,80}")
_SAID = ("contact", "address")


@dataclass(frozen=True, slots=True)
class Added:
    """What became of a notice: "new", "changed", "unchanged" or "withdrawn", and its numbers; None where withdrawn."""

    state: str
    notice_id: int | None
    announcement_id: int | None
    title: str


def from_file(path: Path, desk: Desk) -> Notice:
    """Read a notice from a file; its `id`, else the file's name, is what an edit is known by."""
    try:
        size = path.stat().st_size
    except OSError as wrong:
        raise WrongUse(f"{path} 파일을 읽을 수 없습니다({wrong.strerror}): 파일 이름을 확인하십시오.") from None
    if size > LARGEST:
        raise WrongUse(f"{path}: {LARGEST:,}바이트보다 큰 파일은 받지 않습니다. 글을 줄이고 첨부는 링크로 거십시오.")
    return from_table(Table.read(path), path.stem, desk)


def from_table(table: Table, stem: str, desk: Desk) -> Notice:
    """Read a notice from a table of its values; `stem` is its id where it names none."""
    key = table.take("id", str, stem)
    title = one_line(table.take("title", str))
    notice = Notice(
        desk.source,
        key,
        title,
        _link(table, table.take("link", str, "")),
        table.take("posted", date, None),
        desk.title or None,
        clean_text(table.take("text", str, "")),
        fields=dict(_fields(table)),
        detail=True,
    )
    table.end()
    if not _KEY.fullmatch(key):
        raise table.refuse("id", f"글자, 숫자, 점, 붙임표 80자까지여야 하는데 {key[:90]!r}입니다. 고쳐 적으십시오.")
    if not title or len(title) > 200:
        raise table.refuse("title", f"1자에서 200자까지여야 하는데 {len(title)}자입니다. 고쳐 적으십시오.")
    return notice


def from_link(url: str, title: str, desk: Desk, section: str = DEFAULT) -> Notice:
    """Make a notice that is a link under a title; the page itself is not fetched."""
    link, words = web_link(url), one_line(title)
    if link is None:
        raise WrongUse(f"--url {url!r}: http:// 또는 https://로 시작하는 주소여야 합니다.")
    if not words or len(words) > 200:
        raise WrongUse("--title: 그 주소의 제목을 200자까지로 적으십시오(주소의 쪽을 대신 읽어 오지 않습니다).")
    key = "link-" + hashlib.sha256(link.encode()).hexdigest()[:16]
    return Notice(
        desk.source, key, words, link, department=desk.title or None, fields={"category": section}, detail=True
    )


def add(store: Store, desk: Desk, notice: Notice, at: datetime, today: date) -> Added:
    """Store a notice or its next edition, told and found like any other; call it under the writer's lock."""
    with store.transaction():
        store.sources.put(desk.info)
        known = store.notices.find(desk.source, notice.key)
        before = store.notices.get(known) if known else None
        notice = replace(notice, posted=notice.posted or (before.posted if before else today))
        intake = Intake(store, {desk.source: desk.info}, read=_Read(desk), whole=True)
        taken = intake.take(None, PageRead(desk.source, "", at, (notice,), {}))
    state = "new" if taken.new else "changed" if taken.changed else "withdrawn" if taken.withdrawn else "unchanged"
    n = store.notices.find(desk.source, notice.key)
    placed = store.notices.known([n])[n].announcement_id if n else None
    return Added(state, n, placed, notice.title)


class _Read:
    """Reads an own notice: what the file says stands, the rest is read from its words; it is always relevant."""

    def __init__(self, desk: Desk) -> None:
        self._places = tuple(region for code in desk.codes if (region := regions.by_code(code)))

    def __call__(self, notice: Notice, *, org: str = "", home: Region | None = None) -> Reading:
        fields = {name: value for name, value in notice.fields.items() if name != "category"}
        said = reading.read(replace(notice, fields=fields), org=org, home=home)
        given = tuple(Fact(n, fields[n], fields[n], f"field:{n}") for n in _SAID if n in fields)
        facts = (*given, *(fact for fact in said.facts if fact.field not in {g.field for g in given}))
        section = notice.fields.get("category", DEFAULT)
        return replace(said, relevant=True, section=section, regions=self._places or said.regions, facts=facts)


def clean_text(text: str) -> str:
    """Return text cleaned line by line, tabs between cells kept."""
    return "\n".join("\t".join(clean(cell) for cell in row.split("\t")) for row in text.splitlines()).strip()


def _link(table: Table, url: str) -> str | None:
    if url and web_link(url) is None:
        raise table.refuse("link", f"http:// 또는 https://로 시작하는 주소여야 하는데 {url!r}입니다.")
    return web_link(url)


def _fields(table: Table) -> Iterator[tuple[str, str]]:
    yield "category", table.choice("section", SECTIONS, DEFAULT)
    yield from _period(table, table.take("period", str, ""))
    for key, name in (("place", "address"), ("phone", "contact")):
        if value := one_line(table.take(key, str, ""))[:200]:
            yield name, value


def _period(table: Table, said: str) -> Iterator[tuple[str, str]]:
    """ "2026-12-01 ~ 2026-12-05 18:00", "~ 2026-12-05", "2026-12-01 ~"; a single day opens and closes."""
    match = _PERIOD.fullmatch(said)
    first, last = (match.groups()[:5], match.groups()[6:]) if match else ((None,), (None,))
    opens, closes = _day(first), _day(last)
    wrong = (first[0] and not opens) or (last[0] and not closes) or (opens and closes and opens > closes)
    if said.strip() and (wrong or not (opens or closes) or (match and last[0] and not match[6])):
        raise table.refuse(
            "period", f'"2026-12-01 ~ 2026-12-05 18:00" 꼴이어야 하는데 {said!r}입니다. 고쳐 적으십시오.'
        )
    if opens and match and not match[6]:
        closes = opens
    yield from ((name, value) for name, value in (("opens", opens), ("closes", closes)) if value)


def _day(parts: tuple[str | None, ...]) -> str | None:
    if parts[0] is None:
        return None
    year, month, day, hour, minute = parts
    try:
        on = date(int(year or 0), int(month or 0), int(day or 0)).isoformat()
    except ValueError:
        return None
    return f"{on}T{int(hour):02}:{minute}" if hour is not None else on
