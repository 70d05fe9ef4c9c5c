"""`jiballim serve`: one address for residents and programs."""

from __future__ import annotations

from pathlib import Path

import click

from jiballim import config
from notices.errors import Refusal

LOOPBACK = "127.0.0.1"


@click.command()
@click.option("--port", default=8000, show_default=True, type=click.IntRange(1, 65535), help="문(포트) 번호")
@click.option("--host", default=LOOPBACK, show_default=True, help="들을 주소; 기본은 이 컴퓨터 안에서만")
@click.pass_obj
def command(home: Path, port: int, host: str) -> None:
    """펴낸 쪽과 피드를 보이고, 조건을 골라 받는 피드(/feeds?region=41480&q=행복주택)와 읽기 전용 API를 답합니다.

    누가 무엇을 물었는지 기록하지 않습니다. 밖에 열 때는 앞에 nginx를 두십시오(docs/how-to/serve.ko.md).
    """
    settings = config.load(home)
    try:
        import uvicorn

        from jiballim.web.app import started
        from jiballim.web.connection import LIMITS, Impatient

        app = started(settings)
    except ImportError:
        raise Refusal(
            'serve에는 uvicorn, starlette, argon2-cffi가 더 필요합니다: pip install "jiballim[serve]"를 하십시오.'
        ) from None

    click.echo(f"http://{host}:{port}/ 에서 보입니다. 그만두려면 Ctrl+C.")
    if settings.desk_enabled:
        click.echo(f"담당자 화면: http://{host}:{port}/desk/")
    uvicorn.run(
        app, host=host, port=port, access_log=False, log_level="error", server_header=False, http=Impatient, **LIMITS
    )
