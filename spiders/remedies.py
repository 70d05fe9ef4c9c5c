"""Where a list that moved may be now: its other registered addresses, and the usual paths of its family on its host."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from urllib.parse import urlsplit, urlunsplit

from spiders.registry import Bootstrap, Source

MOST = 6
"""Addresses that are tried for one list; a site is never searched."""

_TURNS = (
    (r"/cop/bbs/(BBSMSTR_\d+)/selectBoardList\.do", r"/bbs/\1/list.do"),
    (r"(?<!cop)/bbs/(BBSMSTR_\d+)/list\.do", r"/cop/bbs/\1/selectBoardList.do"),
    (r"/bbs/(BBSMSTR_\d+)/list\.do", r"/prog/bbsArticle/\1/list.do"),
    (r"/prog/bbsArticle/(BBSMSTR_\d+)/list\.do", r"/bbs/\1/list.do"),
    (r"/saeol/gosi/list\.do", "/saeol/gosiList.do"),
    (r"/saeol/gosiList\.do", "/saeol/gosi/list.do"),
    (r"/saeol/news/list\.do", "/saeol/newsList.do"),
    (r"/saeol/newsList\.do", "/saeol/news/list.do"),
    (r"/bbs/list/(B\d{7})\.do", r"/bbs/\1/list.do"),
    (r"/bbs/(B\d{7})/list\.do", r"/bbs/list/\1.do"),
    (r"/ex/bbs/List\.do", "/ex/bbsNew/List.do"),
    (r"/ex/bbsNew/List\.do", "/ex/bbs/List.do"),
    (r"/www/(select\w+List\.do)", r"/portal/\1"),
    (r"/www/(select\w+List\.do)", r"/main/\1"),
    (r"/(?:portal|main)/(select\w+List\.do)", r"/www/\1"),
    (r"(\?|&)mId=", r"\1mid="),
    (r"(\?|&)mid=", r"\1mId="),
    (r"selectEminwonList\.do", "selectEminwonWebList.do"),
    (r"selectEminwonWebList\.do", "selectEminwonList.do"),
)
"""Pairs of the same list's addresses in two editions of one board system."""

_SAEOL = {
    "OfrNotAncmtEJB": ("/emwp/jsp/ofr/OfrNotAncmtLSub.jsp", "/emwp/jsp/ofr/OfrNotAncmtL.jsp"),
    "OfrBcAdvNewsEJB": ("/emwp/jsp/ofr/OfrNewsEpctLSub.jsp", "/emwp/jsp/ofr/OfrNewsEpctL.jsp"),
}
"""The pages before the lists of 새올: gosi, press releases."""


@dataclass(frozen=True, slots=True)
class Remedy:
    """A source with a line or a table of its file changed."""

    line: str
    source: Source


def remedies(source: Source) -> list[Remedy]:
    """Return what to try for a list that moved, most likely first, each as the source it would be."""
    found = [Remedy(f"endpoint = {json.dumps(url)}", replace(source, endpoint=url)) for url in _addresses(source)]
    if "OfrAction.do" in source.endpoint:
        found[len(source.also) : len(source.also)] = _posted(source)
    return found[:MOST]


def _posted(source: Source) -> Iterator[Remedy]:
    """The same call as a form: bare, and with the hidden fields of either page that comes before it."""
    said = []
    if source.method == "GET":
        said = ['method = "POST"   # 그리고 [params]를 [form]으로']
        source = replace(source, method="POST", form=source.params, params={})
        yield Remedy(said[0], source)
    codes = [f"{name}={source.form[name]}" for name in ("not_ancmt_se_code", "news_epct_yn") if name in source.form]
    for path in _SAEOL.get(source.form.get("jndinm", ""), ()):
        page = urlunsplit(urlsplit(source.endpoint)._replace(path=path, query="&".join(codes)))
        if source.bootstrap is None or page != source.bootstrap.page:
            table = f"[bootstrap]\npage = {json.dumps(page)}"
            yield Remedy("\n".join([*said, table]), replace(source, bootstrap=Bootstrap(page)))


def _addresses(source: Source) -> Iterator[str]:
    known = {source.endpoint}
    for url in (*source.also, *_variants(source)):
        if url not in known:
            known.add(url)
            yield url


def _variants(source: Source) -> Iterator[str]:
    for pattern, turned in _TURNS:
        url = re.sub(pattern, turned, source.endpoint, count=1)
        if url != source.endpoint:
            yield url
    parts = urlsplit(source.endpoint)
    yield urlunsplit(parts._replace(scheme="http" if parts.scheme == "https" else "https"))
    if parts.netloc.startswith("www.") or parts.netloc.count(".") == 2:
        bare = parts.netloc.removeprefix("www.")
        yield urlunsplit(parts._replace(netloc=bare if bare != parts.netloc else f"www.{bare}"))
