"""One client for data.go.kr and its kin: errors in any dress, quotas a day and operation, one more try where it helps.

Nothing above the download handler ever holds the key; it is added there, to requests of a source that has one.
"""

from __future__ import annotations

from typing import Any
from urllib.parse import urlsplit

from scrapy import Request
from scrapy.downloadermiddlewares.retry import get_retry_request
from scrapy.http import Response

from notices.korean import one_line
from spiders.budget import operation
from spiders.pages.document import Document
from spiders.pages.faults import PARAMETERS, Fault, fault
from spiders.reasons import Faulty, Reason

_LONGEST = 64 * 1024  # bytes of an answer in which an error is looked for; an error's answer is short
_SENTENCES = {
    "rest": "{name}에 오늘 물을 수 있는 횟수를 다 썼습니다(오류 {code}). 내일 다시 읽습니다.",
    "retry": "제공 기관의 {name}이(가) 오류 {code}({words})로 답했습니다. 다음 수집 때 다시 읽습니다.",
    "tell": "제공 기관의 {name}이(가) 오류 {code}({words})로 거절했습니다. 열쇠와 활용신청 상태를 확인하십시오.",
    "not_data": "{name}에서 자료 대신 오류 {code}({words})가 왔습니다. 다음 수집 때 다시 읽습니다.",
}


def name_of(url: str) -> str:
    """The name of an operation, as its provider's page for applying shows it."""
    return one_line(urlsplit(url).path.rstrip("/").rsplit("/", 1)[-1])[:60] or "서비스"


def resting(url: str) -> Reason:
    """The reason for an operation that is not asked again today."""
    return Reason("quota", f"{name_of(url)}에 오늘 물을 수 있는 횟수를 다 써서 묻지 않았습니다. 내일 다시 읽습니다.")


def reason(found: Fault, url: str) -> Reason:
    """The reason of a run that an error of an API's operation ended."""
    sentence = _SENTENCES[found.meaning].format(name=name_of(url), code=found.code, words=found.words or "설명 없음")
    return Reason("quota" if found.meaning == "rest" else "api_error", sentence)


class Client:
    """Downloader middleware for requests with a key; it stands before retries and rests, which do not know these errors.

    An operation that refuses a source's key is not asked again in the same crawl.
    """

    def __init__(self, crawler: Any) -> None:
        self._crawler = crawler
        self._refused: dict[tuple[str, str], Reason] = {}

    @classmethod
    def from_crawler(cls, crawler: Any) -> Client:
        """Make the middleware."""
        return cls(crawler)

    def process_request(self, request: Request) -> None:
        """Count a request; refuse it where today's quota is spent, or the provider asked for rest or refused the key."""
        quota = request.meta.get("quota")
        if quota is None:
            return
        if known := self._refused.get(_asked(request)):
            raise Faulty(known)
        if not self._crawler.spider.ledger.may_ask(operation(request.url), quota):
            raise Faulty(resting(request.url))

    def process_response(self, request: Request, response: Response) -> Request | Response:
        """Turn an error in an answer into its reason, after one more try where that may help."""
        if request.meta.get("quota") is None or "Retry-After" in response.headers:
            return response
        found = fault(Document(response.body[:_LONGEST], response.url), response.status) if _short(response) else None
        if found is None:
            return response
        spider = self._crawler.spider
        if found.meaning == "retry":
            again = get_retry_request(request, spider=spider, reason=f"api error {found.code}")
            if again is not None:
                return again
        if found.meaning == "rest":
            spider.ledger.rest(operation(request.url))
        why = reason(found, request.url)
        if found.meaning == "tell" and found.code not in PARAMETERS:
            self._refused[_asked(request)] = why
        raise Faulty(why)


def _asked(request: Request) -> tuple[str, str]:
    return str(request.meta.get("key")), operation(request.url)


def _short(response: Response) -> bool:
    return response.status != 200 or len(response.body) <= _LONGEST
