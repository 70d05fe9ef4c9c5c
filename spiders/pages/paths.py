"""Compiled XPath that gives elements, or texts, and says so."""

from __future__ import annotations

from collections.abc import Callable
from typing import cast

from lxml import etree
from lxml.html import HtmlElement

SILENT_HERE = "not(self::script or self::style or self::option or self::select or self::textarea or self::template or self::title)"


def elements(expression: str) -> Callable[[HtmlElement], list[HtmlElement]]:
    """Return a function that finds the elements of an expression below one."""
    return cast(Callable[[HtmlElement], list[HtmlElement]], etree.XPath(expression))


def texts(expression: str) -> Callable[[HtmlElement], list[str]]:
    """Return a function that finds the texts of an expression below an element, as plain strings."""
    return cast(Callable[[HtmlElement], list[str]], etree.XPath(expression, smart_strings=False))
