"""TLS profiles are exceptions by host: certificates and host names stay checked, other hosts keep Scrapy's own policy."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from pathlib import Path
from types import SimpleNamespace

import pytest
from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.x509.oid import NameOID
from OpenSSL import SSL

from spiders import crawl
from spiders.registry import read
from spiders.tls import PerHost
from tests.replay import write_source


class Plain:
    """Stands for Scrapy's own policy."""

    def creatorForNetloc(self, hostname: bytes, port: int) -> str:  # noqa: N802 - Twisted's interface
        return f"plain {hostname.decode()}:{port}"


@pytest.fixture
def ca(tmp_path: Path) -> Path:
    """A certificate that a site may fail to send."""
    key, name = ec.generate_private_key(ec.SECP256R1()), x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, "햇살 CA")])
    day = datetime(2026, 11, 24, tzinfo=UTC)
    built = x509.CertificateBuilder().subject_name(name).issuer_name(name).public_key(key.public_key())
    built = built.serial_number(7).not_valid_before(day).not_valid_after(day + timedelta(days=9))
    path = tmp_path / "sources" / "haessal-ca.pem"
    path.parent.mkdir()
    path.write_bytes(built.sign(key, hashes.SHA256()).public_bytes(serialization.Encoding.PEM))
    return path


@pytest.mark.parametrize("tls", ["default", "tls12", "legacy"])
def test_a_profile_verifies_and_holds_for_its_host_only(ca: Path, tls: str) -> None:
    policy = PerHost(Plain(), {"www.haessal.go.kr": (tls, str(ca))})
    options = policy.creatorForNetloc(b"www.haessal.go.kr", 443)
    connection: SSL.Connection = options.clientConnectionForTLS(
        SimpleNamespace(factory=SimpleNamespace(wrappedFactory=None))
    )
    assert connection.get_verify_mode() & SSL.VERIFY_PEER
    assert policy.creatorForNetloc(b"other.go.kr", 443) == "plain other.go.kr:443"


def test_a_source_file_names_its_profile(ca: Path, tmp_path: Path) -> None:
    write_source(
        tmp_path,
        "haessal",
        "https://www.haessal.go.kr/list.do",
        tables='[transport]\ntls = "tls12"\nca = "haessal-ca.pem"',
    )
    made = crawl.settings([read(tmp_path / "sources" / "haessal.toml")], "ops@haessal.or.kr", "")
    assert made["TLS_PROFILES"]["www.haessal.go.kr"] == ["tls12", str(ca)]
