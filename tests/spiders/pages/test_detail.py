"""Details of every family and trait, on stand-ins of our own: tests/recorded/detail/<family>/<case>."""

from __future__ import annotations

import json
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from spiders.pages.batch import detail_answer
from spiders.pages.detail import detail
from spiders.pages.document import Document
from spiders.pages.hints import Hints
from spiders.pages.records import Detail, State

RECORDED = Path(__file__).parents[2] / "recorded" / "detail"
CASES = sorted(path.parent.relative_to(RECORDED).as_posix() for path in RECORDED.glob("*/*/page.html"))
TODAY = date(2026, 11, 25)
GROUPS = (
    ("state", "why"),
    ("title",),
    ("posted",),
    ("department",),
    ("attachments",),
    ("body",),
    ("fields",),
    ("doubts",),
)


def read(case: str) -> Detail:
    folder = RECORDED / case
    return detail(Document((folder / "page.html").read_bytes(), (folder / "url").read_text().strip()), today=TODAY)


@pytest.fixture(scope="module")
def answers() -> dict[str, dict[str, Any]]:
    return {case: {key: value for key, value in detail_answer(read(case)).items() if key != "notes"} for case in CASES}


@pytest.mark.parametrize("case", CASES)
def test_reads_as_recorded(case: str, answers: dict[str, dict[str, Any]], accept: bool) -> None:
    path = RECORDED / case / "expected.json"
    if accept:
        path.write_text(json.dumps(answers[case], ensure_ascii=False, indent=1) + "\n", encoding="utf-8")
    expected = json.loads(path.read_text(encoding="utf-8"))
    for group in GROUPS:
        assert {key: answers[case][key] for key in group} == {key: expected[key] for key in group}, group


def test_every_state_has_a_stand_in(answers: dict[str, dict[str, Any]]) -> None:
    assert {answer["state"] for answer in answers.values()} >= {"ok", "guard", "shell", "unreadable"}


def test_a_state_that_is_not_ok_says_why(answers: dict[str, dict[str, Any]]) -> None:
    assert all(answer["why"] for answer in answers.values() if answer["state"] != "ok")


def test_hints_overrule_detection() -> None:
    data = "<h1>햇살군</h1><p class=t>집 고치기</p><i>2026-01-02</i><em>2026-03-04</em><div id=a>가</div><div id=b>나</div>"
    hints = Hints(title="p.t", date="em", body="#b")
    found = detail(Document(data.encode(), "https://a.example.go.kr/"), today=TODAY, hints=hints)
    assert (found.title, found.posted, found.body) == ("집 고치기", date(2026, 3, 4), "나")


def test_a_selector_that_finds_nothing_leaves_detection_alone() -> None:
    page = "<table><tr><th>제목</th><td>집 고치기</td></tr><tr><td colspan=2>살펴 고칩니다.</td></tr></table>"
    found = detail(Document(page.encode(), "https://a.example.go.kr/"), hints=Hints(title=".no", body="!!"))
    assert (found.title, found.body) == ("집 고치기", "살펴 고칩니다.")


def test_a_posting_date_of_the_future_is_none() -> None:
    page = "<h3>집 고치기</h3><p>등록일 : 2027-05-01</p><div class=content>살펴 고칩니다.</div>"
    assert detail(Document(page.encode(), "https://a.example.go.kr/"), today=TODAY).posted is None


def test_a_time_alone_is_of_today() -> None:
    page = "<table><tr><th>제목</th><td>집 고치기</td></tr><tr><th>작성일</th><td>09:31</td></tr></table>"
    assert detail(Document(page.encode(), "https://a.example.go.kr/"), today=TODAY).posted == TODAY
    assert detail(Document(page.encode(), "https://a.example.go.kr/")).posted is None


def test_json_is_no_detail() -> None:
    assert detail(Document(b'{"a": 1}', "https://a.example.go.kr/")).state == State.UNREADABLE


def test_links_to_scripts_files_and_private_hosts_carry_no_address() -> None:
    links = "".join(
        f'<li><a href="{href}">{name}.hwp</a></li>'
        for name, href in (("가", "javascript:void(0)"), ("나", "file:///etc/passwd"), ("다", "http://10.0.0.1/x.hwp"))
    )
    page = f"<table><tr><th>제목</th><td>집 고치기</td></tr><tr><th>첨부파일</th><td><ul>{links}</ul></td></tr></table>"
    found = detail(Document(page.encode(), "https://a.example.go.kr/v"))
    assert [(file.name, file.url) for file in found.attachments] == [
        ("가.hwp", None),
        ("나.hwp", None),
        ("다.hwp", None),
    ]


@pytest.mark.parametrize("part", ["pages", "excerpts"])
def test_real_details_keep_their_score(corpus: Path, part: str) -> None:
    wrong = []
    for path in sorted((corpus / ("labels" if part == "pages" else "labels-excerpts")).rglob("*.json")):
        label = json.loads(path.read_text(encoding="utf-8"))
        if label["kind"] != "detail":
            continue
        found = detail(Document((corpus / part / label["page"]).read_bytes(), label.get("url") or ""), today=TODAY)
        states = [label["state"], *label.get("state_accept", [])]
        if str(found.state) not in states or (label["state"] == "ok" and not _agrees(found, label)):
            wrong.append(label["page"])
    assert len(wrong) <= 1, wrong


def _agrees(found: Detail, label: dict[str, Any]) -> bool:
    squeezed = "".join(found.body.split())
    names = {"".join(file.name.split()) for file in found.attachments}
    return (
        (not label.get("title") or "".join((found.title or "").split()) == "".join(label["title"].split()))
        and (found.posted.isoformat() if found.posted else None) == label.get("posted")
        and names == {"".join(file["name"].split()) for file in label.get("attachments") or []}
        and all("".join(text.split()) in squeezed for text in label.get("body_contains") or [])
        and not any("".join(text.split()) in squeezed for text in label.get("body_excludes") or [])
    )
