"""Keeping notices, and finding the one a new notice belongs to, beside the same work in bare calls."""

from __future__ import annotations

import sqlite3
import tempfile
import time
from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

from bench.report import Line
from notices.intake import Intake
from notices.korean import bigrams
from notices.model import Fact, Notice, PageRead, Reading, Region
from notices.placing import Placing
from notices.store import SourceInfo, Store

AT = datetime(2026, 9, 1, 9, tzinfo=UTC)
BOARD = SourceInfo("board", "게시판", "햇살시")
PAGE = 50
STORED, MATCHED = 100_000, 200_000
PLACES = (
    "햇살",
    "달빛",
    "구름",
    "바람",
    "이슬",
    "노을",
    "새벽",
    "은하",
    "가람",
    "누리",
    "다솜",
    "라온",
    "마루",
    "소담",
)
TYPES = ("행복주택", "국민임대주택", "영구임대주택", "청년 매입임대주택", "신혼부부 전세임대", "통합공공임대주택")
TEXT = (
    "햇살시에서는 무주택 세대구성원을 위하여 아래와 같이 예비입주자를 모집하오니 기간 안에 신청하여 주시기 바랍니다.\n"
)


def notice(n: int) -> Notice:
    """The n-th made-up notice: no two have the same title."""
    place = PLACES[n % 14] + PLACES[n // 14 % 14] + str(n // 196 % 40)
    title = f"{place} {TYPES[n % 6]} {n // 7840 + 1}차 예비입주자 모집 공고({2000 + n % 25}.{n % 12 + 1:02}.{n % 28 + 1:02}.)"
    return Notice(
        source=BOARD.name,
        key=str(1_000_000 + n),
        title=title,
        url=f"https://www.haetsal.go.kr/board/view.do?id={1_000_000 + n}",
        posted=date(2000, 1, 1) + timedelta(n % 9000),
        department="주택과",
        body=TEXT * (n % 4 + 1),
        fields={"status": "공고중", "closes": f"2026-09-{n % 28 + 1:02}"},
        detail=True,
    )


def pages(number: int) -> Iterator[PageRead]:
    """That many notices as list pages."""
    for start in range(0, number, PAGE):
        part = tuple(notice(n) for n in range(start, start + PAGE))
        yield PageRead(
            BOARD.name, f"https://www.haetsal.go.kr/board?page={start}", AT, part, {n.key: n.title for n in part}
        )


def _copied(path: Path, made: Path) -> float:
    """CPU seconds to write the rows of one store into the same empty tables and index by bare batches, page by page."""
    Store.open(path).close()
    source, target = sqlite3.connect(made), sqlite3.connect(path, isolation_level=None)
    target.execute("PRAGMA synchronous=FULL")
    target.execute("PRAGMA foreign_keys=ON")
    columns = {t: len(source.execute(f"PRAGMA table_info({t})").fetchall()) for t in ("notice", "edition", "page")}
    notices = source.execute("SELECT * FROM notice ORDER BY id").fetchall()
    said = source.execute("SELECT * FROM edition ORDER BY notice_id").fetchall()
    states = source.execute("SELECT * FROM page ORDER BY length(url), url").fetchall()
    started = time.process_time()
    for number, state in enumerate(states):
        part = slice(number * PAGE, (number + 1) * PAGE)
        target.execute("BEGIN IMMEDIATE")
        for table, rows in (("notice", notices[part]), ("edition", said[part]), ("page", [state])):
            target.executemany(f"INSERT INTO {table} VALUES ({','.join('?' * columns[table])})", rows)
        index = [(row[0], bigrams(row[4]), bigrams(row[8])) for row in said[part]]
        target.executemany("INSERT INTO search (rowid, title, body) VALUES (?, ?, ?)", index)
        target.execute("COMMIT")
    return time.process_time() - started


def _stored(path: Path, number: int) -> float:
    """CPU seconds to take that many new notices."""
    read = list(pages(number))
    with Store.open(path) as store:
        intake = Intake(store, {BOARD.name: BOARD}, understand=False, clean=lambda one: one)
        started = time.process_time()
        for page in read:
            intake.take(None, page)
        return time.process_time() - started


def _understood(notices: int, path: Path) -> None:
    """Make a store of that many notices as it would be had they been read and matched one by one."""
    with Store.open(path) as store:
        intake = Intake(store, {BOARD.name: BOARD}, understand=False, clean=lambda one: one)
        placing = Placing(store, {BOARD.name: BOARD}, read=_glance)
        for page in pages(notices):
            with store.transaction():
                first = store.notices.next_id()
                intake.take(None, page)
                numbered = dict(enumerate(page.notices, first))
                placing.understand(numbered, dict.fromkeys(numbered, 1))
                for n in numbered:
                    store.membership.found(n, AT)


def _glance(notice: Notice, org: str = "", home: Region | None = None) -> Reading:
    """Read what the source says in fields, and nothing from words."""
    facts = tuple(Fact(name, value, value, f"field:{name}") for name, value in notice.fields.items())
    return Reading(True, "모집", False, "임대주택공고", facts=facts)


def _found(path: Path) -> float:
    """Milliseconds of CPU to look for the place of one new notice among those of the store."""
    with Store.open(path) as store:
        placing = Placing(store, {BOARD.name: BOARD})
        asked = [notice(n) for n in range(0, store.notices.count(), store.notices.count() // 200)]
        asked = [replace(one, key=f"new{one.key}", url=None, title=f"[정정공고]{one.title}") for one in asked]
        readings = [placing.read(one) for one in asked]
        started = time.process_time()
        for one, reading in zip(asked, readings, strict=True):
            placing.find(0, one, reading)
        return (time.process_time() - started) / len(asked) * 1000


def lines() -> Iterator[Line]:
    """Store 100,000 notices; match against 200,000."""
    with tempfile.TemporaryDirectory() as folder:
        ours = _stored(Path(folder) / "ours.db", STORED)
        bare = _copied(Path(folder) / "bare.db", Path(folder) / "ours.db")
        yield Line(
            f"store {STORED:,} notices", ours / bare, "x bare", 1.5, 1.0,
            note=f"{ours:.2f} s against {bare:.2f} s of CPU for the same rows, their bigrams made too",
        )  # fmt: skip
        _understood(MATCHED, Path(folder) / "many.db")
        yield Line(f"match one notice against {MATCHED:,}", _found(Path(folder) / "many.db"), "ms", 4.0)
