"""The same number seen by two sources is the same notice, however the address is written."""

from __future__ import annotations

import pytest

from notices.matching.numbers import family, numbers


@pytest.mark.parametrize(
    ("url", "found"),
    [
        ("https://apply.lh.or.kr/lhapply/apply/wt/wrtanc/selectWrtancInfo.do?mi=1026&panId=20991&x=1", "lh:20991"),
        ("http://APPLY.lh.or.kr/a/selectWrtancInfoView.do?pblancId=20991&mi=1026", "lh:20991"),
        ("https://apply.lh.or.kr/lhapply/apply/noti/an/view.do?mi=1079&bbsSn=910", "lh-board:910"),
        ("https://m.apply.lh.or.kr/lhapply/a/b.do?ccrCnntSysDsCd=03&amp;panId=20991&amp;mi=1026", "lh:20991"),
        ("http://apply.lh.or.kr/LH/index.html?gv_url=SIL::X.xfdl&gv_param=CCR:03,PAN_ID:20991,LCC:Y#MN", "lh:20991"),
        ("https://m.apply.lh.or.kr/LH/index.html?gv_param=CCR%3A03%2CPAN_ID%3A20991%2CLCC%3AY", "lh:20991"),
        ("https://apply.lh.or.kr/lhapply/a/b.do?panId=BN-0007471&ccrCnntSysDsCd=01", "lh:BN-0007471"),
        ("https://m.myhome.go.kr/hws/x.do?pblancId=210", "myhome:210"),
        ("https://www.myhome.go.kr/hws/x.do?pblancId=210&houseSn=1", "myhome:210"),
        ("https://www.i-sh.co.kr/app/x/view.do?seq=308655&multi_itm_seq=2", "sh:308655"),
        ("//apply.gh.or.kr/x.do?pbancNo=792", "gh:792"),
        ("https://www.gh.or.kr/gh/a.do?mode=view&articleNo=64845", "gh-board:64845"),
    ],
)
def test_a_known_host_gives_its_number(url: str, found: str) -> None:
    assert numbers(url) == (found,)


@pytest.mark.parametrize(
    "url",
    [
        None,
        "",
        "nonsense",
        "https://evil.example/?panId=1",
        "https://notapply.lh.or.kr.example/?panId=1",
        "https://apply.lh.or.kr/?panId=",
        "https://apply.lh.or.kr/?xpanId=5",
    ],
)
def test_an_unknown_address_gives_none(url: str | None) -> None:
    assert numbers(url) == ()


def test_a_family_comes_from_the_address_then_from_the_source() -> None:
    assert family("lh-rental", None) == "lh"
    assert family("seoul-gangseo", None) == "seoul-gangseo"
    assert family("mirror", "https://www.i-sh.co.kr/a?seq=5") == "sh"
