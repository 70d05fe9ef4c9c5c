"""One event, one entry: what it says, what it is called, what it links to."""

from __future__ import annotations

from lxml import html

from feeds.entry import entry, facts, media_type, uri
from notices.model import Attachment, EventKind
from tests.feeds.made import announcement, corrected, event, seen


def words(markup: str) -> str:
    return " ".join(html.fragment_fromstring(markup, create_parent="div").text_content().split())


def test_the_five_questions_are_answered() -> None:
    assert dict(facts(announcement())) == {
        "무엇": "국민임대 · 84호 · 모집", "누가": "청년, 고령자", "언제까지": "2026년 9월 9일(수)부터 2026년 9월 12일(토) 17시까지",
        "어디에": "경기도 파주시", "얼마": "보증금 1,080만 원부터 · 월 5만 4천 원부터",
    }  # fmt: skip


def test_what_was_not_read_is_said() -> None:
    bare = announcement(facts={}, supply=(), audience=(), regions=(), kind="")
    assert {answer for _, answer in facts(bare)} == {"원문 확인"}


def test_an_entry_says_where_it_was_seen_and_what_counts() -> None:
    told = announcement(seen=(seen(), seen(source="gureum", source_title="구름구청", url="https://gu.example.org/7")))
    text = words(entry(event(announcement=told)).content)
    assert "이 공고가 실린 곳: 햇살도시공사 공고, 구름구청" in text
    assert text.endswith("원문 보기 · 공고문이 기준입니다.")
    assert "<td>26A</td><td>84</td>" in entry(event(announcement=told)).content
    assert "공공누리 제1유형" in text


def test_closed_texts_stay_out() -> None:
    told = announcement(seen=(seen(licence="unknown"),))
    assert "모십니다" not in entry(event(announcement=told)).content
    assert "모십니다" not in entry(event(announcement=announcement(kind="발표"))).content


def test_a_correction_names_its_original_and_what_changed() -> None:
    _, revision, first = corrected()
    made = entry(revision)
    assert made.title == "[정정] 햇살마을 1단지 국민임대 예비입주자 모집"
    assert made.guid != entry(first).guid
    assert made.summary.startswith("바뀐 점: 접수마감 9.12 → 9.19")
    assert "접수마감 9.12 → 9.19" in words(made.content)
    assert f'처음 공고: <a href="{first.url}">{first.title}</a>' in made.content


def test_the_original_is_updated_by_its_correction() -> None:
    _, revision, first = corrected()
    made = entry(first, [revision])
    assert (made.published, made.updated) == (first.at, revision.at)
    assert "정정됨: 접수마감 9.12 → 9.19" in words(made.content)
    assert f'<a href="{revision.url}">' in made.content
    assert made.title == first.title and made.guid == entry(first).guid


def test_a_follow_up_carries_no_text_and_names_its_notice() -> None:
    follow, _, first = corrected()
    made = entry(follow)
    assert made.title == "[후속] [당첨자발표] " + first.title
    assert "이 소식의 공고" in made.content and "모십니다" not in made.content
    assert made.enclosures == ()


def test_a_correction_of_something_never_seen_still_speaks() -> None:
    made = entry(event(1, EventKind.REVISION))
    assert made.original is None and "바뀐 내용은 원문 확인" in words(made.content)


def test_a_cancelled_notice_says_so_first() -> None:
    made = entry(event(announcement=announcement(cancelled=True)))
    assert words(made.content).startswith("이 공고는 취소되었습니다.")
    assert "언제까지: 취소됨" in made.summary


def test_badges_of_correction_are_not_doubled() -> None:
    for badge in ("[정정공고]", "(정정)", "【정정 공고】 ", "[수정공고]", "<변경>"):
        assert entry(event(1, EventKind.REVISION, title=f"{badge}햇살마을 모집")).title == "[정정] 햇살마을 모집"
    assert entry(event(1, EventKind.REVISION, title="[정정공고]")).title == "[정정] [정정공고]"


def test_guids_are_uris_for_ever() -> None:
    assert uri("lh-rental:2015122300020676") == "tag:jiballim,2026:lh-rental:2015122300020676"
    assert uri("lh-rental:1#2") == "tag:jiballim,2026:lh-rental:1#2"
    assert uri("gu:파주 1") == "tag:jiballim,2026:gu:%ED%8C%8C%EC%A3%BC%201"
    assert uri(uri("a:1")) == uri("a:1")


def test_media_types_come_from_names() -> None:
    url = "https://example.org/down.do?id=1"
    assert media_type(Attachment("공고문.hwp", url)) == "application/x-hwp"
    assert media_type(Attachment("공고문.HWPX", url)) == "application/hwp+zip"
    assert media_type(Attachment("공고문", "https://example.org/a.pdf")) == "application/pdf"
    assert media_type(Attachment("공고문.모름", url)) == "application/octet-stream"


def test_a_long_text_is_cut_and_says_so() -> None:
    made = entry(event(announcement=announcement(body="가" * 50_000, title="나" * 5_000)))
    assert len(made.title) == 300 and "이어지는 글은 원문에 있습니다." in made.content
