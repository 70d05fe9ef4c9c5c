"""The same notice at several sources is one by its numbers, in whatever order the sources are heard and written."""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Iterator, Sequence
from itertools import permutations
from pathlib import Path
from typing import Any

import pytest

from notices.model import RunState
from notices.store import Store
from spiders.registry import Source, load
from spiders.standins import Handler, Request, Response
from tests.replay import Post, Walker, board_list, lh_site, write_source
from tests.spiders.sample import good, page

LH = ("lh-rental", "lh-api", "myhome", "myhome-web")
SH = ("sh-rental", "sh-recruit", "seoul-housing", "myhome", "myhome-web")
DETAIL = "selectWrtancInfo.do"
PAN = "2015122300091001"


@pytest.fixture(scope="module")
def sources() -> dict[str, Source]:
    """All built-in sources."""
    return load()


@pytest.fixture
def read(tmp_path: Path, sources: dict[str, Source]) -> Iterator[Walker]:
    """A walker whose sources were never read."""
    with Store.open(tmp_path / "jiballim.db") as store:
        yield Walker(store, dict(sources))


def of_json(value: Any) -> Response:
    """A JSON answer."""
    return Response(json.dumps(value, ensure_ascii=False))


def always(response: Response) -> Handler:
    """A site with one answer."""
    return lambda request: response


def told(home: Path) -> dict[int, set[tuple[str, str]]]:
    """The notices of every announcement as (source, key)."""
    found: dict[int, set[tuple[str, str]]] = {}
    with sqlite3.connect(home / "jiballim.db") as db:
        for announcement, source, key in db.execute("SELECT announcement_id, source, key FROM notice"):
            found.setdefault(int(announcement), set()).add((source, key))
    return found


def together(home: Path, *wanted: tuple[str, str]) -> set[tuple[str, str]]:
    """The notices of the one announcement that holds the wanted ones."""
    (found,) = [notices for notices in told(home).values() if set(wanted) & notices]
    assert set(wanted) <= found
    return found


def column(home: Path, query: str) -> list[Any]:
    """The first column of a query."""
    with sqlite3.connect(home / "jiballim.db") as db:
        return [value for value, *_ in db.execute(query)]


@pytest.mark.parametrize("order", list(permutations(LH)), ids="-".join)
def test_a_notice_of_lh_is_one_in_any_order(read: Walker, tmp_path: Path, order: Sequence[str]) -> None:
    """Its correction, which is a new number at each source, stands with it and is told once."""
    for name in order:
        assert read.walk(name, good).state is RunState.DONE
    both = [(name, number) for name in LH[:2] for number in (PAN, "2015122300091042")]
    both += [(name, number) for name in LH[2:] for number in ("30001", "30011")]
    assert together(tmp_path, *both) == set(both)
    events = (
        "SELECT e.kind FROM event e JOIN notice n ON n.id = e.notice_id JOIN edition d ON d.notice_id = n.id"
        " WHERE d.title LIKE '%파주햇살마을3단지%'"
    )
    assert sorted(column(tmp_path, events)).count("new") == 1
    assert column(tmp_path, events).count("revision") <= 1
    originals = "SELECT key FROM notice WHERE relation = 'original' AND key IN ('30001', '30011', '2015122300091001', '2015122300091042')"
    assert column(tmp_path, originals) in (["30001"], [PAN])


TURNS = [SH[at:] + SH[:at] for at in range(len(SH))]


@pytest.mark.parametrize("order", [*TURNS, *(turn[::-1] for turn in TURNS)], ids="-".join)
def test_a_notice_of_sh_is_one_in_any_order(read: Walker, tmp_path: Path, order: Sequence[str]) -> None:
    for name in order:
        assert read.walk(name, good).state is RunState.DONE
    call = {(name, "310010" if name in SH[:3] else "30005") for name in SH}
    assert call <= together(tmp_path, *call)
    together(tmp_path, *((name, "310020") for name in SH[:3]))
    together(tmp_path, *((name, "309870") for name in SH[:2]))


OTHER = "완전히 달리 적은 이름의 예비입주자 모집"
FORMS = {
    "http": f"http://apply.lh.or.kr/lhapply/apply/wt/wrtanc/{DETAIL}?panId={PAN}&ccrCnntSysDsCd=03",
    "mobile": f"https://m.apply.lh.or.kr/lhapply/apply/wt/wrtanc/{DETAIL}?mi=1026&panId={PAN}",
    "older": f"https://apply.lh.or.kr/LH/index.html?gv_url=SIL::X.xfdl&gv_param=CCR_CNNT_SYS_DS_CD:03,PAN_ID:{PAN},LCC:Y",
    "escaped": f"https://apply.lh.or.kr/lhapply/apply/wt/wrtanc/{DETAIL}?ccrCnntSysDsCd=03&amp;panId={PAN}&amp;mi=1026",
    "view": f"https://apply.lh.or.kr/lhapply/apply/wt/wrtanc/selectWrtancInfoView.do?pblancId={PAN}&mi=1026",
    "capitals": f"HTTPS://APPLY.LH.OR.KR/lhapply/apply/wt/wrtanc/{DETAIL}?panId={PAN}",
}


