"""The last sample day over every source that is read, by page and by API, all the way: crawl, store, publish, notify."""

from __future__ import annotations

import contextlib
import io
import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from jiballim import config, work
from jiballim.demo import play
from jiballim.demo.sites import KEYS, Sites
from jiballim.demo.world import DAYS
from notices.store.views import RunView
from spiders.crawl import crawl
from spiders.standins import Request, Response, Served, serve

INBOX = "inbox.example.kr"


@dataclass(frozen=True)
class Day:
    """What the day left behind; `said` is all that was printed."""

    settings: config.Config
    runs: dict[str, RunView]
    served: Served
    said: str

    def rows(self, query: str) -> list[tuple[Any, ...]]:
        """Rows of the store."""
        with sqlite3.connect(self.settings.database) as db:
            return db.execute(query).fetchall()


@contextmanager
def played_day(home: Path) -> Iterator[Day]:
    """Play the day; the sites stay up for as long as it is looked at."""
    sites, said = Sites(), io.StringIO()
    settings = play.settle(home, sites)

    def answer(request: Request) -> Response:
        return Response("{}", content_type="application/json") if request.host == INBOX else sites(request)

    with serve(answer) as served:
        told = contextlib.redirect_stdout(said), contextlib.redirect_stderr(said)
        urls = f"{served.origin.replace('http', 'json', 1)}/{INBOX}/"
        with told[0], told[1], play.environment(KEYS | {play.ENV: urls}):
            runs = crawl(
                tuple(sites.sites),
                home=settings.home,
                now=DAYS[-1],
                replay_origin=served.labelled(str(len(DAYS))),
                overrides={"LOG_LEVEL": "DEBUG"},
            )
            work.publish(settings, DAYS[-1])
            work.notify(settings, DAYS[-1], force=True)
        yield Day(settings, {run.source: run for run in runs}, served, said.getvalue())
