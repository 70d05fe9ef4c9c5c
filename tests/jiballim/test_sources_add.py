"""A new source from an address alone: what is drafted loads, reads the same list, and says what to check."""

from __future__ import annotations

import json
from datetime import date
from pathlib import Path

import pytest

from jiballim import config
from jiballim.cli import main, sources_add
from notices.errors import Refusal
from spiders.asks import list_ask
from spiders.drafting import draft, paging
from spiders.pages import listing
from spiders.pages.document import Document
from spiders.pages.families import FAMILIES
from spiders.pages.records import Call, Listing, State
from spiders.registry import load, read
from spiders.standins import MISSING, Request, Response, serve
from tests.replay import board_list, board_post

RECORDED = Path(__file__).parents[1] / "recorded/board"
LISTS = [p.parent for family in FAMILIES for p in sorted(RECORDED.glob(f"{family.name}/*/page.html"))]
TODAY = date(2026, 11, 25)
URL = "https://www.haessal.go.kr/list.do?id=7"


@pytest.mark.parametrize("case", LISTS, ids=lambda p: f"{p.parent.name}-{p.name}")
def test_a_draft_of_every_family_loads_and_reads_the_same_list(case: Path, tmp_path: Path) -> None:
    url = (case / "url").read_text("utf-8").strip()
    document = Document((case / "page.html").read_bytes(), url)
    made = draft(document, url, (), TODAY)
    assert made.family in {f.name for f in FAMILIES}
    path = tmp_path / f"{made.name}.toml"
    path.write_text(made.text, "utf-8")
    source = read(path)
    again = listing(Document(document.data, list_ask(source, 1, TODAY).url), today=TODAY, hints=source.hints)
    assert [(r.title, r.key, r.posted) for r in again.rows] == [(r.title, r.key, r.posted) for r in made.listing.rows]
    assert len(again.rows) >= source.expect.rows
    following = listing(document, today=TODAY).next_page
    if following is not None and following.form is None and source.paging.param is not None:
        asked = list_ask(source, 2, TODAY, following).url
        assert f"{source.paging.param}=" in asked
        assert asked.split(f"{source.paging.param}=")[1].split("&")[0] in following.url


@pytest.mark.parametrize(
    ("here", "following", "expected"),
    [
        ("https://a.kr/l.do?b=8", "https://a.kr/l.do?b=8&pageIndex=2", ("pageIndex", 1, 1)),
        ("https://a.kr/l.do?b=8&p=1", "https://a.kr/l.do?b=8&p=2", ("p", 1, 1)),
        ("https://a.kr/l.do", "https://a.kr/l.do?article.offset=10", ("article.offset", 0, 10)),
        ("https://a.kr/l.do", "https://a.kr/l.do?pageUnit=10&pageIndex=2", ("pageIndex", 1, 1)),
        ("https://a.kr/l.do", "https://a.kr/board/2", (None, 1, 1)),
    ],
)
def test_paging_is_told_by_the_next_page(here: str, following: str, expected: tuple[str | None, int, int]) -> None:
    assert paging(here, Listing(State.OK, next_page=Call(following))) == expected


def site(request: Request) -> Response:
    """A board with posts."""
    if request.path == "/list.do":
        return Response(board_list((3, 2, 1)))
    return Response(board_post(int(request.query["no"]))) if request.path == "/view.do" else MISSING


def test_an_address_becomes_a_source_with_its_case(tmp_path: Path) -> None:
    settings = config.Config(tmp_path, contact="a@example.or.kr")
    pages = tmp_path / "pages"
    with serve(site) as served:
        sources_add.fetch(settings, URL, pages, served.origin)
    assert served.paths() == ["www.haessal.go.kr/list.do", "www.haessal.go.kr/view.do"]
    made, post = sources_add.write(settings, URL, pages, load(), TODAY, name="", saved=False)
    assert made.name == "haessal-notice"
    assert post is not None and post["body"]
    said = "\n".join(sources_add.lines(made, post, settings))
    assert "햇살 임대주택 3호" in said and "확인할 것" in said
    assert load(settings.own_sources)["haessal-notice"].endpoint == URL
    case = settings.own_sources / "cases/haessal-notice"
    assert sorted(p.name for p in case.iterdir()) == [
        "detail.html", "detail.url", "expected.json", "list.html", "list.url",
    ]  # fmt: skip
    assert len(json.loads((case / "expected.json").read_text("utf-8"))["list"]["items"]) == 3
    assert not (settings.own_sources / "being-added.toml").exists()


def test_a_site_that_cannot_be_read_leaves_nothing_behind(tmp_path: Path) -> None:
    settings = config.Config(tmp_path, contact="a@example.or.kr")
    with serve(lambda r: Response("User-agent: *\nDisallow: /\n")) as served, pytest.raises(Refusal, match="robots"):
        sources_add.fetch(settings, URL, tmp_path / "pages", served.origin)
    assert list(settings.own_sources.iterdir()) == []


def run(home: Path, *arguments: str) -> int:
    """Run the command; returns its exit code."""
    with pytest.raises(SystemExit) as ended:
        main(["--home", str(home), "sources", "add", *arguments])
    return int(ended.value.code or 0)


def test_a_saved_page_does_without_a_network(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    page = tmp_path / "list.html"
    page.write_text(board_list((3, 2, 1)), "utf-8")
    assert run(tmp_path, "--from-file", str(page), "--url", URL, "--name", "haessal") == 0
    assert "글 하나: 읽어 보지 않았습니다." in capsys.readouterr().out
    assert run(tmp_path, "--from-file", str(page), "--url", URL) == 2
    assert "이미 듣습니다" in capsys.readouterr().err


@pytest.mark.parametrize("body", ["<title>로그인</title><form><input type=password></form>", "", "<table></table>"])
def test_a_page_that_is_no_list_writes_nothing(tmp_path: Path, body: str, capsys: pytest.CaptureFixture[str]) -> None:
    page = tmp_path / "list.html"
    page.write_text(body, "utf-8")
    assert run(tmp_path, "--from-file", str(page), "--url", URL) == 1
    assert "아무것도 쓰지 않았습니다" in capsys.readouterr().out
    assert not (tmp_path / "sources").exists()


def test_a_page_that_frames_the_list_says_which(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    page = tmp_path / "list.html"
    inner = "https://eminwon.haessal.go.kr/emwp/jsp/ofr/OfrNotAncmtLSub.jsp"
    page.write_text(f'<title>고시공고</title><iframe src="{inner}"></iframe>', "utf-8")
    assert run(tmp_path, "--from-file", str(page), "--url", URL) == 1
    assert inner in capsys.readouterr().out


@pytest.mark.parametrize("arguments", [(), ("ftp://a/",), ("https://a.kr/l.do", "--from-file", __file__)])
def test_wrong_use_is_one_sentence(
    tmp_path: Path, arguments: tuple[str, ...], capsys: pytest.CaptureFixture[str]
) -> None:
    assert run(tmp_path, *arguments) == 2
    assert "sources add" in capsys.readouterr().err
