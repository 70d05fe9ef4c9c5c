"""Addresses that stay as they are are told at a glance, and by the same rules as all others."""

from __future__ import annotations

from urllib.parse import quote, urlsplit

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from notices.links import web_link

PIECES = ("a", "b-", "go.kr", "/", "?", "#", "%EA", "@", "[", ":80", "..", ".", "가", "x" * 64, "xn--a", "A")


@settings(max_examples=500, derandomize=True, deadline=None)
@given(st.lists(st.sampled_from(PIECES), min_size=1, max_size=6), st.sampled_from(("http://", "https://")))
def test_an_address_is_returned_as_its_parts_say(pieces: list[str], scheme: str) -> None:
    url = scheme + "www.haessal.go.kr" * (pieces[0] == "/") + "".join(pieces)
    found = web_link(url)
    if found is not None:
        parts = urlsplit(url)
        host = (parts.hostname or "").encode("idna").decode()
        assert urlsplit(found).hostname == host and "@" not in parts.netloc
        assert quote(found, safe="/?#[]@!$&'()*+,;=:~%-._") == found
        assert web_link(found) == found


@pytest.mark.parametrize("url", ["http://a@go.kr/", "https://go..kr/", f"https://{'x' * 64}.kr/", "https://-a.kr/"])
def test_what_is_no_plain_address_is_refused(url: str) -> None:
    assert web_link(url) is None
