"""LH 청약플러스: the list, the three shapes of its schedule, its error page, and the real captures as labelled."""

from __future__ import annotations

import json
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from spiders.pages import lh
from spiders.pages.document import Document
from spiders.pages.records import Detail, Listing, State

LIST = "https://apply.lh.or.kr/lhapply/apply/wt/wrtanc/selectWrtancList.do?mi=1026"
TODAY = date(2026, 11, 24)


def page(
    rows: str, counts: str = "전체 <strong>2 </strong>건 &nbsp;<strong>1</strong>/1페이지", heads: str = ""
) -> str:
    """A list page around rows."""
    names = heads or "<th>번호<th>유형<th>공고명<th>지역<th>첨부<th>게시일<th>마감일<th>상태<th>조회수"
    return (
        f'<meta charset="utf-8"><p class="bbs_total">{counts}</p><div class="bbs_ListA"><table><thead><tr>{names}</thead>'
        f"<tbody>{rows}</tbody></table></div>"
    )


def row(key: str, title: str, posted: str = "2026.11.20", status: str = "공고중") -> str:
    """A row of the list."""
    return (
        f'<tr><td>7<td>국민임대<td><a href="javascript:" data-id1="{key}" data-id2="03" data-id3="06" data-id4="07" '
        f'class="wrtancInfoBtn"><span>{title} <em class="day">1일전</em></span></a><td>경기도 외'
        f'<td><a class="listFileDown" data-id1="06" data-id5="{key}">첨부</a><td>{posted}<td>2026.12.01'
        f'<td class="mVw stt">{status}<td>1,204</tr>'
    )


def listing(text: str) -> Listing:
    """Read a list page."""
    return lh.listing(Document(text.encode(), LIST), today=TODAY)


def detail(inner: str, key: str = "2015122300099999", closes: str = "2026.12.01") -> Detail:
    """Read a notice's page with a script or sections inside."""
    text = (
        '<meta charset="utf-8"><div class="bbs_ViewA"><h3>햇살마을 국민임대 모집</h3><ul class="bbsV_data">'
        f"<li><strong>공고상태</strong><span>접수중</span></li><li><strong>마감일</strong><span>{closes}</span></li></ul>{inner}</div>"
    )
    return lh.detail(Document(text.encode(), f"https://apply.lh.or.kr/x.do?panId={key}&mi=1026"), today=TODAY)


def test_a_row_gives_its_nine_columns_without_badges() -> None:
    (first,) = listing(page(row("2015122300099999", "[정정공고]햇살마을 국민임대 모집"))).rows
    assert first.title == "[정정공고]햇살마을 국민임대 모집"
    assert (first.key, first.posted) == ("2015122300099999", date(2026, 11, 20))
    assert first.fields == {"supply": "국민임대", "region": "경기도 외", "status": "공고중", "closes": "2026.12.01"}
    assert first.url == (
        "https://apply.lh.or.kr/lhapply/apply/wt/wrtanc/selectWrtancInfo.do"
        "?panId=2015122300099999&ccrCnntSysDsCd=03&uppAisTpCd=06&aisTpCd=07&mi=1026"
    )


def test_the_last_page_has_no_next() -> None:
    counts = "전체 <strong>1,201</strong>건 &nbsp;<strong>{}</strong>/13페이지"
    middle, last = (listing(page(row("1", "가"), counts.format(n))) for n in (12, 13))
    assert middle.total == 1201
    assert middle.next_page is not None and middle.next_page.form == {"currPage": "13"}
    assert last.next_page is None


@pytest.mark.parametrize(
    ("text", "state"),
    [
        (page("<tr><td colspan=9>조회된 공고가 없습니다.</tr>", "전체 <strong>0</strong>건"), State.EMPTY),
        (page("<tr><td colspan=9>조회된 공고가 없습니다.</tr>", ""), State.EMPTY),
        (page("", "전체 <strong>69</strong>건 <strong>1</strong>/2페이지"), State.SHELL),
        (page("", ""), State.UNREADABLE),
        (page(row("1", "가"), heads="<th>구분<th>내용"), State.UNREADABLE),
        ("<title>오류</title><p>잘못된 경로로 접근하였습니다.</p>", State.GUARD),
        ("<p>페이지가 삭제되었거나 없습니다.</p>", State.GUARD),
        ('{"a": 1}', State.UNREADABLE),
        ("", State.UNREADABLE),
    ],
)
def test_a_page_that_is_no_list_says_so(text: str, state: State) -> None:
    answer = listing(text)
    assert answer.state == state
    assert answer.why


def test_an_impossible_day_and_a_missing_number_are_doubts() -> None:
    no_day, no_key = listing(page(row("1", "가", "2026.13.45") + row("", "나"))).rows
    assert no_day.posted is None and no_day.doubts == ("게시일을 읽지 못함",)
    assert no_key.key is None and no_key.doubts == ("공고번호가 없음",)


