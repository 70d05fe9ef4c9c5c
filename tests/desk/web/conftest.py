"""One desk for the tests that only look, a fresh one for those that change something."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.desk.web.office import Place, open_place


@pytest.fixture
def place(tmp_path: Path) -> Place:
    """A fresh desk."""
    return open_place(tmp_path)
