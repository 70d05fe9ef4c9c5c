"""How often the door may be tried: so many times an address, and so many in all, within a while.

A browser that was in before is counted for itself: whoever guesses from many addresses keeps out new browsers as long as
it lasts, never those that staff work at.
"""

from __future__ import annotations

import ipaddress
import threading
from collections import deque

EACH, ALL, WITHIN = 5, 60, 900.0
"""Attempts an address or a known browser, attempts of all strangers, seconds."""
_KNOWN = "known "


class Attempts:
    """Counts attempts in memory; those that were refused are not counted, so what is kept is bounded by `ALL`.

    One process serves the desk, nobody outside can restart it, and no address of anybody is written down.
    """

    def __init__(self) -> None:
        self._made: deque[tuple[float, str]] = deque()
        self._lock = threading.Lock()

    def allow(self, address: str, now: float, known: str = "") -> bool:
        """Count an attempt and tell whether it may be made; `now` in seconds of any steady clock.

        `known` names the browser, where it shows that it was in before.
        """
        one = _one(address, known)
        with self._lock:
            while self._made and self._made[0][0] <= now - WITHIN:
                self._made.popleft()
            of_it = sum(1 for _, other in self._made if other == one)
            strangers = sum(1 for _, other in self._made if not other.startswith(_KNOWN))
            if of_it >= EACH or (not known and strangers >= ALL):
                return False
            self._made.append((now, one))
            return True

    def forgive(self, address: str, known: str = "") -> None:
        """Forget the attempts of whoever got in."""
        one = _one(address, known)
        with self._lock:
            self._made = deque(made for made in self._made if made[1] != one)


def _one(address: str, known: str) -> str:
    return f"{_KNOWN}{known}" if known else _network(address)


def _network(address: str) -> str:
    """An IPv6 user holds a whole /64, and counts as one."""
    try:
        ip = ipaddress.ip_address(address)
    except ValueError:
        return ""
    if isinstance(ip, ipaddress.IPv6Address):
        return str(ip.ipv4_mapped or ipaddress.ip_network((ip, 64), strict=False))
    return str(ip)
