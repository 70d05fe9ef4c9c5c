"""A look at sources: which work here, which moved and to where, which do not; `run` reads the first alone."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from datetime import timedelta
from pathlib import Path

import pytest

from jiballim import config, vetted, work
from jiballim.cli.sources_check import lines, record
from notices.store import Check, Store
from spiders import registry
from spiders.standins import MISSING, Handler, Request, Response, Served, serve
from spiders.trial import ENOUGH, astray
from tests.replay import NOON, board_list, board_post, by_host, write_source


def board(path: str, numbers: tuple[int, ...] = (3, 2, 1), post: int = 200) -> Handler:
    """A board at one path."""

    def answer(request: Request) -> Response:
        if request.path == path:
            return Response(board_list(numbers))
        if request.path.endswith("view.do"):
            return Response(board_post(int(request.query["no"])), post)
        return MISSING

    return answer


def barred(request: Request) -> Response:
    """A site that asks not to be read."""
    text = "User-agent: *\nDisallow: /\n"
    return Response(text, content_type="text/plain") if request.path == "/robots.txt" else MISSING


SITES: Mapping[str, tuple[str, str, Handler]] = {
    "works": ("https://works.go.kr/list.do", "", board("/list.do")),
    "part": ("https://part.go.kr/list.do", "", board("/list.do", post=404)),
    "also": ("https://also.go.kr/old.do", 'also = ["https://also.go.kr/new.do"]', board("/new.do")),
    "egov": ("https://egov.go.kr/bbs/BBSMSTR_01/list.do", "", board("/cop/bbs/BBSMSTR_01/selectBoardList.do")),
    "gone": ("https://gone.go.kr/list.do", "", lambda _: MISSING),
    "barred": ("https://barred.go.kr/list.do", 'also = ["https://barred.go.kr/new.do"]', barred),
}  # fmt: skip


@pytest.fixture
def home(tmp_path: Path) -> Path:
    """A home with six sources of its own and none of the built-in."""
    off = json.dumps(list(registry.load()))
    (tmp_path / config.NAME).write_text(f'contact = "a@example.or.kr"\noff = {off}\n', "utf-8")
    for name, (endpoint, more, _) in SITES.items():
        write_source(tmp_path, name, endpoint, more)
    return tmp_path


@pytest.fixture
def served() -> Iterator[Served]:
    """All six sites."""
    with serve(by_host({f"{name}.go.kr": handler for name, (_, _, handler) in SITES.items()})) as found:
        yield found


def looked(home: Path, served: Served, *names: str) -> dict[str, Check]:
    """Look at sources of a home."""
    return work.check(config.load(home), names or tuple(SITES), now=NOON, replay_origin=served.origin)


def test_a_look_says_what_works_what_moved_and_why(home: Path, served: Served) -> None:
    found = looked(home, served)
    assert {name: (c.state, c.reason, c.listed) for name, c in found.items()} == {
        "works": ("works", "", 3),
        "part": ("part", "http_error", 3),
        "also": ("moved", "http_error", 3),
        "egov": ("moved", "http_error", 3),
        "gone": ("fails", "http_error", 0),
        "barred": ("fails", "robots", 0),
    }
    assert found["also"].remedy == 'endpoint = "https://also.go.kr/new.do"'
    assert found["egov"].remedy == 'endpoint = "https://egov.go.kr/cop/bbs/BBSMSTR_01/selectBoardList.do"'
    assert [path for path in served.paths() if path.startswith("barred")] == []
    said = "\n".join(lines(found.values(), registry.load(home / "sources")))
    assert found["egov"].remedy in said and "옮겨짐 2" in said
    assert str(home / "sources/egov.toml") in said
    assert record(found["gone"], registry.load(home / "sources"))["reason"] == "http_error"


def test_a_look_stores_no_notice_and_asks_little(home: Path, served: Served) -> None:
    looked(home, served, "works")
    assert served.paths() == ["works.go.kr/list.do", "works.go.kr/view.do"]
    with Store.open(home / "jiballim.db", readonly=True) as store:
        assert store.runs.last_of_each() == []
        assert store.search("햇살") == []


def test_the_line_that_is_proposed_mends_the_source(home: Path, served: Served) -> None:
    remedy = looked(home, served, "egov")["egov"].remedy
    path = home / "sources/egov.toml"
    path.write_text(path.read_text("utf-8").replace(f'endpoint = "{SITES["egov"][0]}"', remedy), "utf-8")
    assert looked(home, served, "egov")["egov"].state == "works"


def test_without_a_network_no_other_addresses_are_tried() -> None:
    sources = list(registry.load().values())[: ENOUGH + 1]
    checks = [(s, Check(s.name, NOON, s.asked, "fails", "dns")) for s in sources]
    assert astray(checks) == []
    assert astray(checks[:2]) == sources[:2]
    checks[0] = (sources[0], Check(sources[0].name, NOON, sources[0].asked, "works"))
    assert astray(checks) == sources[1:]


def test_a_list_of_other_posts_is_no_remedy(home: Path, served: Served) -> None:
    """Where posts are known, a list elsewhere that shows none of them is another list."""
    write_source(home, "also", "https://works.go.kr/list.do")
    work.crawl(config.load(home), ["also"], now=NOON, replay_origin=served.origin)
    write_source(home, "also", *SITES["also"][:2])
    assert looked(home, served, "also")["also"].state == "moved"
    with serve(by_host({"also.go.kr": board("/new.do", (99, 98))})) as other:
        assert looked(home, other, "also")["also"].state == "fails"


def test_a_fresh_machine_looks_first_and_reads_what_works(home: Path, served: Served) -> None:
    settings = config.load(home)
    assert set(work.unseen(settings, NOON)) == set(SITES)
    looked(home, served, *work.unseen(settings, NOON))
    runs = work.crawl(settings, (), now=NOON, replay_origin=served.origin)
    assert {run.source for run in runs} == {"works", "part"}
    assert work.unseen(settings, NOON + timedelta(hours=1)) == []
    assert set(work.unseen(settings, NOON + timedelta(hours=7))) == {"also", "egov", "gone"}
    assert set(work.unseen(settings, NOON + timedelta(days=8))) == {"also", "egov", "gone", "barred"}


def test_a_changed_file_asks_for_a_new_look(home: Path, served: Served) -> None:
    settings = config.load(home)
    looked(home, served)
    write_source(home, "works", "https://works.go.kr/other.do")
    assert work.unseen(settings, NOON) == ["works"]
    assert "works" not in {source.name for source in work.readable(settings)}


def test_sources_named_in_the_settings_are_read_without_a_look(home: Path) -> None:
    path = home / config.NAME
    path.write_text('contact = "a@example.or.kr"\nsources = ["works"]\n', "utf-8")
    assert work.unseen(config.load(home), NOON) == []
    assert [source.name for source in work.readable(config.load(home))] == ["works"]


def test_where_nothing_can_be_read_the_fault_is_on_this_side(home: Path) -> None:
    """No network on the first day must not cost a day."""
    sources = [s for s in registry.load(home / "sources").values() if s.name in SITES]
    checks = {s.name: Check(s.name, NOON, s.asked, "fails", "dns") for s in sources}
    assert len(vetted.due(sources, checks, (), NOON + timedelta(minutes=11))) == len(SITES)
    checks["works"] = Check("works", NOON, checks["works"].asked, "works")
    assert vetted.due(sources, checks, (), NOON + timedelta(minutes=11)) == []


def test_a_file_of_the_program_is_not_to_be_changed_for_long(home: Path) -> None:
    built_in = registry.load()["jincheon-gosi"]
    check = Check(built_in.name, NOON, built_in.asked, "moved", "http_error", remedy='method = "POST"\n[bootstrap]')
    said = "\n".join(lines([check], {built_in.name: built_in}))
    assert "  method" in said and "\n  [bootstrap]" in said and "off에 원래 이름을" in said
    own = registry.load(home / "sources")["works"]
    assert "원래 이름" not in "\n".join(lines([Check("works", NOON, own.asked, "moved", remedy="x")], {"works": own}))
    quiet = Check("works", NOON, own.asked, "part", "quiet", "새 글이 없습니다.", listed=9)
    assert "조용함" in "\n".join(lines([quiet], {"works": own}))
