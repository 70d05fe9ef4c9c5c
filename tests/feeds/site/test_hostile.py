"""Stored attacks in titles, texts, names of files and addresses: on every page of a notice they are words and nothing else."""

from __future__ import annotations

import re
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from lxml import html

from feeds.site.card import card, slug
from feeds.site.notice_page import NoticeWriter
from feeds.site.publish import publish_site
from notices.links import web_link
from notices.model import Attachment, Change, EventKind, Fact, Region
from notices.store.views import Announcement, Event
from tests.feeds.made import announcement, event, fact, seen
from tests.feeds.site import town
from tests.feeds.site.browser import browser, served
from tests.feeds.site.shelf import MadeSiteShelf
from tests.feeds.test_hostile import ADDRESSES, CORPUS

KNOWN = {"href", "class", "id", "lang", "hreflang", "type", "rel", "name", "content", "charset", "http-equiv", "aria-label",
         "aria-labelledby", "aria-current", "aria-hidden", "focusable", "tabindex", "role", "scope", "title", "src", "defer",
         "viewbox", "width", "height", "d", "fill", "x", "y", "x1", "x2", "y1", "y2", "preserveaspectratio", "action", "method",
         "hidden", "for",
         "maxlength", "autocomplete", "value", "aria-live", "data-index", "data-root", "data-home", "data-stem"}  # fmt: skip
UNSEEN = re.compile("[\u202a-\u202e\u2066-\u2069\u200b\x00-\x08\x0b\x0c\x0e-\x1f\ufffe\uffff]")


def soaked(bad: str, number: int = 1) -> tuple[Announcement, Event]:
    """An announcement and its correction whose every text is bad."""
    told = announcement(
        id=number, uid=f"s:{bad}", title=bad, url=f"https://example.org/{number}", kind="모집", section=bad, status=bad,
        supply=(bad,), audience=(bad,), regions=(Region(bad, bad), Region(bad, "41480")), publisher=bad, corrected=True,
        body=f"{bad}\n{bad}\t{bad}",
        facts={name: Fact(name, bad, bad, f"attachment:{bad}") for name in ("apply", "contact", "address", "deposit", "homes")}
        | {"closes": fact("closes", "2026-09-30"), "opens": Fact("opens", bad, bad, bad)},
        attachments=(Attachment(bad, bad), Attachment(bad + ".hwp", "https://example.org/f")),
        seen=(seen(source=bad, source_title=bad, publisher=bad, title=bad, url=f"https://example.org/{number}"),
              seen(notice_id=2, key=bad, title=bad, url=bad, relation="follow_up")),
    )  # fmt: skip
    changes = (Change(bad, bad, bad), Change("closes", bad, None), Change("title", bad, bad))
    return told, event(number, EventKind.REVISION, announcement=told, title=bad, url=bad, changes=changes, reason=bad)


def harmless(page: bytes) -> None:
    """No script of others, no handler, no style, no address but ours and the web's."""
    text = page.decode("utf-8")
    assert not UNSEEN.search(text)
    for element in html.fromstring(page).iter():
        if not isinstance(element.tag, str):
            raise AssertionError("a comment came through")
        assert element.tag not in {"iframe", "object", "embed", "style", "base", "img", "foreignobject"}
        assert element.tag != "script" or ((element.get("src") or "").endswith("site.js") and not element.text)
        assert {name.lower() for name in element.attrib} <= KNOWN, list(element.attrib)
        for name in ("href", "src", "action"):
            link = element.get(name)
            if link and ":" in link.split("/")[0]:
                assert link.startswith("tel:") or web_link(link), link


@pytest.mark.parametrize("name", CORPUS)
def test_the_corpus_in_every_field_of_every_page(name: str, tmp_path: Path) -> None:
    told, correction = soaked(CORPUS[name])
    if name == "long":
        told = replace(told, body="가\n" * 3000)
    done = publish_site(MadeSiteShelf([told], [correction]), tmp_path, town.SITE, town.DAY)
    assert done.left_out == ()
    pages = list(tmp_path.rglob("*.html"))
    assert len([p for p in pages if p.parent.name == "notice"]) == 2
    for page in pages:
        harmless(page.read_bytes())
        assert page.stat().st_size < 400_000
    town.current(tmp_path)