def test_shape_a_spans_all_complexes_of_the_same_notice() -> None:
    read = detail(
        """<script>
        splScdlist.push({panId:'2015122300099999', ltrUntNo:'1', sbscAcpStDt:'2026.12.02', sbscAcpClsgDt:'2026.12.04', pprSbmOpeAncDt:''});
        splScdlist.push({ panId: '2015122300099999', sbscAcpStDt: '2026.11.30 10:00', sbscAcpClsgDt: '2026.12.03 17:00' });
        splScdlist.push({panId:'2015122300000001', sbscAcpStDt:'2020.01.01', sbscAcpClsgDt:'2030.01.01'});
        // splScdlist.push({panId:'2015122300099999', sbscAcpStDt:'2019.01.01', sbscAcpClsgDt:'2031.01.01'});
        </script>"""
    )
    assert read.fields == {"status": "접수중", "opens": "2026.11.30 10:00", "closes": "2026.12.04"}


@pytest.mark.parametrize(("deadline", "closes"), [("2026.11.28", "2026.12.01 17:00"), ("2026.12.20", "2026.12.20")])
def test_shape_b_counts_under_true_and_never_shortens_the_notice(deadline: str, closes: str) -> None:
    read = detail(
        """<script>
        if(false){ // ====공급일정=====
          var sbscAcpStDt = '2001.01.01'; var sbscAcpClsgDt = '2001.01.02'; }
        if(true){ // ====공급일정=====
          var sbscAcpStDt = '2026.11.30'; var sbscAcpClsgDt = '2026.12.01';
          var sbscAcpStHm = '10:00'; var sbscAcpClsgHm = '17:00'; }
        </script>""",
        closes=deadline,
    )
    assert read.fields["opens"] == "2026.11.30 10:00"
    assert read.fields["closes"] == closes


def test_shape_c_reads_the_shown_table_only() -> None:
    table = (
        "<table><caption>공급일정 안내</caption><tr><th>구분<th>신청일시<th>신청방법"
        "<tr><td>1블록<td><!-- 2020.01.01 -->{} 10:00 ~ {} 17:00<td>인터넷</table>"
    )
    hidden = f'<div style="display: none">{table.format("2020.01.01", "2031.01.01")}</div>'
    read = detail(hidden + table.format("2026.12.07", "2026.12.09"))
    assert (read.fields["opens"], read.fields["closes"]) == ("2026.12.07 10:00", "2026.12.09 17:00")
    assert "2031" not in read.body


def test_body_and_files_stand_apart() -> None:
    read = detail(
        "<section><h3>임대조건</h3><table><tr><th>주택형<th>월임대료<tr><td>36A<td><p>154,500원</p></table></section>"
        "<ul><li>첨부 <a href=\"javascript:fileDownLoad('68595376')\">모집공고문.pdf</a></li></ul>"
    )
    assert read.body == "임대조건\n주택형\t월임대료\n36A\t154,500원"
    assert read.attachments[0].name == "모집공고문.pdf"
    assert read.attachments[0].url == "https://apply.lh.or.kr/lhapply/lhFile.do?fileid=68595376"


def test_an_error_page_is_no_notice() -> None:
    text = "<html><body><h1>eGovFrame 템플릿</h1><p>잘못된 경로로 접근</p></body></html>"
    assert lh.detail(Document(text.encode(), LIST)).state == State.GUARD


def test_a_tree_of_great_depth_is_read() -> None:
    deep = "<div>" * 3000 + "깊은 곳" + "</div>" * 3000
    assert detail(deep).state == State.OK


def labels(corpus: Path, name: str) -> Any:
    """The labels of a capture."""
    return json.loads((corpus / name).read_text("utf-8"))


def test_the_real_list_reads_as_labelled(corpus: Path) -> None:
    name = "lh_list_2026-09-02.excerpt.html"
    label = labels(corpus, f"labels/{name}.json")
    read = lh.listing(Document((corpus / "pages" / name).read_bytes(), label["url"]), today=date(2026, 9, 2))
    assert (read.state, read.total) == (label["state"], label["total"])
    assert read.next_page is not None
    said = [
        (r.title, r.key, r.posted and r.posted.isoformat(), r.fields["supply"], r.fields["region"], r.fields["status"])
        for r in read.rows
    ]
    assert said == [
        tuple(item[k] for k in ("title", "key", "posted", "supply_type", "region", "status")) for item in label["items"]
    ]
    assert [r.fields["closes"].replace(".", "-") for r in read.rows] == [item["closes"] for item in label["items"]]
    assert all(
        f"{k}={v}" in (r.url or "") for r, i in zip(read.rows, label["items"], strict=True) for k, v in i["ids"].items()
    )


def test_the_real_schedule_reads_as_labelled(corpus: Path) -> None:
    (label,) = labels(corpus, "labels-responses/lh_api--detail_page_snippet_2026-10.html.json")["notices"]
    data = (corpus / "responses/lh_api/detail_page_snippet_2026-10.html").read_bytes()
    read = lh.detail(Document(data, f"https://apply.lh.or.kr/x.do?panId={label['key']}"))
    assert read.fields["status"] == label["status"]
    assert [read.fields[k].replace(".", "-") for k in ("opens", "closes")] == [label["opens"], label["closes"]]


def test_the_real_file_list_reads_as_labelled(corpus: Path) -> None:
    wanted = labels(corpus, "labels-responses/lh_api--attachments_wrtFileDownl.json.json")["attachments"]
    data = (corpus / "responses/lh_api/attachments_wrtFileDownl.json").read_bytes()
    read = lh.attachments(Document(data, "https://apply.lh.or.kr/lhapply/wt/wrtanc/wrtFileDownl.do"))
    assert [(a.name, a.url) for a in read] == [(a["name"], a["url_derived"]) for a in wanted]
