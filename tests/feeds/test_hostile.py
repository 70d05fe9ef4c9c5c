"""Stored attacks and broken text in every field, against every format: nothing runs, nothing breaks, nothing else is lost."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from dataclasses import fields, replace
from typing import Any

import feedparser
import icalendar
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from lxml import etree, html

from feeds.calendar import calendar
from feeds.channel import Channel
from feeds.entry import entry
from feeds.jsonfeed import json_feed
from feeds.opml import opml
from feeds.syndication import atom, rss
from notices.links import web_link
from notices.model import Attachment, Change, EventKind, Fact, Region
from notices.store.views import Event
from tests.feeds import musts
from tests.feeds.made import announcement, channel, event, seen

CORPUS = {
    "script": "<script>alert(1)</script>",
    "svg": '<Svg Only=1 OnLoad=confirm(1)>',
    "img": '"><img src=x onerror=alert(1)>',
    "attribute": "' onmouseover='alert(1)",
    "cdata": "]]><script>alert(1)</script><![CDATA[",
    "comment": "--><script>alert(1)</script><!--",
    "entity": "&lt;script&gt; &amp;amp; &#0; &bogus; & lone",
    "doctype": '<!DOCTYPE x [<!ENTITY e SYSTEM "file:///etc/passwd">]>&e;',
    "instruction": "?><?xml-stylesheet href='https://evil.example/x.xsl'?>",
    "javascript": "javascript:alert(1)",
    "javascript split": "java\tscript:alert(1)",
    "data": "data:text/html,<script>alert(1)</script>",
    "rtl": "\u202egnp.exe\u202c\u2066",
    "crlf": "제목\r\nBEGIN:VEVENT\r\nUID:evil\r\nEND:VEVENT\r\nATTENDEE:mailto:x@example.org",
    "folding": "\r\n\tX-EVIL:1\r\n X-EVIL:2",
    "controls": "\x00\x01\x07\x08\x0b\x0c\x0e\x1b[2J\x7f\x85\u2028\u2029\ufffe\uffff",
    "surrogates": "\ud800가\udfff\udc00",
    "jinja": "{{ 7*7 }}{% for x in y %}",
    "format": "%s%n{0}{x.__class__}",
    "invisible": "\u200b\u200d\ufeff\u00ad",
    "jamo": "\u1112\u1161\u11ab",
    "emoji": "👨‍👩‍👧🏠",
    "semicolons": "a;b,c:d\\n\\;",
    "empty": "",
    "long": "가" * 100_000,
}  # fmt: skip
ADDRESSES = (
    "javascript:alert(1)", "JaVaScRiPt:alert(1)", " javascript:alert(1)", "java\nscript:alert(1)", "data:text/html,x", "vbscript:x",
    "file:///etc/passwd", "//evil.example/x", "/relative", "http://", "https:///x", "http://a\\@evil.example", "http://u:p@example.org/",
    "http://example.org/\r\nSet-Cookie: x", "http://example.org/<script>", 'http://example.org/"onload="x', "http://exa mple.org/",
    "http://[::1", "http://example.org:99999/", "http://\u202eexample.org", "http://example.org/\ud800", "mailto:x@example.org", "",
)  # fmt: skip


def soaked(bad: str) -> Event:
    """An event whose every text is bad."""
    told = announcement(
        uid=f"s:{bad}", title=bad, url=bad, kind=bad, section=bad, status=bad, supply=(bad,), audience=(bad,),
        regions=(Region(bad, bad),), publisher=bad, body=f"{bad}\n{bad}\t{bad}",
        facts={n: Fact(n, bad, bad, "body") for n in ("opens", "closes", "address", "apply", "homes", "deposit", "rent", "announces")},
        attachments=(Attachment(bad, bad), Attachment(bad + ".hwp", "https://example.org/f")),
        seen=(seen(source=bad, source_title=bad, publisher=bad, title=bad, url=bad),),
    )  # fmt: skip
    return event(
        1, EventKind.REVISION, guid=f"s:{bad}", announcement=told, title=bad, url=bad, source=bad, original_guid=bad,
        original_title=bad, original_url=bad, reason=bad, changes=(Change(bad, bad, bad), Change("closes", bad, None)),
    )  # fmt: skip


def carried(bad: str) -> Event:
    """An event with a good address, so that its text is carried and the bad words stand in it."""
    return event(
        2,
        announcement=announcement(
            title=bad, body=f"{bad}\n{bad}\t{bad}", publisher=bad, regions=(Region(bad, "41480"),)
        ),
    )


def written(events: list[Event], about: Channel) -> Iterator[tuple[str, bytes]]:
    entries = [entry(e) for e in events]
    yield "rss", rss(about, entries)
    yield "atom", atom(about, entries)
    yield "json", json_feed(about, entries)
    yield "ics", calendar(about.title, about.about, [(e.announcement, [e]) for e in events])
    yield "opml", opml(about.title, {about.title: [about]})


def harmless(markup: str) -> None:
    """Only our own few elements, no attribute but href, no address but the web's."""
    for element in html.fragment_fromstring(markup, create_parent="div").iter():
        assert element.tag in {
            "div",
            "p",
            "strong",
            "small",
            "ul",
            "li",
            "a",
            "dl",
            "dt",
            "dd",
            "table",
            "tbody",
            "tr",
            "td",
        }
        assert set(element.attrib) <= {"href"}
        assert web_link(element.get("href", "https://example.org/"))


