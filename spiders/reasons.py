"""Why a source could not be read: a code for machines and one Korean sentence for people."""

from __future__ import annotations

from dataclasses import dataclass

from scrapy.exceptions import (
    CannotResolveHostError,
    DownloadCancelledError,
    DownloadConnectionRefusedError,
    DownloadFailedError,
    DownloadTimeoutError,
    IgnoreRequest,
    ResponseDataLossError,
)
from scrapy.spidermiddlewares.httperror import HttpError

from notices.korean import one_line
from spiders import guard
from spiders.budget import SPENT


@dataclass(frozen=True, slots=True)
class Reason:
    """A reason code and its sentence."""

    code: str
    sentence: str


def joined(first: Reason | None, second: Reason | None) -> Reason | None:
    """Return two reasons as one, under the code of the first."""
    if first is None or second is None:
        return first or second
    return Reason(first.code, f"{first.sentence} {second.sentence}")


class Barred(IgnoreRequest):
    """robots.txt forbids the address."""


class Unread(IgnoreRequest):
    """robots.txt could not be read, so nothing of the site is; `cause` says why."""

    def __init__(self, cause: BaseException | int) -> None:
        super().__init__(str(cause))
        self.cause = cause


class Faulty(IgnoreRequest):
    """An API answered with an error of its own, or is not to be asked today; `reason` says which."""

    def __init__(self, reason: Reason) -> None:
        super().__init__(reason.code)
        self.reason = reason


class Moved(IgnoreRequest):
    """The site sends its readers to an address that the source does not name."""


def cut(doubt: str) -> Reason:
    """The reason for a list of which a part was not read."""
    return Reason("cut", f"목록의 일부만 읽었습니다({doubt}). 출처 파일의 주소나 한 쪽의 줄 수를 줄이십시오.")


def spent(host: str, most: int) -> Reason:
    """The reason for not asking a host any more today."""
    return Reason(
        SPENT, f"오늘 {host}에 물을 수 있는 횟수({most:,}번)를 다 써서 나머지는 묻지 않았습니다. 다음에 먼저 읽습니다."
    )


def misread(count: int) -> Reason:
    """The reason for posts that were stored but not understood."""
    return Reason("intake", f"글 {count:,}건을 이해하지 못해 저장만 했습니다. 개발자에게 알려 주십시오.")


def moved(to: str) -> Reason:
    """The reason for a list that is answered from elsewhere."""
    return Reason(
        "moved", f"목록이 다른 주소({one_line(to)[:200]})로 옮겨졌습니다. 출처 파일의 endpoint를 확인하십시오."
    )


def http_error(status: int, *, post: bool = False) -> Reason:
    """The reason for a status code that is no success, of a list or of a `post`."""
    if status in (404, 410) and post:
        return Reason("http_error", f"글이 없어졌습니다({status}).")
    if status in (404, 410):
        return Reason("http_error", f"목록 주소가 없어졌습니다({status}). 출처 파일의 endpoint를 확인하십시오.")
    if status in (401, 403):
        return Reason("http_error", f"사이트가 읽기를 거절했습니다({status}). 사이트 운영자에게 문의하십시오.")
    return Reason("http_error", f"사이트가 오류({status})로 답했습니다. 다음 수집 때 다시 읽습니다.")


def of(wrong: BaseException, host: str) -> Reason:
    """The reason behind an exception of the download."""
    match wrong:
        case Faulty():
            return wrong.reason
        case HttpError():
            return http_error(wrong.response.status)
        case Unread():
            return _unread(wrong.cause, host)
        case Moved():
            return moved(str(wrong))
        case Barred():
            return Reason("robots", "사이트가 이 주소를 읽지 말라고 합니다(robots.txt). 읽지 않았습니다.")
        case DownloadTimeoutError():
            return Reason("timeout", "사이트가 제때 답하지 않았습니다. 다음 수집 때 다시 읽습니다.")
        case CannotResolveHostError() if host in guard.refused:
            return Reason("refused", f"{host}이(가) 내부망 주소를 가리켜 연결하지 않았습니다. 주소를 확인하십시오.")
        case CannotResolveHostError():
            return Reason("dns", f"{host}의 주소를 찾지 못했습니다. 인터넷 연결과 출처 파일의 endpoint를 확인하십시오.")
        case DownloadConnectionRefusedError():
            return Reason("refused", "사이트가 연결을 받지 않습니다. 다음 수집 때 다시 읽습니다.")
    return _transfer(wrong)


def _transfer(wrong: BaseException) -> Reason:
    """The reasons that Scrapy tells apart only by their words."""
    said = str(wrong).lower()
    if isinstance(wrong, DownloadCancelledError) or (isinstance(wrong, IgnoreRequest) and "decompress" in said):
        return Reason("too_large", "페이지가 20MB보다 커서 읽지 않았습니다. 출처 파일의 endpoint를 확인하십시오.")
    if isinstance(wrong, IgnoreRequest) and "redirection" in said:
        return Reason("moved", "주소가 끝없이 다른 주소로 넘어갑니다. 출처 파일의 endpoint를 확인하십시오.")
    if any(word in said for word in ("certificate", "ssl", "verificationerror")):
        return Reason("tls", "사이트의 인증서를 확인하지 못했습니다. 출처 파일의 [transport]를 확인하십시오.")
    if isinstance(wrong, DownloadFailedError | ResponseDataLossError):
        return Reason("network", "연결이 도중에 끊겼습니다. 다음 수집 때 다시 읽습니다.")
    return Reason("parse_error", f"페이지를 다루다 오류가 났습니다({type(wrong).__name__}). 개발자에게 알려 주십시오.")


def _unread(cause: BaseException | int, host: str) -> Reason:
    if isinstance(cause, int):
        return Reason(
            "robots", f"robots.txt가 오류({cause})로 답해 사이트를 읽지 않았습니다. 다음 수집 때 다시 읽습니다."
        )
    return of(cause, host)
