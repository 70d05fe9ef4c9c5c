"""One client for data.go.kr and its kin: errors in any dress, quotas a day and operation, one more try where it helps.

Nothing above the download handler ever holds the key; it is added there, to requests of a source that has one.
"""

from __future__ import annotations

from typing import Any
from urllib.parse import urlsplit

from scrapy import Request
from scrapy.downloadermiddlewares.retry import get_retry_request
from scrapy.http import Response

from spiders.pages.document import Document
from spiders.pages.faults import Fault, fault
from spiders.reasons import Faulty, Reason

_LONGEST = 64 * 1024  # bytes of an answer in which an error is looked for; an error's answer is short
_SENTENCES = {
    "rest": "오늘 물을 수 있는 횟수를 다 썼습니다(오류 {code}). 내일 다시 읽습니다.",
    "retry": "제공 기관의 서비스가 오류 {code}({words})로 답했습니다. 다음 수집 때 다시 읽습니다.",
    "tell": "제공 기관이 오류 {code}({words})로 거절했습니다. 열쇠와 활용신청 상태를 확인하십시오.",
    "not_data": "자료 대신 오류 {code}({words})가 왔습니다. 다음 수집 때 다시 읽습니다.",
}
RESTING = Reason("quota", "오늘 물을 수 있는 횟수를 다 써서 묻지 않았습니다. 내일 다시 읽습니다.")


def operation(url: str) -> str:
    """The operation that an address belongs to: quotas are counted for each of its own."""
    parts = urlsplit(url)
    return f"{parts.hostname}{parts.path}"


def reason(found: Fault) -> Reason:
    """The reason of a run that an API's error ended."""
    sentence = _SENTENCES[found.meaning].format(code=found.code, words=found.words or "설명 없음")
    return Reason("quota" if found.meaning == "rest" else "api_error", sentence)


class Client:
    """Downloader middleware for requests with a key; it stands before retries and rests, which do not know these errors."""

    def __init__(self, crawler: Any) -> None:
        self._crawler = crawler

    @classmethod
    def from_crawler(cls, crawler: Any) -> Client:
        """Make the middleware."""
        return cls(crawler)

    def process_request(self, request: Request) -> None:
        """Count a request; refuse it where today's quota is spent or the provider asked for rest."""
        quota = request.meta.get("quota")
        if quota is not None and not self._crawler.spider.ledger.may_ask(operation(request.url), quota):
            raise Faulty(RESTING)

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
        raise Faulty(reason(found))


def _short(response: Response) -> bool:
    return response.status != 200 or len(response.body) <= _LONGEST
