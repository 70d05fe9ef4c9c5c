"""Refuse private addresses at the moment of connecting, so that no name, redirect or second look-up leads inside."""

from __future__ import annotations

import ipaddress
import logging
from collections.abc import Iterable
from typing import Any

from scrapy.resolver import CachingHostnameResolver
from twisted.internet.interfaces import IHostnameResolver
from zope.interface import implementer

Address = ipaddress.IPv4Address | ipaddress.IPv6Address
_NAT64 = ipaddress.ip_network("64:ff9b::/96")
_log = logging.getLogger(__name__)
refused: set[str] = set()
"""Host names whose every address was refused in this process."""


def _unwrapped(ip: Address) -> Address:
    """The IPv4 address that an IPv6 address stands for, if it does."""
    if isinstance(ip, ipaddress.IPv4Address):
        return ip
    if ip in _NAT64:
        return ipaddress.ip_address(int(ip) & 0xFFFFFFFF)
    return ip.ipv4_mapped or ip.sixtofour or (ip.teredo[1] if ip.teredo else ip)


class AddressPolicy:
    """Allows addresses of the public internet, and the networks named."""

    def __init__(self, allow: Iterable[str] = ()) -> None:
        self._allow = [ipaddress.ip_network(network) for network in allow]

    def ok(self, text: str) -> bool:
        """Tell whether an address may be connected to."""
        ip = _unwrapped(ipaddress.ip_address(text.split("%")[0]))
        if any(ip.version == network.version and ip in network for network in self._allow):
            return True
        return ip.is_global and not ip.is_multicast and not ip.is_reserved


class _Receiver:
    """Passes on the addresses that the policy allows."""

    def __init__(self, receiver: Any, host: str, policy: AddressPolicy) -> None:
        self._receiver, self._host, self._policy = receiver, host, policy
        self._passed = self._stopped = False

    def resolutionBegan(self, resolution: Any) -> None:  # noqa: N802 - Twisted's interface
        self._receiver.resolutionBegan(resolution)

    def addressResolved(self, address: Any) -> None:  # noqa: N802
        if self._policy.ok(address.host):
            self._passed = True
            self._receiver.addressResolved(address)
        else:
            self._stopped = True
            _log.warning("refused to connect to %s, which is not public", self._host)

    def resolutionComplete(self) -> None:  # noqa: N802
        if self._stopped and not self._passed:
            refused.add(self._host)
        self._receiver.resolutionComplete()


@implementer(IHostnameResolver)
class GuardedResolver(CachingHostnameResolver):
    """Scrapy's caching resolver behind the policy; TWISTED_DNS_RESOLVER names it. Connections go only to what it passes."""

    def __init__(self, reactor: Any, cache_size: int, policy: AddressPolicy) -> None:
        super().__init__(reactor, cache_size)
        self._policy = policy

    @classmethod
    def from_crawler(cls, crawler: Any, reactor: Any) -> GuardedResolver:
        """Make the resolver; loopback is allowed only while stand-ins are replayed."""
        allow = ["127.0.0.1/32"] if crawler.settings["REPLAY_ORIGIN"] else []
        return cls(reactor, crawler.settings.getint("DNSCACHE_SIZE"), AddressPolicy(allow))

    def resolveHostName(self, resolutionReceiver: Any, hostName: str, *args: Any, **kwargs: Any) -> Any:  # noqa: N802, N803
        """Resolve a name; addresses that are not allowed never reach the one who connects."""
        receiver = _Receiver(resolutionReceiver, hostName, self._policy)
        return super().resolveHostName(receiver, hostName, *args, **kwargs)
