"""Each fault that feedgen 1.0 was seen to have, asserted as cured in what we write."""

from __future__ import annotations

import locale
from dataclasses import replace
from typing import Any

import feedparser
import pytest
from lxml import etree

from feeds.entry import Entry, entry
from feeds.syndication import atom, rss
from notices.model import Attachment
from tests.feeds import musts
from tests.feeds.made import announcement, channel, corrected, event

A = musts.ATOM


def entries() -> list[Entry]:
    return [entry(e) for e in corrected()]


def tree(document: bytes) -> Any:
    return etree.fromstring(document)


def test_1_atom_links_keep_rel_type_and_title() -> None:
    links = tree(atom(channel(), [entry(event())])).findall(f"{A}entry/{A}link")
    assert [(li.get("rel"), li.get("type"), li.get("href")) for li in links] == [
        ("alternate", "text/html", "https://example.org/notice/101"),
        ("enclosure", "application/x-hwp", "https://example.org/file/1.hwp"),
        ("enclosure", "application/pdf", "https://example.org/file/2.pdf"),
    ]
    assert links[1].get("title") == "모집공고문.hwp"


def test_2_the_channel_link_is_the_home_page_beside_a_hub() -> None:
    found = tree(rss(channel(hub="https://hub.example.org/"), entries())).find("channel")
    assert found.findtext("link") == "https://feeds.example.org/"


def test_3_rss_keeps_self_hub_and_the_other_formats() -> None:
    found = tree(rss(channel(hub="https://hub.example.org/"), entries())).findall(f"channel/{A}link")
    assert {li.get("rel") for li in found} == {"self", "alternate", "hub"}
    assert [li.get("href") for li in found if li.get("rel") == "self"] == [
        "https://feeds.example.org/feeds/region/41480.xml"
    ]
    assert (
        len(
            [
                li
                for li in tree(atom(channel(hub="https://h.example.org/"), [])).findall(f"{A}link")
                if li.get("rel") == "hub"
            ]
        )
        == 1
    )


def test_4_atom_content_is_html() -> None:
    assert {c.get("type") for c in tree(atom(channel(), entries())).iter(f"{A}content")} == {"html"}


def test_5_a_name_without_an_address_stays_in_rss() -> None:
    item = tree(rss(channel(), entries())).find("channel/item")
    assert item.findtext(f"{musts.DC}creator") == "햇살도시공사"
    assert item.find("author") is None


def test_6_dates_come_from_the_events_and_never_from_now() -> None:
    for write in (rss, atom):
        assert write(channel(), entries()) == write(channel(), entries())
        assert b"2026" in write(channel(), []) and write(channel(), []) == write(channel(), [])
    assert tree(rss(channel(), entries())).findtext("channel/lastBuildDate") == "Tue, 01 Sep 2026 12:00:00 +0900"
    assert tree(atom(channel(), entries())).findtext(f"{A}updated") == "2026-09-01T12:00:00+09:00"


@pytest.mark.parametrize("bad", ["\x0b", "\x00", "\ufffe", "\ud800", "\udfff", "\x1b[31m"])
def test_7_one_bad_character_costs_itself_alone(bad: str) -> None:
    told = announcement(
        title=f"햇{bad}살",
        publisher=bad,
        body=f"가{bad}나",
        attachments=(Attachment(f"a{bad}.hwp", "https://example.org/a.hwp"),),
    )
    made = [entry(event(announcement=told)), entry(event(2))]
    for write in (rss, atom):
        assert len(feedparser.parse(write(channel(), made)).entries) == 2


def test_7_entries_keep_their_order_and_no_enclosure_is_lost() -> None:
    made = entries()
    assert [i.findtext("guid") for i in tree(rss(channel(), made)).iter("item")] == [e.guid for e in made]
    item = tree(rss(channel(), [entry(event())])).find("channel/item")
    assert [li.get("href") for li in item.findall(f"{A}link") if li.get("rel") == "enclosure"] == [
        "https://example.org/file/1.hwp",
        "https://example.org/file/2.pdf",
    ]
    assert item.find("enclosure") is None, "its length is unknown, and 0 would be a lie"


def test_7_a_naive_date_is_refused_before_the_feed() -> None:
    naive = replace(entry(event()), published=entry(event()).published.replace(tzinfo=None))
    with pytest.raises(ValueError, match="timezone"):
        rss(channel(), [naive])


def test_8_the_stylesheet_follows_the_declaration() -> None:
    for write in (rss, atom):
        lines = write(channel(), entries()).split(b"\n")
        assert lines[0].startswith(b"<?xml version=")
        assert lines[1] == b'<?xml-stylesheet type="text/css" href="../feed.css"?>'


def test_dates_do_not_follow_the_machine_s_language() -> None:
    before = locale.setlocale(locale.LC_ALL)
    assert b"Tue, 01 Sep 2026" in rss(channel(), entries())
    assert locale.setlocale(locale.LC_ALL) == before


def test_every_must_holds() -> None:
    assert musts.rss(rss(channel(), entries())) == []
    assert musts.atom(atom(channel(), entries())) == []
    assert musts.rss(rss(channel(), [])) == []
    assert musts.atom(atom(channel(), [])) == []
