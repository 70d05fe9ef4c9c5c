"""Answer titles one by one as JSON lines: for scoring the reading on labelled titles."""

from __future__ import annotations

import json
import sys
from datetime import date
from typing import Any

from notices.model import Notice
from notices.reading import read


def answer(line: dict[str, Any]) -> dict[str, Any]:
    """Return the reading of {"title", "org", "date"} as plain values; regions by their names."""
    posted = date.fromisoformat(line["date"]) if line.get("date") else None
    reading = read(Notice("", "", line["title"] or "", posted=posted), org=line.get("org") or "")
    return {
        "relevant": reading.relevant,
        "kind": reading.kind,
        "correction": reading.correction,
        "supply": list(reading.supply),
        "audience": list(reading.audience),
        "regions": [region.name for region in reading.regions],
        "section": reading.section,
    }


def main() -> None:
    """Read JSON lines on standard input and write an answer for each."""
    for line in sys.stdin:
        if line.strip():
            sys.stdout.write(json.dumps(answer(json.loads(line)), ensure_ascii=False) + "\n")


if __name__ == "__main__":
    main()
