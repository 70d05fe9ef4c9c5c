"""Answer many pages, one JSON line each: what `jiballim try page --batch` prints, a list or a detail as it was read."""

from __future__ import annotations

import json
import re
import sys
from collections.abc import Mapping
from dataclasses import replace
from datetime import date, datetime
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

from spiders.pages import board
from spiders.pages.days import NO_YEAR
from spiders.pages.document import Document
from spiders.pages.records import Detail, Listing

FROM_TODAY = "해가 적히지 않은 날짜를 오늘에서 미룸"
_YEARLESS = re.compile(r">\s{0,20}(?:\d{1,2}[./-]\d{1,2}|\d{1,2}:\d{2}|\d{1,3}\s?(?:분|시간|일|주)\s?전|어제|방금)")


def answer(file: str, url: str, kind: str, *, today: date | None = None) -> dict[str, Any]:
    """Return what a saved page says, as plain values; a page that cannot be read is answered with its state, never raised.

    A saved page may be old: a date whose year was taken from `today` carries a doubt.
    """
    try:
        document = Document(Path(file).read_bytes(), url)
        if kind == "list":
            return list_answer(_unsure(board.listing(document, today=today), document, today))
        from spiders.pages.detail import detail

        return detail_answer(detail(document, today=today))
    except Exception as error:  # one odd page must not spoil the batch; it is named in its answer
        return {"kind": kind, "state": "unreadable", "why": f"{type(error).__name__}: {error}"[:300], "items": []}


def _unsure(found: Listing, document: Document, today: date | None) -> Listing:
    """Doubt the dates that the page does not give itself: read without `today`, they are none."""
    if today is None or not _YEARLESS.search(document.text):
        return found
    plain = board.listing(Document(document.data, document.url)).rows
    if len(plain) != len(found.rows):
        return found
    rows = [
        replace(row, doubts=(*row.doubts, FROM_TODAY)) if NO_YEAR in other.doubts else row
        for row, other in zip(found.rows, plain, strict=True)
    ]
    return replace(found, rows=tuple(rows))


def list_answer(found: Listing) -> dict[str, Any]:
    """Return a listing as plain values."""
    following = found.next_page
    return {
        "kind": "list",
        "state": str(found.state),
        "why": found.why,
        "items": [
            {
                "title": row.title,
                "key": row.key,
                "url": row.url,
                "posted": row.posted.isoformat() if row.posted else None,
                "department": row.department,
                "pinned": row.pinned,
                "fields": dict(row.fields),
                "doubts": list(row.doubts),
            }
            for row in found.rows
        ],
        "next_page": following.url if following else None,
        "next_form": dict(following.form) if following and following.form else None,
        "total": found.total,
        "doubts": list(found.doubts),
        "notes": list(found.notes),
    }


def detail_answer(found: Detail) -> dict[str, Any]:
    """Return a detail as plain values."""
    return {
        "kind": "detail",
        "state": str(found.state),
        "why": found.why,
        "title": found.title,
        "posted": found.posted.isoformat() if found.posted else None,
        "department": found.department,
        "attachments": [{"name": a.name, "url": a.url} for a in found.attachments],
        "body": found.body,
        "fields": dict(found.fields),
        "doubts": list(found.doubts),
        "notes": list(found.notes),
    }


def main(today: date | None = None) -> None:
    """Answer each JSON line {"file", "url", "kind"} of standard input by one of standard output, in order."""
    for line in sys.stdin:
        if line.strip():
            asked: Mapping[str, str] = json.loads(line)
            reply = answer(asked["file"], asked.get("url", ""), asked.get("kind", "list"), today=today)
            sys.stdout.write(json.dumps(reply, ensure_ascii=False) + "\n")


if __name__ == "__main__":
    main(datetime.now(ZoneInfo("Asia/Seoul")).date())
