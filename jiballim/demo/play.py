"""Play the sample mornings: the real sources, the real crawl, the real outbox, against stand-ins on loopback."""

from __future__ import annotations

import os
import shutil
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from importlib.resources.abc import Traversable
from pathlib import Path
from typing import TYPE_CHECKING

from jiballim import account, compose, config, work
from jiballim.demo import sites
from spiders.standins import Request, Response, serve

if TYPE_CHECKING:
    from spiders.crawl import Step

_INBOX = "inbox.example.kr"
_ENV = "JIBALLIM_URLS_DEMO"
_SETTINGS = f"""# 견본 설치의 설정. 실제로 쓸 때는 <home>/jiballim.toml에 이렇게 적습니다.
title = "견본 주거복지센터 집알림"
base_url = "http://localhost:8000/"
sources = {list(sites.SOURCES)!r}

[[centre]]
name = "demo"
title = "견본 주거복지센터"

[[centre.route]]
name = "staff"
urls_env = ["{_ENV}"]
days = "daily"
""".replace("'", '"')


@dataclass(frozen=True, slots=True)
class Played:
    """What came of it."""

    settings: config.Config
    told: account.Account
    feeds: int
    subjects: tuple[str, ...]
    letter: str


def play(home: Path, progress: Callable[[Step], None] | None = None, pages: Traversable | None = None) -> Played:
    """Play all mornings into an empty folder; `pages` are other sample pages than the project's own."""
    shutil.rmtree(home, ignore_errors=True)
    home.mkdir(parents=True)
    (home / config.NAME).write_text(_SETTINGS, "utf-8")
    settings = config.load(home)
    letters: list[str] = []
    feeds = 0

    def answer(request: Request) -> Response:
        if request.host == _INBOX:
            letters.append(request.label)
            return Response("{}", content_type="application/json")
        page = sites.answer(int(request.label), request.host, request.path, request.query, pages)
        return Response(page.body, page.status, page.content_type)

    with serve(answer) as served, _environment(_ENV, served.origin):
        for number, morning in enumerate(sites.DAYS, 1):
            work.crawl(settings, (), now=morning, replay_origin=served.labelled(str(number)), progress=progress)
            feeds = work.publish(settings, morning).feeds
            last = work.notify(settings, morning, force=True)
    with compose.store(settings, readonly=True) as store:
        told = account.account(store, sites.DAYS[0])
        sent = store.outbox.deliveries(states=("sent",))
    letter = sent[0].text if sent and last.made else ""
    return Played(settings, told, feeds, tuple(d.subject for d in reversed(sent)), letter)


class _environment:  # noqa: N801 - used as a function
    """The loopback inbox as the target of the demo's route, for as long as it is open."""

    def __init__(self, name: str, origin: str) -> None:
        self._name = name
        self._url = f"{origin.replace('http', 'json', 1)}/{_INBOX}/"
        self._before: str | None = None

    def __enter__(self) -> None:
        self._before = os.environ.get(self._name)
        os.environ[self._name] = self._url

    def __exit__(self, *_: object) -> None:
        if self._before is None:
            os.environ.pop(self._name, None)
        else:
            os.environ[self._name] = self._before


def lines(played: Played) -> Iterator[str]:
    """Give the account of the demo in plain Korean, and what to type next."""
    home = played.settings.home
    first, last = sites.DAYS[0], sites.DAYS[-1]
    yield f"견본 사이트로 {first:%-m월 %-d일}부터 {last:%-m월 %-d일}까지 나흘 아침을 해 보았습니다."
    yield ""
    yield from account.lines(played.told)
    yield f"알림      {len(played.subjects)}통을 이 컴퓨터 안의 받는 곳에 보냈습니다."
    yield from (f"  · {subject}" for subject in played.subjects)
    yield ""
    yield "마지막 아침 알림은 이렇게 갔습니다."
    yield from (f"  │ {line}" for line in played.letter.rstrip().splitlines())
    yield ""
    yield f"피드      {played.settings.public} ({played.feeds:,}가지)"
    yield f"주민 쪽   {played.settings.public / 'index.html'}"
    yield f"저장소    {played.settings.database}"
    yield "견본이라 링크의 공고는 실제로는 없습니다."
    yield ""
    yield "다음에 해 볼 것"
    yield f"  .venv/bin/jiballim --home {home} open      주민이 보는 쪽을 브라우저로 열기"
    yield f"  .venv/bin/jiballim --home {home} search 파주"
    yield f"  .venv/bin/jiballim --home {home} explain 1"
    yield "  .venv/bin/jiballim doctor        실제로 쓰려면 무엇이 더 필요한지"
