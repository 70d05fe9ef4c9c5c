"""Sixty days of a board: every silent edit of an open post is found within a day, and nothing starves on a budget."""

from __future__ import annotations

import random
from collections import Counter, defaultdict
from dataclasses import dataclass, field
from datetime import date, datetime, time, timedelta
from pathlib import Path

import pytest

from notices.model import RunState
from tests.replay import NOON, Walker
from tests.spiders.open_board import DAY, Board, Post, board, editions


@dataclass
class World:
    """Sixty days of a board: what was edited when, and when that was found."""

    edits: dict[str, list[datetime]] = field(default_factory=lambda: defaultdict(list))
    down: set[tuple[date, str]] = field(default_factory=set)
    asked: Counter[tuple[date, str]] = field(default_factory=Counter)
    requests: Counter[date] = field(default_factory=Counter)
    open_on: Counter[date] = field(default_factory=Counter)


def live(walks: Walker, site: Board, world: World, chance: random.Random, days: int, crash: float = 0.0) -> None:
    """Let a board live: posts appear, are edited at odd hours while open, fail and answer again; one run a day."""
    number = 0
    for _ in range(days):
        today = walks.now.date()
        for _ in range(chance.choice((0, 0, 1, 1)) if number else 1):
            number += 1
            site.add(number, today, chance.choice((None, today + chance.randint(3, 25) * DAY)))
        for post in site.posts.values():
            still = post.posted + 29 * DAY if post.closes is None else post.closes
            world.open_on[today] += still >= today
            if today <= still - DAY and post.posted < today and chance.random() < 0.12:
                edit(post, chance)
                world.edits[str(post.number)].append(walks.now - timedelta(hours=chance.uniform(0, 23)))
            post.status = 500 if chance.random() < 0.01 else 200
            if post.status != 200:
                world.down.add((today, str(post.number)))
        before = len(walks.asked)
        if chance.random() < crash:
            walks.walk_all(["haessal"], site, most=chance.randint(1, 20))
            walks.store.runs.abort_unfinished()
        walks.walk_all(["haessal"], site)
        for request in walks.asked[before:]:
            world.requests[today] += 1
            world.asked[today, request.query.get("no", "list")] += 1
        walks.now = datetime.combine(today + DAY, time(9, chance.randint(0, 40)), NOON.tzinfo)


def edit(post: Post, chance: random.Random) -> None:
    """Change a post in silence: text, files or dates."""
    what = chance.choice(("text", "files", "closes"))
    if what == "closes" and post.closes is not None:
        post.closes += chance.randint(1, 4) * DAY
    elif what == "files":
        post.files = (*post.files, f"붙임 {len(post.files) + 1}.hwp")
    else:
        post.text += f" 문의는 {chance.randint(1, 9_999)}번 창구로 하십시오."


@pytest.mark.parametrize(("seed", "tags", "crash"), [(1, False, 0.0), (2, True, 0.0), (3, True, 0.3)])
def test_sixty_days_every_silent_edit_of_an_open_post_is_found_within_a_day(
    tmp_path: Path, seed: int, tags: bool, crash: float
) -> None:
    """With one run a day, posts that leave the list while they are open, pages that fail, and runs that are killed."""
    site, world = Board(shown=6, tags=tags), World()
    with board(tmp_path) as walks:
        live(walks, site, world, random.Random(seed), 60, crash)
        late: list[tuple[date, str]] = []
        for key, times in world.edits.items():
            found = walks.store.notices.find("haessal", key)
            assert found is not None
            seen = [edition.at for edition in walks.store.notices.editions(found)[1:]]
            assert len(seen) <= len(times)
            late += [(at.date(), key) for at in times if not any(at <= then <= at + DAY for then in seen)]
        assert sum(map(len, world.edits.values())) > 25
        assert not [one for one in late if not {one, (one[0] + DAY, one[1])} & world.down]
        unedited = [key for key in map(str, site.posts) if key not in world.edits]
        assert all(editions(walks, key) == 1 for key in unedited)
        oldest = [sum(world.asked[day, "1"] for day in list(world.open_on)[n : n + 20]) for n in (0, 20, 40)]
        assert oldest[0] > oldest[2]
        per_open = [world.requests[day] / (world.open_on[day] + 1) for day in world.requests]
        assert max(per_open[5:]) <= 3


def test_sixty_days_on_a_tight_budget_nothing_is_exceeded_and_nothing_starves(tmp_path: Path) -> None:
    site, world = Board(shown=6), World()
    with board(tmp_path, "budget = 12") as walks:
        live(walks, site, world, random.Random(4), 60, 0.2)
        assert max(world.requests.values()) <= 12
        days = list(world.open_on)
        for post in site.posts.values():
            until = min(post.closes or post.posted + 29 * DAY, days[-1])
            looks = [day for day in days if world.asked[day, str(post.number)] and day <= until]
            waits = [(b - a).days for a, b in zip([post.posted, *looks], [*looks, until], strict=False)]
            assert max(waits, default=0) <= 8, post.number
        cut = [run for run in walks.store.runs.recent(NOON - DAY) if run.reason == "budget"]
        assert len(cut) > 20
        assert {run.state for run in cut} <= {RunState.DONE, RunState.PARTIAL, RunState.ABORTED}
        assert not [run for run in walks.store.runs.recent(NOON - DAY) if run.state is RunState.FAILED]
