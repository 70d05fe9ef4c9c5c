"""The centre: which heading an announcement stands under for whom, and settings of blogs that cannot be right."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from desk import centre, own
from desk.centre import LOCAL, NEWS, RENTAL, heading, is_site, local, reach
from notices.model import Region
from tests.desk.made import CORP, NOW, TODAY, blog, desk, notice, store, take

PAJU, GYEONGGI, SEOUL = (
    Region("경기도 파주시", "41480"),
    Region("경기도", "41000"),
    Region("서울특별시 강서구", "11500"),
)


@pytest.mark.parametrize(
    ("prefixes", "places", "expected"),
    [
        (("4148",), [PAJU], "own"), (("4148",), [GYEONGGI], "province"), (("4148",), [SEOUL], ""),
        (("4148",), [], "country"), (("11",), [SEOUL], "own"), ((), [SEOUL], "own"), ((), [], "country"),
    ],
)  # fmt: skip
def test_how_places_reach_a_centre(prefixes: tuple[str, ...], places: list[Region], expected: str) -> None:
    assert reach(prefixes, places) == expected


def test_the_view_of_local_welfare_moves_with_the_centre_and_the_section_stays(tmp_path: Path) -> None:
    here, there = desk(), desk(name="gangseo", title="강서구 센터", codes=("11500",), regions=("11500",))
    with store(tmp_path) as held:
        take(held, notice("1", "파주시 청년 이사비 지원사업 신청 안내", fields={}), notice("2", fields={}))
        take(held, notice("3", "서울특별시 강서구 청년 이사비 지원사업 신청 안내", source=CORP.name, fields={}))
        own.add(held, here, own.from_link("https://paju.example.kr/1", "집수리 교육", here), NOW, TODAY)
        views = {d.name: {a.title for a in held.announcements.select(local(d))} for d in (here, there)}
        assert views["paju"] == {"파주시 청년 이사비 지원사업 신청 안내", "집수리 교육"}
        assert views["gangseo"] == {"서울특별시 강서구 청년 이사비 지원사업 신청 안내"}
        for told in held.announcements.among(range(1, 9)).values():
            mine = told.title in views["paju"]
            assert heading(here, told) == (LOCAL if mine else RENTAL if told.section == "임대주택공고" else NEWS)


@pytest.mark.parametrize(
    ("site", "good"),
    [
        ("https://blog.example.kr", True), ("https://blog.example.kr/blog", True), ("http://127.0.0.1:8081", True),
        ("http://localhost", True), ("http://blog.example.kr", False), ("https://user:pw@blog.example.kr", False),
        ("https://blog.example.kr\\@evil.example", False), ("https://blog.example.kr/?x=1", False), ("ftp://x.kr", False),
        ("https://", False), ("https://blog.example.kr:x", False), ("https://a.kr\n.evil.example", False), ("", False),
    ],
)  # fmt: skip
def test_a_password_goes_only_where_it_is_safe(site: str, good: bool) -> None:
    assert is_site(site) is good


WORDPRESS = {"site": "https://blog.example.kr", "user_env": "WP_USER", "password_env": "WP_PASSWORD"}


@pytest.mark.parametrize(
    ("kind", "said", "wrong"),
    [
        ("wordpress", WORDPRESS, ""),
        ("wordpress", WORDPRESS | {"site": "http://blog.example.kr"}, "site"),
        ("wordpress", WORDPRESS | {"user_env": "admin@x"}, "user_env"),
        ("wordpress", WORDPRESS | {"password_env": "abcd efgh"}, "password_env"),
        ("wordpress", WORDPRESS | {"categories": {"임대": "rental"}}, "categories"),
        ("wordpress", WORDPRESS | {"categories": {RENTAL: "임대 공고"}}, "categories"),
        ("markdown", {}, "folder"),
        ("markdown", {"folder": Path("/srv/blog"), "site": "https://x.kr"}, "site"),
        ("paste", {"folder": Path("out")}, ""),
        ("paste", {"name": "네이버", "folder": Path("out")}, "name"),
    ],
)
def test_a_wrong_blog_is_said_by_key(kind: str, said: dict[str, Any], wrong: str) -> None:
    found = centre.check([desk(blogs=(blog(kind, **said),))])
    assert (len(found) == 1 and wrong in found[0]) if wrong else found == ()


def test_one_place_takes_the_posts_of_one_centre() -> None:
    ours = blog("wordpress", **WORDPRESS)
    assert "이미 올립니다" in centre.check([desk(blogs=(ours,)), desk(name="other", blogs=(ours,))])[0]
    assert "두 번" in centre.check([desk(blogs=(blog("paste", folder=Path("a")), blog("paste", folder=Path("b"))))])[0]
