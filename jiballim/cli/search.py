"""`jiballim search WORDS`: find stored announcements."""

from __future__ import annotations

from pathlib import Path

import click

from jiballim import compose, config
from jiballim.cli.output import emit_json, json_option, table


@click.command()
@click.argument("words", nargs=-1, required=True)
@click.option("--limit", default=20, type=click.IntRange(1, 1000), show_default=True, help="많아야 몇 건")
@json_option
@click.pass_obj
def command(home: Path, words: tuple[str, ...], limit: int, as_json: bool) -> None:
    """저장된 공고에서 모든 낱말이 든 것을 찾습니다. 두 글자면 낱말 속도 찾습니다(파주 → 파주운정3).

    \b
    jiballim search 파주 행복주택
    """
    with compose.store(config.load(home), readonly=True) as store:
        found = store.search(" ".join(words), limit)
    if as_json:
        emit_json(
            [
                {
                    "id": a.id,
                    "title": a.title,
                    "kind": a.kind,
                    "section": a.section,
                    "regions": [region.name for region in a.regions],
                    "supply": list(a.supply),
                    "posted": a.posted,
                    "closes": a.facts["closes"].value if "closes" in a.facts else None,
                    "status": a.status,
                    "url": a.url,
                    "sources": list(dict.fromkeys(seen.source for seen in a.seen)),
                }
                for a in found
            ]
        )
        return
    if not found:
        click.echo("찾은 공고가 없습니다. 낱말을 줄이거나 바꿔 보십시오.")
        return
    rows = [
        [
            str(a.id),
            str(a.facts["closes"].value)[:10] if "closes" in a.facts else "원문 확인",
            a.kind,
            a.publisher,
            a.title,
        ]
        for a in found
    ]
    click.echo(table(["번호", "접수마감", "종류", "기관", "제목"], rows, widest=70))
    click.echo(f"\n{len(found)}건. 자세히: jiballim explain {found[0].id}")
