"""Solapi: signed, counted in CP949, and only what was registered counts as sent."""

from __future__ import annotations

import hashlib
import hmac
import json
import re
import threading
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any

import pytest

from notify import shapes, solapi
from notify.channels import send, service
from notify.message import Message
from notify.targets import SMS, targets

KEY, SECRET = "NCSKEY0123456789", "SECRET0123456789SECRET0123456789"
URL = f"solapi://{KEY}:{SECRET}@0311234567/01012345678"


@dataclass
class StandIn:
    """Solapi as its documents describe it: checks the signature, refuses a used one, counts what it registered."""

    failed: int = 0
    status: int = 200
    body: str | None = None
    taken: list[dict[str, Any]] = field(default_factory=list)
    salts: set[str] = field(default_factory=set)

    def answer(self, header: str, request: dict[str, Any]) -> tuple[int, str]:
        """Answer one request."""
        said = re.fullmatch(r"HMAC-SHA256 apiKey=(\w+), date=(\S+), salt=(\w{12,64}), signature=(\w{64})", header)
        assert said, header
        key, date, salt, signature = said.groups()
        expected = hmac.new(SECRET.encode(), (date + salt).encode(), hashlib.sha256).hexdigest()
        late = abs(datetime.fromisoformat(date) - datetime.now(UTC)) > timedelta(minutes=15)
        if key != KEY or signature != expected or late or salt in self.salts:
            return 401, json.dumps({"errorCode": "InvalidSignature", "errorMessage": "…"})
        self.salts.add(salt)
        self.taken += request["messages"]
        total = len(request["messages"])
        count = {"total": total, "registeredSuccess": total - self.failed, "registeredFailed": self.failed}
        return self.status, self.body or json.dumps({"groupInfo": {"groupId": "G4V1", "count": count}})


@pytest.fixture
def stand_in(monkeypatch: pytest.MonkeyPatch) -> Iterator[StandIn]:
    """A stand-in on loopback at Solapi's place."""
    there = StandIn()

    class Answering(BaseHTTPRequestHandler):
        def do_POST(self) -> None:
            request = json.loads(self.rfile.read(int(self.headers["Content-Length"])))
            status, body = there.answer(self.headers["Authorization"], request)
            self.send_response(status)
            self.end_headers()
            self.wfile.write(body.encode())

        def log_message(self, format: str, *args: object) -> None:
            """Stay silent."""

    server = ThreadingHTTPServer(("127.0.0.1", 0), Answering)
    threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.02}, daemon=True).start()
    monkeypatch.setattr(solapi, "ADDRESS", f"http://127.0.0.1:{server.server_address[1]}/send")
    yield there
    server.shutdown()
    server.server_close()


def message(text: str) -> Message:
    """A message."""
    return Message("id-1", "제목", text, None, datetime(2026, 11, 24, 9, 0, tzinfo=UTC))


def test_a_short_text_goes_signed_as_sms(stand_in: StandIn) -> None:
    assert send(URL, message("[집알림] 새 공고 3")).state == "sent"
    assert send(URL, message("[집알림] 새 공고 4")).state == "sent"  # a new salt each time
    first = stand_in.taken[0]
    assert (first["to"], first["from"], first["type"]) == ("01012345678", "0311234567", "SMS")


@pytest.mark.parametrize(("letters", "kind"), [(45, "SMS"), (46, "LMS"), (1000, "LMS")])
def test_ninety_bytes_of_cp949_are_the_border(stand_in: StandIn, letters: int, kind: str) -> None:
    assert send(URL, message("가" * letters)).state == "sent"
    assert {each["type"] for each in stand_in.taken} == {kind}


def test_what_cp949_lacks_is_substituted(stand_in: StandIn) -> None:
    send(URL, message("‘파주’–운정・행복주택 🏠"))
    assert stand_in.taken[0]["text"] == "'파주'-운정·행복주택 ?"


@pytest.mark.parametrize(
    ("said", "carried", "size"),
    [
        (unicodedata.normalize("NFD", "파주시"), "파주시", 6), ("caf\u00e9 \u20a95,000", "cafe 원5,000", 12),
        ("파\u200b주\ufeff\u202e", "파주", 4), ("\ud800가", "가", 2), ("똠방 뷁 ㈜ ① Ⅰ ㎡", "똠방 뷁 ㈜ ① Ⅰ ㎡", 19), ("Ａ１", "Ａ１", 4),
        ("👨\u200d👩\u200d👧", "???", 3), ("", "", 0), ("줄\n바꿈", "줄\n바꿈", 7),
    ],
)  # fmt: skip
def test_letters_are_carried_as_they_are_read(said: str, carried: str, size: int) -> None:
    assert shapes.cp949(said) == carried and shapes.size(said) == size
    assert len(carried.encode("cp949")) == size


def test_registered_failed_is_a_failure_though_the_answer_is_200(stand_in: StandIn) -> None:
    stand_in.failed = 1
    assert send(URL, message("가")).state == "failed"


def test_a_message_that_failed_is_a_failure_whatever_was_counted(stand_in: StandIn) -> None:
    count = {"total": 1, "registeredSuccess": 1, "registeredFailed": 0}
    failed = [{"to": "01012345678", "statusCode": "1062", "statusMessage": "…"}]
    stand_in.body = json.dumps({"groupInfo": {"count": count}, "failedMessageList": failed})
    assert send(URL, message("가")).state == "failed"


def test_a_server_that_is_away_or_sends_elsewhere_is_a_failure(
    stand_in: StandIn, monkeypatch: pytest.MonkeyPatch
) -> None:
    stand_in.status = 302
    assert send(URL, message("가")).state == "failed"
    monkeypatch.setattr(solapi, "ADDRESS", "http://127.0.0.1:9/send")
    outcome = send(URL, message("가"))
    assert outcome.state in ("failed", "unknown") and SECRET not in outcome.reason and KEY not in outcome.reason


@pytest.mark.parametrize("body", ["<html>", "[]", '{"groupInfo": {}}', "null"])
def test_an_answer_that_says_nothing_is_a_failure(stand_in: StandIn, body: str) -> None:
    stand_in.body = body
    assert send(URL, message("가")).state == "failed"


def test_a_wrong_secret_is_refused_and_never_shown(stand_in: StandIn) -> None:
    outcome = send(URL.replace(SECRET, "wrong"), message("가"))
    assert outcome.state == "failed"
    assert "비밀번호나 토큰" in outcome.reason
    found = service(URL)
    assert found is not None
    shown: str = found.url(privacy=True)  # type: ignore[no-untyped-call]  # Apprise's
    assert SECRET not in shown and KEY not in shown and "01012345678" not in shown


def test_each_number_is_a_target_of_its_own_and_rings_no_phone_at_night() -> None:
    found = list(targets("JIBALLIM_URLS_PAJU", f"{URL}/01099998888"))
    assert len({target.id for target in found}) == 2
    assert {target.shape for target in found} == {SMS}
    assert all(target.quiet for target in found)


@pytest.mark.parametrize(
    "rest",
    ["0311234567/01012345678", "{k}@0311234567/", "{k}@0311234567/0212345678", "{k}@abc/01012345678"],
)
def test_an_address_that_cannot_work_is_none(rest: str) -> None:
    assert service("solapi://" + rest.format(k=f"{KEY}:{SECRET}")) is None
