"""`jiballim doctor`: check the installation and say what to do."""

from __future__ import annotations

import os
import shutil
import sqlite3
import sys
from collections.abc import Callable, Iterator
from pathlib import Path

import click

from jiballim import compose, config, hearing, work
from jiballim.cli.notify import nobody
from jiballim.cli.output import emit_json, json_option
from notices.errors import Refusal

_ROOM = 200 * 2**20  # bytes that a centre needs for years


@click.command()
@json_option
@click.pass_obj
def command(home: Path, as_json: bool) -> None:
    """설치, 폴더, 설정, 출처, 알림 주소를 점검하고 할 일을 알려 줍니다. 고칠 것이 있으면 1로 끝납니다."""
    found = [_checked(name, check, home) for name, check in _CHECKS.items()]
    if as_json:
        emit_json([{"check": name, "well": well, "said": said} for name, well, said in found])
    else:
        told: set[str] = set()
        for name, well, said in found:
            click.echo(f"{'✓' if well else '✗'} {name}: {'위의 것을 먼저 고치십시오.' if said in told else said}")
            told.add(said)
    sys.exit(0 if all(well for _, well, _ in found) else 1)


def _checked(name: str, check: Callable[[Path], str], home: Path) -> tuple[str, bool, str]:
    try:
        return name, True, check(home)
    except Refusal as refusal:
        return name, False, str(refusal)


def _python(home: Path) -> str:
    with sqlite3.connect(":memory:") as db:
        try:
            db.execute("CREATE VIRTUAL TABLE t USING fts5 (a)")
        except sqlite3.OperationalError:
            raise Refusal("이 Python의 SQLite에는 FTS5가 없습니다: python.org의 Python 3.11 이상을 쓰십시오.") from None
    return f"Python {sys.version.split()[0]}, SQLite {sqlite3.sqlite_version}"


def _folder(home: Path) -> str:
    place = home if home.exists() else home.absolute().parent
    while not place.exists():
        place = place.parent
    if not os.access(place, os.W_OK):
        raise Refusal(f"{place} 폴더에 쓸 수 없습니다: 권한을 고치거나 --home으로 다른 폴더를 주십시오.")
    free = shutil.disk_usage(place).free
    if free < _ROOM:
        raise Refusal(f"{place}의 빈 자리가 {free // 2**20} MB뿐입니다: {_ROOM // 2**20} MB 이상 비우십시오.")
    return f"{home.absolute()} (빈 자리 {free // 2**30} GB)"


def _settings(home: Path) -> str:
    config.load(home).require_contact()
    return f"{home / config.NAME} 좋음"


def _sources(home: Path) -> str:
    settings = config.load(home)
    if wrong := compose.faults(settings):
        raise Refusal(" ".join(map(str, wrong.values())))
    if settings.database.exists():
        with compose.store(settings, readonly=True) as store:
            if hearing.hearing(settings, store, compose.now()).deaf == hearing.DEAF:
                raise Refusal(hearing.DEAF)
    keyless = sorted({name for s in compose.sources(settings).values() if s.enabled and (name := compose.lacking(s))})
    without = f" 열쇠가 없어 꺼진 곳이 있습니다: {', '.join(keyless)}(docs/how-to/give-a-key.ko.md)." if keyless else ""
    readable = len(work.readable(settings))
    seen = "" if settings.sources else f" 이 컴퓨터에서 읽히는 곳 {readable}곳(jiballim sources check)."
    return f"{len(compose.chosen(settings))}곳을 듣습니다.{seen}{without}"


def _database(home: Path) -> str:
    settings = config.load(home)
    if not settings.database.exists():
        return "아직 없습니다. jiballim run이 만듭니다."
    with compose.store(settings, readonly=True) as store:
        return f"{store.path} 좋음 (출처 {len(store.sources.all())}곳)"


def _targets(home: Path) -> str:
    from notify.targets import Targets

    settings = config.load(home)
    if not any(centre.routes for centre in settings.centres):
        return nobody(settings)
    targets = Targets(settings.centres, os.environ)
    if targets.off:
        raise Refusal("; ".join(f"{off.route}: {off.sentence}" for off in targets.off))
    return "; ".join(_routes(settings, targets))


def _blogs(home: Path) -> str:
    from desk.blog.target import BlogError
    from desk.blog.targets import targets

    settings = config.load(home)
    opened = [t for desk in settings.desks for t in targets(desk, os.environ, compose.now().date()).values()]
    if shut := [str(t) for t in opened if isinstance(t, BlogError)]:
        raise Refusal("; ".join(shut))
    return f"{len(opened)}곳" if opened else "아직 없습니다. docs/how-to/post-to-the-blog.ko.md를 보십시오."


def _desk(home: Path) -> str:
    settings = config.load(home)
    if not settings.desk_enabled:
        return f"꺼져 있습니다. 켜려면 {config.NAME}에 [desk] enabled = true를 적으십시오(docs/how-to/serve.ko.md)."
    try:
        from desk.web import passwords
    except ImportError:
        raise Refusal('argon2-cffi가 없습니다: pip install "jiballim[serve]"를 하십시오.') from None
    kept, names = passwords.stored(settings.home), [desk.name for desk in settings.desks or (compose.desk(settings),)]
    if gone := sorted(set(kept) - {"", *names}):
        raise Refusal(
            f"없는 센터의 비밀번호가 있습니다: {', '.join(gone)}. jiballim desk password --remove로 없애십시오."
        )
    if not kept:
        raise Refusal("비밀번호가 없어 열리지 않습니다: jiballim desk password로 정하십시오.")
    doors = [name or "모든 센터" for name in ("", *names) if name in kept]
    without = [name for name in names if name not in kept] if "" not in kept else []
    return f"비밀번호: {', '.join(doors)}" + (f". 아직 없는 센터: {', '.join(without)}" if without else "")


def _routes(settings: config.Config, targets: object) -> Iterator[str]:
    from notify.targets import Targets, key

    assert isinstance(targets, Targets)
    for centre in settings.centres:
        for route in centre.routes:
            yield f"{key(centre, route)} {len(targets.of(key(centre, route)))}곳"


_CHECKS = {
    "프로그램": _python,
    "폴더": _folder,
    "설정": _settings,
    "출처": _sources,
    "데이터베이스": _database,
    "알림 받는 곳": _targets,
    "블로그": _blogs,
    "담당자 화면": _desk,
}
