"""A real WordPress from Debian's packages, on loopback, with a MariaDB of its own; all of it goes with the test."""

from __future__ import annotations

import getpass
import os
import shutil
import signal
import socket
import subprocess
import time
import urllib.parse
import urllib.request
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

NEEDED = ("mariadb-install-db", "mariadbd", "mariadb", "mariadb-admin", "php")
PACKAGED = Path("/usr/share/wordpress")
PACKAGES = "wordpress wordpress-theme-twentytwentythree php-cli php-mysql php-mbstring php-xml mariadb-server"
CONFIG = """<?php
define('DB_NAME', 'wp'); define('DB_USER', 'wp'); define('DB_PASSWORD', 'wp'); define('DB_HOST', '127.0.0.1:{database}');
define('DB_CHARSET', 'utf8mb4'); define('DB_COLLATE', '');
define('WP_HOME', '{site}'); define('WP_SITEURL', '{site}');
define('WP_ENVIRONMENT_TYPE', 'local');
define('WP_HTTP_BLOCK_EXTERNAL', true); define('WP_ACCESSIBLE_HOSTS', '127.0.0.1');
define('DISABLE_WP_CRON', true); define('AUTOMATIC_UPDATER_DISABLED', true);
foreach (['AUTH_KEY', 'SECURE_AUTH_KEY', 'LOGGED_IN_KEY', 'NONCE_KEY', 'AUTH_SALT', 'SECURE_AUTH_SALT', 'LOGGED_IN_SALT',
  'NONCE_SALT'] as $k) define($k, 'test-' . $k);
$table_prefix = 'wp_';
if (!defined('ABSPATH')) define('ABSPATH', __DIR__ . '/');
require_once ABSPATH . 'wp-settings.php';
"""
LOGIN = """
$_SERVER["HTTP_HOST"] = "{host}";
require "{www}/wp-load.php";
$author = wp_create_user("writer", "Pw-12345-y", "writer@example.org");
(new WP_User($author))->set_role("author");
wp_insert_term("임대주택 공고", "category", ["slug" => "rental"]);
list($password,) = WP_Application_Passwords::create_new_application_password($author, ["name" => "t"]);
echo $password;
"""


@dataclass(frozen=True, slots=True)
class Site:
    """A running WordPress: its address, an author's application password, and a way to run PHP inside it."""

    url: str
    password: str
    www: Path

    def php(self, code: str) -> str:
        """Run PHP with WordPress loaded, and return what it prints."""
        host = urllib.parse.urlsplit(self.url).netloc
        return _php(f'$_SERVER["HTTP_HOST"] = "{host}"; require "{self.www}/wp-load.php"; {code}')


def missing() -> str:
    """Return what is not installed, "" where all is."""
    lacking = [name for name in NEEDED if shutil.which(name) is None]
    return ", ".join([*lacking, *([] if PACKAGED.is_dir() else [str(PACKAGED)])])


@contextmanager
def wordpress(folder: Path) -> Iterator[Site]:
    """Install and serve a fresh WordPress below a folder."""
    site = f"http://127.0.0.1:{_port()}"
    host, www = urllib.parse.urlsplit(site).netloc, folder / "www"
    with _database(folder) as database:
        shutil.copytree(PACKAGED, www, symlinks=False, ignore_dangling_symlinks=True)
        (www / "wp-content/uploads").mkdir(parents=True, exist_ok=True)
        (www / "wp-config.php").unlink(missing_ok=True)
        (www / "wp-config.php").write_text(CONFIG.format(database=database, site=site), "utf-8")
        command = ["php", "-d", "opcache.enable=0", "-S", host, "-t", str(www)]
        with _running(command, folder, os.environ | {"PHP_CLI_SERVER_WORKERS": "4"}):
            _until(lambda: _listens(int(host.rpartition(":")[2])), "php")
            form = {
                "weblog_title": "t", "user_name": "admin", "admin_password": "Pw-12345-x", "admin_password2": "Pw-12345-x",
                "pw_weak": "on", "admin_email": "a@example.org", "blog_public": "0", "language": "",
            }  # fmt: skip
            install = f"{site}/wp-admin/install.php?step=2"
            with _opener().open(install, urllib.parse.urlencode(form).encode(), timeout=60) as answer:
                assert b"Success!" in answer.read()
            yield Site(site, _php(LOGIN.format(host=host, www=www)).strip(), www)


@contextmanager
def _database(folder: Path) -> Iterator[int]:
    port, data, socket_ = _port(), folder / "db", folder / "my.sock"
    user = getpass.getuser()
    subprocess.run(
        ["mariadb-install-db", "--no-defaults", f"--datadir={data}", f"--user={user}",
         "--auth-root-authentication-method=normal", "--skip-test-db"],
        check=True, capture_output=True,
    )  # fmt: skip
    command = [
        "mariadbd", "--no-defaults", f"--user={user}", f"--datadir={data}", f"--socket={socket_}",
        "--bind-address=127.0.0.1", f"--port={port}", f"--pid-file={folder / 'my.pid'}",
        "--innodb-buffer-pool-size=64M", "--performance-schema=OFF", "--innodb-flush-log-at-trx-commit=0",
    ]  # fmt: skip
    with _running(command, folder):
        client = ["--no-defaults", "-S", str(socket_), "-uroot"]
        ping = ["mariadb-admin", *client, "ping"]
        _until(lambda: subprocess.run(ping, capture_output=True, check=False).returncode == 0, "mariadbd")
        sql = (
            "CREATE DATABASE wp CHARACTER SET utf8mb4; CREATE USER wp@'127.0.0.1' IDENTIFIED BY 'wp';"
            " CREATE USER wp@localhost IDENTIFIED BY 'wp'; GRANT ALL ON wp.* TO wp@'127.0.0.1';"
            " GRANT ALL ON wp.* TO wp@localhost"
        )
        subprocess.run(["mariadb", *client, "-e", sql], check=True, capture_output=True)
        yield port


@contextmanager
def _running(command: list[str], folder: Path, environment: dict[str, str] | None = None) -> Iterator[None]:
    """Run a server in a process group of its own, and stop the whole group."""
    with (folder / f"{Path(command[0]).name}.log").open("wb") as log:
        child = subprocess.Popen(command, stdout=log, stderr=log, env=environment, start_new_session=True)
        try:
            yield
        finally:
            os.killpg(child.pid, signal.SIGTERM)
            try:
                child.wait(20)
            except subprocess.TimeoutExpired:
                os.killpg(child.pid, signal.SIGKILL)
                child.wait(20)


def _php(code: str) -> str:
    done = subprocess.run(["php", "-r", code], capture_output=True, text=True, check=True, timeout=60)
    return done.stdout


def _until(ready: Callable[[], bool], what: str) -> None:
    for _ in range(300):
        if ready():
            return
        time.sleep(0.1)
    raise TimeoutError(what)


def _listens(port: int) -> bool:
    with socket.socket() as probe:
        return probe.connect_ex(("127.0.0.1", port)) == 0


def _port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def _opener() -> urllib.request.OpenerDirector:
    return urllib.request.build_opener(urllib.request.ProxyHandler({}))
