"""A desk's pages over a small store, and staff who are logged in, for the tests of the pages."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from functools import cache
from html import unescape
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any, Protocol

from argon2 import PasswordHasher
from starlette.applications import Starlette
from starlette.routing import Mount
from starlette.testclient import TestClient

from desk.blog.targets import targets
from desk.centre import Desk
from desk.web import passwords
from desk.web.app import build
from desk.web.office import Office, Sent
from notices.store import Store
from tests.desk import made

PASSWORD = "여름 언덕 파란 대문"
ORIGIN = "http://127.0.0.1:8000"


class Answer(Protocol):
    """What a client brings back."""

    @property
    def text(self) -> str: ...
    @property
    def status_code(self) -> int: ...
    @property
    def headers(self) -> Any: ...


class Clock:
    """A clock that tests set."""

    def __init__(self) -> None:
        self.at = made.NOW

    def __call__(self) -> datetime:
        return self.at


@dataclass
class Place:
    """An office, its clock, and clients of its pages."""

    office: Office
    clock: Clock
    app: Starlette

    def client(self, origin: str = ORIGIN, address: str = "127.0.0.1") -> TestClient:
        return TestClient(
            self.app, base_url=origin, follow_redirects=False, raise_server_exceptions=False, client=(address, 50_000)
        )

    def inside(self, label: str = "김주무관", password: str = PASSWORD, **more: str) -> TestClient:
        """A client that is logged in."""
        client = self.client()
        answer = login(client, password, label=label, **more)
        assert answer.status_code == 303, answer.text
        return client

    def store(self) -> Store:
        return Store.open(self.office.database)


def open_place(home: Path, *, password: bool = True, beside: tuple[Desk, ...] = ()) -> Place:
    """Open the desk of 파주 with three announcements, and those of other centres beside it."""
    folder = home / "out"
    desk = made.desk(blogs=(made.blog("paste", folder=folder), made.blog("markdown", folder=home / "posts")))
    clock = Clock()
    home.mkdir(parents=True, exist_ok=True)
    (home / "jiballim.db").write_bytes(_stored())
    if password:
        keep(home)
    office = Office(
        home, home / "jiballim.db", (desk, *beside), clock, lambda: Store.open(home / "jiballim.db", readonly=True),
        lambda one, day: targets(one, made.ENVIRONMENT, day),
        lambda store: (Sent("unknown", "도착했는지 모름", "아침 알림", "paju/staff", "json-1", made.NOW, "", "paju"),), 0.1,
    )  # fmt: skip
    return Place(office, clock, Starlette(routes=[Mount("/desk", build(office))]))


@cache
def _stored() -> bytes:
    """The file of a store with three announcements."""
    with TemporaryDirectory() as folder:
        with made.store(Path(folder)) as store:
            made.take(
                store,
                made.notice(),
                made.notice(
                    "201",
                    "달빛마을 1단지 국민임대 예비입주자 모집",
                    fields={"supply": "국민임대", "closes": "2026-09-04"},
                ),
                made.notice("301", "별빛주택 매입임대 입주자 모집", fields={"supply": "매입임대"}),
            )
        return (Path(folder) / "jiballim.db").read_bytes()


def keep(home: Path, **centres: str) -> None:
    """Set the password of all and those of centres, hashed with little work: the tests' time goes elsewhere."""
    path = home / passwords.FILE
    lines = [f'password = "{_hash(PASSWORD)}"', "[centre]", *(f'{name} = "{_hash(centres[name])}"' for name in centres)]
    path.write_text("\n".join(lines), "utf-8")
    path.chmod(0o600)


def _hash(password: str) -> str:
    return PasswordHasher(1, 8, 1).hash(password)


def login(client: TestClient, password: str = PASSWORD, label: str = "김주무관", **more: str) -> Answer:
    """Fill in the door's form."""
    key = form_key(client.get("/desk/login"))
    answer: Answer = client.post("/desk/login", data={"key": key, "label": label, "password": password, **more})
    return answer


def form_key(page: Answer) -> str:
    """The secret of the forms of a page."""
    found = re.search(r'name="key" value="([0-9a-f]{64})"', page.text)
    assert found, page.text
    return found[1]


def hidden(page: Answer, name: str) -> str:
    """The value of a field of a page."""
    found = re.search(rf'name="{name}" value="([^"]*)"', page.text)
    assert found, page.text
    return unescape(found[1])


def send(client: TestClient, path: str, fields: Mapping[str, Any] | None = None) -> Answer:
    """Send a form of the desk, with the secret of this client."""
    key = form_key(client.get("/desk/paju/own/new"))
    answer: Answer = client.post(path, data={"key": key, **(fields or {})})
    return answer
