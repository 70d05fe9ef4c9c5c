"""The desk in a real browser: axe, 320 px, the keyboard alone, no script, the copy button; nothing against the CSP."""

from __future__ import annotations

import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
import uvicorn

from desk.web import entry
from jiballim.web.app import Guard
from notices.store import lock
from tests.desk import made
from tests.desk.web.office import PASSWORD, Place, keep, open_place, send
from tests.feeds.site.browser import axe, browser, faults, fonts

pytestmark = pytest.mark.xdist_group("desk-browser")
PAGES = (
    "", "a/1", "a/2", "a/1/draft", "own", "own/new", "sources", "sent", "log", "list/picked", "list/posted", "search?q=마을",
    "a/1/join?notice=1&to=2", "search?q=없는말", "nothing",
)  # fmt: skip


@dataclass
class Shown:
    """A running desk and a browser before it."""

    place: Place
    address: str
    browser: Any

    def page(self, width: int = 1280, **more: Any) -> Any:
        """A page of a visitor who is logged in."""
        page = self.browser.new_context(viewport={"width": width, "height": 800}, locale="ko-KR", **more).new_page()
        page.on(
            "console", lambda said: self.complaints.append(said.text) if said.type in ("error", "warning") else None
        )
        page.goto(f"{self.address}/desk/")
        page.fill("#label", "김주무관")
        page.fill("#password", PASSWORD)
        page.click("button")
        return page

    def __post_init__(self) -> None:
        self.complaints: list[str] = []


@pytest.fixture(scope="module")
def shown(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Shown]:
    """The desk behind the strict headers, with a post to correct."""
    with browser() as launched:
        place = open_place(tmp_path_factory.mktemp("desk"))
        client = place.inside()
        send(client, "/desk/paju/a/1/publish", {"target": "markdown"})
        with place.store() as store:
            made.corrected(store)
        with serving(place) as address:
            yield Shown(place, address, launched)


@contextmanager
def serving(place: Place) -> Iterator[str]:
    """Serve a desk behind the strict headers; gives its address."""
    server = uvicorn.Server(uvicorn.Config(Guard(place.app), port=0, log_level="error"))
    thread = threading.Thread(target=server.run, daemon=True)
    thread.start()
    while not server.started:
        time.sleep(0.02)
    yield f"http://127.0.0.1:{server.servers[0].sockets[0].getsockname()[1]}"
    server.should_exit = True
    thread.join(5)


@pytest.mark.parametrize("width", [320, 1280])
def test_every_page_is_accessible_and_fits(shown: Shown, width: int) -> None:
    page, script = shown.page(width), axe()
    for path in PAGES:
        shown.complaints.clear()
        page.goto(f"{shown.address}/desk/paju/{path}")
        assert shown.complaints == [] or path == "nothing", (path, shown.complaints)
        assert faults(page, script) == [], path
        wide, room = page.evaluate("[document.documentElement.scrollWidth, innerWidth]")
        assert wide <= room, path
        assert page.evaluate(SMALL) == [], path
        assert page.evaluate("parseFloat(getComputedStyle(document.querySelector('main p, main h1')).fontSize)") >= 17
    page.context.close()


SMALL = (
    "[...document.querySelectorAll('button, .button, nav a, .card h3 a, .doors a, .leave a, .jump a, label.check, summary,"
    " input:not([type=hidden]):not([type=checkbox]), select')].filter(e => e.offsetHeight && !e.closest('.skip')"
    " && (e.offsetHeight < 44 || e.offsetWidth < 44)).map(e => e.outerHTML)"
)


def good(page: Any) -> None:
    """A page that is accessible, fits the screen, and can be touched."""
    assert faults(page, axe()) == [], page.url
    wide, room = page.evaluate("[document.documentElement.scrollWidth, innerWidth]")
    assert wide <= room, page.url
    assert page.evaluate(SMALL) == [], page.url


