"""How long work shows itself: one moving line for a person who watches, a plain line a source otherwise."""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING, TextIO

from jiballim.words import STATES

if TYPE_CHECKING:
    from spiders.crawl import Step


class Progress:
    """Told of every step of a crawl."""

    def __init__(self, stream: TextIO | None = None, *, quiet: bool = False) -> None:
        self._stream = stream or sys.stderr
        self._moving = self._stream.isatty()
        self._quiet = quiet
        self._ended: set[str] = set()

    def __call__(self, step: Step) -> None:
        """Show a step."""
        if self._quiet:
            return
        said = f"{step.source}: {step.listed:,}줄, 새 글 {step.new:,}, 글 {step.details:,}개 읽음"
        if self._moving:
            self._stream.write(f"\r\033[K{said}")
        elif step.state != "running" and step.source not in self._ended:
            self._ended.add(step.source)
            self._stream.write(f"{said} ({STATES.get(step.state, step.state)})\n")
        self._stream.flush()

    def end(self) -> None:
        """Clear the moving line."""
        if self._moving and not self._quiet:
            self._stream.write("\r\033[K")
            self._stream.flush()
