"""The sample sites answer as they stood on each day, each with the faults that it is known for."""

from __future__ import annotations

import json
from collections.abc import Mapping
from urllib.parse import parse_qsl, urlsplit

import pytest

from jiballim.demo.sites import KEYS, Sites
from jiballim.demo.world import DAYS
from notices.model import NOTHING
from spiders.asks import list_ask
from spiders.registry import load
from spiders.standins import Request, Response

LH, BOARD, DATA = "apply.lh.or.kr", "www.geumcheon.go.kr", "apis.data.go.kr"
KEY = {"serviceKey": KEYS["JIBALLIM_DATAGOKR_KEY"]}
VIEW = "/portal/selectBbsNttView.do"


def ask(
    host: str, path: str, query: Mapping[str, str] = NOTHING, form: Mapping[str, str] = NOTHING, day: int = 1
) -> Response:
    """What a fresh set of sites answers to one question."""
    return Sites()(Request("GET", host, path, query, form, label=str(day)))


def text(response: Response) -> str:
    """The body as text."""
    return response.body.decode() if isinstance(response.body, bytes) else response.body


def test_a_list_shows_what_is_announced_by_its_morning() -> None:
    sites = Sites()
    first, second, fourth = (text(sites.listing("lh-rental", day)) for day in (1, 2, 4))
    assert "[정정공고]파주햇살마을3단지" not in first
    assert "[정정공고]파주햇살마을3단지" in second
    assert "대전물빛" in second
    assert "대전물빛" not in fourth
    assert "천안두레1단지" in fourth


def test_robots_are_the_same_every_morning() -> None:
    robots = [ask(LH, "/robots.txt", day=day) for day in range(1, len(DAYS) + 1)]
    assert {(page.status, page.body) for page in robots} == {(200, robots[0].body)}
    assert ask("www.example.kr", "/robots.txt").status == 404


def test_a_post_is_found_by_its_number_and_stays_when_its_list_drops_it() -> None:
    page = ask(BOARD, VIEW, {"key": "293", "bbsNo": "4", "nttNo": "271888"})
    assert page.status == 200
    assert "청년 월세" in text(page)
    gone = ask(LH, "/lhapply/apply/wt/wrtanc/selectWrtancInfo.do", {"panId": "2015122300090902"}, day=4)
    assert (gone.status, "대전물빛" in text(gone)) == (200, True)


def test_what_was_never_there_is_not_found() -> None:
    assert ask(BOARD, VIEW, {"nttNo": "271930"}).status == 404
    assert ask(BOARD, VIEW).status == 404
    assert ask("www.example.kr", "/../../../etc/passwd", day=4).status == 404


@pytest.mark.parametrize("name", [n for n in Sites().sites if n != "sample-centre-blog"])
def test_every_site_answers_what_its_source_asks(name: str) -> None:
    """The question is the source file's own, with the key that its handler adds."""
    source, sites = load()[name], Sites()
    asked = list_ask(source, 1, DAYS[0].date())
    parts, form = urlsplit(asked.url), asked.form or NOTHING
    said = dict(parse_qsl(parts.query)) | KEY | {"API_KEY": KEYS["JIBALLIM_HUG_KEY"]}
    naver = KEYS["JIBALLIM_NAVER_KEY"].split(":")
    headers = {"cookie": "TMOSHCooKie=1", "x-naver-client-id": naver[0], "x-naver-client-secret": naver[1]}
    answer = sites(Request(source.method, source.host, parts.path, said, form, headers, "1"))
    assert answer.status == 200
    assert answer.body == sites.listing(name, 1, {**said, **form}).body


def test_past_the_end_stands_the_last_page_again() -> None:
    sites = Sites()
    pages = [sites.listing("sh-rental", 1, {"page": str(number)}).body for number in (1, 2, 3, 9)]
    assert pages[0] != pages[1]
    assert pages[1] == pages[2] == pages[3]


def test_titles_wear_badges_and_a_link_is_commented_out() -> None:
    sites = Sites()
    assert '<em class="day">3일전</em></span>' in text(sites.listing("lh-rental", 1))
    assert '<span class="icoNew">NEW</span>' in text(sites.listing("sh-rental", 1))
    assert '<!--<a href="/site/main/sh/publicLease/view?seq=1&cp=1"></a>-->' in text(sites.listing("seoul-housing", 1))


def test_a_form_left_out_brings_an_error_or_an_empty_table_with_200() -> None:
    error = ask("www.myhome.go.kr", "/hws/portal/sch/selectRsdtRcritNtcList.do", form={"srchPrgrStts": ""})
    assert (error.status, "잘못된 접근" in text(error)) == (200, True)
    empty = ask("www.khug.or.kr", "/jeonse/web/s07/s070102.jsp")
    assert isinstance(empty.body, bytes)
    assert (empty.status, "<tbody></tbody>" in empty.body.decode("euc-kr")) == (200, True)


def test_an_api_wants_its_key_and_says_so_in_xml() -> None:
    path = "/1613000/HWSPR02/rsdtRcritNtcList"
    refused = ask(DATA, path, {"serviceKey": "other"})
    assert (refused.status, "<returnReasonCode>30<" in text(refused)) == (403, True)
    assert json.loads(text(ask(DATA, path, KEY)))["response"]["header"]["resultCode"] == "00"


def test_an_api_is_late_once_with_xml_for_json() -> None:
    sites = Sites()
    asked = Request("GET", DATA, "/1613000/HWSPR02/rsdtRcritNtcList", KEY, label="2")
    late, well = sites(asked), sites(asked)
    assert (late.status, "SERVICETIMEOUT" in text(late)) == (504, True)
    assert well.status == 200


def test_faults_tell_the_key() -> None:
    """What a reader must never pass on: an error that repeats it, and an address that holds it."""
    key = KEYS["JIBALLIM_HUG_KEY"]
    assert key in text(ask("www.khug.or.kr", "/SelectListInfo.do", {"API_KEY": key}, day=3))
    moved = ask(DATA, "/B554287/LocalGovernmentWelfareInformations/LcgvWelfarelist", KEY, day=2)
    assert (moved.status, "serviceKey=sample" in moved.headers["Location"]) == (302, True)
    cookie = ask("www.molit.go.kr", "/dev/board/board_rss.jsp", {"rss_id": "NEWS"})
    assert (cookie.status, "TMOSHCooKie" in cookie.headers["Set-Cookie"]) == (307, True)


def test_an_empty_cell_comes_where_a_value_was() -> None:
    rows = [json.loads(text(Sites().listing("myhome", day)))["response"]["body"]["item"] for day in (2, 3)]
    before, after = (next(row for row in each if row["pblancId"] == "30004") for each in rows)
    assert (before["rentGtn"], before["endDe"]) == ("2450000", "20261113")
    assert (after["rentGtn"], after["endDe"]) == ("", "")


def test_every_page_is_well_formed() -> None:
    sites = Sites()
    for name in sites.sites:
        for day in range(1, len(DAYS) + 1):
            posts = [page for post in sites.world.posts(name, day) for page in sites.posts(name, post["number"], day)]
            for page in (sites.listing(name, day), *posts):
                if "json" in page.content_type:
                    json.loads(page.body)