def portal(url: str, name: str, before: str = "") -> Handler:
    """마이홈, by API or search, with one notice of another title, at an address of its publisher."""
    answer = json.loads(page(name))
    rows = answer["resultList"] if name == "myhome-web" else answer["response"]["body"]["item"]
    row = {**rows[0], "pblancId": "38001", "pblancNm": OTHER, "url": url, "beforePblancId": before}
    if name == "myhome-web":
        answer = {**answer, "resultCnt": 1, "resultList": [row]}
    else:
        answer["response"]["body"] |= {"totalCount": "1", "item": [row]}
    return lambda request: of_json(answer)


@pytest.mark.parametrize("name", ["myhome", "myhome-web"])
@pytest.mark.parametrize("form", FORMS)
@pytest.mark.parametrize("first", ["lh", "portal"])
def test_the_number_in_an_address_is_enough_however_it_is_written(
    read: Walker, tmp_path: Path, name: str, form: str, first: str
) -> None:
    """No word of the two titles is the same: only the number says that they are one, in either order."""
    walks = [
        ("lh-rental", lh_site([[Post(PAN, "햇살마을 9단지 국민임대주택 모집")]])),
        (name, portal(FORMS[form], name)),
    ]
    for source, site in walks if first == "lh" else walks[::-1]:
        assert read.walk(source, site).state is RunState.DONE
    assert together(tmp_path, ("lh-rental", PAN)) == {("lh-rental", PAN), (name, "38001")}
    assert column(tmp_path, "SELECT kind FROM event") == ["new"]


@pytest.mark.parametrize("number", ["2015122300091009", f"{PAN}1", PAN[:-1]])
def test_another_number_is_another_notice(read: Walker, tmp_path: Path, number: str) -> None:
    read.walk("lh-rental", lh_site([[Post(PAN, "햇살마을 9단지 국민임대주택 모집")]]))
    read.walk("myhome", portal(FORMS["http"].replace(PAN, number), "myhome"))
    assert len(told(tmp_path)) == 2


NAME = "햇살마을 9단지 국민임대주택 모집"


@pytest.mark.parametrize("order", list(permutations(("lh", "call", "correction"))), ids="-".join)
def test_the_number_that_a_correction_names_joins_it(read: Walker, tmp_path: Path, order: Sequence[str]) -> None:
    """마이홈's correction says only which number it corrects, and that one LH's: three notices, one thing, in any order."""
    answer = json.loads(page("myhome"))
    row = answer["response"]["body"]["item"][0]
    call = {**row, "pblancId": "38000", "pblancNm": NAME, "beforePblancId": "", "url": FORMS["http"]}
    fixed = {**row, "pblancId": "38001", "pblancNm": OTHER, "beforePblancId": "38000", "sttusNm": "정정공고", "url": ""}
    heard: list[dict[str, Any]] = []
    for name in order:
        if name == "lh":
            read.walk("lh-rental", lh_site([[Post(PAN, NAME)]]))
            continue
        heard.append(call if name == "call" else fixed)
        body = {**answer["response"]["body"], "totalCount": str(len(heard)), "item": list(heard)}
        assert read.walk("myhome", always(of_json({"response": {"body": body}}))).state is RunState.DONE
    assert together(tmp_path, ("lh-rental", PAN)) == {("lh-rental", PAN), ("myhome", "38000"), ("myhome", "38001")}
    with sqlite3.connect(tmp_path / "jiballim.db") as db:
        relations = dict(db.execute("SELECT key, relation FROM notice"))
    assert relations["38001"] == "revision"
    assert sorted(relations.values()) == ["original", "revision", "same"]
    assert column(tmp_path, "SELECT lead_id = (SELECT id FROM notice WHERE key = '38001') FROM announcement") == [1]


@pytest.mark.parametrize("first", ["call", "follow-up"])
def test_a_post_of_lhs_follow_up_board_stands_with_its_call(tmp_path: Path, first: str) -> None:
    """Whoever carries it, under http:// as LH writes it; a post of the same number at two carriers is one."""
    address = "http://apply.lh.or.kr/lhapply/apply/noti/an/view.do?mi=1079&ccrCnntSysDsCd=03&bbsSn=9102777"
    for name in ("carrier-a", "carrier-b"):
        write_source(tmp_path, name, f"https://{name}.example/list.do", "details = false")
    title = "[접수결과] 햇살마을 9단지 국민임대주택 예비입주자 모집 접수결과 안내"

    def carrier(request: Request) -> Response:
        body = board_list([7]).replace('href="view.do?no=7"', f'href="{address}"')
        return Response(body.replace("햇살 임대주택 7호 입주자 모집 공고", title))

    call = lh_site(
        [[Post(PAN, "햇살마을 9단지 국민임대주택 예비입주자 모집공고", posted="2026.11.02", closes="2026.11.06")]]
    )
    with Store.open(tmp_path / "jiballim.db") as store:
        read = Walker(store, load(tmp_path / "sources"))
        walks = [("lh-rental", call), ("carrier-a", carrier), ("carrier-b", carrier)]
        for source, site in walks if first == "call" else walks[::-1]:
            assert read.walk(source, site).state is RunState.DONE
    (found,) = told(tmp_path).values()
    assert {source for source, _ in found} == {"lh-rental", "carrier-a", "carrier-b"}
    follow = "SELECT relation FROM notice WHERE source LIKE 'carrier%' ORDER BY source"
    assert set(column(tmp_path, follow)) <= {"follow_up", "same"}
