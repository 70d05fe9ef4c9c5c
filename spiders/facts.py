"""Which fact comes from which field of which source: what the readers take, said once and printed as a page."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping

from notices.vocabulary import FIELDS
from spiders.pages import (
    applyhome,
    bokjiro,
    feed,
    gh,
    hug,
    ih,
    ih_api,
    korea_kr,
    lh_api,
    myhome,
    naver,
    seoul_housing,
    soco,
)
from spiders.registry import Source

BASE: Mapping[str, tuple[str, str, str]] = {
    # family: where number, title and posting date stand
    "lh": ("data-id1 (panId)", "공고명", "게시일"),
    "gh": ("data-pbancNo", "공고명", "게시일; 공고일"),
    "ih": ("msg_seq", "p.title", "li[title=작성일]"),
    "seoul_housing": ("바로가기 주소의 seq", "td.txl", "td.td4"),
    "feed": ("link의 번호", "title", "pubDate; dc:date; published"),
    "korea_kr": ("newsId", "strong", "20YY.MM.DD"),
    "soco": ("boardId", "nttSj", "optn1"),
    "hug": ("접수 시작일 × 시·도", "날과 시·도로 지음", "접수기간의 첫날"),
    "hug_api": ("COLL_ANNO_DT × AREA_DCD_NM", "날과 시·도로 지음", "COLL_ANNO_DT"),
    "lh_api": ("PAN_ID", "PAN_NM", "PAN_NT_ST_DT"),
    "myhome": ("pblancId", "pblancNm", "rcritPblancDe"),
    "myhome_web": ("pblancId", "pblancNm", "rcritPblancDe"),
    "bokjiro": ("servId", "servNm", "lastModYmd; svcfrstRegTs"),
    "ih_api": ("link의 msg_seq", "sj", "crtrYmd"),
    "applyhome": ("PBLANC_NO", "HOUSE_NM", "RCRIT_PBLANC_DE"),
    "naver": ("originallink", "title", "pubDate"),
}
FACTS: Mapping[str, Mapping[str, str]] = {
    "lh": {
        "supply": "유형",
        "region": "지역",
        "status": "상태; 공고상태",
        "closes": "마감일; sbscAcpClsgDt",
        "opens": "sbscAcpStDt",
    },
    "gh": gh.FACTS,
    "ih": ih.FACTS,
    "seoul_housing": seoul_housing.FACTS,
    "feed": feed.FACTS,
    "korea_kr": korea_kr.FACTS,
    "soco": soco.FACTS,
    "hug": hug.WEB_FACTS,
    "hug_api": hug.FACTS,
    "lh_api": lh_api.FACTS,
    "myhome": myhome.FACTS,
    "myhome_web": myhome.WEB_FACTS,
    "bokjiro": bokjiro.FACTS,
    "ih_api": ih_api.FACTS,
    "applyhome": applyhome.FACTS,
    "naver": naver.FACTS,
}
HEAD = """# Which fact comes from which field

Written from the readers by `make accept`; a test holds it against the recorded pages. What no field gives is read from
title and text, and what neither says stays empty. *shape* names the real captures that reading was held against, or
`documentation` where there was none: then only the provider's description and other collectors' code speak for the
names. Nothing here says that a site answers today; `jiballim sources check` asks it. Boards of the engine
(`family = "board"`) have no table: their columns are known by their headers.
"""


def page(sources: Iterable[Source]) -> str:
    """The page, a table for each source with a reader of its own."""
    return "\n".join([HEAD, *(line for source in sources if source.family in FACTS for line in _source(source))])


def _source(source: Source) -> Iterator[str]:
    shape = ", ".join(f"`{name}`" for name in source.samples) or "documentation"
    yield from (f"## {source.name}", "", f"{source.title} — shape: {shape}", "", "| fact | field |", "| --- | --- |")
    key, title, posted = BASE[source.family]
    yield from (f"| 번호 | {key} |", f"| 제목 | {title} |", f"| 게시일 | {posted} |")
    for name, where in FACTS[source.family].items():
        yield f"| {FIELDS[name]} (`{name}`) | {where.replace('|', '/')} |"
    yield ""