@pytest.mark.parametrize("address", ADDRESSES)
def test_only_web_addresses_become_links(address: str) -> None:
    told = announcement(url=address, attachments=(Attachment("a.hwp", address),), seen=(seen(url=address),))
    page = NoticeWriter(town.SITE, town.DAY, frozenset()).write(
        told, card(told, ()), (), "ko", current=True, dated=False
    )
    links: Any = html.fromstring(page).xpath("//main//@href")
    outside = [link for link in links if ":" in link]
    assert outside == ["https://feeds.example.org/ask"]


@settings(derandomize=True, max_examples=40, deadline=None)
@given(st.text(alphabet=st.characters(), max_size=60))
def test_any_unicode_gives_a_harmless_page(words: str) -> None:
    told, correction = soaked(words)
    for language in ("ko", "en"):
        page = NoticeWriter(town.SITE, town.DAY, frozenset()).write(
            told, card(told, [correction]), [correction], language, current=True, dated=True
        )
        harmless(page)


@settings(derandomize=True, max_examples=100, deadline=None)
@given(st.text(max_size=40), st.text(max_size=40))
def test_names_of_pages_are_safe_and_their_own(one: str, other: str) -> None:
    names = slug(one), slug(other)
    assert all(re.fullmatch(r"[a-z0-9][a-z0-9._-]{0,130}", name) and ".." not in name for name in names)
    assert (names[0] == names[1]) == (one == other)


@pytest.mark.parametrize(
    "uid", ["lh-rental:2015122300090902", "a:b", "../x:..", "a:../../etc", "A:b", "a:B", "a:b.c", "a.b:c", ""]
)
def test_a_slug_never_leaves_its_folder(uid: str) -> None:
    assert "/" not in slug(uid) and ".." not in slug(uid)
    assert slug("lh-rental:2015122300090902") == "lh-rental.2015122300090902"
    assert slug("a:b-c") != slug("a-b:c")


def test_ten_thousand_corrections_of_one_notice_stay_a_page() -> None:
    told = announcement(corrected=True)
    many = [
        event(n, EventKind.REVISION, announcement=told, changes=(Change("closes", "2026-09-12", "2026-09-19"),))
        for n in range(2, 10_002)
    ]
    page = NoticeWriter(town.SITE, town.DAY, frozenset()).write(
        told, card(told, many), many, "ko", current=True, dated=True
    )
    assert len(page) < 40_000


def test_texts_without_a_free_licence_and_lists_of_winners_are_not_carried() -> None:
    def page(**given: Any) -> str:
        told = announcement(body="햇살마을의 글입니다.", **given)
        return (
            NoticeWriter(town.SITE, town.DAY, frozenset())
            .write(told, card(told, ()), (), "ko", current=True, dated=False)
            .decode()
        )

    assert "햇살마을의 글입니다." in page() and "공공누리 제1유형" in page()
    assert "햇살마을의 글입니다." not in page(seen=(seen(licence="unknown"),))
    winners = page(kind="발표")
    assert "햇살마을의 글입니다." not in winners and "모집공고문.hwp" not in winners


@pytest.mark.xdist_group("browser")
def test_no_attack_runs_in_a_real_browser(tmp_path: Path) -> None:
    bad = [soaked(words, n) for n, words in enumerate(CORPUS.values(), 1) if len(words) < 1000]
    publish_site(MadeSiteShelf([t for t, _ in bad], [e for _, e in bad]), tmp_path, town.SITE, town.DAY)
    with served(tmp_path) as address, browser() as chromium:
        page = chromium.new_page()
        ran: list[str] = []
        page.on("dialog", lambda dialog: ran.append(dialog.message))
        page.on("console", lambda message: ran.append(message.text))
        page.on("request", lambda request: ran.extend([request.url] * (not request.url.startswith(address))))
        page.goto(address + "index.html?q=script")
        page.wait_for_selector("#found h2")
        for path in sorted((tmp_path / "notice").glob("*.html")):
            page.goto(address + f"notice/{path.name}")
        assert ran == []
