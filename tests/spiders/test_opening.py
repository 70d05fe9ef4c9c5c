"""What a site wants read before its list: hidden fields go with every call, stay at home, and run out once a run."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path

import pytest

from notices.model import RunState
from spiders.crawl import crawl
from spiders.registry import SourceError, load
from spiders.remedies import remedies
from spiders.standins import MISSING, Request, Response, serve
from spiders.walk import Walk
from tests.replay import board_list, by_host, walker, write_source

HOST = "eminwon.haessal.go.kr"
BEFORE, LIST = "/emwp/before.jsp", "/emwp/list.do"
FORM = '[form]\nmethod = "selectList"\n[paging]\nparam = "pageIndex"\npages = 2\n'
NAMED = f'[bootstrap]\npage = "https://{HOST}{BEFORE}"\nform = "form1"\nfields = ["token"]\n'
GUARD = "<title>안내</title><script>alert('잘못된 접근입니다.');history.back();</script>"


def before(token: str, more: str = "", action: str = LIST) -> str:
    """The page with its form, and another one for the search."""
    return (
        '<!DOCTYPE html><meta charset="utf-8"><form name="search" action="/search.do"><input type="hidden" name="token" value="no">'
        f'</form><form name="form1" method="post" action="{action}"><input type="hidden" name="token" value="{token}">'
        f'<input type="hidden" name="method" value="other"><input type="hidden" name="title" value="고시공고">{more}</form>'
    )


@dataclass
class Site:
    """A site that answers its list only to a token that holds; a token holds for `lasts` calls."""

    lasts: int = 99
    page: Callable[[str], str] = before
    given: int = 0
    used: int = 0
    calls: list[dict[str, str]] = field(default_factory=list)

    def __call__(self, request: Request) -> Response:
        if request.path == BEFORE:
            self.given, self.used = self.given + 1, 0
            return Response(self.page(f"t{self.given}"))
        if request.path != LIST:
            return MISSING
        asked = {**request.query, **request.form}
        self.calls.append(asked)
        self.used += 1
        if asked.get("token") != f"t{self.given}" or self.used > self.lasts:
            return Response(GUARD)
        number = int(asked.get("pageIndex", "1"))
        return Response(board_list(range(30 - 10 * number, 20 - 10 * number, -1), '<a href="?pageIndex=2">2</a>'))


def walk(home: Path, site: Site, method: str = "POST", tables: str = FORM + NAMED) -> Walk:
    """Walk the list once."""
    write_source(home, "haessal", f"https://{HOST}{LIST}", f'method = "{method}"\ndetails = false', tables)
    with walker(home) as walks:
        return walks.walk("haessal", site)


def test_the_fields_go_with_every_call_of_the_list(tmp_path: Path) -> None:
    """What the file says stands; what it does not say, and the fields it names, are as the page gives them."""
    site = Site()
    run = walk(tmp_path, site)
    assert (run.state, run.reason) == (RunState.DONE, None)
    said = {"token": "t1", "method": "selectList", "title": "고시공고"}
    assert site.calls == [{**said, "pageIndex": "1"}, {**said, "pageIndex": "2"}]
    assert (site.given, run.counts["requests"], run.counts["listed"]) == (1, 3, 20)


def test_they_go_into_the_address_of_a_list_that_is_got(tmp_path: Path) -> None:
    site = Site()
    run = walk(tmp_path, site, "GET", '[params]\nmethod = "a"\n[paging]\nparam = "pageIndex"\npages = 2\n' + NAMED)
    assert run.state is RunState.DONE
    assert site.calls[1] == {"token": "t1", "method": "a", "title": "고시공고", "pageIndex": "2"}


def test_without_a_name_the_form_with_the_fields_or_with_most_is_meant(tmp_path: Path) -> None:
    site = Site()
    page = f'[bootstrap]\npage = "https://{HOST}{BEFORE}"\n'
    assert walk(tmp_path, site, tables=FORM + page).state is RunState.DONE
    assert walk(tmp_path, site, tables=FORM + page + 'fields = ["title"]\n').state is RunState.DONE


@pytest.mark.parametrize(
    ("page", "said"),
    [
        (lambda token: before(token).replace('name="token"', 'name="csrf"'), "token"),
        (lambda token: before(token).replace('name="form1"', 'name="frm"'), "form1"),
        (lambda token: "<title>점검</title><p>서비스 점검 중입니다.</p>", "form1"),
        (lambda token: "", "form1"),
        (lambda token: before("가" * 70_000), "너무 깁니다(70,000자)"),
        (lambda token: before(token, "".join(f'<input type="hidden" name="f{n}">' for n in range(200))), "203개"),
        (lambda token: before(token, action="https://evil.example/collect"), "form1"),
        (lambda token: before(token, action="//evil.example:99999/"), "form1"),
        (lambda token: before(token, action="http://[bad"), "form1"),
    ],
)
def test_a_page_that_changed_is_named_and_nothing_is_asked_behind_it(
    tmp_path: Path, page: Callable[[str], str], said: str
) -> None:
    site = Site(page=page)
    run = walk(tmp_path, site)
    assert run.state is RunState.FAILED and run.reason
    assert run.reason.code == "bootstrap" and said in run.reason.sentence and "[bootstrap]" in run.reason.sentence
    assert (site.calls, site.given, len(run.reason.sentence) < 200) == ([], 1, True)


def test_a_value_for_an_address_is_short(tmp_path: Path) -> None:
    site = Site(page=lambda token: before("x" * 5000))
    run = walk(tmp_path, site, "GET", NAMED)
    assert run.reason and run.reason.code == "bootstrap" and not site.calls


def test_a_token_that_ran_out_is_renewed_once(tmp_path: Path) -> None:
    site = Site(lasts=1)
    run = walk(tmp_path, site)
    assert (run.state, run.reason, run.counts["listed"]) == (RunState.DONE, None, 20)
    assert [(call["token"], call["pageIndex"]) for call in site.calls] == [("t1", "1"), ("t1", "2"), ("t2", "2")]
    assert site.given == 2


def test_a_token_that_never_holds_fails_the_run_after_one_renewal(tmp_path: Path) -> None:
    site = Site(lasts=0)
    run = walk(tmp_path, site)
    assert run.state is RunState.FAILED and run.reason and run.reason.code == "guard"
    assert (site.given, len(site.calls)) == (2, 2)


def test_a_page_of_another_site_is_refused_in_the_file(tmp_path: Path) -> None:
    write_source(tmp_path, "far", f"https://{HOST}{LIST}", tables='[bootstrap]\npage = "https://other.go.kr/"')
    with pytest.raises(SourceError, match=r"far\.toml의 bootstrap: page는 목록과 같은 사이트여야"):
        load(tmp_path / "sources")
    write_source(tmp_path, "far", f"https://{HOST}{LIST}", tables='[bootstrap]\nform = "form1"')
    with pytest.raises(SourceError, match=r"\[bootstrap\]의 page: 이 값이 꼭 있어야 합니다"):
        load(tmp_path / "sources")


def test_it_is_read_as_politely_as_any_page_and_never_elsewhere(tmp_path: Path) -> None:
    """Over the network: robots.txt, redirects, errors, a site without an answer; another site hears nothing."""

    def at(site: Callable[[Request], Response]) -> Callable[[Request], Response]:
        return lambda r: site(r) if r.path == BEFORE or r.path == "/robots.txt" else Response(board_list((3, 2, 1)))

    sites = {
        "good": at(lambda r: Response(before("t1")) if r.path == BEFORE else MISSING),
        "barred": at(lambda r: Response(f"User-agent: *\nDisallow: {BEFORE}", content_type="text/plain")),
        "gone": at(lambda r: MISSING),
        "away": at(lambda r: Response("", 302, headers={"Location": "https://evil.example/"}) if r.path == BEFORE else MISSING),
        "loop": at(lambda r: Response("", 302, headers={"Location": BEFORE}) if r.path == BEFORE else MISSING),
    }  # fmt: skip
    for name in sites:
        url = f"https://{name}.go.kr"
        write_source(
            tmp_path, name, url + LIST, "details = false",
            f'[paging]\npages = 1\n[bootstrap]\npage = "{url}{BEFORE}"\nform = "form1"',
        )  # fmt: skip
    with serve(by_host({f"{name}.go.kr": site for name, site in sites.items()})) as served:
        runs = {run.source: run for run in crawl(sites, home=tmp_path, replay_origin=served.origin)}
        assert {name: run.reason for name, run in runs.items()} == {
            "good": None, "barred": "robots", "gone": "bootstrap", "away": "bootstrap", "loop": "bootstrap",
        }  # fmt: skip
        assert all("[bootstrap]" in (run.sentence or "[bootstrap]") for run in runs.values())
        asked = served.paths()
        assert [path for path in asked if path.endswith(LIST)] == [f"good.go.kr{LIST}"]
        assert not any("evil" in path for path in asked) and f"barred.go.kr{BEFORE}" not in asked
        sent = next(r for r in served.requests if r.path == LIST)
        assert sent.headers["referer"].endswith(BEFORE)


def test_a_call_of_a_civil_portal_that_fails_is_tried_with_the_page_before_it() -> None:
    tried = remedies(load()["jincheon-gosi"])
    with_page = [remedy for remedy in tried if remedy.source.bootstrap]
    assert [r.source.bootstrap.page.split("/")[-1] for r in with_page if r.source.bootstrap] == [
        "OfrNotAncmtLSub.jsp?not_ancmt_se_code=01,02,04",
        "OfrNotAncmtL.jsp?not_ancmt_se_code=01,02,04",
    ]
    assert all("[bootstrap]\npage = " in r.line and r.source.method == "POST" for r in with_page)
