"""The page on security names a test or a reason for every class, and every test it names exists."""

from __future__ import annotations

import ast
import re
from functools import cache
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[1]
PAGE = ROOT / "docs/reference/security.md"
CLASSES = dict(re.findall(r"^\| (\d+)\. (.*) \|$", PAGE.read_text("utf-8"), re.M))


@cache
def found_in(path: str) -> frozenset[str]:
    """The names of the tests in a file; none where there is no file."""
    if not (ROOT / path).is_file():
        return frozenset()
    tree = ast.parse((ROOT / path).read_text("utf-8"))
    return frozenset(node.name for node in tree.body if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef))


def test_every_class_has_its_row() -> None:
    assert list(CLASSES) == [str(number) for number in range(1, 34)]


@pytest.mark.parametrize("number", CLASSES)
def test_a_class_is_held_by_tests_or_not_opened(number: str) -> None:
    held = CLASSES[number].split(" | ", 1)[1]
    named = re.findall(r"`([\w/]+\.py)::(\w+)`", held)
    assert named or "not opened yet: " in held
    assert [f"{path}::{name}" for path, name in named if name not in found_in(path)] == []
