"""What every page has around it: language, menu, ways back to the root, who publishes."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace

from markupsafe import escape

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


def render(name: str, around: Frame, **given: object) -> str:
    """Return a page, or a part of one, made of a template of the site."""
    return template(f"site/{name}").render(f=around, t=LANGUAGES[around.lang].html, **given)


def page(name: str, around: Frame, **given: object) -> bytes:
    """Return the bytes of a page."""
    return render(name, around, **given).encode("utf-8", "replace")


class Shell:
    """A page without its title, its twin and its content: made once for the many pages that differ in these alone."""

    def __init__(self, by: Site, path: str, *, other: bool) -> None:
        around = replace(frame(by, path, "\1T"), other="\1O" if other else None)
        self.frame = around
        self._parts = re.split("\1(.)", render("shell.html", around, main="\1M"))

    def fill(self, title: str, other: str, main: str) -> bytes:
        """Return the bytes of a page; `main` is HTML, the other two are words."""
        given = {"T": str(escape(title)), "O": str(escape(other)), "M": main}
        parts = self._parts
        parts = [given[part] if n % 2 else part for n, part in enumerate(parts)]
        return "".join(parts).encode("utf-8", "replace")
