"""What a source's TOML may fix on reading its pages; every line is optional and overrules detection."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Hints:
    """Settings of one source for the board engine. Selectors are CSS, relative to the row (`row`: to the page)."""

    row: str | None = None
    title: str | None = None
    date: str | None = None
    department: str | None = None
    link: str | None = None  # selector of the element that carries the link, or of its attribute: "a::attr(data-seq)"
    id_params: tuple[str, ...] = ()  # parameters that name a post; the first one present is the key
    detail_url: str | None = None  # template: {arg:n}, {attr:x}, {query:x}, {input:x}, {key}
    page_param: str | None = None
    page_start: int = 1
    page_step: int = 1  # 10 where the parameter is an offset
    encoding: str | None = None
    list_mode: str | None = None  # table | cards | json | rss
    category: str | None = None  # "column=value": only rows whose labelled cell says so
    body: str | None = None  # for details: selector of the post's text
    files: str | None = None  # for details: selector of the file links
