"""Private addresses are refused when connecting, by whatever name they are reached."""

from __future__ import annotations

from pathlib import Path

import pytest

from spiders.crawl import crawl
from spiders.guard import AddressPolicy
from spiders.standins import Response, serve
from tests.replay import write_source


@pytest.mark.parametrize(
    "address",
    [
        "127.0.0.1",
        "127.9.9.9",
        "10.0.0.1",
        "172.16.0.1",
        "192.168.0.1",
        "169.254.169.254",
        "100.64.0.1",
        "0.0.0.0",
        "224.0.0.1",
        "255.255.255.255",
        "::1",
        "::",
        "fe80::1%eth0",
        "fc00::1",
        "::ffff:127.0.0.1",
        "::ffff:10.0.0.1",
        "64:ff9b::7f00:1",
        "2002:7f00:1::",
    ],
)
def test_inner_addresses_are_refused(address: str) -> None:
    assert not AddressPolicy().ok(address)


@pytest.mark.parametrize("address", ["8.8.8.8", "203.247.66.1", "2001:4860:4860::8888", "64:ff9b::808:808"])
def test_public_addresses_pass(address: str) -> None:
    assert AddressPolicy().ok(address)


def test_loopback_passes_only_by_name_of_its_network() -> None:
    policy = AddressPolicy(["127.0.0.1/32"])
    assert policy.ok("127.0.0.1")
    assert not policy.ok("127.0.0.2")
    assert not policy.ok("10.0.0.1")


def test_a_crawl_of_real_sites_never_reaches_inside(tmp_path: Path) -> None:
    with serve(lambda request: Response("안쪽")) as served:
        port = served.origin.rsplit(":", 1)[1]
        for name, host in (
            ("name", "localhost"),
            ("literal", "127.0.0.1"),
            ("number", "2130706433"),
            ("hex", "0x7f.1"),
        ):
            write_source(tmp_path, name, f"http://{host}:{port}/list.do")
        runs = crawl(["name", "literal", "number", "hex"], home=tmp_path, contact="ops@haessal.or.kr")
        assert served.requests == []
    assert {run.source: run.reason for run in runs} == dict.fromkeys(("name", "literal", "number", "hex"), "refused")