def test_the_door_is_accessible_and_drawn_in_korean(shown: Shown, tmp_path: Path) -> None:
    page = shown.browser.new_context(viewport={"width": 320, "height": 640}).new_page()
    page.goto(f"{shown.address}/desk/")
    assert faults(page, axe()) == []
    assert not any("DejaVu" in font for font in fonts(page, "h1")), "install a Korean font: apt-get install fonts-nanum"
    page.fill("#password", "틀린 비밀번호입니다")
    page.click("button")
    assert faults(page, axe()) == [] and page.inner_text("[role=alert]") == entry.WRONG
    page.context.close()


def test_the_keyboard_alone_is_enough(shown: Shown) -> None:
    page = shown.page()
    page.goto(f"{shown.address}/desk/paju/")
    page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement.className") == "skip"
    page.keyboard.press("p")
    assert page.url.endswith("/desk/paju/"), "no key works without an announcement in focus"
    page.focus("#a3 h3 a")
    page.keyboard.press("p")
    page.wait_for_url("**said=picked**")
    assert "골라 둠" in page.inner_text("#a3")
    page.focus("#q")
    page.keyboard.type("php")
    assert page.input_value("#q") == "php"
    for _ in range(80):
        page.keyboard.press("Tab")
        if page.evaluate("document.activeElement.textContent") == "초안 보기":
            break
    page.keyboard.press("Enter")
    page.wait_for_url("**/draft")
    page.context.close()


def test_the_draft_is_copied_whole(shown: Shown) -> None:
    page = shown.page(permissions=["clipboard-read", "clipboard-write"])
    page.goto(f"{shown.address}/desk/paju/")
    page.click("#a2 a.button")  # the first click; the second copies
    page.click("button[data-copy=text] >> nth=0")
    page.wait_for_function("document.getElementById('copied').textContent")
    copied = page.evaluate("navigator.clipboard.readText()")
    assert copied.startswith("달빛마을 1단지 국민임대") and copied.rstrip() == page.input_value("#text").rstrip()
    for name in ("kakao-text", "kakao-link", "title-text"):
        page.click(f"button[data-copy={name}] >> nth=0")
        page.wait_for_function("name => document.getElementById('copied').textContent.includes('복사')", arg=name)
        assert page.evaluate("navigator.clipboard.readText()") == page.input_value(f"#{name}")
    assert "http" not in page.input_value("#kakao-text") and page.input_value("#kakao-link").startswith("https://")
    page.context.close()


def test_everything_works_without_a_script(shown: Shown) -> None:
    page = shown.page(320, java_script_enabled=False)
    assert "블로그 수정 필요" in page.inner_text("main")
    page.click("#a2 h3 a")
    page.fill("#words-title", "달빛마을에서 모십니다")
    page.click("text=저장하고 초안 보기")
    assert page.url.endswith("/draft") and "달빛마을에서 모십니다" in page.inner_text(".preview")
    assert not page.is_visible("button[data-copy=text]")
    page.click("text=올리기 >> nth=-1")
    assert "새로 올림" in page.inner_text("main")
    page.click("text=나가기")
    assert page.url.endswith("/desk/login")
    page.context.close()


