"""What every page has around it: language, menu, ways back to the root, who publishes."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from feeds.channel import Site
from feeds.render import template
from feeds.site.words import EN, LANGUAGES

_MENU = ("home", "regions", "month", "subscribe", "faq")
_PATHS = {
    "home": "index.html",
    "regions": "map.html",
    "month": "month/index.html",
    "subscribe": "subscribe.html",
    "faq": "faq.html",
}


@dataclass(frozen=True, slots=True)
class Frame:
    """A page's surroundings; all addresses are relative, so that it works below any address and from a folder."""

    lang: str
    title: str
    site: str
    about: str
    root: str
    home: str
    other: str | None
    menu: tuple[tuple[str, str], ...]
    active: str
    day: str
    feedback: str | None

    @property
    def english(self) -> bool:
        """Whether this is an English page."""
        return self.lang == EN


def frame(
    by: Site, path: str, title: str, *, about: str = "", active: str = "", day: str = "", other: bool = False
) -> Frame:
    """Return the frame of the page at `path` ("region/41480.html", "en/index.html"); `other`: it has a twin."""
    english = path.startswith("en/")
    root = "../" * path.count("/")
    home = root + ("en/" if english else "")
    twin = root + (path.removeprefix("en/") if english else f"en/{path}")
    names = ("home", "regions") if english else _MENU
    menu = tuple((name, home + _PATHS[name]) for name in names)
    return Frame(
        EN if english else "ko", title, by.title, about, root, home, twin if other else None, menu, active, day,
        by.feedback_url,
    )  # fmt: skip


def render(name: str, around: Frame, **given: object) -> bytes:
    """Return a page made of a template of the site."""
    labels: Mapping[str, str] = LANGUAGES[around.lang].labels
    return template(f"site/{name}").render(f=around, t=labels, **given).encode("utf-8", "replace")
