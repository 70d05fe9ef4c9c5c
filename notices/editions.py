"""What a notice says from one reading to the next: bounded, merged, compared; pure."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable
from dataclasses import replace

from notices.korean import illegal, legal
from notices.model import Attachment, Change, Notice, Reading
from notices.personal import WITHHELD

TITLE = 1000  # characters; the longest real title has 142
BODY = 1_000_000
SHORT = 4000  # a field, an address
MANY = 300  # attachments, fields

TOLD = (
    "opens", "closes", "papers_from", "papers_to", "announces", "contract_from", "contract_to", "move_in", "homes",
    "deposit", "rent", "apply", "address",
)  # fmt: skip
"""Facts whose change is news; a changed status is an edition and no news."""


def bounded(notice: Notice) -> Notice:
    """Return the notice as it can be stored: no character that breaks a database or a feed, nothing endless."""
    texts = (notice.title, notice.body, notice.key, notice.url or "", notice.department or "")
    names = [part for a in notice.attachments for part in (a.name, a.url or "")]
    pairs = [part for pair in notice.fields.items() for part in pair]
    rest = [*names, *pairs, *notice.doubts]
    if len(notice.title) <= TITLE and len(notice.body) <= BODY and sum(map(len, rest)) <= SHORT:
        whole = "".join((*texts, *rest))
        if not illegal(whole) and len(texts[2]) <= SHORT and len(texts[3]) <= SHORT and len(texts[4]) <= SHORT:
            return notice
    return _cut(notice)


def _cut(notice: Notice) -> Notice:
    doubts = [legal(doubt)[:SHORT] for doubt in notice.doubts[:MANY]]
    if len(notice.title) > TITLE:
        doubts.append(f"제목이 {len(notice.title):,}자여서 {TITLE:,}자에서 잘랐습니다.")
    if len(notice.body) > BODY:
        doubts.append(f"본문이 {len(notice.body):,}자여서 {BODY:,}자에서 잘랐습니다.")
    return replace(
        notice,
        key=_short_key(legal(notice.key)),
        title=" ".join(legal(notice.title[:TITLE]).split()),
        url=None if notice.url is None or len(notice.url) > SHORT else legal(notice.url),
        department=None if notice.department is None else legal(notice.department[:SHORT]),
        body=legal(notice.body[:BODY]),
        attachments=tuple(_short(a) for a in notice.attachments[:MANY]),
        fields={legal(k[:SHORT]): legal(v[:SHORT]) for k, v in list(notice.fields.items())[:MANY]},
        doubts=tuple(doubts),
    )


def _short_key(key: str) -> str:
    return key if len(key) <= SHORT else key[:200] + "-" + hashlib.blake2b(key.encode(), digest_size=16).hexdigest()


def _short(attachment: Attachment) -> Attachment:
    url = attachment.url
    return Attachment(legal(attachment.name[:SHORT]), None if url is None or len(url) > SHORT else legal(url))


def digest(notice: Notice) -> bytes:
    """Return 16 bytes that stay the same while the notice says the same; what is empty does not count."""
    parts = [notice.title, notice.body, notice.department or "", str(notice.posted or "")]
    parts += [f"{name}\x1e{value}" for name, value in sorted(notice.fields.items()) if value]
    parts += [f"{a.name}\x1e{a.url or ''}" for a in notice.attachments]
    return hashlib.blake2b("\x1f".join(parts).encode("utf-8", "surrogatepass"), digest_size=16).digest()


def merged(old: Notice, new: Notice) -> Notice:
    """Return what is known after a further reading: what it left empty or cut stays as it was, but what is withheld."""
    fields = {**old.fields, **{name: value for name, value in new.fields.items() if value}}
    doubts = new.doubts if new.detail or not old.detail else dict.fromkeys((*old.doubts, *new.doubts))
    return replace(
        new,
        title=old.title if not new.detail and _cut_short(new.title, old.title) else new.title or old.title,
        url=new.url or old.url,
        posted=new.posted or old.posted,
        department=new.department or old.department,
        body=new.body if WITHHELD in new.doubts else new.body or old.body,
        attachments=new.attachments if WITHHELD in new.doubts else new.attachments or old.attachments,
        fields=fields,
        doubts=tuple(doubts),
        detail=old.detail or new.detail,
    )


def _cut_short(title: str, whole: str) -> bool:
    """Whether a list shows the beginning of a title only."""
    stump = title.rstrip(" .…·")
    return stump != title and len(stump) >= 8 and len(whole) > len(stump) and whole.startswith(stump)


def edited(old: Notice, new: Notice) -> bool:
    """Tell whether a notice says something else than before; what was unknown and is now filled in is no edit.

    Once its own page was read, a text, file or field that appears there is an edit too.
    """
    said, says = _contents(old), _contents(new)
    if any(said[name] and value and said[name] != value for name, value in says.items() if name in said):
        return True
    return old.detail and new.detail and any(value and not said.get(name) for name, value in says.items())


def _contents(notice: Notice) -> dict[str, object]:
    return {
        "title": notice.title,
        "posted": notice.posted,
        "department": notice.department,
        "body": notice.body,
        "attachments": tuple(a.name for a in notice.attachments),
        **{f"field:{name}": value for name, value in notice.fields.items()},
    }


def changes(old: Reading, new: Reading) -> tuple[Change, ...]:
    """Return what changed among the facts that are told, field by field; a value made more exact is no change."""
    pairs = ((name, old.first(name), new.first(name)) for name in TOLD)
    return tuple(Change(name, a, b) for name, a, b in pairs if b is not None and not _agree(a, b))


def unknown_dropped(found: Iterable[Change]) -> tuple[Change, ...]:
    """Return the changes whose old value was known."""
    return tuple(change for change in found if change.old is not None)


def not_in(reading: Reading, found: Iterable[Change]) -> tuple[Change, ...]:
    """Return the changes whose new value a reading does not hold yet."""
    return tuple(change for change in found if not _agree(reading.first(change.field), change.new))


def _agree(a: object, b: object) -> bool:
    """Whether two values say the same, one perhaps more exactly: "2026-09-09" and "2026-09-09T17:00"."""
    if isinstance(a, str) and isinstance(b, str):
        return a.startswith(b) or b.startswith(a)
    return a == b
