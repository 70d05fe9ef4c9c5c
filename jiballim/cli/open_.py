"""`jiballim open`: show the page on this computer."""

from __future__ import annotations

import functools
import http.server
import webbrowser
from pathlib import Path

import click

from jiballim import config
from notices.errors import Refusal


class _Quiet(http.server.SimpleHTTPRequestHandler):
    """Files of the public folder, feeds under their own types, without a log of who asked."""

    extensions_map = {  # noqa: RUF012 - as the standard library has it
        **http.server.SimpleHTTPRequestHandler.extensions_map,
        ".html": "text/html; charset=utf-8",
        ".xml": "application/rss+xml; charset=utf-8",
        ".atom": "application/atom+xml; charset=utf-8",
        ".json": "application/json; charset=utf-8",
        ".ics": "text/calendar; charset=utf-8",
        ".opml": "text/x-opml; charset=utf-8",
        ".js": "text/javascript; charset=utf-8",
        ".css": "text/css; charset=utf-8",
    }

    def log_message(self, format: str, *args: object) -> None:
        """Say nothing."""

    def send_error(self, code: int, message: str | None = None, explain: str | None = None) -> None:
        """Answer a wrong address with the site's own page, which repeats nothing of what was asked."""
        page = Path(self.directory) / "404.html"
        if code != 404 or not page.is_file():
            super().send_error(code)
            return
        body = page.read_bytes()
        self.send_response(404)
        self.send_header("Content-Type", "text/html; charset=utf-8")
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        if self.command != "HEAD":
            self.wfile.write(body)

    def list_directory(self, path: object) -> None:
        """List no folder."""
        self.send_error(404)


def server(folder: Path, port: int) -> http.server.ThreadingHTTPServer:
    """Return a server of a folder on loopback; port 0 takes any that is free."""
    if not (folder / "index.html").is_file():
        raise Refusal(
            f"{folder}: 아직 만든 쪽이 없습니다. jiballim publish(또는 견본으로 jiballim demo)를 먼저 하십시오."
        )
    try:
        return http.server.ThreadingHTTPServer(("127.0.0.1", port), functools.partial(_Quiet, directory=str(folder)))
    except (OSError, OverflowError) as wrong:
        raise Refusal(f"포트 {port}을(를) 쓸 수 없습니다({wrong}): --port로 다른 번호를 주십시오.") from None


@click.command()
@click.option("--port", default=8000, show_default=True, type=click.IntRange(0, 65535), help="쓸 포트 (0: 빈 것)")
@click.option("--no-browser", is_flag=True, help="브라우저를 열지 않고 주소만 알려 줍니다")
@click.pass_obj
def command(home: Path, port: int, no_browser: bool) -> None:
    """만든 쪽을 이 컴퓨터에서만 볼 수 있게 열고 브라우저로 보여 줍니다. Ctrl+C로 끝냅니다."""
    with server(config.load(home).public, port) as served:
        address = f"http://127.0.0.1:{served.server_port}/"
        click.echo(f"{address} 에서 볼 수 있습니다. 끝내려면 Ctrl+C를 누르십시오.")
        if not no_browser:
            webbrowser.open(address)
        try:
            served.serve_forever()
        except KeyboardInterrupt:
            click.echo("")
