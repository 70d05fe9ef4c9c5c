"""Run every room's measurements: `python -m bench [ROOM …]`."""

from __future__ import annotations

import importlib
import pkgutil
import sys

import bench


def main() -> None:
    """Print a line a figure, with its target and floor."""
    rooms = sys.argv[1:] or sorted(
        m.name for m in pkgutil.iter_modules(bench.__path__) if m.name not in {"__main__", "report"}
    )
    for room in rooms:
        for line in importlib.import_module(f"bench.{room}").lines():
            print(line, flush=True)


if __name__ == "__main__":
    main()
