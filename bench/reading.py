"""How long a notice takes to be read, in CPU time beside one bare pass over the same words."""

from __future__ import annotations

import re
import time
from collections.abc import Callable, Iterator
from datetime import date

from bench.report import Line
from notices.model import Notice
from notices.reading import read

_DAY = date(2026, 9, 1)
_TITLES = (
    "[정정공고]햇살마을3단지 파주운정 국민임대 예비자 모집공고(9.1.)",
    "[서류제출대상자 발표] 청주시, 진천군 행복주택 예비자 모집(8.5. 공고)",
    "2026년 신혼부부 및 출산가구 전세자금 대출이자 지원사업 신청 안내",
    "부산강서 A4블록 영구임대주택(고령자복지주택) 입주자 모집",
)
_PROSE = (
    "신청자는 입주자모집공고일 현재 무주택세대구성원이어야 하며 세대원 모두의 소득과 자산을 합산하여 심사합니다. "
    "청년과 신혼부부, 고령자, 장애인 등 공급 대상별 자격은 붙임 공고문을 확인하시기 바랍니다. "
    "임대차계약을 체결한 뒤에도 자격을 잃으면 재계약이 제한될 수 있습니다.\n"
)
_PARAGRAPH = (
    "공급위치\t경기도 파주시 햇살동 100번지 일원\n신청자격은 무주택세대구성원으로서 소득과 자산 기준을 충족하는 분입니다. "
    "접수는 2026. 9. 7.(월) 10:00부터 9. 9.(수) 17:00까지 온라인으로 받으며 서류제출대상자는 홈페이지에 게시합니다.\n"
)
_WORD = re.compile("[가-힣]{2,}")


def _best(work: Callable[[], object], times: int, rounds: int = 5) -> float:
    """Return the least CPU seconds that one call of the work took."""
    best = float("inf")
    for _ in range(rounds):
        start = time.process_time()
        for _ in range(times):
            work()
        best = min(best, (time.process_time() - start) / times)
    return best


def lines() -> Iterator[Line]:
    """Yield the times of reading a title and a body of 50 KB, in milliseconds."""
    titles = [Notice("햇살", str(n), title, posted=_DAY) for n, title in enumerate(_TITLES)]
    block = _PARAGRAPH + 7 * _PROSE
    body = block * (50_000 // len(block.encode()) + 1)
    long = Notice("햇살", "long", _TITLES[0], posted=_DAY, body=body)
    read(long, "LH")
    per_title = _best(lambda: [read(notice, "LH") for notice in titles], 50) / len(titles)
    bare = _best(lambda: [_WORD.findall(title) for title in _TITLES], 200) / len(_TITLES)
    yield Line("reading a title", per_title * 1e3, "ms", 0.3, bare * 1e3, note="mean of 4")
    per_body = _best(lambda: read(long, "LH"), 5)
    bare = _best(lambda: _WORD.findall(body), 5)
    yield Line("reading a notice with a body of 50 KB", per_body * 1e3, "ms", 12, bare * 1e3, note="two dates in 3 KB")
    huge = Notice("햇살", "huge", "모집 공고 " * 180_000, posted=_DAY)
    yield Line("reading a title of 1 MB", _best(lambda: read(huge, "LH"), 5) * 1e3, "ms", 50)
