"""What a title says: its canonical form, the call it speaks of, and everything that tells two calls apart."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import lru_cache

from notices.matching import discriminators as take
from notices.matching.discriminators import Dates
from notices.matching.wording import stage, tidy, unmark, unstage, untypo

_SIGNS = re.compile(r"[\W_]+")
REMEMBERED = 1000  # letters; what is longer is hostile and is not kept
_BETWEEN_DIGITS = re.compile(r"(?<=\d)[\W_]+(?=\d)")
_WRAPPING = re.compile(r"주택|아파트|공고문?|안내문?|게시|알림")
_PLAIN_WORDS = (
    r"입주자 입주 모집공고 모집 무주택\s?요건 무주택 공고문 공고일 공고 안내문 안내 게시판 게시 알림 관련 사진 오류 사항",
    r"내용 문의 서울주택도시(?:개발)?공사 한국토지주택공사 경기주택도시공사 주택 아파트 지역\s?본부 본부 지역 공급대상",
    r"지원대상자 대상자 대상 공급 접수 신청 결과 현황 최종 마감 운영기관 본청약 사전청약 청약 기존 다가구 계획 사업 확대",
    r"변경 정정 수정 수요자\s?맞춤형 특화형 리츠 공공 임대 세대 전환물량 물량 기준 예비 단지내 소득 총자산 자산 요건 배제",
    r"계약금(?:\s?인하)? 계약 유주택자\s?계약가능 가능 종료 완료 일정 발코니\S{0,6} 잔여 일부 최대 선정 순번 순위 현재",
    r"첨부파일 첨부 파일 붙임 선택품목 현장방문 개시 조정 발표일정 발표일",
)
_PLAIN = re.compile("|".join(word for words in _PLAIN_WORDS for word in words.split()))
_EMPTY = frozenset("분및등외제의후내시군구형호년월일차자용선문한") | {"또는", "LH", "SH", "GH", "IH"}
_SUFFIX = re.compile(r"(?<=[가-힣][가-힣])(?:권역|(?<!역세)권)$|(?<=[가-힣][가-힣\d])지구$|(?<=\d)단지$|^제(?=\d)")


@dataclass(frozen=True, slots=True)
class Anatomy:
    """A title taken apart.

    `bare` is the stem without words that change nothing (공고, 안내, 주택), `loose` that without counts, which a
    correction may correct. `stage` is "" for a call, `telling` the words that tell it. `hard` are the categories in
    which two titles of one call never differ. `names` is what is left: places, complexes, programmes.
    """

    stem: str
    bare: str
    loose: str
    names: tuple[str, ...]
    stage: str
    telling: frozenset[str]
    marks: int
    row: bool
    dates: Dates
    steps: frozenset[str]
    supply: frozenset[str]
    groups: frozenset[str]
    blocks: frozenset[str]
    hard: dict[str, frozenset[str]]
    modes: frozenset[str]
    soft: frozenset[str]

    @property
    def corrected(self) -> bool:
        """Whether the title is marked as a correction."""
        return self.marks > 0

    @property
    def numbered(self) -> frozenset[str]:
        """The numbered round that a title tells of: of the year, of its half, or of all (제48차); empty for none."""
        years, rounds, seasons = self.hard["연도"], self.hard["회차"], self.hard["시기"]
        far = any(int(number) > 9 for number in rounds)
        return years | rounds | seasons if (years and (rounds or seasons)) or far else frozenset()

    @property
    def name(self) -> str:
        """The names in one word."""
        return _joined(" ".join(self.names))


def stem(title: str) -> str:
    """Return the canonical title: one form of letters, without badges, marks of correction, blanks, dates and signs."""
    return anatomy(title).stem


def core(title: str) -> str:
    """Return what a title is about whatever its stage: names, supply types and blocks, without dates and tails."""
    found = anatomy(title)
    return "".join([*found.names, *sorted(found.supply), *sorted(found.blocks)])


def anatomy(title: str) -> Anatomy:
    """Take a title apart; short ones are remembered."""
    return _remembered(title) if len(title) <= REMEMBERED else take_apart(title)


def take_apart(title: str) -> Anatomy:
    """Take a title apart anew."""
    text, row, digest = tidy(title)
    text, marks = unmark(text)
    text = untypo(text)
    days, rest = take.dates(text)
    stem = _joined(rest) + digest
    plain = rest
    told, telling = stage(rest)
    steps, rest = take.steps(rest)
    romans, rest = take.romans(rest)
    supply, rest = take.supply(rest)
    issues, rest = take.issues(rest)
    years, rest = take.years(rest)
    rounds, rest = take.rounds(rest)
    seasons, rest = take.seasons(rest)
    units, rest = take.units(rest)
    rest = take.counts(rest)
    sizes, rest = take.sizes(rest)
    blocks, rest = take.blocks(rest)
    groups, rest = take.groups(rest)
    modes, rest = take.modes(rest)
    soft, rest = take.soft(rest)
    return Anatomy(
        stem=stem,
        bare=_WRAPPING.sub("", stem),
        loose=_joined(_WRAPPING.sub("", take.counts(plain))) + digest,
        names=_names(unstage(rest), digest),
        stage=told,
        telling=telling,
        marks=marks,
        row=row,
        dates=days,
        steps=steps,
        supply=supply,
        groups=groups | romans,
        blocks=blocks,
        hard={"연도": years, "회차": rounds, "시기": seasons, "호": units, "형": sizes, "공고번호": issues},
        modes=modes,
        soft=soft,
    )


_remembered = lru_cache(maxsize=4096)(take_apart)


def _joined(text: str) -> str:
    """Return a text without blanks and signs, but 1·2 told from 12."""
    return ",".join(_SIGNS.sub("", part) for part in _BETWEEN_DIGITS.split(text))


def _names(rest: str, digest: str) -> tuple[str, ...]:
    """Return the words left of a title that name something."""
    words = (_SUFFIX.sub("", word) for word in _SIGNS.split(_PLAIN.sub(" ", rest)))
    found: list[str] = []
    for said in words:
        word = said
        if word.isdigit() and found and (stem := found[-1].rstrip("0123456789")) not in ("", found[-1]):
            word = stem + word  # "한빛마을1,2"
        if word and word not in _EMPTY:
            found.append(word)
    return (*found, *([digest] if digest else []))
