"""Personal data never reaches the store; numbers of offices stay."""

from __future__ import annotations

import pytest

from notices.model import Attachment, Notice
from notices.personal import ANNOUNCED, WITHHELD, lists_people, mask, protect


@pytest.mark.parametrize(
    ("said", "stored"),
    [
        ("담당 홍길동 010-1234-5678", "담당 홍길동 010-****-****"),
        ("01012345678로 연락", "010-****-****로 연락"),
        ("주민번호 850312-1234567", "주민번호 ******-*******"),
        ("보내실 곳 kim.dong@naver.com", "보내실 곳 ***@naver.com"),
        ("입금계좌: 농협 301-0123-4567-81 (주거센터)", "입금계좌: 농협 ***-***-*** (주거센터)"),
        ("계좌번호 12345678901234", "계좌번호 ***"),
    ],
)
def test_private_numbers_are_masked(said: str, stored: str) -> None:
    assert mask(said) == stored
    assert mask(stored) == stored


@pytest.mark.parametrize(
    "office",
    [
        "LH 콜센터 1600-1004",
        "02-2627-0000, 031-940-1234",
        "문의 help@lh.or.kr",
        "공고번호 2015122300020676",
        "보증금 10,800,000원 임대료 154,500원",
        "접수 2026. 11. 9. ~ 11. 10.",
        "제2026-1234호 공고",
        "국민은행 파주지점 맞은편",
        "전용 26.59㎡ 36.88㎡ 46-2번지",
    ],
)
def test_what_belongs_to_offices_stays(office: str) -> None:
    assert mask(office) == office


@pytest.mark.parametrize(
    "rows",
    [
        "\n".join(f"{n}\t{name}" for n, name in enumerate(["김*수", "이○영", "박OO", "최*", "정○○"])),
        "\n".join(f"당첨\t{day}" for day in ["1985-03-12", "1990.1.2", "1971-12-01", "1964.05.05", "2001-09-09"]),
        "접수번호\n" + "\n".join(f"{n}" for n in range(10231, 10237)),
        "\n".join(f"2026-00{n}-{n}1\t적격" for n in range(11, 17)),
        "\n".join(f"{b}-1******" for b in ["850312", "900102", "711201", "640505", "010909"]),
    ],
)
def test_a_list_of_people_is_withheld_whatever_its_title(rows: str) -> None:
    kept = protect(Notice("lh", "1", "안내문", body=rows, attachments=(Attachment("명단.pdf", "https://a.example/1"),)))
    assert (kept.body, kept.attachments, kept.title) == ("", (), "안내문")
    assert WITHHELD in kept.doubts


@pytest.mark.parametrize(
    "text",
    [
        "○○시 ○○구 ○○동에 사는 사람",
        "예: 홍*동, 김*수",
        "주택법(1972.12.30 제정), 임대주택법(1993.12.27), 주거기본법(2015.6.22) 등을 1984. 4. 10. 이후 따른다",
        "유형\t26㎡\t36㎡\n호수\t10\t20\n보증금\t10,800\t12,000",
        "1순위\n2순위\n3순위",
        "",
    ],
)
def test_other_texts_are_kept(text: str) -> None:
    assert not lists_people(text)


def test_of_winners_only_title_and_link_are_kept() -> None:
    told = Notice(
        "lh", "1", "햇살마을 행복주택 예비입주자 당첨자 발표", url="https://a.example/1", body="조회하십시오."
    )
    kept = protect(told)
    assert (kept.title, kept.url, kept.body) == (told.title, told.url, "")
    assert ANNOUNCED in kept.doubts
