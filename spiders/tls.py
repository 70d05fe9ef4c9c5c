"""Reach sites with old or incomplete TLS, each by name, without ever leaving a certificate or a host name unchecked."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import Any

from cryptography import x509
from OpenSSL import crypto
from scrapy.core.downloader.handlers.http11 import HTTP11DownloadHandler
from twisted.internet._sslverify import IOpenSSLTrustRoot
from twisted.internet.ssl import AcceptableCiphers, TLSVersion, optionsForClientTLS
from twisted.web.iweb import IPolicyForHTTPS
from zope.interface import implementer

_CIPHERS = {"default": "DEFAULT", "tls12": "DEFAULT", "legacy": "DEFAULT:@SECLEVEL=0"}


@implementer(IOpenSSLTrustRoot)
class PlatformPlus:
    """The platform's roots and further intermediate certificates, which are no anchors by themselves."""

    def __init__(self, ca: Path | None) -> None:
        self._certificates = x509.load_pem_x509_certificates(ca.read_bytes()) if ca else []

    def _addCACertsToContext(self, context: Any) -> None:  # noqa: N802 - Twisted's interface
        context.set_default_verify_paths()
        for certificate in self._certificates:
            context.get_cert_store().add_cert(crypto.X509.from_cryptography(certificate))


@implementer(IPolicyForHTTPS)
class PerHost:
    """Scrapy's own policy, but for the hosts that have a profile: (tls, ca) each."""

    def __init__(self, plain: Any, profiles: Mapping[str, tuple[str, str]]) -> None:
        self._plain = plain
        self._profiles = {
            host: (
                tls,
                PlatformPlus(Path(ca) if ca else None),
                AcceptableCiphers.fromOpenSSLCipherString(_CIPHERS[tls]),
            )
            for host, (tls, ca) in profiles.items()
        }

    def creatorForNetloc(self, hostname: bytes, port: int) -> Any:  # noqa: N802 - Twisted's interface
        """Return the options for a connection to a host."""
        host = hostname.decode("ascii")
        if host not in self._profiles:
            return self._plain.creatorForNetloc(hostname, port)
        tls, root, ciphers = self._profiles[host]
        extra: dict[str, Any] = {"acceptableCiphers": ciphers, "fixBrokenPeers": True}
        if tls == "tls12":
            extra.update(insecurelyLowerMinimumTo=TLSVersion.TLSv1_2, lowerMaximumSecurityTo=TLSVersion.TLSv1_2)
        elif tls == "legacy":
            extra["insecurelyLowerMinimumTo"] = TLSVersion.TLSv1_0
        return optionsForClientTLS(host, trustRoot=root, extraCertificateOptions=extra)


class ProfiledHandler(HTTP11DownloadHandler):
    """Scrapy's handler with a TLS profile a host, from the setting TLS_PROFILES ({host: [tls, ca]})."""

    def __init__(self, crawler: Any) -> None:
        super().__init__(crawler)
        if profiles := crawler.settings.getdict("TLS_PROFILES"):
            self._contextFactory: Any = PerHost(self._contextFactory, {h: (p[0], p[1]) for h, p in profiles.items()})
