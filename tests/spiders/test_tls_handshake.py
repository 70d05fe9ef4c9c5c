"""A site like GH's: it sends its leaf alone and speaks one old cipher. It is read through its profile, and only so."""

from __future__ import annotations

import ssl
import threading
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from http.server import BaseHTTPRequestHandler, HTTPServer
from pathlib import Path

import pytest
from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import rsa
from cryptography.x509.oid import NameOID

from notices.store.views import RunView
from spiders.crawl import crawl
from spiders.registry import load
from spiders.tls import PlatformPlus
from tests.replay import board_list, write_source

CIPHER = "AES256-GCM-SHA384"
_PEM, _NO = serialization.Encoding.PEM, serialization.NoEncryption()


@dataclass
class Signed:
    """A key and its certificate."""

    key: rsa.RSAPrivateKey
    certificate: x509.Certificate

    def pem(self, path: Path, with_key: bool = False) -> Path:
        """Write the certificate, with its key for a server."""
        private = self.key.private_bytes(_PEM, serialization.PrivateFormat.PKCS8, _NO) if with_key else b""
        path.write_bytes(private + self.certificate.public_bytes(_PEM))
        return path


def signed(name: str, by: Signed | None, *, ca: bool = True) -> Signed:
    """A certificate for a name, by an authority or by itself."""
    key = rsa.generate_private_key(65537, 2048)
    own = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, name)])
    day = datetime.now(UTC) - timedelta(days=1)
    built = x509.CertificateBuilder().subject_name(own).issuer_name(by.certificate.subject if by else own)
    built = built.public_key(key.public_key()).serial_number(x509.random_serial_number())
    built = built.not_valid_before(day).not_valid_after(day + timedelta(days=9))
    built = built.add_extension(x509.BasicConstraints(ca=ca, path_length=None), critical=True)
    if not ca:
        built = built.add_extension(x509.SubjectAlternativeName([x509.DNSName(name)]), critical=False)
    return Signed(key, built.sign(by.key if by else key, hashes.SHA256()))


class Site(BaseHTTPRequestHandler):
    """A board."""

    def do_GET(self) -> None:
        """Answer with a list, and nothing else."""
        body = board_list((3, 2, 1)).encode() if self.path.endswith("list.do") else b""
        self.send_response(200 if body else 404)
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, format: str, *args: object) -> None:
        """Stay silent."""


@dataclass
class Place:
    """A running site, and the certificates above it as files."""

    port: int
    root: Path
    middle: Path


@pytest.fixture(scope="module")
def place(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Place]:
    """The site on loopback, under the name localhost."""
    folder = tmp_path_factory.mktemp("tls")
    root = signed("햇살 Root", None)
    middle = signed("햇살 Middle", root)
    leaf = signed("localhost", middle, ca=False).pem(folder / "leaf.pem", with_key=True)
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.maximum_version = ssl.TLSVersion.TLSv1_2
    context.set_ciphers(CIPHER)
    context.load_cert_chain(leaf)
    server = HTTPServer(("127.0.0.1", 0), Site)
    server.socket = context.wrap_socket(server.socket, server_side=True)
    threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.05}, daemon=True).start()
    yield Place(server.server_address[1], root.pem(folder / "root.pem"), middle.pem(folder / "middle.pem"))
    server.shutdown()
    server.server_close()


def read(place: Place, home: Path, host: str = "localhost", transport: str = "") -> RunView:
    """Read the site's list once."""
    tables = f"[transport]\n{transport}" if transport else ""
    write_source(home, "haessal", f"https://{host}:{place.port}/list.do", "details = false", tables)
    overrides = {"TWISTED_DNS_RESOLVER": "scrapy.resolver.CachingHostnameResolver", "RETRY_ENABLED": False}
    return crawl(["haessal"], home=home, contact="ops@haessal.or.kr", overrides=overrides)[0]


def profile(place: Place) -> str:
    """The lines of a source file."""
    return f'tls = "tls12"\nca = "{place.middle}"'


def test_it_is_read_through_its_profile(place: Place, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("SSL_CERT_FILE", str(place.root))
    run = read(place, tmp_path, transport=profile(place))
    assert (run.state, run.listed, run.sentence) == ("done", 3, None)


@pytest.mark.parametrize(
    ("host", "with_profile", "with_root"),
    [("localhost", False, True), ("localhost", True, False), ("127.0.0.1", True, True)],
)
def test_without_profile_root_or_name_it_is_not(
    place: Place, host: str, with_profile: bool, with_root: bool, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The further certificate is no anchor, and the name of the host is checked."""
    monkeypatch.setenv("SSL_CERT_FILE", str(place.root if with_root else place.middle.with_name("none.pem")))
    run = read(place, tmp_path, host, profile(place) if with_profile else "")
    assert (run.state, run.reason) == ("failed", "tls")


def test_the_certificate_that_ghs_server_leaves_out_is_the_one_described() -> None:
    source = load()["gh-rental"]
    assert source.transport.tls == "tls12" and source.transport.ca is not None
    (certificate,) = x509.load_pem_x509_certificates(source.transport.ca.read_bytes())
    table = source.transport.ca.with_name("README.md").read_text("utf-8")
    assert certificate.fingerprint(hashes.SHA256()).hex() in table
    assert PlatformPlus(source.transport.ca)
    assert load()["gh-purchase"].transport == source.transport