def check(events: list[Event], about: Channel) -> None:
    found = dict(written(events, about))
    guids = {entry(e).guid for e in events}
    for name, rules in (("rss", musts.rss), ("atom", musts.atom), ("json", musts.json_feed)):
        assert rules(found[name]) == []
    for name in ("rss", "atom"):
        parsed = feedparser.parse(found[name], sanitize_html=False)
        assert not parsed.bozo
        assert {e.id for e in parsed.entries} == guids
        for one in parsed.entries:
            harmless(one.content[0].value)
    for item in json.loads(found["json"])["items"]:
        harmless(item["content_html"])
    etree.fromstring(found["opml"])
    for name, document in found.items():
        assert not re.search(
            "[\u202a-\u202e\u2066-\u2069\u200b\x00-\x08\x0b\x0c\x0e-\x1f]",
            document.decode("utf-8").replace("\r\n", "\n"),
        ), name
    harmless_calendar(found["ics"])


def harmless_calendar(document: bytes) -> None:
    assert all(len(line) <= 75 for line in document.split(b"\r\n"))
    assert b"\n" not in document.replace(b"\r\n", b"") and b"\r" not in document.replace(b"\r\n", b"")
    names = {
        "UID",
        "DTSTAMP",
        "DTSTART",
        "DTEND",
        "SUMMARY",
        "DESCRIPTION",
        "URL",
        "CATEGORIES",
        "SEQUENCE",
        "STATUS",
        "TRANSP",
    }
    read: Any = icalendar.Calendar.from_ical(document)
    for component in read.walk("VEVENT"):
        assert set(component) <= names
        assert not component.errors
        assert str(component["UID"]).isascii()


@pytest.mark.parametrize("name", CORPUS)
def test_the_corpus_in_every_field_of_every_format(name: str) -> None:
    bad = CORPUS[name]
    check([soaked(bad), carried(bad)], channel(title=entry(carried(bad)).title, about=entry(carried(bad)).author))


@pytest.mark.parametrize("address", ADDRESSES)
def test_only_web_addresses_become_links(address: str) -> None:
    told = announcement(url=address, attachments=(Attachment("a.hwp", address),), seen=(seen(url=address),))
    one = event(1, EventKind.REVISION, announcement=told, url=address, original_url=address, original_title="처음")
    made = entry(one, feedback_url=address)
    assert (made.url, made.enclosures, made.original) == (None, (), None)
    assert "href" not in made.content
    check([one], channel())


def test_good_addresses_stay_and_turn_ascii() -> None:
    assert web_link("https://example.org/view.do?a=1&b=%ED%8C%8C#c") == "https://example.org/view.do?a=1&b=%ED%8C%8C#c"
    assert web_link("http://example.org/파주?q=운정") == "http://example.org/%ED%8C%8C%EC%A3%BC?q=%EC%9A%B4%EC%A0%95"
    assert web_link("http://햇살.example.org:8080/") == "http://xn--3f4bv49a.example.org:8080/"
    assert web_link("http://[::1]:80/x") == "http://[::1]:80/x"


def test_ten_thousand_editions_of_one_notice_update_one_entry() -> None:
    first = event(1)
    back = {"original_guid": first.guid, "original_title": first.title, "original_url": first.url}
    many = [
        event(n, EventKind.REVISION, changes=(Change("closes", "2026-09-12", "2026-09-19"),), **back)
        for n in range(2, 10_002)
    ]
    made = entry(first, many)
    assert made.updated == max(e.at for e in many)
    assert len(made.content) < 5_000 and made.content.count("정정됨") <= 6


@settings(derandomize=True, max_examples=60, deadline=None)
@given(st.text(alphabet=st.characters(), max_size=60), st.text(alphabet=st.characters(), max_size=20))
def test_any_unicode_gives_well_formed_documents(words: str, more: str) -> None:
    one = soaked(words)
    mixed = replace(one, announcement=replace(one.announcement, body=more + words, publisher=more))
    check([mixed, carried(more + "\ud800" + words)], channel())


def test_no_text_of_an_event_is_forgotten_by_this_corpus() -> None:
    """A new text field of Event must be soaked here as well."""
    texts = {f.name for f in fields(Event) if "str" in str(f.type)}
    assert texts == {"guid", "title", "url", "source", "original_guid", "original_title", "original_url", "reason"}
