"""Answer many pages, one JSON line each: what `jiballim try page --batch` prints, a list or a detail as it was read."""

from __future__ import annotations

import json
import sys
from collections.abc import Mapping
from datetime import date, datetime
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

from spiders.pages import board
from spiders.pages.document import Document
from spiders.pages.records import Detail, Listing


def answer(file: str, url: str, kind: str, *, today: date | None = None) -> dict[str, Any]:
    """Return what a saved page says, as plain values; a page that cannot be read is answered with its state, never raised."""
    try:
        document = Document(Path(file).read_bytes(), url)
        if kind == "list":
            return list_answer(board.listing(document, today=today))
        from spiders.pages.detail import detail

        return detail_answer(detail(document, today=today))
    except Exception as error:  # one odd page must not spoil the batch; it is named in its answer
        return {"kind": kind, "state": "unreadable", "why": f"{type(error).__name__}: {error}"[:300], "items": []}


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
