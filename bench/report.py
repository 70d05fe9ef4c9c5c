"""One measured line beside its target and its floor, printed the same way by every room."""

from __future__ import annotations

import math
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Line:
    """A figure: `value` in `unit` against `target` (at most, unless `at_least`), beside the bare-calls `floor`.

    Without a target it is another program's, shown beside ours; NaN where that was not measured.
    """

    name: str
    value: float
    unit: str
    target: float | None
    floor: float | None = None
    at_least: bool = False
    note: str = ""

    @property
    def met(self) -> bool:
        """Whether the target is reached."""
        if self.target is None:
            return True
        return self.value >= self.target if self.at_least else self.value <= self.target

    def __str__(self) -> str:
        if self.target is None:
            value = "-" if math.isnan(self.value) else f"{self.value:.3g}"
            return f"{self.name:52} {value:>9} {self.unit:8} {self.note}".rstrip()
        sign = "≥" if self.at_least else "≤"
        floor = "" if self.floor is None else f"  floor {self.floor:.3g}"
        verdict = "met" if self.met else "NOT MET"
        return f"{self.name:52} {self.value:9.3g} {self.unit:8} {sign} {self.target:g}{floor}  {verdict}  {self.note}".rstrip()
