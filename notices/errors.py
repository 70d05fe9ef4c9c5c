"""The one kind of error that people see: a sentence that says what, which source or key, and what to do."""

from __future__ import annotations


class Refusal(Exception):  # noqa: N818 - it refuses to go on; it is no programming error
    """Something cannot be done; `str()` is one Korean sentence for the person at the keyboard."""


class WrongUse(Refusal):
    """The command or the configuration is wrong: exit code 2."""
