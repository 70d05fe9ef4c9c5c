"""`jiballim blog`: pick, word and repost to the centre's blog."""

from __future__ import annotations

import sys
from pathlib import Path

import click

from jiballim import compose, config, staff
from jiballim.cli.output import centre_option, emit_json, json_option, table

_STATES = {"": "", "picked": "골라 둠", "later": "나중에", "outdated": "블로그 수정 필요"}
_OUTCOMES = {"created": "새로 올림", "updated": "고쳐 올림", "written": "붙여 넣을 글을 만듦", "failed": "못 올림"}


@click.group()
def command() -> None:
    """블로그에 옮겨 싣기: 오늘 볼 것을 순서대로 보고, 고르고, 초안을 보고, 올립니다.

    \b
    jiballim blog queue → pick 번호 → draft 번호 → publish
    """


@command.command()
@click.option("--limit", default=20, type=click.IntRange(1, 1000), show_default=True, help="많아야 몇 건")
@centre_option
@json_option
@click.pass_obj
def queue(home: Path, limit: int, centre: str | None, as_json: bool) -> None:
    """우리 센터가 오늘 볼 공고: 관내, 대상, 마감, 새것, 정정 순서와 그 까닭. 고칠 글이 맨 위에 옵니다."""
    from desk.blog.publish import flagged
    from desk.queue import queue as rank

    settings = config.load(home)
    desk = compose.desk(settings, centre)
    with compose.store(settings, readonly=True) as store:
        items = rank(store, desk, compose.now(), limit)
        gone = [post for post in flagged(store, desk.name) if post.announcement_id is None]
    if as_json:
        emit_json({
            "centre": desk.name,
            "queue": [
                {
                    "id": i.announcement.id, "title": i.announcement.title, "heading": i.heading, "state": i.state,
                    "rank": i.rank, "reasons": list(i.reasons), "url": i.announcement.url,
                    "closes": i.announcement.facts["closes"].value if "closes" in i.announcement.facts else None,
                }
                for i in items
            ],
            "take_down": [{"target": p.target, "slug": p.slug, "url": p.url} for p in gone],
        })  # fmt: skip
        return
    for post in gone:
        click.echo(f"내려야 할 글: {post.target} {post.url or post.slug} (지운 뒤 jiballim blog done {post.slug})")
    if not items:
        click.echo("볼 것이 없습니다.")
        return
    rows = [
        [str(i.announcement.id), _STATES.get(i.state, i.state), i.announcement.title, " · ".join(i.reasons)]
        for i in items
    ]
    click.echo(table(["번호", "", "제목", "까닭"], rows, widest=60))
    click.echo(
        f"\n고르기: jiballim blog pick {items[0].announcement.id}, 초안 보기: jiballim blog draft {items[0].announcement.id}"
    )


def _decide(
    home: Path,
    number: int,
    state: str,
    centre: str | None,
    title: str | None,
    summary: str | None,
    said: str,
    as_json: bool,
) -> None:
    settings = config.load(home)
    desk = compose.desk(settings, centre)
    with compose.store(settings) as store:
        store.curation.decide(desk.name, number, state, compose.now(), title, summary)
        found = store.announcements.get(number)
    name = found.title if found else str(number)
    emit_json({"id": number, "state": state, "title": name}) if as_json else click.echo(f"{name}: {said}")


@command.command()
@click.argument("number", metavar="ID", type=int)
@click.option("--title", default=None, help="블로그에 쓸 제목 (빈 글: 원문 제목으로)")
@click.option("--summary", default=None, help="맨 위에 둘 한두 문장 (빈 글: 지움)")
@centre_option
@json_option
@click.pass_obj
def pick(home: Path, number: int, title: str | None, summary: str | None, centre: str | None, as_json: bool) -> None:
    """블로그에 올릴 것으로 고릅니다. 고른 것은 센터의 고른 소식 피드에도 실립니다."""
    _decide(home, number, "picked", centre, title, summary, "골랐습니다.", as_json)


@command.command()
@click.argument("number", metavar="ID", type=int)
@centre_option
@json_option
@click.pass_obj
def hide(home: Path, number: int, centre: str | None, as_json: bool) -> None:
    """차례에서 빼고 다시 보이지 않습니다."""
    _decide(home, number, "hidden", centre, None, None, "차례에서 뺐습니다.", as_json)


