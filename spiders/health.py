"""Hold what answers to a list against what its source file expects; what falls short is a failed run."""

from __future__ import annotations

from urllib.parse import urlsplit

from spiders.asks import Answer
from spiders.pages.board import CUT_ROWS
from spiders.pages.document import CUTS
from spiders.pages.records import Listing, State
from spiders.reasons import Reason, http_error, moved
from spiders.registry import Source

_FIX = "사이트가 바뀌었는지 보고 출처 파일을 고치십시오."
_SENTENCES = {
    State.SHELL: "목록이 빈 껍데기로 왔습니다",
    State.GUARD: "목록 대신 다른 화면(로그인·차단·오류)이 왔습니다",
    State.UNREADABLE: "목록을 읽지 못했습니다",
}


def unfit(source: Source, answer: Answer) -> Reason | None:
    """Why an answer cannot be a page of the list at all: an error, or the site's front page instead; else None."""
    if answer.status != 200:
        return http_error(answer.status)
    asked, came = urlsplit(source.endpoint), urlsplit(answer.url)
    if answer.redirected and asked.path.strip("/") and not came.path.strip("/"):
        return moved(answer.url)
    return None


def lost(listing: Listing) -> str:
    """Why a page was not read whole; "" where it was."""
    return next((doubt for doubt in listing.doubts if doubt in CUTS or doubt == CUT_ROWS), "")


def judge(source: Source, listing: Listing, number: int) -> Reason | None:
    """Why a page of the list may not be believed; None where it may."""
    if listing.state in _SENTENCES:
        why = f"({listing.why})" if listing.why else ""
        return Reason(listing.state.value, f"{_SENTENCES[listing.state]}{why}. {_FIX}")
    if number > 1:
        return None
    if listing.state is State.EMPTY and source.expect.rows:
        return Reason("empty", f"글이 있어야 할 목록이 비어 있습니다. {_FIX}")
    if len(listing.rows) < source.expect.rows:
        return Reason("empty", f"목록에 {len(listing.rows)}줄뿐입니다({source.expect.rows}줄 이상이어야 함). {_FIX}")
    return _judge_rows(source, listing)


def _judge_rows(source: Source, listing: Listing) -> Reason | None:
    if not listing.rows:
        return None
    if not any(row.key for row in listing.rows):
        return Reason("unreadable", f"글 번호를 하나도 읽지 못했습니다. {_FIX}")
    dated = sum(row.posted is not None for row in listing.rows) / len(listing.rows)
    if dated < source.expect.dated:
        return Reason(
            "unreadable", f"등록일을 읽은 글이 {dated:.0%}뿐입니다({source.expect.dated:.0%} 이상이어야 함). {_FIX}"
        )
    return None
