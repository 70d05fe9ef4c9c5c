"""How soon the command line answers, as whole processes."""

from __future__ import annotations

import statistics
import subprocess
import sys
import time
from collections.abc import Iterator

from bench.report import Line

_RUNS = 9


def _seconds(*command: str) -> float:
    times = []
    for _ in range(_RUNS):
        start = time.perf_counter()
        subprocess.run([sys.executable, *command], check=True, capture_output=True)
        times.append(time.perf_counter() - start)
    return statistics.median(times)


def lines() -> Iterator[Line]:
    """Time --help beside a bare interpreter that imports click."""
    floor = _seconds("-c", "import click")
    shown = _seconds("-c", "from jiballim.cli import main; main(['--help'])")
    yield Line("jiballim --help", shown, "s", 0.15, floor, note=f"median of {_RUNS} processes")
