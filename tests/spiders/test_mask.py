"""Keys are masked in every form that writing gives them."""

from __future__ import annotations

import base64
import json
from urllib.parse import quote

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from spiders.keys import Mask

KEY = "aB3+x/Y9==zQ"
KEYS = st.text("abcdefXYZ0189+/=%-_.~ ", min_size=8, max_size=40).filter(lambda text: text == text.strip())
AROUND = st.text("abc XYZ?&=:/.{}\"'햇", max_size=12)


@pytest.mark.parametrize(
    "written",
    [
        "{}", "https://x.example.kr/a?q={}&n=1", '{{"key": "{}"}}', "<a href='?k={}'>", "({})",
    ],
)  # fmt: skip
def test_a_key_is_masked_wherever_it_stands(written: str) -> None:
    for form in (
        KEY,
        quote(KEY, safe=""),
        quote(quote(KEY, safe=""), safe=""),
        KEY.replace("/", "\\/"),
        KEY.replace("=", "\\u003d"),
    ):
        said = Mask([KEY])(written.format(form))
        assert form not in said
        assert "***" in said


@settings(derandomize=True, max_examples=60, deadline=None)
@given(KEYS, AROUND, AROUND)
def test_base64_of_anything_that_holds_a_key_tells_none(secret: str, before: str, after: str) -> None:
    """At any offset, in both alphabets; what is left decodes to less than the key."""
    mask = Mask([secret])
    for encode in (base64.b64encode, base64.urlsafe_b64encode):
        told = encode(f"{before}{secret}{after}".encode()).decode()
        assert "***" in mask(told)
        assert b"***" in mask.data(told.encode())


@settings(derandomize=True, max_examples=60, deadline=None)
@given(KEYS)
def test_no_form_of_a_key_passes(secret: str) -> None:
    mask = Mask([secret])
    for form in (secret, quote(secret, safe=""), json.dumps(secret), json.dumps({"k": secret}).replace("/", "\\/")):
        assert secret not in mask(form).replace("\\/", "/")


def test_what_is_no_key_stays(secret: str = KEY) -> None:
    text = "햇살마을 3단지 https://x.example.kr/list?page=1&size=10 YWJjZGVmZ2g="
    assert Mask([secret])(text) == text
    assert Mask(["ab"])("ab cab") == "ab cab"  # too short to be a key
