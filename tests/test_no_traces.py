"""Nothing in the project tells on which machine or with what it was written, and no text of others stands in it."""

from __future__ import annotations

import json
import re
import subprocess
from collections.abc import Iterator
from functools import cache
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[1]
SHINGLE = 20
"""Letters in a row that no text of the project has in common with a foreign title."""
STOCK = re.compile(
    "서류|심사|대상자|당첨자|발표|제출|계약|체결|추첨|결과|신청|접수|국민임대|영구임대|행복주택|매입임대|전세임대|주택|예비입주자|입주자|추가모집|모집공고|모집|공고|안내|정정|단지|[^가-힣]+"
)
"""What every title of the field is made of; a run of only this belongs to nobody."""

# Written in two parts, so that this list is not found by itself.
TRACES = {
    "an index of packages": ("pypi", ".org"), "a host of packages": ("python", "hosted"), "an index": ("index", "-url"),
    "a mirror": ("find", "-links"), "a registry": ("npm", "js"), "another registry": ("crates", r"\.io"),
    "a folder of the machine": (r"(?<![\w.\-/])/wor", "k/"), "a home folder": ("/ro", "ot/"), "home folders": (r"(?<!\w)/home/[a-z]", "+/"),
    "a folder for scraps": (r"(?<![\w.])/tm", "p/"), "the folder beside": (r"\.\./sha", "red/"),
    "a maker": ("anth", "ropic"), "an assistant": ("clau", r"de\b"), "another assistant": ("co", "pilot"), "a model": ("chat", "gpt"),
    "a maker of models": ("open", "ai"), "who wrote": ("co-authored", "-by"), "how it was written": ("sub", "agent"),
}  # fmt: skip


@cache
def texts() -> dict[str, str]:
    """Every tracked text file by its path; outside a repository, none."""
    listed = subprocess.run(["git", "ls-files", "-z"], cwd=ROOT, capture_output=True, text=True, check=False).stdout
    found = {}
    for name in filter(None, listed.split("\0")):
        path = ROOT / name
        data = path.read_bytes() if path.is_file() else b""
        if b"\0" not in data[:8_000]:
            found[name] = data.decode("utf-8", "replace")
    return found


@pytest.mark.parametrize("what", TRACES)
def test_no_file_tells_where_it_was_written(what: str) -> None:
    trace = re.compile("".join(TRACES[what]), re.IGNORECASE)
    assert [f"{name}: {m[0]}" for name, text in texts().items() if (m := trace.search(text))] == []


def test_no_message_of_a_commit_tells_where_it_was_written() -> None:
    log = subprocess.run(["git", "log", "--format=%B"], cwd=ROOT, capture_output=True, text=True, check=False).stdout
    assert [m[0] for parts in TRACES.values() if (m := re.search("".join(parts), log, re.IGNORECASE))] == []


def _titles(value: object) -> Iterator[str]:
    """Every text under a key "title" in a label, a pair or a response, however deep."""
    if isinstance(value, dict):
        for key, inner in value.items():
            yield from [inner] if key in ("title", "PAN_NM") and isinstance(inner, str) else _titles(inner)
    elif isinstance(value, list):
        for inner in value:
            yield from _titles(inner)


def _foreign(corpus: Path) -> set[str]:
    titles: set[str] = set()
    for path in corpus.rglob("*.json*"):
        text = path.read_text("utf-8", "replace")
        lines = text.splitlines() if path.suffix == ".jsonl" else [text]
        for line in filter(str.strip, lines):
            titles.update(_titles(json.loads(line)))
    return titles


def _own(shingle: str) -> bool:
    """Whether a run of letters could only have been taken from somebody."""
    return len(STOCK.sub("", shingle)) >= 5


def _shingles(text: str) -> set[str]:
    return {text[at : at + SHINGLE] for at in range(len(text) - SHINGLE + 1)}


def test_no_title_of_others_stands_in_the_project(corpus: Path) -> None:
    """No file shares so many letters in a row with a title of the real pages, a space counting as a letter."""
    foreign = {shingle for title in _foreign(corpus) for shingle in _shingles(title) if _own(shingle)}
    assert len(foreign) > 10_000
    shared = {}
    for name, text in texts().items():
        korean = "\n".join(line for line in text.splitlines() if re.search("[가-힣]", line))
        if common := _shingles(korean) & foreign:
            shared[name] = sorted(common)[:3]
    assert shared == {}
