"""What a page says about itself for other machines: title element, Open Graph, article times, JSON-LD."""

from __future__ import annotations

import json
import re
from dataclasses import dataclass
from functools import lru_cache
from typing import Any

from lxml import html

from notices.korean import clean, one_line

_LD_LIMIT = 200_000
_PARTS = re.compile(r"\s*(?:[|»›│ㅣ]|\s[<>]\s|\s[-–—:]\s|::)\s*")


@dataclass(frozen=True, slots=True)
class Metadata:
    """Titles and texts of the head; empty where the page gives none."""

    title: str = ""
    og_title: str = ""
    og_site: str = ""
    description: str = ""
    headline: str = ""
    article: str = ""
    published: str = ""

    @property
    def own_title(self) -> str:
        """The post's title as the head gives it; empty where it only names the site."""
        for text in (self.headline, self.og_title):
            first = _PARTS.split(text)[0] if text else ""
            if len(first) >= 5 and not self._names_site(text):
                return first if self._is_trail(text) else text
        return ""

    def _is_trail(self, text: str) -> bool:
        """Whether a title is a trail of menus: post < board < site."""
        return len(_PARTS.split(text)) >= 3 or bool(self.og_site and text.endswith(self.og_site))

    def _names_site(self, text: str) -> bool:
        site = _squeezed(self.og_site)
        parts = [_squeezed(part) for part in _PARTS.split(self.title)]
        plain = _squeezed(text)
        return (
            bool(site and plain == site)
            or (len(parts) > 1 and plain == parts[-1])
            or (len(parts) == 1 and plain == parts[0])
        )

    def speaks_of(self, text: str) -> bool:
        """Whether the head's titles hold this text."""
        plain = _squeezed(text)
        return len(plain) >= 6 and any(plain in _squeezed(own) for own in (self.title, self.og_title, self.headline))


def metadata(tree: html.HtmlElement) -> Metadata:
    """Read the head of a page; broken JSON-LD is passed over."""
    named: dict[str, str] = {}
    for meta in tree.iter("meta"):
        name = (meta.get("property") or meta.get("name") or "").lower()
        if name and name not in named:
            named[name] = meta.get("content") or ""
    posting = _posting(tree)
    title = next((one_line("".join(element.itertext()))[:500] for element in tree.iter("title")), "")
    return Metadata(
        title=title,
        og_title=one_line(named.get("og:title", ""))[:500],
        og_site=one_line(named.get("og:site_name", ""))[:200],
        description=clean(named.get("og:description", ""))[:20_000],
        headline=one_line(str(posting.get("headline") or ""))[:500],
        article=clean(str(posting.get("articleBody") or ""))[:200_000],
        published=str(posting.get("datePublished") or named.get("article:published_time") or "")[:40],
    )


def _posting(tree: html.HtmlElement) -> dict[str, Any]:
    """The JSON-LD object that describes an article; empty where there is none."""
    for script in tree.iter("script"):
        if "ld+json" not in (script.get("type") or "") or not script.text or len(script.text) > _LD_LIMIT:
            continue
        try:
            data = json.loads(script.text, strict=False)
        except (ValueError, RecursionError):
            continue
        for item in data if isinstance(data, list) else [data]:
            found = _article(item)
            if found:
                return found
    return {}


def _article(item: object) -> dict[str, Any]:
    if not isinstance(item, dict):
        return {}
    graph = item.get("@graph")
    for part in [item, *(graph[:50] if isinstance(graph, list) else [])]:
        if isinstance(part, dict) and ("headline" in part or "articleBody" in part):
            return part
    return {}


@lru_cache(256)  # a page's own titles are asked for with each of its paragraphs
def _squeezed(text: str) -> str:
    return re.sub(r"\s+", "", text).casefold()
