"""The sample mornings, played once for all tests that look at them (one xdist group, one worker)."""

from __future__ import annotations

import pytest

from jiballim.demo import play


@pytest.fixture(scope="session")
def played(tmp_path_factory: pytest.TempPathFactory) -> play.Played:
    """The project's own sample mornings; read only."""
    return play.play(tmp_path_factory.mktemp("played") / "demo")
