"""The desk's passwords: one for all centres, one for each that has its own. There is no default.

Only their argon2 hashes are kept, in a file that nobody else may read.
"""

from __future__ import annotations

import hashlib
import json
import os
import re
import threading
import tomllib
import unicodedata
from collections.abc import Mapping
from pathlib import Path

from argon2 import PasswordHasher
from argon2.exceptions import InvalidHashError, VerificationError

from notices.errors import Refusal, WrongUse

FILE = "desk.toml"
SHORTEST, LONGEST = 10, 200

_HASHER = PasswordHasher()  # RFC 9106, low memory: argon2id, 64 MiB, 3 passes
_HASH = re.compile(r"\$argon2id\$[A-Za-z0-9+/=,$.-]{20,300}")
_ONE = threading.Lock()  # one hash at a time, so that many guesses take neither memory nor all processors


def keep(home: Path, password: str, door: str = "") -> Path:
    """Store the hash of a new password, of all centres or of one; every session that an older one opened ends by that."""
    said = _HASHER.hash(_refuse_weak(password))
    return _write(home, {**_kept(home), door: said})


def drop(home: Path, door: str) -> Path:
    """Forget a password, so that nobody comes in by it any more; raises WrongUse where there is none."""
    kept = dict(_kept(home))
    if door not in kept:
        raise WrongUse("그 비밀번호는 정해져 있지 않습니다.")
    del kept[door]
    return _write(home, kept)


def _kept(home: Path) -> Mapping[str, str]:
    """What is kept and can be read; a file that cannot is written anew."""
    try:
        return stored(home)
    except Refusal:
        return {}


def _write(home: Path, doors: Mapping[str, str]) -> Path:
    """Write the file whole or not at all."""
    path = home / FILE
    part = path.with_name(f".{FILE}.part")
    lines = [f'password = "{doors[""]}"'] if "" in doors else []
    lines += ["[centre]", *(f'{json.dumps(door)} = "{doors[door]}"' for door in sorted(doors) if door)]
    try:
        home.mkdir(parents=True, exist_ok=True)
        part.unlink(missing_ok=True)
        with os.fdopen(os.open(part, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "w", encoding="utf-8") as file:
            file.write("\n".join(("# jiballim desk password", *lines)) + "\n")
            file.flush()
            os.fsync(file.fileno())
        part.replace(path)
    except OSError as wrong:
        raise Refusal(f"{path} 파일을 쓸 수 없습니다({wrong.strerror}): 폴더와 권한을 확인하십시오.") from None
    return path


def stored(home: Path) -> Mapping[str, str]:
    """Return the hashes that are kept by centre, "" for that of all. Raises Refusal for a file that others may read."""
    path = home / FILE
    try:
        if path.stat().st_mode & 0o077:
            raise Refusal(f"{FILE}: 다른 사용자도 읽을 수 있는 권한입니다. chmod 600으로 고치십시오.")
        table = tomllib.loads(path.read_text("utf-8"))
    except FileNotFoundError:
        return {}
    except (OSError, ValueError):
        raise Refusal(f"{FILE}: 읽을 수 없습니다. jiballim desk password로 다시 정하십시오.") from None
    own = table.get("centre", {})
    found = {"": table.get("password"), **(own if isinstance(own, dict) else {})}
    return {door: said for door, said in found.items() if isinstance(said, str) and _HASH.fullmatch(said)}


def right(kept: str, password: str) -> bool:
    """Tell whether a password is the one; the work is the same for a wrong one."""
    with _ONE:
        try:
            return _HASHER.verify(kept, _plain(password[:LONGEST]))
        except (VerificationError, InvalidHashError):
            return False


def mark(kept: str) -> str:
    """Return what stands for a stored hash in sessions: another password or another salt, another mark."""
    return hashlib.sha256(kept.encode()).hexdigest()


def _plain(password: str) -> str:
    return unicodedata.normalize("NFC", password).encode("utf-8", "replace").decode()


def _refuse_weak(password: str) -> str:
    said = _plain(password)
    if not SHORTEST <= len(said) <= LONGEST:
        raise WrongUse(
            f"비밀번호는 {SHORTEST}자에서 {LONGEST}자까지여야 합니다. 낱말 서너 개를 이어 쓰면 외우기 쉽습니다."
        )
    if len(set(said)) < 5:
        raise WrongUse("비밀번호가 너무 쉽습니다(같은 글자의 되풀이). 낱말 서너 개를 이어 쓰십시오.")
    return said