def test_errors_and_forms_with_errors_are_accessible_too(shown: Shown) -> None:
    page, desk = shown.page(320), f"{shown.address}/desk/paju"
    page.goto(f"{desk}/own/new")
    page.fill("#title", "상담의 날")
    page.fill("#opens", "2026-09-20")
    page.fill("#closes", "2026-09-01")
    page.click("text=저장하고 알리기")
    assert page.evaluate("document.activeElement.id") == "opens", "what is wrong has the focus"
    assert "앞섭니다" in page.inner_text("#wrong") and page.input_value("#title") == "상담의 날"
    good(page)
    page.goto(f"{desk}/a/3")
    with shown.place.store() as store:
        store.curation.decide("paju", 3, "picked", made.NOW, "남의 제목", "남의 요약")
    page.fill("#words-title", "나의 제목")
    page.click("text=저장하기")
    assert "두 사람이 함께" in page.inner_text("h1") and "남의 제목" in page.inner_text("main")
    good(page)
    page.click("text=이것으로 저장하기")
    assert page.input_value("#words-title") == "나의 제목"
    page.goto(f"{desk}/a/3/draft")
    page.uncheck("#b-paste")
    page.uncheck("#b-markdown")
    page.click("text=올리기 >> nth=-1")
    good(page)
    page.goto(f"{desk}/a/3/draft")
    with lock(shown.place.office.home / "blog"):
        page.click("text=올리기 >> nth=-1")
        assert "잠시 뒤 다시" in page.inner_text("h1")
        good(page)
    page.click("text=다시 하기")
    assert "올린 결과" in page.inner_text("h1")
    good(page)
    page.goto(f"{desk}/a/3")
    page.fill("#words-summary", "오래 적은 요약")
    shown.place.clock.at += timedelta(hours=2)
    page.click("text=저장하기")
    assert "로그인이 끝났습니다" in page.inner_text("h1") and "오래 적은 요약" in page.inner_text("main")
    good(page)
    shown.place.clock.at -= timedelta(hours=2)
    for path in ("none", "a/999", "list/none", "a/1/join?notice=1&to=x"):
        page.goto(f"{desk}/{path}")
        good(page)
    page.context.close()


def test_a_city_of_centres_is_accessible(tmp_path: Path, shown: Shown) -> None:
    other = made.desk(name="jeonju", title="전주시 주거복지센터", regions=("4511",))
    central = made.desk(name="gyeonggi", title="경기도 주거복지센터", regions=("41",), acts_for=("*",))
    place = open_place(tmp_path, beside=(other, central))
    keep(tmp_path, paju="파주 언덕 파란 대문")
    with serving(place) as address:
        page = shown.browser.new_context(viewport={"width": 320, "height": 800}, locale="ko-KR").new_page()
        page.goto(f"{address}/desk/jeonju/")
        good(page)
        assert page.input_value("#door") == "", "a door that has no password is not chosen"
        page.select_option("#door", "paju")
        page.fill("#password", "파주 언덕 파란 대문")
        page.click("button")
        assert "이 로그인으로는" in page.inner_text("h1")
        good(page)
        page.click("text=처음으로")
        assert page.url.endswith("/desk/paju/")
        good(page)
        page.goto(f"{address}/desk/paju/a/1")
        assert "중앙 센터에" in page.inner_text("main")
        good(page)
        page.click("text=나가기")
        page.select_option("#door", "*")
        page.fill("#password", PASSWORD)
        page.click("button")
        assert "어느 센터" in page.inner_text("h1")
        good(page)
        page.click("text=전주시")
        assert "지금 볼 것이 없습니다" in page.inner_text("main")
        good(page)
        for path in ("list/hidden", "list/posted", "own", "sent", "log"):
            page.goto(f"{address}/desk/jeonju/{path}")
            good(page)
        page.context.close()


def test_from_the_queue_to_a_post_by_the_keyboard_alone(shown: Shown) -> None:
    """Three presses of Enter: the draft, bring it to the blogs, back to the queue."""
    page, pressed = shown.page(), []

    def enter(words: str) -> None:
        for _ in range(90):
            page.keyboard.press("Tab")
            if page.evaluate("document.activeElement.textContent.trim()") == words:
                assert page.evaluate("getComputedStyle(document.activeElement).outlineStyle") != "none", "focus is seen"
                page.keyboard.press("Enter")
                page.wait_for_load_state()
                pressed.append(words)
                return
        raise AssertionError(f"{words} is out of reach")

    page.goto(f"{shown.address}/desk/paju/")
    enter("초안 보기")
    page.wait_for_url("**/draft")
    enter("올리기")
    page.wait_for_url("**/publish")
    assert "올린 결과" in page.inner_text("h1") and len(pressed) <= 3
    enter("오늘 볼 공고로")
    page.wait_for_url("**/desk/paju/")
    page.context.close()
