"""The desk inside the server: off unless switched on, behind the strict headers, its password set at the command line."""

from __future__ import annotations

import shutil
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from starlette.testclient import TestClient

from desk.web import passwords
from desk.web.app import routes
from jiballim import config
from jiballim.cli.doctor import _CHECKS, _checked
from jiballim.demo import play
from jiballim.web.app import build
from notices.errors import WrongUse
from tests.desk.web.office import keep, login

pytestmark = pytest.mark.xdist_group("demo")
PLAIN = {
    "default-src",
    "style-src",
    "script-src",
    "img-src",
    "font-src",
    "connect-src",
    "form-action",
    "base-uri",
    "frame-ancestors",
}


@pytest.fixture
def settings(played: play.Played, tmp_path: Path) -> config.Config:
    """An installation of its own that heard the sample mornings, with the desk switched on."""
    home = tmp_path / "home"
    shutil.copytree(played.settings.home, home)
    with (home / config.NAME).open("a", encoding="utf-8") as file:
        file.write("\n[desk]\nenabled = true\n")
    keep(home)
    return config.load(home)


@pytest.fixture
def client(settings: config.Config) -> Iterator[TestClient]:
    """Somebody at the desk."""
    opened = TestClient(
        build(settings), base_url="http://127.0.0.1:8000", follow_redirects=False, raise_server_exceptions=False
    )
    with opened:
        assert login(opened).status_code == 303
        yield opened


def test_it_is_off_unless_switched_on(played: play.Played) -> None:
    assert not played.settings.desk_enabled
    with TestClient(build(played.settings)) as client:
        for path in ("/desk", "/desk/", "/desk/login", "/desk/desk.css"):
            assert client.get(path, follow_redirects=False).status_code == 404


def test_every_answer_is_strict_and_unkept(client: TestClient) -> None:
    paths = [
        route.path.replace("{centre}", "demo").replace("{number:int}", "1").replace("{which}", "picked")
        for route in routes()
    ]
    seen = set()
    for path in [*paths, "/demo/nothing", "/none"]:
        answer = client.get(f"/desk{path}")
        seen.add(answer.status_code)
        policy = dict(part.strip().split(" ", 1) for part in answer.headers["content-security-policy"].split(";"))
        assert set(policy) == PLAIN and policy["default-src"] == "'none'" and "unsafe" not in str(policy), path
        assert answer.headers["x-content-type-options"] == "nosniff" and answer.headers["x-frame-options"] == "DENY"
        assert answer.headers["cache-control"] == ("no-cache" if path in ("/desk.css", "/desk.js") else "no-store"), (
            path
        )
        assert "style=" not in answer.text and "<style" not in answer.text
    assert {200, 303, 404, 405} <= seen


def test_a_morning_at_the_desk(client: TestClient, settings: config.Config) -> None:
    queue = client.get("/desk/demo/")
    assert queue.status_code == 200
    found = client.get("/desk/demo/search", params={"q": "파주"})
    number = found.text.split('id="a')[1].split('"')[0]
    view = client.get(f"/desk/demo/a/{number}").text
    assert "공고에서 읽은 것과 그 근거" in view and "접수마감" in view
    key = {"key": view.split('name="key" value="')[1].split('"')[0]}
    assert client.post(f"/desk/demo/a/{number}/decide", data={**key, "state": "picked"}).status_code == 303
    done = client.post(f"/desk/demo/a/{number}/publish", data={**key, "target": "paste"})
    assert "붙여 넣을 글을 만듦" in done.text
    assert list((settings.home / "out/blog").rglob("*.txt"))
    sources = client.get("/desk/demo/sources").text
    assert "잘 읽힘" in sources and "아직 안 읽음 <strong>0</strong>" in sources, "what is not read here is no lack"


def test_the_public_face_stays_read_only(client: TestClient) -> None:
    assert client.post("/feeds", data={"key": "x"}).status_code == 405
    assert client.get("/desk").headers["location"] == "/desk/"


