"""A centre listens to the country, its 시·도 and its own region, unless the settings name the sources."""

from __future__ import annotations

from pathlib import Path

import pytest

from jiballim import compose
from jiballim.config import Config
from notify.routes import Centre
from spiders.registry import Source


def source(region: str | None) -> Source:
    """A source of a region."""
    return Source("a", "t", "p", "https://a.example/", "https://a.example/", region=region)


def settings(*codes: str) -> Config:
    """An installation of one centre of these regions; without codes one of the whole country."""
    return Config(Path("x"), centres=(Centre("c", regions=codes),))


@pytest.mark.parametrize(
    ("region", "codes", "near"),
    [
        (None, ("41480",), True),
        ("41", ("41480",), True),
        ("41000", ("41480",), True),
        ("41480", ("41480",), True),
        ("41110", ("41480",), False),
        ("11000", ("41480",), False),
        ("41111", ("41110",), True),
        ("41480", ("41",), True),
        ("41480", ("41000",), True),
        ("11500", ("11500", "11545"), True),
        ("26440", ("11500",), False),
        ("26440", (), True),
    ],
)
def test_near(region: str | None, codes: tuple[str, ...], near: bool) -> None:
    assert compose.is_near(source(region), settings(*codes)) is near


def test_without_a_centre_every_source_is_near() -> None:
    assert compose.is_near(source("26440"), Config(Path("x")))


def test_named_sources_are_read_wherever_they_are() -> None:
    home = Config(Path("x"), centres=settings("41480").centres, sources=("geumcheon-notice",))
    assert [s.name for s in compose.chosen(home)] == ["geumcheon-notice"]
    near = {s.region and s.region.ljust(5, "0") for s in compose.chosen(settings("41480"))}
    assert near == {None, "41000", "41480"}
