"""The sample mornings and one whole day, each played once for all tests that look at them (one xdist group, one worker)."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from jiballim.demo import play
from tests.jiballim.day import Day, played_day


@pytest.fixture(scope="session")
def played(tmp_path_factory: pytest.TempPathFactory) -> play.Played:
    """The project's own sample mornings; read only."""
    return play.play(tmp_path_factory.mktemp("played") / "demo")


@pytest.fixture(scope="session")
def day(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Day]:
    """The last sample day alone, over every source at once; read only."""
    with played_day(tmp_path_factory.mktemp("day") / "home") as day:
        yield day
