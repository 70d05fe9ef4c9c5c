"""Shared switches of the tests: expected outputs are renewed only by --accept, and a skip fails where none is allowed."""

from __future__ import annotations

import os
from collections.abc import Generator
from pathlib import Path

import pytest

SHARED = Path(__file__).resolve().parents[2] / "shared"


def pytest_addoption(parser: pytest.Parser) -> None:
    """Add --accept."""
    parser.addoption("--accept", action="store_true", help="renew the expected outputs")


@pytest.fixture
def accept(request: pytest.FixtureRequest) -> bool:
    """Whether expected outputs are to be renewed."""
    return bool(request.config.getoption("--accept"))


@pytest.fixture(scope="session")
def corpus() -> Path:
    """The folder of real captures beside the project; without it the test skips."""
    if not (SHARED / "corpus").is_dir():
        pytest.skip(f"no corpus of real pages at {SHARED / 'corpus'}")
    return SHARED / "corpus"


@pytest.hookimpl(wrapper=True)
def pytest_runtest_makereport(
    item: pytest.Item, call: pytest.CallInfo[None]
) -> Generator[None, pytest.TestReport, pytest.TestReport]:
    """Turn a skip into a failure under JIBALLIM_NO_SKIP=1."""
    report = yield
    if os.environ.get("JIBALLIM_NO_SKIP") == "1" and report.skipped:
        report.outcome = "failed"
        report.longrepr = f"skipped although JIBALLIM_NO_SKIP=1: {report.longrepr}"
    return report
