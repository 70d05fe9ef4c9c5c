"""What was heard, understood, decided and sent, in one SQLite file; all SQL of the program lives here."""

from notices.store.checks import Check
from notices.store.errors import StoreError
from notices.store.explain import Explanation, Witness, explain
from notices.store.lock import lock
from notices.store.notices import Edition, Known
from notices.store.revisits import Revisit, heading
from notices.store.sources import PageState, SourceInfo
from notices.store.store import Store

__all__ = [
    "Check",
    "Edition",
    "Explanation",
    "Known",
    "PageState",
    "Revisit",
    "SourceInfo",
    "Store",
    "StoreError",
    "Witness",
    "explain",
    "heading",
    "lock",
]
