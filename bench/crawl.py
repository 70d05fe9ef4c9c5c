"""Crawl a loopback sample of 100 list and 2,000 detail pages, beside a bare Scrapy and parsel spider over the same."""

from __future__ import annotations

import json
import resource
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

from bench.report import Line
from spiders.crawl import crawl
from spiders.standins import MISSING, Request, Response, Served, serve
from tests.replay import LH_LIST, LH_POST, Post, lh_list, write_source

BOARD, LH = "www.haessal.go.kr", "apply.lh.or.kr"
SOURCES = ("bench-board", "bench-lh")
DETAILS = ("/view.do", LH_POST)
PAGES, ROWS = 50, 20  # of each of two sites
NOW = datetime(2026, 11, 24, 12, 0, tzinfo=ZoneInfo("Asia/Seoul"))
MENU = "".join(f'<li><a href="/menu/{n}.do">햇살시 안내 {n}</a></li>' for n in range(120))
FOOT = "<footer><p>햇살시청 우편번호 12345 햇살시 햇살로 1</p><p>대표전화 1600-0000</p></footer>"
TEXT = "".join(
    f"<p>햇살마을 {n}단지의 입주자를 모집하오니 아래 내용을 확인하시고 기간 안에 신청하시기 바랍니다.</p>"
    for n in range(25)
)

BARE = """
import json, resource, sys
import scrapy
from scrapy.crawler import AsyncCrawlerProcess
class Bare(scrapy.Spider):
    name = "bare"
    found = 0
    async def start(self):
        yield scrapy.Request(f"{sys.argv[1]}/www.haessal.go.kr/list.do?p=1", self.parse, cb_kwargs={"n": 1})
        yield self.lh(1)
    def lh(self, n):
        url = f"{sys.argv[1]}/apply.lh.or.kr{sys.argv[3]}"
        return scrapy.FormRequest(url, self.parse_lh, formdata={"currPage": str(n)}, cb_kwargs={"n": n})
    def parse_lh(self, response, n):
        for tr in response.css("div.bbs_ListA tbody tr"):
            link = tr.css("a.wrtancInfoBtn")
            row = {"title": "".join(link.css("span::text").getall()).strip(), "cells": tr.css("td::text").getall()}
            ids = [link.attrib[f"data-id{i}"] for i in (1, 2, 3, 4)]
            url = f"{sys.argv[1]}/apply.lh.or.kr{sys.argv[4]}?panId={ids[0]}&ccrCnntSysDsCd={ids[1]}&uppAisTpCd={ids[2]}&aisTpCd={ids[3]}"
            yield scrapy.Request(url, self.post_lh, cb_kwargs={"row": row})
        if n < int(sys.argv[2]):
            yield self.lh(n + 1)
    def post_lh(self, response, row):
        Bare.found += 1
        yield {**row, "url": response.url, "body": "\\n".join(response.css("div.bbs_ViewA p::text").getall()),
               "files": response.css("div.bbs_ViewA ul a::text").getall(), "head": response.css("ul.bbsV_data span::text").getall()}
    def parse(self, response, n):
        for tr in response.css("table.board tbody tr"):
            row = {"title": tr.css("td a::text").get("").strip(), "posted": tr.css("td:nth-child(4)::text").get(),
                   "department": tr.css("td:nth-child(3)::text").get()}
            yield response.follow(tr.css("td a::attr(href)").get(), self.post, cb_kwargs={"row": row})
        if n < int(sys.argv[2]):
            yield scrapy.Request(f"{sys.argv[1]}/www.haessal.go.kr/list.do?p={n + 1}", self.parse, cb_kwargs={"n": n + 1})
    def post(self, response, row):
        Bare.found += 1
        yield {**row, "url": response.url, "body": "\\n".join(response.css("div.content p::text").getall()),
               "files": response.css("ul.files a::text").getall()}
process = AsyncCrawlerProcess({"LOG_LEVEL": "ERROR", "DOWNLOAD_DELAY": 0, "CONCURRENT_REQUESTS_PER_DOMAIN": 1,
                               "ROBOTSTXT_OBEY": True, "TELNETCONSOLE_ENABLED": False, "REMOTE_CONTROL_ENABLED": False})
process.crawl(Bare)
process.start()
print(json.dumps({"found": Bare.found, "rss": resource.getrusage(resource.RUSAGE_SELF).ru_maxrss}))
"""


def site(request: Request) -> Response:
    """LH and a plain board, 1,000 posts each, with menus and footers as real pages have them."""
    if request.path == LH_LIST:
        return Response(_lh_list(int(request.form["currPage"])))
    if request.path == LH_POST:
        page = _lh(int(request.query["panId"])).page.replace(
            "</div>", f"<section><h3>신청자격</h3>{TEXT}</section></div>"
        )
        return Response(_framed(page))
    if request.path == "/list.do":
        return Response(_list(int(request.query.get("p", 1))))
    return Response(_post(int(request.query["no"]))) if request.path == "/view.do" else MISSING


def _framed(page: str) -> str:
    return f'<!DOCTYPE html><html lang="ko"><head><meta charset="utf-8"></head><body><nav><ul>{MENU}</ul></nav>{page}{FOOT}</body></html>'


