"""A warm process that forks a sender whenever it is told to, so that a test can kill one every few milliseconds."""

from __future__ import annotations

import os
import sys
from datetime import timedelta
from pathlib import Path

from notices.store import Store, lock
from notify.channels import service
from notify.deliver import deliver
from notify.targets import Target
from tests.notify.made import NOW

KEEPS = ("safe-1", "safe-2")
"""Targets whose receiver drops a repeat by its id."""

PLAIN = ("plain-1", "plain-2")
"""Targets that take whatever comes."""

RECENT = 20


def targets(port: int) -> dict[str, Target]:
    """Return the targets at a web hook."""
    return {n: Target(n, f"json://127.0.0.1:{port}/ok/{n}", confirms=n in KEEPS) for n in (*KEEPS, *PLAIN)}


def work(path: Path, port: int, number: int, *, everything: bool = False) -> None:
    """Intend the messages of the latest batches, as a program does that starts again, and deliver what is due."""
    with lock(path), Store.open(path) as store:
        with store.transaction():
            for n in range(0 if everything else max(0, number - RECENT), number + 1):
                for name in (*KEEPS, *PLAIN):
                    store.outbox.intend(
                        f"batch-{n}", name, "r", f"제목 {n}", "본문\n", None, NOW, confirmable=name in KEEPS
                    )
        deliver(store.outbox, NOW + timedelta(minutes=number), targets(port).get)


def main() -> None:
    """Read "number everything" lines; for each fork a sender, say its pid, wait for its end and say so."""
    path, port = Path(sys.argv[1]), int(sys.argv[2])
    service(f"json://127.0.0.1:{port}/warm")
    for line in sys.stdin:
        number, everything = line.split()
        pid = os.fork()
        if pid == 0:
            code = 1
            try:
                work(path, port, int(number), everything=everything == "1")
                code = 0
            finally:
                os._exit(code)
        print(pid, flush=True)
        print(os.waitstatus_to_exitcode(os.waitpid(pid, 0)[1]), flush=True)


if __name__ == "__main__":
    main()
