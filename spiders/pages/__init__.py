"""Read pages: bytes and address in, records out. `listing` and `detail` read any board; one-offs stand beside them."""

from __future__ import annotations

from spiders.pages.board import listing
from spiders.pages.detail import detail
from spiders.pages.hints import Hints

__all__ = ["Hints", "detail", "listing"]
