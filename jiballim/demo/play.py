"""Play the sample mornings: the real sources, the real crawl, the real outbox, against stand-ins on loopback."""

from __future__ import annotations

import os
import shutil
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from importlib.resources.abc import Traversable
from pathlib import Path
from typing import TYPE_CHECKING

from jiballim import account, compose, config, work
from jiballim.demo.sites import KEYS, ROOT, Sites
from jiballim.demo.world import DAYS
from spiders.standins import Request, Response, serve

if TYPE_CHECKING:
    from spiders.crawl import Step

LETTERS = "letters"
"""The folder of the home that keeps what was sent."""

KEYS_FROM = 2
"""The morning from which the sample operator has keys."""

ENV = "JIBALLIM_URLS_DEMO"
"""The variable that names the inbox of the sample installation."""

_INBOX = "inbox.example.kr"
_BLOG = "sample-centre-blog"
_SETTINGS = """# 견본 설치의 설정. 실제로 쓸 때는 <home>/jiballim.toml에 이렇게 적습니다.
title = "견본 주거복지센터 집알림"
base_url = "http://localhost:8000/"
sources = [
{sources}
]

[[centre]]
name = "demo"
title = "견본 주거복지센터"

[[centre.route]]
name = "staff"
urls_env = ["{env}"]
days = "daily"
"""


@dataclass(frozen=True, slots=True)
class Played:
    """What came of it."""

    settings: config.Config
    told: account.Account
    feeds: int
    subjects: tuple[str, ...]
    letter: str


def play(home: Path, progress: Callable[[Step], None] | None = None, root: Traversable = ROOT) -> Played:
    """Play all mornings into an empty folder; `root` holds other sample sites than the project's own."""
    sites = Sites(root)
    settings = settle(home, sites, root)
    feeds = 0

    def answer(request: Request) -> Response:
        return Response("{}", content_type="application/json") if request.host == _INBOX else sites(request)

    with serve(answer) as served:
        inbox = f"{served.origin.replace('http', 'json', 1)}/{_INBOX}/"
        for number, morning in enumerate(DAYS, 1):
            with environment({ENV: inbox} | (KEYS if number >= KEYS_FROM else dict.fromkeys(KEYS))):
                work.crawl(settings, (), now=morning, replay_origin=served.labelled(str(number)), progress=progress)
                feeds = work.publish(settings, morning).feeds
                last = work.notify(settings, morning, force=True)
    with compose.store(settings, readonly=True) as store:
        told = account.account(store, DAYS[0])
        sent = store.outbox.deliveries(states=("sent",))
    letters = [f"{one.subject}\n\n{one.text}" for one in reversed(sent)]
    for morning, text in zip(DAYS, letters, strict=False):
        (home / LETTERS / f"{morning:%m-%d}.txt").write_text(text, "utf-8")
    letter = sent[0].text if sent and last.made else ""
    return Played(settings, told, feeds, tuple(d.subject for d in reversed(sent)), letter)


def settle(home: Path, sites: Sites, root: Traversable = ROOT) -> config.Config:
    """Make an empty folder an installation that listens to all sample sites."""
    shutil.rmtree(home, ignore_errors=True)
    (home / "sources").mkdir(parents=True)
    (home / LETTERS).mkdir()
    (home / "sources" / f"{_BLOG}.toml").write_text((root / f"{_BLOG}.toml").read_text("utf-8"), "utf-8")
    names = "\n".join(f'    "{name}",' for name in sites.sites)
    (home / config.NAME).write_text(_SETTINGS.format(sources=names, env=ENV), "utf-8")
    return config.load(home)


@contextmanager
def environment(values: Mapping[str, str | None]) -> Iterator[None]:
    """Set variables of the environment for a while; None takes one away."""
    before = {name: os.environ.get(name) for name in values}
    try:
        _set(values)
        yield
    finally:
        _set(before)


def _set(values: Mapping[str, str | None]) -> None:
    for name, value in values.items():
        if value is None:
            os.environ.pop(name, None)
        else:
            os.environ[name] = value
