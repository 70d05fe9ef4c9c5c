"""Decide whether two notices are the same, a revision, a follow-up or different, and where a new notice belongs."""

from notices.matching.judge import judge
from notices.matching.place import place
from notices.matching.side import Judgement, Placement, Side, side
from notices.matching.title import core, stem

__all__ = ["Judgement", "Placement", "Side", "core", "judge", "place", "side", "stem"]
