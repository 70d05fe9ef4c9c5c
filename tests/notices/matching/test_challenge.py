"""Pairs of our own, written to be mistaken, and how the two stand to each other."""

import json
from pathlib import Path
from typing import Any

import pytest

from notices.matching.batch import answer

_PAIRS = [json.loads(line) for line in Path(__file__).with_name("challenge.jsonl").read_text("utf-8").splitlines()]


@pytest.mark.parametrize("pair", _PAIRS, ids=lambda pair: f"{pair['label']}: {pair['b']['title'][:24]}")
def test_pair(pair: dict[str, Any]) -> None:
    for a, b in (("a", "b"), ("b", "a")):
        found = answer({"a": pair[a], "b": pair[b]})
        assert found["relation"] == pair["label"], found["why"]
