"""Turn rows and details into notices, and tell by a fingerprint whether a row changed."""

from __future__ import annotations

import hashlib
import json
import re
from collections.abc import Sequence
from dataclasses import replace

from notices.model import Notice
from spiders.pages.records import Detail, Row

_CUT = re.compile(r"\s*(?:\.{2,}|…|⋯)$")


def fingerprint(row: Row) -> str:
    """A short hash of what a row says; counts of views are no part of a row."""
    said = (
        row.title,
        row.url,
        row.posted and row.posted.isoformat(),
        row.department,
        sorted(row.fields.items()),
        [(a.name, a.url) for a in row.attachments],
        *([row.body] if row.body else []),
    )
    return hashlib.blake2b(json.dumps(said, ensure_ascii=True).encode(), digest_size=8).hexdigest()


def together(said: Sequence[Detail]) -> Detail | None:
    """What several calls said of one post: the first to say a thing is believed, texts and files follow each other."""
    if len(said) < 2:
        return said[0] if said else None
    return replace(
        said[0],
        title=next((each.title for each in said if each.title), None),
        posted=next((each.posted for each in said if each.posted), None),
        department=next((each.department for each in said if each.department), None),
        body="\n".join(each.body for each in said if each.body),
        attachments=tuple(dict.fromkeys(file for each in said for file in each.attachments)),
        fields={name: value for each in reversed(said) for name, value in each.fields.items()},
        doubts=tuple(dict.fromkeys(doubt for each in said for doubt in each.doubts)),
    )


def notice(source: str, row: Row, detail: Detail | None, *, whole: bool = True) -> Notice:
    """The notice that a row, and where it was read its own page, make together.

    Not `whole` where a call for it failed: then it is complete only when it is read again.
    """
    assert row.key is not None
    if detail is None:
        return Notice(
            source=source,
            key=row.key,
            title=row.title,
            url=row.url,
            posted=row.posted,
            department=row.department,
            body=row.body,
            attachments=row.attachments,
            fields=dict(row.fields),
            doubts=row.doubts,
            pinned=row.pinned,
        )
    return Notice(
        source=source,
        key=row.key,
        title=_title(row.title, detail.title),
        url=row.url or (row.detail.url if row.detail and row.detail.form is None else None),
        posted=row.posted or detail.posted,
        department=row.department or detail.department,
        body=detail.body or row.body,
        attachments=detail.attachments or row.attachments,
        fields={**row.fields, **detail.fields},
        doubts=tuple(dict.fromkeys((*row.doubts, *detail.doubts))),
        pinned=row.pinned,
        detail=whole,
    )


def _title(listed: str, detailed: str | None) -> str:
    """The list's title, or the post's own where the list cuts it short."""
    start = _CUT.sub("", listed)
    return detailed if detailed and detailed.startswith(start) and len(detailed) > len(start) else listed
