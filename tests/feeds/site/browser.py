"""A real browser over the published town: Debian's Chromium through Playwright, on loopback."""

from __future__ import annotations

import functools
import http.server
import shutil
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import pytest

CHROMIUM = shutil.which("chromium") or shutil.which("chromium-browser") or shutil.which("google-chrome")
RULES = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]


class _Quiet(http.server.SimpleHTTPRequestHandler):
    def log_message(self, format: str, *args: object) -> None:
        pass


@contextmanager
def served(folder: Path) -> Iterator[str]:
    """Serve a folder; gives its address."""
    handler = functools.partial(_Quiet, directory=str(folder))
    with http.server.ThreadingHTTPServer(("127.0.0.1", 0), handler) as server:
        threading.Thread(target=server.serve_forever, daemon=True).start()
        try:
            yield f"http://127.0.0.1:{server.server_port}/"
        finally:
            server.shutdown()


@contextmanager
def browser() -> Iterator[Any]:
    """Launch the browser, or skip and say what to install."""
    if CHROMIUM is None:
        pytest.skip("no Chromium: apt-get install chromium fonts-nanum")
    from playwright.sync_api import sync_playwright

    with sync_playwright() as play:
        launched = play.chromium.launch(executable_path=CHROMIUM)
        try:
            yield launched
        finally:
            launched.close()


def axe() -> str:
    """The text of axe-core."""
    import axe_playwright_python

    return (Path(axe_playwright_python.__file__).parent / "axe.min.js").read_text("utf-8")


def faults(page: Any, script: str) -> list[str]:
    """What axe finds on a page, by daylight and in the dark, each with the element; the dark changes colours alone."""
    page.emulate_media(color_scheme="light")
    page.evaluate(script)
    found = page.evaluate("rules => axe.run(document, {runOnly: rules})", RULES)["violations"]
    page.emulate_media(color_scheme="dark")
    dark = "axe.run(document, {runOnly: {type: 'rule', values: ['color-contrast', 'link-in-text-block']}})"
    found += page.evaluate(dark)["violations"]
    page.emulate_media(color_scheme="light")
    return [f"{one['id']}: {node['html'][:160]}" for one in found for node in one["nodes"]]


def fonts(page: Any, selector: str) -> set[str]:
    """The fonts that an element's letters are really drawn with."""
    session = page.context.new_cdp_session(page)
    for name in ("DOM.enable", "CSS.enable"):
        session.send(name)
    root = session.send("DOM.getDocument")["root"]["nodeId"]
    node = session.send("DOM.querySelector", {"nodeId": root, "selector": selector})["nodeId"]
    return {one["familyName"] for one in session.send("CSS.getPlatformFontsForNode", {"nodeId": node})["fonts"]}
