"""How often the door may be tried: so many times an address, and so many in all, within a while."""

from __future__ import annotations

import ipaddress
import threading
from collections import deque

EACH, ALL, WITHIN = 5, 60, 900.0
"""Attempts an address, attempts in all, seconds."""


class Attempts:
    """Counts attempts in memory; those that were refused are not counted, so what is kept is bounded by `ALL`."""

    def __init__(self) -> None:
        self._made: deque[tuple[float, str]] = deque()
        self._lock = threading.Lock()

    def allow(self, address: str, now: float) -> bool:
        """Count an attempt and tell whether it may be made; `now` in seconds of any steady clock."""
        network = _network(address)
        with self._lock:
            while self._made and self._made[0][0] <= now - WITHIN:
                self._made.popleft()
            of_it = sum(1 for _, other in self._made if other == network)
            if of_it >= EACH or len(self._made) >= ALL:
                return False
            self._made.append((now, network))
            return True

    def forgive(self, address: str) -> None:
        """Forget the attempts of an address that got in."""
        network = _network(address)
        with self._lock:
            self._made = deque(one for one in self._made if one[1] != network)


def _network(address: str) -> str:
    """An IPv6 user holds a whole /64, and counts as one."""
    try:
        ip = ipaddress.ip_address(address)
    except ValueError:
        return ""
    if isinstance(ip, ipaddress.IPv6Address):
        return str(ip.ipv4_mapped or ipaddress.ip_network((ip, 64), strict=False))
    return str(ip)
