"""Sites change: most rows must survive it, and what does not must be told."""

from __future__ import annotations

import json
import random
import time
from collections import Counter
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from spiders.pages import listing
from spiders.pages.document import Document
from tests.spiders.pages.mutate import cut, mutations
from tests.spiders.pages.test_board_recorded import CASES, _read

TODAY = date(2026, 11, 24)
Item = dict[str, Any]


@dataclass
class Tally:
    """Rows expected, rows right, rows wrong without a doubt."""

    expected: int = 0
    right: int = 0
    quiet: int = 0

    def add(self, data: bytes, url: str, items: list[Item]) -> None:
        """Read a page and count its rows."""
        rows: dict[str, list[Any]] = {}
        for row in listing(Document(data, url), today=TODAY).rows:
            rows.setdefault(_same(row.title), []).append(row)
        for item in items:
            self.expected += 1
            titles = [item["title"], *_listed(item.get("title_alt"))]
            found = next((rows[_same(t)] for t in titles if rows.get(_same(t))), [])
            if not found:
                continue
            row = found.pop(0)
            posted = row.posted.isoformat() if row.posted else None
            key = item.get("key")
            right = posted in (item["posted"], *_listed(item.get("posted_alt"))) and (not key or row.key == key)
            self.right += right
            self.quiet += not right and not row.doubts


def _same(text: str) -> str:
    return "".join(text.split()).casefold()


def _listed(value: Any) -> list[str]:
    return [value] if isinstance(value, str) else list(value or [])


def _measured(pages: list[tuple[bytes, str, list[Item]]]) -> dict[str, Tally]:
    tallies: dict[str, Tally] = {}
    for data, url, items in pages:
        for name, changed in mutations(data, url):
            tallies.setdefault(name, Tally()).add(changed, url, items)
        shortened, kept = cut(data, url, [i["title"] for i in items])
        tallies.setdefault("cut", Tally()).add(shortened, url, items[: max(kept - 1, 0)])
    return tallies


def _holds(tallies: dict[str, Tally]) -> None:
    told = {name: (t.right, t.expected, t.quiet) for name, t in tallies.items()}
    for tally in tallies.values():
        assert tally.right >= 0.93 * tally.expected, told
        assert tally.quiet <= 0.02 * tally.expected, told


def test_stand_ins_survive_change() -> None:
    pages = []
    for case in CASES:
        data, url = _read(case)
        expected = json.loads((case / "expected.json").read_text("utf-8"))
        if (
            expected["state"] == "ok"
            and data.lstrip()[:1] == b"<"
            and not data.lstrip().startswith((b"<?xml", b"<feed"))
        ):
            pages.append((data, url, [i for i in expected["items"] if i["key"]]))
    _holds(_measured(pages))


def test_real_pages_survive_change(corpus: Path) -> None:
    pages = []
    for labels, folder in (("labels", "pages"), ("labels-excerpts", "excerpts")):
        for path in sorted((corpus / labels).glob("*.json")):
            label = json.loads(path.read_text("utf-8"))
            data = (corpus / folder / label["page"]).read_bytes()
            if label["kind"] == "list" and label["state"] == "ok" and len(data) < 120_000:
                pages.append((data, label.get("url") or "", label["items"]))
    _holds(_measured(pages))


def _fuzzed(data: bytes, rng: random.Random) -> bytes:
    """Return a page with bytes changed, cut out, doubled or moved."""
    out = bytearray(data)
    for _ in range(rng.randint(1, 12)):
        at, size = rng.randrange(len(out) + 1), rng.choice((1, 2, 7, 40, 300))
        match rng.randrange(5):
            case 0:
                out[at : at + size] = bytes(rng.randrange(256) for _ in range(min(size, 7)))
            case 1:
                del out[at : at + size]
            case 2:
                out[at:at] = out[at : at + size] * rng.randint(1, 3)
            case 3:
                out[at:at] = rng.choice(
                    (b"<td>", b"</table>", b"<table>", b"<!--", b"<script>", b"'", b'"', b"<tr", b"&#0;", b"\x00")
                )
            case _:
                del out[rng.randrange(len(out) + 1) :]
        if not out:
            break
    return bytes(out)


def _fuzz(count: int) -> None:
    rng = random.Random(20261124)
    pages = [_read(case) for case in CASES]
    states: Counter[str] = Counter()
    for turn in range(count):
        data, url = pages[turn % len(pages)]
        before = time.process_time()
        found = listing(Document(_fuzzed(data, rng), url), today=TODAY)
        assert time.process_time() - before < 5
        assert found.rows or found.why
        states[found.state] += 1
    assert states["ok"] > count / 3, states


def test_500_broken_pages_are_read_without_a_crash() -> None:
    _fuzz(500)


@pytest.mark.soak
def test_100000_broken_pages_are_read_without_a_crash() -> None:
    _fuzz(100_000)
