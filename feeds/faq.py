"""Questions and answers of a centre, from <home>/faq.toml: without a source, or unchecked for half a year, none is shown."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta
from pathlib import Path

from notices.korean import clean, one_line
from notices.links import web_link
from notices.strict import Table

NAME = "faq.toml"
STALE = timedelta(days=180)


@dataclass(frozen=True, slots=True)
class Answer:
    """One answer: `source` is where it is written, with its address where it has one; `checked` when that was compared."""

    question: str
    answer: str
    source: str
    url: str | None
    checked: date
    group: str


def read(path: Path, on: date) -> tuple[Answer, ...]:
    """Return the answers of a file, none where there is no file; raises WrongUse for one that may not be shown."""
    if not path.exists():
        return ()
    table = Table.read(path)
    _manual(table)
    answers = tuple(_answer(one, on) for one in table.tables("faq"))
    table.end()
    return answers


def manual(path: Path) -> str | None:
    """Return the address of the centre's manual that a file names, None where it names none."""
    return _manual(Table.read(path)) if path.exists() else None


def _manual(table: Table) -> str | None:
    said = table.take("manual", str, "")
    if said and web_link(said) is None:
        raise table.refuse("manual", f"{said!r}은(는) http(s) 주소가 아닙니다. 고치거나 비우십시오.")
    return web_link(said)


def _answer(table: Table, on: date) -> Answer:
    question, answer = one_line(table.take("question", str)), clean(table.take("answer", str))
    source, url = one_line(table.take("source", str, "")), table.take("url", str, "")
    checked, group = table.take("checked", date), one_line(table.take("group", str, ""))
    table.end()
    for key, words in (("question", question), ("answer", answer)):
        if not words:
            raise table.refuse(key, "비어 있습니다. 글을 적거나 이 항목을 지우십시오.")
    if not source:
        raise table.refuse(
            "source", f"‘{question}’의 근거가 없습니다. 답이 적혀 있는 곳(법령·공고·안내 쪽)을 적으십시오."
        )
    if url and web_link(url) is None:
        raise table.refuse("url", f"{url!r}은(는) http(s) 주소가 아닙니다. 고치거나 비우십시오.")
    if checked > on:
        raise table.refuse("checked", f"확인일 {checked}이(가) 아직 오지 않은 날입니다. 실제로 확인한 날을 적으십시오.")
    if on - checked > STALE:
        raise table.refuse(
            "checked", f"‘{question}’을(를) 확인한 지 {(on - checked).days}일이 지났습니다(180일까지). "
            "근거를 다시 보고 날짜를 고치거나 이 항목을 지우십시오.",
        )  # fmt: skip
    return Answer(question, answer, source, web_link(url), checked, group)