def _lh(number: int) -> Post:
    title = f"햇살 {number % 100_000}단지 행복주택 예비입주자 모집"
    return Post(str(number), title, "행복주택", files=(("모집공고문.pdf", str(number)),))


def _lh_list(page: int) -> str:
    first = 2015122300000000 + page * ROWS
    return _framed(lh_list([_lh(first + n) for n in range(ROWS)], page, PAGES, PAGES * ROWS))


def _list(page: int) -> str:
    rows = "".join(
        f'<tr><td>{n}</td><td class="l"><a href="view.do?no={n}">햇살 {n}단지 국민임대주택 예비입주자 모집 공고</a></td>'
        f"<td>주택정책과</td><td>2026-{n % 10 + 1:02}-{n % 27 + 1:02}</td><td>{n % 90}</td></tr>"
        for n in range(page * ROWS, (page - 1) * ROWS, -1)
    )
    return (
        f'<!DOCTYPE html><html lang="ko"><head><meta charset="utf-8"><title>햇살시 공지사항</title></head><body><nav><ul>{MENU}</ul></nav>'
        '<table class="board"><caption>공지사항 목록</caption><thead><tr><th>번호</th><th>제목</th><th>부서</th><th>등록일</th>'
        f'<th>조회</th></tr></thead><tbody>{rows}</tbody></table><div class="paging"><a href="list.do?p={page + 1}">다음</a></div>'
        f"{FOOT}</body></html>"
    )


def _post(number: int) -> str:
    day = f"2026-{number % 10 + 1:02}-{number % 27 + 1:02}"
    return (
        f'<!DOCTYPE html><html lang="ko"><head><meta charset="utf-8"><title>햇살시 공지사항</title></head><body><nav><ul>{MENU}</ul></nav>'
        f'<div class="view"><h3>햇살 {number}단지 국민임대주택 예비입주자 모집 공고</h3><dl><dt>등록일</dt><dd>{day}</dd>'
        f'<dt>담당부서</dt><dd>주택정책과</dd></dl><div class="content">{TEXT}<p>신청기간: 2026. 12. 1. ~ 2026. 12. 4.</p></div>'
        f'<ul class="files"><li><a href="/down.do?no={number}">모집공고문.pdf</a></li></ul></div>{FOOT}</body></html>'
    )


def lines(pages: int = PAGES) -> Iterator[Line]:
    """The ratios to the bare spider, the cost of a second crawl, and the memory."""
    with serve(site) as served:
        floor, _ = _bare(served, pages)
        for name, understand, target in (("reading and matching off", False, 1.8), ("everything on", True, 3.0)):
            with tempfile.TemporaryDirectory() as folder:
                home = Path(folder)
                spent, peak = _ours(served, home, pages, understand)
                yield Line(
                    f"crawl, {name}: CPU against bare Scrapy", spent / floor, "×", target, floor, note=f"{spent:.1f} s"
                )
                if understand:
                    before = len([path for path in served.paths() if path.endswith(DETAILS)])
                    again, _ = _ours(served, home, pages, understand)
                    after = len([path for path in served.paths() if path.endswith(DETAILS)])
                    yield Line(
                        "crawl again, unchanged: detail pages", after - before, "pages", 0, note=f"{again:.1f} s CPU"
                    )
                    yield Line("crawl: peak memory", peak, "MB", 150)
                    looked, _ = _ours(served, home, pages, understand, NOW + timedelta(days=1))
                    count = len([path for path in served.paths() if path.endswith(DETAILS)]) - after
                    assert count == 2 * pages * ROWS, count
                    yield Line(
                        "look again at every open post: CPU against reading it first",
                        looked / spent,
                        "×",
                        1.0,
                        spent,
                        note=f"{looked / count * 1000:.1f} ms a post, none changed",
                    )


def _ours(served: Served, home: Path, pages: int, understand: bool, now: datetime = NOW) -> tuple[float, float]:
    write_source(home, "bench-board", f"https://{BOARD}/list.do", tables=f'[paging]\nparam = "p"\npages = {pages}')
    lh = 'family = "lh"\nmethod = "POST"'
    write_source(home, "bench-lh", f"https://{LH}{LH_LIST}", lh, f'[paging]\nparam = "currPage"\npages = {pages}')
    seconds = _spent()
    runs = crawl(SOURCES, home=home, now=now, replay_origin=served.origin, overrides={"UNDERSTAND": understand})
    assert [run.listed for run in runs] == [pages * ROWS] * 2, runs
    return _spent() - seconds, resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss / 1024


def _bare(served: Served, pages: int) -> tuple[float, float]:
    with tempfile.TemporaryDirectory() as folder:  # Scrapy reads the source of callbacks from their file
        script = Path(folder) / "bare.py"
        script.write_text(BARE, "utf-8")
        command = [sys.executable, str(script), served.origin, str(pages), LH_LIST, LH_POST]
        seconds = _spent()
        done: dict[str, Any] = json.loads(subprocess.run(command, check=True, capture_output=True, text=True).stdout)
        assert done["found"] == 2 * pages * ROWS, done
    return _spent() - seconds, done["rss"] / 1024


def _spent() -> float:
    used = resource.getrusage(resource.RUSAGE_CHILDREN)
    return used.ru_utime + used.ru_stime
