"""All sites of the day, by host, each with the faults it is known for; the pages are those of tests/recorded/sources."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

from spiders.standins import MISSING, Request, Response

RECORDED = Path(__file__).resolve().parents[1] / "recorded" / "sources"
KEY, NAVER, HUG = "햇살+열쇠/2026==q1w2e3r4", "haessal:s3cret/+=", "hugkey/+12345"
ENVIRON = {"JIBALLIM_DATAGOKR_KEY": KEY, "JIBALLIM_NAVER_KEY": NAVER, "JIBALLIM_HUG_KEY": HUG}
KEYED = (
    "lh-api", "lh-api-purchase", "myhome", "bokjiro-central", "bokjiro-local", "ih-api", "applyhome-rental", "hug-api",
    "naver-news",
)  # fmt: skip
OPEN = (
    "lh-rental", "sh-rental", "sh-recruit", "seoul-housing", "gh-rental", "gh-purchase", "ih-notice", "gmcc-lease",
    "bmc-notice", "soco", "hug-lease", "myhome-web", "molit-press", "mois-press", "mohw-press", "korea-kr-molit",
    "korea-kr-opm", "korea-kr-budget",
)  # fmt: skip
REFUSED = (
    '<?xml version="1.0" encoding="UTF-8"?><OpenAPI_ServiceResponse><cmmMsgHeader>'
    "<errMsg>SERVICE_KEY_IS_NOT_REGISTERED_ERROR</errMsg><returnAuthMsg>등록되지 않은 서비스키</returnAuthMsg>"
    "<returnReasonCode>30</returnReasonCode></cmmMsgHeader></OpenAPI_ServiceResponse>"
)
TYPES = {
    "html": "text/html; charset=utf-8",
    "json": "application/json; charset=utf-8",
    "xml": "text/xml; charset=utf-8",
}
LISTS = (
    # host, part of the path, a parameter and its value, the source
    ("apply.lh.or.kr", "selectWrtancList.do", "", "", "lh-rental"),
    ("www.i-sh.co.kr", "m_247/list.do", "", "", "sh-rental"),
    ("www.i-sh.co.kr", "m_241/list.do", "isRecrnoti", "Y", "sh-recruit"),
    ("housing.seoul.go.kr", "publicLease/list", "", "", "seoul-housing"),
    ("apply.gh.or.kr", "sr7150/selectPbancRent", "", "", "gh-rental"),
    ("apply.gh.or.kr", "sr7155/selectPbancRent", "", "", "gh-purchase"),
    ("www.ih.co.kr", "bbsMsgList.do", "bcd", "notice", "ih-notice"),
    ("www.gmcc.co.kr", "board.es", "act", "list", "gmcc-lease"),
    ("www.bmc.busan.kr", "list2.do", "", "", "bmc-notice"),
    ("soco.seoul.go.kr", "bbsListJson.json", "bbsId", "BMSR00015", "soco"),
    ("www.khug.or.kr", "s070102.jsp", "view_Count", "Y", "hug-lease"),
    ("www.khug.or.kr", "SelectListInfo.do", "API_KEY", HUG, "hug-api"),
    ("www.myhome.go.kr", "selectRsdtRcritNtcList.do", "srchPrgrStts", "1", "myhome-web"),
    ("www.molit.go.kr", "board_rss.jsp", "rss_id", "NEWS", "molit-press"),
    ("www.mois.go.kr", "rss.jsp", "", "", "mois-press"),
    ("www.mohw.go.kr", "board.es", "", "", "mohw-press"),
    ("www.korea.kr", "pressReleaseList.do", "repCode", "A00006", "korea-kr-molit"),
    ("www.korea.kr", "pressReleaseList.do", "repCode", "A00004", "korea-kr-opm"),
    ("www.korea.kr", "pressReleaseList.do", "repCode", "A00040", "korea-kr-budget"),
    ("apis.data.go.kr", "lhLeaseNoticeInfo1", "UPP_AIS_TP_CD", "06", "lh-api"),
    ("apis.data.go.kr", "lhLeaseNoticeInfo1", "UPP_AIS_TP_CD", "13", "lh-api-purchase"),
    ("apis.data.go.kr", "rsdtRcritNtcList", "", "", "myhome"),
    ("apis.data.go.kr", "NationalWelfarelist", "intrsThemaArray", "040", "bokjiro-central"),
    ("apis.data.go.kr", "LcgvWelfarelist", "", "", "bokjiro-local"),
    ("apis.data.go.kr", "slls-posts", "seNm", "임대", "ih-api"),
    ("api.odcloud.kr", "getPblPvtRent", "", "", "applyhome-rental"),
    ("openapi.naver.com", "news.json", "", "", "naver-news"),
)
NUMBERS = (
    "panId", "PAN_ID", "seq", "pbancNo", "msg_seq", "list_no", "dataSid", "boardId", "servId",
)  # fmt: skip


def page(source: str, case: str = "list") -> Response:
    """A recorded page as its site sends it."""
    found = next(iter(sorted((RECORDED / source / case).glob("page.*"))), None)
    return MISSING if found is None else Response(found.read_bytes(), content_type=TYPES[found.suffix[1:]])


def answer(request: Request) -> Response:
    """Answer for any host of the day; none of them has a robots.txt."""
    if request.path == "/robots.txt":
        return MISSING
    return _gate(request) or _list(request) or _post(request) or MISSING


def _gate(request: Request) -> Response | None:
    """What a site says before it looks at what is asked: a cookie first, a key that is not known."""
    if request.host == "www.molit.go.kr" and "TMOSHCooKie" not in request.headers.get("cookie", ""):
        there = "https://www.molit.go.kr/dev/board/board_rss.jsp?rss_id=NEWS"
        return Response(status=307, headers={"Location": there, "Set-Cookie": "TMOSHCooKie=1; Path=/"})
    if request.host == "apis.data.go.kr" and request.query.get("serviceKey") != KEY:
        return Response(REFUSED, 403, "application/xml")
    if request.host == "api.odcloud.kr" and request.query.get("serviceKey") != KEY:
        return Response('{"code": -4, "msg": "등록되지 않은 인증키 입니다."}', 401, "application/json")
    names = ("x-naver-client-id", "x-naver-client-secret")
    if request.host == "openapi.naver.com" and ":".join(request.headers.get(name, "") for name in names) != NAVER:
        return Response('{"errorMessage": "Authentication failed", "errorCode": "024"}', 401, "application/json")
    return None


def _list(request: Request) -> Response | None:
    said = {**request.query, **request.form}
    for host, part, name, value, source in LISTS:
        if host == request.host and part in request.path and (not name or said.get(name) == value):
            own = {"myhome": myhome, "lh-api": _echo}.get(source)
            return own(request) if own else page(source)
    if request.path.endswith("selectRsdtRcritNtcList.do"):
        return Response("<html><title>오류</title><body>잘못된 접근입니다.</body></html>")
    return page("hug-lease", "unasked") if "s070102.jsp" in request.path else None


def _post(request: Request) -> Response | None:
    number = next((request.query[name] for name in NUMBERS if name in request.query), "")
    cases = (f"*/post-{number}/url", f"*/post-{number}-supply/url")
    for found in [path for case in cases for path in sorted(RECORDED.glob(case))] if number else ():
        if request.host in found.read_text("utf-8") and request.path in found.read_text("utf-8"):
            return page(found.parents[1].name, found.parent.name)
    return None


def _json(source: str) -> Any:
    return json.loads(page(source).body)


def of_json(value: Any) -> Response:
    """A JSON answer."""
    return Response(json.dumps(value, ensure_ascii=False), content_type=TYPES["json"])


def myhome(request: Request) -> Response:
    """마이홈's API in pages of any size."""
    value = _json("myhome")
    body = value["response"]["body"]
    size, number = int(request.query["numOfRows"]), int(request.query["pageNo"])
    part = body["item"][(number - 1) * size : number * size]
    value["response"]["body"] = {**body, "numOfRows": str(size), "pageNo": str(number), "item": part}
    return of_json(value)


def _echo(request: Request) -> Response:
    """LH's API, which echoes what it was asked, key and all."""
    value = _json("lh-api")
    value[0] = {"dsSch": [dict(request.query)]}
    return of_json(value)
