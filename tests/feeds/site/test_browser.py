"""Read the page as people do: at 320 px, in the dark, by keyboard, without a script, in a real browser."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from tests.feeds.site import town
from tests.feeds.site.browser import axe, browser, faults, fonts, served

KINDS = (
    "index.html", "newest.html", "region/41480.html", "supply/happy-housing.html", "notice/haetsal.102.html",
    "notice/haetsal.7.html", "map.html", "month/index.html", "chart.html", "subscribe.html", "health.html", "faq.html",
    "404.html", "en/index.html", "en/region/11.html", "en/notice/haetsal.102.html", "en/map.html",
)  # fmt: skip
KOREAN = ("Nanum", "Noto Sans CJK", "Noto Sans KR", "Pretendard", "Malgun", "Apple SD Gothic")

pytestmark = pytest.mark.xdist_group("browser")


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    public: Path = tmp_path_factory.mktemp("public")
    town.publish(public)
    return public


@pytest.fixture(scope="module")
def address(folder: Path) -> Iterator[str]:
    with served(folder) as at:
        yield at


@pytest.fixture(scope="module")
def chromium() -> Iterator[Any]:
    with browser() as launched:
        yield launched


@pytest.fixture(scope="module")
def phone(chromium: Any) -> Any:
    """A page of 320 px."""
    return chromium.new_context(viewport={"width": 320, "height": 640}).new_page()


@pytest.fixture(scope="module")
def script() -> str:
    return axe()


@pytest.mark.parametrize("kind", KINDS)
def test_axe_finds_nothing_and_nothing_scrolls_sideways(phone: Any, script: str, address: str, kind: str) -> None:
    phone.goto(address + kind)
    phone.evaluate("document.querySelectorAll('details').forEach(d => d.open = true)")
    assert phone.evaluate("document.documentElement.scrollWidth") == 320
    assert faults(phone, script) == []


def test_twice_the_size_holds(chromium: Any, address: str) -> None:
    page = chromium.new_context(viewport={"width": 640, "height": 400}, device_scale_factor=2).new_page()
    for kind in ("index.html", "notice/haetsal.102.html", "month/index.html"):
        page.goto(address + kind)
        assert page.evaluate("document.documentElement.scrollWidth") == 640


def test_the_keyboard_reaches_everything(chromium: Any, address: str) -> None:
    page = chromium.new_context(viewport={"width": 1280, "height": 800}).new_page()
    for kind in ("index.html", "notice/haetsal.102.html", "map.html"):
        page.goto(address + kind)
        page.evaluate("""() => {
            const all = [...document.querySelectorAll('a[href], button, input, select, summary, [tabindex="0"]')];
            window.wanted = all.filter(e => e.checkVisibility() && getComputedStyle(e).pointerEvents !== 'none');
            window.seen = new Set();
        }""")
        for _ in range(page.evaluate("wanted.length") + 4):
            page.keyboard.press("Tab")
            page.evaluate("seen.add(document.activeElement)")
        missed = page.evaluate("wanted.filter(e => !seen.has(e)).map(e => e.outerHTML.slice(0, 120))")
        assert missed == [], kind
    page.goto(address + "index.html")
    page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement.getBoundingClientRect().left") >= 0, "the skip link shows when reached"
    page.keyboard.press("Enter")
    assert page.evaluate("document.activeElement.id") == "main"


def test_touch_targets_are_large(chromium: Any, address: str) -> None:
    page = chromium.new_context(viewport={"width": 320, "height": 640}).new_page()
    for kind in ("index.html", "map.html", "subscribe.html"):
        page.goto(address + kind)
        small = page.evaluate("""() => [...document.querySelectorAll('nav a, .picks a, .take a, .map a, .bars a, summary, button')]
            .filter(e => e.checkVisibility() && e.getBoundingClientRect().height < 43.5).map(e => e.outerHTML)""")
        assert small == [], kind


def test_it_reads_without_a_script(chromium: Any, address: str) -> None:
    page = chromium.new_context(java_script_enabled=False, viewport={"width": 320, "height": 640}).new_page()
    page.goto(address + "index.html")
    words = page.inner_text("main")
    for said in (
        "오늘 17시 마감",
        "7일 남음 (9월 19일 토)",
        "접수 전 (10월 1일부터)",
        "상시 모집",
        "9월 11일 정정: 접수마감",
        "마감 (9.5)",
    ):
        assert said in words
    assert not page.is_visible("#filter")
    page.click("summary")
    page.click(".browse a:text('경기')")
    assert "경기도" in page.inner_text("h1")
    page.click("h3 a >> nth=0")
    for said in ("무엇", "누가", "언제까지", "어디에", "얼마", "공고문이 기준입니다"):
        assert said in page.inner_text("body")


def test_korean_is_drawn_with_a_korean_font(phone: Any, address: str) -> None:
    phone.goto(address + "index.html")
    assert any(name.startswith(KOREAN) for name in fonts(phone, "h1")), "apt-get install fonts-nanum"


def test_filters_live_in_the_address_and_hand_over_feeds(chromium: Any, address: str) -> None:
    page = chromium.new_context(viewport={"width": 1280, "height": 800}).new_page()
    wrong: list[str] = []
    page.on("console", lambda message: wrong.append(message.text))
    page.on("pageerror", lambda error: wrong.append(str(error)))
    page.goto(address + "index.html?region=41480&status=open")
    page.wait_for_selector("#found h3")
    assert page.locator("#found h3").all_inner_texts() == ["햇살마을 1단지 국민임대 예비입주자 모집"]
    assert page.locator("#feeds a").first.get_attribute("href") == "feeds/region/41480.xml"
    assert page.input_value("#region") == "41480"
    page.select_option("#status", "")
    page.select_option("#region", "")
    page.fill("#q", "햇살 국민")
    page.press("#q", "Enter")
    page.wait_for_selector("#found h2:has-text('2건')")
    assert "q=" in page.url and "region" not in page.url
    page.goto(address + "index.html?q=" + "복주택")
    page.wait_for_selector("#found h3")
    assert page.locator("#found h3").count() == 2, "found inside a word"
    page.go_back()
    page.wait_for_selector("#found h2:has-text('2건')")
    assert page.input_value("#q") == "햇살 국민"
    assert wrong == []


def test_filters_work_in_a_page_that_was_opened_from_a_folder(chromium: Any, folder: Path) -> None:
    page = chromium.new_context(viewport={"width": 1280, "height": 800}).new_page()
    wrong: list[str] = []
    page.on("console", lambda message: wrong.append(message.text))
    page.on("pageerror", lambda error: wrong.append(str(error)))
    page.goto(f"{(folder / 'index.html').as_uri()}?region=41480&status=open")
    page.wait_for_selector("#found h3")
    assert page.locator("#found h3").all_inner_texts() == ["햇살마을 1단지 국민임대 예비입주자 모집"]
    page.select_option("#status", "")
    page.wait_for_selector("#found h2:has-text('건')")
    page.select_option("#region", "")
    page.fill("#q", "복주택")
    page.press("#q", "Enter")
    page.wait_for_selector("#found h2:has-text('2건')")
    assert wrong == []


def test_a_filtered_list_is_as_good_for_axe(chromium: Any, script: str, address: str) -> None:
    page = chromium.new_context(viewport={"width": 1280, "height": 800}).new_page()
    page.goto(address + "index.html?q=모집")
    page.wait_for_selector("#found h3")
    assert faults(page, script) == []


def test_nothing_is_asked_from_elsewhere(chromium: Any, address: str) -> None:
    page = chromium.new_context().new_page()
    asked: list[str] = []
    page.on("request", lambda request: asked.append(request.url))
    for kind in KINDS:
        page.goto(address + kind)
    assert [url for url in asked if not url.startswith(address)] == []
    assert page.context.cookies() == []


def test_print_shows_the_words_behind_each_fact(chromium: Any, address: str) -> None:
    page = chromium.new_context().new_page()
    page.goto(address + "notice/haetsal.102.html")
    page.emulate_media(media="print")
    assert "읽은 곳: 공고 글" in page.inner_text(".answers")
    assert not page.is_visible(".top nav")
