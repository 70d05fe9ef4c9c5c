"""`jiballim open` serves the public folder on loopback, and nothing but it."""

from __future__ import annotations

import threading
import urllib.error
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from jiballim.cli.open_ import server
from notices.errors import Refusal


@contextmanager
def opened(folder: Path) -> Iterator[str]:
    """Serve a folder with a start page and a feed."""
    public = folder / "public"
    (public / "feeds").mkdir(parents=True)
    (public / "index.html").write_text("<title>집알림</title>", "utf-8")
    (public / "404.html").write_text("<title>찾는 쪽이 없습니다</title>", "utf-8")
    (public / "feeds" / "all.xml").write_text("<rss/>", "utf-8")
    (folder / "jiballim.toml").write_text("secret", "utf-8")
    with server(public, 0) as served:
        threading.Thread(target=served.serve_forever, daemon=True).start()
        try:
            assert served.server_address[0] == "127.0.0.1"
            yield f"http://127.0.0.1:{served.server_port}"
        finally:
            served.shutdown()


def test_pages_and_feeds_have_their_types(tmp_path: Path) -> None:
    with opened(tmp_path) as address:
        with urllib.request.urlopen(f"{address}/", timeout=5) as answer:
            assert answer.headers["Content-Type"] == "text/html; charset=utf-8"
            assert "집알림" in answer.read().decode()
        with urllib.request.urlopen(f"{address}/feeds/all.xml", timeout=5) as answer:
            assert answer.headers["Content-Type"].startswith("application/rss+xml")


@pytest.mark.parametrize("path", ["/nothing", "/feeds/", "/../jiballim.toml", "/%2e%2e/jiballim.toml", "/<script>"])
def test_a_wrong_address_gets_the_own_page_and_no_folder_is_listed(tmp_path: Path, path: str) -> None:
    with opened(tmp_path) as address, pytest.raises(urllib.error.HTTPError) as wrong:
        urllib.request.urlopen(address + path, timeout=5)
    body = wrong.value.read().decode()
    assert wrong.value.code == 404 and "찾는 쪽이 없습니다" in body and "script" not in body


def test_without_a_page_it_says_what_to_do(tmp_path: Path) -> None:
    with pytest.raises(Refusal, match="jiballim publish"):
        server(tmp_path / "public", 0)


def test_a_taken_port_is_named(tmp_path: Path) -> None:
    with opened(tmp_path) as address:
        port = int(address.rsplit(":", 1)[1])
        with pytest.raises(Refusal, match="--port"):
            server(tmp_path / "public", port)
