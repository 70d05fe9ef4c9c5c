"""Errors of APIs: every dress they come in, real ones as labelled, and good answers that are no errors."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from spiders.pages.document import Document
from spiders.pages.faults import Fault, fault

URL = "https://apis.data.go.kr/1613000/x/y"


def read(text: str, status: int = 200) -> Fault | None:
    """Read an answer."""
    return fault(Document(text.encode(), URL), status)


@pytest.mark.parametrize(
    ("text", "status", "code", "meaning"),
    [
        ("<response><header><resultCode>05</resultCode></header></response>", 200, "05", "retry"),
        ("<response><header><resultCode>99</resultCode></header></response>", 200, "99", "retry"),
        ('{"response":{"header":{"resultCode":"22","resultMsg":"LIMITED"}}}', 200, "22", "rest"),
        ('{"response":{"header":{"resultCode":"30"}}}', 403, "30", "tell"),
        ('{"OpenAPI_ServiceResponse":{"cmmMsgHeader":{"returnReasonCode":"10"}}}', 200, "10", "tell"),
        ('{"code":-401,"msg":"유효하지 않은 인증키 입니다."}', 401, "-401", "tell"),
        ('{"errorMessage":"Not Exist Client ID","errorCode":"024"}', 401, "024", "tell"),
        ("", 429, "429", "rest"),
        ("API rate limit exceeded", 429, "429", "rest"),
        ("<html><body>거부</body></html>", 403, "403", "tell"),
        ("<wantedList><resultCode>10</resultCode><resultMessage>PARAMETER</resultMessage></wantedList>", 200, "10", "tell"),
        ('[{"dsSch":[]},{"resHeader":[{"SS_CODE":"E"}]}]', 200, "E", "not_data"),
    ],
)  # fmt: skip
def test_an_error_is_named(text: str, status: int, code: str, meaning: str) -> None:
    found = read(text, status)
    assert found is not None
    assert (found.code, found.meaning) == (code, meaning)


@pytest.mark.parametrize(
    "text",
    [
        '{"response":{"header":{"resultCode":"00"},"body":{"item":[]}}}',
        '{"response":{"header":{"resultCode":"03","resultMsg":"NODATA"}}}',
        "<wantedList><resultCode>0</resultCode><servList><servNm>가</servNm></servList></wantedList>",
        '[{"dsList":[{"PAN_ID":"1","code":"x"}]},{"resHeader":[{"SS_CODE":"Y"}]}]',
        '{"currentCount":0,"data":[],"totalCount":0}',
        '{"response":{"header":{"resultCode":"00","resul',
        "<!DOCTYPE html><html><body>resultCode 30</body></html>",
        "",
        "null",
        "<<<",
    ],
)
def test_what_is_no_error_is_left_to_the_reader(text: str) -> None:
    assert read(text) is None


def test_real_errors_read_as_labelled(corpus: Path) -> None:
    labels = sorted((corpus / "labels-responses").glob("*.json"))
    wanted = [json.loads(path.read_text("utf-8")) for path in labels]
    errors = [label for label in wanted if label.get("state") == "error"]
    assert len(errors) == 8
    for label in errors:
        found = fault(Document((corpus / "responses" / label["file"]).read_bytes(), URL))
        assert found is not None, label["file"]
        meaning = {"rest_until_tomorrow": "rest", "tell_operator": "tell"}.get(label["meaning"], label["meaning"])
        assert (found.code, found.meaning) == (label["code"], meaning), label["file"]
