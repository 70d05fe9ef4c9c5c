"""`jiballim sources add`: a new source in a minute, written down for a person to check."""

from __future__ import annotations

import json
import shutil
import sys
import tempfile
from collections.abc import Iterator, Mapping
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from jiballim import compose, config, work
from jiballim.cli.output import emit_json, json_option, table
from notices.errors import Refusal, WrongUse
from notices.links import web_link

if TYPE_CHECKING:
    from spiders.drafting import Draft
    from spiders.registry import Source

SHOWN = 7


@click.command()
@click.argument("address", metavar="[주소]", default="")
@click.option(
    "--from-file",
    "page",
    type=click.Path(path_type=Path, exists=True, dir_okay=False),
    help="저장해 둔 목록 쪽 (인터넷 없이)",
)
@click.option("--url", default="", help="--from-file로 준 쪽의 주소")
@click.option(
    "--detail",
    type=click.Path(path_type=Path, exists=True, dir_okay=False),
    help="저장해 둔 글 한 쪽 (--from-file과 함께)",
)
@click.option("--name", default="", help="출처의 이름 (안 주면 주소에서 만듭니다)")
@json_option
@click.pass_obj
def add(
    home: Path, address: str, page: Path | None, url: str, detail: Path | None, name: str, as_json: bool
) -> None:  # fmt: skip
    """게시판 주소 하나로 출처를 만듭니다: 목록과 글 하나를 읽어 보고 <home>/sources/에 TOML과 견본을 씁니다.

    \b
    jiballim sources add https://www.city.go.kr/board/list.do
    jiballim sources add --from-file 목록.html --url https://www.city.go.kr/board/list.do
    """
    settings = config.load(home)
    url = url or address
    if bool(address) == bool(page):
        raise WrongUse("sources add: 게시판 주소 하나를 주거나, --from-file과 --url을 주십시오.")
    if web_link(url) is None:
        raise WrongUse(f"sources add: http:// 또는 https://로 시작하는 게시판 주소를 주십시오({url!r}).")
    known = compose.sources(settings)
    if twin := next((s for s in known.values() if _bare(s.endpoint) == _bare(url)), None):
        raise WrongUse(f"sources add: 그 목록은 {twin.name}이(가) 이미 듣습니다({twin.path}).")
    with tempfile.TemporaryDirectory() as folder:
        pages = Path(folder)
        if page:
            shutil.copy(page, pages / "list.html")
            (pages / "list.url").write_text(url + "\n", "utf-8")
            if detail:
                shutil.copy(detail, pages / "detail.html")
                (pages / "detail.url").write_text(url + "\n", "utf-8")
        else:
            fetch(settings, url, pages)
        made, post = write(settings, url, pages, known, compose.now().date(), name=name, saved=page is not None)
    if as_json:
        emit_json(record(made, post, settings))
    else:
        click.echo("\n".join(lines(made, post, settings)))
    sys.exit(0 if made.text else 1)


def fetch(settings: config.Config, url: str, pages: Path, replay_origin: str = "") -> None:
    """Read a list and one of its posts politely, and put the pages into a folder."""
    if not replay_origin:
        settings.require_contact()
    path = settings.own_sources / "being-added.toml"
    path.parent.mkdir(parents=True, exist_ok=True)
    quoted = json.dumps(url)
    path.write_text(
        f'title = "새 출처"\npublisher = "새 출처"\npage = {quoted}\nendpoint = {quoted}\nenabled = false\n', "utf-8"
    )
    try:
        found = work.check(settings, [path.stem], replay_origin=replay_origin, save=pages)[path.stem]
    finally:
        path.unlink()
    if not (pages / "list.html").exists():
        raise Refusal(f"{url}: {found.sentence or '읽지 못했습니다.'}")


def write(
    settings: config.Config, url: str, pages: Path, known: Mapping[str, Source], today: date, *, name: str, saved: bool
) -> tuple[Draft, dict[str, Any] | None]:
    """Draft the source from its pages; write file and case where the list could be read."""
    from spiders.drafting import draft
    from spiders.pages.batch import answer
    from spiders.pages.document import Document
    from spiders.registry import SourceError, read

    document = Document((pages / "list.html").read_bytes(), url)
    made = draft(document, url, known.values(), today, name=name, saved=saved)
    said = {"list": answer(str(pages / "list.html"), url, "list", today=today)}
    if (pages / "detail.html").exists():
        at = (pages / "detail.url").read_text("utf-8").strip()
        said["detail"] = answer(str(pages / "detail.html"), at, "detail", today=today)
    if made.text:
        path = settings.own_sources / f"{made.name}.toml"
        if path.exists() or made.name in known:
            raise WrongUse(f"sources add: {made.name}이라는 출처가 이미 있습니다. --name으로 다른 이름을 주십시오.")
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(made.text, "utf-8")
        try:
            read(path)
        except SourceError:
            path.unlink()
            raise
        case = settings.own_sources / "cases" / made.name
        shutil.copytree(pages, case, dirs_exist_ok=True)
        (case / "expected.json").write_text(json.dumps(said, ensure_ascii=False, indent=1) + "\n", "utf-8")
    return made, said.get("detail")


def lines(made: Draft, post: dict[str, Any] | None, settings: config.Config) -> Iterator[str]:
    """Give what was found, and what a person should check."""
    found = made.listing
    if not made.text:
        yield f"목록을 읽지 못해 아무것도 쓰지 않았습니다: {found.state.value}" + (
            f" ({found.why})" if found.why else ""
        )
        yield from made.concerns
        return
    yield f"계열: {made.family or '모르는 게시판(꼴을 보고 읽음)'} · {len(found.rows)}줄 · 전체 {found.total or '모름'}"
    rows = [
        [
            "고정" if row.pinned else "", f"{row.posted}" if row.posted else "? 없음", row.department or "-", row.key or "? 없음",
            row.title, "; ".join(row.doubts),
        ]
        for row in found.rows[:SHOWN]
    ]  # fmt: skip
    yield table(["", "게시", "부서", "글 번호", "제목", "의심"], rows, widest=56)
    yield ""
    if post is None:
        yield "글 하나: 읽어 보지 않았습니다."
    else:
        files = ", ".join(file["name"] for file in post["attachments"]) or "없음"
        yield f"글 하나: {post['title'] or '? 제목 없음'} · 게시 {post['posted'] or '? 없음'} · 본문 {len(post['body']):,}자 · 첨부 {files}"
        yield from (f"  의심: {doubt}" for doubt in post["doubts"])
    yield ""
    yield f"썼습니다: {settings.own_sources / made.name}.toml (견본 {settings.own_sources / 'cases' / made.name})"
    yield "확인할 것"
    yield from (f"  · {concern}" for concern in made.concerns)
    yield f"고친 뒤: jiballim sources check {made.name}"


def record(made: Draft, post: dict[str, Any] | None, settings: config.Config) -> dict[str, object]:
    """Return what was found for --json."""
    from spiders.pages.batch import list_answer

    return {
        "name": made.name if made.text else None,
        "file": str(settings.own_sources / f"{made.name}.toml") if made.text else None,
        "family": made.family or None,
        "list": list_answer(made.listing),
        "detail": post,
        "check": list(made.concerns),
    }


def _bare(url: str) -> str:
    return url.split("://", 1)[-1].removeprefix("www.").rstrip("/")
