"""Periods are read exactly, or not at all: 231 texts whose meaning was written down before the parser."""

from __future__ import annotations

import html
import re
from datetime import date
from pathlib import Path

import pytest

from notices.reading.period import period, schedule

HERE = Path(__file__).parent
CASES = [line.split("\t") for line in (HERE / "periods.tsv").read_text("utf-8").splitlines() if line[0] != "#"]


def said(text: str, corpus: Path | None) -> str:
    """The text of a case: its own, or the quoted place of a captured page as a person sees it."""
    if not text.startswith("@"):
        return text.replace("\\t", "\t")
    assert corpus
    name, start, length = text[1:].rsplit(":", 2)
    with (corpus.parent / name).open(encoding="utf-8", newline="") as page:
        quoted = page.read()[int(start) : int(start) + int(length)]
    return html.unescape(re.sub(r"<[^>]*>?", " ", quoted))


def read(text: str, on: str) -> tuple[str, str]:
    """What the parser makes of a text."""
    found = period(text, date.fromisoformat(on))
    if found is None:
        return "", ""
    return str(found.opens or ""), "상시" if found.always else str(found.closes or "")


def score(cases: list[list[str]], corpus: Path | None) -> tuple[int, list[str]]:
    """How many are exact, and the others."""
    wrong = []
    for on, text, opens, closes in cases:
        phrase = said(text, corpus)
        if (got := read(phrase, on)) != (opens, closes):
            wrong.append(f"{on} {phrase!r}: want {opens} {closes} got {got}")
    return len(cases) - len(wrong), wrong


def test_own_texts_are_read_exactly() -> None:
    own = [case for case in CASES if not case[1].startswith("@")]
    right, wrong = score(own, None)
    assert right / len(own) >= 0.98, "\n".join(wrong)


def test_captured_texts_are_read_exactly(corpus: Path) -> None:
    quoted = [case for case in CASES if case[1].startswith("@")]
    assert len(quoted) >= 60
    right, wrong = score(quoted, corpus)
    assert right / len(quoted) >= 0.98, "\n".join(wrong)


def test_enough_texts_state_no_period() -> None:
    assert sum(not case[2] and not case[3] for case in CASES) >= 40


def test_a_schedule_keeps_its_roles_apart() -> None:
    body = (
        "공급일정\n입주자모집공고일: 2026. 7. 28.\n접수기간: 2026. 8. 10.(월) 10:00 ~ 8. 12.(수) 17:00\n"
        "서류제출대상자 발표: 2026. 8. 20.(목)\n서류제출: 8. 24.(월) ~ 8. 28.(금)\n당첨자 발표 2026. 10. 16.(금) 17:00\n"
        "계약체결 2026. 11. 2.(월) ~ 11. 4.(수)\n상담시간 09:00 ~ 18:00\n입주예정 2026. 12. 15.부터"
    )
    facts = {fact.field: fact.value for fact in schedule(body, date(2026, 7, 28))}
    assert facts == {
        "opens": "2026-08-10T10:00",
        "closes": "2026-08-12T17:00",
        "papers_from": "2026-08-24",
        "papers_to": "2026-08-28",
        "announces": "2026-10-16T17:00",
        "contract_from": "2026-11-02",
        "contract_to": "2026-11-04",
        "move_in": "2026-12-15",
    }


def test_a_table_gives_its_labels_to_its_rows() -> None:
    body = "구분\t신청일시\t당첨자 발표\n1순위\t2026.08.10 ~ 2026.08.11\t2026.09.01\n2순위\t2026.08.12 ~ 2026.08.13\t2026.09.01"
    facts = {fact.field: fact.value for fact in schedule(body, date(2026, 7, 28))}
    assert (facts["opens"], facts["closes"], facts["announces"]) == ("2026-08-10", "2026-08-13", "2026-09-01")


@pytest.mark.parametrize("text", ["1" * 1_000_000, "2026." * 200_000, "~" * 100_000, "접수" * 100_000 + "1.1~1.2"])
def test_bait_is_bounded(text: str) -> None:
    schedule(text, date(2026, 7, 28))
