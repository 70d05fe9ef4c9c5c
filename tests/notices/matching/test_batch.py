"""Pairs as JSON lines, answered one a line whatever they hold."""

from __future__ import annotations

import json

from notices.matching.batch import answer, answers

A = {"title": "햇살마을 행복주택 모집", "org": "LH", "date": "2026-07-06", "id": "LH:1", "url": None}


def test_a_pair_is_answered_with_a_relation_and_a_reason() -> None:
    found = answer(
        {"a": A, "b": {**A, "id": "LH:2", "title": "[정정공고]햇살마을 행복주택 모집", "date": "2026-07-07"}}
    )
    assert found["relation"] == "revision"
    assert found["why"]


def test_the_first_day_is_what_the_portal_gives() -> None:
    b = {**A, "id": "MH:9", "status": "정정공고", "region": "경기 햇살시", "deadline": "2026-07-20"}
    assert answer({"a": A, "b": b})["relation"] == "revision"


def test_missing_fields_and_nonsense_give_an_answer_each() -> None:
    lines = [
        "",
        json.dumps({"a": {}, "b": {}}),
        "no json",
        "[]",
        json.dumps({"a": {"title": None}, "b": {"date": "?"}}),
    ]
    found = [json.loads(line) for line in answers(lines)]
    assert [one.get("relation") for one in found] == ["different", None, None, "different"]
    assert "error" in found[1]
