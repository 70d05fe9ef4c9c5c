"""Which notices make up which announcement, whose word stands, and what a person decided about it."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import datetime

from notices.model import Notice, Reading
from notices.spoken import Voice, echoes, leading, says
from notices.store.columns import moment, text_of_day
from notices.store.connection import Connection
from notices.store.edits import Told, told
from notices.store.errors import StoreError
from notices.store.events import Events
from notices.store.notices import Notices

FOLLOWING = ("접수현황", "발표", "계약입주", "연기변경", "취소")
"""Kinds of notices that follow another."""


@dataclass(frozen=True, slots=True)
class Member:
    """One notice of an announcement: its part in it, what it says and how it was understood."""

    id: int
    uid: str
    source: str
    relation: str
    first_seen: str
    notice: Notice
    reading: Reading
    told: Told = field(default_factory=Told)

    @property
    def voice(self) -> Voice:
        """What it has to say in its announcement."""
        notice, told = self.notice, self.told
        place = self.id, self.source, notice.key, notice.url, notice.posted
        return Voice(*place, self.relation, self.reading, told.first, told.edits)


class Membership:
    """Tables announcement, tag, maybe and decision, for writing."""

    def __init__(self, connection: Connection, notices: Notices, events: Events) -> None:
        self._db, self._notices, self._events = connection, notices, events

    def found(self, notice_id: int, at: datetime) -> int:
        """Make an announcement of one notice that belongs to no other; returns its id."""
        row = self._row(notice_id)
        cursor = self._db.execute(
            "INSERT INTO announcement (uid, lead_id, title, kind, section, relevant, corrected, cancelled, first_seen,"
            " updated) VALUES (?, ?, '', '', '', 0, 0, 0, ?, ?)",
            (f"{row['source']}:{row['key']}", notice_id, row["first_seen"], moment(at)),
        )
        assert cursor.lastrowid is not None
        self.put(notice_id, cursor.lastrowid, "original", "")
        return cursor.lastrowid

    def put(self, notice_id: int, announcement_id: int, relation: str, reason: str) -> None:
        """Put a notice into an announcement; `refresh` both announcements afterwards."""
        self._db.execute(
            "UPDATE notice SET announcement_id = ?, relation = ?, reason = ? WHERE id = ?",
            (announcement_id, relation, reason, notice_id),
        )

    def absorb(self, announcement_id: int, other_id: int, reason: str) -> None:
        """Put the notices of another announcement, follow-ups that waited for their call, into this one."""
        for member in self.members(other_id):
            relation = "follow_up" if member.relation == "original" else member.relation
            self.put(member.id, announcement_id, relation, reason)
            self._events.move(member.id, announcement_id)
        self.refresh(other_id)
        self.refresh(announcement_id)

    def unite(self, announcement_id: int, other_id: int, reason: str, at: datetime) -> None:
        """Put the notices of another announcement, which turned out to be the same one, into this one.

        It begins with the older of the two that corrects nothing. What either told stays told, under its guid.
        """
        mine, theirs = self.members(announcement_id), self.members(other_id)
        begun = sorted((m for m in (*mine, *theirs) if m.relation == "original"), key=lambda m: (_corrects(m), _age(m)))
        for member in theirs:
            self.put(member.id, announcement_id, member.relation, reason)
            self._events.move(member.id, announcement_id)
        for member in begun[1:]:
            self.put(member.id, announcement_id, "revision" if _corrects(member) else "same", reason)
        self.refresh(other_id)
        self.refresh(announcement_id, at)
        self._retell([announcement_id], at)

    def doubt(self, notice_id: int, others: Iterable[int], reason: str) -> None:
        """Note that a notice may be related to others, but not surely."""
        self._db.many("INSERT OR REPLACE INTO maybe VALUES (?, ?, ?)", [(notice_id, other, reason) for other in others])

    def related(self, notice_id: int) -> list[tuple[int, str]]:
        """Notices that may be related, both ways, with the reason."""
        rows = self._db.rows(
            "SELECT other_id, reason FROM maybe WHERE notice_id = ?"
            " UNION SELECT notice_id, reason FROM maybe WHERE other_id = ?",
            (notice_id, notice_id),
        )
        return [(row[0], row[1]) for row in rows]

    def members(self, announcement_id: int) -> list[Member]:
        """The notices of an announcement, oldest first."""
        rows = self._db.rows("SELECT * FROM notice WHERE announcement_id = ?", (announcement_id,))
        ids = [row["id"] for row in rows]
        said, read = self._notices.current(ids), self._notices.readings(ids)
        news = told(self._db, ids) if len(ids) > 1 else {}
        members = [
            Member(row["id"], f"{row['source']}:{row['key']}", row["source"], row["relation"], row["first_seen"],
                   said[row["id"]], read[row["id"]], news.get(row["id"], Told()))
            for row in rows
        ]  # fmt: skip
        return sorted(members, key=_age)

    def lead(self, announcement_id: int) -> int:
        """The notice whose word stands."""
        return int(self._db.value("SELECT lead_id FROM announcement WHERE id = ?", (announcement_id,)))

    def refresh(self, announcement_id: int, at: datetime | None = None) -> None:
        """Work out anew what an announcement says; `at` is the time of news, None if there is none.

        One without notices is removed; one without its original takes its oldest notice for it.
        """
        members = self.members(announcement_id)
        self._db.execute("INSERT OR REPLACE INTO change (announcement_id) VALUES (?)", (announcement_id,))
        self._db.execute("DELETE FROM tag WHERE announcement_id = ?", (announcement_id,))
        if not members:
            self._db.execute("DELETE FROM event WHERE announcement_id = ?", (announcement_id,))
            self._db.execute("DELETE FROM announcement WHERE id = ?", (announcement_id,))
            return
        original = next((m for m in members if m.relation == "original"), None)
        if original is None:
            original = min(members, key=lambda m: (m.relation == "follow_up", m.reading.correction, _age(m)))
            self.put(original.id, announcement_id, "original", "")
        lead = _lead(members, max((m for m in members if m.relation == "revision"), key=_age, default=original))
        self._write(announcement_id, members, original, lead, at)

    def says(self, announcement_id: int) -> Reading:
        """What an announcement says: its leading notice, completed by those that carry the same post elsewhere."""
        members, lead = self.members(announcement_id), self.lead(announcement_id)
        return _says(members, next(m for m in members if m.id == lead))

    def correction(self, announcement_id: int) -> tuple[list[int], Reading, Reading] | None:
        """Of an announcement whose word is a correction: its notices, what was said before it, and what it says."""
        members, lead_id = self.members(announcement_id), self.lead(announcement_id)
        lead = next(m for m in members if m.id == lead_id)
        mine = {lead.id, *(voice.id for voice in echoes(lead.voice, [m.voice for m in members]))}
        if lead.relation != "revision" and not any(m.relation == "revision" for m in members if m.id in mine):
            return None
        earlier = [m for m in members if m.id not in mine]
        said = [m for m in earlier if m.relation in ("original", "revision")]
        if not said:
            return None
        return sorted(mine), _says(earlier, max(said, key=_age)), _says(members, lead)

    def _write(
        self, announcement_id: int, members: list[Member], original: Member, lead: Member, at: datetime | None
    ) -> None:
        uid = self._db.value("SELECT uid FROM announcement WHERE id = ?", (announcement_id,))
        revised = any(m.relation == "revision" for m in members) or self._events.revised(announcement_id)
        reading = _says(members, lead)
        status = reading.first("status") or lead.notice.fields.get("status")
        self._db.execute(
            "UPDATE announcement SET uid = ?, lead_id = ?, title = ?, kind = ?, section = ?, status = ?, relevant = ?,"
            " posted = ?, opens = ?, closes = ?, corrected = ?, cancelled = ?, first_seen = ?,"
            " updated = coalesce(?, updated) WHERE id = ?",
            (
                uid if uid in {m.uid for m in members} else original.uid,
                lead.id,
                lead.notice.title,
                reading.kind,
                reading.section,
                None if status is None else str(status),
                reading.relevant or original.reading.relevant,
                text_of_day(lead.notice.posted),
                _day(reading, "opens"),
                _day(reading, "closes"),
                revised,
                any(m.reading.kind == "취소" for m in members),
                min(m.first_seen for m in members),
                None if at is None else moment(at),
                announcement_id,
            ),
        )
        tags = _tags(reading, original.reading) | {("source", m.source) for m in members}
        self._db.many(
            "INSERT INTO tag VALUES (?, ?, ?)", [(name, value, announcement_id) for name, value in sorted(tags)]
        )

    def split(self, notice_id: int, at: datetime) -> int:
        """Take a notice out of its announcement into one of its own, for good; returns the new announcement's id.

        Entries of feeds keep their guids: what the notice told goes with it, and stands as new.
        """
        with self._db.transaction():
            row = self._row(notice_id)
            before: int = row["announcement_id"]
            if len(self.members(before)) == 1:
                self._decide(notice_id, "split", before, at)
                return before
            self._decide(notice_id, "split", before, at)
            self._db.execute("UPDATE notice SET announcement_id = NULL WHERE id = ?", (notice_id,))
            self.refresh(before, at)
            after = self.found(notice_id, at)
            self.put(notice_id, after, "original", "담당자가 떼어 놓음")
            self._events.move(notice_id, after)
            self.refresh(after, at)
            self._retell([before, after], at)
            return after

    def join(self, notice_id: int, announcement_id: int, at: datetime, relation: str | None = None) -> None:
        """Put a notice into an announcement, for good; without `relation` its kind decides it.

        Entries of feeds keep their guids: what the notice told goes with it.
        """
        with self._db.transaction():
            row = self._row(notice_id)
            if self._db.value("SELECT 1 FROM announcement WHERE id = ?", (announcement_id,)) is None:
                raise StoreError(f"공고 {announcement_id}번이 없습니다: jiballim search로 번호를 확인하십시오.")
            before: int = row["announcement_id"]
            self._decide(notice_id, "join", announcement_id, at)
            if before == announcement_id:
                return
            relation = relation or _relation(self._notices.readings([notice_id])[notice_id])
            self.put(notice_id, announcement_id, relation, "담당자가 묶음")
            self._events.move(notice_id, announcement_id)
            self.refresh(before)
            self.refresh(announcement_id, at)
            self._retell([before, announcement_id], at)

    def leave(self, notice_id: int, at: datetime) -> None:
        """Take a notice out of its announcement, to be erased."""
        announcement_id = self._db.value("SELECT announcement_id FROM notice WHERE id = ?", (notice_id,))
        self._db.execute("UPDATE notice SET announcement_id = NULL WHERE id = ?", (notice_id,))
        if announcement_id is not None:
            self.refresh(announcement_id, at)
            self._retell([announcement_id], at)

    def _decide(self, notice_id: int, verdict: str, announcement_id: int, at: datetime) -> None:
        uid = self._db.value("SELECT uid FROM announcement WHERE id = ?", (announcement_id,))
        self._db.execute("UPDATE notice SET decided = 1 WHERE id = ?", (notice_id,))
        self._db.execute(
            "INSERT INTO decision (notice_id, verdict, announcement, at) VALUES (?, ?, ?, ?)",
            (notice_id, verdict, uid, moment(at)),
        )

    def _retell(self, announcement_ids: list[int], at: datetime) -> None:
        """Let each announcement be told as new once: by its original, or by who told it first."""
        for announcement_id in announcement_ids:
            members = self.members(announcement_id)
            for member in members:
                self._events.turn(member.uid, member.relation)
            original = next((m for m in members if m.relation == "original"), None)
            if original is not None:
                self._events.ensure_new(announcement_id, original.id, original.notice, at)

    def _row(self, notice_id: int) -> sqlite3.Row:
        row = self._db.row("SELECT * FROM notice WHERE id = ? AND withdrawn IS NULL", (notice_id,))
        if row is None:
            raise StoreError(f"게시글 {notice_id}번이 없습니다: jiballim explain으로 번호를 확인하십시오.")
        return row


def _lead(members: list[Member], lead: Member) -> Member:
    """The notice whose word stands, of those that carry the same post as the latest."""
    if len(members) == 1:
        return lead
    chosen = leading(lead.voice, [m.voice for m in members])
    return next(m for m in members if m.id == chosen.id)


def _says(members: list[Member], lead: Member) -> Reading:
    if len(members) == 1:
        return lead.reading
    return says(lead.voice, [m.voice for m in members])


def _corrects(member: Member) -> bool:
    return member.reading.correction or member.reading.first("corrects") is not None


def _age(member: Member) -> tuple[bool, str, int, int]:
    """Older first; a notice without a date counts as the newest."""
    posted = member.notice.posted
    return posted is None, text_of_day(posted) or "", number(member.notice.key), member.id


def number(key: str) -> int:
    """A key's place among those of its source, which count up; 0 where it is no number."""
    return int(key[:30]) if key.isdecimal() else 0


def _day(reading: Reading, field: str) -> str | None:
    value = reading.first(field)
    return None if value is None else str(value)[:10]


def _relation(reading: Reading) -> str:
    if reading.correction:
        return "revision"
    return "follow_up" if reading.kind in FOLLOWING else "same"


def _tags(reading: Reading, original: Reading) -> set[tuple[str, str]]:
    """What selections find an announcement by; what a correction leaves unsaid stands as its original said it.

    A 시·도 is dropped where one of its 시·군·구 is named; without any region it concerns the whole country ("").
    """
    tags = {("supply", s) for s in reading.supply or original.supply}
    tags |= {("audience", a) for a in reading.audience or original.audience}
    codes = {r.code for r in reading.regions or original.regions}
    exact = {code for code in codes if not code.endswith("000")}
    codes = exact | {code for code in codes - exact if not any(e.startswith(code[:2]) for e in exact)}
    return tags | {("region", code) for code in codes or {""}}