def run(home: Path, said: str, *more: str) -> subprocess.CompletedProcess[str]:
    """Set a password at the command line."""
    program = [sys.executable, "-c", "from jiballim.cli import main; main()", "--home", str(home)]
    return subprocess.run(
        [*program, "desk", "password", *more], input=said, capture_output=True, text=True, timeout=60, check=False
    )


def test_the_password_is_set_at_the_command_line(tmp_path: Path) -> None:
    refused = run(tmp_path, "짧다\n")
    assert (refused.returncode, refused.stderr.count("\n")) == (2, 1) and "10자" in refused.stderr
    assert run(tmp_path, "").returncode == 2
    done = run(tmp_path, "여름 언덕 파란 대문\n")
    assert done.returncode == 0 and "enabled = true" in done.stdout and "여름" not in done.stdout
    assert (tmp_path / "desk.toml").stat().st_mode & 0o777 == 0o600


def doctor(home: Path) -> str:
    """What the check of the desk says."""
    said = _checked("담당자 화면", _CHECKS["담당자 화면"], home)
    return said[2]


def test_each_centre_has_a_password_of_its_own(tmp_path: Path) -> None:
    (tmp_path / config.NAME).write_text(
        '[[centre]]\nname = "seoul"\nregions = ["서울특별시"]\nacts_for = ["*"]\n[[centre]]\nname = "gangseo"\n',
        "utf-8",
    )
    assert config.load(tmp_path).desks[0].acts_for == ("*",)
    assert run(tmp_path, "x\n", "--centre", "none").returncode == 2
    for centre in ("seoul", "gangseo"):
        assert f"센터 {centre}의" in run(tmp_path, f"{centre} 언덕 파란 대문\n", "--centre", centre).stdout
    assert set(passwords.stored(tmp_path)) == {"seoul", "gangseo"}
    assert run(tmp_path, "", "--centre", "seoul", "--remove").returncode == 0
    assert set(passwords.stored(tmp_path)) == {"gangseo"}
    assert run(tmp_path, "", "--remove").returncode == 2
    assert (
        doctor(tmp_path)
        == "꺼져 있습니다. 켜려면 jiballim.toml에 [desk] enabled = true를 적으십시오(docs/how-to/serve.ko.md)."
    )
    with (tmp_path / config.NAME).open("a", encoding="utf-8") as file:
        file.write("[desk]\nenabled = true\n")
    assert doctor(tmp_path) == "비밀번호: gangseo. 아직 없는 센터: seoul"
    run(tmp_path, "모든 언덕 파란 대문\n")
    assert doctor(tmp_path) == "비밀번호: 모든 센터, gangseo"
    keep(tmp_path, elsewhere="다른 언덕 파란 대문")
    assert "없는 센터의 비밀번호" in doctor(tmp_path)
    assert run(tmp_path, "", "--centre", "elsewhere", "--remove").returncode == 0
    run(tmp_path, "", "--remove")
    assert "비밀번호가 없어" in doctor(tmp_path)
    assert (tmp_path / "desk.toml").stat().st_mode & 0o777 == 0o600


def test_a_wrong_switch_is_refused_by_name(tmp_path: Path) -> None:
    (tmp_path / config.NAME).write_text("[desk]\nenabeld = true\n", "utf-8")
    with pytest.raises(WrongUse, match="enabled"):
        config.load(tmp_path)


def test_an_own_notice_written_at_the_desk_reaches_the_feeds(client: TestClient) -> None:
    fresh = client.get("/desk/demo/own/new").text
    fields = {name: fresh.split(f'name="{name}" value="')[1].split('"')[0] for name in ("id", "version")}
    made = send_own(client, {**fields, "title": "햇살 상담의 날", "section": "주거복지사업"})
    assert made.status_code == 303
    found = client.get("/api/announcements", params={"q": "햇살 상담의 날"}).json()["announcements"]
    assert [one["title"] for one in found] == ["햇살 상담의 날"]


def send_own(client: TestClient, fields: dict[str, str]) -> Any:
    """Send the form of an own notice of the demo's centre."""
    key = client.get("/desk/demo/own/new").text.split('name="key" value="')[1].split('"')[0]
    return client.post("/desk/demo/own", data={"key": key, **fields})
