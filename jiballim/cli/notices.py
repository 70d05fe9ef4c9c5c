"""`jiballim notices`: what the centre itself has to say."""

from __future__ import annotations

from pathlib import Path

import click

from jiballim import compose, config, staff
from jiballim.cli.output import centre_option, emit_json, json_option, table
from jiballim.cli.withdraw import lines, record, sure
from notices.errors import WrongUse
from notices.vocabulary import SECTIONS

_STATES = {
    "new": "새로 실었습니다", "changed": "고쳤습니다", "unchanged": "바뀐 것이 없습니다",
    "withdrawn": "내린 글이라 싣지 않았습니다. 다시 실으려면 파일의 id를 바꾸십시오",
}  # fmt: skip


@click.group()
def command() -> None:
    """센터가 직접 알리는 글: 방문 상담, 교육, 집수리 … 다른 공고와 똑같이 저장되고 피드와 알림에 실립니다."""


@command.command()
@click.option("--file", "path", type=click.Path(path_type=Path, dir_okay=False), help="글이 적힌 TOML 파일")
@click.option("--url", default="", help="이미 어딘가에 올린 글의 주소 (그 쪽을 읽어 오지 않으므로 --title도 적습니다)")
@click.option("--title", default="", help="--url의 제목")
@click.option(
    "--section", type=click.Choice(SECTIONS), default="주거복지사업", show_default=True, help="--url이 드는 분야"
)
@centre_option
@json_option
@click.pass_obj
def add(home: Path, path: Path | None, url: str, title: str, section: str, centre: str | None, as_json: bool) -> None:
    """글 하나를 싣습니다. 같은 파일을 고쳐 다시 하면 새 글이 아니라 고친 판이 됩니다.

    \b
    title = "찾아가는 주거상담"
    text = "…"
    period = "2026-12-01 ~ 2026-12-05 18:00"
    place = "운정행복센터 2층"
    phone = "031-000-0000"
    link = "https://…"
    section = "주거복지사업"
    """
    from desk import own

    settings = config.load(home)
    desk = compose.desk(settings, centre)
    if (path is None) == (not url):
        raise WrongUse("notices add: --file 파일.toml이나 --url 주소 가운데 하나를 주십시오.")
    notice = own.from_file(path, desk) if path else own.from_link(url, title, desk, section)
    added = staff.tell(settings, desk, notice, compose.now())
    if as_json:
        emit_json({"state": added.state, "id": added.announcement_id, "notice": added.notice_id, "title": added.title})
        return
    click.echo(f"{_STATES[added.state]}: {added.title}")
    if added.announcement_id:
        click.echo(
            f"번호 {added.announcement_id}. 피드에 싣기: jiballim publish, 블로그: jiballim blog publish {added.announcement_id}"
        )


@command.command("list")
@centre_option
@json_option
@click.pass_obj
def list_(home: Path, centre: str | None, as_json: bool) -> None:
    """센터가 직접 알린 글의 목록."""
    from notices.store.views import Selection
    from notices.wording import say

    settings = config.load(home)
    desk = compose.desk(settings, centre)
    with compose.store(settings, readonly=True) as store:
        found = store.announcements.select(Selection(sources=(desk.source,), relevant=None), 1000, "posted")
    if as_json:
        emit_json([
            {
                "id": a.id, "title": a.title, "section": a.section, "posted": a.posted, "url": a.url,
                "opens": a.facts["opens"].value if "opens" in a.facts else None,
                "closes": a.facts["closes"].value if "closes" in a.facts else None,
                "key": [seen.key for seen in a.seen if seen.source == desk.source], "text": a.body,
            }
            for a in found
        ])  # fmt: skip
        return
    if not found:
        click.echo("아직 없습니다. jiballim notices add --file 글.toml로 실으십시오.")
        return
    rows = [
        [str(a.id), str(a.posted or ""), say("closes", a.facts["closes"].value) if "closes" in a.facts else "-", a.section, a.title]
        for a in found
    ]  # fmt: skip
    click.echo(table(["번호", "게시", "마감", "분야", "제목"], rows, widest=60))


@command.command()
@click.argument("number", metavar="ID", type=int)
@click.option("--yes", is_flag=True, help="묻지 않고 내립니다")
@json_option
@click.pass_obj
def withdraw(home: Path, number: int, yes: bool, as_json: bool) -> None:
    """센터가 직접 알린 글을 모든 곳에서 내립니다. 되돌릴 수 없습니다."""
    settings = config.load(home)
    sure(settings, number, yes=yes)
    done = staff.withdraw(settings, [number], compose.now(), own=True)
    emit_json(record(done)) if as_json else click.echo("\n".join(lines(done)))