@command.command()
@click.argument("number", metavar="ID", type=int)
@centre_option
@json_option
@click.pass_obj
def later(home: Path, number: int, centre: str | None, as_json: bool) -> None:
    """차례의 맨 뒤로 미룹니다."""
    _decide(home, number, "later", centre, None, None, "나중으로 미뤘습니다.", as_json)


@command.command()
@click.argument("number", metavar="ID", type=int)
@click.option(
    "--form",
    type=click.Choice(["text", "html", "markdown", "kakao"]),
    default="text",
    show_default=True,
    help="꼴 (kakao: 카카오톡 채널에 붙여 넣을 글)",
)
@centre_option
@json_option
@click.pass_obj
def draft(home: Path, number: int, form: str, centre: str | None, as_json: bool) -> None:
    """올릴 글의 초안을 봅니다. 아무것도 올리지 않습니다."""
    from desk import channel, render
    from desk.blog.publish import draft as compose_draft

    settings = config.load(home)
    desk = compose.desk(settings, centre)
    with compose.store(settings, readonly=True) as store:
        made = compose_draft(store, desk, number, staff.today(compose.now()))
        post = channel.draft(store, desk.name, store.announcements.among([number])[number])
    kakao = f"{post.text}\n" + (f"\n단추: {post.label}\n주소: {post.link}\n" if post.link else "")
    forms = {"text": render.text(made), "html": render.html(made), "markdown": render.markdown(made)}
    if as_json:
        emit_json({
            "id": number, "title": made.title, "slug": made.slug, "heading": made.heading, "excerpt": made.excerpt,
            **forms, "kakao": {"text": post.text, "button": post.label, "link": post.link},
        })  # fmt: skip
        return
    click.echo((forms | {"kakao": kakao})[form], nl=False)


@command.command()
@click.argument("numbers", metavar="[ID]…", nargs=-1, type=int)
@click.option("--overwrite", is_flag=True, help="블로그에서 사람이 고친 글도 덮어씁니다")
@centre_option
@json_option
@click.pass_obj
def publish(home: Path, numbers: tuple[int, ...], overwrite: bool, centre: str | None, as_json: bool) -> None:
    """고른 것을 블로그에 올립니다(워드프레스는 초안으로). 번호를 주면 그것만, 안 주면 아직 안 올린 것과 고칠 것을 모두.

    두 번 해도 글이 둘이 되지 않습니다. 못 올린 것이 있으면 까닭을 말하고 1로 끝납니다.
    """
    settings = config.load(home)
    desk = compose.desk(settings, centre)
    outcomes = staff.post(settings, desk, numbers, compose.now(), overwrite=overwrite)
    gone = staff.take_down(settings, desk, compose.now())
    if as_json:
        emit_json([
            {"id": o.announcement_id, "title": o.title, "target": o.target, "state": o.state, "said": o.said, "url": o.url}
            for o in outcomes
        ])  # fmt: skip
    else:
        for o in outcomes:
            more = " — ".join(part for part in (o.url or "", o.said) if part)
            click.echo(f"{_OUTCOMES[o.state]} ({o.target}): {o.title}" + (f" — {more}" if more else ""))
        for said in (*(f"내림: {where}" for where in gone.down), *gone.left):
            click.echo(said)
        if not outcomes and not gone.down and not gone.left:
            click.echo("올릴 것이 없습니다. jiballim blog queue에서 골라 jiballim blog pick 하십시오.")
    sys.exit(1 if any(o.state == "failed" for o in outcomes) else 0)


@command.command()
@click.argument("asked", metavar="ID")
@click.option("--url", default=None, help="올린 글의 주소")
@centre_option
@click.pass_obj
def done(home: Path, asked: str, url: str | None, centre: str | None) -> None:
    """붙여 넣어 올렸다고 적어 둡니다. 뒤에 원문이 정정되면 "블로그 수정 필요"라고 알려 줍니다."""
    from desk.blog.publish import done as note

    settings = config.load(home)
    desk = compose.desk(settings, centre)
    with compose.store(settings) as store:
        click.echo(note(store, desk, asked, compose.now(), url))
